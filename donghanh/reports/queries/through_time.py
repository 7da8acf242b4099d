"""Sent reports added up by the structure of then, of now, or carried from then to now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from donghanh.domain import succession
from donghanh.domain.authority import Actor, Right, require
from donghanh.domain.structure import Line, UnitKind
from donghanh.domain.succession import Amount, Rolled, View, World
from donghanh.organisation import queries as organisation
from donghanh.reports.models import Report

#: What works at a school on a line; on the line of education it is the school itself.
_WORKS = {
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
class RolledUp:
    """
    The figures of a school year in one view.

    ``figures`` by the indicator's code; ``names`` of every unit in them, as it was called on the
    last day counted for figures as they were, else as it is called now or was called last.
    ``reports`` is how many reports are in them.
    """

    figures: Mapping[str, Rolled]
    names: Mapping[int, str]
    reports: int


def rolled_up(actor: Actor, line: Line, school_year: str, view: View, today: date) -> RolledUp:
    """
    Return what was sent for a school year, added up along a line; the frozen figures only.

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
    departments = organisation.carried_on_by([actor.post.unit_id], today)
    reports = list(
        Report.objects.filter(
            department_id__in=departments,
            school_year=school_year,
            status__in=["sent", "accepted"],
        )
        .order_by("id")
        .values_list("school_id", "cutoff_date", "figures")
    )
    world = organisation.world()
    workers = _workers(world, line)
    amounts: dict[str, list[Amount]] = {}
    for school, on, figures in reports:
        unit = _unit_of(world, workers, school, on)
        for figure in figures:
            amount = Amount(unit, on, figure["value"], school)
            amounts.setdefault(figure["code"], []).append(amount)
    rolled = {
        code: succession.roll_up(world, line, of, view, today) for code, of in amounts.items()
    }
    latest = max((on for _, on, _ in reports), default=today)
    shown = {unit for one in rolled.values() for unit in one.totals}
    day = latest if view is View.AS_WAS else today
    return RolledUp(rolled, {unit: _name(world, unit, day) for unit in shown}, len(reports))


def _workers(world: World, line: Line) -> dict[int, list[int]] | None:
    """Return what has worked at each school on a line, by school; ``None``: the school itself."""
    if line not in _WORKS:
        return None
    found: dict[int, list[int]] = {}
    for (child, of), ties in sorted(world.ties.items()):
        kinds = {version.kind for version in world.versions.get(child, ())}
        if of is Line.HOST and kinds & _WORKS[line]:
            for tie in ties:
                found.setdefault(tie.parent, []).append(child)
    return found


def _unit_of(world: World, workers: dict[int, list[int]] | None, school: int, on: date) -> int:
    """Return whose figure a school's report is on a line: the cell's, the Union's, its own."""
    for child in (workers or {}).get(school, []):
        if world.parent_on(child, Line.HOST, on) == school:
            return child
    return school


def _name(world: World, unit: int, day: date) -> str:
    """Return the name of a unit on a day, or the last it had before, or its first."""
    versions = world.versions[unit]
    begun = [one for one in versions if one.period.since <= day]
    return (begun or [versions[0]])[-1].name
