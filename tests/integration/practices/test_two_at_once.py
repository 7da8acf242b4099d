"""Two presses at the same moment: a house has one practice of a line, whoever was quicker."""

from __future__ import annotations

import pytest

from donghanh.practices import actions
from donghanh.practices.models import Practice
from tests import chain, factory
from tests.integration.practices.telling import AT, TODAY, recognised, taken
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)
LIBRARY = "thu-thach-va-dong-hanh"


class TestTwoAtOnce:
    def test_of_one_school_take_over_once_and_two_schools_both(self) -> None:
        cast = factory.cast()
        ended = together(
            lambda: taken(cast.secretary, LIBRARY, once="a"),
            lambda: taken(cast.union, LIBRARY, once="b"),
            lambda: taken(cast.neighbour.union, LIBRARY, once="c"),
        )
        assert sorted(ended) == ["done", "done", "practices.taken_already"]
        assert Practice.objects.values("house_id").distinct().count() == 2
        assert chain.holds()

    def test_withdraw_and_take_over_in_one_order_or_the_other(self) -> None:
        cast = factory.cast()
        ours = recognised(cast)
        secretary = factory.actor(cast.secretary, TODAY)
        ended = together(
            lambda: taken(cast.neighbour.secretary, ours),
            lambda: actions.withdraw(
                actor=secretary,
                practice_id=ours.pk,
                seen=3,
                reason="Thôi",
                ended=TODAY,
                at=AT,
                today=TODAY,
            ),
        )
        assert ended.count("done") + ended.count("practices.withdrawn") == 2
        assert Practice.objects.filter(parent=ours).count() == ended.count("done") - 1
