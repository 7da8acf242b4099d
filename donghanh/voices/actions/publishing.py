"""Making an answer public in other words, by two persons; and what a unit promises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from donghanh.domain import voices
from donghanh.domain.authority import Actor, require
from donghanh.domain.rights import Right
from donghanh.domain.voices import Deed
from donghanh.history import actions as history
from donghanh.voices import queries
from donghanh.voices.actions.refusals import (
    NotAnswered,
    NotRewritten,
    NoYes,
    Over,
    PromiseOutOfBounds,
    SaysNothing,
    SecondPerson,
    TooLong,
)
from donghanh.voices.actions.writing import number
from donghanh.voices.models import Promise, Publication
from donghanh.voices.queries.reading import units_of

#: The longest promise, in working days.
LONGEST_PROMISE = 30


@dataclass(frozen=True, slots=True)
class Rewritten:
    """Question and answer in the words of who makes them public."""

    question: str
    answer: str


@transaction.atomic
def propose(
    *, actor: Actor, voice_id: int, rewritten: Rewritten, at: datetime, today: date
) -> Publication:
    """
    Write question and answer anew, to be confirmed by a second person.

    Raises:
        Voice.DoesNotExist: There is none, or it is not the actor's to read.
        NoYes: Its writer did not agree.
        NotAnswered: It has no answer yet.
        NotRewritten: The question is the writer's own text.
        SaysNothing, TooLong: A text.
        Over: It was proposed already.
    """
    require(actor, Right.ANSWER_VOICES)
    page = queries.page(actor, voice_id, today)
    voice = page.row.voice
    if not voice.may_publish:
        raise NoYes
    if not any(line.kind == Deed.ANSWERED for line in page.lines):
        raise NotAnswered
    if page.publication is not None:
        raise Over
    texts = [voices.clean(text) for text in (rewritten.question, rewritten.answer)]
    if not all(texts):
        raise SaysNothing
    longest = max(len(text) for text in texts)
    if longest > voices.LONGEST:
        raise TooLong(length=longest, longest=voices.LONGEST)
    if not voices.is_rewritten(voice.text, texts[0]):
        raise NotRewritten
    made = Publication(
        id=number(),
        voice=voice,
        unit_id=voice.unit_id,
        above_id=voice.above_id,
        topic=voice.topic,
        question=texts[0],
        answer=texts[1],
        proposed_by_id=actor.user_id,
        proposed_on=today,
    )
    made.save(force_insert=True)
    _record(actor, at, "voices.publication_proposed", made)
    return made


@transaction.atomic
def confirm(*, actor: Actor, publication_id: int, at: datetime, today: date) -> None:
    """
    Make a question and its answer public, as the second person.

    Raises:
        Publication.DoesNotExist: There is none, or it is not the actor's.
        SecondPerson: The actor wrote it.
        Over: It is public already, or was taken back.
    """
    require(actor, Right.ANSWER_VOICES)
    made = _of(actor, publication_id, today)
    if made.proposed_by_id == actor.user_id:
        raise SecondPerson
    open_ = Publication.objects.filter(pk=made.pk, confirmed_by=None, withdrawn_on=None)
    if open_.update(confirmed_by_id=actor.user_id, confirmed_on=today) != 1:
        raise Over
    _record(actor, at, "voices.published", made)


@transaction.atomic
def withdraw(*, actor: Actor, publication_id: int, at: datetime, today: date) -> None:
    """
    Take a publication back; the public page no longer shows it.

    Raises:
        Publication.DoesNotExist: There is none, or it is not the actor's.
        Over: It was taken back already.
    """
    require(actor, Right.ANSWER_VOICES)
    made = _of(actor, publication_id, today)
    if Publication.objects.filter(pk=made.pk, withdrawn_on=None).update(withdrawn_on=today) != 1:
        raise Over
    _record(actor, at, "voices.publication_withdrawn", made)


@transaction.atomic
def promise(*, actor: Actor, days: int, at: datetime, today: date) -> None:
    """
    Say within how many working days the own unit answers what comes from today on.

    Raises:
        PromiseOutOfBounds: Not between 1 and ``LONGEST_PROMISE``.
    """
    require(actor, Right.ANSWER_VOICES)
    if not 1 <= days <= LONGEST_PROMISE:
        raise PromiseOutOfBounds(most=LONGEST_PROMISE)
    told = {"days": days, "by_id": actor.user_id}
    of_today = Promise.objects.filter(unit_id=actor.post.unit_id, since=today)
    if not of_today.update(**told):
        Promise(id=number(), unit_id=actor.post.unit_id, since=today, **told).save(
            force_insert=True
        )
    history.record(
        at=at,
        actor=actor,
        action="voices.promised",
        subject="unit",
        subject_id=actor.post.unit_id,
        facts={"days": days},
    )


def _of(actor: Actor, publication_id: int, today: date) -> Publication:
    own = units_of(actor, today)
    made = Publication.objects.get(pk=publication_id)
    if made.unit_id not in own and made.above_id not in own:
        raise Publication.DoesNotExist
    return made


def _record(actor: Actor, at: datetime, action: str, made: Publication) -> None:
    history.record(
        at=at, actor=actor, action=action, subject="voice", subject_id=made.voice_id, facts={}
    )
