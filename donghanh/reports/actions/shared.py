"""What the writes of the room have in common."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import connection

from donghanh.domain import authority
from donghanh.domain.authority import Actor
from donghanh.domain.rights import Right
from donghanh.reports import queries, texts
from donghanh.reports.actions.refusals import (
    ChangedMeanwhile,
    NotOpen,
    ReasonMissing,
    TooLong,
    YearClosed,
)
from donghanh.reports.models import Report

#: What tells the locks of this room from those of others.
_CLOSING = 20_240_610
_CONSOLIDATING = 20_240_611


def locked(actor: Actor, right: Right, report_id: int) -> Report:
    """Return a report the actor may see, locked for this transaction."""
    authority.require(actor, right)
    return queries.visible_to(actor).select_for_update(of=("self",)).get(pk=report_id)


def opened(actor: Actor, report_id: int, seen: int) -> Report:
    """
    Return a report that can still be written, locked, as the writer saw it.

    Raises:
        NotAllowed: The post does not send reports.
        Report.DoesNotExist: Unknown, or not the school's.
        NotOpen: It has been sent.
        ChangedMeanwhile: Somebody else changed it first.
    """
    report = locked(actor, Right.WRITE_REPORTS, report_id)
    if report.status not in queries.OPEN:
        raise NotOpen
    if report.revision != seen:
        raise ChangedMeanwhile
    return report


def check_lengths(parts: Mapping[str, str]) -> None:
    """Refuse parts nobody could print."""
    if any(len(said) > texts.LONGEST_PART for said in parts.values()):
        raise TooLong(limit=texts.LONGEST_PART)


def reason_of(said: str) -> str:
    """
    Return a reason as it is kept.

    Raises:
        ReasonMissing: There is none.
        TooLong: It is longer than ``texts.LONGEST_COMMENT``.
    """
    reason = said.strip()
    if not reason:
        raise ReasonMissing
    if len(reason) > texts.LONGEST_COMMENT:
        raise TooLong(limit=texts.LONGEST_COMMENT)
    return reason


def check_not_closed(report: Report, on: date) -> None:
    """
    Refuse what is sent for a closed year, unless it was opened for the unit.

    Who sends holds the year shared until the end of the transaction, who closes it holds it alone:
    a report is sent before the year closes, or refused; nothing slips between.

    Raises:
        YearClosed: It is closed.
    """
    hold_year(report.department_id, alone=False)
    if queries.closed_for(report, on).bars:
        raise YearClosed(year=report.school_year)


def hold_year(department_id: int, *, alone: bool) -> None:
    """Hold the years of a department for this transaction: shared, or alone."""
    shared = "" if alone else "_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock{shared}(%s, %s)", [_CLOSING, department_id])


def hold_versions(unit_id: int) -> None:
    """Hold the versions a body makes of its consolidated reports for this transaction, alone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_CONSOLIDATING, unit_id])
