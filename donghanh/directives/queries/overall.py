"""The board of all directives of a school year: units × duties."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet

from donghanh.directives import texts
from donghanh.directives.models import Directive, Task
from donghanh.directives.queries.follow_up import Cell, cell_of
from donghanh.directives.queries.letters import number_of, subject_of
from donghanh.domain import authority, names
from donghanh.domain.authority import Actor
from donghanh.domain.rights import Right
from donghanh.lib import spreadsheet
from donghanh.organisation import queries as organisation


@dataclass(frozen=True, slots=True)
class DutyColumn:
    """One duty of one directive: what it asks, in which directive, by when."""

    key: tuple[int, int]
    directive_id: int
    number: str
    text: str
    words: str


@dataclass(frozen=True, slots=True)
class OverallRow:
    """One unit; ``cells`` stand in the order of the columns, ``None`` where nothing is asked."""

    unit_id: int
    unit: str
    cells: tuple[Cell | None, ...]
    late: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Overall:
    """The board; ``shown`` are the rows that were asked for."""

    year: str
    years: tuple[str, ...]
    columns: tuple[DutyColumn, ...]
    rows: tuple[OverallRow, ...]
    shown: tuple[OverallRow, ...]
    counts: Mapping[str, int]


#: The views by the word in the address.
_VIEWS: dict[str, Callable[[OverallRow], bool]] = {
    "": lambda row: True,
    "tre": lambda row: row.late > 0,
    "chua-tra-loi": lambda row: row.waiting > 0,
}


def overall_page(
    actor: Actor, on: date, *, year: str = "", words: str = "", view: str = ""
) -> Overall:
    """
    Return every duty the actor's unit asks in a school year, one row a unit ordered by name.

    The number of queries is the same however many units and duties there are.

    Args:
        actor: Who issues, or reads what was issued, for the own unit.
        on: The day lateness is judged by (Asia/Ho_Chi_Minh).
        year: The school year; the newest there is where it is empty or unknown.
        words: Words that must stand in the unit's name; marks and case do not matter.
        view: ``tre``, ``chua-tra-loi``; anything else shows all.

    Raises:
        NotAllowed: The post does not read directives.
    """
    authority.require(actor, Right.READ_DIRECTIVES)
    own = Task.objects.filter(recipient__directive__issuer_id=actor.post.unit_id)
    years = tuple(own.order_by("-school_year").values_list("school_year", flat=True).distinct())
    chosen = year if year in years else (years[0] if years else "")
    tasks = _tasks(own, chosen)
    columns = _columns(tasks)
    rows = _rows(tasks, columns, on)
    wanted = names.search_key(words)
    test = _VIEWS.get(view, _VIEWS[""])
    return Overall(
        year=chosen,
        years=years,
        columns=columns,
        rows=rows,
        shown=tuple(row for row in rows if test(row) and wanted in names.search_key(row.unit)),
        counts={name: sum(map(check, rows)) for name, check in _VIEWS.items()},
    )


def _tasks(own: QuerySet[Task], year: str) -> list[Task]:
    found = own.filter(school_year=year).select_related("recipient", "through")
    return list(found.order_by("recipient__directive_id", "position"))


def _columns(tasks: Sequence[Task]) -> tuple[DutyColumn, ...]:
    first: dict[tuple[int, int], Task] = {}
    for task in tasks:
        first.setdefault((task.recipient.directive_id, task.position), task)
    letters = Directive.objects.defer("original", "reading").in_bulk({key[0] for key in first})
    columns = (
        DutyColumn(
            key=key,
            directive_id=key[0],
            number=number_of(letters[key[0]].confirmed) or subject_of(letters[key[0]])[:40],
            text=task.text,
            words=texts.by(task.due_date, task.last_date),
        )
        for key, task in first.items()
    )
    return tuple(sorted(columns, key=lambda one: (first[one.key].last_date, one.key)))


def _rows(tasks: Sequence[Task], columns: Sequence[DutyColumn], on: date) -> tuple[OverallRow, ...]:
    by_unit: dict[int, dict[tuple[int, int], Task]] = {}
    for task in tasks:
        held = by_unit.setdefault(task.recipient.unit_id, {})
        held[(task.recipient.directive_id, task.position)] = task
    units = organisation.known_as(by_unit, on)
    rows = []
    for unit_id, held in by_unit.items():
        pending = [
            task for task in held.values() if task.answered_at is None and not task.ended_how
        ]
        cells = tuple(
            _cell(held[column.key], column, on) if column.key in held else None
            for column in columns
        )
        name = units[unit_id].name if unit_id in units else f"#{unit_id}"
        late = sum(task.last_date < on for task in pending)
        rows.append(OverallRow(unit_id, name, cells, late, len(pending)))
    return tuple(sorted(rows, key=lambda row: (names.search_key(row.unit), row.unit_id)))


def _cell(task: Task, column: DutyColumn, on: date) -> Cell:
    """Return how a duty stands, labelled so that two due on one day are told apart."""
    return replace(cell_of(task, on), label=f"{column.number} · {column.words}")


def overall_sheet(
    actor: Actor, on: date, *, year: str = "", words: str = "", view: str = ""
) -> bytes:
    """
    Return the rows of the board as an .xlsx; the arguments are those of ``overall_page``.

    Raises:
        NotAllowed: The post does not read directives.
    """
    page = overall_page(actor, on, year=year, words=words, view=view)
    heads = [
        spreadsheet.Column(texts.board_columns()[0], 44),
        *(spreadsheet.Column(f"{one.number}: {one.words}", 30) for one in page.columns),
    ]
    rows = ([row.unit, *(cell.badge if cell else None for cell in row.cells)] for row in page.shown)
    return spreadsheet.workbook(texts.overall_title(page.year), heads, rows)
