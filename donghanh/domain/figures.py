"""The set of figures of a year: where each comes from, compared, and hidden where it is small."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar, TypeVar

from donghanh.domain.errors import RuleError
from donghanh.domain.rules import Rulebook

#: Who may not see the cases is told of fewer than this many only that they are few.
SMALL = 5
#: More than this nobody enters: no school of the country has as many pupils.
MOST = 20_000

Key = TypeVar("Key")


class NotANumber(RuleError):
    """A figure that is entered by hand is a whole number, none at all or more, up to a bound."""

    code: ClassVar[str] = "figures.not_a_number"


class NotEntered(RuleError):
    """The figure is counted; nobody enters it by hand."""

    code: ClassVar[str] = "figures.not_entered"


class Source(StrEnum):
    """Where a figure comes from."""

    CASES = "cases"
    ENTERED = "entered"
    CLUBS = "clubs"
    ACTIVITIES = "activities"
    PRACTICES = "practices"


@dataclass(frozen=True, slots=True)
class Line:
    """
    One figure of the set.

    Attributes:
        code: Identifier.
        number: Its number in the proposed set; 0 when it has none.
        source: Where it comes from.
        title_vi: Label.
        short_vi: Heading of a narrow column.
        counts_vi: What it counts, or who enters it.
        leaves_out_vi: What it leaves out; may be empty.
        consolidated: A column of tables of several units.
    """

    code: str
    number: int
    source: Source
    title_vi: str
    short_vi: str
    counts_vi: str
    leaves_out_vi: str
    consolidated: bool


def lines(book: Rulebook) -> tuple[Line, ...]:
    """Return the whole set of figures in the order of their numbers, those without one first."""
    found = [
        Line(
            code=table["code"],
            number=table["number"],
            source=_SOURCES.get(table["kind"], Source.CASES),
            title_vi=table["title_vi"],
            short_vi=table.get("short_vi", table["title_vi"]),
            counts_vi=table["counts_vi"],
            leaves_out_vi=table.get("leaves_out_vi", ""),
            consolidated=table.get("consolidated", False),
        )
        for table in book.indicators()
    ]
    return tuple(sorted(found, key=lambda one: one.number))


_SOURCES: Mapping[str, Source] = {
    "entered": Source.ENTERED,
    "clubs": Source.CLUBS,
    "activities": Source.ACTIVITIES,
    "practices": Source.PRACTICES,
}


def entered(book: Rulebook, code: str, value: int) -> int:
    """
    Return a number somebody enters for a figure of a school and year.

    Raises:
        NotEntered: The figure is unknown, or counted.
        NotANumber: Below nought, or more than any school can have.
    """
    if not any(one.code == code and one.source is Source.ENTERED for one in lines(book)):
        raise NotEntered(figure=code)
    if not 0 <= value <= MOST:
        raise NotANumber(most=MOST)
    return value


def percent(value: int, of: int) -> str:
    """
    Return a value in percent of another as it is written, to one place; nothing where of nothing.

    >>> percent(4, 3), percent(1, 2), percent(1, 0)
    ('133,3', '50', '')
    """
    if not of:
        return ""
    tenths = math.floor(Fraction(1000 * value, of) + Fraction(1, 2))
    whole, place = divmod(tenths, 10)
    return f"{whole},{place}" if place else str(whole)


def hidden(values: Mapping[Key, int], *, total_shown: bool = True) -> frozenset[Key]:
    """
    Return which of some parts are not shown to who may not see the cases behind them.

    Small ones are hidden; where the total is shown and would tell what they are, the smallest of
    the others goes with them.

    Args:
        values: The parts of one total.
        total_shown: Whether their total stands beside them.

    >>> sorted(hidden({"a": 2, "b": 9, "c": 30, "d": 0}))
    ['a', 'b']
    """
    found = [key for key, value in values.items() if 0 < value < SMALL]
    others = sorted((key for key in values if values[key] >= SMALL), key=lambda key: values[key])
    total = sum(values[key] for key in found)
    # All at their least, or all at their most: the total would say each of them.
    told = len(found) == 1 or total in {len(found), len(found) * (SMALL - 1)}
    return frozenset([*found, *others[:1]] if found and told and total_shown else found)
