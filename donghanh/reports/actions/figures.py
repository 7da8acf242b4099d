"""What a school says about its figures: one changed by hand, and why; warnings, answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from donghanh.domain.authority import Actor
from donghanh.history import actions as history
from donghanh.reports import queries, texts
from donghanh.reports.actions import shared
from donghanh.reports.actions.refusals import BelowZero, TooLong, UnknownFigure
from donghanh.reports.models import Report

#: More than this nobody counts in one unit.
MOST = 999_999


@transaction.atomic
def change_figure(
    *,
    actor: Actor,
    report_id: int,
    seen: int,
    code: str,
    value: int | None,
    reason: str,
    at: datetime,
    today: date,
) -> Report:
    """
    Report another figure than the cases give, with the reason; both are kept and shown.

    Args:
        actor: A school's secretary.
        report_id: A report that is being written.
        seen: ``revision`` as the writer had it before the eyes.
        code: The indicator.
        value: In persons; ``None``, or what the cases give, takes the change back.
        reason: Why; needed for a change.
        at: The instant (aware, UTC).
        today: The day (Asia/Ho_Chi_Minh).

    Raises:
        Report.DoesNotExist: Unknown, or not the school's.
        NotOpen: It has been sent.
        ChangedMeanwhile: Somebody else changed it first.
        UnknownFigure: It has no such figure.
        BelowZero: Below 0 or above ``MOST``.
        ReasonMissing, TooLong: The reason.
    """
    report = shared.opened(actor, report_id, seen)
    counted = {one.code: one.value for one in queries.counting(report, today).figures}
    if code not in counted:
        raise UnknownFigure
    if value is not None and not 0 <= value <= MOST:
        raise BelowZero(most=MOST)
    changed = {key: kept for key, kept in report.changed.items() if key != code}
    if value is not None and value != counted[code]:
        changed[code] = {"value": value, "reason": shared.reason_of(reason)}
    if changed == report.changed:
        return report
    report.changed = changed
    report.revision += 1
    report.save(update_fields=["changed", "revision"])
    facts = {"figure": code, "counted": counted[code], "value": value}
    history.record(
        at=at,
        actor=actor,
        action="reports.figure_changed",
        subject="report",
        subject_id=report.pk,
        facts=facts,
    )
    return report


@transaction.atomic
def answer_checks(
    *,
    actor: Actor,
    report_id: int,
    seen: int,
    answers: Mapping[str, str],
    at: datetime,
    today: date,
) -> Report:
    """
    Keep what is said to the warnings of a report that is being written.

    Args:
        actor: A school's secretary.
        report_id: A report that is being written.
        seen: ``revision`` as the writer had it before the eyes.
        answers: By the name of the warning; those of warnings there are not are left out.
        at: The instant (aware, UTC).
        today: The day (Asia/Ho_Chi_Minh).

    Raises:
        Report.DoesNotExist: Unknown, or not the school's.
        NotOpen: It has been sent.
        ChangedMeanwhile: Somebody else changed it first.
        TooLong: An answer is longer than ``texts.LONGEST_COMMENT``.
    """
    report = shared.opened(actor, report_id, seen)
    if any(len(said) > texts.LONGEST_COMMENT for said in answers.values()):
        raise TooLong(limit=texts.LONGEST_COMMENT)
    checks = [one for one in queries.checks_now(actor, report, today) if not one.by_hand]
    given = {one.key: answers.get(one.key, one.answer).strip() for one in checks}
    kept = {key: said for key, said in given.items() if said}
    if kept == report.answers:
        return report
    report.answers = kept
    report.revision += 1
    report.save(update_fields=["answers", "revision"])
    history.record(
        at=at,
        actor=actor,
        action="reports.checks_answered",
        subject="report",
        subject_id=report.pk,
        facts={"answered": sorted(kept)},
    )
    return report
