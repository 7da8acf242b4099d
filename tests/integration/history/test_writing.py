"""Lines are written by one function, and linked when their transaction ends."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction

from donghanh.accounts.models import User
from donghanh.domain.looking import Way
from donghanh.history import actions, queries
from donghanh.history.models import Event, Link
from donghanh.lib import clock, wall
from tests import chain, factory
from tests.factory import Cast

#: Every role of the database a page takes, and the one it signs in as.
PAGES = ["web", *(way.value for way in Way if way is not Way.JOB)]
INSERT = """
INSERT INTO history_event (at, actor_id, role, unit_code, action, subject, subject_id, facts)
SELECT at, actor_id, role, unit_code, action, subject, subject_id, facts FROM history_event LIMIT 1
"""
RECORD = "SELECT history_record(%s, %s, 'officer', 'so', 'tests.tried', 'unit', 1, '{}')"


def tried(role: str, statement: str, values: Sequence[datetime | int | None] = ()) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('role', %s, true)", [f"donghanh_{role}"])
        cursor.execute(statement, values or None)
        cursor.execute("SELECT set_config('role', 'none', true)")


#: What a role could try instead of the function.
OTHER_WAYS = (
    INSERT,
    "UPDATE history_event SET action = 'x'",
    "DELETE FROM history_event",
    "TRUNCATE history_event CASCADE",
    "INSERT INTO history_link VALUES (99, '', '', 99)",
    "UPDATE history_head SET position = 99",
    "SELECT * FROM history_open",
    "INSERT INTO history_open VALUES (pg_current_xact_id(), 1)",
    "DELETE FROM history_open",
    "SELECT history_migrated('tests', 'tried')",
    "SELECT history_release('people_person')",
)


@pytest.mark.django_db
class TestRoles:
    @pytest.fixture
    def user(self) -> User:
        return factory.account("thu", "Người thử")

    @pytest.mark.parametrize("role", [*PAGES, "job"])
    def test_have_no_other_way_to_history(self, user: User, role: str) -> None:
        for statement in OTHER_WAYS:
            with pytest.raises(ProgrammingError, match="permission denied"):
                tried(role, statement)

    @pytest.mark.parametrize("role", [*PAGES, "job"])
    def test_write_a_line_with_the_function_if_somebody_acts(self, user: User, role: str) -> None:
        tried(role, RECORD, [clock.now(), user.pk])
        assert Event.objects.latest("id").action == "tests.tried"
        with pytest.raises(IntegrityError, match="nobody acts"):
            tried(role, RECORD, [clock.now(), None])

    @pytest.mark.parametrize("role", PAGES)
    def test_of_the_pages_write_no_line_of_another_time(self, user: User, role: str) -> None:
        known = factory.account("that", "Người thật")
        with connection.cursor() as cursor:
            cursor.execute("UPDATE accounts_user SET simulated = false WHERE id = %s", [known.pk])
        for hours in (-2, 2):
            other = clock.now() + timedelta(hours=hours)
            with pytest.raises(IntegrityError, match="written when it happens"):
                tried(role, RECORD, [other, known.pk])
            tried("job", RECORD, [other, known.pk])
            tried(role, RECORD, [other, user.pk])  # invented people live on any day

    def test_write_no_line_for_an_account_there_is_not(self, user: User) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            tried("cases", RECORD, [clock.now(), 987_654_321])
            chain.close()

    @pytest.mark.parametrize("function", ["history_note_line()", "history_close()"])
    def test_hang_no_trigger_of_history_on_a_table_of_their_own(self, function: str) -> None:
        with pytest.raises(ProgrammingError, match="permission denied for function"):
            tried(
                "cases",
                "CREATE TEMP TABLE own (id bigint); CREATE TRIGGER own AFTER INSERT ON own"
                f" REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION {function}",
            )


@pytest.mark.django_db
class TestRecord:
    def test_costs_one_statement(self, django_assert_num_queries: Callable[[int], object]) -> None:
        cast = factory.cast()
        actor = factory.actor(cast.officer, factory.SINCE)
        with django_assert_num_queries(1):  # type: ignore[attr-defined]
            event = actions.record(
                at=factory.instant(factory.SINCE),
                actor=actor,
                action="tests.tried",
                subject="unit",
                subject_id=1,
                facts={"đi": [1, None, "x"]},
            )
        stored = Event.objects.get(pk=event.pk)
        assert (stored.facts, stored.at) == (event.facts, event.at)
        assert (stored.actor_id, stored.role, stored.unit_code) == (
            *(cast.officer.pk, "officer", "so"),
        )

    def test_of_a_list_tells_every_number_in_lines_of_a_bounded_size(self) -> None:
        cast = factory.cast()
        many = range(1, 2 * actions.MOST_SHOWN + 2)
        actions.record_shown(
            at=factory.instant(factory.SINCE),
            actor=factory.actor(cast.secretary, factory.SINCE),
            action="dossiers.list_seen",
            where="cohort",
            dossiers=many,
            persons=[7],
        )
        found = list(Event.objects.filter(action="dossiers.list_seen").order_by("id"))
        assert [len(one.facts.get("dossiers", ())) for one in found] == [500, 500, 1]
        assert [number for one in found for number in one.facts.get("dossiers", ())] == list(many)
        assert found[-1].facts["persons"] == [7]


@pytest.mark.django_db(transaction=True)
class TestAtCommit:
    def test_lines_are_linked_in_the_order_in_which_transactions_end(self) -> None:
        cast = factory.cast()
        written, go_on = threading.Event(), threading.Event()

        def slow() -> int:
            try:
                with transaction.atomic():
                    line = self.line(cast)
                    written.set()
                    assert go_on.wait(10)
                return line
            finally:
                connection.close()

        with ThreadPoolExecutor(1) as pool:
            waiting = pool.submit(slow)
            assert written.wait(10)
            quick = self.line(cast)  # does not wait for whoever has not ended yet
            go_on.set()
            late = waiting.result(10)
        assert late < quick
        ends = Link.objects.order_by("-position").values_list("event_id", flat=True)[:2]
        assert list(ends) == [late, quick]
        assert queries.verify().broken is None

    def test_what_is_undone_leaves_no_gap(self) -> None:
        cast = factory.cast()
        with pytest.raises(RuntimeError), transaction.atomic():
            self.line(cast)
            raise RuntimeError
        with transaction.atomic():
            with pytest.raises(RuntimeError), transaction.atomic():
                self.line(cast)
                raise RuntimeError
            kept = self.line(cast)
        found = queries.verify()
        assert (found.broken, found.lines) == (None, Event.objects.count())
        assert Link.objects.latest("position").event_id == kept

    def test_many_writers_make_one_chain(self) -> None:
        cast = factory.cast()

        def some(number: int) -> None:
            try:
                for _ in range(10):
                    with transaction.atomic():
                        self.line(cast)
                        self.line(cast)
            finally:
                connection.close()

        before = Event.objects.count()
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(some, range(4)))
        found = queries.verify()
        assert (found.broken, found.lines) == (None, before + 80)

    def line(self, cast: Cast) -> int:
        with wall.looking("cases", {}):
            return actions.record(
                at=clock.now(),
                actor=factory.actor(cast.secretary, factory.SINCE),
                action="tests.tried",
                subject="unit",
                subject_id=1,
            ).pk


@pytest.mark.django_db
class TestMigrated:
    def test_tells_which_migration_changed_what_people_keep(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT history_migrated('people', '0099_moves_a_word')")
        event = Event.objects.latest("id")
        assert event.actor is None
        assert event.facts == {"room": "people", "migration": "0099_moves_a_word"}
        assert chain.holds()

    def test_is_the_only_line_in_which_nobody_acts(self) -> None:
        with pytest.raises(DatabaseError), transaction.atomic():
            Event.objects.create(
                at=clock.now(), role="", unit_code="", action="x", subject="x", subject_id=1
            )
