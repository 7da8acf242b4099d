"""When a pupil is expected to leave school, and what of the road can still be done before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from donghanh.domain.acts import Step
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.forecast import Outlook
from donghanh.domain.roads import Road, RoadStatus

#: The grades of upper secondary school; the last one is left with the graduation decision.
GRADES = (10, 11, 12)
#: What has to be done before the pupil leaves, or not here.
ADMISSION = Step.ADMITTED
_GRADE = re.compile(r"\s*(\d{2})(?!\d)")


class Timing(StrEnum):
    """Whether admission can still come about at this school, as far as dates alone tell."""

    IN_TIME = "in_time"
    TOO_LATE = "too_late"  # a step on the way there has no day left
    OPEN_ENDED = "open_ended"  # no day is known on which the pupil leaves
    RESTING = "resting"  # nobody has a turn here: off the list, or on the way to another unit
    HELD = "held"  # the ceremony was held


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


def grade_of(class_name: str) -> int | None:
    """
    Return the grade a class is of, or None where its name does not begin with one.

    >>> grade_of("12A1"), grade_of("10 Toán"), grade_of("Chuyên Anh"), grade_of("120")
    (12, 10, None, None)
    """
    found = _GRADE.match(class_name)
    grade = int(found[1]) if found else None
    return grade if grade in GRADES else None


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
    if grade is None:
        return None
    year = SchoolYear.of(told_on)
    years = GRADES[-1] - grade
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
