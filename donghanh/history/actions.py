"""The one write of the room of history."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import connection

from donghanh.domain.authority import AccountHolder, Actor
from donghanh.history.models import Event, Verification
from donghanh.history.queries import Verified

#: How many numbers of cases or persons one line tells; who sees more is told in several lines.
MOST_SHOWN = 500
_RECORD = "SELECT history_record(%s, %s, %s, %s, %s, %s, %s, %s::jsonb)"


def record(
    *,
    at: datetime,
    actor: Actor | AccountHolder,
    action: str,
    subject: str,
    subject_id: int,
    facts: Mapping[str, object] | None = None,
) -> Event:
    """
    Write one line of history inside the caller's transaction; it is linked when that ends.

    The database's own function is the only way to write a line: one short statement.

    Args:
        at: The instant (aware, UTC); what a page writes happens now.
        actor: Who acted; never ``None``. About the own account alone, in the own name.
        action: ``room.what_happened``.
        subject: Kind of thing.
        subject_id: Its id.
        facts: Ids, codes and days; never a personal value.

    Returns:
        The line written.
    """
    event = Event(
        at=at,
        actor_id=actor.user_id,
        role=actor.post.role.value,
        unit_code=actor.post.unit_code,
        action=action,
        subject=subject,
        subject_id=subject_id,
        facts=dict(facts or {}),
    )
    told = json.dumps(event.facts, ensure_ascii=False)
    values = [at, event.actor_id, event.role, event.unit_code, action, subject, subject_id, told]
    with connection.cursor() as cursor:
        cursor.execute(_RECORD, values)
        event.id = cursor.fetchone()[0]
    event._state.adding = False
    return event


def record_shown(
    *,
    at: datetime,
    actor: Actor,
    action: str,
    where: str,
    dossiers: Sequence[int],
    persons: Sequence[int] = (),
) -> None:
    """
    Write down whose names somebody was shown in a list: numbers alone, one line a viewing.

    A list of nobody leaves no line; one of more than ``MOST_SHOWN`` leaves several.

    Args:
        at: The instant (aware, UTC).
        actor: Who was shown the list, through the unit of the post.
        action: One of ``models.LISTED``.
        where: Which list.
        dossiers: Ids of the cases shown.
        persons: Ids of pupils shown who have no case yet.
    """
    shown = [("dossiers", number) for number in dossiers]
    shown += [("persons", number) for number in persons]
    for first in range(0, len(shown), MOST_SHOWN):
        facts: dict[str, object] = {"list": where}
        for kind, number in shown[first : first + MOST_SHOWN]:
            numbers = facts.setdefault(kind, [])
            numbers.append(number)  # type: ignore[attr-defined]  # lists, made just above
        record(
            at=at,
            actor=actor,
            action=action,
            subject="unit",
            subject_id=actor.post.unit_id,
            facts=facts,
        )


def keep_verification(*, at: datetime, found: Verified) -> Verification:
    """
    Keep what reading the whole chain showed, for the auditor's page; jobs alone may.

    Args:
        at: The instant (aware, UTC).
        found: What it showed.
    """
    return Verification.objects.create(
        at=at,
        lines=found.lines,
        digest=found.digest,
        broken=found.broken.position if found.broken else None,
        why=found.broken.why if found.broken else "",
    )
