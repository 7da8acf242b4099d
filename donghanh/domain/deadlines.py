"""Waits, windows, dues, expiries: clocks that run for a given day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from donghanh.domain.acts import Step
from donghanh.domain.calendar import CalendarEnds, Workdays, add_months
from donghanh.domain.catalogue import ClockKind as ClockKind
from donghanh.domain.timeline import CENTRAL, Entry

WORKING_DAY = "working_day"
DAY = "day"
MONTH = "month"


class ClockState(StrEnum):
    """How a clock stands on a day."""

    LATE = "late"
    NEAR = "near"
    RUNNING = "running"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Clock:
    """
    A span of time a rule sets.

    Attributes:
        kind: Wait, window, due or expiry.
        name: Name of the rule (``admission.decision``).
        starts_on: Day 0.
        last_day: Last day inside, inclusive; the one allowed, where more time was granted.
        entry: The rule that sets the span, with its citation.
        extension_last_day: Last day if the allowed extension is granted.
        extension_entry: The rule that allows the extension.
        done_on: Day the awaited thing happened, if it did.
        settled: False when the rule or the calendar still awaits comparison with the original.
        granted: True when a committee allowed more time.
        consequence_vi: What follows when it is missed.
        ends: Step whose act ends it; None where no step of the road does.
    """

    kind: ClockKind
    name: str
    starts_on: date
    last_day: date
    entry: Entry[int]
    extension_last_day: date | None = None
    extension_entry: Entry[int] | None = None
    done_on: date | None = None
    settled: bool = True
    granted: bool = False
    consequence_vi: str = ""
    ends: Step | None = None

    def __hash__(self) -> int:
        """Hash by what tells clocks apart."""
        return hash((self.name, self.entry.scope, self.starts_on, self.last_day))

    @property
    def is_local(self) -> bool:
        """Tell whether a local rule sets it: a warning only, the central one is the violation."""
        return self.entry.scope != CENTRAL

    @property
    def free_on(self) -> date:
        """First day after the clock: when a wait is over, when an expiry has struck."""
        return self.last_day + timedelta(days=1)

    @property
    def done_late(self) -> bool:
        """Tell whether the thing happened after the last day."""
        return self.done_on is not None and self.done_on > self.last_day

    def days_left(self, today: date) -> int:
        """Return calendar days up to the last day; 0 on it, negative after it."""
        return (self.last_day - today).days

    def state(self, today: date, near: int) -> ClockState:
        """
        Return how the clock stands.

        Args:
            today: The day asked about (Asia/Ho_Chi_Minh).
            near: Calendar days before the last day from which it counts as near.

        Returns:
            A wait is RUNNING until it is over and then DONE; it is never late. The others are
            DONE when done, LATE after the last day, NEAR close to it.
        """
        if self.done_on is not None:
            return ClockState.DONE
        left = self.days_left(today)
        if self.kind is ClockKind.WAIT:
            return ClockState.RUNNING if left >= 0 else ClockState.DONE
        if left < 0:
            return ClockState.LATE
        return ClockState.NEAR if left <= near else ClockState.RUNNING


def span_end(start: date, entry: Entry[int], workdays: Workdays) -> date:
    """
    Return the last day of a span that starts on a day.

    Args:
        start: Day 0.
        entry: The length; its ``unit`` says working days, days or months.
        workdays: The official calendar.

    Raises:
        CalendarEnds: The calendar does not reach that far.
        ValueError: The unit is none of these.
    """
    if entry.unit == WORKING_DAY:
        return workdays.add(start, entry.value)
    if entry.unit == DAY:
        return start + timedelta(days=entry.value)
    if entry.unit == MONTH:
        return add_months(start, entry.value)
    raise ValueError(entry.unit)


def clock(
    kind: ClockKind,
    start: date,
    entry: Entry[int],
    workdays: Workdays,
    *,
    extension: Entry[int] | None = None,
    done_on: date | None = None,
    granted_until: date | None = None,
    consequence_vi: str = "",
    ends: Step | None = None,
) -> Clock:
    """
    Return the clock a rule starts on a day.

    Args:
        kind: What the clock means.
        start: Day 0.
        entry: The rule in force on the day the clock starts.
        workdays: The official calendar.
        extension: The rule that allows more time, in the same unit, counted from the last day.
        done_on: Day the awaited thing happened.
        granted_until: Last day a committee allowed, later than the rule's own.
        consequence_vi: What follows when it is missed.
        ends: Step whose act ends it.

    Raises:
        CalendarEnds: The calendar does not reach the last day.

    Source:
        rulebook/deadlines.toml
    """
    last = span_end(start, entry, workdays)
    settled = entry.settled and (entry.unit != WORKING_DAY or workdays.confirmed(start, last))
    return Clock(
        kind=kind,
        name=entry.name,
        starts_on=start,
        last_day=last if granted_until is None else max(last, granted_until),
        entry=entry,
        extension_last_day=_extended(last, extension, workdays),
        extension_entry=extension,
        done_on=done_on,
        settled=settled,
        granted=granted_until is not None and granted_until > last,
        consequence_vi=consequence_vi,
        ends=ends,
    )


def _extended(last: date, extension: Entry[int] | None, workdays: Workdays) -> date | None:
    if extension is None:
        return None
    try:
        return span_end(last, extension, workdays)
    except CalendarEnds:
        return None  # the first span still stands; the calendar must be prolonged
