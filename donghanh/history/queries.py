"""Reads of the room of history."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC

from django.db.models import QuerySet

from donghanh.history.models import Event

#: What stands before the first line.
START = "0" * 64


def digest_of(event: Event) -> str:
    """
    Return the digest a line should carry, from its own values and the digest before it.

    Args:
        event: The line; its ``digest`` is not looked at.

    Returns:
        64 hexadecimal digits (SHA-256).
    """
    content = json.dumps(
        [
            event.previous,
            event.at.astimezone(UTC).isoformat(),
            event.actor_id,
            event.role,
            event.unit_code,
            event.action,
            event.subject,
            event.subject_id,
            event.facts,
        ],
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(content.encode()).hexdigest()


def about(subject: str, subject_id: int) -> QuerySet[Event]:
    """
    Return the lines about one thing, newest first, with who acted.

    The caller has already made sure that the reader may see the thing.
    """
    lines = Event.objects.filter(subject=subject, subject_id=subject_id)
    return lines.select_related("actor").order_by("-id")


def first_broken() -> int | None:
    """
    Return the id of the first line whose digest or link does not hold, or ``None``.

    Reads every line once, in order.
    """
    previous = START
    for event in Event.objects.order_by("id").iterator(chunk_size=2000):
        if event.previous != previous or event.digest != digest_of(event):
            return event.pk
        previous = event.digest
    return None
