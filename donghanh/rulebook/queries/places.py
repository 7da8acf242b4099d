"""Whose rules a page shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from donghanh.domain import provinces
from donghanh.domain.authority import Actor
from donghanh.domain.rules import Rulebook
from donghanh.domain.timeline import CENTRAL
from donghanh.organisation import queries as organisation
from donghanh.rulebook import texts

#: The word in an address for the central rules alone.
CENTRAL_ONLY = "trung-uong"


@dataclass(frozen=True, slots=True)
class Place:
    """
    Whose rules are shown.

    Attributes:
        key: The word in the address.
        scopes: Central first.
        options: What can be chosen: the word in the address, and the name.
    """

    key: str
    scopes: tuple[str, ...]
    options: tuple[tuple[str, str], ...]

    @property
    def name(self) -> str:
        """Return what the narrowest scope is called."""
        return texts.scope(self.scopes[-1])

    @property
    def local(self) -> str:
        """Return the scope beside the central one, or an empty text."""
        return self.scopes[-1] if len(self.scopes) > 1 else ""


def place(actor: Actor, book: Rulebook, day: date, asked: str) -> Place:
    """
    Return whose rules a page shows: those asked for, or those of the reader's own place.

    Args:
        actor: Who reads.
        book: The rules.
        day: The day shown.
        asked: The word in the address; empty for the own place, unknown for the central rules.
    """
    known = book.scopes()
    local = [(scope.removeprefix(provinces.PREFIX), scope) for scope in known if scope != CENTRAL]
    options = (
        (CENTRAL_ONLY, texts.scope(CENTRAL)),
        *sorted(((key, texts.scope(scope)) for key, scope in local), key=lambda one: one[1]),
    )
    own = dict(local).get(asked)
    if own is None and not asked:
        own = _own(actor, day, known)
    scopes = (CENTRAL,) if own is None else (CENTRAL, own)
    key = CENTRAL_ONLY if own is None else own.removeprefix(provinces.PREFIX)
    return Place(key, scopes, options)


def _own(actor: Actor, day: date, known: tuple[str, ...]) -> str | None:
    """Return the scope of the reader's own province, if it sets a value."""
    facts = organisation.facts_of([actor.post.unit_id], day).get(actor.post.unit_id)
    province = provinces.find(facts.place) if facts else None
    scopes = province.scopes(day, known) if province else (CENTRAL,)
    return scopes[1] if len(scopes) > 1 else None
