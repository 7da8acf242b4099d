"""Figures of schools added up along a line, by the structure of then, of now, or carried over."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from operator import itemgetter

from django.db.models import Count

from donghanh.accompaniment.models import Club
from donghanh.activities import queries as activities
from donghanh.domain import spans as domain_spans
from donghanh.domain import succession
from donghanh.domain.authority import Actor
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.rules import Rulebook
from donghanh.domain.structure import Line, UnitKind
from donghanh.domain.succession import Amount, View, World
from donghanh.indicators.models import Entered
from donghanh.indicators.queries import spans
from donghanh.lib.many import among
from donghanh.practices import queries as practices

#: What works at a school on a line; on the line of education it is the school itself.
_WORKS = {
    Line.PARTY: {
        *(UnitKind.CELL, UnitKind.JOINT_CELL, UnitKind.SUB_CELL),
        *(UnitKind.BASE_COMMITTEE, UnitKind.SUB_COMMITTEE),
    },
    Line.UNION: {UnitKind.SCHOOL_UNION},
}


#: What is counted of no case: its clubs, activities, and how many took part in these.
_BESIDE = ("clubs", "activities", "activity_turns")
_NOTHING = (0, 0)


@dataclass(slots=True)
class Sum:
    """
    The figures of a unit with all below it, by code.

    ``given`` is by how many schools each figure was entered, ``schools`` how many schools there
    are.
    """

    values: dict[str, int] = field(default_factory=dict)
    given: dict[str, int] = field(default_factory=dict)
    schools: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Added:
    """
    The figures of a day, unit by unit.

    ``below`` are the units that stand right under each, the tops under ``None``; ``left`` is how
    many cases have changed and are not counted as they are now.
    """

    sums: Mapping[int, Sum]
    below: Mapping[int | None, Collection[int]]
    left: int


def year_of(book: Rulebook, key: str) -> SchoolYear:
    """
    Return a school year by its name, from its first to its last day as the rules have them.

    Raises:
        BadSchoolYear: The year is not two years that follow each other.
    """
    return book.school_year(date(SchoolYear.from_key(key).since.year, 12, 31))


def same_day_before(book: Rulebook, year: SchoolYear, day: date) -> tuple[SchoolYear, date]:
    """Return the school year before one, and the day in it that a day is compared with."""
    before = book.school_year(year.since - timedelta(days=1))
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    same = day.replace(year=day.year - 1, day=last)
    return before, max(before.since, min(same, before.last_day))


def usual_days(book: Rulebook, today: date) -> tuple[date, ...]:
    """Return the days asked for most: today, a year before, the ends of four years before."""
    year = book.school_year(today)
    before, same = same_day_before(book, year, today)
    ends = [before.last_day]
    for _ in range(3):
        before, _day = same_day_before(book, before, before.last_day)
        ends.append(before.last_day)
    return tuple(dict.fromkeys([today, same, *ends]))


def entered(school_ids: Collection[int] | None, school_year: str) -> dict[int, dict[str, int]]:
    """Return what schools entered for a year, by school and the figure's code."""
    rows = Entered.objects.filter(school_year=school_year)
    if school_ids is not None:
        rows = rows.filter(among("school_id", school_ids))
    found: dict[int, dict[str, int]] = {}
    for school, code, value in rows.values_list("school_id", "code", "value"):
        found.setdefault(school, {})[code] = value
    return found


def _clubs(school_ids: Collection[int] | None, day: date) -> dict[int, int]:
    rows = Club.objects.filter(founded_date__lte=day)
    if school_ids is not None:
        rows = rows.filter(among("school_id", school_ids))
    return dict(rows.values_list("school_id").annotate(many=Count("*")).order_by())


def _beside(
    school_ids: Collection[int] | None, year: SchoolYear, day: date
) -> tuple[dict[int, dict[str, int]], dict[int, tuple[int, int, int]]]:
    """
    Return what schools entered, and what is counted of no case, by school.

    Once a held activity of the year is kept, activities are counted and what was entered of them
    is passed over.
    """
    typed, clubs = entered(school_ids, year.key), _clubs(school_ids, day)
    held = activities.counted(school_ids, year.key, day)
    for school in held.keys() & typed.keys():
        typed[school] = {code: one for code, one in typed[school].items() if code not in _BESIDE}
    return typed, {
        school: (clubs.get(school, 0), *held.get(school, _NOTHING))
        for school in clubs.keys() | held.keys()
    }


def added(
    actor: Actor | None,
    book: Rulebook,
    world: World,
    year: SchoolYear,
    day: date,
    line: Line,
    view: View,
    today: date,
) -> Added:
    """
    Return all figures with a day as cut-off, each person once, in a fixed number of statements.

    Args:
        actor: Who looks; ``None``: a job, at all schools.
        book: The rules.
        world: All units through time.
        year: The school year.
        day: The cut-off, a day of the year.
        line: Education, Party or Union.
        view: By which structure.
        today: The day whose structure counts where it is not that of then.
    """
    scope = None if actor is None else actor.schools
    found = spans.counted(actor, book, day, spans.schools() if scope is None else scope)
    typed, beside = _beside(scope, year, day)
    # What is kept of practices counts; where nothing is, what a school entered once stands.
    for school, many in practices.kept_on(scope, day).items():
        typed.setdefault(school, {})["models"] = many
    workers = _workers(world, line)
    whole = succession.ways(world, line, view, today)
    parts: dict[int, list[int]] = {}
    below: dict[int | None, dict[int, None]] = {}
    for school in sorted(_schools(world, scope, day) | found.schools.keys() | typed.keys()):
        way = whole(Amount(_unit_of(world, workers, school, day), day, 0, school))
        above: int | None = None
        for step in _shown(actor, way[::-1]):
            parts.setdefault(step, []).append(school)
            below.setdefault(above, {})[step] = None
            above = step
    totals = _Totals(tuple(domain_spans.bits(book)), found.schools, beside, typed)
    return Added({unit: totals.of(schools) for unit, schools in parts.items()}, below, found.left)


class _Totals:
    """The figures of schools, to be added up many at once: a row of numbers for each school."""

    def __init__(
        self,
        codes: tuple[str, ...],
        counted: Mapping[int, Mapping[str, int]],
        beside: Mapping[int, tuple[int, int, int]],
        typed: Mapping[int, Mapping[str, int]],
    ) -> None:
        self.codes = (*codes, *_BESIDE)
        self.typed = typed
        row, nothing = itemgetter(*codes), dict.fromkeys(codes, 0)
        none = (0,) * len(_BESIDE)
        self.rows = {
            school: (*row(counted.get(school, nothing)), *many)
            for school, many in {**dict.fromkeys(counted, none), **beside}.items()
        }

    def of(self, schools: list[int]) -> Sum:
        """Return the figures of some schools together."""
        rows = [self.rows[school] for school in schools if school in self.rows]
        values = dict(zip(self.codes, map(sum, zip(*rows, strict=True)), strict=False))
        given: dict[str, int] = {}
        for school in schools:
            for code, value in self.typed.get(school, {}).items():
                values[code] = values.get(code, 0) + value
                given[code] = given.get(code, 0) + 1
        return Sum(values, given, set(schools))


def _shown(actor: Actor | None, way: tuple[int, ...]) -> tuple[int, ...]:
    """Return the part of the way from the top down to a school that lies in an actor's reach."""
    if actor is None:
        return way
    own = next((place for place, unit in enumerate(way) if unit in actor.units), None)
    if own is not None:
        return way[own:]
    # Who looks along another line than the own sees parts of others; a school only itself.
    return way if len(actor.schools) > 1 else way[-1:]


def _schools(world: World, scope: Iterable[int] | None, day: date) -> set[int]:
    """Return the schools there are on a day, of some or of all."""
    asked = world.versions if scope is None else scope
    return {
        unit
        for unit in asked
        if (now := world.version_on(unit, day)) is not None and now.kind is UnitKind.SCHOOL
    }


def _workers(world: World, line: Line) -> Mapping[int, list[int]]:
    """Return what has worked at each school on a line, by school."""
    kinds = _WORKS.get(line, set())
    working: dict[int, list[int]] = {}
    for (child, of), ties in sorted(world.ties.items()) if kinds else ():
        if of is Line.HOST and kinds & {one.kind for one in world.versions.get(child, ())}:
            for tie in ties:
                working.setdefault(tie.parent, []).append(child)
    return working


def _unit_of(world: World, workers: Mapping[int, list[int]], school: int, on: date) -> int:
    """Return whose figure a school's is on a line: the cell's, the Union's, its own."""
    for child in workers.get(school, []):
        if world.parent_on(child, Line.HOST, on) == school:
            return child
    return school
