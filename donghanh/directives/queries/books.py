"""Number books: which there are, and one page of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from donghanh.directives import texts
from donghanh.directives.models import NumberBook, NumberEntry
from donghanh.domain import authority, drafting, numbering
from donghanh.domain.authority import Actor
from donghanh.domain.rights import Right
from donghanh.domain.structure import Line
from donghanh.lib import clock, spreadsheet


def numbers_of(actor: Actor) -> QuerySet[NumberEntry]:
    """Return the numbers the actor's own unit has given, newest first."""
    if not actor.may(Right.READ_DIRECTIVES):
        return NumberEntry.objects.none()
    return NumberEntry.objects.filter(book__unit_id=actor.post.unit_id).order_by("-id")


@dataclass(frozen=True, slots=True)
class BookRow:
    """One number, as its house writes it."""

    entry: NumberEntry
    reference: str


@dataclass(frozen=True, slots=True)
class BookChoice:
    """A book of the unit in the year that is looked at."""

    kind: str
    title: str
    last: int
    current: bool


@dataclass(frozen=True, slots=True)
class BookPage:
    """A book of numbers of one kind and year, newest first; ``kinds`` are the unit's books."""

    year: int
    years: tuple[int, ...]
    kind: str
    title: str
    kinds: tuple[BookChoice, ...]
    rows: tuple[BookRow, ...]
    may_take: bool
    settled: bool


def book_page(actor: Actor, on: date, *, year: int | None = None, kind: str = "") -> BookPage:
    """
    Return one number book of the actor's unit.

    Args:
        actor: An officer or leader of the unit.
        on: The day; its year is shown where none is asked for.
        year: The year of the book.
        kind: Short name of the kind; the first of the line where none, or none known, is asked for.

    Raises:
        NotAllowed: The post does not read directives.
    """
    authority.require(actor, Right.READ_DIRECTIVES)
    line = drafting.line_of(actor.post.role)
    present = numbering.year_of(on, line)
    asked = year or present
    books = NumberBook.objects.filter(unit_id=actor.post.unit_id, line=line.value)
    every = list(books.order_by("-year").values_list("year", "kind", "last"))
    last = {key: number for held, key, number in every if held == asked}
    kinds = numbering.kinds_of(line)
    chosen = next((one for one in kinds if one.code == kind), kinds[0])
    entries = numbers_of(actor).filter(
        book__line=line.value, book__year=asked, book__kind=chosen.code
    )
    return BookPage(
        year=asked,
        years=tuple(sorted({present, *(held for held, _, _ in every)}, reverse=True)),
        kind=chosen.code,
        title=chosen.title,
        kinds=tuple(
            BookChoice(one.code, one.title, last.get(one.code, 0), one.code == chosen.code)
            for one in kinds
        ),
        rows=tuple(
            BookRow(entry, numbering.reference(line, entry.number, entry.symbol))
            for entry in entries.select_related("given_by", "voided_by").order_by("-number")
        ),
        may_take=actor.may(Right.ISSUE_DIRECTIVES),
        settled=numbering.BOOKS[line].settled,
    )


def book_sheet(actor: Actor, on: date, *, year: int | None = None, kind: str = "") -> bytes:
    """
    Return a number book as an .xlsx, from number 1 on, voided numbers with their reason.

    Raises:
        NotAllowed: The post does not read directives.
    """
    page = book_page(actor, on, year=year, kind=kind)
    heads = [
        spreadsheet.Column(title, width)
        for title, width in zip(texts.book_columns(), (22, 14, 60, 26, 44), strict=True)
    ]
    rows = (
        [
            row.reference,
            row.entry.given_date,
            row.entry.subject,
            row.entry.given_by.name,
            _voided(row.entry),
        ]
        for row in reversed(page.rows)
    )
    return spreadsheet.workbook(f"{page.title} {page.year}", heads, rows)


def _voided(entry: NumberEntry) -> str | None:
    if entry.voided_at is None:
        return None
    return texts.voided(entry.voided_at.astimezone(clock.ZONE).date(), entry.void_reason)


def line_title(line: Line) -> str:
    """Return the name of a line, as pages write it."""
    return str(texts.LINES[line.value])
