"""The classes of a training centre: who may be sent, and what a certificate leaves on the road."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from donghanh.domain.acts import Step
from donghanh.domain.errors import RuleError
from donghanh.domain.roads import Road, RoadStatus, StageState


class CourseKind(StrEnum):
    """Which class."""

    AWARENESS = "awareness"
    NEW_MEMBER = "new_member"

    @property
    def leaves(self) -> Step:
        """Return the step its certificate does."""
        return Step.TRAINED if self is CourseKind.AWARENESS else Step.NEW_MEMBER_CLASS

    @property
    def follows(self) -> Step:
        """Return the step after which somebody can be sent."""
        return Step.SENT_TO_CLASS if self is CourseKind.AWARENESS else Step.ADMITTED


class EndsBeforeItBegins(RuleError):
    """The last day of a class lies before its first."""

    code: ClassVar[str] = "courses.ends_before_it_begins"


class CertificateBeforeCourse(RuleError):
    """A certificate cannot be dated before its class began."""

    code: ClassVar[str] = "courses.certificate_before_course"


class NumberMissing(RuleError):
    """A certificate has a number."""

    code: ClassVar[str] = "courses.number_missing"


class NumberTwice(RuleError):
    """Two certificates of one class bear the same number."""

    code: ClassVar[str] = "courses.number_twice"


class NotToBeSent(RuleError):
    """Somebody is not at the step from which people are sent to such a class."""

    code: ClassVar[str] = "courses.not_to_be_sent"


@dataclass(frozen=True, slots=True)
class Result:
    """What a class brought one pupil: passed or not; number and day of the certificate."""

    dossier_id: int
    passed: bool
    number: str = ""
    on: date | None = None


_OPEN = frozenset({RoadStatus.WALKING, RoadStatus.ADMITTED, RoadStatus.RECOGNISED})


def may_be_sent(road: Road, kind: CourseKind) -> bool:
    """Tell whether the cell has sent somebody to such a class, and the certificate is not there."""
    sent = road.stage(kind.follows).act is not None
    got = road.stage(kind.leaves)
    done = got.act is not None and not got.stale
    passed_over = got.state in {StageState.SKIPPED, StageState.LAPSED}
    return sent and not done and not passed_over and road.status in _OPEN


def check_days(first: date, last: date) -> None:
    """
    Refuse days a class cannot have.

    Raises:
        EndsBeforeItBegins: The last day lies before the first.
    """
    if last < first:
        raise EndsBeforeItBegins(first=first, last=last)


def check_results(results: Sequence[Result], first: date, taken: Sequence[str]) -> None:
    """
    Refuse results that cannot be, before any of them is kept.

    Args:
        results: Of the whole list.
        first: The first day of the class.
        taken: Numbers of certificates of this class that are there already.

    Raises:
        NumberMissing, NumberTwice, CertificateBeforeCourse: What refuses them.
    """
    numbers = set(taken)
    for one in results:
        if not one.passed:
            continue
        if not one.number or one.on is None:
            raise NumberMissing
        if one.number in numbers:
            raise NumberTwice(number=one.number)
        if one.on < first:
            raise CertificateBeforeCourse(on=one.on, first=first)
        numbers.add(one.number)
