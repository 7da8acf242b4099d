"""Shows a desk and what a search found; whose names they show is written down."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from donghanh.amendments import queries as amendments
from donghanh.desk import queries
from donghanh.domain.authority import Actor
from donghanh.dossiers import actions as dossiers


@transaction.atomic
def see_desk(*, actor: Actor, at: datetime, today: date, year: str = "") -> queries.Desk:
    """
    Return the desk of an actor; a desk that names pupils leaves one line of history.

    Args:
        actor: Whose desk.
        at: The instant (aware, UTC).
        today: The day (Asia/Ho_Chi_Minh).
        year: School year a Union above looks at; the present one where blank.

    Raises:
        BadSchoolYear: The year is not two years that follow each other.
    """
    book = amendments.current()
    dossiers.renew_standings(actor=actor, today=today, book=book)
    desk = queries.desk(actor, today, year, book)
    dossiers.note_list(actor=actor, at=at, where="desk", dossiers=desk.named)
    return desk


@transaction.atomic
def see_found(*, actor: Actor, words: str, at: datetime, today: date) -> queries.Found:
    """
    Return what a few words name; what names pupils leaves one line, without the words.

    Args:
        actor: Who searches; nothing outside the own reach is found.
        words: As typed.
        at: The instant (aware, UTC).
        today: The day (Asia/Ho_Chi_Minh).
    """
    found = queries.search(actor, words, today)
    named = [walk.dossier.pk for walk in found.people]
    dossiers.note_list(actor=actor, at=at, where="search", dossiers=named)
    return found
