"""What a pupil asks about the own data, with the own code, and takes away."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from donghanh.domain import consent, requests
from donghanh.domain.requests import Datum, Kind, Outcome
from donghanh.history import actions as history
from donghanh.ownfile import queries
from donghanh.ownfile.actions.refusals import NothingChanges, NotOpen, Stopped
from donghanh.ownfile.models import Request
from donghanh.people import actions as people
from donghanh.people import queries as records
from donghanh.people.actions import InvitationOver
from donghanh.people.models import Person


@transaction.atomic
def ask(*, code: str, kind: Kind, at: datetime, on: date) -> Request:
    """
    Ask for a copy, or for the work to rest; sent twice it is one request.

    The work rests from that moment on, whenever the school answers.

    Args:
        code: The code of the pupil's invitation.
        kind: ``ACCESS`` or ``RESTRICT``.
        at: The instant (aware, UTC).
        on: The day (Asia/Ho_Chi_Minh).

    Raises:
        InvitationOver: The code is nobody's.
        Stopped: The pupil has stopped.
        ValueError: The kind is asked for in another way.
    """
    if kind not in {Kind.ACCESS, Kind.RESTRICT}:
        raise ValueError(kind)
    person = _taking_part(code)
    request, made = _open(person, kind, "", "", at, on)
    if kind is Kind.RESTRICT:
        people.rest(person, on)
    if made:
        _note(person, request, at, "ownfile.asked")
    return request


@transaction.atomic
def go_on(*, code: str, at: datetime) -> None:
    """
    Let the work go on that rested; what was asked of the school and not answered is taken back.

    A second time changes nothing and is no error.

    Args:
        code: The code of the pupil's invitation.
        at: The instant (aware, UTC).

    Raises:
        InvitationOver: The code is nobody's.
    """
    person = _own(code)
    waiting = Request.objects.filter(person=person, kind=Kind.RESTRICT.value, outcome="")
    waiting.update(outcome=Outcome.TAKEN_BACK.value, answered_at=at)
    if people.rest(person, None):
        history.record(
            at=at,
            actor=records.pupil_actor(person),
            action="ownfile.went_on",
            subject="person",
            subject_id=person.pk,
        )


@transaction.atomic
def ask_correction(
    *, code: str, values: Mapping[Datum, str], at: datetime, on: date
) -> list[Request]:
    """
    Ask for facts to be put right: one request for each that would change.

    What was asked before for a fact and is still open takes the new value.

    Args:
        code: The code of the pupil's invitation.
        values: The new value of each fact, as ``domain.requests.read`` reads it.
        at: The instant (aware, UTC).
        on: The day (Asia/Ho_Chi_Minh).

    Raises:
        InvitationOver: The code is nobody's.
        Stopped: The pupil has stopped.
        NothingChanges: Every value stands so already.
        DatumUnreadable, NameMissing, BirthImplausible: A value cannot be.
    """
    person = _taking_part(code)
    kept = {datum: _tidy(datum, written) for datum, written in values.items()}
    for datum, written in kept.items():
        _check(datum, written, on)
    changed = {
        datum: written
        for datum, written in kept.items()
        if requests.read(datum, written) != queries.value_of(person, datum)
    }
    if not changed:
        raise NothingChanges
    asked = []
    for datum, written in sorted(changed.items()):
        request, made = _open(person, Kind.RECTIFY, datum.value, written, at, on)
        moved = not made and request.value != written
        if moved:
            request.value = written
            request.save(update_fields=["value"])
        if made or moved:
            _note(person, request, at, "ownfile.asked")
        asked.append(request)
    return asked


@transaction.atomic
def ask_deletion(*, code: str, at: datetime, on: date) -> None:
    """
    Stop, and ask that everything is erased; the school is told nothing, now or later.

    Args:
        code: The code of the pupil's invitation.
        at: The instant (aware, UTC).
        on: The day (Asia/Ho_Chi_Minh).

    Raises:
        InvitationOver: The code is nobody's.
    """
    person = _own(code)
    request, made = _open(person, Kind.DELETE, "", "", at, on)
    people.withdraw_with_code(code=code, at=at, on=on)
    if made:
        _note(person, request, at, "ownfile.asked")


@transaction.atomic
def take_back(*, code: str, request_id: int, at: datetime) -> None:
    """
    Take back an own request that has not been answered.

    Raises:
        InvitationOver: The code is nobody's.
        Request.DoesNotExist: Unknown, or another's.
        NotOpen: It was answered or taken back before.
    """
    person = _own(code)
    request = Request.objects.exclude(kind=Kind.DELETE.value).get(pk=request_id, person=person)
    open_one = Request.objects.filter(pk=request.pk, outcome="")
    if open_one.update(outcome=Outcome.TAKEN_BACK.value, answered_at=at) != 1:
        raise NotOpen
    if request.kind == Kind.RESTRICT:
        people.rest(person, None)
    _note(person, request, at, "ownfile.taken_back")


@transaction.atomic
def take_copy(*, code: str, readable: bool, at: datetime, today: date) -> bytes | None:
    """
    Return everything that is kept about the pupil whose code this is; that it was taken is kept.

    Args:
        code: The code of the pupil's invitation.
        readable: An .xlsx for people; JSON for machines otherwise.
        at: The instant (aware, UTC).
        today: The day (Asia/Ho_Chi_Minh).

    Returns:
        The bytes of the file, or ``None``: the code is nobody's.
    """
    copy = queries.copy_of(code, at, today)
    if copy is None:
        return None
    person = _own(code)
    history.record(
        at=at,
        actor=records.pupil_actor(person),
        action="ownfile.copy_taken",
        subject="person",
        subject_id=person.pk,
        facts={"form": "xlsx" if readable else "json"},
    )
    if readable:
        return queries.copy_sheet(copy)
    return json.dumps(copy, ensure_ascii=False, indent=2).encode()


def _own(code: str) -> Person:
    person = records.own_record(code)
    if person is None:
        raise InvitationOver
    return person


def _taking_part(code: str) -> Person:
    person = _own(code)
    if not person.consents.filter(withdrawn_at=None).exists():
        raise Stopped
    return person


def _open(
    person: Person, kind: Kind, datum: str, value: str, at: datetime, on: date
) -> tuple[Request, bool]:
    """Return the open request of a kind, made unless there is one: two at once make one."""
    return Request.objects.get_or_create(
        person=person,
        kind=kind.value,
        datum=datum,
        outcome="",
        defaults={"value": value, "asked_at": at, "asked_date": on},
    )


def _tidy(datum: Datum, written: str) -> str:
    """Return text as a record keeps it."""
    known = " ".join(unicodedata.normalize("NFC", written).split())
    return known.upper() if datum is Datum.CLASS else known


def _check(datum: Datum, written: str, on: date) -> None:
    value = requests.read(datum, written)
    if datum is Datum.NAME:
        consent.check_name(written)
    if isinstance(value, date):
        consent.check_born(value, on)


def _note(person: Person, request: Request, at: datetime, action: str) -> None:
    """Leave a line: which kind and which fact, never the value."""
    facts = {"kind": request.kind, "person": person.pk}
    history.record(
        at=at,
        actor=records.pupil_actor(person),
        action=action,
        subject="request",
        subject_id=request.pk,
        facts=facts | ({"datum": request.datum} if request.datum else {}),
    )
