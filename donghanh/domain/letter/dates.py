"""Days as letters write them: ``10/6``, ``30-11-2021``, ``ngày 16 tháng 6 năm 2022``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

#: A day in figures or in words; the year may be missing. Two alternatives, six groups by prefix.
_DAY = (
    r"(?:(?P<{p}d>\d{{1,2}}) ?(?P<{p}s>[/.-]) ?(?P<{p}m>\d{{1,2}})"
    r"(?: ?(?P={p}s) ?(?P<{p}y>(?:1[89]|2[01])\d\d))?(?! ?[/]? ?\d)(?![/-]?\w)"
    r"|(?P<{p}D>\d{{1,2}}) tháng (?P<{p}M>\d{{1,2}})(?: năm (?P<{p}Y>\d{{4}}))?(?!\d))"
)


def day_pattern(prefix: str) -> str:
    """Return a pattern for a day, its groups named with a prefix."""
    return _DAY.format(p=prefix)


@dataclass(frozen=True, slots=True)
class Written:
    """A day as written: its parts, of which the year may be missing."""

    day: int
    month: int
    year: int | None

    def exists(self) -> bool:
        """Say whether there is such a day (in a leap year when the year is missing)."""
        return _valid(self.year or 2024, self.month, self.day) is not None

    def iso(self) -> str | None:
        """Return ``2024-06-10``, or ``--06-10`` without a year, or nothing for 31/02."""
        if not self.exists():
            return None
        head = f"{self.year:04d}" if self.year else "-"
        return f"{head}-{self.month:02d}-{self.day:02d}"

    def next_from(self, year: int, month: int, day: int) -> str | None:
        """Return the first such day on or after a given day, ISO."""
        for candidate in range(year, year + 9):
            found = _valid(candidate, self.month, self.day)
            if found and (found.year, found.month, found.day) >= (year, month, day):
                return found.isoformat()
        return None


def written(match: re.Match[str], prefix: str) -> Written | None:
    """Return the day a match of :func:`day_pattern` found, or nothing."""
    groups = match.groupdict()
    day = groups.get(f"{prefix}d") or groups.get(f"{prefix}D")
    month = groups.get(f"{prefix}m") or groups.get(f"{prefix}M")
    year = groups.get(f"{prefix}y") or groups.get(f"{prefix}Y")
    if not day or not month:
        return None
    return Written(int(day), int(month), int(year) if year else None)


def extent(match: re.Match[str], prefix: str) -> tuple[int, int]:
    """Return where a match of :func:`day_pattern` stands."""
    style = "d" if match.group(f"{prefix}d") else "D"
    last = ("y", "m") if style == "d" else ("Y", "M")
    end = next(match.end(prefix + name) for name in last if match.group(prefix + name))
    return match.start(prefix + style), end


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


_YEAR = re.compile(
    r"năm học:? ?((?:19|20)\d\d)(?: ?[-/] ?| đến )((?:19|20)\d\d|\d\d)(?!\d)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """A school year as written, and where its figures stand in the view."""

    first: int
    last: int
    start: int
    end: int

    def key(self) -> str:
        """Return ``2023-2024``."""
        return f"{self.first}-{self.last}"

    def is_odd(self) -> bool:
        """Say whether the two years do not follow each other."""
        return self.last != self.first + 1


def school_years(fold: str) -> list[SchoolYear]:
    """
    Find every school year named.

    >>> [year.key() for year in school_years("trong năm học 2023 - 2024,")]
    ['2023-2024']
    """
    return [
        SchoolYear(
            int(found[1]),
            _last(int(found[1]), int(found[2])),
            found.start(1),
            found.end(2),
        )
        for found in _YEAR.finditer(fold)
    ]


def _last(first: int, written: int) -> int:
    """Return the second year of a school year, written in four figures or in two."""
    if written > 99:
        return written
    return first + 1 if (first + 1) % 100 == written else first // 100 * 100 + written
