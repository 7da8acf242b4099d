"""What several actions of the room share: an own activity, locked, and one line of history."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import QuerySet

from donghanh.activities import queries
from donghanh.activities.models import Activity
from donghanh.domain.authority import Actor
from donghanh.history import actions as history


def locked(actor: Actor, activity_id: int) -> QuerySet[Activity]:
    """
    Return one activity of the own unit, locked for this transaction.

    Raises:
        Activity.DoesNotExist: Unknown, or of another unit.
        NotAllowed: The post holds none.
    """
    found = queries.held_by(actor).filter(pk=activity_id)
    found.select_for_update(of=("self",)).get()
    return found


def record(
    actor: Actor, at: datetime, action: str, activity_id: int, facts: Mapping[str, object]
) -> None:
    """Write the one line of history of a change: numbers, days and codes alone."""
    history.record(
        at=at,
        actor=actor,
        action=action,
        subject="activity",
        subject_id=activity_id,
        facts=facts,
    )
