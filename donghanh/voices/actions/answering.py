"""What staff do with a voice: answer, note, set aside, ask who moderates, raise the alarm."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, connection, transaction

from donghanh.domain import voices
from donghanh.domain.authority import Actor, NotAllowed, require
from donghanh.domain.rights import Right
from donghanh.domain.voices import Deed, Reason, State
from donghanh.history import actions as history
from donghanh.voices import queries
from donghanh.voices.actions.refusals import (
    Escalated,
    NotTheModerator,
    Over,
    ReasonMissing,
    SaysNothing,
    TooLong,
    WantsAnAnswer,
)
from donghanh.voices.actions.writing import number
from donghanh.voices.models import Act, Word

_ACTIONS = {
    Deed.ANSWERED: "voices.answered",
    Deed.NOTED: "voices.noted",
    Deed.SET_ASIDE: "voices.set_aside",
    Deed.FLAGGED: "voices.flagged",
    Deed.ALARMED: "voices.alarmed",
}
_LOCK = "SELECT pg_advisory_xact_lock(%s)"


@transaction.atomic
def answer(*, actor: Actor, voice_id: int, text: str, seen: int, at: datetime, today: date) -> None:
    """
    Answer a voice; its writer reads it by the code.

    Args:
        actor: Who answers.
        voice_id: The voice.
        text: The answer.
        seen: The place of the last line the actor saw.
        at: The instant (aware, UTC).
        today: The day (Asia/Ho_Chi_Minh).

    Raises:
        Voice.DoesNotExist: There is none, or it is not the actor's to read.
        Escalated: It lies one level up.
        Over: Somebody was faster, or it no longer waits.
        SaysNothing, TooLong: The text.
    """
    require(actor, Right.ANSWER_VOICES)
    page = _page(actor, voice_id, seen, today)
    _must_hold(page, today)
    said = voices.clean(text)
    if not said:
        raise SaysNothing
    if len(said) > voices.LONGEST:
        raise TooLong(length=len(said), longest=voices.LONGEST)
    _done(actor, page, Deed.ANSWERED, at, today, text=said)


@transaction.atomic
def note(*, actor: Actor, voice_id: int, seen: int, at: datetime, today: date) -> None:
    """
    Say that a voice was read whose writer wants no answer.

    Raises:
        WantsAnAnswer: They want one.
        Escalated, Over, Voice.DoesNotExist: As in ``answer``.
    """
    require(actor, Right.ANSWER_VOICES)
    page = _page(actor, voice_id, seen, today)
    _must_hold(page, today)
    if page.row.voice.wants_answer:
        raise WantsAnAnswer
    _done(actor, page, Deed.NOTED, at, today)


@transaction.atomic
def set_aside(
    *, actor: Actor, voice_id: int, reason: Reason | None, seen: int, at: datetime, today: date
) -> None:
    """
    Set a voice aside for a reason its writer sees; nothing is deleted.

    Raises:
        NotTheModerator: The actor may answer but not moderate.
        ReasonMissing: No reason was chosen.
        Over, Voice.DoesNotExist: As in ``answer``.
    """
    page = _page(actor, voice_id, seen, today)
    if not actor.may(Right.MODERATE_VOICES):
        raise NotTheModerator
    if reason is None:
        raise ReasonMissing
    if page.row.standing.state is not State.WAITING:
        raise Over
    _done(actor, page, Deed.SET_ASIDE, at, today, reason=reason)


@transaction.atomic
def flag(*, actor: Actor, voice_id: int, seen: int, at: datetime, today: date) -> None:
    """
    Show a voice to the moderators one level up.

    Raises:
        Over: They were asked already, or there is no level above, or as in ``answer``.
    """
    require(actor, Right.ANSWER_VOICES)
    page = _page(actor, voice_id, seen, today)
    if not page.may_flag:
        raise Over
    _done(actor, page, Deed.FLAGGED, at, today)


@transaction.atomic
def alarm(*, actor: Actor, voice_id: int, seen: int, at: datetime, today: date) -> None:
    """
    Mark a voice as an emergency: moderators of the school and one level up see it at once.

    Raises:
        Over: It is one already, or as in ``answer``.
    """
    page = _page(actor, voice_id, seen, today)
    if page.row.standing.emergency:
        raise Over
    _done(actor, page, Deed.ALARMED, at, today)


def _page(actor: Actor, voice_id: int, seen: int, today: date) -> queries.VoicePage:
    """Return a voice as the actor last saw it; two at once come one after the other."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [voice_id])
    page = queries.page(actor, voice_id, today)
    if page.seen != seen:
        raise Over
    return page


def _must_hold(page: queries.VoicePage, today: date) -> None:
    standing = page.row.standing
    if standing.state is not State.WAITING:
        raise Over
    if not page.row.holds:
        if page.row.mine and standing.late:
            raise Escalated(due=standing.due)
        raise NotAllowed(right=Right.ANSWER_VOICES.value)


def _done(
    actor: Actor,
    page: queries.VoicePage,
    deed: Deed,
    at: datetime,
    today: date,
    *,
    text: str = "",
    reason: Reason | None = None,
) -> None:
    voice, place = page.row.voice, page.seen + 1
    if Word.objects.filter(voice=voice, place=place).exists():
        raise Over
    try:
        with transaction.atomic():
            Act(
                id=number(),
                voice=voice,
                unit_id=voice.unit_id,
                above_id=voice.above_id,
                watch_id=voice.watch_id,
                of_unit_id=actor.post.unit_id,
                place=place,
                deed=deed.value,
                text=text,
                reason=reason.value if reason else "",
                on=today,
                by_id=actor.user_id,
            ).save(force_insert=True)
    except IntegrityError as error:
        raise Over from error
    history.record(
        at=at,
        actor=actor,
        action=_ACTIONS[deed],
        subject="voice",
        subject_id=voice.pk,
        facts={"reason": reason.value} if reason else {},
    )
