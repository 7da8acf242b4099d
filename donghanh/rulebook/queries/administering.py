"""The amendments, as an administrator looks at them."""

from __future__ import annotations

from dataclasses import dataclass

from donghanh.amendments import queries as amendments
from donghanh.amendments.models import Amendment
from donghanh.domain.authority import Actor, require
from donghanh.domain.comparing import BookChange, between_books
from donghanh.domain.rights import Right


@dataclass(frozen=True, slots=True)
class AmendmentLine:
    """One amendment and what it changed when it was kept."""

    amendment: Amendment
    change: BookChange

    @property
    def withdrawn_by(self) -> Amendment | None:
        """Return the amendment that withdraws it, if one does."""
        return getattr(self.amendment, "withdrawn_by", None)


@dataclass(frozen=True, slots=True)
class AmendmentsPage:
    """Every amendment, newest first, and how many values still await comparison."""

    lines: tuple[AmendmentLine, ...]
    edition: int
    version: str
    doubtful: int
    holding: int


def amendments_page(actor: Actor) -> AmendmentsPage:
    """
    Return every amendment, newest first.

    Raises:
        NotAllowed: The post does not change rules.
    """
    require(actor, Right.KEEP_RULES)
    book = amendments.current()
    editions = book.editions
    kept = [one for one in amendments.visible_to(actor) if one.number <= book.edition]
    lines = [
        AmendmentLine(one, between_books(editions[one.number - 1], editions[one.number]))
        for one in kept
    ]
    return AmendmentsPage(
        lines=tuple(lines),
        edition=book.edition,
        version=book.version,
        doubtful=sum(not entry.settled for entry in book.entries()),
        holding=sum(line.withdrawn_by is None and bool(line.amendment.text) for line in lines),
    )


def amendment_line(actor: Actor, number: int) -> AmendmentLine:
    """
    Return one amendment with what it changed.

    Raises:
        NotAllowed: The post does not change rules.
        NoSuchAmendment: There is none of that number.
    """
    require(actor, Right.KEEP_RULES)
    book = amendments.current()
    found = amendments.visible_to(actor).filter(number=number).first()
    if found is None or number > book.edition:
        raise amendments.NoSuchAmendment(number=number)
    editions = book.editions
    return AmendmentLine(found, between_books(editions[number - 1], editions[number]))
