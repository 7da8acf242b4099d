"""A meeting is closed once, whole, and never changed: the roads follow from what was counted."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from fractions import Fraction
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from donghanh.accounts.models import User
from donghanh.domain.acts import Step
from donghanh.domain.errors import RuleError
from donghanh.domain.rights import Role
from donghanh.domain.sitting import Body
from donghanh.dossiers import actions as dossiers
from donghanh.dossiers.models import Act, Dossier
from donghanh.history.models import Event
from donghanh.meetings import actions, queries
from donghanh.meetings.models import AgendaItem, Draft, Meeting
from tests import chain, factory
from tests.factory import Cast
from tests.integration.meetings import rooms
from tests.integration.meetings.rooms import DELAY, FAIL, PASS, Room


def acts(step: Step = Step.CELL_VOTED) -> list[Act]:
    return list(Act.objects.filter(step=step.value).order_by("id"))


def decided() -> tuple[Room, list[Dossier]]:
    """Hold a cell's meeting about three pupils: one carried, one lost, one put off."""
    cast = factory.cast()
    pupils = rooms.three(cast)
    room = rooms.room(cast, pupils)
    for dossier, typed in zip(pupils, (PASS, FAIL, DELAY), strict=True):
        room.type(dossier, typed)
    return room, pupils


@pytest.mark.django_db
class TestThreePupils:
    def test_leave_a_pass_a_failed_try_and_nothing(self) -> None:
        room, pupils = decided()
        before = Event.objects.count()
        room.close()
        first, second = acts()
        assert [act.dossier_id for act in (first, second)] == [one.pk for one in pupils[:2]]
        assert (first.passed, second.passed) == (True, False)
        assert not Act.objects.filter(dossier=pupils[2], step=Step.CELL_VOTED.value).exists()
        lines = list(Event.objects.order_by("id")[before:])
        assert [line.action for line in lines] == [
            *["dossiers.act_recorded"] * 2,
            "meetings.closed",
        ]
        assert [line.subject_id for line in lines] == [pupils[0].pk, pupils[1].pk, room.meeting.pk]
        assert chain.holds()

    def test_are_counted_by_the_exact_fraction(self) -> None:
        room, _pupils = decided()
        room.close()
        for act, item in zip(acts(), room.items, strict=False):
            # Two of sixteen are left out; whoever is absent counts against.
            base = act.official - sum(act.excluded_by.values())
            assert (base, item.base) == (14, 14)
            assert act.passed is (Fraction(act.favour or 0, base) >= Fraction(2, 3))
            smallest = min(n for n in range(base + 1) if Fraction(n, base) >= Fraction(2, 3))
            assert item.needed == smallest == 10

    def test_keep_who_was_there_and_forget_what_was_typed(self) -> None:
        room, pupils = decided()
        room.type(pupils[0], {**PASS, "present": "11", "favour": "10"})
        room.close()
        act = acts()[0]
        assert (act.convened, act.present, act.favour) == (14, 11, 10)
        assert room.item(pupils[0]).counts["excluded_by"] == {"away": 2}
        assert room.item(pupils[2]).word == DELAY["word"]
        assert not Draft.objects.exists()

    def test_are_shown_as_invalid_once_the_act_was(self) -> None:
        room, pupils = decided()
        room.close()
        pupils[0].refresh_from_db()
        dossiers.void_act(
            actor=factory.actor(room.user, room.on),
            dossier_id=pupils[0].pk,
            seen=pupils[0].acts_recorded,
            number=acts()[0].number,
            reason="Sai ngày họp",
            at=factory.instant(room.on, 18),
            today=room.on,
        )
        assert [row.state for row in room.page().rows] == ["invalid", "lost", "deferred"]
        assert [link.slug for link in room.page().papers] == ["bien-ban"]


@pytest.mark.django_db
class TestClosing:
    def test_refuses_whole_when_one_is_not_ready(self) -> None:
        room, pupils = decided()
        room.type(pupils[1], {"favour": "9", "against": "5"})
        assert [row.state for row in room.page().rows] == ["ready", "wrong", "deferred"]
        with pytest.raises(actions.NotReady), transaction.atomic():
            room.close()
        assert not acts()
        assert all(item.state == "open" for item in room.items)

    def test_shows_the_rule_where_one_is_refused_and_records_nothing(self) -> None:
        room, pupils = decided()
        new = dossiers.NewAct(step=Step.CELL_VOTED, on=room.on, tally=factory.CARRIED)
        factory.record(room.user, pupils[1], new)
        room.type(pupils[1], PASS)
        rows = room.page().rows
        assert [row.state for row in rows] == ["ready", "wrong", "deferred"]
        assert "30/11/2023" in rows[1].told
        with pytest.raises(actions.NotReady), transaction.atomic():
            room.close()
        assert [act.dossier_id for act in acts()] == [pupils[1].pk]

    def test_refuses_a_vote_while_it_is_disputed_who_is_left_out(self) -> None:
        room, pupils = decided()
        room.type(pupils[0], {**PASS, "disputed": "1"})
        row = room.page().rows[0]
        assert (row.state, "mẫu số" in row.told) == ("wrong", True)
        with pytest.raises(actions.NotReady), transaction.atomic():
            room.close()
        room.type(pupils[0], PASS)
        assert room.close().closed_at

    def test_refuses_whole_when_a_dossier_was_changed_meanwhile(self) -> None:
        room, pupils = decided()
        seal = room.page().seal
        new = dossiers.NewAct(step=Step.CHALLENGED, on=room.on)
        factory.record(room.user, pupils[1], new)
        with pytest.raises(actions.MeetingChanged), transaction.atomic():
            room.close(seal=seal)
        assert not acts()

    def test_refuses_what_was_typed_since(self) -> None:
        room, pupils = decided()
        seal = room.page().seal
        room.type(pupils[0], FAIL)
        with pytest.raises(actions.MeetingChanged), transaction.atomic():
            room.close(seal=seal)
        assert not acts()

    def test_refuses_a_meeting_of_a_day_to_come(self) -> None:
        cast = factory.cast()
        room = rooms.room(cast, rooms.three(cast))
        with pytest.raises(actions.NotYetHeld), transaction.atomic():
            room.close(today=room.on - timedelta(days=1))

    def test_refuses_an_empty_agenda(self) -> None:
        cast = factory.cast()
        with pytest.raises(actions.NobodyOnIt), transaction.atomic():
            rooms.room(cast, []).close()

    def test_changes_nothing_a_second_time(self) -> None:
        room, _pupils = decided()
        room.close()
        lines = Event.objects.count()
        with pytest.raises(actions.AlreadyClosed), transaction.atomic():
            room.close()
        assert (len(acts()), Event.objects.count()) == (2, lines)

    def test_is_for_good_to_the_database_too(self) -> None:
        room, pupils = decided()
        room.close()
        for change in (
            lambda: Meeting.objects.update(chair="x"),
            lambda: AgendaItem.objects.update(word="x"),
            lambda: AgendaItem.objects.create(
                meeting=room.meeting, dossier=pupils[0], position=9, step="cell_voted"
            ),
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                change()

    def test_passes_over_who_stopped_without_a_trace(self) -> None:
        room, pupils = decided()
        factory.stopped(pupils[1].person, on=room.on)
        page = room.page()
        assert [row.number for row in page.rows] == [1, 2]
        assert pupils[1].person.full_name not in str(page)
        room.close()
        assert [act.dossier_id for act in acts()] == [pupils[0].pk]
        assert not AgendaItem.objects.filter(dossier=pupils[1]).exists()
        assert pupils[1].person.full_name.encode() not in room.paper("bien-ban")

    def test_records_a_dozen_in_the_order_of_the_agenda(self) -> None:
        cast = factory.cast()
        pupils = [factory.walk_to(Step.SOURCED, cast) for _ in range(12)]
        room = rooms.room(
            cast, pupils, body=Body.UNION_COMMITTEE, step=Step.INTRODUCED, user=cast.union
        )
        for dossier in pupils:
            room.type(dossier, {"favour": "12", "against": "0"})
        room.close()
        recorded = [act.dossier_id for act in acts(Step.INTRODUCED)]
        assert recorded == [item.dossier_id for item in room.items]
        assert len(recorded) == 12


@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    def test_close_a_meeting_once_and_tell_the_other(self) -> None:
        room, _pupils = decided()
        colleague = factory.holder("pho", "Ngô Thị Hiền", room.cast.school.cell, Role.SECRETARY)
        seal, together = room.page().seal, Barrier(2)

        def close(user: User) -> str:
            try:
                actor = factory.actor(user, room.on)
                together.wait(10)
                actions.close_meeting(
                    actor=actor,
                    meeting_id=room.meeting.pk,
                    seal=seal,
                    at=factory.instant(room.on, 17),
                    today=room.on,
                )
            except RuleError as error:
                return error.code
            finally:
                connection.close()
            return "closed"

        with ThreadPoolExecutor(2) as pool:
            told = sorted(pool.map(close, [room.user, colleague]))
        assert told == ["closed", "meetings.already_closed"]
        assert len(acts()) == 2
        assert chain.holds()


@pytest.mark.django_db
class TestBodies:
    def test_the_unions_committee_reads_what_a_chapter_nominated(self) -> None:
        cast: Cast = factory.cast()
        (pupil,) = rooms.waiting(cast, Step.SOURCED, ["Nguyễn Ái An"])
        on = rooms.day_of(Step.INTRODUCED)
        chapter = rooms.room(
            cast,
            [pupil],
            body=Body.CLASS_CHAPTER,
            step=Step.INTRODUCED,
            user=cast.union,
            class_name="12A1",
            on=on - timedelta(days=2),
        )
        chapter.type(pupil, {"favour": "8", "against": "0"})
        chapter.close()
        assert (acts(Step.INTRODUCED), chapter.item(pupil).passed) == ([], True)

        meeting = rooms.planned(cast, cast.union, Body.UNION_COMMITTEE, on)
        page = actions.open_agenda(
            actor=factory.actor(cast.union, on),
            meeting_id=meeting.pk,
            asked=queries.Sought(),
            at=factory.instant(on),
            today=on,
        )
        assert "8/14" in page.ready[0].note

    def test_what_no_share_decides_is_agreed_or_not(self) -> None:
        cast = factory.cast()
        helper = factory.holder("giupdo", "Hà Thị Sen", cast.school.cell, Role.HELPER)
        pupils = rooms.waiting(cast, Step.INTRODUCED, ["Nguyễn Ái An", "Trần Thị Bình"])
        room = rooms.room(cast, pupils, step=Step.LISTED)
        room.type(
            pupils[0], {"agreed": "yes", "helper": str(helper.pk), "paper_number": "07-NQ/CB"}
        )
        room.type(pupils[1], {"agreed": "no", "favour": "3", "against": "9"})
        room.close()
        (act,) = acts(Step.LISTED)
        assert (act.dossier_id, act.helper, act.paper_number) == (
            pupils[0].pk,
            helper,
            "07-NQ/CB",
        )
        assert room.item(pupils[1]).passed is False
        assert room.item(pupils[1]).counts["against"] == 9

    def test_a_committee_decides_across_the_schools_it_is_competent_for(self) -> None:
        cast = factory.cast()
        ours = factory.walk_to(Step.BASE_VOTED, cast)
        theirs = factory.walk_to(Step.CELL_VOTED, cast, cast.neighbour)
        on = rooms.day_of(Step.DECIDED)
        room = rooms.room(
            cast,
            [ours, theirs],
            body=Body.COMMITTEE,
            step=Step.DECIDED,
            user=cast.committee,
            on=on,
        )
        for dossier in (ours, theirs):
            room.type(dossier, {"favour": "9", "against": "3"})
        room.close()
        assert len(acts(Step.DECIDED)) == 2
