"""The own address of a pupil: kept after a code came back from there; a way into the own page."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar

from django.core.cache import cache
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction

from donghanh.domain import consent
from donghanh.domain.consent import Purpose
from donghanh.domain.errors import RuleError
from donghanh.domain.looking import Reach, Way
from donghanh.history import actions as history
from donghanh.lib import post, sealed, wall
from donghanh.people import queries, texts
from donghanh.people.actions.inviting import ALPHABET, InvitationOver
from donghanh.people.models import Consent, Mailbox, PageKey, Person

#: Minutes for which a code sent by mail is good, and those for which the page it opens stays open.
CODE_MINUTES = 15
PAGE_MINUTES = 60

_PROOF = "proof of a pupil's address"
_CODE = 10


class CodeOver(RuleError):
    """The code is unknown, was used or its time is over: the three are not told apart."""

    code: ClassVar[str] = "people.code_over"


class MailTaken(RuleError):
    """The address opens another pupil's page; told to who has shown to read its mail alone."""

    code: ClassVar[str] = "people.mail_taken"


class MailUnanswered(RuleError):
    """Too many codes were asked for, from one place or for one address."""

    code: ClassVar[str] = "people.mail_unanswered"


@dataclass(frozen=True, slots=True)
class Ask:
    """Which code a mail holds that was sent while nothing is kept yet, sealed for the next page."""

    sealed: str


def keep_address(*, code: str, address: str, agreed: bool, at: datetime) -> Ask:
    """
    Send a code to an address a pupil wishes to have kept; nothing is kept before it comes back.

    Args:
        code: The code of the pupil's own page.
        address: As the pupil wrote it.
        agreed: Whether the pupil ticked the sentence of the purpose.
        at: The instant (aware, UTC).

    Returns:
        What ``prove_address`` needs beside the code of the mail.

    Raises:
        InvitationOver: The code is nobody's, or the pupil's who stopped.
        NotTicked: The agreement was not given.
        AddressUnreadable: No mail can go there.
    """
    person = _taking_part(code)
    if not agreed:
        raise consent.NotTicked
    written = consent.read_address(address)
    sent = _signs(_CODE)
    told = {
        "person": person.pk,
        "address": written,
        "digest": queries.digest_of(sent),
        "asked": at.timestamp(),
    }
    post.send(_mail(sent, written))
    return Ask(sealed.seal(json.dumps(told), _PROOF))


@transaction.atomic
def prove_address(*, code: str, asked: str, typed: str, at: datetime, on: date) -> None:
    """
    Keep an address whose mail the pupil has shown to read, and the agreement it rests on.

    Args:
        code: The code of the pupil's own page.
        asked: What ``keep_address`` sealed.
        typed: The code of the mail, as typed.
        at: The instant (aware, UTC).
        on: The day (Asia/Ho_Chi_Minh).

    Raises:
        InvitationOver: The code is nobody's, or the pupil's who stopped.
        CodeOver: The code of the mail is another, its time is over, or it was sealed for another.
        MailTaken: The address opens another pupil's page.
    """
    person = _taking_part(code)
    told = json.loads(sealed.opened(asked, _PROOF) or "{}")
    over = at.timestamp() > told.get("asked", 0) + CODE_MINUTES * 60
    same = secrets.compare_digest(str(told.get("digest", "")), queries.digest_of(typed))
    if told.get("person") != person.pk or over or not same:
        raise CodeOver
    address = str(told["address"])
    if queries.address_of(person) == address:
        return  # sent a second time
    kept = {
        "sealed": sealed.seal(address, queries.ADDRESS),
        "mark": queries.mark_of(address),
        "proven_at": at,
    }
    try:
        with transaction.atomic():
            Mailbox.objects.update_or_create(person=person, defaults=kept)
    except IntegrityError as error:
        raise MailTaken from error
    wording = texts.WORDINGS[Purpose.MAIL]
    Consent.objects.get_or_create(
        person=person,
        purpose=Purpose.MAIL.value,
        withdrawn_at=None,
        defaults={"wording": wording, "given_at": at, "given_date": on},
    )
    _note(person, at, "people.mail_kept", wording=wording)


@transaction.atomic
def forget_address(*, code: str, at: datetime, on: date) -> None:
    """
    Take the agreement to an own address back; the address is gone at once.

    A second time changes nothing and is no error.

    Args:
        code: The code of the pupil's own page.
        at: The instant (aware, UTC).
        on: The day (Asia/Ho_Chi_Minh).

    Raises:
        InvitationOver: The code is nobody's.
    """
    person = queries.own_record(code)
    if person is None:
        raise InvitationOver
    standing = Consent.objects.filter(person=person, purpose=Purpose.MAIL.value, withdrawn_at=None)
    if standing.update(withdrawn_at=at, withdrawn_date=on):
        # The database lets the address go with the agreement, whoever takes it back.
        _note(person, at, "people.mail_forgotten")


def ask_way_in(*, address: str, at: datetime) -> None:
    """
    Send a code that opens the own page of who keeps an address, if anybody does.

    The same is done, in the same time, for an address nobody keeps; no mail leaves then.

    Args:
        address: As somebody wrote it.
        at: The instant (aware, UTC).

    Raises:
        AddressUnreadable: No mail can go there.
    """
    written = consent.read_address(address)
    mark, sent = queries.mark_of(written), _signs(_CODE)
    until = at + timedelta(minutes=CODE_MINUTES)
    message = _mail(sent, written)
    reach = Reach(Way.PUPIL, code=mark)
    with wall.looking(reach.way, reach.settings):
        known = queries.is_kept(mark)
        cache.set(_place(sent), [mark, until.timestamp()], CODE_MINUTES * 60)
    post.send(message if known else None)


def come_in(*, code: str, at: datetime) -> str:
    """
    Open the own page with a code that came by mail; the code opens nothing a second time.

    Args:
        code: As typed.
        at: The instant (aware, UTC).

    Returns:
        The key of the page, for an hour; it is stored nowhere.

    Raises:
        CodeOver: Nobody was sent it, it was used, or its time is over.
    """
    place = _place(code)
    found = cache.get(place)
    if found is None or not cache.delete(place) or found[1] < at.timestamp():
        raise CodeOver
    reach = Reach(Way.PUPIL, code=found[0])
    with wall.looking(reach.way, reach.settings):
        person = queries.opens(found[0])
        if person is None:
            raise CodeOver
        key = _signs(queries.PAGE_KEY)
        PageKey.objects.filter(person=person, until__lte=at).delete()
        until = at + timedelta(minutes=PAGE_MINUTES)
        PageKey.objects.create(person=person, digest=queries.digest_of(key), until=until)
        _note(person, at, "people.opened_by_mail")
    return key


def _taking_part(code: str) -> Person:
    person = queries.own_record(code)
    if person is None or not person.consents.filter(withdrawn_at=None).exists():
        raise InvitationOver
    return person


def _mail(code: str, address: str) -> EmailMessage:
    subject, body = texts.code_mail(f"{code[:5]}-{code[5:]}", CODE_MINUTES)
    return EmailMessage(subject, body, to=[address])


def _signs(number: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(number))


def _place(code: str) -> str:
    return f"people.way_in:{queries.digest_of(code)}"


def _note(person: Person, at: datetime, action: str, **facts: str) -> None:
    history.record(
        at=at,
        actor=queries.pupil_actor(person),
        action=action,
        subject="person",
        subject_id=person.pk,
        facts=facts,
    )
