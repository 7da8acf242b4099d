"""In which class a pupil was in each school year, and on a day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from donghanh.domain.calendar import SchoolYear

#: The grades of upper secondary school; the last one is left with the graduation decision.
GRADES = (10, 11, 12)
#: Beyond every number in a name: letters stand after numbers.
_LETTERS = 10**9
_GRADE = re.compile(r"\s*(\d{2})(?!\d)")


class Ending(StrEnum):
    """Why a pupil has no class in a school year."""

    FINISHED = "finished"  # the last class of the school
    LEFT = "left"  # left this school before


@dataclass(frozen=True, slots=True)
class YearClass:
    """
    The class of one pupil in one school year, at one school.

    Attributes:
        year: The school year.
        class_name: As the school writes it; blank where there is none any more.
        since: First day.
        ended: Why there is none.
    """

    year: SchoolYear
    class_name: str
    since: date
    ended: Ending | None = None


def grade_of(class_name: str) -> int | None:
    """
    Return the grade a class is of, or None where its name does not begin with one.

    >>> grade_of("12A1"), grade_of("10 Toán"), grade_of("Chuyên Anh"), grade_of("120")
    (12, 10, None, None)
    """
    found = _GRADE.match(class_name)
    grade = int(found[1]) if found else None
    return grade if grade in GRADES else None


def place_of(class_name: str) -> tuple[tuple[int, str], ...]:
    """
    Return where a class stands among others: numbers in their name count as numbers.

    >>> sorted(["12A10", "12A2", "10A1", "Chuyên Anh"], key=place_of)
    ['10A1', '12A2', '12A10', 'Chuyên Anh']
    """
    parts = re.findall(r"\d+|\D+", class_name)
    return tuple((int(part), "") if part.isdecimal() else (_LETTERS, part) for part in parts)


def newest_first(classes: Sequence[YearClass]) -> list[YearClass]:
    """Return the classes of one pupil with the newest first; of one day the last one given."""
    return sorted(classes, key=lambda one: one.since)[::-1]


def class_on(classes: Sequence[YearClass], day: date) -> str:
    """
    Return the class a pupil was in on a day; of an earlier day than is known, the first one known.

    After the last class was finished it is still that one; blank where no class is known.

    >>> year = SchoolYear.of(date(2025, 9, 1))
    >>> one = YearClass(year, "10A", date(2025, 9, 1))
    >>> two = YearClass(year, "10B", date(2026, 2, 1))
    >>> class_on([one, two], date(2026, 1, 31)), class_on([one, two], date(2026, 2, 1))
    ('10A', '10B')
    """
    named = [one for one in newest_first(classes) if one.class_name]
    begun = [one for one in named if one.since <= day]
    return (begun or named[-1:] or [YearClass(SchoolYear.of(day), "", day)])[0].class_name


def class_of_year(classes: Sequence[YearClass], year: SchoolYear) -> str:
    """Return the class a pupil was in last in a school year; blank where none is known."""
    of_year = [one for one in newest_first(classes) if one.year == year and one.class_name]
    return of_year[0].class_name if of_year else ""
