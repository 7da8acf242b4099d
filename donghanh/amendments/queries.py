"""Reads of the room of amendments: the rules in their newest edition."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import ClassVar

from django.db.models import QuerySet

from donghanh.amendments.models import Amendment
from donghanh.domain import amending, rules
from donghanh.domain.amending import Amendment as Change
from donghanh.domain.authority import Actor, require
from donghanh.domain.errors import RuleError
from donghanh.domain.rights import Right
from donghanh.domain.rules import Rulebook

#: Editions kept at hand: the newest one, and those of the moment in which it changes.
_AT_HAND = 4


class NoSuchAmendment(RuleError):
    """No amendment has that number."""

    code: ClassVar[str] = "amendments.no_such_amendment"


class AlreadyWithdrawn(RuleError):
    """The amendment no longer holds."""

    code: ClassVar[str] = "amendments.already_withdrawn"


class WithdrawalStands(RuleError):
    """A withdrawal is itself to be withdrawn."""

    code: ClassVar[str] = "amendments.withdrawal_stands"


class StillNeeded(RuleError):
    """A later amendment builds on the one that is to be withdrawn; ``by`` is its number."""

    code: ClassVar[str] = "amendments.still_needed"


def current() -> Rulebook:
    """
    Return the rulebook in its newest edition, with every edition before it.

    One statement; the rulebook itself is built once per process and edition.
    """
    newest = Amendment.objects.order_by("-number").values_list("number", "digest").first()
    return rules.load() if newest is None else _edition(*newest)


@lru_cache(maxsize=_AT_HAND)
def _edition(number: int, digest: str) -> Rulebook:
    """Return an edition; ``digest`` tells apart what two databases call by the same number."""
    kept = changes(number)
    return amending.amended(rules.load(), kept, kept=len(kept))


def changes(until: int | None = None) -> list[Change]:
    """
    Return the amendments as the rules take them, oldest first.

    Args:
        until: The last number wanted; all of them for None.
    """
    kept = Amendment.objects.select_related("kept_by", "withdraws").order_by("number")
    if until is not None:
        kept = kept.filter(number__lte=until)
    return [
        Change(
            number=one.number,
            text=one.text,
            on=one.kept_date,
            by=one.kept_by.name,
            withdraws=one.withdraws.number if one.withdraws else None,
        )
        for one in kept
    ]


def visible_to(actor: Actor) -> QuerySet[Amendment]:
    """
    Return the amendments a post may look at, newest first, with who kept them.

    Raises:
        NotAllowed: The post does not read the rulebook.
    """
    require(actor, Right.READ_RULES)
    kept = Amendment.objects.select_related("kept_by", "withdraws", "withdrawn_by")
    return kept.order_by("-number")


def tried(text: str, *, on: date, by: str) -> Rulebook:
    """
    Return the rulebook as it would be with one more amendment; nothing is kept.

    Args:
        text: TOML.
        on: The day it would be kept (Asia/Ho_Chi_Minh).
        by: Name of who would keep it.

    Raises:
        BadRulebook, TwoValues, NoSuchValue, NothingAmended, CalendarHasGap: It cannot be used.
    """
    book = current()
    return amending.one_more(book, Change(number=book.edition + 1, text=text, on=on, by=by))


def tried_without(number: int, *, on: date, by: str) -> Rulebook:
    """
    Return the rulebook as it would be with an amendment withdrawn; nothing is kept.

    Args:
        number: Of the amendment.
        on: The day it would be withdrawn (Asia/Ho_Chi_Minh).
        by: Name of who would withdraw it.

    Raises:
        NoSuchAmendment: There is none of that number.
        AlreadyWithdrawn: It no longer holds.
        WithdrawalStands: It is a withdrawal.
        StillNeeded: A later amendment builds on it.
    """
    earlier = changes()
    _check_withdrawal(number, earlier)
    change = Change(number=len(earlier) + 1, text="", on=on, by=by, withdraws=number)
    try:
        return amending.amended(rules.load(), [*earlier, change], kept=len(earlier))
    except RuleError as error:
        later = {one.file: one.number for one in earlier}
        by_number = later.get(str(error.facts.get("file")))
        raise StillNeeded(number=number, by=by_number) from error


def _check_withdrawal(number: int, earlier: Iterable[Change]) -> None:
    by_number = {one.number: one for one in earlier}
    if number not in by_number:
        raise NoSuchAmendment(number=number)
    if by_number[number].withdraws is not None:
        raise WithdrawalStands(number=number)
    if any(one.withdraws == number for one in by_number.values()):
        raise AlreadyWithdrawn(number=number)


def digest_of(amendment: Amendment, previous: str) -> str:
    """
    Return the digest an amendment should carry.

    Args:
        amendment: The amendment; its ``digest`` is not looked at.
        previous: The digest of the amendment before it; empty before the first.

    Returns:
        64 hexadecimal digits (SHA-256).
    """
    content = json.dumps(
        [
            previous,
            amendment.number,
            amendment.text,
            amendment.withdraws.number if amendment.withdraws else None,
            amendment.note,
            amendment.kept_date.isoformat(),
            amendment.kept_by_id,
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return hashlib.sha256(content.encode()).hexdigest()
