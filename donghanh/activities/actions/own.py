"""What a pupil does on the own pages; each leaves the same line, which tells nobody where."""

from __future__ import annotations

from datetime import datetime

from django.db import DatabaseError, transaction

from donghanh.activities import queries
from donghanh.activities.actions.refusals import CheckInClosed, SignOver, Stopped
from donghanh.activities.models import Activity, CheckIn
from donghanh.domain import authority
from donghanh.domain.accompanying import written
from donghanh.domain.rights import Right
from donghanh.history import actions as history
from donghanh.lib import wall
from donghanh.people import queries as people
from donghanh.people.models import Person

#: What a pupil did here is not told apart in history, nor at which activity.
ACTED = "activities.pupil_acted"
#: Signs of what a pupil writes of an activity; the product's own.
LONGEST = 1000
#: The state with which the database refuses who checks in while the number is being stated.
OVER = "DH002"


@transaction.atomic
def check_in(*, code: str, activity_id: int, sign: str, at: datetime) -> bool:
    """
    Count a pupil at an activity, by own act; a second time changes nothing.

    Args:
        code: The pupil's own code.
        activity_id: The activity.
        sign: What was scanned from the screen.
        at: The instant (aware, UTC).

    Returns:
        Whether the pupil was not counted before.

    Raises:
        Person.DoesNotExist: The code is nobody's.
        Stopped: The pupil's consent does not stand.
        CheckInClosed: It is not open.
        SignOver: The sign is another activity's, or older than some minutes.
    """
    person = _pupil(code)
    if CheckIn.objects.filter(person=person, activity_id=activity_id).exists():
        return False
    found = Activity.objects.filter(pk=activity_id).first()
    if found is None:
        raise SignOver
    if not queries.is_open(found, at):
        raise CheckInClosed
    if not queries.signed(found, sign, at):
        raise SignOver
    try:
        with transaction.atomic():
            _, new = CheckIn.objects.get_or_create(person=person, activity=found)
    except DatabaseError as error:
        if wall.refused_by(error) != OVER:
            raise
        raise CheckInClosed from error
    if new:
        _acted(person, at)
    return new


@transaction.atomic
def put_on_road(*, code: str, activity_id: int, reflection: str, at: datetime) -> None:
    """
    Let an activity stand on the own road, with own words or without; said again, words change.

    Args:
        code: The pupil's own code.
        activity_id: An activity the pupil checked in at.
        reflection: Own words; may be empty.
        at: The instant (aware, UTC).

    Raises:
        Person.DoesNotExist, CheckIn.DoesNotExist: The code is nobody's, or was not there.
        Stopped: The pupil's consent does not stand.
        TextTooLong: See ``domain.accompanying``.
    """
    person = _pupil(code)
    mine = CheckIn.objects.get(person=person, activity_id=activity_id)
    words = written(reflection, LONGEST) if reflection.strip() else ""
    CheckIn.objects.filter(pk=mine.pk).update(shown_at=mine.shown_at or at, reflection=words)
    _acted(person, at)


@transaction.atomic
def take_off_road(*, code: str, activity_id: int, at: datetime) -> None:
    """
    Take an activity off the own road again; the words written of it go.

    Args:
        code: The pupil's own code.
        activity_id: An activity the pupil checked in at.
        at: The instant (aware, UTC).

    Raises:
        Person.DoesNotExist, CheckIn.DoesNotExist: The code is nobody's, or was not there.
        Stopped: The pupil's consent does not stand.
    """
    person = _pupil(code)
    mine = CheckIn.objects.get(person=person, activity_id=activity_id)
    CheckIn.objects.filter(pk=mine.pk).update(shown_at=None, reflection="")
    _acted(person, at)


def _pupil(code: str) -> Person:
    """Return the pupil whose own code this is, and whose consent stands."""
    person = people.own_record(code)
    if person is None:
        raise Person.DoesNotExist
    authority.require(people.pupil_actor(person), Right.READ_OWN_FILE)
    if queries.agreed_on(person) is None:
        raise Stopped
    return person


def _acted(person: Person, at: datetime) -> None:
    history.record(
        at=at,
        actor=people.pupil_actor(person),
        action=ACTED,
        subject="person",
        subject_id=person.pk,
    )
