"""
Checks the elements of a paper one by one: head, title, body, foot.

Source:
    Decree 30/2020/NĐ-CP, Appendix I.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docx.document import Document
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from donghanh.documents import styles
from donghanh.documents.findings import Finding
from donghanh.documents.reading import (
    CENTRE,
    JUSTIFY,
    LEFT,
    Expected,
    has_rule,
    looks_as,
    millimetres,
    shape,
    size,
    written,
    written_runs,
)

_NUMBER = re.compile(r"Số:\s(?:\s+|0[1-9][a-z]?|[1-9]\d+[a-z]?)/[A-ZĐ]+(?:-[A-ZĐ0-9&]+)+")
_DAY = re.compile(r"\S.*, ngày (?:0[1-9]|[12]\d|3[01]) tháng (?:0[12]|[3-9]|1[0-2]) năm [12]\d{3}")
_BLANK_DAY = re.compile(r"\S.*, ngày\s+tháng\s+năm\s*(?:\d{4})?\s*")
_FIRST_LINE = (10, 12.7)
_SLACK = 0.3
_SHORT_RULE = (1 / 3, 1 / 2)
_FULL_RULE = (0.93, 1.07)


@dataclass(frozen=True, slots=True)
class _Anatomy:
    """Where the elements stand: the head table, the text up to the foot table, that table."""

    head: Table | None
    text: Sequence[Paragraph]
    foot: Table | None


def check(document: Document, *, issued: bool) -> Iterator[Finding]:
    """
    Give what is wrong with the elements of a paper.

    Args:
        document: Its first table is the head, the table that holds "Nơi nhận" is the foot.
        issued: Number and day may not be blank.

    Yields:
        Findings from top to bottom.
    """
    anatomy = _anatomy(document)
    if anatomy.head is None or len(anatomy.head.rows) < 2 or len(anatomy.head.columns) != 2:
        yield Finding("head.missing", "first table")
    else:
        yield from _issuer(anatomy.head.rows[0].cells[0])
        yield from _state(anatomy.head.rows[0].cells[1])
        yield from _number_and_day(anatomy.head, issued=issued)
    yield from _title(anatomy.text)
    yield from _body(anatomy.text)
    if anatomy.foot is None or len(anatomy.foot.columns) != 2:
        yield Finding("foot.missing", "last page")
    else:
        yield from _recipients(anatomy.foot.rows[0].cells[0])
        yield from _signing(anatomy.foot.rows[0].cells[1])


def _anatomy(document: Document) -> _Anatomy:
    head: Table | None = None
    text: list[Paragraph] = []
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            text.append(block)
        elif head is None:
            head = block
        elif block.rows and block.rows[0].cells[0].text.strip().startswith("Nơi nhận"):
            return _Anatomy(head, text, block)
    return _Anatomy(head, text, None)


def _issuer(cell: _Cell) -> Iterator[Finding]:
    names = written(cell)
    if len(names) < 2:
        yield Finding("head.issuer", cell.text.strip()[:40])
        return
    superior, issuer = names[0], names[-1]
    if not looks_as(superior, Expected(12, 13, align=CENTRE, capitals=True)):
        yield Finding("head.superior", superior.text)
    if not looks_as(issuer, Expected(12, 13, bold=True, align=CENTRE, capitals=True)):
        yield Finding("head.issuer", issuer.text)
    if not _ruled(cell.paragraphs, issuer, millimetres(cell.width), _SHORT_RULE):
        yield Finding("head.issuer_rule", issuer.text)


def _state(cell: _Cell) -> Iterator[Finding]:
    lines = written(cell)
    title = lines[0] if lines else None
    expected = Expected(12, 13, bold=True, align=CENTRE)
    if title is None or title.text != styles.NATIONAL_TITLE or not looks_as(title, expected):
        yield Finding("head.state_title", cell.text.strip()[:40])
    motto = lines[1] if len(lines) > 1 else None
    expected = Expected(13, 14, bold=True, align=CENTRE)
    if motto is None or motto.text != styles.MOTTO or not looks_as(motto, expected):
        yield Finding("head.motto", cell.text.strip()[-40:])
    elif not _ruled(cell.paragraphs, motto, millimetres(cell.width), _FULL_RULE):
        yield Finding("head.motto_rule", motto.text)


def _number_and_day(head: Table, *, issued: bool) -> Iterator[Finding]:
    left, right = head.rows[1].cells
    number = written(left)
    if not number or not _NUMBER.fullmatch(number[0].text):
        yield Finding("head.number", left.text.strip())
    elif issued and not re.search(r"\d.*/", number[0].text):
        yield Finding("head.number_blank", number[0].text)
    if number and not looks_as(number[0], Expected(13, 13)):
        yield Finding("head.number_style", number[0].text)
    day = written(right)
    blank = bool(day) and bool(_BLANK_DAY.fullmatch(day[0].text))
    if not day or not (blank or _DAY.fullmatch(day[0].text)):
        yield Finding("head.day", right.text.strip())
    elif issued and blank:
        yield Finding("head.day_blank", day[0].text)
    if day and not looks_as(day[0], Expected(13, 14, italic=True)):
        yield Finding("head.day_style", day[0].text)


def _title(text: Sequence[Paragraph]) -> Iterator[Finding]:
    lines = [paragraph for paragraph in text if paragraph.text.strip()]
    if len(lines) < 2:
        yield Finding("title.missing", "after the head")
        return
    kind, subject = lines[:2]
    if not looks_as(kind, Expected(13, 14, bold=True, align=CENTRE, capitals=True)):
        yield Finding("title.kind", kind.text[:40])
    if not looks_as(subject, Expected(13, 14, bold=True, align=CENTRE)):
        yield Finding("title.subject", subject.text[:40])
    if not _ruled(text, subject, styles.TEXT_WIDTH, _SHORT_RULE):
        yield Finding("title.rule", subject.text[:40])


def _ruled(
    paragraphs: Sequence[Paragraph],
    above: Paragraph,
    width: float,
    shares: tuple[float, float],
) -> bool:
    """Say whether a line of the right length, centred, stands directly under a paragraph."""
    places = [place for place, known in enumerate(paragraphs) if known._p is above._p]
    rule = paragraphs[places[0] + 1] if places[0] + 1 < len(paragraphs) else None
    if rule is None or not has_rule(rule):
        return False
    left, right = (millimetres(shape(rule, f"{side}_indent")) for side in ("left", "right"))
    runs = written_runs(above)
    points = size(runs[0], above) if runs else 0
    line = min(styles.bold_width(above.text, points), width) or 1
    share = (width - left - right) / line
    return abs(left - right) <= 1 and shares[0] - 0.02 <= share <= shares[1] + 0.02


def _body(text: Sequence[Paragraph]) -> Iterator[Finding]:
    lines = [paragraph for paragraph in text if paragraph.text.strip()][2:]
    body = [line for line in lines if not line.text.startswith("Kính gửi")]
    for line in body:
        where = line.text.strip()[:40]
        if any(not 13 <= size(run, line) <= 14 for run in written_runs(line)):
            yield Finding("body.size", where)
        if shape(line, "alignment") != JUSTIFY:
            yield Finding("body.alignment", where)
        first = millimetres(shape(line, "first_line_indent"))
        if not _FIRST_LINE[0] - _SLACK <= first <= _FIRST_LINE[1] + _SLACK:
            yield Finding("body.first_line", where)
        if not _spaced(line):
            yield Finding("body.spacing", where)
    if not body or not body[-1].text.rstrip().endswith("./."):
        yield Finding("body.end", body[-1].text[-40:] if body else "")


def _spaced(paragraph: Paragraph) -> bool:
    """At least 6 points between paragraphs; lines from single to one and a half."""
    apart = max(
        (found.pt for side in ("before", "after") if (found := shape(paragraph, f"space_{side}"))),
        default=0,
    )
    line = shape(paragraph, "line_spacing")
    single = line is None or (isinstance(line, float) and 1 <= line <= 1.5)
    return apart >= 6 and single


def _recipients(cell: _Cell) -> Iterator[Finding]:
    title, *lines = written(cell)
    expected = Expected(12, 12, bold=True, italic=True, align=LEFT)
    if title.text != "Nơi nhận:" or not looks_as(title, expected):
        yield Finding("foot.recipients_title", title.text)
    for line in lines:
        ending = "." if line is lines[-1] else ";"
        whole = line.text.startswith("- ") and line.text.endswith(ending)
        if not whole or not looks_as(line, Expected(11, 11, align=LEFT)):
            yield Finding("foot.recipient", line.text)
    if not lines or not lines[-1].text.startswith("- Lưu: VT"):
        yield Finding("foot.archive_copy", lines[-1].text if lines else "")


def _signing(cell: _Cell) -> Iterator[Finding]:
    lines = written(cell)
    # A last line in capitals is a title: the name under it is missing.
    if len(lines) < 2 or lines[-1].text == lines[-1].text.upper():
        yield Finding("foot.signing", cell.text.strip())
        return
    for line in lines[:-1]:
        # Party papers write "T/M", "K/T"; papers of the State write "TM.", "KT.".
        slashed = re.match(r"[A-Z]+/[A-Z]", line.text)
        expected = Expected(13, 14, bold=True, align=CENTRE, capitals=True)
        if slashed or not looks_as(line, expected):
            yield Finding("foot.sign_title", line.text)
    if not looks_as(lines[-1], Expected(13, 14, bold=True, align=CENTRE)):
        yield Finding("foot.sign_name", lines[-1].text)
