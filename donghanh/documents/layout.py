"""
Compares a .docx with the layout of state administrative papers.

Source:
    Decree 30/2020/NĐ-CP, Appendix I: paper, margins, type, and the place of each element.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping

import docx
from docx.document import Document
from docx.section import Section
from docx.table import Table
from docx.text.paragraph import Paragraph

from donghanh.documents import layout_elements, styles
from donghanh.documents.findings import Finding
from donghanh.documents.reading import (
    CENTRE,
    Expected,
    colour,
    every_paragraph,
    face,
    looks_as,
    millimetres,
    size,
    written_runs,
)

#: Word keeps lengths in twentieths of a point; a clerk's ruler is no finer.
_SLACK = 0.3
#: What the inner edges of a cell of a ruled table take of its width, in millimetres.
_CELL_EDGES = 3.4
#: Where an office program may go on in the next line.
_BREAKS = re.compile(r"[\s-]+")
_SIDES = {
    "top_margin": (20, 25),
    "bottom_margin": (20, 25),
    "left_margin": (30, 35),
    "right_margin": (15, 20),
}


def check(data: bytes, *, issued: bool = False) -> tuple[Finding, ...]:
    """
    Return what in a paper does not follow the layout.

    Args:
        data: A .docx whose first table is the letterhead.
        issued: The paper is no draft any more: number and day may not be blank.

    Returns:
        Findings in the order of the paper: page, head, title, body, foot, tables, type. Empty
        when the layout is kept.

    Source:
        Decree 30/2020/NĐ-CP, Appendix I.
    """
    document = docx.Document(io.BytesIO(data))
    return (
        *sheets(document, _SIDES),
        *_page_number(document),
        *layout_elements.check(document, issued=issued),
        *tables(document),
        *faces(document),
    )


def sheets(document: Document, sides: Mapping[str, tuple[int, int]]) -> Iterator[Finding]:
    """
    Give what is wrong with the size and the margins of the pages.

    Args:
        document: Any.
        sides: Narrowest and widest in millimetres, by the library's name of the margin.

    Yields:
        Findings section by section.
    """
    for number, section in enumerate(document.sections, start=1):
        where = f"section {number}"
        sides_of_it = sorted((millimetres(section.page_width), millimetres(section.page_height)))
        expected = (styles.PAGE_WIDTH, styles.PAGE_HEIGHT)
        if any(abs(side - a4) > 1 for side, a4 in zip(sides_of_it, expected, strict=True)):
            yield Finding("page.not_a4", where)
        for side, (least, most) in sides.items():
            margin = millimetres(getattr(section, side))
            if not least - _SLACK <= margin <= most + _SLACK:
                yield Finding("page.margin", f"{where}, {side}")


def _page_number(document: Document) -> Iterator[Finding]:
    first = document.sections[0]
    numbered = [paragraph for paragraph in first.header.paragraphs if _holds_number(paragraph)]
    if not numbered:
        yield Finding("page.number_missing", "header")
    elif not looks_as(numbered[0], Expected(13, 14, align=CENTRE)):
        yield Finding("page.number_style", "header")
    if _numbers_first_page(first):
        yield Finding("page.number_on_first", "header")


def _numbers_first_page(section: Section) -> bool:
    if not section.different_first_page_header_footer:
        return True
    return any(_holds_number(paragraph) for paragraph in section.first_page_header.paragraphs)


def _holds_number(paragraph: Paragraph) -> bool:
    codes = paragraph._p.xpath(".//w:instrText/text() | .//w:fldSimple/@w:instr")
    return any(str(code).split()[:1] == ["PAGE"] for code in codes)


def tables(document: Document) -> Iterator[Finding]:
    """
    Give what is wrong with tables: widths that disagree, rows that split, heads not repeated,
    columns too narrow for a word.

    Args:
        document: Any.

    Yields:
        Findings table by table.
    """
    for number, table in enumerate(document.tables, start=1):
        where = f"table {number}"
        if _widths_differ(table):
            yield Finding("table.widths", where)
        if not table._tbl.xpath("w:tblPr/w:tblBorders"):
            continue
        if not table._tbl.xpath("w:tr[1]/w:trPr/w:tblHeader"):
            yield Finding("table.head_not_repeated", where)
        if table._tbl.xpath("w:tr[not(w:trPr/w:cantSplit)]"):
            yield Finding("table.row_splits", where)
        for word in _broken_words(table):
            yield Finding("table.column_narrow", word)


def _broken_words(table: Table) -> Iterator[str]:
    """Give the words no line of their column has room for: an office program breaks them."""
    for row in table.rows:
        for cell in row.cells:
            room = millimetres(cell.width) - _CELL_EDGES
            for line in cell.paragraphs:
                for run in written_runs(line):
                    points = size(run, line)
                    for word in _BREAKS.split(run.text):
                        if styles.bold_width(word, points) > room:
                            yield word


def _widths_differ(table: Table) -> bool:
    """Grid and cells must agree: Word trusts the one, other programs the other."""
    grid = [millimetres(column.width) for column in table.columns]
    for row in table._tbl.tr_lst:
        cells = [millimetres(cell.width) for cell in row.tc_lst if cell.grid_span == 1]
        if len(cells) != len(grid):
            continue
        if any(abs(cell - column) > _SLACK for cell, column in zip(cells, grid, strict=True)):
            return True
    return False


def faces(document: Document) -> Iterator[Finding]:
    """
    Give what is not of one kind of type, or not black; the mark of generated data may be red.

    Args:
        document: Any.

    Yields:
        Findings paragraph by paragraph.
    """
    for paragraph in every_paragraph(document):
        for run in written_runs(paragraph):
            where = paragraph.text.strip()[:40]
            if face(run, paragraph, "name") != styles.FONT:
                yield Finding("type.font", where)
            if colour(run, paragraph) not in _colours(paragraph):
                yield Finding("type.colour", where)


def _colours(paragraph: Paragraph) -> tuple[str, ...]:
    return ("000000", "9C1C1F") if paragraph.text.strip() == styles.SIMULATED else ("000000",)
