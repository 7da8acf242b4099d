"""What several actions of the room share: columns of a telling, and one line of history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from donghanh.domain.authority import Actor
from donghanh.domain.practising import NotNow, Telling
from donghanh.history import actions as history
from donghanh.practices.models import Practice


def columns(telling: Telling) -> dict[str, Any]:
    """Return a telling as the columns of a practice."""
    return {
        "title": telling.title,
        "aim": telling.aim,
        "for_whom": telling.for_whom,
        "steps": list(telling.steps),
        "challenges": [{**asdict(one), "steps": list(one.steps)} for one in telling.challenges],
        "roles": telling.roles,
        "cost": telling.cost,
        "watch_for": telling.watch_for,
    }


def changed(practice: Practice, at: datetime, **columns: Any) -> None:
    """
    Change a practice as it was looked at, and nothing that somebody changed meanwhile.

    Raises:
        NotNow: Somebody was quicker.
    """
    found = Practice.objects.filter(pk=practice.pk, version=practice.version, stage=practice.stage)
    new = practice.version + 1
    if found.update(**columns, version=new, changed_at=at) != 1:
        raise NotNow
    practice.version = new


def record(
    actor: Actor,
    at: datetime,
    action: str,
    practice: Practice,
    facts: Mapping[str, object] | None = None,
) -> None:
    """Write the one line of history of a change: numbers and codes alone."""
    history.record(
        at=at,
        actor=actor,
        action=action,
        subject="practice",
        subject_id=practice.pk,
        facts=dict(facts or {}),
    )
