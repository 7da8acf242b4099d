"""The set-up of the tests is the same whether it was made or stands there again."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from tests import chain, factory, photograph, stage

ON = date(2026, 11, 2)


@pytest.mark.django_db
class TestCast:
    @pytest.mark.parametrize("time", ["made", "once more", "and again"])
    def test_stands_whole_each_time(self, time: str) -> None:
        if time == "made":
            photograph._TAKEN.clear()
        cast = factory.cast()
        assert factory.actor(cast.secretary, ON).schools == {cast.school.unit.pk}
        assert factory.actor(cast.committee, ON).schools == {
            cast.school.unit.pk,
            cast.neighbour.unit.pk,
        }
        assert cast.officer.check_password(stage.PASSWORD)
        assert chain.holds()
        # Nothing that comes afterwards takes a number that is there.
        later = factory.school(
            "sau",
            "Trường THPT (mô phỏng) Sau",
            department=cast.department,
            above=cast.base,
            upper=cast.upper_union,
        )
        assert factory.actor(later.secretary, ON).schools == {later.unit.pk}
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM history_event")
            assert cursor.fetchone()[0] == 44 + 12
