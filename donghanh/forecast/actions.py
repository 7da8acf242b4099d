"""Writes of the room of the forecast, and its readings, which are written down."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from django.core.paginator import Page, Paginator
from django.db import transaction

from donghanh.domain import authority
from donghanh.domain.authority import Actor
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.errors import RuleError
from donghanh.domain.rights import Right
from donghanh.dossiers import actions as dossiers
from donghanh.forecast import queries
from donghanh.forecast.models import LeavingDay
from donghanh.forecast.queries import CalendarPage, Filters, PupilPage, Row
from donghanh.history import actions as history
from donghanh.lib import days

#: Rows of the list on one page.
ROWS = 60
#: The decision follows the examinations: from the last months of a school year to the year after.
_FIRST_MONTH, _LAST_MONTH = 4, 12


class OutsideTheYear(RuleError):
    """The day cannot be on which pupils of that school year leave."""

    code: ClassVar[str] = "forecast.outside_the_year"


@transaction.atomic
def expect_leaving(
    *, actor: Actor, school_id: int, year: SchoolYear, on: date, at: datetime
) -> LeavingDay:
    """
    Keep on which day a school expects the graduation decision of a school year to take effect.

    Args:
        actor: Who says so; keeps that school's calendar.
        school_id: The school.
        year: The school year that ends with it.
        on: The day; a later one replaces it.
        at: The instant (aware, UTC).

    Raises:
        NotAllowed: The post keeps no calendar, or not of this school.
        OutsideTheYear: The day does not follow that school year.
    """
    authority.require(actor, Right.KEEP_CALENDAR, school_id=school_id)
    ends = year.until.year
    first, last = date(ends, _FIRST_MONTH, 1), date(ends, _LAST_MONTH, 31)
    if not first <= on <= last:
        told = {"day": days.day(on), "first": days.day(first), "last": days.day(last)}
        raise OutsideTheYear(year=year.key, **told)
    kept, _ = LeavingDay.objects.update_or_create(
        school_id=school_id,
        school_year=year.key,
        defaults={"on_date": on, "set_at": at, "set_by_id": actor.user_id},
    )
    history.record(
        at=at,
        actor=actor,
        action="forecast.leaving_expected",
        subject="unit",
        subject_id=school_id,
        facts={"year": year.key, "on": on.isoformat()},
    )
    return kept


@transaction.atomic
def see_calendar(
    *, actor: Actor, filters: Filters, number: str | None, at: datetime, today: date
) -> tuple[CalendarPage, Page[Row]]:
    """
    Return the calendar of the year and one page of its list; whose names it shows is written down.

    Args:
        actor: Who looks.
        filters: What narrows the list.
        number: Which page was asked for; the first where there is no such page.
        at: The instant (aware, UTC).
        today: The day it is asked on (Asia/Ho_Chi_Minh).

    Raises:
        NotAllowed: The post reads no cases.
    """
    page = queries.calendar(actor, today, filters)
    rows = Paginator(page.rows, ROWS).get_page(number)
    shown = {row.dossier_id for row in rows}
    shown |= {one.dossier_id for month in page.months for one in month.days}
    dossiers.note_list(actor=actor, at=at, where="calendar", dossiers=sorted(shown))
    return page, rows


@transaction.atomic
def export_calendar(*, actor: Actor, filters: Filters, at: datetime, today: date) -> bytes:
    """
    Return the list of the calendar, narrowed, as the bytes of a workbook; it is written down.

    Args:
        actor: Who takes the list away.
        filters: What narrows it.
        at: The instant (aware, UTC).
        today: The day it is asked on (Asia/Ho_Chi_Minh).

    Raises:
        NotAllowed: The post takes no lists away.
    """
    authority.require(actor, Right.TAKE_LISTS)
    page = queries.calendar(actor, today, filters)
    numbers = [row.dossier_id for row in page.rows]
    dossiers.note_list(actor=actor, at=at, where="calendar", dossiers=numbers, taken=True)
    return queries.calendar_workbook(page)


@transaction.atomic
def open_forecast(*, actor: Actor, dossier_id: int, at: datetime, today: date) -> PupilPage:
    """
    Show until when each step of one pupil can be done; the reading is written down.

    Args:
        actor: Who reads.
        dossier_id: The dossier.
        at: The instant (aware, UTC).
        today: The day it is asked on (Asia/Ho_Chi_Minh).

    Raises:
        Dossier.DoesNotExist: Unknown, or not visible to the actor.
    """
    page = queries.pupil(actor, dossier_id, today)
    dossiers.note_reading(actor=actor, dossier_id=dossier_id, at=at)
    return page
