"""From which day to which the cell can vote on a person, and what bounds it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from donghanh.domain import eligibility
from donghanh.domain.acts import Step
from donghanh.domain.deadlines import ClockKind
from donghanh.domain.roads import Road
from donghanh.domain.timeline import Entry


class Bound(StrEnum):
    """What bounds the days on which the cell can vote."""

    TODAY = "today"
    AGE = "age"
    CERTIFICATE = "certificate"
    DOSSIER = "dossier"
    LEAVING = "leaving"


@dataclass(frozen=True, slots=True)
class VoteWindow:
    """
    The days on which the cell can vote, as far as dates alone decide it.

    Attributes:
        since: First day; never before the day asked about.
        last_day: Last day, inclusive; None when nothing bounds it.
        opened_by: What sets the first day.
        closed_by: What sets the last day; None when nothing does.
        entries: The rules behind the two bounds; a bound by the calendar of the school has none.
    """

    since: date
    last_day: date | None
    opened_by: Bound
    closed_by: Bound | None
    entries: tuple[Entry[object], ...]

    @property
    def is_open(self) -> bool:
        """Tell whether at least one day is left."""
        return self.last_day is None or self.since <= self.last_day


def vote_window(road: Road, today: date, leaves_on: date | None = None) -> VoteWindow | None:
    """
    Return the days on which the cell can still vote on a person.

    Args:
        road: Where the case stands.
        today: The day asked about.
        leaves_on: Day the graduation decision is expected to take effect, when it is not yet
            recorded in the case; from that day on the old school no longer considers.

    Returns:
        None once the cell has voted, or the person stopped. No likelihood and no judgement:
        dates only.
    """
    if road.stage(Step.CELL_VOTED).act is not None or road.case.stopped_on is not None:
        return None
    since, opened_by, first = _opening(road, today)
    closing = _closings(road, leaves_on)
    if not closing:
        return VoteWindow(since, None, opened_by, None, first)
    last_day, closed_by, second = min(closing, key=lambda one: (one[0], one[1]))
    return VoteWindow(since, last_day, opened_by, closed_by, (*first, *second))


def _opening(road: Road, today: date) -> tuple[date, Bound, tuple[Entry[object], ...]]:
    age = next((one for one in road.conditions if one.name == eligibility.AGE), None)
    if age is not None and age.from_day is not None and age.from_day > today:
        return age.from_day, Bound.AGE, age.entries
    return today, Bound.TODAY, ()


def _closings(
    road: Road, leaves_on: date | None
) -> list[tuple[date, Bound, tuple[Entry[object], ...]]]:
    found: list[tuple[date, Bound, tuple[Entry[object], ...]]] = []
    for step, bound in ((Step.TRAINED, Bound.CERTIFICATE), (Step.PAPERS, Bound.DOSSIER)):
        found += [
            (one.last_day, bound, (one.entry,))
            for one in road.stage(step).clocks
            if one.kind is ClockKind.EXPIRY
        ]
    leaving = road.case.graduated_on or leaves_on
    if leaving is not None:
        found.append((leaving - timedelta(days=1), Bound.LEAVING, ()))
    return found
