"""The pupil's own answers; nobody of the staff is told a no, or that a yes was taken back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from donghanh.domain import authority
from donghanh.domain.rights import Right
from donghanh.history import actions as history
from donghanh.news.actions.refusals import Over
from donghanh.news.models import Agreement, Declining
from donghanh.people import queries as people
from donghanh.people.models import Person

#: One word for whatever a pupil answers: history is read by others.
ACTED = "news.answered"


@transaction.atomic
def agree(*, code: str, agreement_id: int, at: datetime) -> None:
    """
    Keep that a pupil agrees to be named in one article.

    Args:
        code: The pupil's own code.
        agreement_id: What is asked.
        at: The instant (aware, UTC).

    Raises:
        Over: The code is nobody's, opens no such question, or the pupil has stopped.
    """
    person, one = _asked(code, agreement_id)
    if not person.agreed:
        raise Over
    Declining.objects.filter(agreement=one).delete()
    one.agreed_at = at
    one.stands = one.parents_date is not None or not one.parents_needed
    one.save(update_fields=["agreed_at", "stands"])
    _acted(person, at)


@transaction.atomic
def refuse(*, code: str, agreement_id: int, at: datetime) -> None:
    """
    Keep a pupil's no where the pupil alone reads it; a yes given before is taken back with it.

    Raises:
        Over: The code is nobody's, or opens no such question.
    """
    person, one = _asked(code, agreement_id)
    _take_back(one)
    Declining.objects.get_or_create(agreement=one, defaults={"at": at})
    _acted(person, at)


@transaction.atomic
def withdraw(*, code: str, agreement_id: int, at: datetime) -> None:
    """
    Take a yes back: from this moment on the name is in no page that is made anew.

    Raises:
        Over: The code is nobody's, or opens no such question.
    """
    person, one = _asked(code, agreement_id)
    _take_back(one)
    _acted(person, at)


def _asked(code: str, agreement_id: int) -> tuple[Person, Agreement]:
    """Return the pupil whose code this is, and what is asked, locked."""
    person = people.own_record(code)
    if person is None:
        raise Over
    authority.require(people.pupil_actor(person), Right.READ_OWN_FILE)
    rows = Agreement.objects.select_for_update(of=("self",), no_key=True)
    one = rows.filter(pk=agreement_id, person=person).first()
    if one is None:
        raise Over
    return person, one


def _take_back(one: Agreement) -> None:
    one.agreed_at, one.stands = None, False
    one.save(update_fields=["agreed_at", "stands"])


def _acted(person: Person, at: datetime) -> None:
    history.record(
        at=at,
        actor=people.pupil_actor(person),
        action=ACTED,
        subject="person",
        subject_id=person.pk,
    )


def forget(person_id: int) -> None:
    """
    Let go of the name and the agreements of a pupil who is being erased; references read nobody.

    A job's work inside its own transaction; the caller leaves the line.
    """
    Declining.objects.filter(agreement__person_id=person_id).delete()
    Agreement.objects.filter(person_id=person_id).delete()
