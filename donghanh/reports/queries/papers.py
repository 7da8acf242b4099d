"""From figures to the papers they are sent as. The words of a paper are the field's, as data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from donghanh.directives import queries as directives
from donghanh.directives.models import Directive, Task
from donghanh.documents import houses
from donghanh.documents.papers import (
    FigureRow,
    Letterhead,
    SchoolReport,
    Signing,
    skeleton,
)
from donghanh.domain import numbering, signing
from donghanh.domain.authority import Actor
from donghanh.domain.rights import Right, Role
from donghanh.domain.structure import Line, UnitKind
from donghanh.organisation import queries as organisation
from donghanh.reports import texts
from donghanh.reports.models import Report
from donghanh.reports.queries import found, numbers

#: What the reports are about, as it stands in the papers' heads.
SUBJECT = "Kết quả công tác phát triển đảng viên trong học sinh năm học {year}"
RECIPIENTS = ("Như trên;", "Lưu: VT.")
#: The same on a paper of the Party or of the Union.
_RECIPIENTS_OF_A_BODY = ("Như trên;", "Lưu hồ sơ.")
#: Whose posts sign the reports of a line.
_SIGNERS = {
    Line.EDUCATION: (Role.LEADER, Role.SECRETARY),
    Line.PARTY: (Role.SECRETARY, Role.COMMITTEE),
    Line.UNION: (Role.UNION, Role.UPPER_UNION),
}
#: Letters in the number of a body that has none of its own.
_LETTERS = {
    **dict.fromkeys((UnitKind.CELL, UnitKind.JOINT_CELL, UnitKind.SUB_CELL), "CB"),
    **dict.fromkeys((UnitKind.BASE_COMMITTEE, UnitKind.SUB_COMMITTEE), "ĐU"),
    UnitKind.PROVINCE_COMMITTEE: "TU",
    UnitKind.SCHOOL_UNION: "ĐTN",
    UnitKind.PROVINCE_UNION: "TĐTN",
}
#: What stands beside a figure that was changed by hand.
CHANGED = "Đếm từ hồ sơ: {counted}. Lý do báo cáo {value}: {reason}"
#: How one named paper stands on the report.
_ATTACHED = "{title} (số {number}, ngày {day}, {signer} ký)"


def school_paper(actor: Actor, report_id: int, today: date) -> SchoolReport:
    """
    Return a school's report as a paper: frozen figures when sent, live ones before.

    Raises:
        Report.DoesNotExist: Unknown, or not visible to the actor.
    """
    return _school_paper(actor, found.visible_to(actor).get(pk=report_id), today)


def _school_paper(actor: Actor, report: Report, today: date) -> SchoolReport:
    """Return the paper of a report already fetched."""
    seen = numbers.shown(actor, report, today)
    rows = tuple(
        FigureRow(
            order=str(figure.order),
            title=figure.title,
            value=figure.value,
            note=_note(seen.changed.get(figure.code)),
        )
        for figure in seen.figures
    )
    paper = school_paper_of(report, rows, seen.parts, seen.cutoff, seen.sent_date or today)
    return replace(paper, rulebook_version=seen.rulebook, attachments=attached(seen.attachments))


def school_paper_of(
    report: Report,
    rows: tuple[FigureRow, ...],
    parts: Mapping[str, str],
    cutoff: date,
    day: date,
) -> SchoolReport:
    """Return the paper of a report with given figures and words, named and signed as on a day."""
    department = organisation.known_as([report.department_id], day)[report.department_id]
    line, writer = found.line_of(report), found.writer_of(report)
    return SchoolReport(
        letterhead=Letterhead(**head_of(writer, day, line), number="", day=None),
        school_year=report.school_year,
        cutoff=cutoff,
        subject=SUBJECT.format(year=report.school_year),
        addressee=department.name,
        parts=skeleton(**{key: parts.get(key, "") for key in texts.PARTS}),
        figures=rows,
        recipients=recipients(line, copies_of(report, day)),
        signing=Signing(**signing_of(writer, day, Right.SEND_REPORTS, line)),
        simulated=report.simulated,
        rulebook_version=report.rulebook_version,
        opening=_opening(report.task.recipient.directive, department.name, line),
        house=houses.BY_LINE.get(line),
    )


def copies_of(report: Report, day: date) -> tuple[str, ...]:
    """Return the bodies a report answers beside the one it is written to, by name."""
    bundle = report.task.bundle_id
    if bundle is None:
        return ()
    others = Task.objects.filter(bundle_id=bundle).exclude(pk=report.task_id)
    ids = set(others.values_list("recipient__directive__issuer_id", flat=True))
    known = organisation.known_as(ids - {report.department_id}, day).values()
    return tuple(unit.name for unit in sorted(known, key=lambda unit: unit.order))


def recipients(line: Line, copies: Iterable[str] = ()) -> tuple[str, ...]:
    """Return what stands under "Nơi nhận" on a report of a line."""
    first, last = RECIPIENTS if line is Line.EDUCATION else _RECIPIENTS_OF_A_BODY
    return (first, *copies, last)


def attached(kept: Iterable[Mapping[str, str]]) -> tuple[str, ...]:
    """Return the lines of the papers a report names."""
    return tuple(_ATTACHED.format(**one) for one in kept)


def _note(changed: numbers.Changed | None) -> str:
    if changed is None:
        return ""
    return CHANGED.format(counted=changed.counted, value=changed.value, reason=changed.reason)


def _opening(directive: Directive, issuer: str, line: Line) -> str:
    """Return which letter a report carries out; empty where the letter's number is not known."""
    said = directive.confirmed
    if line is not Line.EDUCATION:
        return _body_opening(directive, issuer)
    symbol = str(said.get("symbol") or "").lstrip("/")
    number = "/".join(part for part in (str(said.get("number") or ""), symbol) if part)
    if not said.get("number"):
        return ""
    about = f" về {said['subject']}" if said.get("subject") else ""
    return f"Thực hiện Công văn số {number} của {issuer}{about};"


def _body_opening(directive: Directive, issuer: str) -> str:
    said, number = directive.confirmed, directives.number_of(directive.confirmed)
    if not said.get("number"):
        return ""
    about = f" về {said['subject']}" if said.get("subject") else ""
    return f"Thực hiện {said.get('kind') or 'Công văn'} số {number} của {issuer}{about};"


def head_of(unit_id: int, on: date, line: Line = Line.EDUCATION) -> dict[str, str]:
    """
    Return what a unit's papers carry in their head on a day.

    Args:
        unit_id: The unit.
        on: The day of its names.
        line: Along which line it writes: whose layout, and which body stands above it.
    """
    unit = organisation.known_as([unit_id], on)[unit_id]
    if line is Line.EDUCATION:
        symbol, superior = f"BC-{unit.symbol}" if unit.symbol else "BC", unit.superior
    else:
        office = (unit.symbol or _LETTERS.get(unit.kind, "")).split("-")[0]
        house = numbering.HOUSES[line]
        symbol = house.symbol.format(letters="BC", office=office) if office else "BC"
        superior = unit.superior or _above(unit_id, line, on)
    return {"superior": superior, "issuer": unit.name, "symbol": symbol, "place": unit.place}


def _above(unit_id: int, line: Line, on: date) -> str:
    """Return the body above one along a line on a day, by name; empty: none."""
    above = organisation.parent_of(unit_id, line, on)
    known = organisation.known_as([above], on) if above else {}
    return next((unit.name for unit in known.values()), "")


def signing_of(unit_id: int, on: date, right: Right, line: Line = Line.EDUCATION) -> dict[str, Any]:
    """Return who signs for a unit on a day, by the words of its line; blank where nobody does."""
    signer = organisation.signer_of(unit_id, on, right, _SIGNERS[line])
    name = signer.name if signer else ""
    if line is Line.EDUCATION:
        if signer is None:
            return {"authority": None, "title": "", "name": ""}
        return {"authority": signer.authority or None, "title": signer.title, "name": name}
    # A body of Party or Union signs as a whole; its head does so by name.
    kind = organisation.known_as([unit_id], on)[unit_id].kind
    mark = (signer.authority if signer else "") or signing.in_name_of(kind)
    title = signing.office(signer.title) if signer else ""
    return {"authority": mark, "title": title or "BÍ THƯ", "name": name}
