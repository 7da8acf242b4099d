"""Figure 6: practices in force are counted; where none is kept, what was entered once stands."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from donghanh.domain import figures
from donghanh.indicators import actions, queries
from donghanh.indicators.models import Entered
from donghanh.indicators.queries import Asked
from donghanh.practices.models import Practice
from tests import factory
from tests.factory import Cast
from tests.integration.practices.telling import AT, TODAY, recognised, stated, taken

pytestmark = pytest.mark.django_db
YEAR, BEFORE = "2023-2024", "2022-2023"
#: The same count, written anew: one of a line, begun by the day and not ended by it.
AGAIN = """
SELECT count(*) FROM (SELECT DISTINCT line FROM practices_practice WHERE house_id = %s
 AND began_date IS NOT NULL AND began_date <= %s
 AND NOT coalesce(ended_date <= %s, false)) AS counted
"""


def board(cast: Cast) -> tuple[int | None, int | None]:
    shown = queries.board(factory.actor(cast.secretary, TODAY), Asked(YEAR), TODAY)
    row = next(one for one in shown.rows if one.figure.code == "models")
    return row.now.number, row.before.number


class TestModels:
    def test_count_what_is_in_force_beside_what_an_older_year_entered(self) -> None:
        cast = factory.cast()
        school = cast.school.unit
        for year, value in ((YEAR, 9), (BEFORE, 4)):
            actions.enter_figures(
                actor=factory.actor(cast.secretary, TODAY),
                school_id=school.pk,
                school_year=year,
                values={"pupils": 800},
                at=AT,
            )
            # As a school entered it before it was counted.
            Entered.objects.filter(code="pupils", school_year=year).update(
                code="models", value=value
            )
        assert board(cast) == (9, 4)
        ours = recognised(cast)
        stated(cast.secretary, ours)
        taken(cast.union, "thu-thach-va-dong-hanh", since=TODAY - timedelta(days=10))
        assert board(cast) == (2, 4)
        with connection.cursor() as cursor:
            cursor.execute(AGAIN, [school.pk, TODAY, TODAY])
            assert cursor.fetchone() == (2,)
        assert Practice.objects.count() == 2

    def test_are_no_longer_entered(self) -> None:
        cast = factory.cast()
        with pytest.raises(figures.NotEntered):
            actions.enter_figures(
                actor=factory.actor(cast.secretary, TODAY),
                school_id=cast.school.unit.pk,
                school_year=YEAR,
                values={"models": 1},
                at=AT,
            )
