"""What a pupil does on the own pages: each leaves the same line, so that none tells a refusal."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from donghanh.accompaniment import queries
from donghanh.accompaniment.actions.refusals import NotUnderWay, Over, StepUnknown, Stopped
from donghanh.accompaniment.models import (
    Challenge,
    Club,
    Declining,
    Evidence,
    Membership,
    Note,
    NoteAnswer,
)
from donghanh.domain import accompanying, authority
from donghanh.domain.rights import Right
from donghanh.history import actions as history
from donghanh.people import queries as people
from donghanh.people.models import Person

#: What a pupil did here is not told apart in history: a refusal must not show beside an acceptance.
ACTED = "accompaniment.pupil_acted"


@transaction.atomic
def accept(*, code: str, challenge_id: int, at: datetime) -> Challenge:
    """
    Accept a challenge, also one set aside before; a second time changes nothing.

    Args:
        code: The pupil's own code.
        challenge_id: The challenge.
        at: The instant (aware, UTC).

    Raises:
        Person.DoesNotExist, Challenge.DoesNotExist: The code is nobody's, or it is somebody else's.
        Stopped: The pupil's consent does not stand.
    """
    person, _agreed = _pupil(code)
    challenge = queries.own_challenges(person).get(pk=challenge_id)
    Declining.objects.filter(challenge=challenge).delete()
    Challenge.objects.filter(pk=challenge.pk, accepted_at=None).update(accepted_at=at)
    _acted(person, at)
    return challenge


@transaction.atomic
def decline(*, code: str, challenge_id: int, at: datetime) -> Challenge:
    """
    Decline a challenge or set it aside, without a reason; staff see that it is not under way.

    Args:
        code: The pupil's own code.
        challenge_id: The challenge.
        at: The instant (aware, UTC).

    Raises:
        Person.DoesNotExist, Challenge.DoesNotExist: The code is nobody's, or it is somebody else's.
        Stopped: The pupil's consent does not stand.
        Over: It is finished.
    """
    person, _agreed = _pupil(code)
    challenge = queries.own_challenges(person).get(pk=challenge_id)
    if challenge.done_at is not None:
        raise Over
    Challenge.objects.filter(pk=challenge.pk).update(accepted_at=None)
    Declining.objects.get_or_create(challenge=challenge, defaults={"at": at})
    _acted(person, at)
    return challenge


@transaction.atomic
def tell(
    *,
    code: str,
    challenge_id: int,
    text: str,
    on: date,
    step: int | None,
    once: str,
    at: datetime,
    today: date,
) -> Evidence:
    """
    Tell in one line what was done on a day.

    Args:
        code: The pupil's own code.
        challenge_id: The challenge; accepted, and not finished.
        text: The line.
        on: The day it was done.
        step: Which step of the challenge, from 1; ``None``: none in particular.
        once: What the form calls itself; sent twice, it is kept once.
        at: The instant (aware, UTC).
        today: The day (Asia/Ho_Chi_Minh).

    Raises:
        Person.DoesNotExist, Challenge.DoesNotExist: The code is nobody's, or it is somebody else's.
        Stopped, NotUnderWay, Over, StepUnknown: Nothing is kept.
        TextMissing, TextTooLong, DayInFuture, DayBeforeConsent: See ``domain.accompanying``.
    """
    person, agreed = _pupil(code)
    challenge = _under_way(person, challenge_id)
    if step is not None and not 0 < step <= len(challenge.steps):
        raise StepUnknown
    accompanying.check_day(on, agreed=agreed, today=today)
    line, made = Evidence.objects.get_or_create(
        challenge=challenge,
        once=once,
        defaults={
            "step": step,
            "text": accompanying.written(text, accompanying.LONGEST_LINE),
            "on_date": on,
            "written_at": at,
        },
    )
    if made:
        _acted(person, at)
    return line


@transaction.atomic
def finish(*, code: str, challenge_id: int, reflection: str, at: datetime) -> Challenge:
    """
    Say that a challenge is done, and what it meant in own words; a second time changes nothing.

    Args:
        code: The pupil's own code.
        challenge_id: The challenge; accepted.
        reflection: The pupil's own words.
        at: The instant (aware, UTC).

    Raises:
        Person.DoesNotExist, Challenge.DoesNotExist: The code is nobody's, or it is somebody else's.
        Stopped, NotUnderWay, Over: Nothing is kept.
        TextMissing, TextTooLong: See ``domain.accompanying``.
    """
    person, _agreed = _pupil(code)
    challenge = _under_way(person, challenge_id)
    words = accompanying.written(reflection)
    still = Challenge.objects.filter(pk=challenge.pk, done_at=None)
    if still.update(done_at=at, reflection=words) != 1:
        raise Over
    _acted(person, at)
    return challenge


def _under_way(person: Person, challenge_id: int) -> Challenge:
    challenge = queries.own_challenges(person).get(pk=challenge_id)
    if challenge.done_at is not None:
        raise Over
    if challenge.accepted_at is None:
        raise NotUnderWay
    return challenge


@transaction.atomic
def answer_note(*, code: str, note_id: int, text: str, once: str, at: datetime) -> NoteAnswer:
    """
    Answer a note of the road; who helps at present reads it.

    Args:
        code: The pupil's own code.
        note_id: The note.
        text: The answer.
        once: What the form calls itself; sent twice, it is kept once.
        at: The instant (aware, UTC).

    Raises:
        Person.DoesNotExist, Note.DoesNotExist: The code is nobody's, or it is about somebody else.
        Stopped: The pupil's consent does not stand.
        TextMissing, TextTooLong: See ``domain.accompanying``.
    """
    person, _agreed = _pupil(code)
    note: Note = queries.own_notes(person).get(pk=note_id)
    answer, made = NoteAnswer.objects.get_or_create(
        note=note,
        once=once,
        defaults={"text": accompanying.written(text), "written_at": at},
    )
    if made:
        _acted(person, at)
    return answer


@transaction.atomic
def join_club(*, code: str, club_id: int, at: datetime) -> Membership:
    """
    Join a club of the own school by own word, invited or not; a second time changes nothing.

    Args:
        code: The pupil's own code.
        club_id: The club.
        at: The instant (aware, UTC).

    Raises:
        Person.DoesNotExist, Club.DoesNotExist: The code is nobody's, or the club another school's.
        Stopped: The pupil's consent does not stand.
    """
    person, _agreed = _pupil(code)
    club = Club.objects.get(pk=club_id, school_id=person.school_id)
    place, made = Membership.objects.get_or_create(
        club=club, person=person, defaults={"joined_at": at}
    )
    if not made and (place.joined_at is None or place.left_at is not None):
        Membership.objects.filter(pk=place.pk).update(joined_at=at, left_at=None)
    _acted(person, at)
    return place


@transaction.atomic
def leave_club(*, code: str, club_id: int, at: datetime) -> Membership:
    """
    Leave a club without a reason; a second time changes nothing.

    Args:
        code: The pupil's own code.
        club_id: The club.
        at: The instant (aware, UTC).

    Raises:
        Person.DoesNotExist, Membership.DoesNotExist: The code is nobody's, or was never in it.
        Stopped: The pupil's consent does not stand.
    """
    person, _agreed = _pupil(code)
    place = Membership.objects.get(club_id=club_id, person=person)
    Membership.objects.filter(pk=place.pk, left_at=None).update(left_at=at)
    _acted(person, at)
    return place


@transaction.atomic
def show_attendance(*, code: str, club_id: int, shown: bool, at: datetime) -> Membership:
    """
    Let attendance at a club stand on the own road, or take that back.

    Args:
        code: The pupil's own code.
        club_id: The club.
        shown: Whether it is to stand there.
        at: The instant (aware, UTC).

    Raises:
        Person.DoesNotExist, Membership.DoesNotExist: The code is nobody's, or was never in it.
        Stopped: The pupil's consent does not stand.
    """
    person, _agreed = _pupil(code)
    place = Membership.objects.get(club_id=club_id, person=person)
    Membership.objects.filter(pk=place.pk).update(shown_at=at if shown else None)
    _acted(person, at)
    return place


def _pupil(code: str) -> tuple[Person, date]:
    """Return the pupil whose own code this is, and the day of the consent that stands."""
    person = people.own_record(code)
    if person is None:
        raise Person.DoesNotExist
    authority.require(people.pupil_actor(person), Right.READ_OWN_FILE)
    agreed = queries.agreed_on(person)
    if agreed is None:
        raise Stopped
    return person, agreed


def _acted(person: Person, at: datetime) -> None:
    history.record(
        at=at,
        actor=people.pupil_actor(person),
        action=ACTED,
        subject="person",
        subject_id=person.pk,
    )
