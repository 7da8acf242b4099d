"""A whole road through the real actions."""

from __future__ import annotations

from datetime import timedelta

import pytest

from donghanh.domain.procedure import RoadStatus, Step
from donghanh.dossiers import queries
from donghanh.history import queries as history
from tests import factory

pytestmark = pytest.mark.django_db


class TestWalk:
    @pytest.mark.parametrize("regime", ["R1", "R3"])
    def test_leads_from_the_source_list_to_recognition(self, regime: str) -> None:
        cast = factory.cast()
        dossier = factory.walk_to(Step.RECOGNISED, cast, regime=regime)
        end = factory.BEGINS[regime] + timedelta(days=500)
        walk = factory.road(cast.secretary, dossier, end)
        assert walk.road.status is RoadStatus.RECOGNISED
        assert history.first_broken() is None

    def test_has_no_base_committee_where_there_is_none(self) -> None:
        cast = factory.cast()
        dossier = factory.walk_to(Step.ADMITTED, cast, cast.neighbour)
        steps = {act.step for act in queries.acts_of(dossier)}
        assert Step.BASE_VOTED not in steps
        assert not dossier.base_committee
