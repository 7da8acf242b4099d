"""Writes notes of the road and periodic comments; opens a pupil's accompaniment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from donghanh.accompaniment import queries
from donghanh.accompaniment.actions.refusals import Stopped
from donghanh.accompaniment.models import Comment, Note
from donghanh.domain import accompanying, authority
from donghanh.domain.authority import Actor
from donghanh.domain.rights import Right
from donghanh.dossiers import actions as dossiers
from donghanh.dossiers.models import Dossier
from donghanh.history import actions as history


@transaction.atomic
def see_overview(*, actor: Actor, at: datetime, today: date) -> queries.Overview:
    """
    Return the accompaniment at the schools in reach; whose names it shows is kept.

    Args:
        actor: Who looks.
        at: The instant (aware, UTC).
        today: The day (Asia/Ho_Chi_Minh).

    Raises:
        NotAllowed: The post gives no challenges.
    """
    page = queries.overview(actor, today)
    dossiers.note_list(actor=actor, at=at, where="accompaniment", dossiers=page.shown)
    return page


@transaction.atomic
def see_choices(*, actor: Actor, at: datetime) -> tuple[queries.Choice, ...]:
    """
    Return the pupils a challenge can be given to; whose names are shown is kept.

    Args:
        actor: Who looks.
        at: The instant (aware, UTC).

    Raises:
        NotAllowed: The post gives no challenges.
    """
    found = queries.choices(actor)
    named = [one.dossier_id for one in found]
    dossiers.note_list(actor=actor, at=at, where="accompaniment", dossiers=named)
    return found


@transaction.atomic
def open_accompaniment(
    *, actor: Actor, dossier_id: int, at: datetime, today: date
) -> queries.PupilPage:
    """
    Show one pupil's accompaniment; it is a part of the file, so the reading is written down.

    Args:
        actor: Who reads.
        dossier_id: The dossier.
        at: The instant (aware, UTC).
        today: The day (Asia/Ho_Chi_Minh).

    Raises:
        Dossier.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed: The post gives no challenges.
    """
    page = queries.pupil_page(actor, dossier_id, today)
    _read(actor, at, dossier_id)
    return page


@transaction.atomic
def open_challenge(*, actor: Actor, challenge_id: int, at: datetime) -> queries.ChallengeRow:
    """
    Show one challenge; it is a part of the file, so the reading is written down.

    Args:
        actor: Who reads.
        challenge_id: The challenge.
        at: The instant (aware, UTC).

    Raises:
        Challenge.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed: The post gives no challenges.
    """
    row = queries.challenge(actor, challenge_id)
    _read(actor, at, row.dossier_id)
    return row


def _read(actor: Actor, at: datetime, dossier_id: int) -> None:
    history.record(
        at=at,
        actor=actor,
        action="dossiers.read",
        subject="dossier",
        subject_id=dossier_id,
        facts={"part": "accompaniment"},
    )


@transaction.atomic
def write_note(
    *,
    actor: Actor,
    dossier_id: int,
    text: str,
    on: date,
    once: str,
    at: datetime,
    today: date,
) -> Note:
    """
    Write a note of the road of an own pupil; the pupil reads it, and it is never changed.

    Args:
        actor: The helper of this pupil at present.
        dossier_id: The dossier.
        text: The note; not about religion, family or health.
        on: The day it is about.
        once: What the form calls itself; sent twice, it is kept once.
        at: The instant (aware, UTC).
        today: The day (Asia/Ho_Chi_Minh).

    Raises:
        NotAllowed: The post writes no notes.
        Dossier.DoesNotExist: Unknown, or somebody else helps this pupil.
        TextMissing, TextTooLong, DayInFuture, DayBeforeConsent: See ``domain.accompanying``.
    """
    dossier = _own(actor, dossier_id, on, today)
    note, made = Note.objects.get_or_create(
        dossier=dossier,
        once=once,
        defaults={
            "text": accompanying.written(text),
            "on_date": on,
            "written_at": at,
            "written_by_id": actor.user_id,
        },
    )
    if made:
        _wrote(actor, at, "accompaniment.note_written", dossier, {"note": note.pk})
    return note


@transaction.atomic
def write_comment(
    *,
    actor: Actor,
    dossier_id: int,
    text: str,
    on: date,
    once: str,
    at: datetime,
    today: date,
) -> Comment:
    """
    Write the periodic comment on an own pupil; the cell and the pupil read it.

    Arguments and errors are those of ``write_note``.
    """
    dossier = _own(actor, dossier_id, on, today)
    comment, made = Comment.objects.get_or_create(
        dossier=dossier,
        once=once,
        defaults={
            "text": accompanying.written(text),
            "on_date": on,
            "written_at": at,
            "written_by_id": actor.user_id,
        },
    )
    if made:
        _wrote(actor, at, "accompaniment.comment_written", dossier, {"comment": comment.pk})
    return comment


def _own(actor: Actor, dossier_id: int, on: date, today: date) -> Dossier:
    """Return the dossier of an own pupil, for something of a day to be written of it."""
    authority.require(actor, Right.WRITE_NOTES)
    dossier = queries.dossier_of(actor, dossier_id)
    agreed = queries.agreed_on(dossier.person)
    if agreed is None:
        raise Stopped
    accompanying.check_day(on, agreed=agreed, today=today)
    return dossier


def _wrote(
    actor: Actor, at: datetime, action: str, dossier: Dossier, facts: Mapping[str, object]
) -> None:
    history.record(
        at=at, actor=actor, action=action, subject="dossier", subject_id=dossier.pk, facts=facts
    )
