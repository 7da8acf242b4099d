"""A department closes a school year, and opens it again for one unit until a day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from donghanh.amendments import queries as amendments
from donghanh.domain import authority
from donghanh.domain.authority import Actor
from donghanh.domain.rights import Right
from donghanh.history import actions as history
from donghanh.reports import queries
from donghanh.reports.actions import shared
from donghanh.reports.actions.refusals import (
    ClosedAlready,
    NotClosed,
    OpeningPast,
    UnknownUnit,
)
from donghanh.reports.models import Opening, YearLock

#: Days an opening may last: longer than that, it is no exception.
LONGEST = 92


@transaction.atomic
def close_year(*, actor: Actor, school_year: str, at: datetime) -> YearLock:
    """
    Close a school year: nothing more is sent for it. It is not opened again but for named units.

    The years of all departments this one carries on are closed with it.

    Args:
        actor: Officer or leader of the department.
        school_year: ``2023-2024``.
        at: The instant (aware, UTC).

    Raises:
        NotAllowed: The post does not review reports.
        BadSchoolYear: The year is not two years that follow each other.
        ClosedAlready: It has been closed before.
    """
    authority.require(actor, Right.REVIEW_REPORTS)
    queries.year_of(amendments.current(), school_year)
    for unit in sorted(actor.units):
        shared.hold_year(unit, alone=True)
    locks = YearLock.objects.filter(department_id__in=actor.units, school_year=school_year)
    closed = set(locks.values_list("department_id", flat=True))
    if actor.post.unit_id in closed:
        raise ClosedAlready(year=school_year)
    YearLock.objects.bulk_create(
        YearLock(
            department_id=unit, school_year=school_year, locked_at=at, locked_by_id=actor.user_id
        )
        for unit in sorted(actor.units - closed)
    )
    lock = locks.get(department_id=actor.post.unit_id)
    history.record(
        at=at,
        actor=actor,
        action="reports.year_closed",
        subject="year_lock",
        subject_id=lock.pk,
        facts={"school_year": school_year},
    )
    return lock


@transaction.atomic
def open_for_unit(
    *,
    actor: Actor,
    school_year: str,
    school_id: int,
    until: date,
    reason: str,
    at: datetime,
    on: date,
) -> Opening:
    """
    Let one unit send for a closed year, up to and including a day, and say why.

    Args:
        actor: Officer or leader of the department.
        school_year: ``2023-2024``.
        school_id: The unit.
        until: Last day, inclusive; at most ``LONGEST`` days from ``on``.
        reason: Why.
        at: The instant (aware, UTC).
        on: The day (Asia/Ho_Chi_Minh).

    Raises:
        NotAllowed: The post does not review reports.
        BadSchoolYear: The year is not two years that follow each other.
        UnknownUnit: It does not report to the department in that year.
        NotClosed: The year is open.
        OpeningPast: The day is over, or too far away.
        ReasonMissing, TooLong: The reason.
    """
    authority.require(actor, Right.REVIEW_REPORTS)
    sheet = queries.sheet(actor, school_year, on)
    line = next((one for one in sheet.lines if one.unit.id == school_id), None)
    if line is None:
        raise UnknownUnit
    if not on <= until <= on + timedelta(days=LONGEST):
        raise OpeningPast(since=on, until=on + timedelta(days=LONGEST))
    department = _department(actor, line)
    lock = YearLock.objects.filter(department_id=department, school_year=school_year).first()
    if lock is None:
        raise NotClosed(year=school_year)
    opening = Opening.objects.create(
        lock=lock,
        school_id=line.place,
        until_date=until,
        reason=shared.reason_of(reason),
        opened_at=at,
        opened_by_id=actor.user_id,
    )
    history.record(
        at=at,
        actor=actor,
        action="reports.year_opened",
        subject="opening",
        subject_id=opening.pk,
        facts={"school_year": school_year, "unit": school_id, "until": until.isoformat()},
    )
    return opening


def _department(actor: Actor, line: queries.UnitLine) -> int:
    """Return whose lock keeps a unit from sending: of who asked it, else of the own department."""
    if line.report is not None and line.report.department_id in actor.units:
        return line.report.department_id
    return line.task.recipient.directive.issuer_id if line.task else actor.post.unit_id
