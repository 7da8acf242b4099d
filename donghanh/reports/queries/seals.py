"""What a report is sealed as: all of it in one canonical text, from which its paper is made."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from donghanh.documents import houses, render, sealing
from donghanh.documents.papers import FigureRow, Letterhead, SchoolReport, Signing, skeleton
from donghanh.domain.authority import Actor
from donghanh.domain.rights import Right
from donghanh.domain.structure import Line
from donghanh.reports import texts
from donghanh.reports.models import Report, Seal
from donghanh.reports.queries import found, numbers, papers
from donghanh.reports.queries.checks import Check

#: What a sealed text says of itself; a reader refuses another form.
FORM = "donghanh.report.1"


def content_of(
    report: Report, checks: Iterable[Check], sender: str, at: datetime, today: date
) -> dict[str, Any]:
    """
    Return all that a sent report consists of, its paper and its cases included: JSON values only.

    Args:
        report: As it is sent, its figures frozen.
        checks: The warnings it gave, all answered.
        sender: Name of who sends.
        at: The instant (aware, UTC).
        today: The day of sending, whose names the paper carries.
    """
    line, copies = found.line_of(report), papers.copies_of(report, today)
    paper = papers.school_paper_of(
        report, numbers_of(report.figures), report.parts, report.cutoff_date, today
    )
    return {
        "form": FORM,
        "report": report.pk,
        "version": report.version,
        "school": {"code": report.school.code, "name": paper.letterhead.issuer},
        "department": {"code": report.department.code, "name": paper.addressee},
        "school_year": report.school_year,
        "cutoff": report.cutoff_date.isoformat(),
        "sent": today.isoformat(),
        "sent_at": at.isoformat(timespec="seconds"),
        "sent_by": sender,
        "last_day": report.task.last_date.isoformat(),
        "head": papers.head_of(found.writer_of(report), today, line),
        "signing": asdict(paper.signing),
        "opening": paper.opening,
        "figures": report.figures,
        "parts": {key: report.parts.get(key, "") for key in texts.PARTS},
        "answers": [_answered(one) for one in checks],
        "attachments": report.attachments,
        "unsettled": report.unsettled,
        "rulebook": report.rulebook_version,
        "simulated": report.simulated,
        "amends": _amends(report),
        **({"line": line.value} if line is not Line.EDUCATION else {}),
        **({"copies": list(copies)} if copies else {}),
    }


def numbers_of(kept: Iterable[Mapping[str, Any]]) -> tuple[FigureRow, ...]:
    """Return the lines of a report's table of figures; one changed by hand says both and why."""
    return tuple(
        FigureRow(
            order=str(one["order"]),
            title=one["title"],
            value=one["value"],
            note=papers.CHANGED.format(**one) if "counted" in one else "",
        )
        for one in kept
    )


def paper_of(content: Mapping[str, Any]) -> SchoolReport:
    """Return the paper of a sealed report, from what it was sealed as alone."""
    line = Line(content.get("line", Line.EDUCATION.value))
    return SchoolReport(
        letterhead=Letterhead(**content["head"], number="", day=None),
        school_year=content["school_year"],
        cutoff=date.fromisoformat(content["cutoff"]),
        subject=papers.SUBJECT.format(year=content["school_year"]),
        addressee=content["department"]["name"],
        parts=skeleton(**content["parts"]),
        figures=numbers_of(content["figures"]),
        recipients=papers.recipients(line, content.get("copies", ())),
        signing=Signing(**content["signing"]),
        simulated=content["simulated"],
        rulebook_version=content["rulebook"],
        opening=content["opening"],
        attachments=papers.attached(content["attachments"]),
        house=houses.BY_LINE.get(line),
    )


def docx_of(content: Mapping[str, Any], canonical: str) -> bytes:
    """Return the paper in Word of a sealed report, its code printed and its seal inside."""
    return sealing.sealed_paper(render.school_report(paper_of(content)), canonical)


def school_docx(actor: Actor, report_id: int, today: date) -> tuple[Report, bytes]:
    """
    Return a report and its paper in Word, as the reader sees it; a sent one out of its seal.

    Raises:
        Report.DoesNotExist: Unknown, or not visible to the actor.
    """
    report: Report = found.visible_to(actor).get(pk=report_id)
    own = actor.may(Right.WRITE_REPORTS) and report.status not in numbers.SENT
    seal = None if own else found.seal_of(report)
    if seal is None:
        return report, render.school_report(papers.school_paper(actor, report_id, today))
    return report, docx_of(json.loads(seal.content), seal.content)


def seal_seen(actor: Actor, report_id: int) -> tuple[Report, Seal]:
    """
    Return a report and its newest seal.

    Raises:
        Report.DoesNotExist: Unknown, not visible to the actor, or never sealed.
    """
    report: Report = found.visible_to(actor).get(pk=report_id)
    seal = found.seal_of(report)
    if seal is None:
        raise Report.DoesNotExist
    return report, seal


def difference(
    before: Iterable[Mapping[str, Any]], after: Iterable[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Return the figures that are another afterwards, each with both values."""
    now = {one["code"]: one["value"] for one in after}
    return [
        {
            "code": one["code"],
            "title": one["title"],
            "before": one["value"],
            "after": now[one["code"]],
        }
        for one in before
        if one["code"] in now and now[one["code"]] != one["value"]
    ]


def _answered(check: Check) -> dict[str, Any]:
    one = check.finding
    return {
        "against": one.against.value,
        "code": one.code,
        "said": one.said,
        "other": one.other,
        "answer": check.answer,
    }


def _amends(report: Report) -> dict[str, Any] | None:
    """Return which version an amendment amends, why, and what is another in it."""
    if report.standing is None:
        return None
    return {
        "version": report.standing["version"],
        "reason": report.amending,
        "difference": difference(report.standing["figures"], report.figures),
    }
