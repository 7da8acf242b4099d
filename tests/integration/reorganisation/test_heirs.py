"""A unit that ends hands over what is on its way: who carries it on sees it and goes on with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from donghanh.accounts.models import User
from donghanh.desk import queries as desks
from donghanh.domain import succession as s
from donghanh.domain import whereabouts
from donghanh.domain.acts import Step
from donghanh.domain.authority import Actor
from donghanh.domain.rights import Role
from donghanh.domain.sitting import Body
from donghanh.domain.structure import Line, UnitKind
from donghanh.dossiers import queries as roads
from donghanh.dossiers.models import Act, Dossier
from donghanh.dossiers.queries import placing
from donghanh.history.models import Event
from donghanh.lib import wall
from donghanh.meetings import actions as meetings
from donghanh.meetings import queries as sitting
from donghanh.meetings.models import Meeting
from donghanh.organisation.models import Unit
from donghanh.papers import actions as ways
from donghanh.papers import queries as papers
from donghanh.papers.models import Sending
from donghanh.reorganisation import actions, queries
from donghanh.reorganisation.models import Reorganisation
from tests import factory, stage
from tests.factory import Cast
from tests.integration.meetings import rooms
from tests.integration.papers import sending
from tests.integration.papers.sending import TODAY, VOTED

pytestmark = pytest.mark.django_db
DAY = TODAY + timedelta(days=10)
LATER = DAY + timedelta(days=3)
ORDER = s.Decision("12-QĐ/TU", DAY, "Tỉnh ủy (mô phỏng)")


@pytest.fixture
def cast() -> Cast:
    return factory.cast()


def carried_out(cast: Cast, change: s.Change, on: date = DAY) -> Reorganisation:
    """Carry an operation out as the keeper of the structure does, behind the keeper's wall."""
    keeper = factory.actor(cast.administrator, TODAY)
    with wall.looking(keeper.reach.way, keeper.reach.settings):
        seen = queries.preview(keeper, s.Operation(change, ORDER, on), TODAY)
        return actions.reorganise(
            actor=keeper,
            operation=seen.operation,
            seen=seen.digest,
            at=factory.instant(TODAY, 20),
            today=TODAY,
        )


def led_back(cast: Cast, made: Reorganisation) -> None:
    keeper = factory.actor(cast.administrator, LATER)
    with wall.looking(keeper.reach.way, keeper.reach.settings):
        actions.undo(actor=keeper, reorganisation_id=made.pk, at=factory.instant(LATER))


def dissolved(cast: Cast) -> s.Change:
    """Return the order that ends the base committee; the one that decides carries it on."""
    parts = (s.Part(cast.competent.pk, frozenset({cast.school.cell.pk})),)
    return s.Dissolve(cast.base.pk, parts)


@contextmanager
def behind(user: User, on: date = LATER) -> Iterator[Actor]:
    """Act as somebody, behind their own second wall."""
    actor = factory.actor(user, on)
    with wall.looking(actor.reach.way, actor.reach.settings):
        yield actor


def waits(user: User, on: date = LATER) -> dict[int, papers.Waits]:
    with behind(user, on) as actor:
        return papers.in_motion(actor, on)


def name(unit: Unit) -> str:
    return unit.versions.order_by("in_force").values_list("name", flat=True)[0]


def on_its_way(cast: Cast) -> Dossier:
    dossier = factory.walk_to(Step.CELL_VOTED, cast)
    sending.send(cast.secretary, dossier, cast.base.pk, on=VOTED + timedelta(days=2))
    return dossier


class TestDossiers:
    def test_wait_on_the_desk_of_who_carries_the_committee_on_from_the_day_on(
        self, cast: Cast
    ) -> None:
        dossier = on_its_way(cast)
        carried_out(cast, dissolved(cast))
        eve = DAY - timedelta(days=1)
        assert waits(cast.base_member, eve) == {dossier.pk: papers.Waits.RECEIPT}
        assert waits(cast.committee, eve) == {}
        assert waits(cast.committee) == {dossier.pk: papers.Waits.RECEIPT}
        assert waits(cast.outsider) == waits(cast.secretary) == {}
        with behind(cast.committee) as heir:
            desk = desks.desk(heir, LATER)
        assert dossier.pk in {item.named for item in (*desk.late, *desk.soon)}

    def test_are_received_and_returned_by_who_carries_on_under_both_names(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        dossier = on_its_way(cast)
        carried_out(cast, dissolved(cast))
        factory.freeze(monkeypatch, LATER)
        heir = factory.signed_in(cast.committee)
        listing = reverse("papers:listing", args=[dossier.pk])
        page = heir.get(listing).content.decode()
        was = f"{cast.base.pk}-way-1"
        told = {"was": was, "on": f"{LATER:%d/%m/%Y}"}
        done = heir.post(f"{listing}da-nhan", told)
        assert done.status_code == 302, done.content.decode()
        after = heir.get(listing).content.decode()
        for shown in (page, after):
            assert name(cast.base) in shown
            assert name(cast.competent) in shown
        assert "đã tiếp nhận phần việc này" in page
        way = Sending.objects.get()
        assert (way.to_unit_id, way.received_by_id) == (cast.base.pk, cast.committee.pk)
        returned = back(cast.committee, dossier)
        assert returned.returned_by_id == cast.committee.pk
        dossier.refresh_from_db()
        place = whereabouts.read(dossier.place)
        assert place.unit is None
        assert set(place.returned) == {cast.competent.pk}

    def test_that_the_ended_one_returned_bind_who_carries_it_on(self, cast: Cast) -> None:
        dossier = sending.at_committee(cast)
        sending.give_back(cast.base_member, dossier, on=VOTED + timedelta(days=5))
        carried_out(cast, dissolved(cast))
        dossier.refresh_from_db()
        place = placing.places([(dossier.pk, dossier.school_id, dossier.place)], LATER)[dossier.pk]
        assert place.returned == {cast.competent.pk: VOTED + timedelta(days=5)}
        with pytest.raises(whereabouts.Returned):
            place.check_decides(factory.actor(cast.committee, LATER).units, Step.DECIDED)
        assert waits(cast.secretary) == {dossier.pk: papers.Waits.MENDING}

    def test_go_where_the_cell_goes_when_a_committee_is_divided(self, cast: Cast) -> None:
        other = stage.unit("dang-uy-moi", UnitKind.BASE_COMMITTEE, "Đảng ủy mới (mô phỏng)")
        stage.link(other, cast.competent, Line.PARTY)
        member = stage.account("thu.moi", "Thư Mới (mô phỏng)")
        stage.post(member, other, Role.COMMITTEE)
        dossier = on_its_way(cast)
        part = s.Part(other.pk, frozenset({cast.school.cell.pk}))
        carried_out(cast, s.Split(cast.base.pk, (part,), keeps=True))
        assert waits(cast.base_member) == waits(cast.committee) == {}
        assert waits(member) == {dossier.pk: papers.Waits.RECEIPT}

    def test_go_with_a_cell_that_is_moved(self, cast: Cast) -> None:
        dossier = on_its_way(cast)
        carried_out(cast, s.Move(cast.school.cell.pk, Line.PARTY, cast.competent.pk))
        assert waits(cast.base_member) == {}
        assert waits(cast.committee) == {dossier.pk: papers.Waits.RECEIPT}

    def test_are_asked_for_in_one_statement_more_however_many_they_are(
        self, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        dossier = on_its_way(cast)
        carried_out(cast, dissolved(cast))
        dossier.refresh_from_db()
        one = (dossier.school_id, dossier.place)
        with django_assert_num_queries(1):
            placing.places([(number, *one) for number in range(30)], LATER)
        with django_assert_num_queries(0):
            placing.places([(number, dossier.school_id, {}) for number in range(3)], LATER)

    def test_come_back_with_an_undo_and_hold_it_up_once_received(self, cast: Cast) -> None:
        dossier = on_its_way(cast)
        made = carried_out(cast, dissolved(cast))
        led_back(cast, made)
        assert waits(cast.base_member) == {dossier.pk: papers.Waits.RECEIPT}
        assert waits(cast.committee) == {}
        again = carried_out(cast, dissolved(cast), DAY + timedelta(days=1))
        received(cast.committee, dossier)
        with pytest.raises(actions.DependedOn):
            led_back(cast, again)
        with behind(cast.administrator) as keeper:
            rests = queries.undo_page(keeper, again.pk).obstacles
        assert [(one.what, one.count) for one in rests] == [("ways", 1)]


def received(user: User, dossier: Dossier) -> None:
    with behind(user) as actor:
        ways.receive_dossier(
            actor=actor,
            dossier_id=dossier.pk,
            was=sending.mark(user, dossier, LATER),
            on=LATER,
            at=factory.instant(LATER),
            today=LATER,
        )


def back(user: User, dossier: Dossier) -> Sending:
    with behind(user) as actor:
        return ways.return_dossier(
            actor=actor,
            dossier_id=dossier.pk,
            was=sending.mark(user, dossier, LATER),
            faults=[sending.fault()],
            on=LATER,
            at=factory.instant(LATER),
            today=LATER,
        )


class TestCells:
    def test_of_a_school_that_goes_on_are_carried_on_from_elsewhere(self, cast: Cast) -> None:
        dossier = sending.at_committee(cast)
        sending.send(cast.base_member, dossier, cast.school.cell.pk, on=VOTED + timedelta(days=4))
        made = carried_out(cast, s.Merge((cast.school.cell.pk,), cast.neighbour.cell.pk))
        assert waits(cast.outsider, TODAY) == {}
        assert waits(cast.outsider) == {dossier.pk: papers.Waits.RECEIPT}
        received(cast.outsider, dossier)
        dossier.refresh_from_db()
        assert whereabouts.read(dossier.place).unit is None
        with behind(cast.outsider) as heir:
            walk = roads.walk(heir, dossier.pk, LATER)
            above = papers.ways_from(heir, walk)
        assert [unit.id for unit in above] == [cast.competent.pk]
        assert made.content["left"] == []

    def test_are_not_carried_on_where_another_works_by_now(self, cast: Cast) -> None:
        sending.at_committee(cast)
        anew = stage.unit("chi-bo-moi", UnitKind.CELL, "Chi bộ mới (mô phỏng)")
        stage.link(anew, cast.school.unit, Line.HOST)
        carried_out(cast, s.Merge((cast.school.cell.pk,), cast.neighbour.cell.pk))
        with behind(cast.outsider) as outsider:
            assert cast.school.unit.pk not in outsider.schools


class TestMeetings:
    def test_held_before_the_day_are_closed_by_who_carries_on_as_acts_of_that_body(
        self, cast: Cast
    ) -> None:
        dossier = sending.at_committee(cast)
        held = rooms.room(
            cast,
            [dossier],
            body=Body.COMMITTEE,
            step=Step.BASE_VOTED,
            on=TODAY,
            user=cast.base_member,
        )
        carried_out(cast, dissolved(cast))
        heir = rooms.Room(cast, cast.committee, LATER, held.meeting, Step.BASE_VOTED)
        with behind(cast.outsider) as outsider:
            assert not sitting.visible_to(outsider).exists()
        with behind(cast.committee):
            heir.type(dossier, rooms.PASS)
            closed = heir.close()
            assert (
                name(cast.base)
                in sitting.meetings(factory.actor(cast.committee, LATER), LATER).closed[0].note
            )
        act = Act.objects.get(dossier=dossier, step=Step.BASE_VOTED.value)
        assert (act.on_date, act.recorded_by_id, act.passed) == (TODAY, cast.committee.pk, True)
        assert closed.unit_id == cast.base.pk
        assert name(cast.base) in heir.page(LATER).unit

    def test_of_a_day_on_which_the_body_is_no_more_are_not_held(self, cast: Cast) -> None:
        new = meetings.NewMeeting(body=Body.COMMITTEE, on=LATER, chair="A", taker="B")
        meeting = meetings.plan_meeting(
            actor=factory.actor(cast.base_member, TODAY), new=new, at=factory.instant(TODAY)
        )
        carried_out(cast, dissolved(cast))
        with behind(cast.committee) as heir:
            with pytest.raises(meetings.BodyEnded) as refused:
                meetings.tell_attendance(
                    actor=heir, meeting_id=meeting.pk, there=rooms.THERE, at=factory.instant(LATER)
                )
            assert refused.value.facts["since"] == DAY
            meetings.cancel_meeting(actor=heir, meeting_id=meeting.pk, at=factory.instant(LATER))
        assert Meeting.objects.get().cancelled_at is not None
        line = Event.objects.get(action="meetings.cancelled")
        assert line.facts["ended"] == DAY.isoformat()
