"""Figures told to everybody in the demonstration: the department's and those of two schools."""

from __future__ import annotations

from datetime import date, timedelta

from donghanh.demonstration.dak_nong import DakNong
from donghanh.demonstration.days import instant
from donghanh.domain.calendar import SchoolYear
from donghanh.indicators import actions as indicators
from donghanh.lib import wall
from donghanh.openfigures import actions, queries
from donghanh.openfigures.queries import Chosen

_BY_SCHOOL = ("introduced", "listed", "trained", "decided", "admitted")
_OF_A_SCHOOL = ("introduced", "listed", "trained", "cell_passed")
#: After everything else of the day.
_HOUR = 21


def figures(story: DakNong, today: date) -> None:
    """
    Let the department and two schools tell everybody figures of the school year before.

    Who speaks for the department sees no case: the figures are counted first, as the job does.

    Args:
        story: The province, with all its days told.
        today: The day the stories are told on.
    """
    indicators.refresh_all(today=today)
    on = today - timedelta(days=1)
    before = SchoolYear.of(SchoolYear.of(today).since - timedelta(days=1)).key
    whole = Chosen(before, _BY_SCHOOL, by_school=True)
    told = [(story.officer, whole)]
    told += [(one.secretary, Chosen(before, _OF_A_SCHOOL)) for one in story.schools[:2]]
    for by, chosen in told:
        actor = story.stage.actor(by)
        with wall.looking(actor.reach.way, actor.reach.settings):
            seen = queries.draft(actor, chosen, on).digest
            actions.publish(actor=actor, chosen=chosen, seen=seen, at=instant(on, _HOUR), today=on)
