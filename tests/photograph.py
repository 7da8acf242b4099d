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
#: Where a road puts its rows; what the database keeps by itself comes back by itself.
_OF_ROADS = (
    "accounts_user",
    "people_invitation",
    "people_person",
    "people_consent",
    "people_enrolment",
    "dossiers_dossier",
    "dossiers_act",
    "dossiers_standing",
    "history_event",
)
#: What the database begins by itself, for the actions to tell.
_BEGUN = frozenset({"dossiers_standing"})
_WALKED: dict[tuple[object, ...], tuple[bytes, dict[str, str]]] = {}


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
            _stand(cursor, rows)
        found: T = pickle.loads(made)  # noqa: S301 - written below
        return found
    done = make()
    with connection.cursor() as cursor:
        _TAKEN[name] = (pickle.dumps(done), {table: _rows(cursor, table) for table in _TABLES})
    return done


def walked(what: tuple[object, ...], make: Callable[[], T]) -> T:
    """
    Return what walking a road makes: by walking it, or from the rows it left the last time.

    Every deed leaves a line of history, and no number is given out twice: the last line tells
    everything that has been done before. Where other things were done before, the road is walked.

    Args:
        what: Tells one road from another: how it is walked, by whom.
        make: Walks it, through the real actions; returns rows of the database.

    Where a test commits it is always walked.
    """
    if not connection.in_atomic_block:
        return make()
    with connection.cursor() as cursor:
        before = {table: _last(cursor, table) for table in _OF_ROADS}
        key = (*what, before["history_event"])
        if key in _WALKED:
            made, rows = _WALKED[key]
            _stand(cursor, rows)
            found: T = pickle.loads(made)  # noqa: S301 - written below
            return found
        done = make()
        rows = {table: _rows(cursor, table, since) for table, since in before.items()}
        _WALKED[key] = (pickle.dumps(done), rows)
    return done


def _stand(cursor: Any, rows: dict[str, str]) -> None:
    for table, kept in rows.items():
        if table in _BEGUN:
            cursor.execute(
                f"DELETE FROM {table} WHERE id IN"  # noqa: S608 - ours
                f" (SELECT id FROM json_populate_recordset(NULL::{table}, %s))",
                [kept],
            )
        cursor.execute(
            f"INSERT INTO {table} SELECT * FROM json_populate_recordset(NULL::{table}, %s)",  # noqa: S608 - ours
            [kept],
        )


def _last(cursor: Any, table: str) -> int:
    cursor.execute(f"SELECT coalesce(max(id), 0) FROM {table}")  # noqa: S608 - ours
    last: int = cursor.fetchone()[0]
    return last


def _is_empty() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT " + " OR ".join(f"EXISTS (SELECT FROM {table})" for table in _TABLES)  # noqa: S608 - ours
        )
        return not cursor.fetchone()[0]


def _rows(cursor: Any, table: str, since: int = 0) -> str:
    cursor.execute(
        f"SELECT coalesce(json_agg(t ORDER BY id), '[]')::text FROM {table} AS t WHERE id > %s",  # noqa: S608 - ours
        [since],
    )
    kept: str = cursor.fetchone()[0]
    assert json.loads(kept), table
    return kept
