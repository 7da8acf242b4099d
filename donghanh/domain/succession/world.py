"""Units, their dated names and ties, and who succeeds whom; nothing here ever forgets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from donghanh.domain.structure import Line, UnitKind

Key = tuple[int, Line]


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``since`` to before ``until``; ``None``: still in force."""

    since: date
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Tell whether a day lies in the period."""
        return self.since <= day and (self.until is None or day < self.until)

    def reaches(self, day: date) -> bool:
        """Tell whether the period ends after a day, wherever it begins."""
        return self.until is None or day < self.until


@dataclass(frozen=True, slots=True)
class Version:
    """What a unit is and is called for a period; ``party_code`` is digits or nothing."""

    unit: int
    kind: UnitKind
    name: str
    short_name: str
    place: str
    period: Period
    superior: str = ""
    symbol: str = ""
    party_code: str = ""
    old_place: str = ""


@dataclass(frozen=True, slots=True)
class Tie:
    """One unit under another along one line for a period."""

    child: int
    parent: int
    line: Line
    period: Period


@dataclass(frozen=True, slots=True)
class Edge:
    """
    From a day on, one unit carries on another.

    ``takes`` are the units whose figures and cases it takes over out of a division; ``rest`` tells
    that it also takes all that no other one takes.
    """

    before: int
    after: int
    on: date
    how: str
    takes: frozenset[int] = frozenset()
    rest: bool = True


@dataclass(frozen=True, slots=True)
class World:
    """
    All units through time.

    ``versions`` by unit and ``ties`` by child and line, each in order of their days; ``edges`` by
    the unit carried on. ``marks`` are the units an operation touched, with its day.
    """

    versions: Mapping[int, tuple[Version, ...]] = field(default_factory=dict)
    ties: Mapping[Key, tuple[Tie, ...]] = field(default_factory=dict)
    edges: Mapping[int, tuple[Edge, ...]] = field(default_factory=dict)
    marks: frozenset[tuple[int, date]] = frozenset()

    def version_on(self, unit: int, day: date) -> Version | None:
        """Return what a unit is on a day, or ``None`` where it does not exist then."""
        return next((one for one in self.versions.get(unit, ()) if one.period.holds(day)), None)

    def parent_on(self, unit: int, line: Line, day: date) -> int | None:
        """Return the unit above along a line on a day, or ``None``."""
        ties = self.ties.get((unit, line), ())
        return next((tie.parent for tie in ties if tie.period.holds(day)), None)


def tree_on(world: World, line: Line, day: date) -> dict[int, int]:
    """Return the parent of every unit that has one along a line on a day, by child."""
    found = {}
    for (child, of), ties in world.ties.items():
        if of is line:
            for tie in ties:
                if tie.period.holds(day):
                    found[child] = tie.parent
    return found


def ancestors(world: World, unit: int, line: Line, day: date) -> tuple[int, ...]:
    """Return the units above one along a line on a day, the nearest first."""
    return tuple(_climb(world, unit, line, day))


def path(world: World, unit: int, line: Line, day: date) -> tuple[int, ...]:
    """Return the way from the top down to a unit along a line on a day, itself last."""
    return (*reversed(ancestors(world, unit, line, day)), unit)


def _climb(world: World, unit: int, line: Line, day: date) -> Iterator[int]:
    seen = {unit}
    above = world.parent_on(unit, line, day)
    while above is not None and above not in seen:
        yield above
        seen.add(above)
        above = world.parent_on(above, line, day)
