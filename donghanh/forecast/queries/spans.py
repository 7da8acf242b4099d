"""From which day to which a step can be done, in the words pages show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from donghanh.domain import leaving
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.forecast import Bound, Outlook, outlook
from donghanh.domain.leaving import Basis, Prospect
from donghanh.domain.procedure import Step
from donghanh.domain.rules import Rulebook
from donghanh.domain.year_classes import YearClass
from donghanh.dossiers import texts as words
from donghanh.dossiers.queries import Cite, Walk, cites
from donghanh.forecast import texts
from donghanh.forecast.models import LeavingDay

#: From how many days before its last day a step presses; ours, for how a page draws it.
NEAR = 30


@dataclass(frozen=True, slots=True)
class Span:
    """
    The days on which one step can be done.

    Attributes:
        step: Which.
        title: What it is called.
        since: First day.
        last_day: Last day; None where nothing closes it.
        state: Name of its shape.
        left: How many days are left, in words; nothing where nothing closes it.
        opened: What opens it, in words; nothing where it is possible now.
        closed: What closes it, in words.
        fresh_from: Done before this day it is too old when it is needed.
        cites: The rules behind it.
    """

    step: Step
    title: str
    since: date
    last_day: date | None
    state: str
    left: str
    opened: str
    closed: str
    fresh_from: date | None
    cites: tuple[Cite, ...]

    @property
    def is_open(self) -> bool:
        """Tell whether a day is left."""
        return self.last_day is None or self.since <= self.last_day


def span(one: Outlook, book: Rulebook, today: date) -> Span:
    """Return the days of a step in words."""
    return Span(
        step=one.step,
        title=book.step(one.step).short_vi,
        since=one.since,
        last_day=one.last_day,
        state=_state(one, today),
        left="" if one.last_day is None else words.left((one.last_day - today).days),
        opened="" if one.opened_by is Bound.TODAY else str(texts.OPENED[one.opened_by]),
        closed="" if one.closed_by is None else str(texts.CLOSED[one.closed_by]),
        fresh_from=one.fresh_from,
        cites=cites(one.entries),
    )


def _state(one: Outlook, today: date) -> str:
    if not one.is_open:
        return "late"
    if one.last_day is not None and (one.last_day - today).days <= NEAR:
        return "near"
    return "waiting" if one.since > today else "done"


def leaving_days(school_ids: Iterable[int]) -> dict[tuple[int, str], date]:
    """Return the days on which schools expect their pupils to leave, by school and school year."""
    kept = LeavingDay.objects.filter(school_id__in=list(school_ids))
    return {(one.school_id, one.school_year): one.on_date for one in kept}


def expected(school_id: int, year: SchoolYear) -> date | None:
    """Return the day a school expects its pupils to leave in a school year, or ``None``."""
    return leaving_days([school_id]).get((school_id, year.key))


def leaves_on(
    walk: Walk, classes: Sequence[YearClass], days: Mapping[tuple[int, str], date]
) -> date | None:
    """
    Return the day on which a pupil is expected to leave, or ``None``: nobody knows.

    Where no class bears a grade nobody knows: the year that the day of agreeing allows is the
    latest, not the one. A day that has passed without a graduation decision in the dossier tells
    nothing any more.

    Args:
        walk: The pupil's road.
        classes: The pupil's classes by school year.
        days: What ``leaving_days`` gives.
    """
    found = leaving.finish(classes, walk.road.case.consented_on or walk.today)
    if found.basis is Basis.AGREED:
        return None
    day = days.get((walk.dossier.school_id, found.year.key))
    return day if day is not None and day > walk.today else None


def prospect(
    walk: Walk, classes: Sequence[YearClass], days: Mapping[tuple[int, str], date]
) -> Prospect:
    """Return what of a road can still be done before the pupil leaves."""
    steps = outlook(walk.road, walk.book, walk.today, leaves_on(walk, classes, days))
    return leaving.prospect(walk.road, steps)
