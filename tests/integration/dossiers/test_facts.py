"""The facts of a case that decide which way its road goes: who sets them, and until when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from donghanh.accounts.models import User
from donghanh.domain import refusals
from donghanh.domain.authority import NotAllowed
from donghanh.domain.procedure import Step
from donghanh.dossiers import actions, queries
from donghanh.dossiers.models import Dossier
from donghanh.history.models import Event
from tests import chain, factory
from tests.factory import Cast

pytestmark = pytest.mark.django_db

BEGINS = factory.BEGINS["R1"]
TODAY = BEGINS + timedelta(days=140)


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    factory.freeze(monkeypatch, TODAY)
    return factory.cast()


def put(user: User, dossier: Dossier, *, was: str | None = None, **changed: Any) -> None:
    dossier.refresh_from_db()
    before = queries.facts_of(dossier)
    actions.set_facts(
        actor=factory.actor(user, TODAY),
        dossier_id=dossier.pk,
        seen=dossier.acts_recorded,
        was=before.mark if was is None else was,
        facts=replace(before, **changed),
        at=factory.instant(TODAY),
        today=TODAY,
    )


class TestSetFacts:
    @pytest.mark.parametrize("who", ["secretary", "base_member", "committee"])
    def test_keeps_them_with_one_line_that_tells_no_verdict(self, cast: Cast, who: str) -> None:
        dossier = factory.walk_to(Step.LISTED, cast)
        before = Event.objects.count()
        put(getattr(cast, who), dossier, delegated=True, standards=(("pupil.conduct", False),))
        dossier.refresh_from_db()
        assert (dossier.delegated, dossier.standards) == (True, {"pupil.conduct": False})
        line = Event.objects.order_by("-id")[0]
        assert Event.objects.count() == before + 1
        assert (line.action, line.facts) == (
            "dossiers.facts_set",
            {"facts": ["delegated", "pupil.conduct"]},
        )
        assert chain.holds()

    def test_writes_nothing_when_nothing_changes(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.LISTED, cast)
        before = Event.objects.count()
        put(cast.secretary, dossier)
        assert Event.objects.count() == before

    def test_refuses_the_union(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.LISTED, cast)
        with pytest.raises(NotAllowed):
            put(cast.union, dossier, delegated=True)

    @pytest.mark.parametrize("who", ["outsider", "officer", "upper_unionist", "administrator"])
    def test_does_not_exist_for_others(self, cast: Cast, who: str) -> None:
        dossier = factory.walk_to(Step.LISTED, cast)
        with pytest.raises(Dossier.DoesNotExist):
            put(getattr(cast, who), dossier, delegated=True)

    def test_refuses_what_was_sent_over_other_facts(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.LISTED, cast)
        put(cast.secretary, dossier, sub_committee=True)
        with pytest.raises(actions.ChangedMeanwhile):
            put(cast.committee, dossier, was="", delegated=True)
        dossier.refresh_from_db()
        assert not dossier.delegated

    @pytest.mark.parametrize(
        ("name", "last", "open_at", "by"),
        [
            ("by_members", Step.INTRODUCED, Step.SOURCED, Step.INTRODUCED),
            ("sub_committee", Step.BASE_VOTED, Step.CELL_VOTED, Step.BASE_VOTED),
            ("delegated", Step.BASE_VOTED, Step.CELL_VOTED, Step.BASE_VOTED),
        ],
    )
    def test_refuses_a_branch_whose_step_was_done(
        self, cast: Cast, name: str, last: Step, open_at: Step, by: Step
    ) -> None:
        turned: dict[str, Any] = {name: True}
        still = factory.walk_to(open_at, cast)
        put(cast.secretary if open_at is Step.SOURCED else cast.committee, still, **turned)
        done = factory.walk_to(last, cast)
        with pytest.raises(actions.BranchSettled) as refused:
            put(cast.secretary, done, **turned)
        assert refused.value.facts["step"] is by

    def test_opens_a_branch_again_with_the_step_that_settled_it(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.BASE_VOTED, cast)
        dossier.refresh_from_db()
        actions.void_act(
            actor=factory.actor(cast.base_member, TODAY),
            dossier_id=dossier.pk,
            seen=dossier.acts_recorded,
            number=dossier.acts_recorded,
            reason="Sai nhiệm kỳ",
            at=factory.instant(TODAY),
            today=TODAY,
        )
        put(cast.committee, dossier, delegated=True)

    def test_refuses_a_failed_vote_to_be_judged_otherwise(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.CELL_VOTED, cast)
        on = BEGINS + timedelta(days=factory.OFFSETS[Step.BASE_VOTED])
        new = replace(factory.act_of(Step.BASE_VOTED, on), tally=factory.FAILED)
        factory.record(cast.base_member, dossier, new)
        with pytest.raises(actions.BranchSettled):
            put(cast.committee, dossier, delegated=True)

    def test_refuses_committees_below_a_base_committee_that_is_not_there(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.LISTED, cast, cast.neighbour)
        with pytest.raises(actions.NoBaseCommittee):
            put(cast.outsider, dossier, delegated=True)
        with pytest.raises(actions.NoBaseCommittee):
            put(cast.outsider, dossier, sub_committee=True)
        with pytest.raises(IntegrityError), transaction.atomic():
            Dossier.objects.filter(pk=dossier.pk).update(delegated=True)

    def test_lets_the_cell_vote_only_where_no_standard_is_missed(self, cast: Cast) -> None:
        begins = date(2025, 12, 1)
        today = begins + timedelta(days=100)
        dossier = factory.walk_to(Step.PAPERS, cast, begins=begins)
        Dossier.objects.filter(pk=dossier.pk).update(scopes=["central", "province:ha-noi"])
        factory.record(
            cast.secretary,
            dossier,
            actions.NewAct(step=Step.PAPERS, on=begins + timedelta(days=15), form="2-TN"),
            today=today,
        )
        factory.facts(cast, dossier, today, standards=(("pupil.study", False),))
        on = begins + timedelta(days=factory.OFFSETS[Step.CELL_VOTED])
        vote = factory.act_of(Step.CELL_VOTED, on)
        with pytest.raises(refusals.ConditionNotMet):
            factory.record(cast.secretary, dossier, vote, today=today)
        factory.facts(cast, dossier, today, standards=(("pupil.study", True),))
        factory.record(cast.secretary, dossier, vote, today=today)
        with pytest.raises(actions.BranchSettled):
            factory.facts(cast, dossier, today, standards=())


class TestPage:
    def test_changes_a_branch_and_shows_it_on_the_road(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.LISTED, cast)
        client = factory.signed_in(cast.secretary)
        address = reverse("dossiers:facts", args=[dossier.pk])
        page = client.get(address).content.decode()
        assert 'name="sub_committee"' in page
        assert 'name="by_members"' not in page
        assert "Đã chốt khi làm" in page
        assert "standard_" not in page
        typed = {"seen": dossier.acts_recorded, "was": "", "sub_committee": "on"}
        response = client.post(address, typed)
        assert response["Location"] == reverse("dossiers:road", args=[dossier.pk])
        assert "Có đảng ủy bộ phận" in client.get(response["Location"]).content.decode()

    def test_asks_for_the_standards_of_the_place_and_keeps_not_known_apart(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        begins = date(2025, 12, 1)
        factory.freeze(monkeypatch, begins + timedelta(days=30))
        cast = factory.cast(place="Hà Nội")
        dossier = factory.walk_to(Step.LISTED, cast, begins=begins)
        client = factory.signed_in(cast.secretary)
        address = reverse("dossiers:facts", args=[dossier.pk])
        page = client.get(address).content.decode()
        assert page.count('type="radio"') == 9
        assert "02-HD/BTCTU" in page
        typed = {
            "seen": dossier.acts_recorded,
            "was": "",
            "standard_study": "yes",
            "standard_conduct": "no",
            "standard_activity": "",
        }
        assert client.post(address, typed).status_code == 302
        dossier.refresh_from_db()
        assert dossier.standards == {"pupil.study": True, "pupil.conduct": False}
        road = client.get(reverse("dossiers:road", args=[dossier.pk])).content.decode()
        assert "theo yêu cầu của địa phương – Chưa đạt" in road

    def test_answers_409_when_somebody_was_quicker(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.LISTED, cast)
        put(cast.committee, dossier, delegated=True)
        client = factory.signed_in(cast.secretary)
        address = reverse("dossiers:facts", args=[dossier.pk])
        typed = {"seen": dossier.acts_recorded, "was": "", "sub_committee": "on"}
        response = client.post(address, typed)
        assert response.status_code == 409
        assert 'name="was" value="delegated"' in response.content.decode()

    def test_writes_down_who_read_it(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.LISTED, cast)
        factory.signed_in(cast.secretary).get(reverse("dossiers:facts", args=[dossier.pk]))
        line = Event.objects.order_by("-id")[0]
        assert (line.action, line.subject_id) == ("dossiers.read", dossier.pk)

    @pytest.mark.parametrize("who", ["union", "outsider", "officer", "leader", "administrator"])
    def test_is_closed_to_others(self, cast: Cast, who: str) -> None:
        dossier = factory.walk_to(Step.LISTED, cast)
        client = factory.signed_in(getattr(cast, who))
        address = reverse("dossiers:facts", args=[dossier.pk])
        assert client.get(address).status_code == 404
        assert client.post(address, {"seen": 3, "was": ""}).status_code == 404
