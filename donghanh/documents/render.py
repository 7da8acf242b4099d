"""
Turns a paper into the bytes of a .docx: fills the template, then settles what Word would not.

The same paper gives the same bytes: no clock is asked, the properties of the file come from the
paper, and the zip is packed in one fixed way.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from datetime import datetime, time
from itertools import pairwise

import docx
import jinja2
import jinja2.sandbox
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import Table
from docx.text.paragraph import Paragraph
from docxtpl import DocxTemplate

from donghanh.documents import archive, build_templates, contexts, pictures, styles, wording
from donghanh.documents.papers import ConsolidatedReport, SchoolReport

#: Millimetres of the columns before the figures in the table of units.
_UNIT_COLUMNS = (13, 64, 29)
_SHARE_OF_SHORT_RULE = 0.4
_SPACE = qn("xml:space")
_SCHOOL_YEAR = re.compile(r"(?<=\b\d{4})-(?=\d{4}\b)")


def school_report(paper: SchoolReport) -> bytes:
    """
    Return a school's report as an editable .docx.

    Args:
        paper: What stands on it.

    Returns:
        Equal bytes for equal papers.

    Source:
        Decree 30/2020/NĐ-CP, Appendix I.
    """
    return _rendered(build_templates.SCHOOL, contexts.school(paper), paper)


def consolidated_report(paper: ConsolidatedReport) -> bytes:
    """
    Return the report over all units as an editable .docx.

    Args:
        paper: What stands on it; counts only.

    Returns:
        Equal bytes for equal papers. Appendix I is landscape, eight figures to a table.

    Source:
        Decree 30/2020/NĐ-CP, Appendix I.
    """
    return _rendered(build_templates.CONSOLIDATED, contexts.consolidated(paper), paper)


def environment() -> jinja2.Environment:
    """
    Return the only environment templates run in: sandboxed, escaping, refusing unknown words.

    Returns:
        A new environment; templates are files people edit, so they count as foreign code.
    """
    return jinja2.sandbox.SandboxedEnvironment(undefined=jinja2.StrictUndefined, autoescape=True)


def _rendered(
    name: str, context: Mapping[str, object], paper: SchoolReport | ConsolidatedReport
) -> bytes:
    template = DocxTemplate(build_templates.FOLDER / name)
    template.render(dict(context), environment(), autoescape=True)
    filled = io.BytesIO()
    template.save(filled)
    # Opened again: the rendered tree is plain lxml, without the library's own element classes.
    document = docx.Document(io.BytesIO(filled.getvalue()))
    if isinstance(paper, ConsolidatedReport):
        pictures.add(document, paper.charts)
    _fit_rules(document)
    _keep_years_together(document)
    _fit_tables(document)
    if isinstance(paper, SchoolReport):
        _attach(document, paper.attachments)
    _describe(document, paper)
    final = io.BytesIO()
    document.save(final)
    return archive.settled(final.getvalue())


def _attach(document: Document, lines: Sequence[str]) -> None:
    """Name the papers kept elsewhere at the end of the appendix."""
    for number, line in enumerate(lines, start=1):
        said = wording.clean(f"Tài liệu kèm theo {number}: {line}.")
        document.add_paragraph(said, style=styles.NOTE)


def _fit_rules(document: Document) -> None:
    """Make each rule as long as its kind asks, measured on the line of text above it."""
    for above, rule in pairwise(document.paragraphs):
        fit_rule(above, rule, styles.TEXT_WIDTH)
    head = document.tables[0]
    for cell, width in zip(head.rows[0].cells, styles.HEAD_COLUMNS, strict=True):
        for above, rule in pairwise(cell.paragraphs):
            fit_rule(above, rule, width)


def fit_rule(above: Paragraph, rule: Paragraph, width: float) -> None:
    """
    Make one rule as long as its kind asks, measured on the line above it.

    Args:
        above: The line of text.
        rule: What may be a rule, by its style; another paragraph stays as it is.
        width: Of the column, in millimetres.
    """
    name = _style_name(rule)
    if name not in (styles.RULE_SHORT, styles.RULE_FULL):
        return
    if _style_name(above) == styles.APPENDIX_REFERENCE:
        width = _width_of_section(rule)
    points = above.style.font.size.pt  # type: ignore[union-attr]
    line = min(styles.bold_width(above.text, points), width)
    length = line if name == styles.RULE_FULL else line * _SHARE_OF_SHORT_RULE
    side = Mm(round((width - length) / 2, 2))
    rule.paragraph_format.left_indent = rule.paragraph_format.right_indent = side


def _keep_years_together(document: Document) -> None:
    """Put a hyphen Word does not break at inside each school year, such as 2023-2024."""
    for text in document.element.body.xpath(".//w:t[contains(., '-')]"):
        pieces = _SCHOOL_YEAR.split(text.text)
        text.text = pieces[0]
        text.set(_SPACE, "preserve")
        last = text
        for piece in pieces[1:]:
            hyphen, rest = OxmlElement("w:noBreakHyphen"), OxmlElement("w:t")
            rest.text = piece
            rest.set(_SPACE, "preserve")
            last.addnext(hyphen)
            hyphen.addnext(rest)
            last = rest


def _width_of_section(paragraph: Paragraph) -> float:
    """Find the text width of the section a paragraph stands in: the next section mark rules it."""
    mark = paragraph._p.xpath("(following::w:sectPr)[1]/w:pgSz/@w:orient")
    return styles.WIDE_TEXT_WIDTH if mark == ["landscape"] else styles.TEXT_WIDTH


def _style_name(paragraph: Paragraph) -> str:
    return str(paragraph.style.name) if paragraph.style else ""


def caption(table: Table) -> str:
    """
    Return the caption (alternative text) of a table.

    Args:
        table: Any table.

    Returns:
        "" when it has none.
    """
    found = table._tbl.tblPr.xpath("w:tblCaption/@w:val")
    return str(found[0]) if found else ""


def _fit_tables(document: Document) -> None:
    """Give the repeated columns their widths; both the grid and each cell must say the same."""
    for table in document.tables:
        if caption(table) in (styles.TABLE_UNITS, styles.TABLE_TARGETS):
            _keep_last_rows_together(table)
        if caption(table) == styles.TABLE_UNITS:
            figures = len(table.columns) - len(_UNIT_COLUMNS)
            rest = styles.WIDE_TEXT_WIDTH - sum(_UNIT_COLUMNS)
            each = rest / figures if figures else 0
            _set_widths(table, (*_UNIT_COLUMNS, *[each] * figures))


def _keep_last_rows_together(table: Table) -> None:
    """Totals alone on a page say nothing: the row above goes with them."""
    for cell in table.rows[-2].cells:
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True


def _set_widths(table: Table, widths: Sequence[float]) -> None:
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)


def _describe(document: Document, paper: SchoolReport | ConsolidatedReport) -> None:
    """Write the file's properties out of the paper, never out of the clock or the machine."""
    context = contexts.properties(paper)
    core = document.core_properties
    core.title, core.author, core.subject = context.title, context.author, context.subject
    core.keywords, core.comments = context.keywords, context.comments
    core.last_modified_by = context.author
    core.created = core.modified = datetime.combine(context.day, time())
    core.revision, core.language = 1, "vi-VN"
