"""Turns a paper into the words its template asks for; all text is cleaned and worded here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from donghanh.documents import body_papers, styles, wording
from donghanh.documents.papers import ConsolidatedReport, Part, Rate, SchoolReport

#: Figures side by side in one table of units; more make the columns too narrow to read.
COLUMNS_IN_A_TABLE = 8

Words = dict[str, object]


@dataclass(frozen=True, slots=True)
class PartWords:
    """One part as printed."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowWords:
    """One row of a table as printed; each table uses the fields it has columns for."""

    order: str
    name: str = ""
    title: str = ""
    status: str = ""
    value: str = ""
    note: str = ""
    target: str = ""
    result: str = ""
    rate: str = ""
    figures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """At most ``COLUMNS_IN_A_TABLE`` figures of every unit; titled only beside another."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[RowWords, ...]
    totals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Properties:
    """What the file says about itself."""

    title: str
    author: str
    subject: str
    keywords: str
    comments: str
    day: date


def school(paper: SchoolReport) -> Words:
    """
    Return the words of a school's report.

    Args:
        paper: The report.

    Returns:
        One entry per word of the template.
    """
    rows = tuple(
        RowWords(
            order=wording.clean(row.order),
            title=wording.clean(row.title),
            value=wording.figure(row.value),
            note=wording.clean(row.note),
        )
        for row in paper.figures
    )
    return _common(paper, ("Số liệu chi tiết tại Phụ lục kèm theo.",)) | {"figures": rows}


def consolidated(paper: ConsolidatedReport) -> Words:
    """
    Return the words of a consolidated report.

    Args:
        paper: The report.

    Returns:
        One entry per word of the template.
    """
    reported = len(paper.units) - _rows_missing(paper)
    return _common(paper, _summary(paper)) | {
        "blocks": _blocks(paper),
        "targets": tuple(_target_row(paper, position) for position in range(len(paper.units))),
        "target_total": wording.count(paper.target_total),
        "result_total": wording.count(paper.result_total),
        "rate_total": wording.percent(_rate(paper.result_total, paper.target_total)),
        "reported": f"{reported}/{reported + len(paper.missing_units)} đơn vị",
        "missing": _missing(paper),
    }


def properties(paper: SchoolReport | ConsolidatedReport) -> Properties:
    """
    Return what the file says about itself.

    Args:
        paper: The report.

    Returns:
        The day is the paper's day, or the cut-off of the figures while it is a draft.
    """
    return Properties(
        title=f"Báo cáo {wording.within_sentence(paper.subject)}"[:255],
        author=wording.clean(paper.letterhead.issuer)[:255],
        subject=f"Năm học {wording.clean(paper.school_year)}"[:255],
        keywords=f"rulebook {wording.clean(paper.rulebook_version)}"[:255],
        comments=styles.SIMULATED if paper.simulated else "",
        day=paper.letterhead.day or paper.cutoff,
    )


def _common(paper: SchoolReport | ConsolidatedReport, summary: Sequence[str]) -> Words:
    head, signing = paper.letterhead, paper.signing
    number = wording.paper_number(head.number)
    symbol, issuer = wording.clean(head.symbol), wording.clean(head.issuer)
    day = wording.day_in_words(head.day)
    return {
        "superior": wording.capitals(head.superior),
        "issuer": wording.capitals(head.issuer),
        "issuer_name": issuer,
        "number": number,
        "symbol": symbol,
        "place_and_day": wording.place_and_day(head.place, head.day),
        "reference": f"{_reference(paper)} {day} của {issuer}",
        "subject": wording.subject_line(paper.subject),
        "subject_in_sentence": wording.within_sentence(paper.subject),
        "addressee": wording.clean(paper.addressee),
        "opening": wording.paragraphs(paper.opening),
        "school_year": wording.clean(paper.school_year),
        "cutoff": wording.day_in_words(paper.cutoff),
        "parts": tuple(
            _part(position, part, summary) for position, part in enumerate(paper.parts, start=1)
        ),
        "recipients": wording.recipient_lines(paper.recipients),
        "sign_authority": wording.capitals(signing.authority or ""),
        "sign_title": wording.capitals(signing.title),
        "sign_name": wording.clean(signing.name),
        "simulated": paper.simulated,
        "rulebook_version": wording.clean(paper.rulebook_version),
    }


def _reference(paper: SchoolReport | ConsolidatedReport) -> str:
    """Return number and symbol as the paper's house joins them."""
    head = paper.letterhead
    if paper.house is not None:
        return body_papers.reference(head.number, wording.clean(head.symbol))
    return f"{wording.paper_number(head.number)}/{wording.clean(head.symbol)}"


def _part(position: int, part: Part, summary: Sequence[str]) -> PartWords:
    lines = wording.paragraphs(part.text) + (tuple(summary) if part.holds_figures else ())
    title = f"{wording.roman(position)}. {wording.without_numeral(part.title)}"
    return PartWords(title, lines or (wording.NO_CONTENT,))


def _rate(result: int | None, target: int | None) -> Rate | None:
    return None if result is None or target is None else Rate(result, target)


def _rows_missing(paper: ConsolidatedReport) -> int:
    """Count the rows of units that are not in the totals; such a unit may have no row at all."""
    names = {wording.clean(name) for name in paper.missing_units}
    return sum(wording.clean(unit.name) in names for unit in paper.units)


def _summary(paper: ConsolidatedReport) -> tuple[str, ...]:
    reported = len(paper.units) - _rows_missing(paper)
    missing = len(paper.missing_units)
    first = (
        f"Tính đến {wording.day_in_words(paper.cutoff)}, có "
        f"{wording.count_in_sentence(reported)}/{wording.count_in_sentence(reported + missing)} "
        "đơn vị có báo cáo được duyệt"
    )
    if missing:
        names = f"{wording.count_in_sentence(missing)} đơn vị chưa có (Phụ lục III)"
        first = f"{first}; còn {names}, số liệu tổng hợp chưa gồm các đơn vị này"
    lines = [f"{first}."]
    if paper.target_total is not None and paper.result_total is not None:
        rate = _rate(paper.result_total, paper.target_total)
        share = f", đạt {wording.percent(rate)}" if paper.target_total else ""
        lines.append(
            f"Chỉ tiêu giao: {wording.count_in_sentence(paper.target_total)}; kết quả thực hiện: "
            f"{wording.count_in_sentence(paper.result_total)}{share} (Phụ lục II)."
        )
    lines.append("Số liệu theo từng đơn vị tại Phụ lục I kèm theo.")
    return tuple(lines)


def _blocks(paper: ConsolidatedReport) -> tuple[Block, ...]:
    starts = range(0, max(len(paper.columns), 1), COLUMNS_IN_A_TABLE)
    titles = [f"Biểu {number}" for number, _ in enumerate(starts, start=1)]
    titles = titles if len(titles) > 1 else [""]
    return tuple(_block(paper, title, start) for title, start in zip(titles, starts, strict=True))


def _block(paper: ConsolidatedReport, title: str, start: int) -> Block:
    shown = slice(start, start + COLUMNS_IN_A_TABLE)
    rows = tuple(
        RowWords(
            order=str(order),
            name=wording.clean(unit.name),
            status=wording.clean(unit.status_text),
            figures=tuple(
                value if isinstance(value, str) else wording.count(value)
                for value in unit.figures[shown]
            ),
        )
        for order, unit in enumerate(paper.rows, start=1)
    )
    return Block(
        title=title,
        columns=tuple(wording.clean(column) for column in paper.columns[shown]),
        rows=rows,
        totals=tuple(wording.count(value) for value in paper.totals[shown]),
    )


def _target_row(paper: ConsolidatedReport, position: int) -> RowWords:
    unit = paper.units[position]
    return RowWords(
        order=str(position + 1),
        name=wording.clean(unit.name),
        target=wording.count(unit.target),
        result=unit.result if isinstance(unit.result, str) else wording.count(unit.result),
        rate=wording.NO_FIGURE
        if isinstance(unit.result, str)
        else wording.percent(_rate(unit.result, unit.target)),
    )


def _missing(paper: ConsolidatedReport) -> tuple[str, ...]:
    if not paper.missing_units:
        return ("Số liệu tổng hợp đã gồm mọi đơn vị.",)
    names = (wording.clean(name) for name in paper.missing_units)
    return tuple(f"{order}. {name}" for order, name in enumerate(names, start=1))
