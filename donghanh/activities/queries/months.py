"""The calendar of a month: its weeks, and what is held on each day."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from donghanh.activities import texts
from donghanh.activities.queries import found
from donghanh.activities.queries.found import Row
from donghanh.domain import authority
from donghanh.domain.authority import Actor
from donghanh.domain.rights import Right
from donghanh.lib import clock
from donghanh.lib.icalendar import Entry
from donghanh.lib.icalendar import calendar as calendar_of

_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
_DAYS = 7
#: How many days back a calendar file begins, and how many activities it holds at most.
_BACK = 31
_MOST = 2_000


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the calendar; ``here``: it belongs to the month."""

    on: date
    weekday: str
    here: bool
    today: bool
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """A month with the whole weeks around it; ``before`` and ``after`` as addresses name them."""

    title: str
    weeks: tuple[tuple[Day, ...], ...]
    weekdays: tuple[str, ...]
    before: str
    after: str
    many: int


def month_of(actor: Actor, asked: str, now: datetime) -> Month:
    """
    Return the calendar of a month; a fixed number of statements.

    Args:
        actor: Who looks.
        asked: The month as ``2026-11``; anything else: the present one.
        now: The instant (aware, UTC).

    Raises:
        NotAllowed: The post reads no activities.
    """
    authority.require(actor, Right.READ_ACTIVITIES)
    today = found.local(now).date()
    told = _MONTH.fullmatch(asked)
    first = date(int(told[1]), int(told[2]), 1) if told else today.replace(day=1)
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    begins = first - timedelta(days=first.weekday())
    weeks = -(-((last - begins).days + 1) // _DAYS)
    ends = begins + timedelta(days=weeks * _DAYS - 1)
    seen = found.visible_to(actor, today).filter(on_date__range=(begins, ends))
    by_day: dict[date, list[Row]] = {}
    for row in found.rows(list(seen.order_by("on_date", "begins", "id")), now):
        by_day.setdefault(row.on, []).append(row)
    days = [_day(begins + timedelta(days=n), first, today, by_day) for n in range(weeks * _DAYS)]
    next_first = last + timedelta(days=1)
    return Month(
        title=f"{texts.MONTHS[first.month - 1]} {first.year}",
        weeks=tuple(tuple(days[n : n + _DAYS]) for n in range(0, len(days), _DAYS)),
        weekdays=tuple(str(one) for one in texts.WEEKDAYS),
        before=f"{first - timedelta(days=1):%Y-%m}",
        after=f"{next_first:%Y-%m}",
        many=sum(len(day.rows) for day in days if day.here),
    )


def calendar_file(actor: Actor, host: str, now: datetime) -> bytes:
    """
    Return the activities an actor sees as a calendar file, from a month back on; three statements.

    What was called off stands in it as cancelled, so that a calendar that has it takes it out. No
    pupil is in it.

    Args:
        actor: Who takes it.
        host: The name of this place; part of what each activity is called in the world.
        now: The instant (aware, UTC).

    Raises:
        NotAllowed: The post reads no activities.
    """
    authority.require(actor, Right.READ_ACTIVITIES)
    today = found.local(now).date()
    seen = found.visible_to(actor, today).filter(on_date__gte=today - timedelta(days=_BACK))
    rows = found.rows(list(seen.order_by("on_date", "begins", "id")[:_MOST]), now)
    entries = [
        Entry(
            uid=f"hoat-dong-{row.id}@{host}",
            starts=datetime.combine(row.on, row.begins, clock.ZONE),
            ends=datetime.combine(row.on, row.ends, clock.ZONE),
            summary=row.title,
            place=row.place,
            words=f"{row.kind}\n{row.audience}\n{row.unit}",
            cancelled=row.called_off,
        )
        for row in rows
    ]
    return calendar_of(_("Activities of ideals education"), entries, now)


def _day(on: date, first: date, today: date, by_day: dict[date, list[Row]]) -> Day:
    return Day(
        on=on,
        weekday=str(texts.WEEKDAYS[on.weekday()]),
        here=on.month == first.month,
        today=on == today,
        rows=tuple(by_day.get(on, ())),
    )
