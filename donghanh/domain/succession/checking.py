"""What an operation changes, and whether the world still stands after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from donghanh.domain.structure import Line, may_stand_under
from donghanh.domain.succession.operations import Circle, Misplaced, NotThen, Operation
from donghanh.domain.succession.world import Edge, Key, Period, Tie, Version, World, ancestors


@dataclass(frozen=True, slots=True)
class Plan:
    """
    All that an operation changes, as it was and as it will be.

    ``versions`` by unit and ``ties`` by child and line: the rows before, then the rows after.
    ``ended`` are the units that exist no more from the day on.
    """

    operation: Operation
    versions: dict[int, tuple[tuple[Version, ...], tuple[Version, ...]]]
    ties: dict[Key, tuple[tuple[Tie, ...], tuple[Tie, ...]]]
    edges: tuple[Edge, ...]
    ended: frozenset[int]

    @property
    def marks(self) -> frozenset[tuple[int, date]]:
        """Return the units touched, each with the day."""
        founded = {new.id for new in self.operation.creates}
        return frozenset((unit, self.operation.on) for unit in self.operation.touched | founded)


def after(world: World, found: Plan) -> World:
    """Return the world with all that a plan changes."""
    edges = dict(world.edges)
    for edge in found.edges:
        edges[edge.before] = (*edges.get(edge.before, ()), edge)
    return World(
        {**world.versions, **{unit: rows for unit, (_, rows) in found.versions.items()}},
        {**world.ties, **{key: rows for key, (_, rows) in found.ties.items()}},
        edges,
        world.marks | found.marks,
    )


def check(new: World, found: Plan) -> None:
    """Refuse a plan after which something hangs under nothing, under itself or out of place."""
    sinces: dict[Line, set[date]] = {line: {found.operation.on} for line in Line}
    for (_child, line), rows in new.ties.items():
        sinces[line].update(
            tie.period.since for tie in rows if tie.period.since > found.operation.on
        )
    for before, rows in found.ties.values():
        for tie in set(rows) - set(before):
            if tie.period.reaches(found.operation.on):
                _check_tie(new, tie, sinces[tie.line])
    for unit in {one.unit for _, rows in found.versions.values() for one in rows}:
        _check_kind(new, unit, found.operation.on)


def _check_tie(new: World, tie: Tie, sinces: set[date]) -> None:
    _check_lasting(new, tie.parent, tie.period)
    for day in sorted(day for day in sinces if tie.period.holds(day)):
        above = ancestors(new, tie.child, tie.line, day)
        if above and new.parent_on(above[-1], tie.line, day) is not None:
            raise Circle(unit=tie.child)
    child = new.version_on(tie.child, tie.period.since)
    parent = new.version_on(tie.parent, tie.period.since)
    if child is None or parent is None:
        raise NotThen(unit=tie.child if child is None else tie.parent, on=tie.period.since)
    if not may_stand_under(tie.line, child.kind, parent.kind):
        raise Misplaced(unit=tie.child, parent=tie.parent, line=tie.line.value)


def _check_lasting(new: World, unit: int, period: Period) -> None:
    """Refuse where a unit ends before a tie to it does."""
    rows = new.versions.get(unit, ())
    last = rows[-1].period.until if rows else period.since
    if last is not None and (period.until is None or period.until > last):
        raise NotThen(unit=unit, on=last)


def _check_kind(new: World, unit: int, on: date) -> None:
    """Refuse a change of kind after which a unit, or one below it, is out of place."""
    version = new.version_on(unit, on)
    if version is None:
        return
    for line in Line:
        parent = new.parent_on(unit, line, on)
        above = None if parent is None else new.version_on(parent, on)
        if above is not None and not may_stand_under(line, version.kind, above.kind):
            raise Misplaced(unit=unit, parent=above.unit, line=line.value)
    for (child, line), rows in new.ties.items():
        if any(tie.parent == unit and tie.period.holds(on) for tie in rows):
            below = new.version_on(child, on)
            if below is not None and not may_stand_under(line, below.kind, version.kind):
                raise Misplaced(unit=child, parent=unit, line=line.value)
