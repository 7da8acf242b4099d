"""The chain of history shows whatever was done behind its back, and where."""

from __future__ import annotations

import hashlib

import pytest
from django.db import IntegrityError, connection, transaction

from donghanh.history import queries
from donghanh.history.models import Event, Head, Link
from donghanh.history.queries import Broken
from tests import chain, factory

pytestmark = pytest.mark.django_db

#: What could be written into each column of a line, and of its link, instead.
COLUMNS = {
    "at": "at + interval '1 microsecond'",
    "actor_id": "(SELECT max(id) FROM accounts_user WHERE id <> actor_id)",
    "role": "role || 'x'",
    "unit_code": "unit_code || 'x'",
    "action": "action || 'x'",
    "subject": "subject || 'x'",
    "subject_id": "subject_id + 1",
    "facts": "facts || '{\"a\": 1}'",
}


@pytest.fixture(autouse=True)
def lines() -> None:
    """Write some lines, and link them."""
    factory.cast()
    chain.close()


def tampered(*statements: str, **values: int | str) -> None:
    """Change history the way only whoever owns the database can: triggers off, keys dropped."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint"
            " WHERE contype = 'f' AND conrelid = 'history_link'::regclass"
        )
        for table, name in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        for table in ("event", "link", "head"):
            cursor.execute(f"ALTER TABLE history_{table} DISABLE TRIGGER USER")
        for statement in statements:
            cursor.execute(statement, values)


def broken() -> Broken | None:
    return queries.verify().broken


class TestChain:
    def test_holds_when_nobody_touched_it(self) -> None:
        found = queries.verify()
        assert found.broken is None
        assert found.lines == Event.objects.count() > 10
        assert found.digest == Head.objects.get().digest

    def test_is_computed_the_way_the_docs_say(self) -> None:
        link = Link.objects.select_related("event").get(position=1)
        at = f"{link.event.at:%Y-%m-%dT%H:%M:%S.%f}Z"
        facts = '{"made": "của thử"}'  # as the database writes it: blanks after : and ,
        tampered(
            "UPDATE history_event SET facts = %(facts)s::jsonb WHERE id = %(line)s",
            facts=facts,
            line=link.event_id,
        )
        event = Event.objects.get(pk=link.event_id)
        parts = [
            *("donghanh history 1", "1", "0" * 64, str(event.pk), at, str(event.actor_id)),
            *(event.role, event.unit_code, event.action, event.subject, str(event.subject_id)),
            facts,
        ]
        text = "".join(f"{len(part.encode())}:{part}," for part in parts)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT history_digest(event, 1, %s) FROM history_event AS event WHERE id = %s",
                ["0" * 64, event.pk],
            )
            assert cursor.fetchone() == (hashlib.sha256(text.encode()).hexdigest(),)

    @pytest.mark.parametrize("column", COLUMNS)
    def test_shows_a_changed_value_of_each_column(self, column: str) -> None:
        link = Link.objects.get(position=4)
        tampered(
            f"UPDATE history_event SET {column} = {COLUMNS[column]} WHERE id = %(line)s",  # noqa: S608
            line=link.event_id,
        )
        assert broken() == Broken(4, link.event_id, "changed")

    def test_shows_a_line_under_another_number(self) -> None:
        link = Link.objects.get(position=4)
        tampered("UPDATE history_event SET id = 9999 WHERE id = %(line)s", line=link.event_id)
        assert broken() == Broken(4, link.event_id, "gone")

    def test_shows_that_nobody_acts_any_more(self) -> None:
        link = Link.objects.get(position=4)
        tampered(
            "ALTER TABLE history_event DROP CONSTRAINT history_event_somebody_acts",
            "UPDATE history_event SET actor_id = NULL WHERE id = %(line)s",
            line=link.event_id,
        )
        assert broken() == Broken(4, link.event_id, "changed")

    @pytest.mark.parametrize(("column", "why"), [("previous", "order"), ("digest", "changed")])
    def test_shows_a_changed_link(self, column: str, why: str) -> None:
        link = Link.objects.get(position=4)
        tampered(f"UPDATE history_link SET {column} = repeat('a', 64) WHERE position = 4")  # noqa: S608
        assert broken() == Broken(4, link.event_id, why)

    def test_shows_a_line_that_was_taken_out(self) -> None:
        link = Link.objects.get(position=4)
        tampered("DELETE FROM history_event WHERE id = %(line)s", line=link.event_id)
        assert broken() == Broken(4, link.event_id, "gone")

    def test_shows_a_line_that_was_taken_out_with_its_link(self) -> None:
        link = Link.objects.get(position=4)
        tampered(
            "DELETE FROM history_link WHERE position = 4",
            "DELETE FROM history_event WHERE id = %(line)s",
            line=link.event_id,
        )
        assert broken() == Broken(4, None, "gap")

    def test_shows_a_gap_that_was_closed(self) -> None:
        after = Link.objects.get(position=5)
        tampered(
            "DELETE FROM history_link WHERE position = 4",
            "UPDATE history_link SET position = -position WHERE position > 4",
            "UPDATE history_link SET position = -position - 1 WHERE position < 0",
            "UPDATE history_head SET position = position - 1",
        )
        assert broken() == Broken(4, after.event_id, "order")

    @pytest.mark.parametrize("position", [0, -7])
    def test_shows_a_line_that_was_slipped_in_before_the_first(self, position: int) -> None:
        tampered(
            "INSERT INTO history_event (at, actor_id, role, unit_code, action, subject,"
            " subject_id, facts) SELECT at, actor_id, role, unit_code, action, subject,"
            " subject_id, facts FROM history_event LIMIT 1",
            "INSERT INTO history_link (position, event_id, previous, digest) SELECT"
            " %(place)s, max(id), repeat('0', 64), repeat('b', 64) FROM history_event",
            place=position,
        )
        assert broken() == Broken(1, None, "gap")

    def test_shows_a_line_that_stands_beside_the_chain(self) -> None:
        tampered(
            "INSERT INTO history_event (at, actor_id, role, unit_code, action, subject,"
            " subject_id, facts) SELECT at, actor_id, role, unit_code, action, subject,"
            " subject_id, facts FROM history_event LIMIT 1"
        )
        last = Head.objects.get().position
        assert broken() == Broken(last + 1, Event.objects.latest("id").pk, "unlinked")

    def test_shows_two_lines_that_changed_places(self) -> None:
        first, second = Link.objects.filter(position__in=[4, 5]).order_by("position")
        tampered(
            "ALTER TABLE history_link DROP CONSTRAINT history_link_event_id_key",
            "UPDATE history_link SET event_id = %(second)s WHERE position = 4",
            "UPDATE history_link SET event_id = %(first)s WHERE position = 5",
            first=first.event_id,
            second=second.event_id,
        )
        assert broken() == Broken(4, second.event_id, "changed")

    def test_shows_that_the_end_was_cut_off(self) -> None:
        last = Link.objects.latest("position")
        tampered(
            "DELETE FROM history_link WHERE position = %(place)s",
            "DELETE FROM history_event WHERE id = %(line)s",
            place=last.position,
            line=last.event_id,
        )
        assert broken() == Broken(last.position, None, "cut")

    @pytest.mark.parametrize(
        "statement",
        [
            "DELETE FROM history_head",
            "UPDATE history_head SET position = position - 1",
            "UPDATE history_head SET digest = repeat('a', 64)",
        ],
    )
    def test_shows_a_head_that_is_not_the_end(self, statement: str) -> None:
        last = Link.objects.latest("position")
        tampered(statement)
        assert broken() == Broken(last.position, None, "head")

    def test_is_read_newest_first_about_one_thing(self) -> None:
        unit = Event.objects.filter(action="organisation.unit_created").latest("id").subject_id
        lines = list(queries.about("unit", unit))
        assert [line.pk for line in lines] == sorted((line.pk for line in lines), reverse=True)
        assert lines[-1].action == "organisation.unit_created"


class TestSince:
    """A digest that was kept elsewhere."""

    def test_stands_as_long_as_nobody_wrote_the_chain_anew(self) -> None:
        kept = queries.newest().digest
        factory.account("moi", "Người mới")
        chain.close()
        assert queries.verify(since=kept).stands is True
        assert queries.verify(since=queries.START).stands is True
        assert queries.verify().stands is None

    def test_does_not_stand_in_a_chain_its_owner_wrote_anew(self) -> None:
        kept = queries.newest().digest
        rewrite = """
            DO $$
            DECLARE head history_head; link history_link; line history_event;
            BEGIN
                head.digest := repeat('0', 64);
                FOR link IN SELECT * FROM history_link ORDER BY position LOOP
                    SELECT * INTO line FROM history_event WHERE id = link.event_id;
                    UPDATE history_link SET previous = head.digest,
                           digest = history_digest(line, link.position, head.digest)
                     WHERE position = link.position RETURNING digest INTO head.digest;
                END LOOP;
                UPDATE history_head SET digest = head.digest;
            END $$
        """
        tampered("UPDATE history_event SET unit_code = 'x' WHERE action LIKE '%%created'", rewrite)
        found = queries.verify(since=kept)
        assert found.broken is None  # every line holds: only the digest kept elsewhere tells
        assert found.stands is False

    def test_does_not_stand_where_the_end_was_cut_off_with_its_head(self) -> None:
        kept = queries.newest()
        tampered(
            "DELETE FROM history_link WHERE position = %(place)s",
            "DELETE FROM history_event WHERE id NOT IN (SELECT event_id FROM history_link)",
            "UPDATE history_head SET (position, digest) = (SELECT position, digest FROM"
            " history_link ORDER BY position DESC LIMIT 1)",
            place=kept.position,
        )
        found = queries.verify(since=kept.digest)
        assert (found.broken, found.stands) == (None, False)


class TestOnce:
    """Nobody changes history, the owner no more than the pages; only triggers taken off let it."""

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE history_event SET action = 'x'",
            "DELETE FROM history_event",
            "TRUNCATE history_event CASCADE",
            "UPDATE history_link SET digest = 'x'",
            "DELETE FROM history_link",
            "TRUNCATE history_link",
            "INSERT INTO history_link (position, event_id, previous, digest)"
            " SELECT position + 1, event_id + 1, digest, 'x'"
            " FROM history_link ORDER BY position DESC LIMIT 1",
            "UPDATE history_head SET position = position - 1",
            "UPDATE history_head SET position = position + 1",
            "DELETE FROM history_head",
            "TRUNCATE history_head",
            "INSERT INTO history_head VALUES (1, 0, 'x')",
        ],
    )
    def test_takes_a_hand_to_the_chain(self, statement: str) -> None:
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
        assert chain.holds()
