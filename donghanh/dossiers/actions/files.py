"""Opens a file, shows a list and takes one away; each is written down."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import cast

from django.core.paginator import Page, Paginator
from django.db import transaction

from donghanh.amendments import queries as amendments
from donghanh.domain import authority
from donghanh.domain.authority import Actor
from donghanh.domain.rights import Right
from donghanh.dossiers import queries
from donghanh.dossiers.actions.standings import renew_standings
from donghanh.dossiers.queries.cohorts import Row
from donghanh.history import actions as history

#: Rows of the list on one page.
ROWS = 60


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
    return queries.road_page(
        actor, open_walk(actor=actor, dossier_id=dossier_id, at=at, today=today)
    )


@transaction.atomic
def open_walk(*, actor: Actor, dossier_id: int, at: datetime, today: date) -> queries.Walk:
    """
    Return a dossier with its road for a page about it; the reading is written down.

    Args:
        actor: Who reads.
        dossier_id: The dossier.
        at: The instant (aware, UTC).
        today: The day (Asia/Ho_Chi_Minh).

    Raises:
        Dossier.DoesNotExist: Unknown, or not visible to the actor.
    """
    walk = queries.walk(actor, dossier_id, today)
    note_reading(actor=actor, dossier_id=dossier_id, at=at)
    return walk


def note_reading(*, actor: Actor, dossier_id: int, at: datetime) -> None:
    """
    Write down that somebody was shown a page of one pupil's file; the pupil sees it.

    Args:
        actor: Who reads.
        dossier_id: The dossier, which the actor has been found to see.
        at: The instant (aware, UTC).
    """
    opening = queries.by_emergency(actor, dossier_id)
    history.record(
        at=at,
        actor=actor,
        action="dossiers.read",
        subject="dossier",
        subject_id=dossier_id,
        facts={} if opening is None else {"emergency": opening},
    )


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
    note_reading(actor=actor, dossier_id=dossier_id, at=at)
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
    book = amendments.current()
    renew_standings(actor=actor, today=today, book=book)
    taken = queries.list_workbook(queries.cohort(actor, today, filters, book))
    note_list(actor=actor, at=at, where="cohort", dossiers=taken.dossiers, taken=True)
    return taken.data


@transaction.atomic
def see_list(
    *, actor: Actor, filters: queries.Filters, number: str | None, at: datetime, today: date
) -> tuple[queries.Cohort, Page[Row]]:
    """
    Return the list of the cohort, narrowed, and one page of it; whose names it shows is kept.

    Args:
        actor: Who looks.
        filters: What narrows it.
        number: Which page was asked for; the first where there is no such page.
        at: The instant (aware, UTC).
        today: The day the roads are shown for (Asia/Ho_Chi_Minh).

    Raises:
        NotAllowed: The post reads no cases.
    """
    book = amendments.current()
    renew_standings(actor=actor, today=today, book=book)
    cohort = queries.cohort(actor, today, filters, book)
    # Of a list the paginator asks how long it is, and for one page.
    rows = Paginator(cast("Sequence[Row]", cohort.rows), ROWS).get_page(number)
    note_list(
        actor=actor,
        at=at,
        where="cohort",
        dossiers=[row.dossier_id for row in rows],
        persons=[one.person_id for one in cohort.candidates],
    )
    return cohort, rows


def note_list(
    *,
    actor: Actor,
    at: datetime,
    where: str,
    dossiers: Sequence[int],
    persons: Sequence[int] = (),
    taken: bool = False,
) -> None:
    """
    Write down whose names somebody is shown in a list; the pupils see it, by person and day.

    A list of nobody leaves no line.

    Args:
        actor: Who is shown it.
        at: The instant (aware, UTC).
        where: Which list: ``cohort``, ``desk``, ``search``, ``figure``, ``calendar``, ``course`` or
            ``handovers``.
        dossiers: Ids of the dossiers shown.
        persons: Ids of pupils shown who have no dossier yet.
        taken: Whether the list is taken away as a file.
    """
    history.record_shown(
        at=at,
        actor=actor,
        action="dossiers.list_exported" if taken else "dossiers.list_seen",
        where=where,
        dossiers=dossiers,
        persons=persons,
    )
