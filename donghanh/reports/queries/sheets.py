"""The sheet of a department: who has reported what in a school year."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from donghanh.amendments import queries as amendments
from donghanh.directives.models import Task
from donghanh.domain import indicators
from donghanh.domain.authority import Actor
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.drafting import line_of
from donghanh.domain.indicators import Indicator
from donghanh.domain.rights import Right
from donghanh.domain.structure import Line
from donghanh.organisation import queries as organisation
from donghanh.organisation.queries import UnitFacts
from donghanh.reports import texts
from donghanh.reports.models import Consolidation, Report
from donghanh.reports.queries import found, numbers, through_time
from donghanh.targets import queries as targets

#: Statuses of a report that has reached the department at least once.
SENT = frozenset({"sent", "returned", "accepted", "amending", "handed", "inside"})
#: How a unit stands whose report is in the sum of a body that handed it up.
INSIDE = "inside"


Cell = tuple[int | None, Indicator]


@dataclass(frozen=True, slots=True)
class UnitLine:
    """
    How one unit stands; figures are ``None`` where nothing sent stands.

    ``place`` is the school where the unit works, or the unit itself: by it one pupil of a school is
    counted once, whoever of the school was asked.
    """

    unit: UnitFacts
    place: int
    task: Task | None
    report: Report | None
    #: "missing", or the report's status.
    status: str
    #: Days from the last day in time to the first sending, or to today; 0 where in time.
    days_late: int
    #: One per column of the sheet, with the column.
    cells: tuple[Cell, ...]
    target: int
    result: int | None
    #: What a body below added up and handed up, where it is one.
    handed: Consolidation | None = None

    @property
    def figures(self) -> tuple[int | None, ...]:
        """Return the figures, one per column of the sheet."""
        return tuple(value for value, _ in self.cells)

    @property
    def shown_result(self) -> int | str:
        """Return the result, or an empty text where none was sent."""
        return "" if self.result is None else self.result

    @property
    def badge(self) -> texts.Badge:
        """Return the state and the word of how the unit stands."""
        return texts.line_badge(self.status, 0 if self.report or self.handed else self.days_late)

    @property
    def late(self) -> str:
        """Return by how many days it was late, in words; empty where the badge says it."""
        told = self.report or self.handed
        return texts.late(self.days_late) if self.days_late and told else ""

    @property
    def counts(self) -> bool:
        """Tell whether the unit is in the totals by itself."""
        if self.status == INSIDE:
            return False
        return self.handed is not None or (self.report is not None and found.counts(self.report))


@dataclass(frozen=True, slots=True)
class Sheet:
    """The consolidation of a body for a school year as it stands on a day, along its line."""

    year: SchoolYear
    columns: tuple[Indicator, ...]
    lines: tuple[UnitLine, ...]
    totals: tuple[int, ...]
    target: int
    result: int
    #: Version of the rules that name the columns.
    rulebook: str
    line: Line = Line.EDUCATION

    @property
    def total_cells(self) -> tuple[Cell, ...]:
        """Return the totals, each with its column."""
        return tuple(zip(self.totals, self.columns, strict=True))

    @property
    def missing(self) -> tuple[UnitLine, ...]:
        """Return the lines that are not in the totals, in the sheet's order."""
        return tuple(line for line in self.lines if not line.counts and line.status != INSIDE)

    @property
    def missing_below(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return each body that handed its sum up, with the units it has no report of."""
        handed = ((line.unit.name, line.handed) for line in self.lines)
        return tuple(
            (name, tuple(one.content["missing"]))
            for name, one in handed
            if one is not None and one.content["missing"]
        )

    @property
    def accepted(self) -> tuple[UnitLine, ...]:
        """Return the lines that are in the totals, in the sheet's order."""
        return tuple(line for line in self.lines if line.counts)

    @property
    def sent(self) -> int:
        """Return how many units have sent their report, returned ones included."""
        return sum(line.status in SENT for line in self.lines)

    @property
    def in_time(self) -> int:
        """Return how many units sent theirs, the first time, by the last day."""
        return sum(line.status in SENT and not line.days_late for line in self.lines)

    @property
    def longest(self) -> int:
        """Return the largest target or result, for bars of one scale; at least 1."""
        return max([1, *(max(line.target, line.result or 0) for line in self.lines)])

    @property
    def simulated(self) -> bool:
        """Tell whether any report of it is generated."""
        return any(line.report.simulated for line in self.lines if line.report)


def sheet(actor: Actor, school_year: str, today: date) -> Sheet:
    """
    Return the sheet of the actor's body for a school year; of a post that reviews none, no line.

    One line per unit that has a reporting task, a target or a report in that year, ordered by
    name: schools of a department, the cells or the Unions at schools of a committee or a Union
    above. The number of statements does not grow with the number of units. The columns are the
    indicators marked ``consolidated``.

    Raises:
        BadSchoolYear: The year is not two years that follow each other.
    """
    book = amendments.current()
    year = numbers.year_of(book, school_year)
    known = indicators.load(book)
    reports = found.of_each_school(actor, school_year)
    tasks = _tasks_of(actor, school_year)
    line, on = line_of(actor.post.role), min(today, year.last_day)
    answer = next(one.code for one in known if one.answers_target)
    bodies = _bodies(actor, line, tasks, on) if actor.may(Right.REVIEW_REPORTS) else {}
    held = targets.held_by(bodies.values(), answer, school_year, answer) if bodies else {}
    asked = {place: held[body] for place, body in bodies.items() if body in held}
    shown = {place: bodies.get(place, place) for place in {*reports, *tasks, *asked}}
    units = _units(set(shown.values()), on, today)
    columns = tuple(one for one in known if one.consolidated)
    own = {key: one for key, one in reports.items() if one.department_id in actor.units}
    handed = found.handed_to(actor, school_year) if line is not Line.EDUCATION else {}
    inside = {one["report"] for made in handed.values() for one in made.content["units"]}
    lines = tuple(
        _line(
            units[body],
            place,
            own[place].task if place in own else tasks.get(place),
            reports.get(place),
            asked.get(place, 0),
            columns,
            answer,
            today,
            handed.get(body),
            inside,
        )
        for place, body in sorted(shown.items(), key=lambda pair: units[pair[1]].order)
        if body in units
    )
    accepted = [line for line in lines if line.counts]
    return Sheet(
        year=year,
        columns=columns,
        lines=lines,
        totals=tuple(
            sum(line.figures[place] or 0 for line in accepted) for place in range(len(columns))
        ),
        target=sum(line.target for line in lines),
        result=sum(line.result or 0 for line in accepted),
        rulebook=book.version,
        line=line,
    )


def _bodies(actor: Actor, line: Line, tasks: Mapping[int, Task], on: date) -> dict[int, int]:
    """
    Return which unit of a line stands for each place in reach: a school, or what works there.

    A unit that was asked stands for its place before one that was not; one that works at no school
    stands for itself.
    """
    if line is Line.EDUCATION:
        return {school: school for school in actor.schools}
    hosts = organisation.tree_on(Line.HOST, on)
    there = {unit: school for unit, school in hosts.items() if school in actor.schools}
    known = organisation.known_as(there, on) if there else {}
    found = {
        school: unit
        for unit, school in sorted(there.items(), reverse=True)
        if unit in known and known[unit].kind in through_time.WORKS[line]
    }
    return found | {place: task.recipient.unit_id for place, task in tasks.items()}


def columns() -> tuple[Indicator, ...]:
    """Return the columns of the sheet: the indicators marked ``consolidated``."""
    return tuple(one for one in indicators.load(amendments.current()) if one.consolidated)


def consolidations_of(actor: Actor, school_year: str) -> QuerySet[Consolidation]:
    """Return the consolidations a department has made for a school year, newest first."""
    if not actor.may(Right.REVIEW_REPORTS):
        return Consolidation.objects.none()
    made = Consolidation.objects.filter(department_id=actor.post.unit_id, school_year=school_year)
    return made.select_related("made_by").order_by("-version")


def taken_over(actor: Actor, school_year: str) -> QuerySet[Consolidation]:
    """Return the consolidations of the departments a department carries on, newest first."""
    if not actor.may(Right.REVIEW_REPORTS):
        return Consolidation.objects.none()
    made = Consolidation.objects.filter(department_id__in=actor.carries, school_year=school_year)
    return made.select_related("made_by").order_by("department_id", "-version")


def get_consolidation(actor: Actor, consolidation_id: int) -> Consolidation:
    """
    Return one consolidation of the actor's body, of one it carries on, or one handed up to it.

    Raises:
        Consolidation.DoesNotExist: Unknown, or not the department's.
    """
    if not actor.may(Right.REVIEW_REPORTS):
        raise Consolidation.DoesNotExist
    seen = Q(department_id__in=actor.units) | Q(task__in=found.asked_by(actor))
    return Consolidation.objects.get(seen, pk=consolidation_id)


def _tasks_of(actor: Actor, school_year: str) -> dict[int, Task]:
    """Return the newest reporting task of each place in a school year: a school, else the unit."""
    if not actor.may(Right.REVIEW_REPORTS):
        return {}
    tasks = found.reporting(actor).filter(school_year=school_year)
    ordered = tasks.select_related("recipient__directive").order_by("id")
    return {task.recipient.school_id or task.recipient.unit_id: task for task in ordered}


def _units(unit_ids: set[int], on: date, today: date) -> dict[int, UnitFacts]:
    """Return units as called on a day; one that did not exist then, as it is called today."""
    units = organisation.known_as(unit_ids, on)
    later = unit_ids - set(units)
    if later:
        units |= organisation.facts_of(later, today)
    return units


def _standing(report: Report | None) -> list[dict[str, Any]]:
    """Return the figures a report is shown with: accepted, else sent, else none."""
    if report is None or not (found.counts(report) or report.status == "sent"):
        return []
    return found.counted_figures(report)


def _line(
    unit: UnitFacts,
    place: int,
    asked: Task | None,
    report: Report | None,
    target: int,
    columns: tuple[Indicator, ...],
    answer: str,
    today: date,
    handed: Consolidation | None,
    inside: Set[int],
) -> UnitLine:
    """
    Return how one unit stands on a day.

    Args:
        unit, place, asked, report, target, columns, today: As the line and the sheet have them.
        answer: The indicator that meets the target.
        handed: What the unit added up and handed up.
        inside: Reports that are in such a sum: they are not counted a second time.
    """
    if handed is not None:
        return _handed(unit, place, asked, handed, target, columns, today)
    if report is not None and report.pk in inside:
        blank = tuple((None, one) for one in columns)
        return UnitLine(unit, place, asked, report, INSIDE, 0, blank, target, None)
    kept = {one["code"]: one["value"] for one in _standing(report)}
    sent = report.first_sent_date if report else None
    return UnitLine(
        unit=unit,
        place=place,
        task=asked,
        report=report,
        status=report.status if report else "missing",
        days_late=max(0, ((sent or today) - asked.last_date).days) if asked else 0,
        cells=tuple((kept.get(one.code), one) for one in columns),
        target=target,
        result=kept.get(answer),
    )


def _handed(
    unit: UnitFacts,
    place: int,
    asked: Task | None,
    handed: Consolidation,
    target: int,
    columns: tuple[Indicator, ...],
    today: date,
) -> UnitLine:
    """Return the line of a body that handed its sum up; its own additions are in it."""
    kept = dict(zip(handed.content["codes"], handed.content["totals"], strict=True))
    made = date.fromisoformat(handed.content["made"])
    return UnitLine(
        unit=unit,
        place=place,
        task=asked,
        report=None,
        status="handed",
        days_late=max(0, (made - asked.last_date).days) if asked else 0,
        cells=tuple((kept.get(one.code), one) for one in columns),
        target=target,
        result=handed.content["result"],
        handed=handed,
    )
