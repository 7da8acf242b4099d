"""Rules that change while dossiers are open: what was closed stays as it was judged."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from donghanh.amendments import actions as amendments
from donghanh.domain.procedure import Step
from donghanh.dossiers import queries
from donghanh.dossiers.actions import NewAct
from tests import factory
from tests.factory import Cast

pytestmark = pytest.mark.django_db

BEGINS = factory.BEGINS["R1"]
HARDER = """
[[rule."vote.cell".entries]]
regime = "R1"
replaces = true
value = { share = "9/10", strict = false, base = "official_convened" }
cite = { doc = "DL", article = "4.3", confidence = "V" }
"""
SHORTER = """
[[rule."admission.decision".entries]]
regime = "R1"
replaces = true
value = 20
cite = { doc = "QD24", article = "4.3.1", confidence = "V" }
"""


def day(step: Step, later: int = 0) -> date:
    return BEGINS + timedelta(days=factory.OFFSETS[step] + later)


def amend(cast: Cast, text: str, on: date) -> None:
    amendments.keep(
        actor=factory.actor(cast.administrator, on),
        text=text,
        note="Hướng dẫn mới",
        seen=0,
        at=factory.instant(on),
        today=on,
    )


@pytest.fixture
def cast() -> Cast:
    return factory.cast()


class TestAmendedRules:
    def test_judge_what_is_recorded_after_them(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.PAPERS, cast)
        on = day(Step.CELL_VOTED)
        amend(cast, HARDER, on)
        judgement = factory.record(cast.secretary, dossier, factory.act_of(Step.CELL_VOTED, on))
        assert not judgement.passed  # 13 of 15; nine tenths would be 14
        assert dossier.acts.get(step="cell_voted").edition == 1
        walk = factory.road(cast.secretary, dossier, on)
        page = queries.road_page(factory.actor(cast.secretary, on), walk)
        [now] = [row for phase in page.phases for row in phase.rows if row.state == "now"]
        assert "9/10" in now.threshold

    def test_leave_a_closed_vote_as_it_was_judged(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.CELL_VOTED, cast)
        on = day(Step.CELL_VOTED, 3)
        amend(cast, HARDER, on)
        walk = factory.road(cast.secretary, dossier, on)
        stage = walk.road.stage(Step.CELL_VOTED)
        assert stage.act is not None
        assert stage.threshold is not None
        assert str(stage.threshold.value).startswith(">= 2/3")
        assert dossier.acts.get(step="cell_voted").edition == 0

    def test_move_the_last_day_of_what_is_still_open(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.CELL_VOTED, cast)
        on = day(Step.CELL_VOTED, 3)
        before = factory.road(cast.secretary, dossier, on).road.stage(Step.DECIDED).last_day
        amend(cast, SHORTER, on)
        after = factory.road(cast.secretary, dossier, on).road.stage(Step.DECIDED).last_day
        assert before is not None
        assert after is not None
        assert after < before

    def test_count_a_vote_as_it_is_typed(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        dossier = factory.walk_to(Step.PAPERS, cast)
        on = day(Step.CELL_VOTED)
        factory.freeze(monkeypatch, on)
        amend(cast, HARDER, on)
        address = reverse("dossiers:count", args=[dossier.pk, "cell_voted"])
        query = f"?official=15&favour=13&on={on:%d/%m/%Y}"
        page = factory.signed_in(cast.secretary).get(address + query).content.decode()
        assert 'data-needed="14"' in page

    def test_are_kept_with_a_declaration_of_invalidity_too(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.LISTED, cast)
        on = day(Step.LISTED, 2)
        amend(cast, SHORTER, on)
        factory.record(cast.secretary, dossier, NewAct(step=Step.UNLISTED, on=on))
        assert dossier.acts.get(step="unlisted").edition == 1


class TestStatements:
    """The rulebook is asked for once, however many dossiers there are."""

    def asked(self, found: CaptureQueriesContext) -> int:
        return sum("amendments_amendment" in one["sql"] for one in found.captured_queries)

    @pytest.mark.parametrize("address", ["/con-duong/", "/", "/con-duong/danh-sach.xlsx"])
    def test_of_a_list_ask_for_the_rules_once(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch, address: str
    ) -> None:
        for _ in range(3):
            factory.walk_to(Step.LISTED, cast)
        factory.freeze(monkeypatch, day(Step.LISTED, 2))
        client = factory.signed_in(cast.secretary)
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        assert self.asked(found) == 1

    def test_of_a_road_ask_for_the_rules_once(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        dossier = factory.walk_to(Step.LISTED, cast)
        factory.freeze(monkeypatch, day(Step.LISTED, 2))
        client = factory.signed_in(cast.secretary)
        for name, *more in (("road",), ("record", "trained"), ("void", 3), ("facts",)):
            address = reverse(f"dossiers:{name}", args=[dossier.pk, *more])
            with CaptureQueriesContext(connection) as found:
                assert client.get(address).status_code == 200
            assert self.asked(found) == 1, name

    def test_of_all_schools_ask_for_the_rules_once(
        self, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        factory.walk_to(Step.LISTED, cast)
        factory.walk_to(Step.LISTED, cast, cast.neighbour)
        schools = [cast.school.unit.pk, cast.neighbour.unit.pk]
        with django_assert_num_queries(5):  # who looks, dossiers, acts, consents, the rules
            queries.roads_of_schools(schools, day(Step.LISTED, 2))
