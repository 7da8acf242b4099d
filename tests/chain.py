"""The chain of history in a test: what the end of a transaction does, done at once."""

from __future__ import annotations

from django.db import connection

from donghanh.history import queries


def close() -> None:
    """Do what the end of the transaction does: link the lines, refuse changes without one."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def holds() -> bool:
    """Tell whether every line is linked, and every link holds."""
    close()
    return queries.verify().broken is None
