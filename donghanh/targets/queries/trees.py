"""Which unit a target and a result belong to below the one that looks, in each of three views."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from donghanh.domain import succession, targets
from donghanh.domain.structure import Line, UnitKind
from donghanh.domain.succession import Amount, View, World

#: What works at a school on a line; on the line of education it is the school itself.
_WORKS = {
    Line.PARTY: frozenset({UnitKind.CELL, UnitKind.JOINT_CELL, UnitKind.BASE_COMMITTEE}),
    Line.UNION: frozenset({UnitKind.SCHOOL_UNION}),
}


@dataclass(frozen=True, slots=True)
class Tree:
    """The units below one along a line, read in one view on a day."""

    world: World
    top: int
    line: Line
    view: View
    day: date

    @property
    def children(self) -> tuple[int, ...]:
        """Return the ids of the units directly below on the day, ascending."""
        parents = succession.tree_on(self.world, self.line, self.day)
        below = [child for child, parent in parents.items() if parent == self.top]
        kinds = {one: self.world.version_on(one, self.day) for one in below}
        return tuple(sorted(one for one in below if _shares(kinds[one], self.line)))

    def way(self, unit: int, on: date) -> tuple[int, ...]:
        """Return the units a word about a unit counts in, its own first."""
        return succession.way(self.world, self.line, Amount(unit, on, 0), self.view, self.day)

    def child(self, way: Iterable[int]) -> int | None:
        """Return the unit directly below the top on a way; ``None``: the way misses the top."""
        before: int | None = None
        for unit in way:
            if unit == self.top:
                return before
            before = unit
        return None

    def ended(self, unit: int) -> date | None:
        """Return the day from which a unit is no more, if that is not after the day looked at."""
        last = self.world.versions[unit][-1].period.until if unit in self.world.versions else None
        return last if last is not None and last <= self.day else None

    def workers(self, schools: Iterable[int]) -> Mapping[int, int]:
        """Return which unit of the line each school's results are of; one without: absent."""
        if self.line is Line.EDUCATION:
            return {school: school for school in schools}
        wanted, found = set(schools), dict[int, int]()
        hosts = succession.tree_on(self.world, Line.HOST, self.day)
        for unit, school in sorted(hosts.items()):
            version = self.world.version_on(unit, self.day)
            if school in wanted and version is not None and version.kind in _WORKS[self.line]:
                found.setdefault(school, unit)
        return found


def _shares(version: succession.Version | None, line: Line) -> bool:
    """Tell whether a unit is given targets along a line: a class and a training centre are not."""
    if version is None or version.kind in {UnitKind.CLASS_UNION, UnitKind.POLITICAL_CENTRE}:
        return False
    return targets.line_of(version.kind) is line
