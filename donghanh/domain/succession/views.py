"""One set of figures, read by the structure of then, of now, or carried from then to now."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from donghanh.domain.structure import Line
from donghanh.domain.succession.world import Edge, World, ancestors


class View(StrEnum):
    """By which structure figures are added up."""

    #: Each figure by the structure of its own day.
    AS_WAS = "as_was"
    #: All figures by the structure of one day; a unit that has ended stands alone.
    AS_IS = "as_is"
    #: All figures by the structure of one day; what has ended is carried to who carries it on.
    BRIDGED = "bridged"


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure of one unit for one day; ``of`` names the unit it is about where that differs."""

    unit: int
    day: date
    value: int
    of: int | None = None


@dataclass(frozen=True, slots=True)
class Rolled:
    """
    Figures added up.

    ``own`` are the sums of each unit alone, ``totals`` with all below it, ``tops`` those of the
    units that nothing stands above: the values of ``own``, and of ``tops``, make up the whole.
    ``branches`` are the totals by the way from the top down to a unit: one that stood elsewhere in
    between has two.
    """

    own: dict[int, int]
    totals: dict[int, int]
    tops: dict[int, int]
    branches: dict[tuple[int, ...], int]


def carried(world: World, unit: int, since: date, day: date, of: int | None = None) -> int:
    """
    Return who carries a unit on from one day to another: always exactly one.

    Args:
        world: The units.
        unit: The unit on the first day.
        since: The first day.
        day: The last day; successions on it count.
        of: The unit a figure is about, which decides where a unit was divided.
    """
    used: set[Edge] = set()
    while (edge := _next(world, unit, since, day, of, used)) is not None:
        used.add(edge)
        unit, since = edge.after, edge.on - timedelta(days=1)
    return unit


def _next(
    world: World, unit: int, since: date, day: date, of: int | None, used: set[Edge]
) -> Edge | None:
    """Return the first succession of a unit after a day: of a division, the one that applies."""
    due = [edge for edge in world.edges.get(unit, ()) if since < edge.on <= day]
    due = [edge for edge in due if (edge.rest or of in edge.takes) and edge not in used]
    return min(due, key=lambda edge: (edge.on, of not in edge.takes), default=None)


def way(world: World, line: Line, one: Amount, view: View, day: date) -> tuple[int, ...]:
    """
    Return the units a figure counts in, its own first, the one that nothing stands above last.

    Arguments are those of ``roll_up``.
    """
    unit, on = _placed(world, one, view, day)
    return unit, *ancestors(world, unit, line, on)


def ways(world: World, line: Line, view: View, day: date) -> Callable[[Amount], tuple[int, ...]]:
    """
    Return ``way`` for many figures: what stands above a unit on a day is looked up once.

    Arguments are those of ``roll_up``.
    """
    above = cache(lambda unit, on: ancestors(world, unit, line, on))

    def of(one: Amount) -> tuple[int, ...]:
        unit, on = _placed(world, one, view, day)
        parent = world.parent_on(unit, line, on)
        if parent is None:
            return (unit,)
        over: tuple[int, ...] = above(parent, on)
        # A unit above itself is met by the long way alone.
        return (unit, parent, *over) if unit not in over else way(world, line, one, view, day)

    return of


def _placed(world: World, one: Amount, view: View, day: date) -> tuple[int, date]:
    """Return the unit a figure counts in, and the day whose structure counts."""
    if view is View.BRIDGED:
        return carried(world, one.unit, one.day, day, one.of), day
    return one.unit, one.day if view is View.AS_WAS else day


def roll_up(world: World, line: Line, amounts: Iterable[Amount], view: View, day: date) -> Rolled:
    """
    Return figures added up along a line in one of the three views.

    Args:
        world: The units.
        line: Along which line.
        amounts: The figures; none is lost and none is counted twice.
        view: By which structure.
        day: The day whose structure counts; not asked for figures as they were.
    """
    own: dict[int, int] = {}
    totals: dict[int, int] = {}
    tops: dict[int, int] = {}
    branches: dict[tuple[int, ...], int] = {}
    above = ways(world, line, view, day)
    for one in amounts:
        units = above(one)
        own[units[0]] = own.get(units[0], 0) + one.value
        tops[units[-1]] = tops.get(units[-1], 0) + one.value
        for step in units:
            totals[step] = totals.get(step, 0) + one.value
        for place in range(len(units)):
            down = units[place:][::-1]
            branches[down] = branches.get(down, 0) + one.value
    return Rolled(own, totals, tops, branches)
