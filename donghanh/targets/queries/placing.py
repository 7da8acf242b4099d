"""Targets and results laid on the units they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from donghanh.domain import succession, targets
from donghanh.domain.authority import Actor
from donghanh.domain.succession import View
from donghanh.targets.queries import words
from donghanh.targets.queries.results import Done
from donghanh.targets.queries.trees import Tree
from donghanh.targets.queries.words import Word, Words


@dataclass(slots=True)
class Placed:
    """
    Targets and results by the unit they count for.

    Attributes:
        top: The unit that looks.
        rows: The units that stand in the list.
        parts: What was said, by the unit it counts for: about which unit, and from which day on
            that one is carried on; ``None``: it is the unit itself.
        done: Results by unit.
        shared: What a unit has given to those below it, where it has.
        alone: Units that have ended and stand alone.
    """

    top: int
    rows: tuple[int, ...] = ()
    parts: dict[int, list[tuple[int, date | None, tuple[Word, ...]]]] = field(default_factory=dict)
    done: dict[int, Done] = field(default_factory=dict)
    shared: dict[int, int] = field(default_factory=dict)
    alone: set[int] = field(default_factory=set)

    @property
    def named(self) -> set[int]:
        """Return the ids of all units whose names are shown."""
        listed = {self.top, *self.rows}
        return listed | {unit for one in listed for unit, _, _ in self.parts.get(one, ())}

    def amount(self, unit: int) -> int | None:
        """Return the target of a unit that holds, with those of the units it carries on."""
        own = [word.said for _, since, said in self._of(unit, None) for word in said]
        carried = [
            (since, [word.said for word in said])
            for one, since, said in self.parts.get(unit, ())
            if since is not None
        ]
        return targets.together(own, carried)

    def said(self, unit: int) -> int:
        """Return how many letters and decisions stand behind the target of a unit."""
        return sum(len(said) for _, _, said in self.parts.get(unit, ()))

    def was(self, unit: int) -> tuple[int, ...]:
        """Return the ids of the units whose targets a unit carries on."""
        return tuple(one for one, since, _ in self.parts.get(unit, ()) if since is not None)

    def _of(self, unit: int, since: date | None) -> list[tuple[int, date | None, tuple[Word, ...]]]:
        return [part for part in self.parts.get(unit, ()) if part[1] == since]


def place(tree: Tree, said: Words, done: Mapping[int, Done]) -> Placed:
    """
    Return what was said and done laid on the units directly below one, in a view.

    Args:
        tree: The units, the line and the view.
        said: What was said about units, by unit.
        done: Results by school.
    """
    placed = Placed(tree.top)
    below: dict[int, set[int]] = {}
    children = set(tree.children)
    for unit, about in said.items():
        on = words.newest(about)
        way = _way(tree, unit, on) if on else ()
        if tree.top not in way:
            continue
        owner, child = way[0], tree.child(way)
        since = tree.ended(unit) if owner != unit else None
        placed.parts.setdefault(owner, []).append((unit, since, about))
        if child is not None and owner == child:
            children.add(child)
        elif child is not None and way[1] == child:
            below.setdefault(child, set()).add(owner)
        if owner == unit and tree.view is View.AS_IS and tree.ended(unit):
            placed.alone.add(unit)
    for child, owners in below.items():
        placed.shared[child] = sum(placed.amount(owner) or 0 for owner in owners)
    _lay_results(placed, tree, done, children)
    placed.rows = tuple(sorted(children))
    asked = [placed.amount(one) for one in placed.rows]
    if any(one is not None for one in asked):
        placed.shared[tree.top] = sum(one or 0 for one in asked)
    return placed


def _lay_results(placed: Placed, tree: Tree, done: Mapping[int, Done], children: set[int]) -> None:
    """Add the results of schools to the units directly below the top, and to the top itself."""
    heirs = {school: _heir(tree, school) for school in done}
    workers = tree.workers(heirs.values())
    for school, one in done.items():
        worker = workers.get(heirs[school])
        way = _way(tree, worker, tree.day) if worker is not None else ()
        child = tree.child(way)
        if child is None:
            continue
        children.add(child)
        for unit in (child, tree.top):
            placed.done[unit] = _plus(placed.done.get(unit), one)
        if tree.view is View.AS_IS and tree.ended(school) and child == school:
            placed.alone.add(school)


def _heir(tree: Tree, school: int) -> int:
    """Return which school a school's results are of: itself, or who carries it on."""
    ended = tree.ended(school)
    if ended is None or tree.view is not View.BRIDGED:
        return school
    return succession.carried(tree.world, school, ended - timedelta(days=1), tree.day)


def _way(tree: Tree, unit: int, on: date) -> tuple[int, ...]:
    """Return the units a figure counts in; of what has ended and stands alone, those of then."""
    ended = tree.ended(unit)
    day = on if ended is None else min(on, ended - timedelta(days=1))
    way = tree.way(unit, day)
    if tree.view is View.AS_IS and ended is not None:
        above = succession.ancestors(tree.world, unit, tree.line, ended - timedelta(days=1))
        return (unit, tree.top) if tree.top in above else way
    return way


def _plus(before: Done | None, one: Done) -> Done:
    if before is None:
        return one
    cut = [part for part in (before.at_cutoff, one.at_cutoff) if part is not None]
    return Done(before.result + one.result, sum(cut) if cut else None, before.ahead + one.ahead)


def place_own(actor: Actor, said: Words, done: Mapping[int, Done]) -> Placed:
    """Return what was said about an actor's own unit and school, and what the school has done."""
    placed = Placed(actor.post.unit_id)
    asked = [one for one in (*sorted(actor.schools), actor.post.unit_id) if one in said]
    total: Done | None = None
    for one in done.values():
        total = _plus(total, one)
    rows: Iterable[int] = asked or sorted(actor.schools)[:1]
    for unit in rows:
        placed.parts[unit] = [(unit, None, said[unit])] if unit in said else []
        placed.done[unit] = total or Done(0, None, 0)
    placed.rows = tuple(dict.fromkeys(rows))
    return placed
