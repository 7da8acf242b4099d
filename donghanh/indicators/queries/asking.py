"""Which figures are asked for: of which year, up to which day, by which structure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from donghanh.domain.calendar import SchoolYear
from donghanh.domain.rules import Rulebook
from donghanh.domain.structure import Line
from donghanh.domain.succession import View
from donghanh.indicators.queries import adding


class NotShown(Exception):
    """No such unit or figure in the reach of who asks."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which figures: of a school year, up to a day, by a structure, of a unit; ``None``: usual."""

    school_year: str
    day: date | None = None
    line: Line = Line.EDUCATION
    view: View = View.AS_WAS
    unit: int | None = None


def days(book: Rulebook, asked: Asked, today: date) -> tuple[SchoolYear, date, SchoolYear, date]:
    """
    Return the school year asked for and its cut-off, and those it is compared with.

    Raises:
        BadSchoolYear: The year is not two years that follow each other.
    """
    year = adding.year_of(book, asked.school_year)
    day = max(year.since, min(asked.day or today, today, year.last_day))
    return year, day, *adding.same_day_before(book, year, day)
