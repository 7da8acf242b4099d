"""What all tests share: one embedded database, migrated once, copied for each worker."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.db.backends.postgresql.operations import DatabaseOperations
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile

from tests.database import TestDatabase

_HERE = Path(__file__).parent
_NEED_DATABASE = (_HERE / "integration", _HERE / "browser")
_KEY = pytest.StashKey[TestDatabase]()
_FILES: dict[str, StaticFile] = {}
_finds = WhiteNoiseMiddleware.add_files_from_finders

#: Tests speak to the pages without https, and hash invented passwords without taking their time.
_OVERRIDES: dict[str, object] = {
    "SECURE_SSL_REDIRECT": False,
    "SESSION_COOKIE_SECURE": False,
    "CSRF_COOKIE_SECURE": False,
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
}


def pytest_configure(config: pytest.Config) -> None:
    """Start the database, once, when any of the chosen tests needs it."""
    for name, value in _OVERRIDES.items():
        setattr(settings, name, value)
    setattr(DatabaseOperations, "execute_sql_flush", _emptied)  # noqa: B010 - for tests alone
    setattr(WhiteNoiseMiddleware, "add_files_from_finders", _found)  # noqa: B010 - the same
    if not hasattr(config, "workerinput") and _needs_database(config):
        config.stash[_KEY] = TestDatabase()
        config.stash[_KEY].start()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the database where it was started."""
    database = config.stash.get(_KEY, None)
    if database is not None:
        database.stop()


def _needs_database(config: pytest.Config) -> bool:
    for argument in config.args:
        chosen = (config.invocation_params.dir / argument.split("::")[0]).resolve()
        if any(
            chosen.is_relative_to(need) or need.is_relative_to(chosen) for need in _NEED_DATABASE
        ):
            return True
    return False


def _emptied(self: DatabaseOperations, sql_list: list[str]) -> None:
    """Empty the tables after a test that committed: history and its guards refuse it otherwise."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger"
            " WHERE NOT tgisinternal AND tgname <> 'history_open_closes'"
        )
        tables = [row[0] for row in cursor.fetchall()]
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for statement in sql_list:
            cursor.execute(statement)
        cursor.execute("INSERT INTO history_head VALUES (1, 0, repeat('0', 64))")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def _found(self: WhiteNoiseMiddleware) -> None:
    """Let every client of a test serve the files the first one found: they are many, and stay."""
    if not _FILES:
        _finds(self)
        _FILES.update(self.files)
    self.files.update(_FILES)
