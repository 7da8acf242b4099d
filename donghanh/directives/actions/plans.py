"""A unit's plan for a directive, of which there is only that it exists; the library of texts."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from donghanh.directives import queries
from donghanh.directives.actions.letters import received
from donghanh.directives.actions.refusals import NoLongerAsked
from donghanh.directives.models import LegalText, Recipient
from donghanh.domain import authority, library
from donghanh.domain.authority import Actor
from donghanh.domain.rights import Right
from donghanh.history import actions as history


@transaction.atomic
def send_plan(
    *, actor: Actor, directive_id: int, number: str, day: date, signer: str, at: datetime
) -> Recipient:
    """
    Note that a unit has sent its plan: number, day, signer. A later one stands in its place.

    Args:
        actor: Who answers for a unit.
        directive_id: A directive that unit received.
        number: Number and symbol of the plan; may be empty.
        day: Its day.
        signer: Who signed it; may be empty.
        at: The instant (aware, UTC).

    Raises:
        NotAllowed: The post does not receive directives.
        Recipient.DoesNotExist: Unknown, or not received by such a unit.
        NoLongerAsked: The directive was recalled or superseded.
    """
    recipient = received(actor, directive_id)
    if recipient.directive.ended_how:
        raise NoLongerAsked
    recipient.plan_number, recipient.plan_date, recipient.plan_signer = number, day, signer
    recipient.plan_at, recipient.plan_by_id = at, actor.user_id
    recipient.save(update_fields=["plan_number", "plan_date", "plan_signer", "plan_at", "plan_by"])
    history.record(
        at=at,
        actor=actor,
        action="directives.plan_sent",
        subject="directive",
        subject_id=directive_id,
        facts={"unit": recipient.unit_id, "on": day.isoformat()},
    )
    return recipient


@transaction.atomic
def add_text(
    *,
    actor: Actor,
    issuer: str,
    number: str,
    signed: date,
    title: str,
    since: date,
    until: date | None,
    successor: str,
    at: datetime,
) -> LegalText:
    """
    Put a text into the library, or new days of one that is there already.

    Args:
        actor: Who adds.
        issuer: Who signed the text.
        number: Its number and symbol.
        signed: Day of signing.
        title: What it is about.
        since: First day it holds.
        until: Last day it holds; ``None``: no end is known.
        successor: Key of the text in its place; empty where none is known.
        at: The instant (aware, UTC).

    Raises:
        NotAllowed: The post does not issue directives.
        BadPeriod: It would end before it begins.
        KnownText: The library says all of that already.
    """
    authority.require(actor, Right.ISSUE_DIRECTIVES)
    library.check_period(since, until)
    new = library.Text("", issuer, number, signed, title, since, until, successor)
    for known in queries.library_texts():
        if known.identity == new.identity and _says(known) == _says(new):
            raise library.KnownText(number=number)
    text = LegalText.objects.create(
        issuer=issuer,
        number=number,
        signed_date=signed,
        title=title,
        since_date=since,
        until_date=until,
        successor=successor,
        unit_id=actor.post.unit_id,
        added_by_id=actor.user_id,
        added_at=at,
    )
    history.record(
        at=at,
        actor=actor,
        action="directives.text_added",
        subject="legal_text",
        subject_id=text.pk,
        facts={"number": number, "since": since.isoformat()},
    )
    return text


def _says(text: library.Text) -> tuple[str, date, date | None, str]:
    return text.title, text.since, text.until, text.successor
