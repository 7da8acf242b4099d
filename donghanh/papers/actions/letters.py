"""Follows letters that ask another unit: sent, answered; never what they say."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from django.db import transaction

from donghanh.domain import authority
from donghanh.domain.acts import Step
from donghanh.domain.authority import Actor
from donghanh.domain.errors import RuleError
from donghanh.domain.refusals import InFuture, NoConsent
from donghanh.domain.rights import Right
from donghanh.dossiers import actions as dossiers
from donghanh.dossiers import queries as roads
from donghanh.dossiers.queries import Walk
from donghanh.history import actions as history
from donghanh.papers.models import Letter


class RemindBeforeSent(RuleError):
    """The day to remind does not come after the day of sending."""

    code: ClassVar[str] = "papers.remind_before_sent"


class AnsweredBeforeSent(RuleError):
    """A letter cannot be answered before it was sent."""

    code: ClassVar[str] = "papers.answered_before_sent"


class AlreadyAnswered(RuleError):
    """The letter has an answer already."""

    code: ClassVar[str] = "papers.already_answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLetter:
    """A letter: what it asks, whom, where, when, and when to remind."""

    kind: str
    to_name: str
    to_place: str
    paper_number: str
    on: date
    remind_on: date


@transaction.atomic
def send_letter(
    *, actor: Actor, dossier_id: int, new: NewLetter, at: datetime, today: date
) -> Letter:
    """
    Keep that a letter was sent; a request for verification is recorded as an act as well.

    Args:
        actor: Who keeps it; keeps papers.
        dossier_id: The dossier.
        new: The letter.
        at: The instant (aware, UTC).
        today: The day of recording (Asia/Ho_Chi_Minh).

    Raises:
        Dossier.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed: The post keeps no papers.
        InFuture, NoConsent, RemindBeforeSent: The days cannot be.
        NotYourStep, RuleError: The act is refused; see ``dossiers.actions.record_act``.
    """
    walk = _locked(actor, dossier_id, today)
    _check_day(walk, new.on)
    if new.remind_on <= new.on:
        raise RemindBeforeSent(on=new.on)
    number = walk.dossier.acts_recorded
    act_number = None
    if new.kind == "verification":
        act = dossiers.NewAct(step=Step.VERIFICATION_SENT, on=new.on, paper_number=new.paper_number)
        dossiers.record_act(
            actor=actor, dossier_id=dossier_id, seen=number, new=act, at=at, today=today
        )
        act_number = number + 1
    letter = Letter.objects.create(
        dossier=walk.dossier,
        kind=new.kind,
        to_name=_written(new.to_name),
        to_place=_written(new.to_place),
        paper_number=new.paper_number.strip(),
        sent_date=new.on,
        remind_date=new.remind_on,
        act_number=act_number,
        kept_at=at,
        kept_by_id=actor.user_id,
    )
    _record(actor, at, "papers.letter_sent", letter)
    return letter


@transaction.atomic
def answer_letter(
    *, actor: Actor, dossier_id: int, letter_id: int, on: date, at: datetime, today: date
) -> Letter:
    """
    Keep that a letter was answered, on which day; never what it says.

    Raises:
        Dossier.DoesNotExist: Unknown, or not visible to the actor.
        Letter.DoesNotExist: The dossier has no such letter.
        NotAllowed: The post keeps no papers.
        AlreadyAnswered, AnsweredBeforeSent, InFuture: What refuses it.
    """
    walk = _locked(actor, dossier_id, today)
    letter = Letter.objects.select_for_update().get(pk=letter_id, dossier=walk.dossier)
    if letter.answered_date is not None:
        raise AlreadyAnswered
    if on < letter.sent_date:
        raise AnsweredBeforeSent(on=on, sent=letter.sent_date)
    _check_day(walk, on)
    letter.answered_date, letter.answered_by_id = on, actor.user_id
    letter.save(update_fields=["answered_date", "answered_by"])
    _record(actor, at, "papers.letter_answered", letter)
    return letter


def _locked(actor: Actor, dossier_id: int, today: date) -> Walk:
    locked = roads.visible_to(actor).select_for_update(of=("self",)).get(pk=dossier_id)
    authority.require(actor, Right.KEEP_PAPERS, school_id=locked.school_id)
    return roads.walk(actor, dossier_id, today)


def _check_day(walk: Walk, on: date) -> None:
    if on > walk.today:
        raise InFuture(on=on, today=walk.today)
    consented = walk.road.case.consented_on
    if consented is None or on < consented:
        raise NoConsent(on=on, consented_on=consented)


def _written(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _record(actor: Actor, at: datetime, action: str, letter: Letter) -> None:
    history.record(
        at=at,
        actor=actor,
        action=action,
        subject="dossier",
        subject_id=letter.dossier_id,
        facts={"letter": letter.pk, "kind": letter.kind},
    )
