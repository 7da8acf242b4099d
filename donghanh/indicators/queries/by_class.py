"""The figures of one school class by class, for who may see its cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from donghanh.amendments import queries as amendments
from donghanh.domain import spans as domain_spans
from donghanh.domain.authority import Actor
from donghanh.domain.figures import Line as Figure
from donghanh.domain.figures import Source
from donghanh.domain.year_classes import class_on, place_of
from donghanh.dossiers import queries as dossiers
from donghanh.indicators.queries import spans
from donghanh.indicators.queries.asking import Asked, NotShown
from donghanh.indicators.queries.boards import Board, board
from donghanh.people import queries as people


@dataclass(frozen=True, slots=True)
class OfClass:
    """What counts in one class, in the order of the columns; without a name: no class is known."""

    name: str
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ClassesPage:
    """
    The figures of a school by class.

    ``closed`` are cases that count and whose dossier, and so the class, is no longer open;
    ``totals`` are with them the figures of the school.
    """

    board: Board
    columns: tuple[Figure, ...]
    rows: tuple[OfClass, ...]
    closed: tuple[int, ...]
    totals: tuple[int, ...]
    simulated: bool

    @property
    def lines(self) -> tuple[tuple[str, tuple[tuple[Figure, int], ...]], ...]:
        """Return each class with its values, each beside what it counts."""
        return tuple((row.name, self._beside(row.values)) for row in self.rows)

    @property
    def hidden(self) -> tuple[tuple[Figure, int], ...]:
        """Return what counts and is no longer open; nothing where all is."""
        return self._beside(self.closed) if any(self.closed) else ()

    @property
    def whole(self) -> tuple[tuple[Figure, int], ...]:
        """Return what counts in all classes together."""
        return self._beside(self.totals)

    def _beside(self, values: tuple[int, ...]) -> tuple[tuple[Figure, int], ...]:
        return tuple(zip(self.columns, values, strict=True))


def by_class(actor: Actor, asked: Asked, today: date) -> ClassesPage:
    """
    Return what each class of a school counts on a day; errors are also those of ``board``.

    The class is that of the day. A fixed number of statements, whatever the school.

    Args:
        actor: Who looks: may see cases of the one school that the page is of.
        asked: What is asked.
        today: The day (Asia/Ho_Chi_Minh).

    Raises:
        NotShown: The reader sees no cases, or the page is of more schools than one.
    """
    book, shown = amendments.current(), board(actor, asked, today)
    if not shown.sees_cases or len(shown.school_ids) != 1:
        raise NotShown
    masks = spans.masks(actor, book, shown.day, shown.school_ids)
    bits = domain_spans.bits(book)
    columns = tuple(one for one in shown.columns if one.source is Source.CASES)
    seen = dossiers.behind(actor, masks)
    classes = people.classes_of(one.person_id for one in seen)
    counted: dict[str, list[int]] = {}
    for one in seen:
        values = counted.setdefault(class_on(classes[one.person_id], shown.day), [0] * len(columns))
        for place, column in enumerate(columns):
            values[place] += bool(masks[one.pk] & bits[column.code])
    totals = tuple(
        sum(bool(mask & bits[column.code]) for mask in masks.values()) for column in columns
    )
    ordered = sorted(counted, key=lambda name: (not name, place_of(name)))
    rows = tuple(OfClass(name, tuple(counted[name])) for name in ordered)
    open_ = [sum(row.values[place] for row in rows) for place in range(len(columns))]
    closed = tuple(total - own for total, own in zip(totals, open_, strict=True))
    return ClassesPage(
        shown, columns, rows, closed, totals, simulated=any(one.simulated for one in seen)
    )
