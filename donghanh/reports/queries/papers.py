"""From figures to the papers they are sent as. The words of a paper are the field's, as data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from donghanh.directives.models import Directive
from donghanh.documents.papers import (
    FigureRow,
    Letterhead,
    SchoolReport,
    Signing,
    skeleton,
)
from donghanh.domain.authority import Actor, Right
from donghanh.organisation import queries as organisation
from donghanh.reports import texts
from donghanh.reports.models import Report
from donghanh.reports.queries import found, numbers

#: What the reports are about, as it stands in the papers' heads.
SUBJECT = "Kết quả công tác phát triển đảng viên trong học sinh năm học {year}"
RECIPIENTS = ("Như trên;", "Lưu: VT.")
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
    return SchoolReport(
        letterhead=Letterhead(**head_of(report.school_id, day), number="", day=None),
        school_year=report.school_year,
        cutoff=cutoff,
        subject=SUBJECT.format(year=report.school_year),
        addressee=department.name,
        parts=skeleton(**{key: parts.get(key, "") for key in texts.PARTS}),
        figures=rows,
        recipients=RECIPIENTS,
        signing=Signing(**signing_of(report.school_id, day, Right.SEND_REPORTS)),
        simulated=report.simulated,
        rulebook_version=report.rulebook_version,
        opening=_opening(report.task.recipient.directive, department.name),
    )


def attached(kept: Iterable[Mapping[str, str]]) -> tuple[str, ...]:
    """Return the lines of the papers a report names."""
    return tuple(_ATTACHED.format(**one) for one in kept)


def _note(changed: numbers.Changed | None) -> str:
    if changed is None:
        return ""
    return CHANGED.format(counted=changed.counted, value=changed.value, reason=changed.reason)


def _opening(directive: Directive, issuer: str) -> str:
    """Return which letter a report carries out; empty where the letter's number is not known."""
    said = directive.confirmed
    symbol = str(said.get("symbol") or "").lstrip("/")
    number = "/".join(part for part in (str(said.get("number") or ""), symbol) if part)
    if not said.get("number"):
        return ""
    about = f" về {said['subject']}" if said.get("subject") else ""
    return f"Thực hiện Công văn số {number} của {issuer}{about};"


def head_of(unit_id: int, on: date) -> dict[str, str]:
    """Return what a unit's papers carry in their head on a day."""
    unit = organisation.known_as([unit_id], on)[unit_id]
    return {
        "superior": unit.superior,
        "issuer": unit.name,
        "symbol": f"BC-{unit.symbol}" if unit.symbol else "BC",
        "place": unit.place,
    }


def signing_of(unit_id: int, on: date, right: Right) -> dict[str, Any]:
    """Return who signs for a unit on a day; blank where nobody does."""
    signer = organisation.signer_of(unit_id, on, right)
    if signer is None:
        return {"authority": None, "title": "", "name": ""}
    return {"authority": signer.authority or None, "title": signer.title, "name": signer.name}
