"""Reads of the room of people."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from donghanh.domain import authority, names
from donghanh.domain.authority import Actor, NotAllowed, Post
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.consent import Purpose
from donghanh.domain.rights import Right, Role
from donghanh.domain.year_classes import Ending, YearClass
from donghanh.lib import sealed
from donghanh.organisation import queries as organisation
from donghanh.organisation.queries import UnitFacts
from donghanh.people import texts
from donghanh.people.models import (
    Enrolment,
    Invitation,
    Mailbox,
    NameWord,
    PageKey,
    Person,
    Renewal,
)

#: Signs of the key of a page that a mail opened; a slip has ten.
PAGE_KEY = 26
#: What an own address is sealed and marked for.
ADDRESS = "people.address"
#: Sorts behind every sign of a name, byte by byte.
_AFTER_ALL = "\U0010ffff"


def visible_to(actor: Actor) -> QuerySet[Person]:
    """
    Return the pupils an actor may see, in no order.

    Cell, Union and the committee above see pupils of the schools in reach whose consent stands; a
    pupil sees the own record alone; everybody else sees nobody. A helper sees dossiers, not a list
    of pupils.
    """
    if actor.post.role is Role.PUPIL:
        return Person.objects.filter(user_id=actor.user_id)
    if not actor.may(Right.READ_CASES) or actor.post.role is Role.HELPER:
        return Person.objects.none()
    return agreed().filter(school_id__in=actor.schools)


def agreed() -> QuerySet[Person]:
    """
    Return the pupils whose consent to the road stands, of whatever school, in no order.

    A record that was put aside for another of the same pupil is not among them.
    """
    return Person.objects.filter(
        consents__purpose=Purpose.ROAD.value, consents__withdrawn_at=None, aside=None
    )


def classes_of(persons: Iterable[int]) -> dict[int, tuple[YearClass, ...]]:
    """
    Return the classes of some pupils by school year, oldest first; one statement.

    Args:
        persons: Numbers of pupils whom the caller sees.

    Returns:
        One entry for each of them, empty where none is kept.
    """
    numbers = list(persons)
    found: dict[int, list[YearClass]] = {number: [] for number in numbers}
    rows = Enrolment.objects.filter(person_id__in=numbers).order_by("since_date", "id")
    for one in rows.only("person_id", "school_year", "class_name", "since_date", "ended"):
        ended = Ending(one.ended) if one.ended else None
        year = SchoolYear.from_key(one.school_year)
        found[one.person_id].append(YearClass(year, one.class_name, one.since_date, ended))
    return {number: tuple(classes) for number, classes in found.items()}


def named(actor: Actor, words: str) -> Q:
    """
    Return what narrows rows of pupils in sight to those whose name bears some words.

    Every word typed begins a word of the name, in whatever order; marks do not matter. Only such
    comparisons are made as PostgreSQL lets go before the wall, so that an index finds them.
    """
    found = Q()
    for word in sorted(set(names.search_key(words).split())):
        bearing = NameWord.objects.filter(
            school_id__in=actor.sees, word__gte=word, word__lt=word + _AFTER_ALL
        )
        found &= Q(person_id__in=bearing.values("person_id"))
    return found


def bearing(actor: Actor, words: str) -> QuerySet[NameWord, int]:
    """
    Return the numbers of the persons in reach whose name bears some words, whoever may see them.

    As ``named``, for lists of many: each word is read off its index by itself, and only who bears
    them all is looked at further, whatever the planner takes for few.
    """
    spans = [
        NameWord.objects.filter(
            school_id__in=actor.sees, word__gte=word, word__lt=word + _AFTER_ALL
        ).values_list("person_id", flat=True)
        for word in sorted(set(names.search_key(words).split()))
    ]
    return spans[0].intersection(*spans[1:]) if spans[1:] else spans[0]


def invitations_of(actor: Actor, on: date) -> QuerySet[Invitation]:
    """Return the invitations still open on a day in the schools in reach, by class, then id."""
    if not actor.may(Right.INVITE_PUPILS):
        return Invitation.objects.none()
    open_ones = Invitation.objects.filter(
        school_id__in=actor.schools, answered_at=None, expires_date__gte=on
    )
    return open_ones.order_by("class_name", "id")


def renewable(actor: Actor, on: date) -> QuerySet[Invitation]:
    """
    Return the invitations an actor may give a new code on a day, in no order.

    Those that look open to the school, and those of pupils in sight.
    """
    if not actor.may(Right.INVITE_PUPILS):
        return Invitation.objects.none()
    open_ones = Q(answered_at=None, expires_date__gte=on)
    seen = Q(pk__in=visible_to(actor).values("invitation_id"))
    return Invitation.objects.filter(open_ones | seen, school_id__in=actor.schools)


def digest_of(code: str) -> str:
    """
    Return what is stored of an invitation's code: never the code itself.

    Capitals, blanks and hyphens do not matter: a code is read off paper and typed on a phone.
    """
    written = "".join(sign for sign in code.upper() if sign.isalnum())
    return hashlib.sha256(written.encode()).hexdigest()


def open_invitation(code: str, on: date) -> Invitation | None:
    """
    Return the invitation a code opens on a day, or ``None``: used, expired or unknown alike.

    That of a pupil who stopped looks unanswered to the school, and opens nothing a second time.
    """
    found = Invitation.objects.filter(
        code_digest=digest_of(code), answered_at=None, expires_date__gte=on, person=None
    )
    return found.select_related("school").first()


def own_record(code: str) -> Person | None:
    """
    Return the record a pupil's own code opens, or ``None``.

    The code that opened the invitation stays the pupil's key to the own file.
    """
    digest, whose = digest_of(code), Person.objects.select_related("school", "user")
    if is_page_key(code):
        return whose.filter(page_keys__digest=digest).first()
    return whose.filter(invitation__code_digest=digest).first()


def is_page_key(code: str) -> bool:
    """Tell whether a code is the key of a page that a mail opened, and not that of a slip."""
    return len(code) == PAGE_KEY


def page_is_over(code: str, at: datetime) -> bool:
    """Tell whether a code is the key of a page that a mail opened, and its hour has gone by."""
    if not is_page_key(code):
        return False
    return not PageKey.objects.filter(digest=digest_of(code), until__gt=at).exists()


def address_of(person: Person) -> str | None:
    """Return the own address a pupil keeps, or ``None``; who is not the pupil gets an error."""
    kept = Mailbox.objects.filter(person=person).first()
    return None if kept is None else sealed.opened(kept.sealed, ADDRESS)


def mark_of(address: str) -> str:
    """Return what is compared of an address; nobody finds the address of it."""
    return sealed.mark(address, ADDRESS)


def is_kept(mark: str) -> bool:
    """Tell whether a pupil keeps the address of a mark."""
    return Mailbox.objects.filter(mark=mark).exists()


def opens(mark: str) -> Person | None:
    """Return whose page a code sent to an address opens, by the mark of the address."""
    return Person.objects.select_related("school", "user").filter(mailbox__mark=mark).first()


@dataclass(frozen=True, slots=True)
class Again:
    """A purpose whose wording is newer than what the pupil agreed to."""

    purpose: Purpose
    wording: str
    sentence: str
    consent_id: int


def asked_again(person: Person) -> tuple[Again, ...]:
    """
    Return what a pupil may be asked again, in the order the purposes are read; mostly nothing.

    Another statement is needed only where a consent was given to an earlier wording.
    """
    older = [
        one
        for one in person.consents.all()
        if one.withdrawn_at is None and one.wording != texts.WORDINGS[Purpose(one.purpose)]
    ]
    if not older:
        return ()
    since = set(Renewal.objects.filter(consent__in=older).values_list("consent_id", "wording"))
    found = [
        Again(purpose, texts.WORDINGS[purpose], str(texts.PURPOSES[purpose]), one.pk)
        for one in older
        for purpose in [Purpose(one.purpose)]
        if (one.pk, texts.WORDINGS[purpose]) not in since
    ]
    return tuple(sorted(found, key=lambda one: list(Purpose).index(one.purpose)))


@dataclass(frozen=True, slots=True)
class MailPage:
    """What stands on the page where a pupil keeps an own address, or no longer."""

    address: str | None
    sentence: str
    simulated: bool


def mail_page(code: str) -> MailPage | None:
    """Return the page of the own address a pupil's own code opens, or ``None``; not who stopped."""
    person = own_record(code)
    if person is None or not person.consents.filter(withdrawn_at=None).exists():
        return None
    sentence = str(texts.PURPOSES[Purpose.MAIL])
    return MailPage(address_of(person), sentence, person.simulated)


@dataclass(frozen=True, slots=True)
class JoinPage:
    """What stands on the page where a pupil answers an invitation."""

    school: str
    class_name: str
    purposes: tuple[tuple[str, str], ...]
    simulated: bool


def join_page(code: str, on: date) -> JoinPage | None:
    """Return the page an invitation's code opens on a day, or ``None``: no such place is held."""
    invitation = open_invitation(code, on)
    if invitation is None:
        return None
    unit = organisation.known_as([invitation.school_id], on).get(invitation.school_id)
    return JoinPage(
        school=unit.name if unit else "",
        class_name=invitation.class_name,
        purposes=tuple((value, str(text)) for value, text in texts.road_purposes()),
        simulated=invitation.school.simulated,
    )


def inviting_school(actor: Actor, on: date) -> UnitFacts:
    """
    Return the school an actor invites pupils of.

    Raises:
        NotAllowed: The post does not invite, or reaches no single school.
    """
    authority.require(actor, Right.INVITE_PUPILS)
    found = list(organisation.facts_of(actor.schools, on).values())
    if len(found) != 1:
        raise NotAllowed(right=Right.INVITE_PUPILS.value, role=actor.post.role.value)
    return found[0]


def pupil_actor(person: Person) -> Actor:
    """Return a pupil as the actor of what they do about themselves."""
    return Actor(
        user_id=person.user_id,
        name=person.full_name,
        post=Post(
            id=0,
            role=Role.PUPIL,
            unit_id=person.school_id,
            unit_code=person.school.code,
            unit_name=person.class_name,
        ),
    )
