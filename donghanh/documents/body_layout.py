"""
Compares a .docx with the layout of papers of the Party or the Union.

Source:
    See ``body_render``; how sure each of it is, stands in docs/reference/party-and-union-papers.md.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import docx
from docx.document import Document
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from donghanh.documents import body_render, fitting, layout
from donghanh.documents import styles as s
from donghanh.documents.findings import Finding
from donghanh.documents.houses import House
from donghanh.documents.reading import (
    CENTRE,
    JUSTIFY,
    Expected,
    has_rule,
    looks_as,
    shape,
    size,
    written,
    written_runs,
)

#: Fixed, in millimetres.
_SIDES = {
    "top_margin": (20, 20),
    "bottom_margin": (20, 20),
    "left_margin": (30, 30),
    "right_margin": (15, 15),
}
_NUMBERS = {
    House.PARTY: re.compile(r"Số (?:\s*|\d\d+[a-z]?)-[A-ZĐ][A-ZĐr]*/[A-ZĐ]+(?:[-.][A-ZĐ0-9]+)*"),
    House.UNION: re.compile(r"Số: (?:\s*|\d\d+[a-z]?)-[A-ZĐ][A-ZĐr]*/[A-ZĐ]+(?:[-.][A-ZĐ0-9]+)*"),
}
_DAY = re.compile(r"\S.*, ngày (?:0[1-9]|[12]\d|3[01]) tháng (?:0[12]|[3-9]|1[0-2]) năm [12]\d{3}")
_BLANK_DAY = re.compile(r"\S.*, ngày\s+tháng\s+năm\s*")
#: How somebody signs for a body: with a stroke in the Party, with a full stop in the Union.
_MARKS = {House.PARTY: re.compile(r"(?:T/M|K/T|T/L) "), House.UNION: re.compile(r"(?:TM|KT|TL)\. ")}
_WRONG_MARKS = {House.PARTY: _MARKS[House.UNION], House.UNION: _MARKS[House.PARTY]}


def check(data: bytes, house: House) -> tuple[Finding, ...]:
    """
    Return what in a paper does not follow the layout of its house.

    Args:
        data: A .docx whose first table is the head.
        house: By whose layout.

    Returns:
        Findings in the order of the paper; empty when the layout is kept.
    """
    document = docx.Document(io.BytesIO(data))
    return (
        *layout.sheets(document, _SIDES),
        *_head(document, house),
        *_title(document, house),
        *_text(document),
        *_foot(document, house),
        *layout.tables(document),
        *layout.faces(document),
    )


def _head(document: Document, house: House) -> Iterator[Finding]:
    head = document.tables[0] if document.tables else None
    if head is None or len(head.rows) != 2 or len(head.columns) != 2:
        yield Finding("head.missing", "first table")
        return
    left, right = head.rows[0].cells
    yield from _issuer(left, house)
    yield from _name(right, house)
    number, day = (written(cell) for cell in head.rows[1].cells)
    if not number or not _NUMBERS[house].fullmatch(number[0].text):
        yield Finding("head.number", number[0].text if number else "")
    if not day or not (_DAY.fullmatch(day[0].text) or _BLANK_DAY.fullmatch(day[0].text)):
        yield Finding("head.day", day[0].text if day else "")
    elif not looks_as(day[0], Expected(13, 14, italic=True)):
        yield Finding("head.day_style", day[0].text)


def _issuer(cell: _Cell, house: House) -> Iterator[Finding]:
    lines = written(cell)
    if len(lines) < 2 or lines[-1].text != body_render.STARS[house]:
        yield Finding("head.star", cell.text.strip()[-20:])
        return
    *above, issuer = lines[:-1]
    if not looks_as(issuer, Expected(13, 14, bold=True, align=CENTRE, capitals=True)):
        yield Finding("head.issuer", issuer.text)
    for line in above:
        if not looks_as(line, Expected(13, 14, align=CENTRE, capitals=True)):
            yield Finding("head.superior", line.text)


def _name(cell: _Cell, house: House) -> Iterator[Finding]:
    lines = written(cell)
    expected = Expected(15, 16, bold=True, align=CENTRE)
    right = lines and lines[0].text == body_render.NAMES[house]
    if not right or not looks_as(lines[0], expected):
        yield Finding("head.house", cell.text.strip()[:40])
    if not any(has_rule(line) for line in cell.paragraphs):
        yield Finding("head.house_rule", cell.text.strip()[:40])


def _lines(document: Document) -> list[Paragraph]:
    """Return the lines of the text up to the foot; appendices after it are set in their own way."""
    lines: list[Paragraph] = []
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            lines.append(block)
        elif fitting.caption(block) == s.TABLE_FOOT:
            break
    return [line for line in lines if line.text.strip()]


def _title(document: Document, house: House) -> Iterator[Finding]:
    lines = _lines(document)
    if len(lines) < 2:
        yield Finding("title.missing", "after the head")
        return
    kind, subject = lines[:2]
    if not looks_as(kind, Expected(15, 16, bold=True, align=CENTRE, capitals=True)):
        yield Finding("title.kind", kind.text[:40])
    if not looks_as(subject, Expected(13, 14, bold=True, align=CENTRE)):
        yield Finding("title.subject", subject.text[:40])
    if house is House.PARTY and (len(lines) < 3 or lines[2].text != body_render.DASHES):
        yield Finding("title.dashes", subject.text[:40])


def _text(document: Document) -> Iterator[Finding]:
    lines = [line for line in _lines(document)[2:] if line.text != body_render.DASHES]
    middle = {body_render.RESOLVES, s.ADDRESSEE}
    for line in lines:
        where = line.text.strip()[:40]
        if any(not 13 <= size(run, line) <= 14 for run in written_runs(line)):
            yield Finding("body.size", where)
        named = line.style.name if line.style else ""
        if shape(line, "alignment") != (CENTRE if named in middle else JUSTIFY):
            yield Finding("body.alignment", where)
    if not lines or not lines[-1].text.rstrip().endswith("./."):
        yield Finding("body.end", lines[-1].text[-40:] if lines else "")


def _foot(document: Document, house: House) -> Iterator[Finding]:
    found = [table for table in document.tables if fitting.caption(table) == s.TABLE_FOOT]
    foot = found[0] if found else document.tables[-1]
    if len(document.tables) < 2 or len(foot.columns) != 2:
        yield Finding("foot.missing", "last page")
        return
    left, right = foot.rows[0].cells
    minutes = _lines(document)[0].text == "BIÊN BẢN"
    if not minutes and not left.text.strip().startswith("Nơi nhận:"):
        yield Finding("foot.recipients_title", left.text.strip()[:40])
    for cell in (left, right) if minutes else (right,):
        yield from _signing(cell, house, minutes=minutes)


def _signing(cell: _Cell, house: House, *, minutes: bool) -> Iterator[Finding]:
    lines = written(cell)
    if len(lines) < 2:
        yield Finding("foot.signing", cell.text.strip()[:40])
        return
    for line in lines[:-1]:
        if not looks_as(line, Expected(13, 14, bold=True, align=CENTRE, capitals=True)):
            yield Finding("foot.sign_title", line.text)
    wrong = any(_WRONG_MARKS[house].match(line.text) for line in lines)
    if wrong or not (minutes or any(_MARKS[house].match(line.text) for line in lines)):
        yield Finding("foot.mark", lines[0].text)
    if not looks_as(lines[-1], Expected(13, 14, bold=True, align=CENTRE)):
        yield Finding("foot.sign_name", lines[-1].text)
