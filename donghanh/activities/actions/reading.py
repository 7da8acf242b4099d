"""Reads that are written down: a pupil's road, and a list taken away."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from donghanh.activities import queries
from donghanh.activities.queries import Filters
from donghanh.domain.authority import Actor
from donghanh.history import actions as history


@transaction.atomic
def open_road(*, actor: Actor, dossier_id: int, at: datetime) -> queries.PupilPage:
    """
    Show the activities a pupil lets stand on the road; it is a part of the file, so it is noted.

    Args:
        actor: Who reads.
        dossier_id: The dossier.
        at: The instant (aware, UTC).

    Raises:
        Dossier.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed: The post walks with no pupil.
    """
    page = queries.pupil_page(actor, dossier_id, at)
    history.record(
        at=at,
        actor=actor,
        action="dossiers.read",
        subject="dossier",
        subject_id=dossier_id,
        facts={"part": "activities"},
    )
    return page


@transaction.atomic
def take_list(*, actor: Actor, filters: Filters, at: datetime) -> bytes:
    """
    Return the list of activities as the bytes of a workbook; it names no pupil.

    Raises:
        NotAllowed: The post reads no activities.
    """
    return queries.listing_workbook(actor, filters, at)
