"""Who has on a day what lay with a unit, once units end, are divided, or stand elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from donghanh.domain.structure import Line, of_party
from donghanh.domain.succession.views import carried
from donghanh.domain.succession.world import World

#: The lines along which a dossier goes up from its cell, the nearest committee first.
_UPWARDS = (Line.PARTY, Line.COMPETENT)
_EVE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Lying:
    """
    Something that is under way with a unit.

    Attributes:
        unit: With which unit it lay, or on its way to which.
        since: Since when; what became of the unit afterwards counts.
        school: The school of the pupil whose dossier it is; ``None``: of no single pupil, such as a
            meeting.
    """

    unit: int
    since: date
    school: int | None = None


def holder(world: World, thing: Lying, day: date) -> int | None:
    """
    Return who has something on a day; never more than one.

    A dossier follows the pupil's cell. Who carries the unit on has it, while it directs or decides
    for the cell that the pupil has by then, or is that cell; else the committee that stands over
    this cell along the line on which the unit stood, or along the other one. What is of no single
    pupil goes to the one who takes the rest.

    Args:
        world: The units.
        thing: What lies where.
        day: The day asked about.

    Returns:
        The id of a unit that exists on that day; ``None``: nobody has it.
    """
    since = _while_there(world, thing.unit, thing.since)
    if thing.school is None:
        return _alive(world, carried(world, thing.unit, since, day), day)
    then = cell_of(world, thing.school, since)
    own = _cell_now(world, thing.school, then, since, day)
    if own is None:
        return None
    heir = _alive(world, carried(world, thing.unit, since, day, then), day)
    over = [world.parent_on(own, line, day) for line in _along(world, thing.unit, then, since)]
    if heir is not None and heir in {own, *over}:
        return heir
    return next((unit for unit in over if unit is not None), None)


def _cell_now(world: World, school: int, then: int | None, since: date, day: date) -> int | None:
    """Return the cell a pupil has: that of then or its heir at the school, else the school's."""
    heir = None if then is None else _alive(world, carried(world, then, since, day), day)
    if heir is not None and world.parent_on(heir, Line.HOST, day) == _school(world, school, day):
        return heir
    found = cell_of(world, school, day)
    return heir if found is None else found


def _school(world: World, school: int, day: date) -> int:
    return carried(world, school, date.min, day)


def left(world: World, things: Iterable[Lying], since: date) -> tuple[Lying, ...]:
    """Return what nobody has on some day from a day on, in the order given."""
    asked = tuple(things)
    near = around(world, asked)
    days = sorted({since, *(day for day in _turns(near) if day > since)})
    return tuple(
        thing
        for thing in asked
        if any(holder(near, thing, day) is None for day in days if day >= thing.since)
    )


def around(world: World, things: Iterable[Lying]) -> World:
    """Return as much of the units as ``holder`` asks for some things; its answers are the same."""
    at: dict[int, set[int]] = {}
    for (child, line), rows in world.ties.items():
        for tie in rows if line is Line.HOST else ():
            at.setdefault(tie.parent, set()).add(child)
    new = {unit for one in things for unit in (one.unit, one.school) if unit is not None}
    kin: set[int] = set()
    while new:
        kin |= new
        after = {edge.after for unit in new for edge in world.edges.get(unit, ())}
        new = (after.union(*(at.get(unit, ()) for unit in new))) - kin
    keys = [(unit, line) for unit in kin for line in (Line.HOST, *_UPWARDS)]
    ties = {key: world.ties[key] for key in keys if key in world.ties}
    named = kin | {tie.parent for rows in ties.values() for tie in rows}
    return World(
        {unit: world.versions[unit] for unit in named if unit in world.versions},
        ties,
        {unit: world.edges[unit] for unit in kin if unit in world.edges},
    )


def _turns(world: World) -> Iterator[date]:
    """Yield the days on which anything changes."""
    periods = [one.period for rows in world.versions.values() for one in rows]
    periods += [tie.period for rows in world.ties.values() for tie in rows]
    for period in periods:
        yield period.since
        if period.until is not None:
            yield period.until


def cell_of(world: World, school: int, day: date) -> int | None:
    """Return the Party organisation at a school, or at who carries it on, on a day; the eldest."""
    at = _school(world, school, day)
    found = [
        (tie.period.since, child)
        for (child, line), ties in world.ties.items()
        if line is Line.HOST
        for tie in ties
        if tie.parent == at and tie.period.holds(day) and _is_of_party(world, child, day)
    ]
    return min(found)[1] if found else None


def _is_of_party(world: World, unit: int, day: date) -> bool:
    version = world.version_on(unit, day)
    return version is not None and of_party(version.kind)


def _while_there(world: World, unit: int, since: date) -> date:
    """Return the last day, at the latest the one given, on which a unit was there; else its own."""
    ends = [one.period.until for one in world.versions.get(unit, ())]
    last = [end - _EVE for end in ends if end is not None]
    if not ends or len(last) < len(ends):
        return since
    return min(since, max(last))


def _along(world: World, unit: int, cell: int | None, day: date) -> Iterator[Line]:
    """Yield the lines upwards, first the one along which a unit stood over a cell last."""
    begun = {
        line: max(
            (
                tie.period.since
                for tie in world.ties.get((cell, line), ())
                if tie.parent == unit and tie.period.since <= day
            ),
            default=None,
        )
        for line in _UPWARDS
        if cell is not None
    }
    yield from sorted(_UPWARDS, key=lambda line: begun.get(line) is None)


def _alive(world: World, unit: int, day: date) -> int | None:
    return unit if world.version_on(unit, day) is not None else None
