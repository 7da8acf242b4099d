"""The second wall around accompaniment: what the database gives each way of looking."""

from __future__ import annotations

import pytest
from django.db import ProgrammingError, connection, transaction

from donghanh.accompaniment import actions
from donghanh.accounts.models import User
from donghanh.domain.looking import Reach, Way
from donghanh.domain.rights import Role
from donghanh.lib import wall
from donghanh.people import queries as people
from tests import factory
from tests.factory import Cast
from tests.integration.accompaniment import walking
from tests.integration.accompaniment.walking import AT, TODAY, Pair
from tests.integration.pool import rating

pytestmark = pytest.mark.django_db

ALL = {
    *("challenge", "declining", "evidence", "note", "noteanswer", "comment"),
    *("membership", "attendance", "rating"),
}
STAFF = {"challenge", "evidence", "comment", "membership", "attendance", "rating"}
#: Where the rows of the one pupil stand.
OF_ONE = {
    "challenge": "accompaniment_challenge",
    "declining": "accompaniment_declining",
    "evidence": "accompaniment_evidence",
    "note": "accompaniment_note",
    "noteanswer": "accompaniment_noteanswer",
    "comment": "accompaniment_comment",
    "membership": "accompaniment_membership",
    "attendance": "accompaniment_attendance",
    "rating": "pool_rating",
}


class World:
    """One pupil of whom there is a row of everything, and everybody who might look."""

    def __init__(self) -> None:
        self.cast: Cast = factory.cast()
        self.one: Pair = walking.pair(self.cast)
        walking.done(self.one)
        (declined,) = walking.given(self.one.helper, self.one.dossier)
        actions.decline(code=self.one.code, challenge_id=declined.pk, at=AT)
        note = walking.noted(self.one)
        actions.answer_note(code=self.one.code, note_id=note, text="Vâng ạ", once="a", at=AT)
        walking.commented(self.one)
        self.club = walking.club(self.cast)
        place = actions.join_club(code=self.one.code, club_id=self.club.pk, at=AT)
        actions.keep_meeting(
            actor=factory.actor(self.cast.union, TODAY),
            club_id=self.club.pk,
            on=TODAY,
            topic="Đọc",
            came=[place.pk],
            at=AT,
            today=TODAY,
        )
        rating.rated(self.cast, self.one.dossier.person, today=TODAY)

    def reach(self, user: User) -> Reach:
        return factory.actor(user, TODAY).reach


@pytest.fixture
def world() -> World:
    return World()


def shown(reach: Reach) -> set[str]:
    """Return the tables of which a plain SELECT gives a row under a reach."""
    found = set()
    for name, where in OF_ONE.items():
        statement = f"SELECT count(*) FROM {where}"  # noqa: S608 - ours
        try:
            with (
                transaction.atomic(),
                wall.looking(reach.way, reach.settings),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement)
                if cursor.fetchone()[0]:
                    found.add(name)
        except ProgrammingError as error:
            assert "permission denied" in str(error)
    return found


class TestLooking:
    def test_gives_cell_and_union_no_note_and_no_declining(self, world: World) -> None:
        for user in (world.cast.secretary, world.cast.union):
            assert shown(world.reach(user)) == STAFF

    def test_gives_a_helper_notes_but_no_declining_and_no_coming_that_is_not_shown(
        self, world: World
    ) -> None:
        expected = {"challenge", "evidence", "note", "noteanswer", "comment"}
        assert shown(world.reach(world.one.helper)) == expected
        actions.show_attendance(code=world.one.code, club_id=world.club.pk, shown=True, at=AT)
        expected |= {"membership", "attendance"}
        assert shown(world.reach(world.one.helper)) == expected

    def test_gives_the_pupil_everything(self, world: World) -> None:
        reach = Reach(Way.PUPIL, code=people.digest_of(world.one.code))
        assert shown(reach) == ALL

    def test_gives_nobody_else_anything(self, world: World) -> None:
        cast = world.cast
        leader = factory.holder("clb", "Lò Văn Phong", cast.school.unit, Role.CLUB_LEADER)
        board = factory.holder("tochuc", "Lương Kim Oanh", cast.base, Role.BOARD)
        stranger = walking.helping(cast, "nguoikhac")
        pupil = walking.code_of(factory.agreed_pupil(cast.school, on=TODAY))
        reaches = [
            world.reach(user)
            for user in (
                *(cast.committee, cast.base_member, board, cast.outsider, stranger, leader),
                *(cast.officer, cast.upper_unionist, cast.administrator),
            )
        ]
        reaches.append(Reach(Way.PUPIL, code=people.digest_of(pupil)))
        school = world.cast.school.unit.pk
        reaches.append(Reach(Way.EMERGENCY, schools={school}, opened=school))
        for reach in reaches:
            assert shown(reach) == set(), reach

    def test_gives_the_next_helper_what_the_former_one_no_longer_gets(self, world: World) -> None:
        other = walking.helping(world.cast, "nguoisau")
        walking.changed_helper(world.cast, world.one, other)
        expected = {"challenge", "evidence", "note", "noteanswer", "comment"}
        assert shown(world.reach(other)) == expected
        assert shown(world.reach(world.one.helper)) == set()

    def test_gives_staff_nothing_once_the_pupil_stopped_and_the_pupil_the_own(
        self, world: World
    ) -> None:
        factory.stopped(world.one.dossier.person, on=TODAY)
        cast = world.cast
        for user in (cast.secretary, cast.union, world.one.helper, cast.committee):
            assert shown(world.reach(user)) == set()
        reach = Reach(Way.PUPIL, code=people.digest_of(world.one.code))
        assert shown(reach) == ALL


class TestWriting:
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE accompaniment_challenge SET accepted_at = now()",
            "UPDATE accompaniment_challenge SET reflection = 'x'",
            "INSERT INTO accompaniment_note (dossier_id) SELECT id FROM dossiers_dossier",
            "DELETE FROM accompaniment_challenge",
        ],
    )
    def test_in_the_place_of_the_pupil_is_denied_to_staff(
        self, world: World, statement: str
    ) -> None:
        reach = world.reach(world.cast.secretary)
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            wall.looking(reach.way, reach.settings),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)

    def test_an_answer_in_the_place_of_staff_is_denied_to_the_pupil(self, world: World) -> None:
        reach = Reach(Way.PUPIL, code=people.digest_of(world.one.code))
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            wall.looking(reach.way, reach.settings),
            connection.cursor() as cursor,
        ):
            cursor.execute("UPDATE accompaniment_challenge SET answer = 'x'")
