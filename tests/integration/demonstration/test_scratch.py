"""A database for one walk: its own, gone afterwards, and nobody else's is taken away."""

from __future__ import annotations

import psycopg
import pytest
from django.db import connection

from donghanh.accounts.models import User
from donghanh.demonstration import scratch
from tests import database, factory

pytestmark = pytest.mark.django_db


def _databases() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database")
        return {str(row[0]) for row in cursor.fetchall()}


class TestDatabase:
    def test_keeps_what_is_written_inside_apart_from_what_was_there(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(scratch, "BEGINS_AS", "template1")  # as where no test has made tables
        factory.account("o-ngoai", "Ở ngoài")
        with scratch.database() as name:
            assert connection.settings_dict["NAME"] == name
            assert not User.objects.exists()
            factory.account("o-trong", "Ở trong")
        assert User.objects.filter(username="o-ngoai").exists()
        assert not User.objects.filter(username="o-trong").exists()
        assert name not in _databases()

    def test_is_dropped_when_the_walk_fails(self) -> None:
        with pytest.raises(RuntimeError), scratch.database() as name:
            raise RuntimeError
        assert name not in _databases()

    def test_is_dropped_although_somebody_is_still_connected(self) -> None:
        with scratch.database() as name:
            guest = psycopg.connect(database.address(name))
        assert name not in _databases()
        guest.close()

    def test_leaves_the_database_of_a_walk_alive_and_drops_one_left_behind(self) -> None:
        left = "donghanh_walk_0_left"
        with scratch.database() as alive:
            with psycopg.connect(database.address("postgres"), autocommit=True) as owner:
                owner.execute(f"CREATE DATABASE {left}")
            with scratch.database():
                assert alive in _databases()
                assert left not in _databases()
