"""The yearly rating of a Union member: by which scale, by whom, for which school year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import ClassVar

from donghanh.domain.calendar import SchoolYear
from donghanh.domain.errors import RuleError
from donghanh.domain.reading import Section


class Body(StrEnum):
    """Who rates."""

    #: The Union's chapter of the class, in its meeting.
    CHAPTER = "chapter"
    #: The committee of the school's Union.
    COMMITTEE = "committee"


class NotOnScale(RuleError):
    """The level is none of the scale that holds on the day of the meeting."""

    code: ClassVar[str] = "rating.not_on_scale"


class NoScale(RuleError):
    """No scale is known for the day of the meeting."""

    code: ClassVar[str] = "rating.no_scale"


class YearOutside(RuleError):
    """The school year is not one of the pupil's years at this school."""

    code: ClassVar[str] = "rating.year_outside"


class MeetingOutside(RuleError):
    """The meeting was before the school year it rates, long after it, or is still to come."""

    code: ClassVar[str] = "rating.meeting_outside"


class RatedAlready(RuleError):
    """The body rated this school year already; a correction says why."""

    code: ClassVar[str] = "rating.rated_already"


class ReasonMissing(RuleError):
    """A rating is corrected without saying why."""

    code: ClassVar[str] = "rating.reason_missing"


#: As long as the table of ratings can keep.
_LONGEST_LEVEL = 60


def scale(row: Section) -> tuple[str, ...]:
    """
    Return the levels of a scale as the rulebook writes them, the highest first.

    Raises:
        BadValue: There is none, one is there twice, or one cannot be written on a list.
    """
    found = row.texts("value")
    if not found or len(set(found)) != len(found) or not all(map(_is_level, found)):
        raise row.bad("value", "; ".join(found))
    return found


def _is_level(said: str) -> bool:
    return 0 < len(said) <= _LONGEST_LEVEL and said == said.strip() and ";" not in said


#: An upper secondary school has three years; a pupil's year is one of the last three.
_YEARS = 3


def years_at_school(today: date) -> tuple[SchoolYear, ...]:
    """
    Return the school years a pupil who is at the school today can have been there, newest first.

    >>> [year.key for year in years_at_school(date(2026, 11, 27))]
    ['2026-2027', '2025-2026', '2024-2025']
    """
    newest = SchoolYear.of(today)
    first = newest.since.year
    return tuple(SchoolYear.from_key(f"{first - n}-{first - n + 1}") for n in range(_YEARS))


def check(
    *,
    year: SchoolYear,
    level: str,
    scale: Sequence[str] | None,
    met: date,
    today: date,
) -> None:
    """
    Refuse a rating that cannot have been given.

    Args:
        year: The school year it is for.
        level: The level, as written.
        scale: The levels of the scale that holds on the day of the meeting; ``None``: none does.
        met: The day of the meeting.
        today: The present day (Asia/Ho_Chi_Minh).

    Raises:
        YearOutside, MeetingOutside, NoScale, NotOnScale: See each.
    """
    if year not in years_at_school(today):
        raise YearOutside(year=year.key)
    following = SchoolYear.of(year.until)
    if met > today or not year.since <= met < following.until:
        raise MeetingOutside(met=met, year=year.key)
    if scale is None:
        raise NoScale(met=met)
    if level not in scale:
        raise NotOnScale(level=level)
