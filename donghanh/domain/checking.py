"""What a report is checked against before it is sent: its cases, last year, the sum below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from donghanh.domain.rules import Rulebook

#: From how many persons' difference to last year a figure has to be explained.
CHANGE = "report.change"
#: Up to how many persons a figure is hidden from who has no right to the cases.
SMALL = "report.small_number"


class Against(StrEnum):
    """What a figure is compared with."""

    CASES = "cases"
    YEAR_BEFORE = "year_before"
    BELOW = "below"
    #: A part of the words, with the names of pupils the writer may see.
    NAMES = "names"


@dataclass(frozen=True, slots=True)
class Finding:
    """One figure that differs: what is said, and what it was compared with; both in persons."""

    against: Against
    code: str
    said: int
    other: int

    @property
    def key(self) -> str:
        """Return the name its answer is kept under."""
        return f"{self.against}.{self.code}"


def differences(
    against: Against, said: Mapping[str, int], other: Mapping[str, int], least: int = 1
) -> tuple[Finding, ...]:
    """
    Return the figures that differ by at least so many persons, in the order they are said.

    Args:
        against: What they are compared with.
        said: Figures by indicator.
        other: What they are compared with, by indicator; one that is missing is not compared.
        least: From which difference on, in persons.

    >>> differences(Against.YEAR_BEFORE, {"held": 9, "listed": 4}, {"held": 2, "listed": 5}, 5)
    (Finding(against=<Against.YEAR_BEFORE: 'year_before'>, code='held', said=9, other=2),)
    """
    return tuple(
        Finding(against, code, value, other[code])
        for code, value in said.items()
        if code in other and abs(value - other[code]) >= least
    )


def persons(rulebook: Rulebook, name: str, day: date) -> int:
    """
    Return a number of persons the rules set centrally on a day.

    Raises:
        UnknownRule: There is no such rule.
    """
    return rulebook.numbers_on(name, day)[0].value


def is_small(value: int, most: int) -> bool:
    """
    Tell whether a figure is so small that it could tell who is meant; none at all tells nobody.

    >>> [is_small(value, 4) for value in (0, 1, 4, 5)]
    [False, True, True, False]
    """
    return 0 < value <= most


def hidden(values: Sequence[int], most: int) -> frozenset[int]:
    """
    Return the places of the figures of one column that are hidden beside their total.

    Args:
        values: One figure per unit.
        most: Figures up to this are small; 0 hides none.

    Returns:
        Every small one, and where that is one alone the smallest other that is not 0, or one that
        is 0 where there is no such: the total would tell the first. A unit that is alone in its
        column cannot be hidden beside its total.

    >>> sorted(hidden([2, 9, 7, 0], 4)), sorted(hidden([2, 3, 9], 4)), hidden([9, 0], 4)
    ([0, 2], [0, 1], frozenset())
    >>> sorted(hidden([2, 0, 0], 4)), sorted(hidden([2], 4))
    ([0, 1], [0])
    """
    small = {place for place, value in enumerate(values) if is_small(value, most)}
    rest = [(value == 0, value, place) for place, value in enumerate(values) if place not in small]
    if len(small) == 1 and rest:
        small.add(min(rest)[2])
    return frozenset(small)
