"""Accepted reports added up by the structure of then, of now, or carried from then to now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from donghanh.domain import succession
from donghanh.domain.authority import Actor, require
from donghanh.domain.rights import Right
from donghanh.domain.structure import Line, UnitKind
from donghanh.domain.succession import Amount, Rolled, View, World
from donghanh.organisation import queries as organisation
from donghanh.reports.models import Report
from donghanh.reports.queries import found

#: What works at a school on a line; on the line of education it is the school itself.
WORKS = {
    Line.PARTY: {
        UnitKind.CELL,
        UnitKind.JOINT_CELL,
        UnitKind.SUB_CELL,
        UnitKind.BASE_COMMITTEE,
        UnitKind.SUB_COMMITTEE,
    },
    Line.UNION: {UnitKind.SCHOOL_UNION},
}


@dataclass(frozen=True, slots=True)
class Behind:
    """
    A report behind figures, and its values by the indicator's code.

    ``unit`` is whose figures they were on the line then; ``way`` leads from the top down to the
    unit they count for.
    """

    report: Report
    unit: int
    way: tuple[int, ...]
    values: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class RolledUp:
    """
    The figures of a school year in one view.

    ``figures`` by the indicator's code; ``names`` of every unit in them on its day in ``days``: the
    last one counted for figures as they were, else today; one that has ended as it was called last.
    ``behind`` are the reports in them, one of each school. ``waiting`` is how many more have been
    sent that nobody has accepted yet.
    """

    world: World
    figures: Mapping[str, Rolled]
    days: Mapping[int, date]
    names: Mapping[int, str]
    behind: tuple[Behind, ...]
    waiting: int


def rolled_up(actor: Actor, line: Line, school_year: str, view: View, today: date) -> RolledUp:
    """
    Return what was accepted for a school year, added up along a line; the frozen figures only.

    Args:
        actor: Who asks: a department, for itself and all departments it carries on.
        line: Education, Party or Union.
        school_year: The school year, such as "2023-2024".
        view: By which structure.
        today: The day whose structure counts where it is not that of then.

    Raises:
        NotAllowed: The actor does not review reports.
    """
    require(actor, Right.REVIEW_REPORTS)
    sent = found.of_each_school(actor, school_year).values()
    accepted = [report for report in sent if found.counts(report)]
    world = organisation.world()
    workers = _workers(world, line)
    amounts: dict[str, list[Amount]] = {}
    behind = []
    for report in sorted(accepted, key=lambda one: one.pk):
        unit = _unit_of(world, workers, report.school_id, report.cutoff_date)
        values = {one["code"]: one["value"] for one in found.counted_figures(report)}
        for code, value in values.items():
            amount = Amount(unit, report.cutoff_date, value, report.school_id)
            amounts.setdefault(code, []).append(amount)
        one = Amount(unit, report.cutoff_date, 0, report.school_id)
        way = succession.way(world, line, one, view, today)
        behind.append(Behind(report, unit, way[::-1], values))
    rolled = {
        code: succession.roll_up(world, line, of, view, today) for code, of in amounts.items()
    }
    shown = _days(behind, None if view is View.AS_WAS else today)
    return RolledUp(
        world,
        rolled,
        shown,
        {unit: name_on(world, unit, day) for unit, day in shown.items()},
        tuple(behind),
        sum(not found.counts(report) for report in sent),
    )


def _days(behind: Iterable[Behind], today: date | None) -> dict[int, date]:
    """Return the day of whose names each unit is called: today, or the last one counted below."""
    shown: dict[int, date] = {}
    for one in behind:
        for unit in one.way:
            cutoff = one.report.cutoff_date
            shown[unit] = today or max(shown.get(unit, cutoff), cutoff)
    return shown


def name_on(world: World, unit: int, day: date) -> str:
    """Return the name of a unit on a day, or the last it had before, or its first."""
    versions = world.versions[unit]
    begun = [one for one in versions if one.period.since <= day]
    return (begun or [versions[0]])[-1].name


def name_now(world: World, unit: int, day: date, today: date) -> str:
    """Return what a unit is today by name, itself or who carries it on; nothing: called alike."""
    last = world.versions[unit][-1].period.until
    since = day if last is None else min(day, last - timedelta(days=1))
    heir = succession.carried(world, unit, since, today)
    name = name_on(world, heir, today)
    return "" if name == name_on(world, unit, day) else name


def names_before(world: World, unit: int, behind: Iterable[Behind], today: date) -> tuple[str, ...]:
    """Return the names of then behind the figures of one unit, where it is called otherwise now."""
    told = {
        name_on(world, one.unit, one.report.cutoff_date) for one in behind if one.way[-1] == unit
    }
    return tuple(sorted(told - {name_on(world, unit, today)}))


def _workers(world: World, line: Line) -> dict[int, list[int]] | None:
    """Return what has worked at each school on a line, by school; ``None``: the school itself."""
    if line not in WORKS:
        return None
    working: dict[int, list[int]] = {}
    for (child, of), ties in sorted(world.ties.items()):
        kinds = {version.kind for version in world.versions.get(child, ())}
        if of is Line.HOST and kinds & WORKS[line]:
            for tie in ties:
                working.setdefault(tie.parent, []).append(child)
    return working


def _unit_of(world: World, workers: dict[int, list[int]] | None, school: int, on: date) -> int:
    """Return whose figure a school's report is on a line: the cell's, the Union's, its own."""
    for child in (workers or {}).get(school, []):
        if world.parent_on(child, Line.HOST, on) == school:
            return child
    return school
