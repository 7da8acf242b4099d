"""Figures by topic, and a voice to a unit that ended."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection, transaction

from donghanh.domain import succession
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.voices import Addressee, Topic
from donghanh.lib import wall
from donghanh.reorganisation import actions as reorganisation
from donghanh.reorganisation import queries as operations
from donghanh.voices import queries
from donghanh.voices.models import Voice
from tests import factory
from tests.integration.voices.speaking import NEXT, ON, spoken

pytestmark = pytest.mark.django_db


class TestFigures:
    def test_are_shown_from_five_upwards_by_unit_and_not_of_today(self) -> None:
        cast = factory.cast()
        for topic, times in ((Topic.PLACE, 5), (Topic.STUDY, 2), (Topic.FEES, 7)):
            for _ in range(times):
                spoken(cast.school, topic=topic)
        for _ in range(3):
            spoken(cast.neighbour)
        spoken(cast.school, topic=Topic.FEES, on=NEXT)
        year = SchoolYear.of(ON)
        found = queries.figures(factory.actor(cast.officer, ON), year, NEXT)
        by_unit = {row.name: (dict(row.cells), row.total) for row in found.rows}
        ours, total = next(one for one in by_unit.values() if one[1] == 14)
        # Two of a topic are hidden, and five with them: else the total less the rest would tell.
        assert sorted(value for value in ours.values() if value) == [7]
        assert list(ours.values()).count(None) == 2
        assert total == 14
        theirs = next(one for one in by_unit.values() if one[1] is None)
        assert set(theirs[0].values()) == {None, 0}
        (own,) = queries.figures(factory.actor(cast.secretary, ON), year, NEXT).rows
        assert own.total == 14

    def test_are_counted_through_the_wall_for_the_own_units_alone(self) -> None:
        cast = factory.cast()
        for _ in range(6):
            spoken(cast.school)
        for user, number in ((cast.officer, 1), (cast.outsider, 0), (cast.upper_unionist, 0)):
            actor = factory.actor(user, ON)
            with wall.looking(actor.reach.way, actor.reach.settings):
                assert len(queries.figures(actor, SchoolYear.of(ON), NEXT).rows) == number
                with connection.cursor() as cursor:
                    asked = f"{{{cast.school.cell.pk}}}"
                    cursor.execute(
                        "SELECT * FROM voices_counted(%s::bigint[], %s, %s)", [asked, ON, NEXT]
                    )
                    assert cursor.fetchall() == []


class TestHeir:
    def test_of_a_school_that_ended_gets_the_voice(self) -> None:
        cast = factory.cast()
        keeper = factory.actor(cast.administrator, ON)
        decision = succession.Decision("1-QĐ/UBND", ON, "UBND tỉnh (mô phỏng)")
        change = succession.Merge((cast.school.unit.pk,), cast.neighbour.unit.pk)
        operation = succession.Operation(change, decision, ON)
        with transaction.atomic():
            reorganisation.reorganise(
                actor=keeper,
                operation=operation,
                seen=operations.preview(keeper, operation, ON).digest,
                at=factory.instant(ON),
                today=ON,
            )
        after = ON + timedelta(days=1)
        page = queries.writing(cast.school.unit.pk, after)
        assert page is not None and page.school.id == cast.neighbour.unit.pk
        voice, _ = spoken(cast.school, to=Addressee.SCHOOL, on=after)
        assert Voice.objects.get(pk=voice.pk).school == cast.neighbour.unit
        assert queries.whereto(cast.neighbour.unit.pk, Addressee.SCHOOL, after) is not None
