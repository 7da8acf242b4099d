"""A database of its own for one walk: made, filled, dropped; no other data is ever touched."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from django.core.management import call_command
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.base import DatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from psycopg import errors, sql

from donghanh.lib.wall import AS_JOB

_ALIAS = "default"
_PREFIX = "donghanh_walk_"
#: How databases are called that stay.
_KEPT = "donghanh_kept_"
_THERE = "SELECT 1 FROM pg_database WHERE datname = %s"
#: The database a new one begins as; tables that are missing there are made.
BEGINS_AS = "template1"
#: Databases of walks that have ended: nobody is connected under their name any more. Sessions are
#: seen from every database of the server, unlike advisory locks.
_LEFT_BEHIND = """
SELECT kept.datname FROM pg_database AS kept
 WHERE starts_with(kept.datname, %s) AND pg_get_userbyid(kept.datdba) = current_user
   AND NOT EXISTS (
       SELECT 1 FROM pg_stat_activity AS session WHERE session.application_name = kept.datname
   )
"""

Door = psycopg.Connection[tuple[Any, ...]]


@contextmanager
def database(kept: str = "") -> Iterator[str]:
    """
    Let everything inside work on a fresh database of the same server, and give its name.

    The connection in use before is laid aside as it is, and taken up again afterwards; other
    threads keep theirs. A database that a walk left behind when it was killed is dropped first.

    Args:
        kept: A name under which the database stays and is found again; it is brought up to date.
            Without one it is dropped at the end.
    """
    before = connections[_ALIAS]
    name = f"{_KEPT}{kept}" if kept else f"{_PREFIX}{os.getpid()}_{secrets.token_hex(4)}"
    with _door(before, name) as door:
        for (left,) in door.execute(_LEFT_BEHIND, [_PREFIX]).fetchall():
            _drop(door, left)
        if not (kept and door.execute(_THERE, [name]).fetchone()):
            made = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
            door.execute(made.format(sql.Identifier(name), sql.Identifier(BEGINS_AS)))
        try:
            connections[_ALIAS] = _connection(before, name)
            _complete(connections[_ALIAS])
            connections[_ALIAS].close()
            connections[_ALIAS] = _connection(before, name, AS_JOB)
            yield name
        finally:
            connections[_ALIAS].close()
            connections[_ALIAS] = before
            if not kept:
                _drop(door, name)


def _complete(connection: BaseDatabaseWrapper) -> None:
    """Make the tables that are missing; a copy that has them all is only looked at."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)


def _door(before: BaseDatabaseWrapper, name: str) -> Door:
    """Open a session beside the one in use; its name says that the walk is alive."""
    known = before.settings_dict
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST"}
    given = {key: known[setting] for key, setting in (names | {"port": "PORT"}).items()}
    words = {key: value for key, value in given.items() if value} | _options(before)
    return psycopg.connect(**(words | {"application_name": name}), autocommit=True)


def _options(before: BaseDatabaseWrapper) -> dict[str, Any]:
    """Return the options of a session of the owner: one walk needs no pool."""
    known = before.settings_dict["OPTIONS"]
    return {key: value for key, value in known.items() if key not in {"pool", "options"}}


def _connection(
    before: BaseDatabaseWrapper, name: str, begins: str | None = None
) -> BaseDatabaseWrapper:
    """Return a connection to the new database, that begins with some settings of its own."""
    options = _options(before) | ({"options": begins} if begins else {})
    changes = {"NAME": name, "OPTIONS": options}
    return DatabaseWrapper({**before.settings_dict, **changes}, _ALIAS)


def _drop(door: Door, name: str) -> None:
    """
    Drop a database and whoever still uses it.

    While the server itself vacuums there, force is refused: that session is no role's own. A plain
    drop ends the vacuum, and is refused where somebody else is connected.
    """
    plain = sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name))
    forced = sql.SQL("{} WITH (FORCE)").format(plain)
    with suppress(errors.InsufficientPrivilege):
        door.execute(forced)
        return
    with suppress(errors.ObjectInUse):
        door.execute(plain)
        return
    door.execute(forced)
