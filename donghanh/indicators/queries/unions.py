"""What the Union sees: introduced, in class and admitted, by school Union and school year."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from donghanh.amendments import queries as amendments
from donghanh.domain import figures, names
from donghanh.domain.authority import Actor, require
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.rights import Right
from donghanh.domain.structure import Line
from donghanh.domain.succession import View
from donghanh.indicators.queries import adding
from donghanh.indicators.queries.adding import Added, Sum
from donghanh.indicators.queries.asking import name_of
from donghanh.indicators.queries.boards import SCHOOLS, Value
from donghanh.organisation import queries as organisation


@dataclass(frozen=True, slots=True)
class UnionCell:
    """What came of a school year: introduced, in class, admitted."""

    introduced: Value
    in_class: Value
    admitted: Value

    @property
    def percent(self) -> str:
        """Return the admitted in percent of the introduced; nothing where one is not shown."""
        if self.admitted.number is None:
            return ""
        return figures.percent(self.admitted.number, self.introduced.number or 0)


@dataclass(frozen=True, slots=True)
class UnionRow:
    """One school Union, year by year in the order of the page."""

    unit: int
    name: str
    cells: tuple[UnionCell, ...]


@dataclass(frozen=True, slots=True)
class UnionPage:
    """Introduced, in class and admitted by school Union and school year, newest year first."""

    years: tuple[SchoolYear, ...]
    rows: tuple[UnionRow, ...]
    totals: tuple[UnionCell, ...]
    left: int


#: What the page of the Union adds up, in the order of ``UnionCell``.
_UNION = ("introduced", "trained", "admitted")


def union_page(actor: Actor, today: date, years: int = 4) -> UnionPage:
    """
    Return what came of those the Unions of schools introduced, by Union and school year.

    Args:
        actor: Who looks; the schools in reach are shown.
        today: The day (Asia/Ho_Chi_Minh); years that are over are counted to their last day.
        years: How many school years.

    Raises:
        NotAllowed: The post reads no figures.
    """
    require(actor, Right.READ_FIGURES)
    book, world = amendments.current(), organisation.world()
    listed, counted, left = [], [], 0
    year = book.school_year(today)
    for _ in range(years):
        day = min(today, year.last_day)
        found = adding.added(actor, book, world, year, day, Line.UNION, View.BRIDGED, today)
        listed.append(year)
        counted.append(_leaves(found))
        left = max(left, found.left)
        year = adding.same_day_before(book, year, year.since)[0]
    open_ = actor.may(Right.READ_CASES)
    units = {unit for one in counted for unit in one}
    shown = [_union_cells(one, units, open_) for one in counted]
    ordered = sorted((names.title_key(name_of(world, unit, today)), unit) for unit in units)
    return UnionPage(
        tuple(listed),
        tuple(
            UnionRow(unit, name_of(world, unit, today), tuple(one[unit] for one in shown))
            for _, unit in ordered
        ),
        tuple(_union_total(one, open_) for one in counted),
        left,
    )


def _leaves(found: Added) -> dict[int, Sum]:
    """Return the figures of the units under which no other stands."""
    return {unit: one for unit, one in found.sums.items() if not found.below.get(unit)}


def _union_cells(
    counted: Mapping[int, Sum], units: Collection[int], open_: bool
) -> dict[int, UnionCell]:
    columns: list[dict[int, Value]] = []
    for code in _UNION:
        parts = {unit: counted.get(unit, Sum()).values.get(code, 0) for unit in units}
        away = frozenset() if open_ else figures.hidden(parts)
        columns.append(
            {
                unit: Value(None if unit in away else number, hidden=unit in away)
                for unit, number in parts.items()
            }
        )
    return {unit: UnionCell(*(column[unit] for column in columns)) for unit in units}


def _union_total(counted: Mapping[int, Sum], open_: bool) -> UnionCell:
    total = Sum()
    for one in counted.values():
        for code in _UNION:
            total.values[code] = total.values.get(code, 0) + one.values.get(code, 0)
        total.schools |= one.schools
    few = not open_ and len(total.schools) < SCHOOLS
    return UnionCell(
        *(
            Value(None, hidden=True)
            if few and 0 < total.values.get(code, 0) < figures.SMALL
            else Value(total.values.get(code, 0))
            for code in _UNION
        )
    )
