"""Votes on the page of the record: who is left out and why, and by which regulation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse

from donghanh.domain import voting
from donghanh.domain.procedure import Step
from donghanh.domain.voting import Exclusion, Tally
from donghanh.dossiers import actions, queries
from donghanh.dossiers.actions import NewAct
from donghanh.dossiers.models import Dossier
from tests import factory
from tests.factory import Cast

pytestmark = pytest.mark.django_db

BEGINS = factory.BEGINS["R1"]
TODAY = BEGINS + timedelta(days=140)


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    factory.freeze(monkeypatch, TODAY)
    return factory.cast()


def typed(dossier: Dossier, **more: object) -> dict[str, object]:
    dossier.refresh_from_db()
    return {
        "seen": dossier.acts_recorded,
        "on": "30/11/2023",
        "paper_number": "14-NQ/CB",
        "official": 15,
        "convened": 13,
        "present": 12,
        "favour": 11,
        "against": 1,
        "invalid": 0,
        **more,
    }


class TestLeftOut:
    def test_is_counted_by_reason_and_kept_by_reason(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.PAPERS, cast)
        client = factory.signed_in(cast.secretary)
        address = reverse("dossiers:record", args=[dossier.pk, "cell_voted"])
        page = client.get(address).content.decode()
        names = ("away", "exempt", "suspended", "prosecuted")
        assert all(f'name="left_out_{name}"' in page for name in names)
        assert 'name="excluded"' not in page
        given = typed(dossier, left_out_away=1, left_out_exempt=1)
        assert client.post(address, given).status_code == 302
        act = dossier.acts.get(step="cell_voted")
        assert (act.excluded, act.excluded_by) == (2, {"away": 1, "exempt": 1})
        tally = queries.acts_of(Dossier.objects.get(pk=dossier.pk))[-1].tally
        assert tally is not None
        assert dict(tally.excluded_by) == {Exclusion.AWAY: 1, Exclusion.EXEMPT: 1}

    def test_takes_a_blank_for_nobody(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.PAPERS, cast)
        client = factory.signed_in(cast.secretary)
        address = reverse("dossiers:record", args=[dossier.pk, "cell_voted"])
        assert client.post(address, typed(dossier, left_out_away="")).status_code == 302
        act = dossier.acts.get(step="cell_voted")
        assert (act.excluded, act.excluded_by) == (0, {})

    def test_knows_no_exemption_in_a_committee(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.CELL_VOTED, cast)
        client = factory.signed_in(cast.base_member)
        page = client.get(reverse("dossiers:record", args=[dossier.pk, "base_voted"]))
        assert 'name="left_out_away"' in page.content.decode()
        assert 'name="left_out_exempt"' not in page.content.decode()

    def test_is_one_number_where_no_rule_names_reasons(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.SOURCED, cast)
        client = factory.signed_in(cast.union)
        page = client.get(reverse("dossiers:record", args=[dossier.pk, "introduced"]))
        assert 'name="excluded"' in page.content.decode()
        assert 'name="left_out_' not in page.content.decode()

    def test_is_refused_without_a_reason_and_for_one_the_rules_do_not_know(
        self, cast: Cast
    ) -> None:
        dossier = factory.walk_to(Step.CELL_VOTED, cast)
        on = BEGINS + timedelta(days=factory.OFFSETS[Step.BASE_VOTED])
        vote = factory.act_of(Step.BASE_VOTED, on)
        silent = Tally(15, 1, 14, 14, 13, 1, 0)
        with pytest.raises(voting.ExclusionReasonMissing):
            factory.record(cast.base_member, dossier, replace(vote, tally=silent))
        exempt = replace(silent, excluded_by=((Exclusion.EXEMPT, 1),))
        with pytest.raises(voting.ExclusionNotAllowed):
            factory.record(cast.base_member, dossier, replace(vote, tally=exempt))
        assert not dossier.acts.filter(step="base_voted").exists()

    def test_makes_the_base_of_the_count_smaller_as_it_is_typed(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.PAPERS, cast)
        client = factory.signed_in(cast.secretary)
        address = reverse("dossiers:count", args=[dossier.pk, "cell_voted"])
        query = "official=15&left_out_away=2&left_out_suspended=1&favour=8&on=30/11/2023"
        page = client.get(f"{address}?{query}").content.decode()
        assert 'data-total="12"' in page
        assert 'data-needed="8"' in page
        assert "is-met" in page

    def test_says_while_typing_that_a_cell_is_too_small(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.PAPERS, cast)
        client = factory.signed_in(cast.secretary)
        address = reverse("dossiers:count", args=[dossier.pk, "cell_voted"])
        page = client.get(f"{address}?official=2&favour=2&on=30/11/2023").content.decode()
        assert "2 đảng viên chính thức" in page


class TestRegime:
    """A dossier opened under one regulation, and voted on under the next."""

    BEGINS = date(2024, 11, 20)
    VOTED = date(2025, 2, 8)

    def opened_before_the_change(
        self, monkeypatch: pytest.MonkeyPatch, today: date
    ) -> tuple[Cast, Dossier]:
        factory.freeze(monkeypatch, today)
        cast = factory.cast()
        return cast, factory.walk_to(Step.PAPERS, cast, begins=self.BEGINS)

    def test_is_offered_when_it_changed_meanwhile_and_the_days_own_is_chosen(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        cast, dossier = self.opened_before_the_change(monkeypatch, self.VOTED)
        client = factory.signed_in(cast.secretary)
        page = client.get(reverse("dossiers:record", args=[dossier.pk, "cell_voted"]))
        shown = page.content.decode()
        assert "Quy định 24-QĐ/TW" in shown
        assert "Quy định 232-QĐ/TW" in shown
        assert "Quy định 294-QĐ/TW" not in shown
        assert 'value="" class="" required' not in shown
        assert page.context["form"]["governed_by"].value() is None

    def test_is_not_offered_within_one(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.PAPERS, cast)
        client = factory.signed_in(cast.secretary)
        page = client.get(reverse("dossiers:record", args=[dossier.pk, "cell_voted"]))
        assert 'name="governed_by"' not in page.content.decode()

    def test_is_kept_with_its_reason_and_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        cast, dossier = self.opened_before_the_change(monkeypatch, self.VOTED)
        client = factory.signed_in(cast.secretary)
        address = reverse("dossiers:record", args=[dossier.pk, "cell_voted"])
        given = typed(dossier, on="08/02/2025", convened=15, present=14, governed_by="R1")
        refused = client.post(address, given)
        assert refused.status_code == 422
        assert "phải nêu lý do" in refused.content.decode()
        assert client.post(address, given | {"reason": "Mở trước 20/01/2025"}).status_code == 302
        act = dossier.acts.get(step="cell_voted")
        assert (act.governed_by, act.reason) == ("R1", "Mở trước 20/01/2025")
        assert {rule["regime"] for rule in act.judged_by if rule["name"] == "vote.cell"} == {"R1"}
        road = client.get(reverse("dossiers:road", args=[dossier.pk])).content.decode()
        assert "xét theo Quy định 24-QĐ/TW: Mở trước 20/01/2025" in road

    def test_that_is_the_days_own_is_no_choice(self, monkeypatch: pytest.MonkeyPatch) -> None:
        cast, dossier = self.opened_before_the_change(monkeypatch, self.VOTED)
        client = factory.signed_in(cast.secretary)
        address = reverse("dossiers:record", args=[dossier.pk, "cell_voted"])
        given = typed(dossier, on="08/02/2025", convened=15, present=14, governed_by="R2")
        assert client.post(address, given).status_code == 302
        assert dossier.acts.get(step="cell_voted").governed_by == ""

    def test_of_a_later_time_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        cast, dossier = self.opened_before_the_change(monkeypatch, date(2025, 2, 20))
        client = factory.signed_in(cast.secretary)
        address = reverse("dossiers:record", args=[dossier.pk, "verified"])
        number = next(act.number for act in dossier.acts.all() if act.step == "verified")
        void = {"seen": dossier.acts_recorded, "reason": "Ghi nhầm"}
        client.post(reverse("dossiers:void", args=[dossier.pk, number]), void)
        dossier.refresh_from_db()
        given = {
            "seen": dossier.acts_recorded,
            "on": "10/01/2025",
            "governed_by": "R2",
            "reason": "x",
        }
        answer = client.post(address, given)
        assert answer.status_code == 422
        assert "chưa có hiệu lực" in answer.content.decode()

    def test_counts_by_the_one_chosen(self, monkeypatch: pytest.MonkeyPatch) -> None:
        cast, dossier = self.opened_before_the_change(monkeypatch, self.VOTED)
        client = factory.signed_in(cast.secretary)
        address = reverse("dossiers:count", args=[dossier.pk, "cell_voted"])
        query = "official=15&favour=10&on=08/02/2025"
        assert client.get(f"{address}?{query}&governed_by=R1").status_code == 200
        assert client.get(f"{address}?{query}&governed_by=R99").status_code == 404

    def test_is_refused_from_a_shell_without_a_reason(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.INTRODUCED, cast)
        new = NewAct(step=Step.LISTED, on=TODAY, governed_by="R0")
        with pytest.raises(actions.RegimeReasonMissing):
            factory.record(cast.secretary, dossier, new)
