"""Held activities of a school are figures of its year."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from donghanh.activities import actions as room
from donghanh.activities.models import Activity
from donghanh.domain.succession import View
from donghanh.indicators import actions, queries
from donghanh.indicators.models import Entered
from tests import factory
from tests.factory import Cast
from tests.integration.activities import holding

pytestmark = pytest.mark.django_db

ON = date(2024, 3, 20)
YEAR = "2023-2024"


def told(cast: Cast, day: date) -> tuple[int, int]:
    """Return what the figures of the school say of its activities up to a day."""
    said = queries.answer(cast.school.unit.code, YEAR, day, View.AS_WAS, ON + timedelta(days=60))
    by = {one["code"]: one["value"] for one in said["units"][0]["figures"]}
    return by["activities"], by["activity_turns"]


def recounted(cast: Cast, day: date) -> tuple[int, int]:
    """Count the same once more, row by row."""
    found = [
        one.turns or 0
        for one in Activity.objects.all()
        if one.school_id == cast.school.unit.pk
        and one.held_at
        and date(2023, 8, 1) <= one.on_date <= day
    ]
    return len(found), sum(found)


class TestFigures:
    def test_count_held_activities_of_the_year_up_to_the_day(self) -> None:
        cast = factory.cast()
        actions.refresh_all(today=ON)
        holding.planned(cast.union, ON - timedelta(days=9), at=ON, stated=40)
        holding.planned(cast.secretary, ON - timedelta(days=2), at=ON, stated=25)
        holding.planned(cast.union, date(2023, 7, 31), at=ON, stated=999)  # the year before
        holding.planned(cast.officer, ON - timedelta(days=2), at=ON, stated=999)
        holding.planned(cast.outsider, ON - timedelta(days=2), at=ON, stated=999)
        off = holding.planned(cast.union, ON + timedelta(days=2), at=ON)
        union = factory.actor(cast.union, ON)
        room.call_off(actor=union, activity_id=off.pk, reason="Mưa.", at=factory.instant(ON))
        for day, many in ((ON - timedelta(days=3), (1, 40)), (ON, (2, 65))):
            assert told(cast, day) == many == recounted(cast, day)

    def test_keep_what_was_entered_for_a_year_of_which_none_is_kept(self) -> None:
        cast = factory.cast()
        actions.refresh_all(today=ON)
        assert told(cast, ON) == (0, 0)
        for code, value in (("activities", 12), ("activity_turns", 800)):
            Entered.objects.create(
                school=cast.school.unit,
                school_year=YEAR,
                code=code,
                value=value,
                entered_at=factory.instant(ON),
                entered_by=cast.secretary,
            )
        assert told(cast, ON) == (12, 800)
        holding.planned(cast.union, ON, stated=None)  # planned alone changes nothing
        assert told(cast, ON) == (12, 800)
        holding.planned(cast.union, ON - timedelta(days=2), at=ON, stated=40)
        assert told(cast, ON) == (1, 40)
        assert told(cast, ON - timedelta(days=3)) == (0, 0)  # the same way on every day
