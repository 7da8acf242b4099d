"""
What a writer does: write, write on, close. The one place where nobody is named.

These leave no line of history: a line has an instant and a number that grows, and so would tell
when somebody wrote, beside what else happened then. What comes is only added and never changed,
which the database holds to (docs/why/unnamed-voices.md).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from donghanh.amendments import queries as amendments
from donghanh.domain import voices
from donghanh.domain.voices import Addressee, Said, Topic
from donghanh.organisation import queries as organisation
from donghanh.organisation.models import Unit
from donghanh.voices import queries
from donghanh.voices.actions.refusals import NobodyThere, Over, SaysNothing, TooLong
from donghanh.voices.models import Voice, Word
from donghanh.voices.queries.asking import digest_of

#: Signs of a code: none that is read as another.
_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_GROUPS, _OF = 4, 4
#: Numbers of rows are drawn from here: they tell neither order nor time, and are not met twice.
_NUMBERS = 2**52


@dataclass(frozen=True, slots=True)
class New:
    """
    A voice as it was typed.

    ``name`` and ``class_name`` are empty where the writer stays unnamed; a class without a name is
    not kept, because it would narrow down who wrote.
    """

    school_id: int
    to: Addressee
    topic: Topic
    text: str
    name: str = ""
    class_name: str = ""
    wants_answer: bool = True
    may_publish: bool = False
    emergency: bool = False


def new_code() -> str:
    """Return a code for one voice: sixteen signs of 32, drawn by chance."""
    drawn = "".join(secrets.choice(_SIGNS) for _ in range(_GROUPS * _OF))
    return "-".join(drawn[at : at + _OF] for at in range(0, len(drawn), _OF))


def number() -> int:
    """Return the number of a row, drawn by chance."""
    return secrets.randbelow(_NUMBERS - 1) + 1


@transaction.atomic
def write(*, new: New, code: str, today: date) -> None:
    """
    Take in a voice; of the time the day alone is kept, of the code its digest.

    The same code again, as by a second tap, changes nothing.

    Args:
        new: What was typed.
        code: As ``new_code`` gave it, shown to the writer once.
        today: The day (Asia/Ho_Chi_Minh).

    Raises:
        SaysNothing, TooLong: The text.
        NobodyThere: Nobody answers there.
    """
    text = _text(new.text)
    school_id = organisation.carried_to(new.school_id, today)
    where = queries.whereto(school_id, new.to, today)
    if where is None:
        raise NobodyThere
    name = voices.clean(new.name)
    try:
        with transaction.atomic():
            Voice(
                id=number(),
                school_id=school_id,
                unit_id=where.unit.id,
                above_id=where.above_id,
                watch_id=where.watch_id,
                addressee=new.to.value,
                topic=new.topic.value,
                text=text,
                name=name,
                class_name=voices.clean(new.class_name) if name else "",
                wants_answer=new.wants_answer,
                may_publish=new.may_publish,
                emergency=new.emergency,
                came_on=today,
                due_on=voices.due(today, where.days, new.emergency, amendments.current()),
                code_digest=digest_of(code),
                simulated=Unit.objects.values_list("simulated", flat=True).get(pk=school_id),
            ).save(force_insert=True)
    except IntegrityError as error:
        if "code_digest" not in str(error):
            raise


@transaction.atomic
def write_on(*, code: str, text: str, seen: int, today: date) -> None:
    """
    Take in what a writer says after an answer, or while waiting.

    Args:
        code: What opens the voice.
        text: What is said.
        seen: The place of the last line the writer saw.
        today: The day (Asia/Ho_Chi_Minh).

    Raises:
        SaysNothing, TooLong: The text.
        Over: Something was said or done meanwhile, or the voice is closed.
    """
    said = _text(text)
    receipt = _receipt(code, seen, today)
    voice = receipt.voice
    days, _ = queries.promised(voice.unit_id, today)
    due = voices.due(today, days, receipt.standing.emergency, amendments.current())
    # Who waits already is not sent to the end of the line by adding a word.
    if receipt.standing.due is not None:
        due = min(due, receipt.standing.due)
    _add(voice, Said.MORE, receipt.seen + 1, today, said, due)


@transaction.atomic
def close(*, code: str, seen: int, today: date) -> None:
    """
    Let a writer say that nothing more is to be answered.

    Raises:
        Over: Something was said or done meanwhile, or it is closed already.
    """
    receipt = _receipt(code, seen, today)
    _add(receipt.voice, Said.CLOSED, receipt.seen + 1, today, "", None)


def _text(typed: str) -> str:
    text = voices.clean(typed)
    if not text:
        raise SaysNothing
    if len(text) > voices.LONGEST:
        raise TooLong(length=len(text), longest=voices.LONGEST)
    return text


def _receipt(code: str, seen: int, today: date) -> queries.Receipt:
    receipt = queries.follow(code, today)
    if receipt is None or receipt.seen != seen or not receipt.open:
        raise Over
    return receipt


def _add(voice: Voice, kind: Said, place: int, today: date, text: str, due: date | None) -> None:
    try:
        with transaction.atomic():
            Word(
                id=number(),
                voice=voice,
                place=place,
                kind=kind.value,
                text=text,
                came_on=today,
                due_on=due,
            ).save(force_insert=True)
    except IntegrityError as error:
        raise Over from error
