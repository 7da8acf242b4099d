"""Days the invented things happen on: working days, and instants within them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from donghanh.domain import rules
from donghanh.domain.acts import Step
from donghanh.domain.calendar import MONDAY_TO_FRIDAY, CalendarEnds

#: Hours between Asia/Ho_Chi_Minh and UTC.
_OFFSET = timedelta(hours=7)
_DAY = timedelta(days=1)

#: How far along the whole way from the source list to the ceremony each step is done.
PACE: dict[Step, float] = {
    Step.SOURCED: 0.0,
    Step.INTRODUCED: 0.08,
    Step.LISTED: 0.17,
    Step.CHALLENGED: 0.21,
    Step.SENT_TO_CLASS: 0.26,
    Step.TRAINED: 0.34,
    Step.ASKED: 0.38,
    Step.ALLOWED: 0.43,
    Step.APPLIED: 0.47,
    Step.VERIFICATION_SENT: 0.49,
    Step.VERIFIED: 0.58,
    Step.VOUCHED: 0.59,
    Step.OPINIONS: 0.62,
    Step.CELL_VOTED: 0.66,
    Step.APPRAISED: 0.7,
    Step.BASE_VOTED: 0.74,
    Step.DECIDED: 0.86,
    Step.ADMITTED: 1.0,
}
#: How many days after the ceremony, and after the twelve months are over, each later step is done.
AFTER_CEREMONY: dict[Step, int] = {Step.MEMBER_PAPERS: 12, Step.NEW_MEMBER_CLASS: 150}
AFTER_PROBATION: dict[Step, int] = {
    Step.RECOGNITION_PAPERS: 4,
    Step.RECOGNITION_VOTED: 9,
    Step.RECOGNITION_APPRAISED: 13,
    Step.RECOGNITION_BASE_VOTED: 17,
    Step.RECOGNISED: 28,
    Step.CARDED: 60,
}


def instant(day: date, hour: int = 8, minute: int = 0) -> datetime:
    """Return a time of a day in Asia/Ho_Chi_Minh, as an aware instant in UTC."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC) - _OFFSET


def is_working(day: date) -> bool:
    """Tell whether a day is worked; outside the calendar, whether it is Monday to Friday."""
    try:
        return rules.load().workdays().is_working(day)
    except CalendarEnds:
        return day.weekday() in MONDAY_TO_FRIDAY


def on_or_after(day: date) -> date:
    """Return the first working day from a day on."""
    while not is_working(day):
        day += _DAY
    return day


def on_or_before(day: date) -> date:
    """Return the last working day up to a day."""
    while not is_working(day):
        day -= _DAY
    return day


def back(day: date, count: int) -> date:
    """Return the working day a number of working days before a day."""
    for _ in range(count):
        day = on_or_before(day - _DAY)
    return day


def spread(begin: date, end: date, steps: Sequence[Step] = tuple(PACE)) -> dict[Step, date]:
    """
    Lay the steps of a road between two days, each on a working day.

    Args:
        begin: Day of the first step.
        end: Day of the last step.
        steps: The steps, in order.
    """
    first, last = PACE[steps[0]], PACE[steps[-1]]
    whole = (end - begin).days
    laid = {}
    for step in steps:
        share = (PACE[step] - first) / (last - first) if last > first else 0.0
        laid[step] = on_or_before(begin + timedelta(days=round(whole * share)))
    return laid


def after(ceremony: date, over: date) -> dict[Step, date]:
    """
    Lay the steps that follow a ceremony, each on a working day.

    Args:
        ceremony: Its day.
        over: Day the twelve months end.
    """
    begun = {step: (ceremony, later) for step, later in AFTER_CEREMONY.items()}
    begun |= {step: (over, later) for step, later in AFTER_PROBATION.items()}
    return {step: on_or_after(day + timedelta(days=later)) for step, (day, later) in begun.items()}
