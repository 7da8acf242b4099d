"""A numbered amendment of an accepted report: begun with a reason, or taken back."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from donghanh.domain.authority import Actor
from donghanh.domain.rights import Right
from donghanh.history import actions as history
from donghanh.reports import queries
from donghanh.reports.actions import shared
from donghanh.reports.actions.refusals import AmendmentInFlight, ChangedMeanwhile, NotAccepted
from donghanh.reports.models import Report

#: What an amendment that is taken back leaves as it had been.
_BACK = ("figures", "parts", "unsettled", "answers", "attachments")


@transaction.atomic
def amend_report(
    *, actor: Actor, report_id: int, seen: int, reason: str, at: datetime, on: date
) -> Report:
    """
    Begin to amend an accepted report; what was accepted counts until the amendment is accepted.

    Args:
        actor: A school's secretary.
        report_id: An accepted report.
        seen: ``revision`` as the writer had it before the eyes.
        reason: Why it has to be amended.
        at: The instant (aware, UTC).
        on: The day (Asia/Ho_Chi_Minh).

    Raises:
        Report.DoesNotExist: Unknown, or not the school's.
        AmendmentInFlight: It is being amended already.
        NotAccepted: It has not been accepted.
        ChangedMeanwhile: Somebody else changed it first.
        YearClosed: The department has closed the year.
        ReasonMissing, TooLong: The reason.
    """
    report = shared.locked(actor, Right.WRITE_REPORTS, report_id)
    if report.standing is not None:
        raise AmendmentInFlight
    if report.status != "accepted":
        raise NotAccepted
    if report.revision != seen:
        raise ChangedMeanwhile
    shared.check_not_closed(report, on)
    report.amending = shared.reason_of(reason)
    sender = report.sent_by_id
    report.standing = queries.sent_content(report) | {
        "sent_at": report.sent_at.isoformat() if report.sent_at else None,
        "sent_by": sender,
        "accepted_at": report.accepted_at.isoformat() if report.accepted_at else None,
    }
    report.status = "amending"
    report.revision += 1
    report.save(update_fields=["amending", "standing", "status", "revision"])
    history.record(
        at=at,
        actor=actor,
        action="reports.amended",
        subject="report",
        subject_id=report.pk,
        facts={"version": report.version},
    )
    return report


@transaction.atomic
def drop_amendment(*, actor: Actor, report_id: int, seen: int, at: datetime) -> Report:
    """
    Take an amendment back that is not with the department: what was accepted stands alone again.

    Its own sendings stay sealed, and their numbers are not given again.

    Args:
        actor: A school's secretary.
        report_id: A report that is being amended.
        seen: ``revision`` as the writer had it before the eyes.
        at: The instant (aware, UTC).

    Raises:
        Report.DoesNotExist: Unknown, or not the school's.
        NotOpen: It has been sent.
        NotAccepted: Nothing accepted is being amended.
        ChangedMeanwhile: Somebody else changed it first.
    """
    report = shared.opened(actor, report_id, seen)
    standing = report.standing
    if standing is None:
        raise NotAccepted
    for name in _BACK:
        setattr(report, name, standing[name])
    report.version = standing["version"]
    report.cutoff_date = date.fromisoformat(standing["cutoff"])
    report.sent_date = date.fromisoformat(standing["sent"])
    report.rulebook_version = standing["rulebook"]
    report.sent_at = datetime.fromisoformat(standing["sent_at"])
    report.sent_by_id = standing["sent_by"]
    report.accepted_at = datetime.fromisoformat(standing["accepted_at"])
    report.changed = {
        one["code"]: {"value": one["value"], "reason": one["reason"]}
        for one in standing["figures"]
        if "counted" in one
    }
    report.standing, report.amending, report.status = None, "", "accepted"
    report.revision += 1
    report.save()
    history.record(
        at=at,
        actor=actor,
        action="reports.amendment_dropped",
        subject="report",
        subject_id=report.pk,
        facts={"version": standing["version"]},
    )
    return report
