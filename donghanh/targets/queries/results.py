"""What has been done by the units: now, at the cut-off, and what can still be done in time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from donghanh.amendments import queries as amendments
from donghanh.directives.models import Task
from donghanh.domain import indicators
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.indicators import Indicator
from donghanh.dossiers import queries as dossiers
from donghanh.forecast import queries as forecast


@dataclass(frozen=True, slots=True)
class Done:
    """
    What the pupils of one school add up to; numbers, never who.

    Attributes:
        result: As the cases stand today; of a year that is over, on its last day.
        at_cutoff: On the day reports are counted to; ``None``: that day is to come, or unknown.
        ahead: For how many it can still be done by the day that counts; 0 once that has passed.
    """

    result: int
    at_cutoff: int | None
    ahead: int


def cutoff_of(year: SchoolYear) -> date | None:
    """Return the last day reports of a school year are counted to; ``None``: nobody asked yet."""
    tasks = Task.objects.filter(kind="report", school_year=year.key)
    last = tasks.aggregate(last=Max("last_date"))["last"]
    return None if last is None else min(max(last, year.since), year.last_day)


def done_by(
    schools: Iterable[int], indicator: Indicator, year: SchoolYear, cutoff: date | None, today: date
) -> Mapping[int, Done]:
    """
    Return what the pupils of schools add up to, by school, in a fixed number of statements.

    Args:
        schools: Ids of schools.
        indicator: What is counted.
        year: The school year.
        cutoff: The day reports are counted to, where it is known.
        today: The day it is asked on (Asia/Ho_Chi_Minh).
    """
    book = amendments.current()
    day = max(year.since, min(today, year.last_day))
    passed = cutoff is not None and cutoff < today
    by = cutoff if cutoff is not None and not passed else year.last_day
    found = {}
    for school, roads in dossiers.roads_of_schools(schools, today).items():
        now = roads
        if day < today:
            now = {key: indicators.standing(road, book, day) for key, road in roads.items()}
        at_cutoff = None
        if passed and cutoff is not None:
            then = {key: indicators.standing(road, book, cutoff) for key, road in roads.items()}
            at_cutoff = indicators.count(indicator, then, year, cutoff).value
        result = indicators.count(indicator, now, year, day)
        counted = set(result.cases)
        left = [road for key, road in roads.items() if key not in counted]
        step = indicator.step
        ahead = 0
        if step is not None and year.since <= today <= by:
            ahead = forecast.still_possible(left, step, by, book, today)
        found[school] = Done(result.value, at_cutoff, ahead)
    return found
