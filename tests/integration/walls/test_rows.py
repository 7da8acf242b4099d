"""The second wall: what the database itself gives each way of looking, whatever is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction
from pytest_django import DjangoDbBlocker

from donghanh.accounts.models import User
from donghanh.domain.acts import Step
from donghanh.domain.authority import Actor
from donghanh.domain.looking import Reach, Way
from donghanh.domain.rights import Role
from donghanh.dossiers import actions as dossiers
from donghanh.dossiers.models import Dossier
from donghanh.duplicates import actions as duplicates
from donghanh.lib import wall
from donghanh.ownfile.models import Request
from donghanh.people import queries as people
from tests import factory
from tests.factory import BEGINS, Cast, School
from tests.integration.walls import files
from tests.integration.walls.tables import EARLY, NAMES, OPEN, PUPILS_OWN, WALLED
from tests.kept import kept

pytestmark = pytest.mark.django_db

ON = BEGINS["R1"]


class World:
    """Two schools with a pupil on the way each, and somebody for every way of looking."""

    def __init__(self) -> None:
        self.cast = cast = factory.cast()
        self.helper = factory.holder("giupdo", "Hà Thị Sen", cast.school.cell, Role.HELPER)
        self.ours = self._walking(cast, helper=self.helper)
        self.second = self._walking(cast, helper=None)
        self.theirs = factory.walk_to(Step.LISTED, cast, cast.neighbour)
        factory.invited(cast.school, on=ON)
        factory.invited(cast.neighbour, on=ON)
        for where, listed in ((cast.school, self.second), (cast.neighbour, self.theirs)):
            self._asked_and_entered_twice(where, listed)
        for dossier, where, above in (
            (self.ours, cast.school, cast.base),
            (self.theirs, cast.neighbour, cast.competent),
        ):
            files.about(dossier, where.cell, above, where.secretary, ON)

    def _asked_and_entered_twice(self, where: School, listed: Dossier) -> None:
        """Let a pupil on the list ask for a copy, and be entered a second time."""
        person = listed.person
        Request.objects.create(
            person=person, kind="access", asked_at=factory.instant(ON), asked_date=ON
        )
        twin = factory.agreed_pupil(where, on=ON, name=person.full_name, born=person.birth_date)
        duplicates.join(
            actor=factory.actor(where.secretary, ON),
            lead_id=person.pk,
            other_id=twin.pk,
            at=factory.instant(ON),
        )

    def _walking(self, cast: Cast, helper: User | None) -> Dossier:
        dossier = factory.walk_to(Step.INTRODUCED, cast)
        new = dossiers.NewAct(
            step=Step.LISTED,
            on=ON + timedelta(days=factory.OFFSETS[Step.LISTED]),
            helper_id=helper.pk if helper else None,
        )
        factory.record(cast.secretary, dossier, new)
        return dossier

    def actor(self, user: User) -> Actor:
        return factory.actor(user, ON)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with kept(django_db_blocker, World) as made:
        yield made


def seen(reach: Reach, table: str) -> list[int | None]:
    """Return the schools of the rows a plain SELECT gives under a reach."""
    with wall.looking(reach.way, reach.settings), connection.cursor() as cursor:
        cursor.execute(f"SELECT {WALLED[table]} FROM {table}")  # noqa: S608 - names from above
        return [row[0] for row in cursor.fetchall()]


def refused(reach: Reach, statement: str) -> bool:
    """Tell whether the database denies a statement under a reach."""
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


def pupils_tables() -> Iterator[str]:
    for model in apps.get_models():
        if model.__module__.startswith("donghanh."):
            yield model._meta.db_table


class TestTables:
    def test_are_walled_or_say_why_they_need_no_wall(self) -> None:
        assert sorted(pupils_tables()) == sorted({*WALLED, *OPEN})

    @pytest.mark.parametrize("table", WALLED)
    def test_are_walled_for_their_owner_too(self, table: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT relrowsecurity AND relforcerowsecurity FROM pg_class"
                " WHERE oid = %s::regclass",
                [table],
            )
            assert cursor.fetchone() == (True,)

    @pytest.mark.parametrize("table", WALLED)
    def test_give_nothing_where_nobody_said_who_looks(self, world: World, table: str) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('wall.whole', '', true)")
            cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 - names from above
            assert cursor.fetchone() == (0,)
            cursor.execute("SELECT set_config('wall.whole', 'yes', true)")

    @pytest.mark.parametrize("way", [way for way in Way if way is not Way.JOB])
    @pytest.mark.parametrize("table", WALLED)
    def test_give_nothing_to_a_way_of_looking_without_a_scope(
        self, world: World, table: str, way: Way
    ) -> None:
        statement = f"SELECT id FROM {table}"  # noqa: S608 - names from above
        try:
            with (
                transaction.atomic(),
                wall.looking(way, {}),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement)
                assert cursor.fetchall() == []
        except ProgrammingError as error:
            assert "permission denied" in str(error)


class TestPages:
    """The role the pages sign in as."""

    @pytest.mark.parametrize("table", WALLED)
    def test_see_no_table_with_a_pupil_before_somebody_looks(
        self, world: World, table: str
    ) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE donghanh_web")
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 - names from above
            cursor.execute("RESET ROLE")

    def test_sees_no_name_of_a_pupil_among_the_accounts(self, world: World) -> None:
        person = world.ours.person
        assert person.user.name == person.user.username != person.full_name

    def test_own_nothing_and_cannot_pass_the_wall(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT rolsuper, rolbypassrls, rolcreaterole, rolinherit FROM pg_roles"
                " WHERE rolname = 'donghanh_web'"
            )
            assert cursor.fetchone() == (False, False, False, False)
            cursor.execute("SELECT count(*) FROM pg_class WHERE relowner = 'donghanh_web'::regrole")
            assert cursor.fetchone() == (0,)
            cursor.execute("SELECT pg_has_role('donghanh_web', 'donghanh_job', 'MEMBER')")
            assert cursor.fetchone() == (False,)


class TestRows:
    @pytest.mark.parametrize(
        "table",
        [
            one
            for one in WALLED
            if one[:6] in {"people", "dossie"} and one not in {NAMES, *PUPILS_OWN}
        ],
    )
    def test_of_another_school_are_not_there(self, world: World, table: str) -> None:
        cast = world.cast
        ours, theirs = {cast.school.unit.pk}, {cast.neighbour.unit.pk}
        everybody = (
            (cast.secretary, ours),
            (cast.union, ours),
            (cast.base_member, ours),
            (cast.outsider, theirs),
            (cast.committee, ours | theirs),
        )
        for user, where in everybody:
            reach = world.actor(user).reach
            hidden = table in EARLY and not reach.early
            assert set(seen(reach, table)) == (set() if hidden else where), (user, table)
            early = table in {"people_invitation", "handover_handover"} and not reach.early
            assert set(seen(reach, table)) == (set() if early else where), (user, table)

    @pytest.mark.parametrize("table", PUPILS_OWN)
    def test_of_a_pupils_own_are_closed_to_all_staff(self, world: World, table: str) -> None:
        cast = world.cast
        for user in (cast.secretary, cast.union, cast.base_member, cast.committee, cast.officer):
            reach = world.actor(user).reach
            assert refused(reach, f"SELECT * FROM {table}"), user  # noqa: S608 - named above
            assert refused(reach, f"SELECT count(*) FROM {table}"), user  # noqa: S608 - the same

    @pytest.mark.parametrize(
        "table",
        [
            *("people_person", "people_nameword", "people_consent"),
            *("dossiers_dossier", "dossiers_act", "dossiers_standing"),
        ],
    )
    def test_of_a_pupil_somebody_else_helps_are_not_there_for_a_helper(
        self, world: World, table: str
    ) -> None:
        mine = {"people_person": world.ours.person_id, "dossiers_dossier": world.ours.pk}
        key = {
            "people_nameword": "person_id",
            "people_consent": "person_id",
            "dossiers_act": "dossier_id",
        }.get(table, "id")
        reach = world.actor(world.helper).reach
        with wall.looking(reach.way, reach.settings), connection.cursor() as cursor:
            cursor.execute(f"SELECT DISTINCT {key} FROM {table}")  # noqa: S608 - names from above
            expected = mine.get(
                table, world.ours.person_id if key == "person_id" else world.ours.pk
            )
            assert cursor.fetchall() == [(expected,)]

    @pytest.mark.parametrize("way", [Way.PLAIN, Way.CASES, Way.COUNTS, Way.PUPIL, Way.KEEPER])
    def test_are_not_told_by_the_function_behind_the_wall(self, world: World, way: Way) -> None:
        told = Reach(way, account=world.helper.pk)
        assert refused(told, "SELECT * FROM wall_helped()")

    def test_of_others_are_not_there_for_a_pupil(self, world: World) -> None:
        code = factory.invited(world.cast.school, on=ON)
        for reach in (
            Reach(Way.PUPIL, code=people.digest_of(code)),
            Reach(Way.PUPIL, account=world.ours.person.user_id),
        ):
            persons = seen(reach, "people_person")
            assert len(persons) == (1 if reach.account else 0)
            assert len(seen(reach, "dossiers_dossier")) == len(persons)
            assert len(seen(reach, "people_invitation")) == (0 if reach.account else 1)

    def test_written_for_another_school_are_refused(self, world: World) -> None:
        reach = world.actor(world.cast.secretary).reach
        with (
            pytest.raises(ProgrammingError, match="row-level security"),
            wall.looking(reach.way, reach.settings),
            connection.cursor() as cursor,
        ):
            cursor.execute(
                "UPDATE dossiers_dossier SET school_id = %s", [world.cast.neighbour.unit.pk]
            )
        with wall.looking(reach.way, reach.settings), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE dossiers_dossier SET acts_recorded = acts_recorded WHERE school_id = %s",
                [world.cast.neighbour.unit.pk],
            )
            assert cursor.rowcount == 0


class TestColumns:
    @pytest.mark.parametrize("who", ["officer", "leader", "upper_unionist", "administrator"])
    @pytest.mark.parametrize("column", ["full_name", "search_key", "sort_key", "class_name"])
    def test_that_name_somebody_are_denied_to_who_only_counts(
        self, world: World, who: str, column: str
    ) -> None:
        reach = world.actor(getattr(world.cast, who)).reach
        assert refused(reach, f"SELECT {column} FROM people_person")  # noqa: S608 - names from above

    @pytest.mark.parametrize("who", ["officer", "leader", "upper_unionist", "administrator"])
    def test_of_standings_are_denied_to_who_only_counts(self, world: World, who: str) -> None:
        reach = world.actor(getattr(world.cast, who)).reach
        assert refused(reach, "SELECT id FROM dossiers_standing")

    def test_the_database_keeps_of_standings_are_denied_to_who_looks_at_cases(
        self, world: World
    ) -> None:
        reach = world.actor(world.cast.secretary).reach
        for column in ("school_id", "agreed", "listed", "sort_key", "class_name"):
            assert refused(reach, f"UPDATE dossiers_standing SET {column} = {column}")  # noqa: S608 - names from above
        for statement in (
            "INSERT INTO dossiers_standing SELECT * FROM dossiers_standing",
            "DELETE FROM dossiers_standing",
        ):
            assert refused(reach, statement)

    def test_written_freely_are_denied_to_who_only_counts(self, world: World) -> None:
        for user in (world.cast.upper_unionist, world.cast.administrator):
            reach = world.actor(user).reach
            assert refused(reach, "SELECT reason FROM dossiers_act")
            assert refused(reach, "SELECT helper_id FROM dossiers_act")


class TestLooking:
    def test_ends_with_the_transaction_and_gives_back_what_was_there(self, world: World) -> None:
        reach = world.actor(world.cast.secretary).reach
        with connection.cursor() as cursor:
            with wall.looking(reach.way, reach.settings):
                cursor.execute("SELECT current_user, current_setting('wall.schools')")
                assert cursor.fetchone() == ("donghanh_cases", reach.settings["schools"])
            cursor.execute("SELECT current_user = session_user, current_setting('wall.schools')")
            assert cursor.fetchone() == (True, "")

    def test_ends_when_what_is_done_inside_fails(self, world: World) -> None:
        reach = world.actor(world.cast.secretary).reach
        with pytest.raises(RuntimeError), wall.looking(reach.way, reach.settings):
            raise RuntimeError
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user = session_user")
            assert cursor.fetchone() == (True,)
