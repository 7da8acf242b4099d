"""Activities an actor may see: the list, the workbook; and which are the actor's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import cast

from django.core import paginator
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from donghanh.activities import texts
from donghanh.activities.models import Activity
from donghanh.amendments import queries as amendments
from donghanh.domain import activities, authority, names
from donghanh.domain.activities import Hours, State
from donghanh.domain.authority import Actor
from donghanh.domain.rights import Right
from donghanh.domain.structure import Line
from donghanh.lib import clock
from donghanh.lib.spreadsheet import Cell, Column, workbook
from donghanh.organisation import queries as organisation

#: Rows of a page of the list.
ROWS = 30
#: Deeper than any tree of units is.
_LEVELS = 8


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows the list; empty: everything."""

    kind: str = ""
    year: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One activity as lists show it; ``turns`` once it was held."""

    id: int
    title: str
    kind: str
    unit: str
    on: date
    begins: time
    ends: time
    place: str
    audience: str
    state: str
    label: str
    turns: int | None
    checked_in: int
    called_off: bool

    @property
    def hours(self) -> str:
        """Return the hours as they are shown."""
        return f"{texts.hour(self.begins)}–{texts.hour(self.ends)}"


@dataclass(frozen=True, slots=True)
class Activities:
    """A page of the list: its rows, how it is narrowed, what else can be chosen."""

    rows: paginator.Page[Row]
    filters: Filters
    years: tuple[str, ...]
    may_hold: bool

    @property
    def narrowed(self) -> bool:
        """Tell whether anything narrows the list."""
        return self.filters != Filters()


def local(at: datetime) -> datetime:
    """Return an instant as the clock of Asia/Ho_Chi_Minh shows it, without a zone."""
    return at.astimezone(clock.ZONE).replace(tzinfo=None)


def hours_of(activity: Activity) -> Hours:
    """Return the day and hours of an activity."""
    return Hours(activity.on_date, activity.begins, activity.ends)


def visible_to(actor: Actor, today: date) -> QuerySet[Activity]:
    """
    Return the activities an actor may see, in no order.

    Those of the own unit, of the schools in reach, and of the bodies above that hold for many.
    """
    if not actor.may(Right.READ_ACTIVITIES):
        return Activity.objects.none()
    above = _above(actor.units | actor.schools, today)
    return Activity.objects.filter(
        Q(unit_id__in=actor.units)
        | Q(school_id__in=actor.schools)
        | Q(school_id=None, unit_id__in=above)
    )


def held_by(actor: Actor) -> QuerySet[Activity]:
    """
    Return the activities an actor may change: those of the own unit.

    Raises:
        NotAllowed: The post holds none.
    """
    authority.require(actor, Right.HOLD_ACTIVITIES)
    return Activity.objects.filter(unit_id__in=actor.units)


def _above(units: Iterable[int], today: date) -> set[int]:
    world = organisation.world()
    found: set[int] = set()
    for line in (Line.EDUCATION, Line.UNION, Line.PARTY):
        for unit in units:
            one: int | None = unit
            for _level in range(_LEVELS):
                one = None if one is None else world.parent_on(one, line, today)
                if one is not None:
                    found.add(one)
    return found


def holding_schools(actor: Actor, today: date) -> tuple[tuple[int, str], ...]:
    """
    Return the schools whose activities an actor holds, by name; none: of no single school.

    Raises:
        NotAllowed: The post holds none.
    """
    authority.require(actor, Right.HOLD_ACTIVITIES)
    if not actor.may(Right.READ_CASES):
        return ()
    known = organisation.known_as(actor.schools, today)
    return tuple(
        sorted(((one, facts.name) for one, facts in known.items()), key=lambda one: one[1])
    )


def _narrowed(found: QuerySet[Activity], filters: Filters) -> QuerySet[Activity]:
    if filters.kind:
        found = found.filter(kind=filters.kind)
    if filters.year:
        found = found.filter(school_year=filters.year)
    for word in names.search_key(filters.words).split():
        found = found.filter(search_key__contains=word)
    return found.order_by("-on_date", "-begins", "-id")


def listing(actor: Actor, filters: Filters, number: str | None, now: datetime) -> Activities:
    """
    Return a page of the activities an actor sees, the latest first; a fixed number of statements.

    Args:
        actor: Who looks.
        filters: What narrows it.
        number: Which page, as the address says it.
        now: The instant (aware, UTC).

    Raises:
        NotAllowed: The post reads no activities.
    """
    authority.require(actor, Right.READ_ACTIVITIES)
    today = local(now).date()
    seen = visible_to(actor, today)
    shown = paginator.Paginator(_narrowed(seen, filters), ROWS).get_page(number)
    told = rows(list(shown.object_list), now)
    shown.object_list = told  # type: ignore[assignment]  # a page of rows from here on
    years = set(seen.order_by().values_list("school_year", flat=True).distinct())
    years.add(amendments.current().school_year(today).key)
    return Activities(
        rows=cast("paginator.Page[Row]", shown),
        filters=filters,
        years=tuple(sorted(years, reverse=True)),
        may_hold=actor.may(Right.HOLD_ACTIVITIES),
    )


def rows(found: list[Activity], now: datetime) -> list[Row]:
    """Return activities as lists show them, with the names of their units; one statement."""
    known = organisation.known_as({one.unit_id for one in found}, local(now).date())
    return [_row(one, known[one.unit_id].name, now) for one in found]


def _row(one: Activity, unit: str, now: datetime) -> Row:
    state, label = texts.STATES[state_of(one, now)]
    return Row(
        id=one.pk,
        title=one.title,
        kind=activities.kinds()[one.kind].title_vi,
        unit=unit,
        on=one.on_date,
        begins=one.begins,
        ends=one.ends,
        place=one.place,
        audience=one.audience,
        state=state,
        label=str(label),
        turns=one.turns,
        checked_in=one.checked_in,
        called_off=one.called_off_at is not None,
    )


def state_of(one: Activity, now: datetime) -> State:
    """Return where an activity stands at an instant (aware, UTC)."""
    held, off = one.held_at is not None, one.called_off_at is not None
    return activities.state(hours_of(one), held=held, called_off=off, now=local(now))


def waiting(actor: Actor, now: datetime) -> tuple[Row, ...]:
    """
    Return the own activities that are over and wait for their number, the oldest first.

    At most two statements; who holds none has none.

    Args:
        actor: Who holds them.
        now: The instant (aware, UTC).
    """
    if not actor.may(Right.HOLD_ACTIVITIES):
        return ()
    here = local(now)
    over = Q(on_date__lt=here.date()) | Q(on_date=here.date(), ends__lt=here.time())
    due = held_by(actor).filter(over, held_at=None, called_off_at=None)
    found = list(due.order_by("on_date", "begins", "id"))
    return tuple(rows(found, now)) if found else ()


def listing_workbook(actor: Actor, filters: Filters, now: datetime) -> bytes:
    """
    Return the activities an actor sees, as they are narrowed, as the bytes of an .xlsx.

    Raises:
        NotAllowed: The post reads no activities.
    """
    authority.require(actor, Right.READ_ACTIVITIES)
    found = list(_narrowed(visible_to(actor, local(now).date()), filters))
    columns = [
        Column(_("Day"), 12),
        Column(_("Hours"), 14),
        Column(_("Activity"), 44),
        Column(_("Kind"), 32),
        Column(_("Held by"), 36),
        Column(_("Place"), 28),
        Column(pgettext("activity", "For whom"), 28),
        Column(_("State"), 18),
        Column(_("Number taking part"), 14),
    ]
    lines = [_line(one) for one in rows(found, now)]
    return workbook(_("Activities"), columns, lines)


def _line(one: Row) -> list[Cell]:
    said: list[Cell] = [one.on, one.hours, one.title, one.kind, one.unit]
    return [*said, one.place, one.audience, one.label, one.turns]
