"""Working days with Tết and swapped days, months, birthdays and school years."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from donghanh.domain.errors import RuleError
from donghanh.domain.timeline import Citation, Confidence

MONDAY_TO_FRIDAY = range(5)
MONTHS_PER_YEAR = 12


class CalendarEnds(RuleError):
    """The calendar of working days does not reach the day."""

    code: ClassVar[str] = "calendar.ends"


class CalendarHasGap(RuleError):
    """The calendar leaves out or repeats a year."""

    code: ClassVar[str] = "calendar.gap"


class BadSchoolYear(RuleError):
    """A school year is not written as two years that follow each other."""

    code: ClassVar[str] = "calendar.bad_school_year"


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """
    The days of one year that differ from Monday to Friday.

    Attributes:
        year: Calendar year.
        off: Days off from Monday to Friday: holidays, days in lieu, swapped days.
        worked: Saturdays or Sundays worked in exchange.
        cite: The decision for that year; not settled when nobody has seen it.
    """

    year: int
    off: frozenset[date]
    worked: frozenset[date]
    cite: Citation


class Workdays:
    """The official working days over a span of whole years."""

    __slots__ = ("_confirmed", "_days", "_known", "_years")

    def __init__(self, years: Iterable[CalendarYear]) -> None:
        """
        Lay out every working day.

        Args:
            years: One row per year, without gaps.

        Raises:
            CalendarHasGap: A year is missing or repeated.
        """
        self._years = tuple(sorted(years, key=lambda row: row.year))
        numbers = [row.year for row in self._years]
        if not numbers or numbers != list(range(numbers[0], numbers[0] + len(numbers))):
            raise CalendarHasGap(years=numbers)
        off = frozenset[date]().union(*(row.off for row in self._years))
        worked = frozenset[date]().union(*(row.worked for row in self._years))
        span = (self.until - self.since).days
        every = (self.since + timedelta(days=number) for number in range(span))
        self._days = tuple(
            day
            for day in every
            if day in worked or (day.weekday() in MONDAY_TO_FRIDAY and day not in off)
        )
        self._known = frozenset(self._days)
        self._confirmed = frozenset(
            row.year
            for row in self._years
            if row.cite.settled or row.cite.confidence is Confidence.S
        )

    @property
    def since(self) -> date:
        """First day of the calendar."""
        return date(self._years[0].year, 1, 1)

    @property
    def until(self) -> date:
        """First day after the calendar (half-open)."""
        return date(self._years[-1].year + 1, 1, 1)

    @property
    def years(self) -> tuple[CalendarYear, ...]:
        """The rows, oldest first."""
        return self._years

    def _reach(self, day: date) -> None:
        if not self.since <= day < self.until:
            raise CalendarEnds(day=day, since=self.since, until=self.until)

    def is_working(self, day: date) -> bool:
        """
        Tell whether a day is a working day.

        Raises:
            CalendarEnds: The day is outside the calendar.
        """
        self._reach(day)
        return day in self._known

    def add(self, day: date, n: int) -> date:
        """
        Return the n-th working day after a day; the last day that is still in time.

        Args:
            day: Day 0, working or not; counting starts the next working day.
            n: Working days, 1 or more.

        Raises:
            CalendarEnds: The calendar does not reach that far.
            ValueError: ``n`` is below 1.

        Source:
            rulebook/calendar.toml
        """
        if n < 1:
            raise ValueError(n)
        self._reach(day)
        position = bisect_right(self._days, day) + n - 1
        if position >= len(self._days):
            raise CalendarEnds(day=day, since=self.since, until=self.until)
        return self._days[position]

    def between(self, a: date, b: date) -> int:
        """
        Return the number of working days after ``a`` up to and including ``b``.

        Returns:
            0 when ``b`` is not after ``a``; ``between(day, add(day, n)) == n``.

        Raises:
            CalendarEnds: One of the days is outside the calendar.
        """
        self._reach(a)
        self._reach(b)
        return max(0, bisect_right(self._days, b) - bisect_right(self._days, a))

    def confirmed(self, a: date, b: date) -> bool:
        """
        Tell whether the days off of every year from ``a`` to ``b`` are known as decided.

        Returns:
            False when a year rests on third parties only, on the usual pattern, or on nothing.
        """
        return all(year in self._confirmed for year in range(a.year, b.year + 1))


def add_months(day: date, n: int) -> date:
    """
    Return the same day ``n`` months later, or the last day of a shorter month.

    Args:
        day: The day counted from.
        n: Months; may be negative.

    >>> add_months(date(2024, 10, 10), 12)
    datetime.date(2025, 10, 10)
    >>> add_months(date(2024, 8, 31), 6)
    datetime.date(2025, 2, 28)
    """
    months = day.year * MONTHS_PER_YEAR + day.month - 1 + n
    year, month = divmod(months, MONTHS_PER_YEAR)
    following = date(year + (month + 1) // MONTHS_PER_YEAR, (month + 1) % MONTHS_PER_YEAR + 1, 1)
    last = following - timedelta(days=1)
    return last.replace(day=min(day.day, last.day))


def birthday(born: date, years: int) -> date:
    """
    Return the day an age is reached; somebody born on 29 February waits for 1 March.

    Args:
        born: Day of birth.
        years: Age in full years.

    >>> birthday(date(2008, 2, 29), 18)
    datetime.date(2026, 3, 1)
    """
    reached = add_months(born, years * MONTHS_PER_YEAR)
    return reached if reached.day == born.day else reached + timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class SchoolYear:
    """
    A school year, as reports count it: half-open ``[since, until)``.

    Attributes:
        since: First day.
        until: First day of the next school year.
    """

    since: date
    until: date

    @property
    def key(self) -> str:
        """
        Return the usual name.

        >>> SchoolYear.of(date(2024, 6, 15)).key
        '2023-2024'
        """
        return f"{self.since.year}-{self.since.year + 1}"

    @property
    def last_day(self) -> date:
        """Last day that still belongs to the year."""
        return self.until - timedelta(days=1)

    def __contains__(self, day: date) -> bool:
        """Tell whether a day belongs to the year."""
        return self.since <= day < self.until

    @classmethod
    def of(cls, day: date, month: int = 8) -> SchoolYear:
        """
        Return the school year a day belongs to.

        Args:
            day: Any day.
            month: First month of the reporting year; ``Rulebook.school_year`` gives the
                rulebook's own.
        """
        first = day.year if day.month >= month else day.year - 1
        return cls(date(first, month, 1), date(first + 1, month, 1))

    @classmethod
    def from_key(cls, key: str, month: int = 8) -> SchoolYear:
        """
        Return the school year of a key such as ``2023-2024``.

        Raises:
            BadSchoolYear: The key is not two years that follow each other.

        >>> SchoolYear.from_key("2023-2024").last_day
        datetime.date(2024, 7, 31)
        """
        first, _, second = key.partition("-")
        if not (first.isdecimal() and second.isdecimal() and int(second) == int(first) + 1):
            raise BadSchoolYear(key=key)
        return cls.of(date(int(first), month, 1), month)
