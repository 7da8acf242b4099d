"""From one school year to the next: which class follows a class, and who does not go with it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from donghanh.domain.calendar import SchoolYear
from donghanh.domain.errors import RuleError
from donghanh.domain.year_classes import GRADES, Ending, grade_of

#: As long as the name of a class may be.
LONGEST = 20
_GRADE = re.compile(r"\d{2}")


class Way(StrEnum):
    """How a pupil goes on who does not go with the class."""

    OTHER = "other"  # into another class
    STAYS = "stays"  # in the same grade once more
    FINISHED = "finished"
    LEFT = "left"


class ClassMissing(RuleError):
    """No class is named for pupils who go on into one."""

    code: ClassVar[str] = "moving_up.class_missing"


class BothSaid(RuleError):
    """A class is named for pupils of whom it is said as well that they have none any more."""

    code: ClassVar[str] = "moving_up.both_said"


class GradeDiffers(RuleError):
    """The class named is not of the grade that follows, or of the same one for who stays."""

    code: ClassVar[str] = "moving_up.grade_differs"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a pupil is in a school year: in a class, or in none any more."""

    class_name: str = ""
    ended: Ending | None = None


@dataclass(frozen=True, slots=True, order=True)
class Group:
    """A class of an earlier school year, whose pupils have none of the new one yet."""

    year: SchoolYear
    class_name: str


@dataclass(frozen=True, slots=True)
class Apart:
    """One pupil who does not go with the class; ``class_name`` as typed, where there is one."""

    way: Way
    class_name: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """
    What a school says of its classes and of those who go another way.

    Attributes:
        classes: Where each class goes; one that is not there is left for another time.
        apart: Who goes another way, by the pupil's number.
    """

    classes: Mapping[Group, Place]
    apart: Mapping[int, Apart]


def written(class_name: str) -> str:
    """
    Return the name of a class as it is kept: capitals, single blanks, NFC.

    >>> written(" 11a1 "), written("chuyên  anh")
    ('11A1', 'CHUYÊN ANH')
    """
    return " ".join(unicodedata.normalize("NFC", class_name).upper().split())


def suggested(group: Group, into: SchoolYear) -> Place | None:
    """
    Return where a class goes by its name, or None where the name does not tell.

    Args:
        group: The class, and the school year it is of.
        into: The school year to come, after that of the class.

    >>> old, new = SchoolYear.from_key("2025-2026"), SchoolYear.from_key("2026-2027")
    >>> suggested(Group(old, "10A1"), new).class_name
    '11A1'
    >>> suggested(Group(old, "12B2"), new).ended.value
    'finished'
    """
    grade = grade_of(group.class_name)
    if grade is None:
        return None
    following = grade + _years(group.year, into)
    if following > GRADES[-1]:
        return Place(ended=Ending.FINISHED)
    return Place(_GRADE.sub(str(following), group.class_name, count=1))


def placed(pupils: Mapping[int, Group], plan: Plan, into: SchoolYear) -> dict[int, Place]:
    """
    Return where each pupil is in the school year to come.

    Args:
        pupils: The class each pupil was in, by the pupil's number.
        plan: What the school says.
        into: The school year to come.

    Returns:
        A place for each pupil who goes another way, and for each whose class goes somewhere; nobody
        else, and nobody who is not among ``pupils``.

    Raises:
        ClassMissing: A class is needed and none is named.
        BothSaid: A class is named, and that there is none.
        GradeDiffers: A class is named that is not of the grade it has to be of.
    """
    for group, place in plan.classes.items():
        if place.ended is not None and place.class_name:
            raise BothSaid(old=group.class_name, new=place.class_name)
        if place.ended is None:
            _check(group, place.class_name, _years(group.year, into))
    found = {}
    for number, group in pupils.items():
        apart = plan.apart.get(number)
        if apart is not None:
            found[number] = _apart(group, apart, into)
        elif group in plan.classes:
            found[number] = plan.classes[group]
    return found


def _apart(group: Group, apart: Apart, into: SchoolYear) -> Place:
    if apart.way in {Way.FINISHED, Way.LEFT}:
        if apart.class_name:
            raise BothSaid(old=group.class_name, new=apart.class_name)
        return Place(ended=Ending(apart.way.value))
    stays = apart.way is Way.STAYS
    class_name = apart.class_name or (group.class_name if stays else "")
    _check(group, class_name, 0 if stays else _years(group.year, into))
    return Place(class_name)


def _check(group: Group, class_name: str, years: int) -> None:
    """Refuse a class of another grade than so many years after; without a grade it may be any."""
    if not class_name or len(class_name) > LONGEST:
        raise ClassMissing(old=group.class_name, most=LONGEST)
    before, after = grade_of(group.class_name), grade_of(class_name)
    if before is not None and after is not None and after != before + years:
        raise GradeDiffers(old=group.class_name, new=class_name)


def _years(since: SchoolYear, until: SchoolYear) -> int:
    return until.since.year - since.since.year


def groups(pupils: Mapping[int, Group]) -> Sequence[tuple[Group, int]]:
    """
    Return the classes there are, with the number of pupils in each: oldest year first, by name.

    >>> year = SchoolYear.from_key("2025-2026")
    >>> [(one.class_name, n) for one, n in groups({1: Group(year, "10B"), 2: Group(year, "10A")})]
    [('10A', 1), ('10B', 1)]
    """
    held: dict[Group, int] = {}
    for group in pupils.values():
        held[group] = held.get(group, 0) + 1
    return sorted(held.items())
