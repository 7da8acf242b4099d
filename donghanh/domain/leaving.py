"""When a pupil is expected to leave school, and what of the road can still be done before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from donghanh.domain.acts import Step
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.forecast import Outlook
from donghanh.domain.roads import Road, RoadStatus
from donghanh.domain.year_classes import GRADES, YearClass, newest_first
from donghanh.domain.year_classes import grade_of as grade_of

#: What has to be done before the pupil leaves, or not here.
ADMISSION = Step.ADMITTED


class Timing(StrEnum):
    """Whether admission can still come about at this school, as far as dates alone tell."""

    IN_TIME = "in_time"
    TOO_LATE = "too_late"  # a step on the way there has no day left
    OPEN_ENDED = "open_ended"  # no day is known on which the pupil leaves
    RESTING = "resting"  # nobody has a turn here: off the list, or on the way to another unit
    HELD = "held"  # the ceremony was held


class Basis(StrEnum):
    """What tells in which school year a pupil finishes."""

    CLASS = "class"  # the grade of the newest class
    EARLIER = "earlier"  # the grade of an earlier class; the newest name bears none
    AGREED = "agreed"  # the day of agreeing: at the latest then; no name bears a grade


@dataclass(frozen=True, slots=True)
class Finish:
    """
    The school year in which a pupil finishes, and how that is known.

    Attributes:
        year: The school year; by the day of agreeing the latest it can be.
        basis: What tells it.
        told_by: The class that tells it; None by the day of agreeing.
    """

    year: SchoolYear
    basis: Basis
    told_by: YearClass | None = None


@dataclass(frozen=True, slots=True)
class Prospect:
    """
    What of a road can still be done before the pupil leaves.

    Attributes:
        timing: In one word.
        following: The step the road waits for, with its days; None where none is left to tell.
        vote: The cell's vote at which the person is considered, while it is to come.
        ceremony: The ceremony, while it is to come.
        stuck: The first step that has no day left; of a road that is too late alone.
        steps: Every step that is left, in the order of the road.
    """

    timing: Timing
    following: Outlook | None = None
    vote: Outlook | None = None
    ceremony: Outlook | None = None
    stuck: Outlook | None = None
    steps: tuple[Outlook, ...] = ()


def finishing(class_name: str, told_on: date) -> SchoolYear | None:
    """
    Return the school year in which a class finishes, or None where its name does not tell.

    Args:
        class_name: As the school writes it.
        told_on: A day on which the pupil was in that class.

    >>> finishing("11A2", date(2026, 11, 27)).key
    '2027-2028'
    """
    grade = grade_of(class_name)
    return None if grade is None else _later(SchoolYear.of(told_on), GRADES[-1] - grade)


def finish(classes: Sequence[YearClass], agreed_on: date) -> Finish:
    """
    Return in which school year a pupil finishes, by the classes of the years.

    The newest class decides: who stays in a grade finishes a year later. Where its name bears no
    grade, the newest that bears one; where none does, the day of agreeing bounds it: whoever was at
    the school then finishes at the latest when the lowest grade of that year does.

    Args:
        classes: The classes of one pupil, in any order; those without a name count for nothing.
        agreed_on: Day on which the pupil agreed.
    """
    named = [one for one in newest_first(classes) if one.class_name]
    for place, one in enumerate(named):
        found = finishing(one.class_name, one.year.since)
        if found is not None:
            return Finish(found, Basis.EARLIER if place else Basis.CLASS, one)
    return Finish(_later(SchoolYear.of(agreed_on), GRADES[-1] - GRADES[0]), Basis.AGREED)


def _later(year: SchoolYear, years: int) -> SchoolYear:
    return SchoolYear.of(year.since.replace(year=year.since.year + years))


def prospect(road: Road, steps: Sequence[Outlook]) -> Prospect:
    """
    Return what of a road can still be done before the pupil leaves.

    Args:
        road: Where the case stands.
        steps: What ``forecast.outlook`` says of it.
    """
    if road.status in {RoadStatus.ADMITTED, RoadStatus.RECOGNISED}:
        return Prospect(Timing.HELD, _first(steps), steps=tuple(steps))
    if not steps:
        return Prospect(Timing.RESTING)
    before = _until(steps, ADMISSION)
    stuck = next((one for one in before if not one.is_open), None)
    judged = {stage.step for stage in road.stages if stage.rule.judges_person}
    ceremony = next((one for one in steps if one.step is ADMISSION), None)
    return Prospect(
        timing=_timing(stuck, ceremony),
        following=_first(steps),
        vote=next((one for one in before if one.step in judged), None),
        ceremony=ceremony,
        stuck=stuck,
        steps=tuple(steps),
    )


def _until(steps: Sequence[Outlook], admission: Step) -> tuple[Outlook, ...]:
    """Return the steps up to one and with it; all of them where it is not among them."""
    places = [place for place, one in enumerate(steps) if one.step is admission]
    return tuple(steps[: places[0] + 1] if places else steps)


def _first(steps: Sequence[Outlook]) -> Outlook | None:
    return steps[0] if steps else None


def _timing(stuck: Outlook | None, ceremony: Outlook | None) -> Timing:
    if stuck is not None:
        return Timing.TOO_LATE
    if ceremony is None:
        return Timing.RESTING
    return Timing.OPEN_ENDED if ceremony.last_day is None else Timing.IN_TIME
