"""A file goes where the pupil goes: asked, agreed, sent, confirmed; or taken back."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from donghanh.domain import handing_over, refusals
from donghanh.domain.acts import Destination
from donghanh.domain.authority import NotAllowed
from donghanh.domain.procedure import Step
from donghanh.dossiers import queries as roads
from donghanh.dossiers.models import Dossier
from donghanh.handover import actions, doors, queries
from donghanh.handover.models import Handover
from donghanh.history.models import Event
from donghanh.lib import wall
from donghanh.people.models import Person
from tests import chain, factory
from tests.factory import Cast
from tests.integration.handover import leaving
from tests.integration.handover.leaving import DAY, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return factory.cast()


def receive(cast: Cast, made: Handover, *, on: date = TODAY, today: date = TODAY) -> int:
    there = factory.actor(cast.outsider, today)
    with wall.looking(there.reach.way, there.reach.settings):
        return actions.receive(
            actor=there,
            handover_id=made.pk,
            on=on,
            class_name="12B2",
            at=factory.instant(today, 11),
            today=today,
        )


class TestBegin:
    def test_asks_the_pupil_and_moves_nothing(self, cast: Cast) -> None:
        one = leaving.leaver(cast)
        leaving.asked(cast, one, graduated_on=TODAY)
        one.dossier.refresh_from_db()
        assert (one.dossier.handing_over, one.dossier.moves) == (True, [])
        assert one.dossier.graduated_date == TODAY
        found = queries.own(one.code, TODAY)
        assert found is not None
        assert "Trường Đại học" in found.agreement
        assert Event.objects.filter(action="handover.asked").count() == 1
        assert chain.holds()

    def test_refuses_a_second_one_while_one_is_open(self, cast: Cast) -> None:
        one = leaving.leaver(cast)
        leaving.asked(cast, one)
        with pytest.raises(actions.OpenAlready):
            leaving.asked(cast, one, here=True)
        assert Handover.objects.count() == 1

    def test_refuses_a_file_that_would_go_to_itself(self, cast: Cast) -> None:
        one = leaving.leaver(cast)
        with pytest.raises(handing_over.ToItself):
            actions.begin(
                actor=factory.actor(cast.secretary, TODAY),
                dossier_id=one.dossier.pk,
                new=actions.Begin(to=Destination.SCHOOL, to_school_id=cast.school.unit.pk),
                at=factory.instant(TODAY),
                today=TODAY,
            )

    def test_refuses_a_graduation_to_come(self, cast: Cast) -> None:
        one = leaving.leaver(cast)
        with pytest.raises(actions.GraduatedLater):
            leaving.asked(cast, one, graduated_on=TODAY + DAY)

    @pytest.mark.parametrize("who", ["union", "base_member", "committee"])
    def test_is_for_the_cell_alone(self, cast: Cast, who: str) -> None:
        one = leaving.leaver(cast)
        with pytest.raises(NotAllowed):
            actions.begin(
                actor=factory.actor(getattr(cast, who), TODAY),
                dossier_id=one.dossier.pk,
                new=actions.Begin(to=Destination.LOCALITY, to_name="Đảng ủy xã"),
                at=factory.instant(TODAY),
                today=TODAY,
            )

    def test_of_another_school_does_not_exist(self, cast: Cast) -> None:
        one = leaving.leaver(cast)
        with pytest.raises(Dossier.DoesNotExist):
            queries.begin_page(factory.actor(cast.outsider, TODAY), one.dossier.pk, TODAY)


class TestAnswer:
    def test_is_the_pupils_own_and_may_turn_until_it_left(self, cast: Cast) -> None:
        one = leaving.leaver(cast)
        made = leaving.asked(cast, one)
        leaving.agreed(one, agrees=False)
        made.refresh_from_db()
        assert queries.state_of(made).value == "refused"
        leaving.agreed(one)
        made.refresh_from_db()
        assert (made.agreed_date, made.refused_at) == (TODAY, None)
        line = Event.objects.get(action="handover.agreed")
        assert (line.role, line.actor_id) == ("pupil", one.dossier.person.user_id)
        with pytest.raises(actions.HandoverOver):
            leaving.agreed(one, agrees=False)

    def test_of_nobody_who_was_asked_is_refused(self, cast: Cast) -> None:
        one = leaving.leaver(cast)
        with pytest.raises(actions.HandoverOver):
            leaving.agreed(one)


class TestSend:
    def test_waits_for_the_pupil(self, cast: Cast) -> None:
        one = leaving.leaver(cast)
        made = leaving.asked(cast, one)
        with pytest.raises(handing_over.PupilNotAsked):
            leaving.sent(cast, made)
        leaving.agreed(one, agrees=False)
        with pytest.raises(handing_over.PupilNotAsked):
            leaving.sent(cast, made)

    def test_refuses_a_day_before_the_agreement_and_one_to_come(self, cast: Cast) -> None:
        one = leaving.leaver(cast)
        made = leaving.asked(cast, one)
        leaving.agreed(one)
        with pytest.raises(handing_over.BeforeAgreement):
            leaving.sent(cast, made, on=TODAY - DAY)
        with pytest.raises(handing_over.NotYet):
            leaving.sent(cast, made, on=TODAY + DAY)
        with pytest.raises(IntegrityError), transaction.atomic():
            Handover.objects.filter(pk=made.pk).update(sent_date=TODAY - DAY)

    def test_can_be_dated_back_to_the_agreement(self, cast: Cast) -> None:
        one = leaving.leaver(cast)
        made = leaving.asked(cast, one)
        leaving.agreed(one)
        leaving.sent(cast, made, on=TODAY, today=TODAY + 5 * DAY)
        made.refresh_from_db()
        assert made.sent_date == TODAY
        assert made.papers == [
            {"code": "certificate", "number": "05-GCN/CB", "on": (TODAY + 5 * DAY).isoformat()}
        ]

    def test_lets_nobody_record_anything_while_it_is_on_its_way(self, cast: Cast) -> None:
        one, _, _ = leaving.outside(cast)
        act = factory.act_of(Step.SENT_TO_CLASS, TODAY)
        with pytest.raises(refusals.OnTheWay):
            factory.record(cast.secretary, one.dossier, act)

    def test_twice_is_done_once(self, cast: Cast) -> None:
        _, made, _ = leaving.outside(cast)
        with pytest.raises(actions.HandoverOver):
            leaving.sent(cast, made)

    def test_hands_over_a_source_nobody_listed(self, cast: Cast) -> None:
        _, made, secret = leaving.outside(cast, Step.SOURCED)
        made.refresh_from_db()
        assert (made.stand, queries.papers_of(made)) == ("sourced", ())
        assert leaving.confirmed(secret) == "Nguyễn Hải Nam"

    def test_tracks_what_is_issued_centrally_by_its_number(self, cast: Cast) -> None:
        found = {paper.code: paper.central for paper in handing_over.papers()}
        assert found["transfer"]
        one = leaving.leaver(cast, Step.ADMITTED)
        page = queries.begin_page(factory.actor(cast.secretary, TODAY), one.dossier.pk, TODAY)
        assert [paper.code for paper in page.papers] == ["transfer", "slip", "self_criticism"]


class TestClocks:
    def test_of_a_member_run_from_leaving_and_from_sending_by_the_rules(self) -> None:
        there = factory.cast("Hà Nội")
        begins = date(2025, 12, 1)
        on = begins + 200 * DAY
        one = leaving.leaver(there, Step.ADMITTED, begins=begins)
        made = leaving.asked(there, one, today=on, graduated_on=on)
        leaving.agreed(one, on=on)
        leaving.sent(there, made, on=on, today=on)
        page = queries.page(factory.actor(there.secretary, on), made.pk, on, factory.instant(on))
        rules = [clock.cite.label for clock in page.clocks]
        assert len(page.clocks) == 3
        assert rules[0].startswith("294-QĐ/TW") or rules[0].startswith("20-QĐ/TW")
        assert page.clocks[2].last_day == date(on.year, on.month + 3, on.day)


class TestListing:
    def test_costs_as_many_statements_for_three_as_for_one(self, cast: Cast) -> None:
        who = factory.actor(cast.secretary, TODAY)
        leaving.outside(cast)
        queries.listing(who, TODAY)
        with CaptureQueriesContext(connection) as few:
            assert len(queries.listing(who, TODAY).open) == 1
        leaving.outside(cast)
        leaving.outside(cast)
        with CaptureQueriesContext(connection) as many:
            assert len(queries.listing(who, TODAY).open) == 3
        assert len(many) == len(few)


class TestReceive:
    def test_moves_the_case_into_the_reach_of_the_school_and_out_of_the_old(
        self, cast: Cast
    ) -> None:
        one = leaving.leaver(cast)
        made = leaving.asked(cast, one, here=True)
        leaving.agreed(one)
        leaving.sent(cast, made)
        there, here = (factory.actor(user, TODAY) for user in (cast.outsider, cast.secretary))
        assert not roads.visible_to(there).filter(pk=one.dossier.pk).exists()
        assert receive(cast, made, on=TODAY + DAY, today=TODAY + DAY) == one.dossier.pk
        assert roads.visible_to(there).filter(pk=one.dossier.pk).exists()
        assert not roads.visible_to(here).filter(pk=one.dossier.pk).exists()
        person = Person.objects.get(pk=one.dossier.person_id)
        assert (person.school_id, person.class_name) == (cast.neighbour.unit.pk, "12B2")
        walk = factory.road(cast.outsider, one.dossier, TODAY + DAY)
        assert walk.road.on_the_way is None
        assert not walk.road.case.at(TODAY + DAY).base_committee
        act = factory.act_of(Step.SENT_TO_CLASS, TODAY + DAY)
        factory.record(cast.outsider, one.dossier, act)
        assert chain.holds()

    def test_leaves_the_old_school_a_line_without_a_name(self, cast: Cast) -> None:
        one = leaving.leaver(cast)
        made = leaving.asked(cast, one, here=True)
        leaving.agreed(one)
        leaving.sent(cast, made)
        receive(cast, made)
        found = queries.listing(factory.actor(cast.secretary, TODAY), TODAY)
        assert [(line.name, line.state.value) for line in found.over] == [("", "received")]
        assert found.named == []

    def test_shows_the_receiver_no_name_before(self, cast: Cast) -> None:
        one = leaving.leaver(cast)
        made = leaving.asked(cast, one, here=True)
        there = factory.actor(cast.outsider, TODAY)
        assert not queries.visible_to(there).exists()
        leaving.agreed(one)
        leaving.sent(cast, made)
        found = queries.listing(there, TODAY)
        assert [(line.name, line.dossier_id) for line in found.coming] == [("", one.dossier.pk)]

    def test_refuses_days_that_cannot_be(self, cast: Cast) -> None:
        one = leaving.leaver(cast)
        made = leaving.asked(cast, one, here=True)
        leaving.agreed(one)
        leaving.sent(cast, made)
        with pytest.raises(handing_over.ReceivedBeforeSent):
            receive(cast, made, on=TODAY - DAY)
        with pytest.raises(handing_over.NotYet):
            receive(cast, made, on=TODAY + DAY)

    def test_twice_is_done_once(self, cast: Cast) -> None:
        one = leaving.leaver(cast)
        made = leaving.asked(cast, one, here=True)
        leaving.agreed(one)
        leaving.sent(cast, made)
        receive(cast, made)
        with pytest.raises(actions.HandoverOver):
            receive(cast, made)
        assert Event.objects.filter(action="handover.received").count() == 1

    def test_is_not_for_who_sent_it(self, cast: Cast) -> None:
        one = leaving.leaver(cast)
        made = leaving.asked(cast, one, here=True)
        leaving.agreed(one)
        leaving.sent(cast, made)
        with pytest.raises(NotAllowed):
            actions.receive(
                actor=factory.actor(cast.secretary, TODAY),
                handover_id=made.pk,
                on=TODAY,
                class_name="12A1",
                at=factory.instant(TODAY),
                today=TODAY,
            )


class TestLink:
    def test_shows_the_least_and_the_name_with_the_second_code_alone(self, cast: Cast) -> None:
        _, _, secret = leaving.outside(cast)
        now = factory.instant(TODAY, 11)
        with doors.by_link(secret.word):
            found = queries.link_page(secret.word, TODAY, now)
            assert found is not None
            assert (found.name, found.papers > 0) == ("", True)
            assert not Person.objects.values_list("id").exists()
        with doors.by_link(secret.word, secret.code.lower()):
            found = queries.named_link_page(secret.word, secret.code.lower(), TODAY, now)
            assert found is not None
            assert found.name == "Nguyễn Hải Nam"

    def test_confirms_once_and_takes_the_file_out_of_sight(self, cast: Cast) -> None:
        one, made, secret = leaving.outside(cast)
        assert leaving.confirmed(secret) == "Nguyễn Hải Nam"
        made.refresh_from_db()
        assert made.receiver == "Lê Thị Thu, Văn phòng Đảng ủy"
        here = factory.actor(cast.secretary, TODAY)
        assert not roads.visible_to(here).filter(pk=one.dossier.pk).exists()
        line = Event.objects.get(action="handover.received_by_link")
        assert (line.role, line.actor_id) == ("link", cast.secretary.pk)
        with pytest.raises(actions.LinkOver):
            leaving.confirmed(secret)
        assert roads.own_walk(one.dossier.person, TODAY) is not None
        assert chain.holds()

    def test_opens_nothing_to_a_stranger_or_with_another_code(self, cast: Cast) -> None:
        _, _, secret = leaving.outside(cast)
        now = factory.instant(TODAY, 11)
        with doors.by_link("0" * 48):
            assert queries.link_page("0" * 48, TODAY, now) is None
        with doors.by_link(secret.word, "AAAAAAAA"), pytest.raises(actions.WrongCode):
            actions.open_by_link(word=secret.word, code="AAAAAAAA", at=now, today=TODAY)
        with pytest.raises(actions.LinkOver):
            leaving.confirmed(actions.Secret(secret.word, "AAAAAAAA"))

    def test_opens_nothing_once_it_expired_was_renewed_or_taken_back(self, cast: Cast) -> None:
        _, made, secret = leaving.outside(cast)
        late = factory.instant(TODAY + 15 * DAY)
        with doors.by_link(secret.word):
            assert queries.link_page(secret.word, TODAY, late) is None
        who = factory.actor(cast.secretary, TODAY)
        told = {"actor": who, "handover_id": made.pk, "at": factory.instant(TODAY), "today": TODAY}
        newer = actions.renew_link(**told)  # type: ignore[arg-type]  # named after its arguments
        with pytest.raises(actions.LinkOver):
            leaving.confirmed(secret)
        actions.call_back(**told)  # type: ignore[arg-type]  # the same
        with pytest.raises(actions.LinkOver):
            leaving.confirmed(newer)

    def test_opens_nothing_once_the_pupil_stopped(self, cast: Cast) -> None:
        one, made, secret = leaving.outside(cast)
        factory.stopped(one.dossier.person, on=TODAY)
        with doors.by_link(secret.word):
            assert queries.link_page(secret.word, TODAY, factory.instant(TODAY, 13)) is None
        with pytest.raises(actions.LinkOver):
            leaving.confirmed(secret)
        here = factory.actor(cast.secretary, TODAY)
        assert not queries.visible_to(here).filter(pk=made.pk).exists()

    def test_refuses_days_that_cannot_be_and_who_names_nobody(self, cast: Cast) -> None:
        _, made, secret = leaving.outside(cast)
        with pytest.raises(handing_over.ReceivedBeforeSent):
            leaving.confirmed(secret, on=TODAY - DAY)
        with pytest.raises(handing_over.NotYet):
            leaving.confirmed(secret, on=TODAY + DAY)
        with doors.by_link(secret.word, secret.code), pytest.raises(actions.ReceiverMissing):
            actions.receive_by_link(
                word=secret.word,
                code=secret.code,
                receiver=" 12 ",
                on=TODAY,
                at=factory.instant(TODAY, 11),
                today=TODAY,
            )
        made.refresh_from_db()
        assert made.received_at is None

    def test_is_kept_as_a_digest_alone(self, cast: Cast) -> None:
        _, made, secret = leaving.outside(cast)
        made.refresh_from_db()
        kept = (made.link_digest, made.whole_digest)
        assert secret.word not in kept
        assert secret.code not in kept
        assert len(set(kept)) == 2


class TestCallBack:
    def test_lets_the_cell_walk_on(self, cast: Cast) -> None:
        one, made, _ = leaving.outside(cast)
        actions.call_back(
            actor=factory.actor(cast.secretary, TODAY),
            handover_id=made.pk,
            at=factory.instant(TODAY),
            today=TODAY,
        )
        factory.record(cast.secretary, one.dossier, factory.act_of(Step.SENT_TO_CLASS, TODAY))
        again = leaving.asked(cast, one, here=True)
        assert again.pk != made.pk
        assert queries.own(one.code, TODAY) is not None
