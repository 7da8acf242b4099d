"""Two presses at the same moment: one is kept, the other is told that somebody was quicker."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError

from donghanh.campaigns import actions
from donghanh.campaigns.models import Statement
from tests import chain, factory
from tests.integration.campaigns.running import YEAR, declined, gave, joined, opened
from tests.together import together

#: The day after that by which figures of the year are given.
LATE = date(2024, 6, 1)

pytestmark = pytest.mark.django_db(transaction=True)


class TestTwoAtOnce:
    def test_give_figures_once_and_answer_once(self) -> None:
        cast = factory.cast()
        campaign = opened(cast)
        joined(campaign, cast.school)
        assert together(
            lambda: gave(campaign, cast.school, 1, 1),
            lambda: gave(campaign, cast.school, 2, 2),
        ) == ["campaigns.changed_meanwhile", "done"]
        assert Statement.objects.count() == 1
        assert together(
            lambda: joined(campaign, cast.neighbour),
            lambda: declined(campaign, cast.neighbour),
        ) in (["campaigns.changed_meanwhile", "done"], ["done", "done"])
        assert chain.holds()

    def test_close_a_year_and_give_its_figures_in_one_order_or_the_other(self) -> None:
        cast = factory.cast()
        campaign = opened(cast)
        joined(campaign, cast.school)
        above = factory.actor(cast.upper_unionist, LATE)
        came = together(
            lambda: gave(campaign, cast.school, 1, 1, on=LATE),
            lambda: actions.close_year(
                actor=above,
                campaign_id=campaign.pk,
                school_year=YEAR,
                at=factory.instant(LATE),
                today=LATE,
            ),
        )
        assert set(came) <= {"campaigns.changed_meanwhile", "campaigns.year_closed", "done"}
        assert "done" in came
        assert Statement.objects.count() == came.count("done") - 1

    def test_is_refused_by_the_database_where_the_year_was_closed_meanwhile(self) -> None:
        cast = factory.cast()
        campaign = opened(cast)
        one = joined(campaign, cast.school)
        actions.close_year(
            actor=factory.actor(cast.upper_unionist, LATE),
            campaign_id=campaign.pk,
            school_year=YEAR,
            at=factory.instant(LATE),
            today=LATE,
        )
        with pytest.raises(IntegrityError):
            Statement.objects.create(
                joining=one,
                school_year=YEAR,
                revision=1,
                stated_at=factory.instant(LATE),
                stated_by=cast.union,
            )
