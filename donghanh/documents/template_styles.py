"""The styles, page, header and tables of a template, written into a new Word file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from donghanh.documents import styles as s

_LEFT, _CENTRE, _BOTH = (
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)


@dataclass(frozen=True, slots=True)
class Look:
    """How one style looks: points, millimetres, multiples of a line."""

    size: float
    bold: bool = False
    italic: bool = False
    align: WD_ALIGN_PARAGRAPH = _CENTRE
    first_line: float = 0
    before: float = 0
    after: float = 0
    line: float = 1.0
    keep_next: bool = False


_LOOKS = {
    s.TITLE_OF_STATE: Look(13, bold=True),
    s.TITLE_MOTTO: Look(14, bold=True),
    s.SUPERIOR: Look(13),
    s.ISSUER: Look(13, bold=True),
    s.NUMBER: Look(13, before=6),
    s.PLACE: Look(14, italic=True, before=6),
    s.KIND: Look(14, bold=True, before=18, keep_next=True),
    s.SUBJECT: Look(14, bold=True, keep_next=True),
    s.ADDRESSEE: Look(14, before=12, after=6),
    s.BODY: Look(14, align=_BOTH, first_line=12.7, before=6, line=1.1),
    s.HEADING: Look(
        14, bold=True, align=_BOTH, first_line=12.7, before=6, line=1.1, keep_next=True
    ),
    s.RECIPIENTS_TITLE: Look(12, bold=True, italic=True, align=_LEFT),
    s.RECIPIENT: Look(11, align=_LEFT),
    s.SIGN_TITLE: Look(14, bold=True, keep_next=True),
    s.SIGN_NAME: Look(14, bold=True, before=72),
    s.APPENDIX: Look(14, bold=True, keep_next=True),
    s.APPENDIX_TITLE: Look(14, bold=True, keep_next=True),
    s.APPENDIX_REFERENCE: Look(14, italic=True, keep_next=True),
    s.CELL: Look(12, align=_LEFT, before=2, after=2),
    s.CELL_HEAD: Look(12, bold=True, before=2, after=2, keep_next=True),
    s.NOTE: Look(12, italic=True, align=_LEFT, before=6, after=6),
    s.PAGE_NUMBER: Look(14),
    s.SIMULATED_MARK: Look(11, bold=True),
}


def prepare(
    document: Document,
    others: Mapping[str, Look] | None = None,
    *,
    simulated: bool | None = None,
) -> None:
    """
    Give a new document the page, the header and the styles of an official paper.

    Args:
        document: As made by the library, still empty.
        others: Looks of another house beside those of the State, by style name.
        simulated: Whether the mark of generated data stands there; ``None``: the words that fill
            the template decide.
    """
    _properties(document)
    _type(document.styles["Normal"], 14)
    document.styles["Normal"].paragraph_format.space_after = Pt(0)
    add_looks(document, {**_LOOKS, **(others or {})})
    for name in (s.RULE_SHORT, s.RULE_FULL):
        _rule_style(document, name)
    _outline(document, s.HEADING, 0)
    _outline(document, s.APPENDIX, 0)
    mark: ParagraphStyle = document.styles[s.SIMULATED_MARK]
    mark.font.color.rgb = RGBColor(0x9C, 0x1C, 0x1F)
    _page(document)
    _header(document, simulated)


def add_looks(document: Document, looks: Mapping[str, Look]) -> None:
    """
    Add styles to a document.

    Args:
        document: Changed in place.
        looks: By style name; none of them may be there yet.
    """
    for name, look in looks.items():
        _style(document, name, look)


def _properties(document: Document) -> None:
    core = document.core_properties
    core.author = core.title = core.comments = core.last_modified_by = ""
    core.created = core.modified = datetime(2020, 1, 1, tzinfo=UTC).replace(tzinfo=None)
    core.language = "vi-VN"
    core.revision = 1


def _type(style: ParagraphStyle, size: float) -> None:
    """Set the type for every kind of script; a theme font would win over a name."""
    style.font.name = s.FONT
    style.font.size = Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{kind}"), None)
    for kind in ("eastAsia", "cs"):
        fonts.set(qn(f"w:{kind}"), s.FONT)
    language = OxmlElement("w:lang")
    for kind in ("val", "eastAsia"):
        language.set(qn(f"w:{kind}"), "vi-VN")
    properties: Any = style.element.get_or_add_rPr()
    properties.append(language)


def _style(document: Document, name: str, look: Look) -> None:
    style: ParagraphStyle = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    _type(style, look.size)
    style.font.bold, style.font.italic = look.bold, look.italic
    shape = style.paragraph_format
    shape.alignment = look.align
    shape.first_line_indent = Mm(look.first_line)
    shape.space_before, shape.space_after = Pt(look.before), Pt(look.after)
    shape.line_spacing = look.line
    shape.keep_with_next = look.keep_next
    shape.widow_control = True


def _rule_style(document: Document, name: str) -> None:
    """A line under a title is the upper border of an empty, very low paragraph."""
    _style(document, name, Look(2))
    shape = document.styles[name].paragraph_format
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(4)
    shape.space_before = Pt(4)
    border = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for key, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{key}"), value)
    border.append(top)
    properties: Any = document.styles[name].element.get_or_add_pPr()
    spacing = properties.find(qn("w:spacing"))
    spacing.addprevious(border)


def _outline(document: Document, name: str, level: int) -> None:
    """Let the titles of parts stand in the navigation pane."""
    mark = OxmlElement("w:outlineLvl")
    mark.set(qn("w:val"), str(level))
    properties: Any = document.styles[name].element.get_or_add_pPr()
    properties.append(mark)


def _page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(s.PAGE_WIDTH), Mm(s.PAGE_HEIGHT)
    section.top_margin, section.bottom_margin = Mm(s.MARGIN_TOP), Mm(s.MARGIN_BOTTOM)
    section.left_margin, section.right_margin = Mm(s.MARGIN_LEFT), Mm(s.MARGIN_RIGHT)
    section.header_distance = section.footer_distance = Mm(8)
    section.different_first_page_header_footer = True


def _header(document: Document, simulated: bool | None) -> None:
    """The first page has no number; the mark of generated data stands on every page."""
    section = document.sections[0]
    for header in (section.first_page_header, section.header):
        first = header.paragraphs[0]
        if header is section.header:
            first.style = s.PAGE_NUMBER
            _field(first, "PAGE")
        if simulated is None:
            _mark_where_told(header, first)
        elif simulated:
            header.add_paragraph(s.SIMULATED, s.SIMULATED_MARK)
    section.first_page_header.add_paragraph("", s.SIMULATED_MARK)


def _mark_where_told(header: Any, first: Paragraph) -> None:
    """Leave it to the words that fill the template whether the mark stands there."""
    if first.runs:
        header.add_paragraph("{%p if simulated %}", s.SIMULATED_MARK)
    else:
        first.style = s.SIMULATED_MARK
        first.add_run("{%p if simulated %}")
    header.add_paragraph(s.SIMULATED, s.SIMULATED_MARK)
    header.add_paragraph("{%p endif %}", s.SIMULATED_MARK)


def _field(paragraph: Paragraph, name: str) -> None:
    run = paragraph.add_run()
    for kind in ("begin", "separate", "end"):
        if kind == "separate":
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = f" {name} "
            run._r.append(instruction)
        mark = OxmlElement("w:fldChar")
        mark.set(qn("w:fldCharType"), kind)
        run._r.append(mark)
        if kind == "separate":
            text = OxmlElement("w:t")
            text.text = "2"
            run._r.append(text)


def prepare_table(table: Table, caption: str) -> None:
    """
    Give a table its caption, a fixed layout, and rows that stay on one page.

    Args:
        table: New, without rules.
        caption: Alternative text, by which the table is found again.
    """
    table.autofit = False
    properties: Any = table._tbl.tblPr
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), "0")
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    look = properties.find(qn("w:tblLook"))
    look.addprevious(margins)
    words = OxmlElement("w:tblCaption")
    words.set(qn("w:val"), caption)
    properties.append(words)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def rule_table(table: Table) -> None:
    """
    Draw the rules of a table of figures, give its cells air, and repeat its first row.

    Args:
        table: Already prepared.
    """
    properties: Any = table._tbl.tblPr
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        edge = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "000000")):
            edge.set(qn(f"w:{key}"), value)
        borders.append(edge)
    properties.find(qn("w:tblLayout")).addprevious(borders)
    for edge in properties.find(qn("w:tblCellMar")):
        edge.set(qn("w:w"), "85")
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in table.rows:
        for cell in row.cells:
            centre_upright = OxmlElement("w:vAlign")
            centre_upright.set(qn("w:val"), "center")
            cell._tc.get_or_add_tcPr().append(centre_upright)


def shade(cell: _Cell, colour: str) -> None:
    """
    Fill a cell.

    Args:
        cell: Of a ruled table.
        colour: Six hexadecimal digits; white leaves it as it is.
    """
    if colour == "FFFFFF":
        return
    fill = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        fill.set(qn(f"w:{key}"), value)
    properties: Any = cell._tc.get_or_add_tcPr()
    upright = properties.find(qn("w:vAlign"))
    if upright is None:
        properties.append(fill)
    else:
        upright.addprevious(fill)


def centre(paragraph: Paragraph) -> None:
    """
    Centre one paragraph.

    Args:
        paragraph: Changed in place.
    """
    paragraph.alignment = _CENTRE


def drop_thumbnail(document: Document) -> None:
    """
    Take out the preview picture the library ships in every new file.

    Args:
        document: Changed in place.
    """
    links = document.part.package.rels
    for key in [key for key, link in links.items() if link.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del links[key]
