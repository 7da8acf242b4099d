"""Clubs: founded by the Union, joined by own word; coming counts only if the pupil says so."""

from __future__ import annotations

from datetime import timedelta

import pytest

from donghanh.accompaniment import actions, queries
from donghanh.accompaniment.models import Attendance, Club, Meeting, Membership
from donghanh.domain import accompanying
from donghanh.domain.authority import NotAllowed
from donghanh.domain.rights import Role
from donghanh.history.models import Event
from tests import factory
from tests.factory import Cast
from tests.integration.accompaniment import walking
from tests.integration.accompaniment.walking import AT, BEGINS, TODAY, Pair

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return factory.cast()


@pytest.fixture
def one(cast: Cast) -> Pair:
    return walking.pair(cast)


def page(cast: Cast, club: Club) -> queries.ClubPage:
    return queries.club_page(factory.actor(cast.union, TODAY), club.pk)


def met(cast: Cast, club: Club, *came: Membership, on: object = TODAY) -> Meeting:
    return actions.keep_meeting(
        actor=factory.actor(cast.union, TODAY),
        club_id=club.pk,
        on=on,  # type: ignore[arg-type]  # a day
        topic="Đọc và kể",
        came=[each.pk for each in came],
        at=AT,
        today=TODAY,
    )


def invite(cast: Cast, club: Club, *people: int) -> int:
    return actions.invite_members(
        actor=factory.actor(cast.union, TODAY), club_id=club.pk, person_ids=people, at=AT
    )


class TestFound:
    def test_is_done_by_the_union_alone(self, cast: Cast, one: Pair) -> None:
        club = walking.club(cast)
        assert club.school_id == cast.school.unit.pk
        for user in (cast.secretary, one.helper, cast.committee):
            with pytest.raises(NotAllowed):
                actions.found_club(
                    actor=factory.actor(user, TODAY),
                    kind="club",
                    name="x",
                    purpose="x",
                    founded=TODAY,
                    once="x",
                    at=AT,
                    today=TODAY,
                )
        with pytest.raises(Club.DoesNotExist):
            queries.club_page(factory.actor(cast.neighbour.union, TODAY), club.pk)

    def test_takes_a_leader_of_the_own_school_only(self, cast: Cast) -> None:
        own = factory.holder("clb", "Lò Văn Phong", cast.school.unit, Role.CLUB_LEADER)
        other = factory.holder("clbxa", "Lò Văn Xa", cast.neighbour.unit, Role.CLUB_LEADER)
        who = factory.actor(cast.union, TODAY)
        assert dict(queries.leaders(who, TODAY)) == {own.pk: own.name}
        with pytest.raises(actions.LeaderUnknown):
            actions.found_club(
                actor=who,
                kind="club",
                name="x",
                purpose="x",
                founded=TODAY,
                leader_id=other.pk,
                once="x",
                at=AT,
                today=TODAY,
            )


class TestMembers:
    def test_are_those_who_joined_by_own_word(self, cast: Cast, one: Pair) -> None:
        club = walking.club(cast)
        assert invite(cast, club, one.dossier.person_id) == 1
        found = page(cast, club)
        assert ([], [one.dossier.person_id]) == (
            [each.person_id for each in found.members],
            [each.person_id for each in found.invited],
        )
        for _ in range(2):
            actions.join_club(code=one.code, club_id=club.pk, at=AT)
        found = page(cast, club)
        assert [each.person_id for each in found.members] == [one.dossier.person_id]
        assert found.invited == ()
        actions.leave_club(code=one.code, club_id=club.pk, at=AT)
        assert page(cast, club).members == page(cast, club).invited == ()

    def test_are_not_invited_once_stopped_nor_from_the_neighbour(
        self, cast: Cast, one: Pair
    ) -> None:
        club, far = walking.club(cast), factory.agreed_pupil(cast.neighbour, on=BEGINS)
        factory.stopped(one.dossier.person, on=TODAY)
        for person_id in (one.dossier.person_id, far.pk):
            with pytest.raises(actions.PupilsGone):
                invite(cast, club, person_id)
        assert not Membership.objects.exists()

    def test_do_not_join_the_club_of_another_school(self, cast: Cast) -> None:
        club, far = walking.club(cast), factory.agreed_pupil(cast.neighbour, on=BEGINS)
        with pytest.raises(Club.DoesNotExist):
            actions.join_club(code=walking.code_of(far), club_id=club.pk, at=AT)

    def test_vanish_from_the_club_once_stopped(self, cast: Cast, one: Pair) -> None:
        club = walking.club(cast)
        place = actions.join_club(code=one.code, club_id=club.pk, at=AT)
        met(cast, club, place)
        factory.stopped(one.dossier.person, on=TODAY)
        found = page(cast, club)
        assert (found.members, found.meetings[0].came) == ((), frozenset())
        with pytest.raises(actions.Stopped):
            actions.join_club(code=one.code, club_id=club.pk, at=AT)


class TestMeeting:
    def test_keeps_who_came_and_a_second_entry_takes_the_place(self, cast: Cast, one: Pair) -> None:
        club = walking.club(cast)
        place = actions.join_club(code=one.code, club_id=club.pk, at=AT)
        met(cast, club, place)
        met(cast, club)
        assert (Meeting.objects.count(), Attendance.objects.count()) == (1, 0)
        met(cast, club, place)
        assert page(cast, club).meetings[0].came == {place.pk}
        assert Event.objects.filter(action="accompaniment.meeting_kept").count() == 3

    def test_is_not_ahead_nor_before_the_founding_nor_of_strangers(
        self, cast: Cast, one: Pair
    ) -> None:
        club, other = walking.club(cast), walking.club(cast, "Xanh")
        stranger = actions.join_club(code=one.code, club_id=other.pk, at=AT)
        before = Event.objects.count()
        for on, came, refusal in (
            (TODAY + timedelta(days=1), (), accompanying.DayInFuture),
            (BEGINS - timedelta(days=1), (), actions.MeetingBeforeFounding),
            (TODAY, (stranger,), actions.NotAMember),
        ):
            with pytest.raises(refusal):
                met(cast, club, *came, on=on)
        assert (Meeting.objects.count(), Event.objects.count()) == (0, before)


class TestAttendance:
    def test_stands_on_the_road_only_while_the_pupil_says_so(self, cast: Cast, one: Pair) -> None:
        club = walking.club(cast)
        met(cast, club, actions.join_club(code=one.code, club_id=club.pk, at=AT))

        def shown() -> list[tuple[str, int]]:
            who = factory.actor(one.helper, TODAY)
            found = queries.pupil_page(who, one.dossier.pk, TODAY)
            return [(each.club, each.times) for each in found.came]

        assert shown() == []
        actions.show_attendance(code=one.code, club_id=club.pk, shown=True, at=AT)
        assert shown() == [("Bạn đọc", 1)]
        actions.show_attendance(code=one.code, club_id=club.pk, shown=False, at=AT)
        assert shown() == []
