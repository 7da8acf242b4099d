"""The chain of history shows what was changed behind its back."""

from __future__ import annotations

import pytest
from django.db import connection

from donghanh.history import queries
from donghanh.history.models import Event
from tests import factory

pytestmark = pytest.mark.django_db


def tampered(statement: str, *values: int) -> None:
    """Change history the way only somebody with the database in hand can."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE history_event DISABLE TRIGGER USER")
        cursor.execute(statement, values)
        cursor.execute("ALTER TABLE history_event ENABLE TRIGGER USER")


class TestChain:
    def test_holds_when_nobody_touched_it(self) -> None:
        factory.cast()
        assert Event.objects.count() > 10
        assert queries.first_broken() is None

    def test_shows_a_changed_line(self) -> None:
        factory.cast()
        line = Event.objects.order_by("id")[3]
        tampered("UPDATE history_event SET action = 'x' WHERE id = %s", line.pk)
        assert queries.first_broken() == line.pk

    def test_shows_a_missing_line_at_the_one_after_it(self) -> None:
        factory.cast()
        gone, after = Event.objects.order_by("id")[3:5]
        tampered("DELETE FROM history_event WHERE id = %s", gone.pk)
        assert queries.first_broken() == after.pk

    def test_is_read_newest_first_about_one_thing(self) -> None:
        cast = factory.cast()
        lines = list(queries.about("unit", cast.school.unit.pk))
        assert [line.pk for line in lines] == sorted((line.pk for line in lines), reverse=True)
        assert lines[-1].action == "organisation.unit_created"
