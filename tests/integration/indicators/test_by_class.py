"""Figures by class: what stands in each, against a count by hand, and who may look."""

from __future__ import annotations

import random
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from donghanh.domain.acts import Step
from donghanh.indicators import actions, queries
from donghanh.indicators.queries import Asked, NotShown
from donghanh.lib import wall
from donghanh.organisation import queries as organisation
from donghanh.people.models import Enrolment
from tests import factory
from tests.integration.indicators.test_spans import cohort

pytestmark = pytest.mark.django_db
YEAR, DAY = "2023-2024", date(2024, 6, 3)


def page(user: object, asked: Asked = Asked(YEAR, DAY)) -> queries.ClassesPage:  # noqa: B008 - frozen
    """The page as somebody sees it, through the wall."""
    actor = factory.actor(user, DAY)  # type: ignore[arg-type]  # an account
    with wall.looking(actor.reach.way, actor.reach.settings):
        return queries.by_class(actor, asked, DAY)


class TestByClass:
    def test_adds_up_to_the_figures_of_the_school_and_counts_each_in_one_class(self) -> None:
        cast = factory.cast()
        chance = random.Random(11)  # noqa: S311 - a cohort, no secret
        cohort(chance, cast, 8)
        actions.refresh_all(today=DAY)
        actor = factory.actor(cast.secretary, DAY)
        found = page(cast.secretary)
        board = queries.board(actor, Asked(YEAR, DAY), DAY)
        whole = {row.figure.code: row.now.number for row in board.rows}
        for place, column in enumerate(found.columns):
            parts = sum(row.values[place] for row in found.rows) + found.closed[place]
            assert parts == found.totals[place] == whole[column.code], column.code

    def test_puts_a_pupil_into_the_class_of_the_day(self) -> None:
        cast = factory.cast()
        one, two = (factory.walk_to(Step.LISTED, cast) for _ in range(2))
        actions.refresh_all(today=DAY)
        Enrolment.objects.filter(person_id=one.person_id).update(class_name="11A1")
        Enrolment.objects.filter(person_id=two.person_id).update(class_name="11A2")
        Enrolment.objects.create(
            person_id=two.person_id,
            school_id=two.school_id,
            school_year="2024-2025",
            class_name="12A2",
            since_date=date(2024, 8, 20),
            written_at=factory.instant(date(2024, 8, 20)),
            written_by=cast.secretary,
        )
        found = page(cast.secretary)
        place = [column.code for column in found.columns].index("listed")
        listed = {row.name: row.values[place] for row in found.rows}
        assert listed == {"11A1": 1, "11A2": 1}

    def test_asks_as_much_for_many_as_for_one(self) -> None:
        cast = factory.cast()
        organisation.world()
        asked = []
        for _ in range(2):
            factory.walk_to(Step.LISTED, cast)
            actions.refresh_all(today=DAY)
            with CaptureQueriesContext(connection) as said:
                page(cast.secretary)
            asked.append(len(said))
        assert asked[0] == asked[1]

    def test_is_not_for_who_may_see_no_cases_nor_for_another_school(self) -> None:
        cast = factory.cast()
        factory.walk_to(Step.LISTED, cast)
        with pytest.raises(NotShown):
            page(cast.officer)
        with pytest.raises(NotShown):
            page(cast.outsider, Asked(YEAR, DAY, unit=cast.school.unit.pk))
