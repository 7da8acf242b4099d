"""Writes of the room of amendments."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
from typing import ClassVar

from django.db import connection, transaction

from donghanh.amendments import queries
from donghanh.amendments.models import Amendment
from donghanh.domain import authority
from donghanh.domain.authority import Actor
from donghanh.domain.errors import RuleError
from donghanh.domain.rights import Right
from donghanh.history import actions as history

#: The amendments have one end: writers queue for it (a transaction lock with this number).
_QUEUE = 7_301_207
#: The longest text that is taken, in bytes; the whole shipped rulebook has half of it.
LARGEST = 200_000
#: The longest reason, in letters.
LONGEST_NOTE = 300


class ChangedMeanwhile(RuleError):
    """Somebody else has kept an amendment since the rules were looked at."""

    code: ClassVar[str] = "amendments.changed_meanwhile"


class ReasonMissing(RuleError):
    """The rules are changed without saying why."""

    code: ClassVar[str] = "amendments.reason_missing"


class TooLarge(RuleError):
    """The text is longer than what is taken."""

    code: ClassVar[str] = "amendments.too_large"


@transaction.atomic
def keep(*, actor: Actor, text: str, note: str, seen: int, at: datetime, today: date) -> Amendment:
    """
    Keep an amendment, if the whole rulebook can be built with it.

    Args:
        actor: Who keeps it; an administrator.
        text: TOML, as ``amending.apply`` takes it.
        note: Why.
        seen: The edition the actor had before the eyes.
        at: The instant (aware, UTC).
        today: The day (Asia/Ho_Chi_Minh).

    Raises:
        NotAllowed: The post does not change rules.
        ReasonMissing: ``note`` is blank.
        TooLarge: The text is longer than ``LARGEST``.
        ChangedMeanwhile: Somebody else kept an amendment first; nothing of this one is kept.
        RuleError: The text cannot be used; see ``queries.tried``.
    """
    authority.require(actor, Right.KEEP_RULES)
    written = unicodedata.normalize("NFC", text)
    if len(written.encode()) > LARGEST:
        raise TooLarge(largest=LARGEST)
    why = _reason(note)
    newest = _newest(seen)
    queries.tried(written, on=today, by=actor.name)
    return _store(actor, newest, Amendment(text=written, note=why), at, today)


@transaction.atomic
def withdraw(
    *, actor: Actor, number: int, note: str, seen: int, at: datetime, today: date
) -> Amendment:
    """
    Withdraw an amendment: from the new edition on it no longer holds; the editions before stay.

    Args:
        actor: Who withdraws it; an administrator.
        number: Of the amendment.
        note: Why.
        seen: The edition the actor had before the eyes.
        at: The instant (aware, UTC).
        today: The day (Asia/Ho_Chi_Minh).

    Raises:
        NotAllowed: The post does not change rules.
        ReasonMissing: ``note`` is blank.
        ChangedMeanwhile: Somebody else kept an amendment first; nothing is withdrawn.
        NoSuchAmendment, AlreadyWithdrawn, WithdrawalStands, StillNeeded: It cannot be withdrawn.
    """
    authority.require(actor, Right.KEEP_RULES)
    why = _reason(note)
    newest = _newest(seen)
    queries.tried_without(number, on=today, by=actor.name)
    withdrawn = Amendment.objects.get(number=number)
    return _store(actor, newest, Amendment(withdraws=withdrawn, note=why), at, today)


def _reason(note: str) -> str:
    why = " ".join(unicodedata.normalize("NFC", note).split())
    if not why:
        raise ReasonMissing
    return why[:LONGEST_NOTE]


def _newest(seen: int) -> Amendment | None:
    """Return the newest amendment, once nobody else can add one, if it is the one seen."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_QUEUE])
    newest = Amendment.objects.order_by("-number").first()
    number = newest.number if newest else 0
    if number != seen:
        raise ChangedMeanwhile(seen=seen, newest=number)
    return newest


def _store(
    actor: Actor, newest: Amendment | None, amendment: Amendment, at: datetime, today: date
) -> Amendment:
    amendment.number = newest.number + 1 if newest else 1
    amendment.kept_date = today
    amendment.kept_at = at
    amendment.kept_by_id = actor.user_id
    amendment.digest = queries.digest_of(amendment, newest.digest if newest else "")
    amendment.save(force_insert=True)
    facts: dict[str, object] = {"number": amendment.number, "digest": amendment.digest}
    if amendment.withdraws is not None:
        facts["withdraws"] = amendment.withdraws.number
    history.record(
        at=at,
        actor=actor,
        action="amendments.withdrawn" if amendment.withdraws else "amendments.kept",
        subject="amendment",
        subject_id=amendment.pk,
        facts=facts,
    )
    return amendment
