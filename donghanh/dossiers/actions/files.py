"""Opens a file and takes a list away; both are written down."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from donghanh.domain import authority
from donghanh.domain.authority import Actor, Right
from donghanh.dossiers import queries
from donghanh.history import actions as history


@transaction.atomic
def open_file(*, actor: Actor, dossier_id: int, at: datetime, today: date) -> queries.RoadPage:
    """
    Show a pupil's road to somebody; the reading is written down, and the pupil sees it.

    Args:
        actor: Who reads.
        dossier_id: The dossier.
        at: The instant (aware, UTC).
        today: The day the road is shown for (Asia/Ho_Chi_Minh).

    Raises:
        Dossier.DoesNotExist: Unknown, or not visible to the actor.
    """
    walk = queries.walk(actor, dossier_id, today)
    opening = queries.by_emergency(actor, dossier_id)
    history.record(
        at=at,
        actor=actor,
        action="dossiers.read",
        subject="dossier",
        subject_id=dossier_id,
        facts={} if opening is None else {"emergency": opening},
    )
    return queries.road_page(actor, walk)


@transaction.atomic
def open_facts(*, actor: Actor, dossier_id: int, at: datetime, today: date) -> queries.FactsPage:
    """
    Show the facts of a case to who sets them; the reading is written down, and the pupil sees it.

    Args:
        actor: Who reads.
        dossier_id: The dossier.
        at: The instant (aware, UTC).
        today: The day (Asia/Ho_Chi_Minh).

    Raises:
        Dossier.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed: The post sets no facts.
    """
    page = queries.facts_page(actor, dossier_id, today)
    history.record(
        at=at,
        actor=actor,
        action="dossiers.read",
        subject="dossier",
        subject_id=dossier_id,
    )
    return page


@transaction.atomic
def export_list(*, actor: Actor, filters: queries.Filters, at: datetime, today: date) -> bytes:
    """
    Return the list of the cohort, narrowed, as the bytes of a workbook; the export is written down.

    Args:
        actor: Who takes the list away.
        filters: What narrows it.
        at: The instant (aware, UTC).
        today: The day the roads are shown for (Asia/Ho_Chi_Minh).

    Raises:
        NotAllowed: The post takes no lists away.
    """
    authority.require(actor, Right.TAKE_LISTS)
    page = queries.cohort(actor, today, filters)
    history.record(
        at=at,
        actor=actor,
        action="dossiers.list_exported",
        subject="unit",
        subject_id=actor.post.unit_id,
        facts={"dossiers": [row.dossier_id for row in page.rows]},
    )
    return queries.list_workbook(page)
