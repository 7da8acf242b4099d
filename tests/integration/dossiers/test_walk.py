"""A whole road through the real actions."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from donghanh.domain.procedure import RoadStatus, Step
from donghanh.dossiers import queries
from tests import chain, factory

pytestmark = pytest.mark.django_db


class TestWalk:
    @pytest.mark.parametrize("regime", ["R1", "R3"])
    def test_leads_from_the_source_list_to_recognition(self, regime: str) -> None:
        cast = factory.cast()
        dossier = factory.walk_to(Step.RECOGNISED, cast, regime=regime)
        end = factory.BEGINS[regime] + timedelta(days=500)
        walk = factory.road(cast.secretary, dossier, end)
        assert walk.road.status is RoadStatus.RECOGNISED
        assert chain.holds()

    def test_has_no_base_committee_where_there_is_none(self) -> None:
        cast = factory.cast()
        dossier = factory.walk_to(Step.RECOGNISED, cast, cast.neighbour)
        steps = {act.step for act in queries.acts_of(dossier)}
        assert not steps & {Step.BASE_VOTED, Step.RECOGNITION_BASE_VOTED}
        assert not dossier.base_committee

    def test_passes_a_sub_committee_where_there_is_one(self) -> None:
        cast = factory.cast()
        dossier = factory.walk_to(Step.RECOGNISED, cast, sub_committee=True)
        steps = {act.step for act in queries.acts_of(dossier)}
        assert {Step.APPRAISED, Step.RECOGNITION_APPRAISED} <= steps
        assert dossier.acts.get(step=Step.APPRAISED.value).recorded_by == cast.base_member

    def test_is_decided_by_the_base_committee_that_was_delegated(self) -> None:
        cast = factory.cast()
        dossier = factory.walk_to(Step.RECOGNISED, cast, delegated=True)
        for step in (Step.DECIDED, Step.RECOGNISED):
            act = dossier.acts.get(step=step.value)
            assert act.recorded_by == cast.base_member
            assert act.favour is None

    def test_goes_without_the_union_where_two_members_introduce(self) -> None:
        cast = factory.cast()
        dossier = factory.walk_to(Step.CELL_VOTED, cast, by_members=True)
        acts = queries.acts_of(dossier)
        assert Step.INTRODUCED not in {act.step for act in acts}
        assert [act.form for act in acts].count("3-KNĐ") == 2
        assert "4-KNĐ" not in {act.form for act in acts}

    def test_takes_the_parents_opinion_where_the_place_asks_for_it(self) -> None:
        cast = factory.cast(place="Hà Nội")
        dossier = factory.walk_to(Step.CELL_VOTED, cast, begins=date(2025, 12, 1))
        assert "2-TN" in {act.form for act in queries.acts_of(dossier)}
        walk = factory.road(cast.secretary, dossier, date(2026, 3, 1))
        assert walk.road.stage(Step.BASE_VOTED).clocks[0].name == "admission.base_resolution"

    def test_goes_on_without_the_steps_that_hold_nobody_up(self) -> None:
        cast = factory.cast()
        dossier = factory.walk_to(Step.CHALLENGED, cast)
        road = factory.road(cast.secretary, dossier, dossier.opened_date + timedelta(days=30)).road
        assert road.current is not None
        assert road.current.step is Step.TRAINED
        assert {Step.SENT_TO_CLASS} <= {stage.step for stage in road.open}
