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
from docxtpl import DocxTemplate

from donghanh.documents import (
    archive,
    body_render,
    build_templates,
    contexts,
    dressing,
    extras,
    fitting,
    pictures,
    styles,
    wording,
)
from donghanh.documents.houses import House
from donghanh.documents.papers import ConsolidatedReport, SchoolReport

#: Millimetres of the columns before the figures in the table of units.
_UNIT_COLUMNS = (13, 64, 29)
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
        Decree 30/2020/NĐ-CP, Appendix I; of Party and Union see ``body_render``.
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
        extras.add(document, paper)
        pictures.add(document, paper.charts, paper.tiles)
    dressing.dress(document, paper)
    _fit_rules(document, paper.house)
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


def _fit_rules(document: Document, house: House | None) -> None:
    """Make each rule as long as its kind asks, measured on the line of text above it."""
    for above, rule in pairwise(document.paragraphs):
        fitting.fit_rule(above, rule, styles.TEXT_WIDTH)
    head = document.tables[0]
    columns = styles.HEAD_COLUMNS if house is None else body_render.HEAD_COLUMNS
    for cell, width in zip(head.rows[0].cells, columns, strict=True):
        for above, rule in pairwise(cell.paragraphs):
            fitting.fit_rule(above, rule, width)


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


def _fit_tables(document: Document) -> None:
    """Give the repeated columns their widths; both the grid and each cell must say the same."""
    for table in document.tables:
        if fitting.caption(table) in (styles.TABLE_UNITS, styles.TABLE_TARGETS):
            _keep_last_rows_together(table)
        if fitting.caption(table) == styles.TABLE_UNITS:
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
