"""The second wall by consent and list: what a plain SELECT gives of who stopped or is unlisted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import ProgrammingError, connection, transaction

from donghanh.accounts.models import User
from donghanh.domain.acts import Step
from donghanh.domain.errors import RuleError
from donghanh.domain.looking import Reach, Way
from donghanh.domain.rights import Role
from donghanh.dossiers import actions as dossiers
from donghanh.dossiers import queries as roads
from donghanh.dossiers.models import Dossier
from donghanh.lib import wall
from donghanh.people.models import Person
from tests import factory
from tests.factory import BEGINS, Cast

pytestmark = pytest.mark.django_db

ON = BEGINS["R1"]
LATER = ON + timedelta(days=60)
#: The tables that tell of one pupil, each with what gives the rows of some person.
OF_ONE = {
    "people_person": "id = {person}",
    "people_nameword": "person_id = {person}",
    "people_consent": "person_id = {person}",
    "dossiers_dossier": "person_id = {person}",
    "dossiers_act": "dossier_id = {dossier}",
}


@pytest.fixture
def cast() -> Cast:
    return factory.cast()


@pytest.fixture
def board(cast: Cast) -> User:
    return factory.holder("tochuc", "Lương Kim Oanh", cast.base, Role.BOARD)


def rows(reach: Reach, table: str, dossier: Dossier) -> int:
    """Return how many rows of one pupil a plain SELECT of everything holds."""
    which = OF_ONE[table].format(person=dossier.person_id, dossier=dossier.pk)
    with wall.looking(reach.way, reach.settings), connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - names from above
        columns = [column.name for column in cursor.description]
        name, _, value = which.partition(" = ")
        place = columns.index(name)
        return sum(1 for row in cursor.fetchall() if row[place] == int(value))


def shown(reach: Reach, dossier: Dossier) -> set[str]:
    """Return the tables that hold anything of a pupil under a reach."""
    return {table for table in OF_ONE if rows(reach, table, dossier)}


def refused(reach: Reach, statement: str) -> bool:
    try:
        with (
            transaction.atomic(),
            wall.looking(reach.way, reach.settings),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    except ProgrammingError as error:
        return "permission denied" in str(error)
    return False


def marks(dossier: Dossier) -> tuple[bool, bool]:
    """Return the marks of a case, which are those of its person and of the words of the name."""
    case, person = Dossier.objects.get(pk=dossier.pk), Person.objects.get(pk=dossier.person_id)
    assert (case.agreed, case.listed) == (person.agreed, person.listed)
    words = set(person.words.values_list("word", "listed"))
    named = {(word, person.listed) for word in person.search_key.split()}
    assert words == (named if person.agreed else set())
    return person.agreed, person.listed


class TestMarks:
    def test_follow_consents_and_acts(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.INTRODUCED, cast)
        assert marks(dossier) == (True, False)
        day = ON + timedelta(days=factory.OFFSETS[Step.LISTED])
        factory.record(cast.secretary, dossier, dossiers.NewAct(step=Step.LISTED, on=day))
        assert marks(dossier) == (True, True)
        dossiers.void_act(
            actor=factory.actor(cast.secretary, day),
            dossier_id=dossier.pk,
            seen=Dossier.objects.get(pk=dossier.pk).acts_recorded,
            number=Dossier.objects.get(pk=dossier.pk).acts_recorded,
            reason="ghi nhầm",
            at=factory.instant(day, 10),
            today=day,
        )
        assert marks(dossier) == (True, False)
        factory.stopped(dossier.person, on=day)
        assert marks(dossier) == (False, False)

    def test_are_those_that_counting_anew_would_set(self, cast: Cast) -> None:
        factory.walk_to(Step.CELL_VOTED, cast)
        factory.walk_to(Step.INTRODUCED, cast, cast.neighbour)
        factory.stopped(factory.walk_to(Step.LISTED, cast).person, on=LATER)
        with connection.cursor() as cursor:
            cursor.execute("SELECT wall_mark_all()")
            assert cursor.fetchone() == (0,)
            cursor.execute("UPDATE people_person SET listed = NOT listed, agreed = NOT agreed")
            changed = cursor.rowcount
            cursor.execute("SELECT wall_mark_all()")
            assert cursor.fetchone()[0] >= changed > 0
            cursor.execute("SELECT wall_mark_all()")
            assert cursor.fetchone() == (0,)

    def test_of_a_name_follow_the_name(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.LISTED, cast)
        Person.objects.filter(pk=dossier.person_id).update(search_key="le thi an an")
        assert set(dossier.person.words.values_list("word", flat=True)) == {"le", "thi", "an"}
        assert marks(dossier) == (True, True)

    def test_of_a_new_case_are_the_persons_whatever_is_said(self, cast: Cast) -> None:
        person = factory.agreed_pupil(cast.school)
        dossier = Dossier.objects.create(
            person=person,
            school_id=person.school_id,
            opened_date=ON,
            base_committee=True,
            scopes=[],
            agreed=False,
            listed=True,
        )
        assert marks(dossier) == (True, False)

    @pytest.mark.parametrize("table", ["dossiers_dossier", "people_person", "people_nameword"])
    def test_are_not_written_by_who_looks_at_cases(self, cast: Cast, table: str) -> None:
        reach = factory.actor(cast.secretary, ON).reach
        assert refused(reach, f"UPDATE {table} SET listed = true")  # noqa: S608 - names from above

    @pytest.mark.parametrize("asked", ["wall_mark(1)", "wall_mark_all()", "wall_person()"])
    def test_are_not_set_by_asking_the_function(self, cast: Cast, asked: str) -> None:
        for way in (Way.PLAIN, Way.CASES, Way.HELPER, Way.COUNTS, Way.PUPIL):
            assert refused(Reach(way), f"SELECT {asked}")


class TestStopped:
    def test_is_shown_to_nobody_on_the_staff(self, cast: Cast, board: User) -> None:
        helper = factory.holder("giupdo", "Hà Thị Sen", cast.school.cell, Role.HELPER)
        dossier = factory.walk_to(Step.INTRODUCED, cast)
        day = ON + timedelta(days=factory.OFFSETS[Step.LISTED])
        new = dossiers.NewAct(step=Step.LISTED, on=day, helper_id=helper.pk)
        factory.record(cast.secretary, dossier, new)
        staff = [cast.secretary, cast.union, cast.base_member, cast.committee, board, helper]
        reaches = [factory.actor(user, LATER).reach for user in staff]
        school = cast.school.unit.pk
        reaches += [Reach(Way.EMERGENCY, opened=school), Reach(Way.EMERGENCY, {school})]
        for reach in reaches:
            assert shown(reach, dossier) == set(OF_ONE), reach
        factory.stopped(dossier.person, on=LATER)
        for reach in reaches:
            assert shown(reach, dossier) == set(), reach

    def test_keeps_the_own_file(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.LISTED, cast)
        factory.stopped(dossier.person, on=LATER)
        reach = Reach(Way.PUPIL, account=dossier.person.user_id)
        own = {"people_person", "people_consent", "dossiers_dossier", "dossiers_act"}
        for table in own:
            assert rows(reach, table, dossier), table

    def test_stays_counted_without_a_name(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.LISTED, cast)
        factory.stopped(dossier.person, on=LATER)
        other = factory.walk_to(Step.INTRODUCED, cast)
        school, neighbour = cast.school.unit.pk, cast.neighbour.unit.pk
        reach = factory.actor(cast.secretary, LATER).reach
        with wall.looking(reach.way, reach.settings), connection.cursor() as cursor:
            counted = roads.roads_of_schools([school, neighbour], LATER)
            assert set(counted[school]) == {dossier.pk, other.pk}
            assert Dossier.objects.get().pk == other.pk
            with wall.counting():
                cursor.execute("SELECT current_user, current_setting('wall.schools')")
                assert cursor.fetchone() == ("donghanh_counts", reach.settings["schools"])
            cursor.execute("SELECT current_user")
            assert cursor.fetchone() == ("donghanh_cases",)


class TestUnlisted:
    def test_is_shown_to_the_school_and_not_above(self, cast: Cast, board: User) -> None:
        dossier = factory.walk_to(Step.INTRODUCED, cast)
        above = [factory.actor(user, LATER).reach for user in (cast.base_member, board)]
        above += [replace(above[0], way=Way.EMERGENCY), replace(above[0], schools={10**9})]
        for user in (cast.secretary, cast.union):
            assert shown(factory.actor(user, LATER).reach, dossier) == set(OF_ONE)
        for reach in above:
            assert shown(reach, dossier) == set(), reach

    def test_place_is_shown_to_the_school_and_not_above(self, cast: Cast) -> None:
        factory.invited(cast.school, on=ON)
        asked = "SELECT count(*) FROM people_invitation"
        for user, found in ((cast.union, 1), (cast.base_member, 0), (cast.committee, 0)):
            reach = factory.actor(user, ON).reach
            with wall.looking(reach.way, reach.settings), connection.cursor() as cursor:
                cursor.execute(asked)
                assert cursor.fetchone() == (found,), user


class TestOpened:
    def test_shows_a_school_or_one_case_of_it_and_nothing_else(self, cast: Cast) -> None:
        one = factory.walk_to(Step.INTRODUCED, cast, cast.neighbour)
        other = factory.walk_to(Step.INTRODUCED, cast, cast.neighbour)
        far = factory.walk_to(Step.INTRODUCED, cast)
        school = cast.neighbour.unit.pk
        whole, single = (
            Reach(Way.EMERGENCY, opened=school),
            Reach(Way.EMERGENCY, opened=school, case=one.pk),
        )
        assert shown(whole, one) == shown(whole, other) == shown(single, one) == set(OF_ONE)
        assert shown(single, other) == shown(whole, far) == shown(single, far) == set()
        elsewhere = Reach(Way.EMERGENCY, opened=cast.school.unit.pk, case=one.pk)
        assert "dossiers_dossier" not in shown(elsewhere, one)
        assert shown(elsewhere, far) == set()

    @pytest.mark.parametrize("table", [*OF_ONE, "people_invitation", "reports_report"])
    def test_writes_nothing(self, cast: Cast, table: str) -> None:
        reach = Reach(Way.EMERGENCY, opened=cast.school.unit.pk)
        assert refused(reach, f"UPDATE {table} SET id = id")  # noqa: S608 - names from above
        assert refused(reach, f"DELETE FROM {table}")  # noqa: S608 - names from above
        assert refused(reach, f"INSERT INTO {table} DEFAULT VALUES")


@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    def test_leave_the_marks_that_counting_anew_would_set(self) -> None:
        cast = factory.cast()
        dossier = factory.walk_to(Step.INTRODUCED, cast)
        act = factory.act_of(Step.LISTED, LATER)
        secretary = factory.actor(cast.secretary, LATER)
        start = Barrier(2)
        ended: list[str] = []

        def at_once(name: str, deed: Callable[[], object]) -> Thread:
            def run() -> None:
                try:
                    start.wait(10)
                    deed()
                    ended.append(name)
                except (ObjectDoesNotExist, RuleError):
                    ended.append(f"{name} refused")
                finally:
                    connection.close()

            return Thread(target=run)

        def lists() -> None:
            dossiers.record_act(
                actor=secretary,
                dossier_id=dossier.pk,
                seen=dossier.acts_recorded,
                new=replace(act, helper_id=cast.secretary.pk),
                at=factory.instant(LATER),
                today=LATER,
            )

        threads = [
            at_once("listed", lists),
            at_once("stopped", lambda: factory.stopped(dossier.person, on=LATER)),
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert sorted(ended) in (["listed", "stopped"], ["listed refused", "stopped"])
        dossier.refresh_from_db()
        assert (dossier.agreed, dossier.listed) == (False, "listed" in ended)
        with connection.cursor() as cursor, transaction.atomic():
            cursor.execute("SELECT wall_mark_all()")
            assert cursor.fetchone()[0] == 0
