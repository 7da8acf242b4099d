"""How many can still do a step by a day: a number, for those who count and see no case."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from donghanh.domain.acts import Step
from donghanh.domain.forecast import outlook
from donghanh.domain.roads import Road
from donghanh.domain.rules import Rulebook


def still_possible(roads: Iterable[Road], step: Step, by: date, book: Rulebook, today: date) -> int:
    """
    Return for how many a step that is to come can be done by a day, as far as dates alone tell.

    Args:
        roads: Where the cases stand today.
        step: Which step.
        by: The last day that counts, inclusive.
        book: The rules.
        today: The day it is asked on (Asia/Ho_Chi_Minh).

    Returns:
        Persons for whom neither this step nor one before it is closed. No likelihood: as if every
        vote carried and every paper came.
    """
    return sum(_can_still(road, step, by, book, today) for road in roads)


def _can_still(road: Road, step: Step, by: date, book: Rulebook, today: date) -> bool:
    steps = outlook(road, book, today)
    place = next((place for place, one in enumerate(steps) if one.step is step), None)
    if place is None:
        return False
    return steps[place].since <= by and all(one.is_open for one in steps[: place + 1])
