"""The day's voices laid anew without any order, so that the database's own pages tell none."""

from __future__ import annotations

from datetime import date

from django.db import connection, transaction


@transaction.atomic
def settle(*, today: date) -> int:
    """
    Write the voices of days past anew, by their numbers, which are drawn by chance.

    A row's place on the disk, and the number of the transaction that wrote it, tell in which order
    voices came. A job does this each day; nothing of what stands in the rows changes.

    Args:
        today: The day (Asia/Ho_Chi_Minh); what came on it waits for the next run.

    Returns:
        How many rows were written anew.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT voices_settle(%s)", [today])
        return int(cursor.fetchone()[0])
