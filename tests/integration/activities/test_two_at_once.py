"""Two presses at the same moment: a pupil is counted once, and who counts knows when it is over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from donghanh.activities import actions
from donghanh.activities.models import CheckIn, Photo
from donghanh.history.models import Event
from tests import chain, factory
from tests.factory import Cast
from tests.integration.accompaniment import walking
from tests.integration.activities import holding
from tests.together import outcomes

pytestmark = pytest.mark.django_db(transaction=True)
ON = walking.TODAY


def walking_there(cast: Cast) -> walking.Pair:
    """Let a pupil be on the way; the code is laid anew in the transaction that leaves lines."""
    with transaction.atomic():
        return walking.pair(cast)


class TestTwoAtOnce:
    def test_check_a_pupil_in_once_and_count_one(self) -> None:
        cast = factory.cast()
        one, made = walking_there(cast), holding.opened(cast.union, ON)
        ended = outcomes(*[lambda: holding.checked_in(one.code, made, ON)] * 3)
        assert sorted(map(bool, ended)) == [False, False, True]
        made.refresh_from_db()
        assert (made.checked_in, CheckIn.objects.count()) == (1, 1)
        assert Event.objects.filter(action="activities.pupil_acted").count() == 1
        assert chain.holds()

    def test_state_the_number_and_check_in_in_one_order_or_the_other(self) -> None:
        cast = factory.cast()
        one, made = walking_there(cast), holding.opened(cast.union, ON)
        union, at = factory.actor(cast.union, ON), factory.instant(ON, 14)
        ended = outcomes(
            lambda: holding.checked_in(one.code, made, ON),
            lambda: actions.state_number(actor=union, activity_id=made.pk, stated=0, at=at),
        )
        made.refresh_from_db()
        # Counted first, nobody says nought; nought said first, nobody is counted.
        assert sorted(map(str, ended)) in (
            ["True", "activities.fewer_than_checked_in"],
            ["0", "activities.check_in_closed"],
        )
        assert CheckIn.objects.count() == made.checked_in == (made.turns is None)

    def test_keep_the_same_photo_once(self) -> None:
        cast = factory.cast()
        made = holding.planned(cast.union, ON - timedelta(days=1), at=ON, stated=4)
        ended = outcomes(*[lambda: holding.photographed(cast.union, made, ON)] * 2)
        assert len(set(ended)) == 1
        assert Photo.objects.count() == 1
