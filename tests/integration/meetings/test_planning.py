"""Who can be put on an agenda, who cannot and why; and whose meetings somebody sees."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from donghanh.amendments import queries as amendments
from donghanh.domain import rules, sitting
from donghanh.domain.acts import Step
from donghanh.domain.authority import Actor, NotAllowed
from donghanh.domain.errors import RuleError
from donghanh.domain.sitting import Attendance, Body, decides
from donghanh.dossiers import actions as refreshing
from donghanh.dossiers import queries as dossiers
from donghanh.history.models import Event
from donghanh.lib import wall
from donghanh.meetings import actions, queries
from donghanh.meetings.models import AgendaItem, Draft, Meeting
from tests import factory
from tests.integration.meetings import rooms
from tests.integration.meetings.rooms import PASS

pytestmark = pytest.mark.django_db

ON = rooms.day_of(Step.CELL_VOTED)


def agenda(
    room: rooms.Room, step: Step | None = None, q: str = "", page: str = ""
) -> queries.AgendaPage:
    sought = queries.Sought(step.value if step else "", q, page)
    return queries.agenda_page(factory.actor(room.user, room.on), room.meeting, sought, room.on)


class TestAgenda:
    def test_offers_whose_road_is_ready_and_says_why_another_is_not(self) -> None:
        cast = factory.cast()
        rooms.three(cast)
        rooms.waiting(cast, Step.INTRODUCED, ["Vũ Đức Anh"])
        young = factory.agreed_pupil(
            cast.school,
            on=rooms.BEGIN - timedelta(days=2),
            born=factory.turns_eighteen(ON + timedelta(days=1)),
            name="Đặng Quốc Ấn",
        )
        factory.walk_to(Step.PAPERS, cast, person=young)
        room = rooms.room(cast, [])
        page = agenda(room, Step.CELL_VOTED)
        assert [one.name for one in page.ready] == ["Nguyễn Ái An", "Trần Thị Bình", "Y Chi Niê"]
        why = {one.name: one for one in page.kept_off}
        assert "01/12/2023" in why["Đặng Quốc Ấn"].why
        cite = why["Đặng Quốc Ấn"].cite
        assert cite is not None
        assert cite.full
        assert "Vũ Đức Anh" not in why
        sought = agenda(room, Step.CELL_VOTED, q="vu duc")
        assert [one.name for one in sought.kept_off if one.why] == ["Vũ Đức Anh"]
        assert not sought.ready

    def test_shows_one_page_of_many(self, monkeypatch: pytest.MonkeyPatch) -> None:
        cast = factory.cast()
        rooms.three(cast)
        monkeypatch.setattr("donghanh.meetings.queries.agenda.PAGE", 2)
        room = rooms.room(cast, [])
        first, second = (agenda(room, Step.CELL_VOTED, page=page) for page in ("", "2"))
        assert [one.name for one in first.ready] == ["Nguyễn Ái An", "Trần Thị Bình"]
        assert [one.name for one in second.ready] == ["Y Chi Niê"]
        assert (first.pages.paginator.count, second.named) == (3, [second.ready[0].dossier_id])

    @pytest.mark.parametrize("days", [-40, 0, 40])
    def test_offers_whom_a_replay_of_everybody_lets_through(
        self, days: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        cast, book = factory.cast(), amendments.current()
        for step in (Step.INTRODUCED, Step.LISTED, Step.PAPERS, Step.CELL_VOTED, Step.ADMITTED):
            rooms.waiting(cast, step, [f"Lê Thị {step.value.title()}"])
        day = ON + timedelta(days=days)
        refreshing.refresh_standings(today=ON)
        monkeypatch.setattr("donghanh.meetings.queries.agenda.PAGE", 2)
        seen = 0
        for user, body in ((cast.secretary, Body.CELL), (cast.base_member, Body.COMMITTEE)):
            actor = factory.actor(user, ON)
            meeting = rooms.planned(cast, user, body, day)
            known = queries.competence(meeting.unit_id, body, day)
            every = dossiers.walks(actor, ON, book)
            for step in decides(book, body):
                let = {w.dossier.pk for w in every if not queries.refusing(w, step, day, known)}
                assert let == set(_ready(actor, meeting, step))
                seen += len(let)
        assert seen

    def test_takes_a_fixed_number_of_statements(self) -> None:
        cast = factory.cast()
        room = rooms.room(cast, [])
        rooms.waiting(cast, Step.PAPERS, ["Nguyễn Ái An"])
        with CaptureQueriesContext(connection) as few:
            agenda(room)
        rooms.waiting(cast, Step.PAPERS, ["Trần Thị Bình", "Y Chi Niê"])
        with CaptureQueriesContext(connection) as more:
            assert len(agenda(room).ready) == 3
        assert len(more) == len(few)

    def test_opens_with_what_the_first_wait_for(self) -> None:
        cast = factory.cast()
        rooms.waiting(cast, Step.PAPERS, ["Nguyễn Ái An"])
        room = rooms.room(cast, [])
        assert agenda(room).step is Step.CELL_VOTED
        rooms.waiting(cast, Step.INTRODUCED, ["Vũ Đức Anh"])
        refreshing.refresh_standings(today=room.on)
        assert agenda(room).step is Step.LISTED

    def test_refuses_a_pupil_twice(self) -> None:
        cast = factory.cast()
        pupils = rooms.three(cast)
        room = rooms.room(cast, pupils[:1])
        with pytest.raises(actions.OnItTwice), transaction.atomic():
            add(room, [pupils[0].pk, pupils[1].pk])
        assert len(room.items) == 1

    def test_refuses_whom_the_rules_refuse_and_adds_nobody(self) -> None:
        cast = factory.cast()
        pupils = rooms.three(cast)
        early = rooms.waiting(cast, Step.INTRODUCED, ["Vũ Đức Anh"])
        room = rooms.room(cast, [])
        with pytest.raises(RuleError), transaction.atomic():
            add(room, [pupils[0].pk, early[0].pk])
        assert not room.items

    def test_refuses_a_step_of_another_body_and_a_pupil_of_another_school(self) -> None:
        cast = factory.cast()
        room = rooms.room(cast, [])
        theirs = factory.walk_to(Step.PAPERS, cast, cast.neighbour)
        ours = rooms.three(cast)
        for step, dossier in ((Step.DECIDED, ours[0]), (Step.CELL_VOTED, theirs)):
            with pytest.raises(actions.NotToBeDecided), transaction.atomic():
                add(room, [dossier.pk], step)

    def test_takes_no_more_than_one_meeting_can(self, monkeypatch: pytest.MonkeyPatch) -> None:
        cast = factory.cast()
        pupils = rooms.three(cast)
        room = rooms.room(cast, [])
        monkeypatch.setattr("donghanh.meetings.actions.planning.MOST_ITEMS", 2)
        with pytest.raises(actions.TooMany), transaction.atomic():
            add(room, [one.pk for one in pupils])

    def test_forgets_who_is_taken_off_and_what_is_cancelled(self) -> None:
        cast = factory.cast()
        pupils = rooms.three(cast)
        room = rooms.room(cast, pupils)
        room.type(pupils[0], PASS)
        actor = factory.actor(room.user, room.on)
        at = factory.instant(room.on, 16)
        actions.drop_item(
            actor=actor, meeting_id=room.meeting.pk, item_id=room.item(pupils[0]).pk, at=at
        )
        assert (len(room.items), Draft.objects.count()) == (2, 0)
        actions.cancel_meeting(actor=actor, meeting_id=room.meeting.pk, at=at)
        assert not AgendaItem.objects.exists()
        assert not queries.visible_to(actor).exists()


def _ready(actor: Actor, meeting: Meeting, step: Step) -> list[int]:
    """Whom all pages of an agenda offer."""
    found: list[int] = []
    number, last = 0, 1
    while number < last:
        number += 1
        page = queries.agenda_page(actor, meeting, queries.Sought(step.value, "", str(number)), ON)
        last = page.pages.paginator.num_pages
        found += [one.dossier_id for one in page.ready]
    return found


def add(room: rooms.Room, dossier_ids: list[int], step: Step = Step.CELL_VOTED) -> int:
    return actions.add_items(
        actor=factory.actor(room.user, room.on),
        meeting_id=room.meeting.pk,
        step=step,
        dossier_ids=dossier_ids,
        at=factory.instant(room.on, 9),
        today=room.on,
    )


class TestPlan:
    def test_refuses_a_body_of_others_and_an_unknown_class(self) -> None:
        cast = factory.cast()
        with pytest.raises(NotAllowed), transaction.atomic():
            rooms.planned(cast, cast.secretary, Body.UNION_COMMITTEE, ON)
        with pytest.raises(NotAllowed), transaction.atomic():
            rooms.planned(cast, cast.officer, Body.CELL, ON)
        with pytest.raises(actions.ClassUnknown), transaction.atomic():
            rooms.planned(cast, cast.union, Body.CLASS_CHAPTER, ON, "12A9")
        assert not Meeting.objects.exists()

    def test_refuses_a_day_on_which_the_body_was_not_there(self) -> None:
        cast = factory.cast()
        before = factory.SINCE - timedelta(days=1)
        actor = factory.actor(cast.secretary, ON)
        new = actions.NewMeeting(body=Body.CELL, on=before, chair="A", taker="B")
        with pytest.raises(RuleError), transaction.atomic():
            actions.plan_meeting(actor=actor, new=new, at=factory.instant(ON))
        assert not Meeting.objects.exists()

    def test_refuses_numbers_that_cannot_be(self) -> None:
        cast = factory.cast()
        room = rooms.room(cast, [])
        for there in (Attendance(9, 10, 8), Attendance(9, 8, 9), Attendance(5, 1, 1, 6)):
            with pytest.raises(RuleError), transaction.atomic():
                actions.tell_attendance(
                    actor=factory.actor(room.user, room.on),
                    meeting_id=room.meeting.pk,
                    there=there,
                    at=factory.instant(room.on),
                )

    def test_leaves_one_line_for_each_change(self) -> None:
        cast = factory.cast()
        pupils = rooms.three(cast)
        rooms.room(cast, pupils)
        lines = Event.objects.filter(subject="meeting").order_by("id")
        assert [line.action for line in lines] == [
            "meetings.planned",
            "meetings.attendance_told",
            "meetings.items_added",
        ]
        # How many are on it is not told: who stops later must leave no gap.
        assert {tuple(sorted(line.facts)) for line in lines} == {("body", "on")}


class TestSteps:
    def test_follow_from_the_rules(self) -> None:
        book = rules.load()
        assert sitting.decides(book, Body.CELL) == (
            Step.LISTED,
            Step.SENT_TO_CLASS,
            Step.ASKED,
            Step.CELL_VOTED,
            Step.RECOGNITION_VOTED,
            Step.UNLISTED,
            Step.HELPER_CHANGED,
        )
        assert sitting.decides(book, Body.UNION_COMMITTEE) == (Step.INTRODUCED,)


class TestOutsiders:
    def test_see_nothing_of_a_neighbours_meeting(self) -> None:
        cast = factory.cast()
        pupils = rooms.three(cast)
        room = rooms.room(cast, pupils)
        room.type(pupils[0], PASS)
        for user in (cast.outsider, cast.union, cast.base_member, cast.officer):
            actor = factory.actor(user, room.on)
            assert not queries.visible_to(actor).exists()
            with pytest.raises(Meeting.DoesNotExist), transaction.atomic():
                actions.open_meeting(
                    actor=actor,
                    meeting_id=room.meeting.pk,
                    at=factory.instant(room.on),
                    today=room.on,
                )

    @pytest.mark.parametrize("table", ["meeting", "agendaitem", "draft"])
    def test_are_shown_nothing_by_the_database(self, table: str) -> None:
        cast = factory.cast()
        pupils = rooms.three(cast)
        room = rooms.room(cast, pupils[:2])
        for dossier in pupils[:2]:
            room.type(dossier, PASS)
        own = {"meeting": 1, "agendaitem": 2, "draft": 2}[table]
        expected = {cast.secretary: own, cast.outsider: 0, cast.base_member: 0, cast.committee: 0}
        for user, number in expected.items():
            assert seen(user, room, table) == number
        factory.stopped(pupils[0].person, on=room.on)
        assert seen(cast.secretary, room, table) == (1 if table == "meeting" else own - 1)


def seen(user: object, room: rooms.Room, table: str) -> int:
    """Return how many rows a plain SELECT gives somebody."""
    reach = factory.actor(user, room.on).reach  # type: ignore[arg-type]
    with wall.looking(reach.way, reach.settings), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM meetings_{table}")  # noqa: S608 - ours
        return int(cursor.fetchone()[0])
