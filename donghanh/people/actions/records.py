"""Agreeing, stopping, and what becomes of a record."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from datetime import date, datetime

from django.db import connection, transaction

from donghanh.accounts import actions as accounts
from donghanh.domain import authority, consent, names
from donghanh.domain.authority import Actor
from donghanh.domain.consent import NEEDED, Purpose
from donghanh.domain.requests import Datum
from donghanh.domain.rights import Right
from donghanh.history import actions as history
from donghanh.people import queries, texts
from donghanh.people.actions.classes import correct_class, first_class
from donghanh.people.actions.inviting import InvitationOver
from donghanh.people.models import (
    Aside,
    Consent,
    Enrolment,
    Invitation,
    Mailbox,
    PageKey,
    Person,
    Renewal,
)


@transaction.atomic
def accept_invitation(
    *,
    code: str,
    full_name: str,
    birth_date: date,
    union_member: bool | None,
    lower_secondary: bool | None,
    purposes: Collection[Purpose],
    at: datetime,
    on: date,
    simulated: bool = False,
) -> Person:
    """
    Record a pupil's own agreement, and with it the pupil.

    The pupil acts: an account is made for them, and history names it.

    Args:
        code: What the invitation opens with.
        full_name: As the pupil writes it; kept as written, NFC.
        birth_date: Day of birth.
        union_member: Whether a member of the Union; ``None`` when not said.
        lower_secondary: Whether holding the lower secondary diploma; ``None`` when not said.
        purposes: What the pupil agreed to; what the road needs is kept, nothing else.
        at: The instant (aware, UTC).
        on: The day (Asia/Ho_Chi_Minh).
        simulated: Whether the pupil is generated.

    Raises:
        InvitationOver: The code does not open a place on that day.
        PurposesMissing, BirthImplausible, NameMissing: The answer does not count.
    """
    invitation = queries.open_invitation(code, on)
    if invitation is None:
        raise InvitationOver
    written = " ".join(unicodedata.normalize("NFC", full_name).split())
    consent.check_answer(full_name=written, born=birth_date, purposes=purposes, on=on)
    claimed = Invitation.objects.filter(pk=invitation.pk, answered_at=None)
    if claimed.update(answered_at=at) != 1:
        raise InvitationOver
    number = f"hs{invitation.pk:06d}"  # accounts are read by everybody, so this one has no name
    user = accounts.create_user(username=number, name=number, password=None, simulated=simulated)
    person = Person.objects.create(
        user=user,
        invitation=invitation,
        full_name=written,
        search_key=names.search_key(written),
        sort_key=names.sort_key(written),
        birth_date=birth_date,
        school_id=invitation.school_id,
        union_member=union_member,
        lower_secondary=lower_secondary,
        simulated=simulated,
    )
    Consent.objects.bulk_create(
        Consent(
            person=person,
            purpose=purpose.value,
            wording=texts.WORDINGS[purpose],
            given_at=at,
            given_date=on,
        )
        for purpose in sorted(NEEDED)
    )
    first_class(person, class_name=invitation.class_name, at=at, on=on)
    history.record(
        at=at,
        actor=queries.pupil_actor(person),
        action="people.consent_given",
        subject="person",
        subject_id=person.pk,
        facts={
            "purposes": sorted(purpose.value for purpose in NEEDED),
            "wording": max(texts.WORDINGS[purpose] for purpose in NEEDED),
        },
    )
    return person


@transaction.atomic
def agree_again(*, code: str, purpose: Purpose, wording: str, at: datetime) -> None:
    """
    Keep that a pupil agrees to the present wording of a purpose they agreed to before.

    A second time changes nothing and is no error. There is no way to say no: who does not answer
    goes on by the wording agreed to, and who wishes to stop, stops.

    Args:
        code: The code of the pupil's own page.
        purpose: Which purpose.
        wording: The edition that stood before the pupil's eyes.
        at: The instant (aware, UTC).

    Raises:
        InvitationOver: The code is nobody's, or nothing is asked again: not this, or not any more.
    """
    person = queries.own_record(code)
    asked = {} if person is None else {one.purpose: one for one in queries.asked_again(person)}
    found = asked.get(purpose)
    if person is None or found is None or found.wording != wording:
        raise InvitationOver
    _, made = Renewal.objects.get_or_create(
        consent_id=found.consent_id, wording=wording, defaults={"agreed_at": at}
    )
    if made:
        history.record(
            at=at,
            actor=queries.pupil_actor(person),
            action="people.agreed_again",
            subject="person",
            subject_id=person.pk,
            facts={"purpose": purpose.value, "wording": wording},
        )


@transaction.atomic
def withdraw_consent(*, actor: Actor, at: datetime, on: date) -> None:
    """
    Take back every agreement of the pupil who acts; no reason is asked for.

    A second withdrawal changes nothing and is no error.

    Args:
        actor: The pupil.
        at: The instant (aware, UTC).
        on: The day (Asia/Ho_Chi_Minh).

    Raises:
        NotAllowed: The actor is not a pupil.
        Person.DoesNotExist: The account has no record.
    """
    authority.require(actor, Right.READ_OWN_FILE)
    person = queries.visible_to(actor).get()
    taken_back = Consent.objects.filter(person=person, withdrawn_at=None)
    if taken_back.update(withdrawn_at=at, withdrawn_date=on):
        # From here on the place looks as if nobody had ever answered.
        Invitation.objects.filter(person=person).update(answered_at=None)
        together = _stop_together(person, at, on)
        history.record(
            at=at,
            actor=actor,
            action="people.consent_withdrawn",
            subject="person",
            subject_id=person.pk,
            facts={"together": together} if together else {},
        )


def _stop_together(person: Person, at: datetime, on: date) -> list[int]:
    """Stop the other records of the same pupil, which their code does not reach; their numbers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_stop_together(%s, %s, %s)", [person.pk, at, on])
        found: list[int] = cursor.fetchone()[0]
        return found


def withdraw_with_code(*, code: str, at: datetime, on: date) -> None:
    """
    Take back every agreement of the pupil whose own code this is.

    Args:
        code: The code of the pupil's invitation.
        at: The instant (aware, UTC).
        on: The day (Asia/Ho_Chi_Minh).

    Raises:
        InvitationOver: The code is nobody's.
    """
    person = queries.own_record(code)
    if person is None:
        raise InvitationOver
    withdraw_consent(actor=queries.pupil_actor(person), at=at, on=on)


def correct(
    *,
    person_id: int,
    datum: Datum,
    value: str | date | bool | None,
    account: int,
    at: datetime,
    on: date,
) -> None:
    """
    Write another value of one fact into a record; the keys of a name follow.

    A class is written for its school year, and the record follows.

    Part of an action: the caller has asked for the right, checked the value and writes the line.

    Args:
        person_id: The pupil, whom the caller sees.
        datum: Which fact.
        value: The new value.
        account: Who writes.
        at: The instant (aware, UTC).
        on: The day (Asia/Ho_Chi_Minh).
    """
    if datum is Datum.CLASS:
        correct_class(person_id=person_id, class_name=str(value), account=account, at=at, on=on)
        return
    written: dict[str, object] = {datum.value: value}
    if datum is Datum.NAME:
        written["search_key"] = names.search_key(str(value))
        written["sort_key"] = names.sort_key(str(value))
    Person.objects.filter(pk=person_id).update(**written)


def erase_record(person: Person, *, born: date, on: date) -> None:
    """
    Take out of a record what tells whose it is; the place it came from knows it no more.

    Part of an action: the caller has made sure that the pupil stopped, and writes the line.

    Args:
        person: The pupil; locked by the caller.
        born: The day that stays of the day of birth.
        on: The day (Asia/Ho_Chi_Minh).
    """
    # Before the name: a record without one has no class, and the class goes with its rows.
    Enrolment.objects.filter(person=person).delete()
    Person.objects.filter(pk=person.pk).update(
        full_name="",
        search_key="",
        sort_key="",
        class_name="",
        birth_date=born,
        invitation=None,
        erased_date=on,
        rests_since=None,
    )
    Mailbox.objects.filter(person=person).delete()
    PageKey.objects.filter(person=person).delete()


def rest(person: Person, since: date | None) -> bool:
    """
    Let nothing be recorded about a pupil from a day on, or let it go on; return whether it changed.

    The database refuses what comes meanwhile, in every room, and lets the pupil alone say this.
    Part of an action: the pupil acts, and the caller writes the line.

    Args:
        person: The pupil.
        since: The day (Asia/Ho_Chi_Minh); ``None``: the work goes on.
    """
    change = Person.objects.filter(pk=person.pk, rests_since__isnull=since is not None)
    return bool(change.update(rests_since=since))


def put_aside(person: Person, lead: Person) -> None:
    """
    Put a record aside for another of the same pupil.

    Part of an action: the caller has asked for the right, sees both, and writes the line.
    """
    Aside.objects.create(person=person, lead=lead, school_id=person.school_id)


def bring_back(person_id: int, lead_id: int) -> bool:
    """
    Bring back a record that was put aside; return whether it was.

    Part of an action: the caller has asked for the right, sees the one that leads, and writes the
    line.
    """
    gone, _ = Aside.objects.filter(person_id=person_id, lead_id=lead_id).delete()
    return bool(gone)
