"""Challenges, notes and comments: what may be written, of which day, and what is due."""

from __future__ import annotations

import unicodedata
from datetime import date
from enum import StrEnum
from typing import ClassVar

from donghanh.domain.calendar import add_months
from donghanh.domain.errors import RuleError

#: How many signs a line of evidence may have, and a longer text; limits of the product.
LONGEST_LINE = 300
LONGEST_TEXT = 4000
#: How many steps a challenge may have, and for how many days it may be given; the product's own.
MOST_STEPS = 12
MOST_DAYS = 366


class TextMissing(RuleError):
    """Nothing is written where something must be."""

    code: ClassVar[str] = "accompanying.text_missing"


class TextTooLong(RuleError):
    """A text has more signs than the product keeps; ``longest`` says how many it does."""

    code: ClassVar[str] = "accompanying.text_too_long"


class DayInFuture(RuleError):
    """What is told happened on a day that has not come yet."""

    code: ClassVar[str] = "accompanying.day_in_future"


class DayBeforeConsent(RuleError):
    """What is told happened before the pupil agreed to take part."""

    code: ClassVar[str] = "accompanying.day_before_consent"


class TimeOutside(RuleError):
    """The last day of a challenge has gone by, or lies too far ahead."""

    code: ClassVar[str] = "accompanying.time_outside"


class StepsMissing(RuleError):
    """A challenge has no step, or more than fit on a page."""

    code: ClassVar[str] = "accompanying.steps_missing"


class Stand(StrEnum):
    """Where a challenge stands for who looks at it from outside."""

    #: Given, and not under way: not answered, or declined; the two are not told apart.
    GIVEN = "given"
    #: The pupil accepted it.
    UNDER_WAY = "under_way"
    #: The pupil says it is done; nobody has answered yet.
    DONE = "done"
    #: Somebody looked at it and answered.
    ANSWERED = "answered"


def stand(*, accepted: bool, done: bool, answered: bool) -> Stand:
    """
    Return where a challenge stands; what is not accepted is given, whatever else is kept of it.

    >>> stand(accepted=True, done=True, answered=False).value
    'done'
    """
    if not accepted:
        return Stand.GIVEN
    if not done:
        return Stand.UNDER_WAY
    return Stand.ANSWERED if answered else Stand.DONE


def written(text: str, longest: int = LONGEST_TEXT) -> str:
    """
    Return a text as it is kept: NFC, lines kept, blanks at both ends taken off.

    Raises:
        TextMissing: Nothing is left.
        TextTooLong: It has more signs than may be kept.

    >>> written("  Em đã làm. ")
    'Em đã làm.'
    """
    kept = unicodedata.normalize("NFC", text).replace("\r\n", "\n").strip()
    if not kept:
        raise TextMissing
    if len(kept) > longest:
        raise TextTooLong(longest=longest, signs=len(kept))
    return kept


def check_day(on: date, *, agreed: date, today: date) -> None:
    """
    Refuse a day on which nothing of a pupil's road can have happened.

    Args:
        on: The day that is told.
        agreed: The day of the pupil's consent to the road.
        today: The present day (Asia/Ho_Chi_Minh).

    Raises:
        DayInFuture: It has not come yet.
        DayBeforeConsent: It lies before the consent.
    """
    if on > today:
        raise DayInFuture(on=on)
    if on < agreed:
        raise DayBeforeConsent(on=on, agreed=agreed)


def check_time(due: date, today: date) -> None:
    """
    Refuse a last day that a challenge given today cannot have.

    Raises:
        TimeOutside: It has gone by, or is more than ``MOST_DAYS`` days ahead.
    """
    if not 0 <= (due - today).days <= MOST_DAYS:
        raise TimeOutside(due=due, most=MOST_DAYS)


def steps_of(text: str) -> tuple[str, ...]:
    """
    Return the steps of a challenge out of a text with one on each line.

    Raises:
        StepsMissing: There is none, or there are more than ``MOST_STEPS``.
        TextTooLong: One has more signs than a line may have.

    >>> steps_of("Hỏi\\n\\n Làm ")
    ('Hỏi', 'Làm')
    """
    lines = [line for line in map(str.strip, text.splitlines()) if line]
    if not 0 < len(lines) <= MOST_STEPS:
        raise StepsMissing(most=MOST_STEPS)
    return tuple(written(line, LONGEST_LINE) for line in lines)


def comment_due(last: date, months: int) -> date:
    """
    Return the last day for the helper's next periodic comment.

    Args:
        last: The day of the last comment, or of the assignment where there is none yet.
        months: The interval, as the rulebook has it.

    >>> comment_due(date(2026, 9, 30), 3)
    datetime.date(2026, 12, 30)
    """
    return add_months(last, months)
