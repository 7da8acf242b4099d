"""What happens beside the road: off the list, another helper, more time, deletion, annulment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from donghanh.accounts.models import User
from donghanh.domain import refusals
from donghanh.domain.procedure import RoadStatus, Step
from donghanh.domain.rights import Role
from donghanh.dossiers import actions, queries
from donghanh.dossiers.actions import NewAct
from donghanh.dossiers.models import Act, Dossier
from donghanh.people.models import Person
from tests import factory
from tests.factory import Cast

pytestmark = pytest.mark.django_db

BEGINS = factory.BEGINS["R1"]


def day(step: Step, later: int = 0) -> date:
    return BEGINS + timedelta(days=factory.OFFSETS[step] + later)


@pytest.fixture
def cast() -> Cast:
    return factory.cast()


def turns(user: User, dossier: Dossier, on: date) -> list[Step]:
    """Return the turns the page of a road offers somebody."""
    walk = factory.road(user, dossier, on)
    page = queries.road_page(factory.actor(user, on), walk)
    return [turn.step for turn in page.others]


def said(user: User, dossier: Dossier, on: date) -> list[str]:
    """Return what the page of a road says above it."""
    walk = factory.road(user, dossier, on)
    return [one.text for one in queries.road_page(factory.actor(user, on), walk).notices]


class TestUnlisted:
    def test_opens_the_list_again_and_leaves_what_was_learnt(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.ALLOWED, cast)
        on = day(Step.ALLOWED, 3)
        assert Step.UNLISTED in turns(cast.secretary, dossier, on)
        factory.record(cast.secretary, dossier, NewAct(step=Step.UNLISTED, on=on))
        road = factory.road(cast.secretary, dossier, on).road
        assert road.status is RoadStatus.UNLISTED
        assert road.stage(Step.TRAINED).act is not None
        assert road.stage(Step.ALLOWED).act is None
        [told] = said(cast.secretary, dossier, on)
        assert "danh sách cảm tình Đảng" in told
        back = NewAct(step=Step.LISTED, on=on + timedelta(days=10))
        factory.record(cast.secretary, dossier, back)
        again = factory.road(cast.secretary, dossier, back.on).road
        assert again.status is RoadStatus.WALKING

    def test_is_too_late_after_the_decision(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.DECIDED, cast)
        on = day(Step.DECIDED, 5)
        assert Step.UNLISTED not in turns(cast.secretary, dossier, on)
        with pytest.raises(refusals.TurnTooLate):
            factory.record(cast.secretary, dossier, NewAct(step=Step.UNLISTED, on=on))

    def test_is_the_cells_alone(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.LISTED, cast)
        on = day(Step.LISTED, 3)
        for user in (cast.union, cast.base_member, cast.committee):
            assert Step.UNLISTED not in turns(user, dossier, on)
            with pytest.raises(actions.NotYourStep):
                factory.record(user, dossier, NewAct(step=Step.UNLISTED, on=on))


class TestHelperChanged:
    def test_names_the_new_helper(self, cast: Cast) -> None:
        colleague = factory.holder("chiuy", "Phạm Quốc Việt", cast.school.cell, Role.SECRETARY)
        dossier = factory.walk_to(Step.INTRODUCED, cast)
        listed = NewAct(step=Step.LISTED, on=day(Step.LISTED), helper_id=cast.secretary.pk)
        factory.record(cast.secretary, dossier, listed)
        on = day(Step.LISTED, 5)
        new = NewAct(step=Step.HELPER_CHANGED, on=on, helper_id=colleague.pk)
        factory.record(cast.secretary, dossier, new)
        walk = factory.road(cast.secretary, dossier, on)
        page = queries.road_page(factory.actor(cast.secretary, on), walk)
        assert page.beside[0].name == "Phạm Quốc Việt"
        assert "Phạm Quốc Việt" in page.acts[0].note

    def test_refuses_a_change_to_nobody(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.LISTED, cast)
        with pytest.raises(actions.HelperUnknown):
            factory.record(
                cast.secretary, dossier, NewAct(step=Step.HELPER_CHANGED, on=day(Step.LISTED, 5))
            )

    def test_shows_the_helper_of_before_once_the_change_is_invalid(self, cast: Cast) -> None:
        colleague = factory.holder("chiuy", "Phạm Quốc Việt", cast.school.cell, Role.SECRETARY)
        dossier = factory.walk_to(Step.LISTED, cast)
        on = day(Step.LISTED, 5)
        new = NewAct(step=Step.HELPER_CHANGED, on=on, helper_id=colleague.pk)
        factory.record(cast.secretary, dossier, new)
        actions.void_act(
            actor=factory.actor(cast.secretary, on),
            dossier_id=dossier.pk,
            seen=4,
            number=4,
            reason="Ghi nhầm",
            at=factory.instant(on),
            today=on,
        )
        walk = factory.road(cast.secretary, dossier, on)
        beside = queries.road_page(factory.actor(cast.secretary, on), walk).beside
        assert "Phạm Quốc Việt" not in [one.name for one in beside]


class TestExtended:
    def extension(self, until: date, on: date) -> NewAct:
        return NewAct(step=Step.EXTENDED, on=on, about="admission.decision", until=until)

    def test_moves_the_last_day_and_says_so(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.BASE_VOTED, cast)
        on = day(Step.BASE_VOTED, 5)
        before = factory.road(cast.committee, dossier, on).road.stage(Step.DECIDED).last_day
        assert before is not None
        assert turns(cast.committee, dossier, on) == [Step.EXTENDED]
        assert turns(cast.base_member, dossier, on) == []
        until = before + timedelta(days=10)
        factory.record(cast.committee, dossier, self.extension(until, on))
        walk = factory.road(cast.committee, dossier, on)
        page = queries.road_page(factory.actor(cast.committee, on), walk)
        [clock] = [one for one in page.clocks if one.label.startswith("Thời hạn quyết định")]
        assert (clock.last_day, clock.granted, clock.extension) == (until, True, None)
        assert clock.consequence

    def test_refuses_more_than_the_rules_allow(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.BASE_VOTED, cast)
        on = day(Step.BASE_VOTED, 5)
        with pytest.raises(refusals.ExtensionTooLong):
            factory.record(
                cast.committee, dossier, self.extension(on + timedelta(days=365), on), today=on
            )

    def test_refuses_a_clock_that_does_not_run(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.BASE_VOTED, cast)
        on = day(Step.BASE_VOTED, 5)
        new = replace(self.extension(on, on), about="recognition.decision")
        with pytest.raises(refusals.NothingToExtend):
            factory.record(cast.committee, dossier, new)

    def test_is_nothing_without_a_rule_and_a_day(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.SOURCED, cast)
        with pytest.raises(IntegrityError), transaction.atomic():
            Act.objects.create(
                dossier=dossier,
                number=9,
                step=Step.EXTENDED.value,
                on_date=BEGINS,
                recorded_at=factory.instant(BEGINS),
                recorded_by=cast.committee,
            )

    def test_is_recorded_on_the_page_of_the_record(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        dossier = factory.walk_to(Step.BASE_VOTED, cast)
        on = day(Step.BASE_VOTED, 5)
        factory.freeze(monkeypatch, on)
        client = factory.signed_in(cast.committee)
        address = reverse("dossiers:record", args=[dossier.pk, "extended"])
        assert 'value="admission.decision"' in client.get(address).content.decode()
        last = factory.road(cast.committee, dossier, on).road.stage(Step.DECIDED).last_day
        assert last is not None
        until = last + timedelta(days=7)
        typed = {
            "seen": dossier.acts_recorded,
            "on": f"{on:%d/%m/%Y}",
            "about": "admission.decision",
            "until": f"{until:%d/%m/%Y}",
            "paper_number": "12-CV/TV",
        }
        assert client.post(address, typed).status_code == 302
        act = dossier.acts.get(step="extended")
        assert (act.about, act.until_date) == ("admission.decision", until)
        assert client.post(address, typed | {"until": ""}).status_code == 422


class TestReferred:
    def failed(self, cast: Cast, times: int) -> tuple[Dossier, date]:
        dossier = factory.walk_to(Step.RECOGNITION_PAPERS, cast)
        on = day(Step.RECOGNITION_VOTED)
        for later in range(times):
            on = day(Step.RECOGNITION_VOTED, later)
            act = replace(factory.act_of(Step.RECOGNITION_VOTED, on), tally=factory.FAILED)
            factory.record(cast.secretary, dossier, act)
        return dossier, on

    def test_follows_three_failed_votes(self, cast: Cast) -> None:
        dossier, on = self.failed(cast, 3)
        [told] = said(cast.secretary, dossier, on)
        assert "3 lần" in told
        factory.record(cast.secretary, dossier, NewAct(step=Step.REFERRED, on=on))
        road = factory.road(cast.secretary, dossier, on).road
        assert road.current is not None
        assert road.current.step is Step.RECOGNISED
        assert said(cast.secretary, dossier, on) == []

    def test_is_not_offered_before(self, cast: Cast) -> None:
        dossier, on = self.failed(cast, 2)
        assert Step.REFERRED not in turns(cast.secretary, dossier, on)
        with pytest.raises(refusals.VotesNotExhausted):
            factory.record(cast.secretary, dossier, NewAct(step=Step.REFERRED, on=on))

    def test_takes_the_button_of_the_vote_away(self, cast: Cast) -> None:
        dossier, on = self.failed(cast, 3)
        walk = factory.road(cast.secretary, dossier, on)
        page = queries.road_page(factory.actor(cast.secretary, on), walk)
        [now] = [row for phase in page.phases for row in phase.rows if row.state == "now"]
        assert (now.step, now.may_record) == (Step.RECOGNITION_VOTED, False)


class TestEnds:
    def test_deletion_ends_the_road_and_can_be_declared_invalid(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.ADMITTED, cast)
        on = day(Step.ADMITTED, 20)
        with pytest.raises(actions.NotYourStep):
            factory.record(cast.base_member, dossier, NewAct(step=Step.DELETED, on=on))
        factory.record(cast.committee, dossier, NewAct(step=Step.DELETED, on=on))
        road = factory.road(cast.secretary, dossier, on).road
        assert (road.status, road.current, road.open) == (RoadStatus.DELETED, None, ())
        assert turns(cast.committee, dossier, on) == []
        [told] = said(cast.secretary, dossier, on)
        assert "xóa tên" in told
        with pytest.raises(refusals.RoadEnded):
            factory.record(
                cast.secretary, dossier, NewAct(step=Step.NEW_MEMBER_CLASS, on=on), today=on
            )
        dossier.refresh_from_db()
        actions.void_act(
            actor=factory.actor(cast.committee, on),
            dossier_id=dossier.pk,
            seen=dossier.acts_recorded,
            number=dossier.acts_recorded,
            reason="Ghi nhầm hồ sơ",
            at=factory.instant(on),
            today=on,
        )
        assert factory.road(cast.secretary, dossier, on).road.status is RoadStatus.ADMITTED

    def test_the_delegated_base_committee_deletes_whom_it_admitted(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.ADMITTED, cast, delegated=True)
        on = day(Step.ADMITTED, 20)
        with pytest.raises(actions.NotYourStep):
            factory.record(cast.committee, dossier, NewAct(step=Step.DELETED, on=on))
        factory.record(cast.base_member, dossier, NewAct(step=Step.DELETED, on=on))

    def test_a_vote_on_somebody_too_young_is_told_until_the_decision_is_annulled(
        self, cast: Cast
    ) -> None:
        dossier = factory.walk_to(Step.ADMITTED, cast)
        # The day of birth turns out to be another one afterwards.
        late = factory.turns_eighteen(day(Step.CELL_VOTED, 1))
        Person.objects.filter(pk=dossier.person_id).update(birth_date=late)
        on = day(Step.ADMITTED, 20)
        walk = factory.road(cast.committee, dossier, on)
        page = queries.road_page(factory.actor(cast.committee, on), walk)
        [notice] = page.notices
        assert "phải hủy quyết định kết nạp" in notice.text
        assert notice.href.endswith("/ghi/annulled/")
        assert any("38-HD" in cite.label for cite in notice.cites)
        assert not any(row.may_record for phase in page.phases for row in phase.rows)
        mine = queries.road_page(
            factory.actor(cast.secretary, on), factory.road(cast.secretary, dossier, on)
        )
        assert [one.href for one in mine.notices] == [""]
        with pytest.raises(refusals.MustBeAnnulled):
            factory.record(cast.secretary, dossier, NewAct(step=Step.NEW_MEMBER_CLASS, on=on))
        factory.record(cast.committee, dossier, NewAct(step=Step.ANNULLED, on=on))
        assert factory.road(cast.committee, dossier, on).road.status is RoadStatus.ANNULLED
        [told] = said(cast.committee, dossier, on)[-1:]
        assert "đã bị hủy" in told

    def test_a_vote_on_somebody_too_young_is_taken_again_before_the_decision(
        self, cast: Cast
    ) -> None:
        dossier = factory.walk_to(Step.CELL_VOTED, cast)
        late = factory.turns_eighteen(day(Step.CELL_VOTED, 1))
        Person.objects.filter(pk=dossier.person_id).update(birth_date=late)
        on = day(Step.CELL_VOTED, 3)
        walk = factory.road(cast.secretary, dossier, on)
        [notice] = queries.road_page(factory.actor(cast.secretary, on), walk).notices
        assert "/huy/" in notice.href
