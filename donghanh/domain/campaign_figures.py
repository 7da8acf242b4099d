"""Figures of campaigns: for which years, by when, and sums that hide nobody who said nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from donghanh.domain.calendar import SchoolYear
from donghanh.domain.campaigning import Answer, IsOver, NotJoined, Stage
from donghanh.domain.errors import RuleError

#: No figure of one school and one year is larger; the product's own bound.
MOST_NUMBER = 100_000


class Said(StrEnum):
    """Where the figures of one school and one year stand."""

    #: Given by the day that was asked for.
    IN_TIME = "in_time"
    #: Given after it.
    AFTERWARDS = "afterwards"
    #: Not given, and the day is still to come.
    WAITING = "waiting"
    #: Not given, and the day has gone by.
    LATE = "late"
    #: Not asked: the school does not take part, or has not answered.
    NOT_ASKED = "not_asked"


class YearOutside(RuleError):
    """The school year lies outside the campaign's period, or has not begun."""

    code: ClassVar[str] = "campaigns.year_outside"


class YearClosed(RuleError):
    """The figures of the year are closed."""

    code: ClassVar[str] = "campaigns.year_closed"


class TooEarlyToClose(RuleError):
    """The day figures of the year are given by has not gone by yet."""

    code: ClassVar[str] = "campaigns.too_early_to_close"


class NumberOutside(RuleError):
    """A figure is a whole number from nought up to a bound."""

    code: ClassVar[str] = "campaigns.number_outside"


class NothingSaid(RuleError):
    """No figure is given at all."""

    code: ClassVar[str] = "campaigns.nothing_said"


def years(
    begins: date, until: date | None, today: date, of: Callable[[date], SchoolYear]
) -> tuple[SchoolYear, ...]:
    """
    Return the school years a campaign asks figures for, up to the running one, oldest first.

    Args:
        begins: Its first day.
        until: Its last day; ``None``: it runs on.
        today: The present day (Asia/Ho_Chi_Minh).
        of: Tells the school year of a day.

    >>> [one.key for one in years(date(2024, 9, 2), None, date(2026, 1, 1), SchoolYear.of)]
    ['2024-2025', '2025-2026']
    """
    last = today if until is None else min(until, today)
    found = []
    year = of(begins)
    while year.since <= last:
        found.append(year)
        year = of(year.until)
    return tuple(found)


def due_on(year: SchoolYear, due: tuple[int, int], begins: date) -> date:
    """
    Return the day by which figures of a school year are given.

    Args:
        year: The school year.
        due: Day and month, as they come every year.
        begins: First day of the campaign; where the day had gone by then, the year's last counts.

    >>> due_on(SchoolYear.from_key("2023-2024"), (10, 6), date(2023, 9, 1))
    datetime.date(2024, 6, 10)
    """
    day, month = due
    first = date(year.since.year, month, day)
    found = first if first in year else date(year.since.year + 1, month, day)
    return found if found >= begins else year.last_day


def said(answer: Answer, given: date | None, due: date, today: date) -> Said:
    """
    Tell where the figures of one school and one year stand.

    Args:
        answer: What the school said to the campaign.
        given: The day they were first given; ``None``: they were not.
        due: The day they are given by, that day included.
        today: The present day (Asia/Ho_Chi_Minh).
    """
    if given is not None:
        return Said.IN_TIME if given <= due else Said.AFTERWARDS
    if answer is not Answer.JOINED:
        return Said.NOT_ASKED
    return Said.WAITING if today <= due else Said.LATE


def check_numbers(numbers: Mapping[int, int]) -> None:
    """
    Refuse figures that no school can have; what is not given is not among them.

    Raises:
        NothingSaid: None is given.
        NumberOutside: One is below nought, or beyond the bound.
    """
    if not numbers:
        raise NothingSaid
    if not all(0 <= one <= MOST_NUMBER for one in numbers.values()):
        raise NumberOutside(most=MOST_NUMBER)


def check_giving(
    stage: Stage, answer: Answer, year: SchoolYear, asked_for: Sequence[SchoolYear], *, closed: bool
) -> None:
    """
    Refuse figures where none are given any more, or none yet.

    Args:
        stage: Where the campaign stands.
        answer: What the school said to it.
        year: The year they are of.
        asked_for: The years the campaign asks for, up to the running one.
        closed: Whether the year is closed.

    Raises:
        IsOver, NotJoined, YearOutside, YearClosed: See above.
    """
    if stage is not Stage.OPENED:
        raise IsOver
    if answer is not Answer.JOINED:
        raise NotJoined
    if year not in asked_for:
        raise YearOutside(year=year.key)
    if closed:
        raise YearClosed(year=year.key)


def check_closing(due: date, today: date) -> None:
    """
    Refuse closing a school year while figures may still come in time.

    Raises:
        TooEarlyToClose: The day they are given by has not gone by.
    """
    if today <= due:
        raise TooEarlyToClose(due=due)


@dataclass(frozen=True, slots=True)
class Told:
    """What one school said: its number here, its answer, and its numbers by the figure."""

    who: int
    answer: Answer
    numbers: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Total:
    """
    What a figure adds up to: the sum of what was said, of how many schools, and who said nothing.

    ``sum`` is ``None`` where nobody said anything: that is no nought. ``missing`` are those who
    take part and gave no such figure, in the order given.
    """

    sum: int | None
    of: int
    missing: tuple[int, ...]


def total(figure: int, schools: Iterable[Told]) -> Total:
    """
    Add up one figure over schools, and keep who is not in the sum.

    >>> total(1, [Told(7, Answer.JOINED, {1: 0}), Told(8, Answer.JOINED, {})])
    Total(sum=0, of=1, missing=(8,))
    """
    found, missing = [], []
    for one in schools:
        if figure in one.numbers:
            found.append(one.numbers[figure])
        elif one.answer is Answer.JOINED:
            missing.append(one.who)
    return Total(sum(found) if found else None, len(found), tuple(missing))
