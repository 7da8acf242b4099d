"""The library of texts: what a directive may stand on, and how what a draft cites stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from donghanh.directives import texts
from donghanh.directives.models import LegalText
from donghanh.domain import authority, library, names
from donghanh.domain.authority import Actor
from donghanh.domain.library import Standing, Text
from donghanh.domain.rights import Right


def library_texts() -> tuple[Text, ...]:
    """Return every text, newest first: those of the rulebook, and over them those people typed."""
    typed = (
        Text(
            key=f"t{row.pk}",
            issuer=row.issuer,
            number=row.number,
            signed_on=row.signed_date,
            title=row.title,
            since=row.since_date,
            until=row.until_date,
            successor=row.successor,
        )
        for row in LegalText.objects.order_by("pk")
    )
    return library.merged(typed, library.shipped())


@dataclass(frozen=True, slots=True)
class Shelved:
    """A text in the list: whether it holds on the day, and what came in its place."""

    text: Text
    holds: bool
    state: str
    badge: str
    successor: str


@dataclass(frozen=True, slots=True)
class LibraryPage:
    """The library on a day; ``shown`` fits the words that were asked for."""

    shown: tuple[Shelved, ...]
    all: tuple[Text, ...]
    may_add: bool


def library_page(actor: Actor, on: date, words: str = "") -> LibraryPage:
    """
    Return the texts whose number, issuer or title holds some words, newest first.

    Raises:
        NotAllowed: The post does not read directives.
    """
    authority.require(actor, Right.READ_DIRECTIVES)
    found = library_texts()
    by_key = {one.key: one for one in found}
    wanted = names.search_key(words)
    return LibraryPage(
        shown=tuple(
            _shelved(one, by_key.get(one.successor), on)
            for one in found
            if wanted in names.search_key(f"{one.number} {one.issuer} {one.title}")
        ),
        all=found,
        may_add=actor.may(Right.ISSUE_DIRECTIVES),
    )


def _shelved(text: Text, successor: Text | None, on: date) -> Shelved:
    holds = text.holds(on)
    return Shelved(
        text=text,
        holds=holds,
        state="done" if holds else "plain",
        badge=texts.in_force(text.since, text.until, on),
        successor=successor.number if successor else "",
    )


def bases_on(words: list[str], on: date) -> list[Standing]:
    """Return how each thing a draft stands on stands itself on a day, in the draft's order."""
    held = library_texts()
    return [library.standing(one, held, on) for one in words]
