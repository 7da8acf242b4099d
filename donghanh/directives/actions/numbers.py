"""Number books: the next number, once, without a gap; a voided one stays with its reason."""

from __future__ import annotations

from datetime import date, datetime

from django.db import connection, transaction

from donghanh.directives import queries
from donghanh.directives.models import Directive, NumberEntry
from donghanh.domain import authority, drafting, numbering
from donghanh.domain.authority import Actor
from donghanh.domain.rights import Right
from donghanh.domain.structure import Line
from donghanh.history import actions as history
from donghanh.organisation import queries as organisation

#: The row of the book stays locked until the transaction ends: the next writer waits, and a number
#: of a transaction that fails is given to the next.
_TAKE = """
INSERT INTO directives_numberbook AS book (unit_id, line, kind, year, last)
VALUES (%s, %s, %s, %s, 1)
    ON CONFLICT (unit_id, line, kind, year) DO UPDATE SET last = book.last + 1
RETURNING id, last
"""


def give_number(
    *,
    actor: Actor,
    line: Line,
    kind: str,
    subject: str,
    at: datetime,
    on: date,
    directive: Directive | None = None,
) -> NumberEntry:
    """
    Give the next number of the actor's unit to a paper; inside the caller's transaction.

    Args:
        actor: Whose unit numbers.
        line: The line along which the paper directs.
        kind: Its kind.
        subject: What it is about.
        at: The instant (aware, UTC).
        on: The day of the paper; its year names the book.
        directive: The directive, where it is one.

    Raises:
        NoSuchKind: The line has no such papers.
        NoLetters: The unit has no letters of its own.
    """
    unit = organisation.known_as([actor.post.unit_id], on)[actor.post.unit_id]
    symbol = numbering.symbol(line, kind, unit.symbol, unit=unit.name)
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [unit.id, line.value, kind, numbering.year_of(on, line)])
        book_id, number = cursor.fetchone()
    return NumberEntry.objects.create(
        book_id=book_id,
        number=number,
        symbol=symbol,
        subject=subject,
        directive=directive,
        given_date=on,
        given_by_id=actor.user_id,
        given_at=at,
    )


@transaction.atomic
def take_number(*, actor: Actor, kind: str, subject: str, at: datetime, on: date) -> NumberEntry:
    """
    Give the next number to a paper that is written elsewhere.

    Raises:
        NotAllowed: The post does not issue directives.
        NoSuchKind, NoLetters: See ``domain.numbering``.
    """
    authority.require(actor, Right.ISSUE_DIRECTIVES)
    line = drafting.line_of(actor.post.role)
    entry = give_number(actor=actor, line=line, kind=kind, subject=subject, at=at, on=on)
    history.record(
        at=at,
        actor=actor,
        action="directives.number_taken",
        subject="number",
        subject_id=entry.pk,
        facts={"book": entry.book_id, "number": entry.number},
    )
    return entry


@transaction.atomic
def void_number(*, actor: Actor, entry_id: int, reason: str, at: datetime) -> NumberEntry:
    """
    Void a number no issued directive bears; it stays in the book, with the reason.

    Raises:
        NotAllowed: The post does not issue directives.
        NumberEntry.DoesNotExist: Unknown, or another unit's.
        NoReason: No reason is given.
        NotToVoid: A directive bears it.
        VoidedBefore: It is voided already.
    """
    authority.require(actor, Right.ISSUE_DIRECTIVES)
    entry = queries.numbers_of(actor).select_for_update(of=("self",)).get(pk=entry_id)
    if entry.voided_at is not None:
        raise numbering.VoidedBefore(number=entry.number)
    if entry.directive_id is not None:
        raise numbering.NotToVoid(number=entry.number)
    if not reason.strip():
        raise numbering.NoReason
    entry.void_reason, entry.voided_at, entry.voided_by_id = reason.strip(), at, actor.user_id
    entry.save(update_fields=["void_reason", "voided_at", "voided_by"])
    history.record(
        at=at,
        actor=actor,
        action="directives.number_voided",
        subject="number",
        subject_id=entry.pk,
        facts={"book": entry.book_id, "number": entry.number},
    )
    return entry
