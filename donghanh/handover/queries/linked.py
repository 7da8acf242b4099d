"""What a link to a hand-over opens: the least, and a name with its second code."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from donghanh.handover.models import Handover
from donghanh.handover.queries.handovers import name_of
from donghanh.people.models import Person


def digest_of(word: str, code: str = "") -> str:
    """Return what is kept of a link's word, with or without its second code."""
    signs = "".join(sign for sign in code.upper() if sign.isalnum())
    return hashlib.sha256(f"{word}:{signs}".encode() if code else word.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class LinkPage:
    """What a link shows: the least; the name only with the second code."""

    handover: Handover
    sender: str
    papers: int
    name: str = ""


def link_page(word: str, today: date, now: datetime) -> LinkPage | None:
    """Return what a link opens, without a name, or ``None``: used, expired or unknown alike."""
    one = _linked(link_digest=digest_of(word), link_until__gt=now)
    if one is None:
        return None
    return LinkPage(one, name_of(one.from_school_id, today), _count(one))


def named_link_page(word: str, code: str, today: date, now: datetime) -> LinkPage | None:
    """Return what a link opens with its second code, with the name, or ``None``."""
    one = _linked(whole_digest=digest_of(word, code), link_until__gt=now)
    name = Person.objects.values_list("full_name", flat=True).first() if one else None
    if one is None or name is None:
        return None
    return LinkPage(one, name_of(one.from_school_id, today), _count(one), name)


def _linked(**told: object) -> Handover | None:
    found = Handover.objects.filter(
        received_at=None, called_back_at=None, sent_date__isnull=False, **told
    )
    return found.only(*_LINKED).first()


#: The columns a link shows; the database gives it no others.
_LINKED = (
    *("id", "dossier_id", "from_school_id", "from_unit_id", "to", "to_name", "papers", "lying"),
    *("sent_date", "sent_by_id", "link_digest", "whole_digest", "link_until", "received_at"),
    "called_back_at",
)


def _count(one: Handover) -> int:
    return one.lying + len(one.papers)
