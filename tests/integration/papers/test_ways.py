"""A dossier goes up, is received, comes back with what is wrong, and goes up again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from donghanh.domain import refusals, whereabouts
from donghanh.domain.authority import NotAllowed
from donghanh.domain.procedure import Step
from donghanh.dossiers import actions as dossiers
from donghanh.dossiers.models import Act, Dossier
from donghanh.history.models import Event
from donghanh.papers import actions, queries
from donghanh.papers.models import PaperFault, Sending
from tests import chain, factory
from tests.factory import Cast
from tests.integration.papers import sending
from tests.integration.papers.sending import TODAY, VOTED

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    return factory.cast()


def lines(action: str) -> int:
    return Event.objects.filter(action=action).count()


class TestSendDossier:
    def test_keeps_what_lies_in_it_and_leaves_one_line(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.CELL_VOTED, cast)
        made = sending.send(cast.secretary, dossier, cast.base.pk, on=VOTED + DAY)
        dossier.refresh_from_db()
        place = whereabouts.read(dossier.place)
        assert (place.unit, place.on_the_way, place.since) == (cast.base.pk, True, VOTED + DAY)
        forms = [row["form"] for row in made.papers]
        assert {"CN-NTVĐ", "1-KNĐ", "2-KNĐ", "6-KNĐ"} <= set(forms)
        assert lines("papers.sent") == 1
        assert chain.holds()

    def test_goes_to_either_committee_above_and_nowhere_else(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.CELL_VOTED, cast)
        for unit in (cast.neighbour.cell.pk, cast.department.pk, 10**9):
            with pytest.raises(actions.NowhereTo):
                sending.send(cast.secretary, dossier, unit, on=VOTED)
        walk = factory.road(cast.secretary, dossier, TODAY)
        above = queries.ways_from(factory.actor(cast.secretary, TODAY), walk)
        assert [unit.id for unit in above] == [cast.base.pk, cast.competent.pk]

    def test_comes_down_to_the_cell_and_can_go_up_again(self, cast: Cast) -> None:
        dossier = sending.at_committee(cast)
        sending.send(cast.base_member, dossier, cast.school.cell.pk, on=VOTED + 4 * DAY)
        waits = queries.in_motion(factory.actor(cast.secretary, TODAY), TODAY)
        assert waits == {dossier.pk: queries.Waits.RECEIPT}
        with pytest.raises(whereabouts.NotHere):
            sending.send(cast.secretary, dossier, cast.base.pk, on=VOTED + 5 * DAY)
        sending.receive(cast.secretary, dossier, on=VOTED + 5 * DAY)
        dossier.refresh_from_db()
        assert whereabouts.read(dossier.place).unit is None
        sending.send(cast.secretary, dossier, cast.base.pk, on=VOTED + 6 * DAY)
        assert Sending.objects.count() == 3

    def test_refuses_days_that_cannot_be(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.CELL_VOTED, cast)
        with pytest.raises(refusals.InFuture):
            sending.send(cast.secretary, dossier, cast.base.pk, on=TODAY + DAY)
        with pytest.raises(refusals.NoConsent):
            early = factory.BEGINS["R1"] - timedelta(days=3)
            sending.send(cast.secretary, dossier, cast.base.pk, on=early)
        assert not Sending.objects.exists()

    def test_refuses_a_second_sending_while_it_is_on_its_way(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.CELL_VOTED, cast)
        sending.send(cast.secretary, dossier, cast.base.pk, on=VOTED)
        with pytest.raises(whereabouts.NotHere):
            sending.send(cast.secretary, dossier, cast.competent.pk, on=VOTED)
        assert Sending.objects.count() == 1

    def test_refuses_who_saw_it_where_it_no_longer_is(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.CELL_VOTED, cast)
        was = sending.mark(cast.secretary, dossier)
        sending.send(cast.secretary, dossier, cast.base.pk, on=VOTED)
        with pytest.raises(dossiers.ChangedMeanwhile):
            sending.send(cast.secretary, dossier, cast.base.pk, on=VOTED, was=was)

    def test_waits_for_the_list_of_the_cell(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.INTRODUCED, cast)
        with pytest.raises(actions.NotListed):
            sending.send(cast.secretary, dossier, cast.base.pk, on=VOTED)

    @pytest.mark.parametrize("who", ["outsider", "officer", "upper_unionist", "administrator"])
    def test_does_not_exist_for_others(self, cast: Cast, who: str) -> None:
        dossier = factory.walk_to(Step.CELL_VOTED, cast)
        with pytest.raises(Dossier.DoesNotExist):
            sending.send(getattr(cast, who), dossier, cast.base.pk, on=VOTED, was="x")

    def test_is_not_the_unions_to_do(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.CELL_VOTED, cast)
        with pytest.raises(NotAllowed):
            sending.send(cast.union, dossier, cast.base.pk, on=VOTED, was="x")


class TestReceiveDossier:
    def test_is_for_the_committee_it_was_sent_to_alone(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.CELL_VOTED, cast)
        sending.send(cast.secretary, dossier, cast.base.pk, on=VOTED + DAY)
        for user in (cast.secretary, cast.committee):
            with pytest.raises(whereabouts.NotOnTheWay):
                sending.receive(user, dossier, on=VOTED + DAY)
        sending.receive(cast.base_member, dossier, on=VOTED + 2 * DAY)
        dossier.refresh_from_db()
        assert not whereabouts.read(dossier.place).on_the_way
        assert lines("papers.received") == 1

    def test_refuses_a_day_before_it_was_sent(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.CELL_VOTED, cast)
        sending.send(cast.secretary, dossier, cast.base.pk, on=VOTED + 5 * DAY)
        with pytest.raises(actions.BeforeLast):
            sending.receive(cast.base_member, dossier, on=VOTED + 4 * DAY)


class TestReturnDossier:
    def test_keeps_what_is_wrong_with_which_paper(self, cast: Cast) -> None:
        dossier = sending.at_committee(cast)
        sending.give_back(cast.base_member, dossier, on=VOTED + 5 * DAY)
        fault = PaperFault.objects.get()
        assert (fault.form, fault.kind) == ("2-KNĐ", "unsealed")
        dossier.refresh_from_db()
        place = whereabouts.read(dossier.place)
        assert place.unit is None
        assert dict(place.returned) == {cast.base.pk: VOTED + 5 * DAY}
        waits = queries.in_motion(factory.actor(cast.secretary, TODAY), TODAY)
        assert waits == {dossier.pk: queries.Waits.MENDING}
        assert chain.holds()

    def test_lets_the_committee_decide_nothing_until_it_comes_again(self, cast: Cast) -> None:
        dossier = sending.at_committee(cast)
        sending.give_back(cast.base_member, dossier, on=VOTED + 5 * DAY)
        act = factory.act_of(Step.BASE_VOTED, VOTED + 8 * DAY)
        before = Act.objects.count()
        with pytest.raises(whereabouts.Returned) as refused:
            factory.record(cast.base_member, dossier, act, today=TODAY)
        assert refused.value.facts == {"on": VOTED + 5 * DAY}
        assert Act.objects.count() == before
        sending.send(cast.secretary, dossier, cast.base.pk, on=VOTED + 6 * DAY)
        factory.record(cast.base_member, dossier, act, today=TODAY)
        assert Act.objects.count() == before + 1

    def test_lets_the_cell_mend_and_void_meanwhile(self, cast: Cast) -> None:
        dossier = sending.at_committee(cast)
        sending.give_back(cast.base_member, dossier, on=VOTED + 5 * DAY)
        dossier.refresh_from_db()
        dossiers.void_act(
            actor=factory.actor(cast.secretary, TODAY),
            dossier_id=dossier.pk,
            seen=dossier.acts_recorded,
            number=dossier.acts_recorded,
            reason="Sai số nghị quyết",
            at=factory.instant(TODAY),
            today=TODAY,
        )

    def test_goes_back_down_step_by_step(self, cast: Cast) -> None:
        dossier = sending.at_committee(cast)
        vote = factory.act_of(Step.BASE_VOTED, VOTED + 4 * DAY)
        factory.record(cast.base_member, dossier, vote, today=TODAY)
        sending.send(cast.base_member, dossier, cast.competent.pk, on=VOTED + 5 * DAY)
        sending.receive(cast.committee, dossier, on=VOTED + 6 * DAY)
        sending.give_back(cast.committee, dossier, on=VOTED + 7 * DAY)
        dossier.refresh_from_db()
        assert whereabouts.read(dossier.place).unit == cast.base.pk
        sending.give_back(cast.base_member, dossier, on=VOTED + 8 * DAY)
        dossier.refresh_from_db()
        assert whereabouts.read(dossier.place).unit is None
        sending.send(cast.secretary, dossier, cast.base.pk, on=VOTED + 9 * DAY)
        decision = factory.act_of(Step.DECIDED, VOTED + 10 * DAY)
        with pytest.raises(whereabouts.Returned):
            factory.record(cast.committee, dossier, decision, today=TODAY)

    def test_refuses_a_return_that_says_nothing(self, cast: Cast) -> None:
        dossier = sending.at_committee(cast)
        for faults in ([], [sending.fault(sentence="  ")], [sending.fault(form="")]):
            with pytest.raises(actions.FaultMissing):
                sending.give_back(cast.base_member, dossier, on=TODAY, faults=faults)
        assert not PaperFault.objects.exists()

    def test_refuses_who_has_it_not(self, cast: Cast) -> None:
        dossier = sending.at_committee(cast)
        for user in (cast.secretary, cast.committee):
            with pytest.raises(whereabouts.NotHere):
                sending.give_back(user, dossier, on=TODAY)

    def test_twice_at_once_is_done_once(self, cast: Cast) -> None:
        dossier = sending.at_committee(cast)
        was = sending.mark(cast.base_member, dossier)
        sending.give_back(cast.base_member, dossier, on=VOTED + 5 * DAY, was=was)
        sending.send(cast.secretary, dossier, cast.base.pk, on=VOTED + 6 * DAY)
        with pytest.raises(dossiers.ChangedMeanwhile):
            sending.give_back(cast.base_member, dossier, on=VOTED + 7 * DAY, was=was)
        assert lines("papers.returned") == 1
