"""The words of voices that have long been over go: a job's work, by whole school years."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth import get_user_model
from django.db import connection, transaction

from donghanh.amendments import queries as amendments
from donghanh.domain import voices
from donghanh.domain.authority import AccountHolder
from donghanh.history import actions as history

_FORGET = "SELECT account, many FROM voices_forget(%s, %s)"


@transaction.atomic
def forget(*, at: datetime, today: date) -> int:
    """
    Delete the words of voices that are over, with their answers; unit, topic and month stay.

    What waits stays, and what is being prepared to be made public. A public answer stays until it
    is taken back. One line of history for each account whose own words went, as a number of voices:
    no voice is named in it.

    Args:
        at: The instant (aware, UTC).
        today: The day (Asia/Ho_Chi_Minh); all that was over in a school year goes on one day.

    Returns:
        How many voices lost their words; run again, none.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [voices.kept_since(today, amendments.current()), today])
        found = dict(cursor.fetchall())
    gone: int = found.pop(None)
    names = dict(get_user_model().objects.filter(pk__in=found).values_list("pk", "name"))
    for account, many in sorted(found.items()):
        history.record(
            at=at,
            actor=AccountHolder(account, names[account]),
            action="voices.forgotten",
            subject="account",
            subject_id=account,
            facts={"voices": many},
        )
    return gone
