"""The one write of the room of history."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import connection, transaction

from donghanh.domain.authority import Actor
from donghanh.history import queries
from donghanh.history.models import Event

#: The chain has one end: writers queue for it (a transaction lock with this number).
_CHAIN = 7_301_206


@transaction.atomic
def record(
    *,
    at: datetime,
    actor: Actor,
    action: str,
    subject: str,
    subject_id: int,
    facts: Mapping[str, object] | None = None,
) -> Event:
    """
    Write one line of history at the end of the chain, inside the caller's transaction.

    Args:
        at: The instant (aware, UTC).
        actor: Who acted; never ``None``.
        action: ``room.what_happened``.
        subject: Kind of thing.
        subject_id: Its id.
        facts: Ids, codes and days; never a personal value.

    Returns:
        The line written.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN])
    last = Event.objects.order_by("-id").values_list("digest", flat=True).first()
    event = Event(
        at=at,
        actor_id=actor.user_id,
        role=actor.post.role.value,
        unit_code=actor.post.unit_code,
        action=action,
        subject=subject,
        subject_id=subject_id,
        facts=dict(facts or {}),
        previous=last or queries.START,
    )
    event.digest = queries.digest_of(event)
    event.save(force_insert=True)
    return event
