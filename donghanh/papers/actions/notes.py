"""Notes what is kept about one paper, shows the list and takes it away."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from donghanh.domain import authority, checklist
from donghanh.domain.authority import Actor
from donghanh.domain.rights import Right
from donghanh.dossiers import actions as dossiers
from donghanh.dossiers import queries as roads
from donghanh.history import actions as history
from donghanh.papers import queries
from donghanh.papers.models import PaperNote


@dataclass(frozen=True, slots=True, kw_only=True)
class NewNote:
    """What somebody notes of one paper: as what it is there, where, until when."""

    copy: str = ""
    signer: str = ""
    pages: int | None = None
    kept_at: str = ""
    valid_until: date | None = None
    not_needed: bool = False


@transaction.atomic
def note_paper(
    *,
    actor: Actor,
    dossier_id: int,
    form: str,
    act_number: int,
    new: NewNote,
    at: datetime,
    today: date,
) -> PaperNote | None:
    """
    Keep a note of one paper of a dossier, above those there were.

    Args:
        actor: Who notes; keeps papers.
        dossier_id: The dossier.
        form: The central number the paper answers for.
        act_number: The act that recorded it; nought where it is not there.
        new: The note.
        at: The instant (aware, UTC).
        today: The day (Asia/Ho_Chi_Minh).

    Returns:
        The note; ``None`` where it says what the last one said.

    Raises:
        Dossier.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed: The post keeps no papers.
        PaperUnknown, NeededPaper, ValidBeforeMade: What refuses it.
    """
    locked = roads.visible_to(actor).select_for_update(of=("self",)).get(pk=dossier_id)
    authority.require(actor, Right.KEEP_PAPERS, school_id=locked.school_id)
    walk = roads.walk(actor, dossier_id, today)
    lines = {(one.counts_as, one.number): one for one in queries.papers_of(walk)}
    checklist.check_note(
        lines.get((form, act_number)), not_needed=new.not_needed, valid_until=new.valid_until
    )
    note = PaperNote(
        dossier=walk.dossier,
        form=form,
        act_number=act_number,
        copy=new.copy,
        signer=_written(new.signer),
        pages=new.pages,
        kept_at=_written(new.kept_at),
        valid_until=new.valid_until,
        not_needed=new.not_needed,
        noted_at=at,
        noted_by_id=actor.user_id,
    )
    if queries.says_the_same(note):
        return None
    note.save(force_insert=True)
    history.record(
        at=at,
        actor=actor,
        action="papers.noted",
        subject="dossier",
        subject_id=dossier_id,
        facts={"form": form, "act": act_number},
    )
    return note


def _written(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


@transaction.atomic
def open_papers(*, actor: Actor, dossier_id: int, at: datetime, today: date) -> queries.PapersPage:
    """
    Show the papers of a dossier; the reading is written down, and the pupil sees it.

    Args:
        actor: Who reads.
        dossier_id: The dossier.
        at: The instant (aware, UTC).
        today: The day (Asia/Ho_Chi_Minh).

    Raises:
        Dossier.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed: The post reads no papers.
    """
    authority.require(actor, Right.READ_PAPERS)
    walk = dossiers.open_walk(actor=actor, dossier_id=dossier_id, at=at, today=today)
    return queries.papers_page(actor, walk)


@transaction.atomic
def export_papers(*, actor: Actor, dossier_id: int, at: datetime, today: date) -> bytes:
    """
    Return the table of contents of a dossier as the bytes of a workbook; it is written down.

    Arguments and errors are those of ``open_papers``.
    """
    authority.require(actor, Right.READ_PAPERS)
    authority.require(actor, Right.TAKE_LISTS)
    walk = dossiers.open_walk(actor=actor, dossier_id=dossier_id, at=at, today=today)
    return queries.contents_workbook(walk)
