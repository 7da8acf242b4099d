"""From figures to the papers they are sent as. The words of a paper are the field's, as data."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from donghanh.directives.models import Directive
from donghanh.documents import render
from donghanh.documents.papers import (
    ConsolidatedReport,
    FigureRow,
    Letterhead,
    SchoolReport,
    Signing,
    UnitRow,
    skeleton,
)
from donghanh.domain.authority import Actor, Right
from donghanh.domain.errors import RuleError
from donghanh.organisation import queries as organisation
from donghanh.reports import texts
from donghanh.reports.models import Consolidation, Report
from donghanh.reports.queries import found, numbers, paper_charts, sheets

#: What the reports are about, as it stands in the papers' heads.
_SUBJECT = "Kết quả công tác phát triển đảng viên trong học sinh năm học {year}"
#: How a unit stands, in the paper's table.
_STANDS = {
    "missing": "Chưa gửi",
    "sent": "Đã gửi, đang xem",
    "returned": "Trả lại để sửa",
    "accepted": "Đã duyệt",
}
_RECIPIENTS = ("Như trên;", "Lưu: VT.")


class PaperChanged(RuleError):
    """A kept consolidation no longer gives the paper it gave when it was made."""

    code: ClassVar[str] = "reports.paper_changed"


def content_of(
    *,
    actor: Actor,
    sheet: sheets.Sheet,
    parts: Mapping[str, str],
    cutoff: date,
    on: date,
    earlier: Iterable[tuple[str, Mapping[str, int]]] = (),
) -> dict[str, Any]:
    """
    Return all that a consolidated report consists of, as it is kept: JSON values only.

    Args:
        actor: Who makes it, for the own department.
        sheet: The figures.
        parts: Text by key of ``texts.PARTS``.
        cutoff: Last day counted.
        on: Day the names of the unit and of who signs are taken from.
        earlier: Totals of earlier school years by code, oldest first; see ``years_before``.
    """
    return {
        "head": _head(actor.post.unit_id, on),
        "signing": _signing(actor.post.unit_id, on, Right.REVIEW_REPORTS),
        "school_year": sheet.year.key,
        "cutoff": cutoff.isoformat(),
        "parts": {key: parts.get(key, "") for key in texts.PARTS},
        "columns": [one.short_vi for one in sheet.columns],
        "units": [
            {
                "name": line.unit.name,
                "status": _STANDS[line.status],
                "report": line.report.pk if line.report and line.counts else None,
                "figures": list(line.figures) if line.counts else [None] * len(sheet.columns),
                "target": line.target,
                "result": line.result if line.counts else None,
            }
            for line in sheet.lines
        ],
        "totals": list(sheet.totals),
        "target": sheet.target,
        "result": sheet.result,
        "missing": [line.unit.name for line in sheet.missing],
        "simulated": sheet.simulated,
        "rulebook": sheet.rulebook,
        "charts": paper_charts.kept(sheet, earlier),
    }


def consolidated_paper(content: Mapping[str, Any]) -> ConsolidatedReport:
    """
    Return the paper a consolidation was made as, from what is kept of it.

    Number and day stay blank: the office fills them in when it signs.
    """
    return ConsolidatedReport(
        letterhead=Letterhead(**content["head"], number="", day=None),
        school_year=content["school_year"],
        cutoff=date.fromisoformat(content["cutoff"]),
        subject=_SUBJECT.format(year=content["school_year"]),
        addressee=content["head"]["superior"],
        parts=skeleton(**content["parts"]),
        columns=tuple(content["columns"]),
        units=tuple(
            UnitRow(
                name=unit["name"],
                status_text=unit["status"],
                figures=tuple(unit["figures"]),
                target=unit["target"],
                result=unit["result"],
            )
            for unit in content["units"]
        ),
        totals=tuple(content["totals"]),
        target_total=content["target"],
        result_total=content["result"],
        missing_units=tuple(content["missing"]),
        recipients=_RECIPIENTS,
        signing=Signing(**content["signing"]),
        simulated=content["simulated"],
        rulebook_version=content["rulebook"],
        charts=paper_charts.charts_of(content),
    )


def consolidated_docx(actor: Actor, consolidation_id: int) -> tuple[Consolidation, bytes]:
    """
    Return a consolidation and its paper, made again from what is kept.

    Raises:
        Consolidation.DoesNotExist: Unknown, or not the department's.
        PaperChanged: The paper is not, byte for byte, the one that was made then.
    """
    kept = sheets.get_consolidation(actor, consolidation_id)
    docx = render.consolidated_report(consolidated_paper(kept.content))
    if hashlib.sha256(docx).hexdigest() != kept.sha256:
        raise PaperChanged(version=kept.version, school_year=kept.school_year, sha256=kept.sha256)
    return kept, docx


def school_docx(actor: Actor, report_id: int, today: date) -> tuple[Report, bytes]:
    """
    Return a report and its paper in Word, as the reader sees it.

    Raises:
        Report.DoesNotExist: Unknown, or not visible to the actor.
    """
    report: Report = found.visible_to(actor).get(pk=report_id)
    return report, render.school_report(_school_paper(actor, report, today))


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
    day = seen.sent_date or today
    department = organisation.known_as([report.department_id], day)[report.department_id]
    return SchoolReport(
        letterhead=Letterhead(**_head(report.school_id, day), number="", day=None),
        school_year=report.school_year,
        cutoff=seen.cutoff,
        subject=_SUBJECT.format(year=report.school_year),
        addressee=department.name,
        parts=skeleton(**seen.parts),
        figures=tuple(
            FigureRow(order=str(figure.order), title=figure.title, value=figure.value)
            for figure in seen.figures
        ),
        recipients=_RECIPIENTS,
        signing=Signing(**_signing(report.school_id, day, Right.SEND_REPORTS)),
        simulated=report.simulated,
        rulebook_version=seen.rulebook,
        opening=_opening(report.task.recipient.directive, department.name),
    )


def _opening(directive: Directive, issuer: str) -> str:
    """Return which letter a report carries out; empty where the letter's number is not known."""
    said = directive.confirmed
    symbol = str(said.get("symbol") or "").lstrip("/")
    number = "/".join(part for part in (str(said.get("number") or ""), symbol) if part)
    if not said.get("number"):
        return ""
    about = f" về {said['subject']}" if said.get("subject") else ""
    return f"Thực hiện Công văn số {number} của {issuer}{about};"


def _head(unit_id: int, on: date) -> dict[str, str]:
    """Return what a unit's papers carry in their head on a day."""
    unit = organisation.known_as([unit_id], on)[unit_id]
    return {
        "superior": unit.superior,
        "issuer": unit.name,
        "symbol": f"BC-{unit.symbol}" if unit.symbol else "BC",
        "place": unit.place,
    }


def _signing(unit_id: int, on: date, right: Right) -> dict[str, Any]:
    """Return who signs for a unit on a day; blank where nobody does."""
    signer = organisation.signer_of(unit_id, on, right)
    if signer is None:
        return {"authority": None, "title": "", "name": ""}
    return {"authority": signer.authority or None, "title": signer.title, "name": signer.name}
