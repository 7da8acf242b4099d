"""
What a set-up made, kept as rows, so that the next test of a process need not make it again.

A test takes back what it did, and numbers are never given out twice: the rows of a set-up can
stand there again, with the numbers they had.
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from typing import Any, TypeVar

from django.db import connection, transaction

T = TypeVar("T")

#: Where a set-up of units and people puts its rows, in the order in which they rest on each other.
_TABLES = (
    "accounts_user",
    "history_event",
    "organisation_unit",
    "organisation_unitversion",
    "organisation_link",
    "organisation_post",
)
_TAKEN: dict[str, tuple[bytes, dict[str, str]]] = {}


def again(name: str, make: Callable[[], T]) -> T:
    """
    Return what a set-up makes: by doing it, or from the rows it left the last time.

    Args:
        name: Of the set-up; one of another name is another one.
        make: Does it, through the real actions. What it returns may hold rows of the database.

    In a database where any of the tables has rows already it is always done. Where a test commits,
    the rows and their lines of history are committed together.
    """
    if not _is_empty():
        return make()
    if name in _TAKEN:
        made, rows = _TAKEN[name]
        with transaction.atomic(), connection.cursor() as cursor:
            for table, kept in rows.items():
                cursor.execute(
                    f"INSERT INTO {table} SELECT * FROM json_populate_recordset(NULL::{table}, %s)",  # noqa: S608 - ours
                    [kept],
                )
        found: T = pickle.loads(made)  # noqa: S301 - written below
        return found
    done = make()
    with connection.cursor() as cursor:
        _TAKEN[name] = (pickle.dumps(done), {table: _rows(cursor, table) for table in _TABLES})
    return done


def _is_empty() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT " + " OR ".join(f"EXISTS (SELECT FROM {table})" for table in _TABLES)  # noqa: S608 - ours
        )
        return not cursor.fetchone()[0]


def _rows(cursor: Any, table: str) -> str:
    cursor.execute(f"SELECT coalesce(json_agg(t ORDER BY id), '[]')::text FROM {table} AS t")  # noqa: S608 - ours
    kept: str = cursor.fetchone()[0]
    assert json.loads(kept), table
    return kept
