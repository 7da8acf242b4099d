"""Rules as long as the line above them asks, and tables found again by their caption."""

from __future__ import annotations

from docx.shared import Mm
from docx.table import Table
from docx.text.paragraph import Paragraph

from donghanh.documents import styles

_SHARE_OF_SHORT_RULE = 0.4


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
