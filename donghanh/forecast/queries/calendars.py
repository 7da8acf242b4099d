"""The calendar of a school year: who can still make it, and the last day of each step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from donghanh.amendments import queries as amendments
from donghanh.domain import authority, names
from donghanh.domain.authority import Actor, NotAllowed
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.forecast import Bound
from donghanh.domain.leaving import ADMISSION, Prospect, Timing
from donghanh.domain.rights import Right
from donghanh.domain.rules import Rulebook
from donghanh.dossiers import queries as dossiers
from donghanh.dossiers.queries import Walk
from donghanh.forecast import texts
from donghanh.forecast.queries import spans
from donghanh.forecast.queries.spans import Span
from donghanh.lib.spreadsheet import Cell, Column, workbook
from donghanh.organisation import queries as organisation
from donghanh.organisation.queries import UnitFacts
from donghanh.people import queries as people

#: How many days of one month are shown before the rest is only counted.
_A_MONTH = 12
#: How far the months are told ahead: what comes later is no matter of this school year.
_AHEAD = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows the list; an empty value narrows nothing."""

    q: str = ""
    class_name: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One pupil: whether there is still time, and until when."""

    dossier_id: int
    name: str
    class_name: str
    school: str
    timing: Timing
    timing_label: str
    timing_state: str
    following: Span | None
    vote: Span | None
    ceremony: Span | None
    stuck: Span | None
    steps: tuple[Span, ...]
    search: str
    rests: bool = False


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step of the road: for how many it is to come, until when, and for how many too late."""

    title: str
    ahead: int
    last_day: date | None
    late: int


@dataclass(frozen=True, slots=True)
class Day:
    """Something that falls on a day: the last one of a step, or the first."""

    on: date
    dossier_id: int
    name: str
    text: str
    state: str


@dataclass(frozen=True, slots=True)
class Month:
    """The days of one month that are known ahead, and how many more there are."""

    first: date
    days: tuple[Day, ...]
    more: int


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """
    The calendar of a school year.

    Attributes:
        year: The school year.
        expected: The day the graduation decision is expected; None where nobody said.
        may_expect: Whether the actor may say it.
        rows: The pupils asked for, in Vietnamese order of names.
        all_rows: How many there are.
        counts: How many are still in time, and so on.
        classes: The classes there are.
        lines: The steps of the road.
        months: What is known ahead, month by month.
        filters: What narrowed the list.
        many_schools: Whether more than one school is in sight.
        may_take: Whether the actor may take the list away.
        simulated: Whether somebody shown is generated.
    """

    year: str
    expected: date | None
    may_expect: bool
    rows: tuple[Row, ...]
    all_rows: int
    counts: tuple[tuple[str, str, str, int], ...]
    classes: tuple[str, ...]
    lines: tuple[StepLine, ...]
    months: tuple[Month, ...]
    filters: Filters
    many_schools: bool
    may_take: bool
    simulated: bool


def own_school(actor: Actor, today: date) -> UnitFacts:
    """
    Return the one school whose calendar an actor keeps.

    Raises:
        NotAllowed: The post keeps none, or reaches more than one school.
    """
    authority.require(actor, Right.KEEP_CALENDAR)
    found = list(organisation.facts_of(actor.schools, today).values())
    if len(found) != 1:
        raise NotAllowed(right=Right.KEEP_CALENDAR.value, role=actor.post.role.value)
    return found[0]


def calendar(actor: Actor, today: date, filters: Filters) -> CalendarPage:
    """
    Return the calendar of the school year a day lies in; the number of statements is fixed.

    Args:
        actor: Who looks.
        today: The day it is asked on (Asia/Ho_Chi_Minh).
        filters: What narrows the list; what does not exist narrows nothing.

    Raises:
        NotAllowed: The post reads no cases.
    """
    authority.require(actor, Right.READ_CASES)
    book = amendments.current()
    found = dossiers.walks(actor, today, book)
    schools = organisation.known_as(actor.sees, today)
    labels = {key: unit.short_name for key, unit in schools.items()}
    expected = spans.leaving_days(labels)
    kept = people.classes_of(walk.dossier.person_id for walk in found)
    rows = [
        _row(
            walk,
            labels.get(walk.dossier.school_id, ""),
            spans.prospect(walk, kept[walk.dossier.person_id], expected),
        )
        for walk in found
    ]
    year = SchoolYear.of(today)
    own = list(actor.sees)
    counts = Counter(row.timing for row in rows)
    chosen = tuple(row for row in rows if _fits(row, filters))
    return CalendarPage(
        year=year.key,
        expected=expected.get((own[0], year.key)) if len(own) == 1 else None,
        may_expect=actor.may(Right.KEEP_CALENDAR),
        rows=chosen,
        all_rows=len(rows),
        counts=tuple(
            (word, str(texts.TIMINGS[timing]), texts.SHAPES[timing], counts[timing])
            for word, timing in texts.STATES.items()
        ),
        classes=tuple(sorted({row.class_name for row in rows})),
        lines=_lines(rows, book),
        months=_months(chosen, today),
        filters=filters,
        many_schools=len(own) > 1,
        may_take=actor.may(Right.TAKE_LISTS),
        simulated=any(walk.dossier.simulated for walk in found),
    )


def _row(walk: Walk, school: str, found: Prospect) -> Row:
    person = walk.dossier.person
    told = {one.step: spans.span(one, walk.book, walk.today) for one in found.steps}
    return Row(
        dossier_id=walk.dossier.pk,
        name=person.full_name,
        class_name=person.class_name,
        school=school,
        timing=found.timing,
        timing_label=str(texts.TIMINGS[found.timing]),
        timing_state=texts.SHAPES[found.timing],
        following=told[found.following.step] if found.following else None,
        vote=told[found.vote.step] if found.vote else None,
        ceremony=told[found.ceremony.step] if found.ceremony else None,
        stuck=told[found.stuck.step] if found.stuck else None,
        steps=tuple(told.values()),
        search=person.search_key,
        rests=dossiers.rests(walk),
    )


def _fits(row: Row, filters: Filters) -> bool:
    timing = texts.STATES.get(filters.state)
    return (
        all(word in row.search for word in names.search_key(filters.q).split())
        and (not filters.class_name or row.class_name == filters.class_name)
        and (timing is None or row.timing is timing)
    )


def _lines(rows: Sequence[Row], book: Rulebook) -> tuple[StepLine, ...]:
    """Return the steps up to the ceremony that are to come for anybody, in their order."""
    ahead = [span for row in rows if row.timing is not Timing.HELD for span in row.steps]
    after = {rule.step for rule in book.steps() if ADMISSION in book.catalogue.ancestors(rule.step)}
    found = []
    for rule in book.steps():
        if rule.step in after:
            continue
        spans_of = [one for one in ahead if one.step is rule.step]
        if not spans_of:
            continue
        lasts = [one.last_day for one in spans_of if one.is_open and one.last_day is not None]
        late = sum(not one.is_open for one in spans_of)
        found.append(StepLine(rule.short_vi, len(spans_of) - late, min(lasts, default=None), late))
    return tuple(found)


def _months(rows: Sequence[Row], today: date) -> tuple[Month, ...]:
    """Return what is known ahead of some pupils, month by month, soonest first."""
    known = sorted(
        (one for row in rows for one in _days(row) if today <= one.on <= today + _AHEAD),
        key=lambda one: (one.on, one.name),
    )
    firsts = sorted({one.on.replace(day=1) for one in known})
    found = []
    for first in firsts:
        held = [one for one in known if one.on.replace(day=1) == first]
        found.append(Month(first, tuple(held[:_A_MONTH]), max(len(held) - _A_MONTH, 0)))
    return tuple(found)


def _days(row: Row) -> list[Day]:
    """Return the days of one pupil worth a place in the calendar: few, and each only once."""
    found: dict[tuple[date, str], Day] = {}
    for one in (row.following, row.vote, row.ceremony):
        if one is None or not one.is_open:
            continue
        if one.opened and one is row.vote and one.opened == str(texts.OPENED[Bound.AGE]):
            text = _("%(step)s: from this day on, once old enough") % {"step": one.title}
            found[one.since, "first"] = Day(one.since, row.dossier_id, row.name, text, "done")
        if one.last_day is not None:
            text = _("%(step)s: last day") % {"step": one.title}
            day = Day(one.last_day, row.dossier_id, row.name, text, one.state)
            found.setdefault((one.last_day, "last"), day)
    return list(found.values())


def calendar_workbook(page: CalendarPage) -> bytes:
    """Return the rows of the calendar as the bytes of an .xlsx, in the same order."""
    columns = [
        Column(_("Name"), 28),
        Column(_("Class"), 10),
        Column(_("School"), 28),
        Column(_("State"), 24),
        Column(_("What comes next"), 40),
        Column(_("Its last day"), 14),
        Column(_("Cell's vote, from"), 16),
        Column(_("Cell's vote, until"), 16),
        Column(_("Ceremony, until"), 16),
        Column(_("No longer possible"), 40),
    ]
    rows: list[list[Cell]] = [
        [
            row.name,
            row.class_name,
            row.school,
            row.timing_label,
            row.following.title if row.following else None,
            row.following.last_day if row.following else None,
            row.vote.since if row.vote else None,
            row.vote.last_day if row.vote else None,
            row.ceremony.last_day if row.ceremony else None,
            row.stuck.title if row.stuck else None,
        ]
        for row in page.rows
    ]
    return workbook(_("Calendar of the school year"), columns, rows)
