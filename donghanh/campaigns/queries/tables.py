"""The one table of a campaign: rows of schools, columns of figures, and what they add up to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from donghanh.campaigns import texts
from donghanh.campaigns.models import Campaign, Figure, Joining, Number, Statement
from donghanh.campaigns.queries.reach import due_of
from donghanh.domain import campaign_figures
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.campaign_figures import Said, Told
from donghanh.domain.campaigning import Answer
from donghanh.lib import charts, days
from donghanh.organisation import queries as organisation

#: The name of a school, and what lists of schools are sorted by.
Name = tuple[str, tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Given:
    """What a school gave for a year at last, and when first; ``numbers`` by the figure."""

    numbers: Mapping[int, int]
    note: str
    revision: int
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure of one school: its name, what is counted, and the number where one was given."""

    label: str
    measure: str
    number: int | None

    @property
    def text(self) -> str:
        """Return the number as it is shown; a dash where none was given."""
        return charts.number(self.number)


def shown(figures: Sequence[Figure], numbers: Mapping[int, int]) -> tuple[Shown, ...]:
    """Return what was given, in the order of the figures."""
    return tuple(Shown(one.label, one.measure, numbers.get(one.pk)) for one in figures)


@dataclass(frozen=True, slots=True)
class Row:
    """
    One school of the table in one school year.

    ``cells`` are its numbers in the order of the figures; ``badge``
    is the state of the shape and the word of where its figures stand, ``answer`` of its answer.
    """

    joining_id: int
    school: str
    answer: tuple[str, str]
    lead: str
    reason: str
    joined: bool
    said: Said
    badge: tuple[str, str]
    cells: tuple[Shown, ...]
    note: str
    on: date | None
    corrected: bool


@dataclass(frozen=True, slots=True)
class Sum:
    """One figure over all rows: ``sum`` is ``None`` where nobody said anything."""

    figure: Figure
    sum: int | None
    of: int
    missing: tuple[str, ...]

    @property
    def text(self) -> str:
        """Return the sum as it is shown; a dash where nobody said anything."""
        return charts.number(self.sum)


@dataclass(frozen=True, slots=True)
class Table:
    """
    The table of one school year.

    ``silent`` names the schools that take part and gave no figure at all; ``unanswered`` those that
    did not say whether they do.
    """

    year: SchoolYear
    due: date
    closed: bool
    rows: tuple[Row, ...]
    sums: tuple[Sum, ...]
    silent: tuple[str, ...]
    unanswered: tuple[str, ...]
    late: bool

    @property
    def given(self) -> int:
        """Return how many schools gave figures."""
        return sum(row.said in {Said.IN_TIME, Said.AFTERWARDS} for row in self.rows)

    @property
    def joined(self) -> int:
        """Return how many schools take part."""
        return sum(row.joined for row in self.rows)


def given_of(joinings: Iterable[int], years: Collection[str]) -> dict[tuple[int, str], Given]:
    """Return what schools gave at last, by joining and year; two statements."""
    newest: dict[tuple[int, str], Statement] = {}
    first: dict[tuple[int, str], datetime] = {}
    found = Statement.objects.filter(joining_id__in=list(joinings), school_year__in=list(years))
    for one in found.order_by("revision", "pk"):
        key = (one.joining_id, one.school_year)
        newest[key] = one
        first.setdefault(key, one.stated_at)
    numbers: dict[int, dict[int, int]] = {}
    kept = Number.objects.filter(statement_id__in=[one.pk for one in newest.values()])
    for statement, figure, number in kept.values_list("statement_id", "figure_id", "number"):
        numbers.setdefault(statement, {})[figure] = number
    return {
        key: Given(numbers.get(one.pk, {}), one.note, one.revision, first[key], one.stated_at)
        for key, one in newest.items()
    }


def school_names(joinings: Iterable[Joining], today: date) -> dict[int, Name]:
    """Return name and order of the schools of joinings, by the joining; one statement."""
    joinings = list(joinings)
    known = organisation.known_as({one.school_id for one in joinings}, today)
    return {
        one.pk: (known[one.school_id].name, known[one.school_id].order)
        if one.school_id in known
        else (f"#{one.school_id}", ("", one.school_id))
        for one in joinings
    }


def table(
    campaign: Campaign,
    figures: Sequence[Figure],
    joinings: Sequence[Joining],
    year: SchoolYear,
    given: Mapping[tuple[int, str], Given],
    names: Mapping[int, Name],
    closed: Collection[str],
    today: date,
) -> Table:
    """
    Return the table of one school year, out of what was read already.

    Args:
        campaign: The campaign.
        figures: What it asks for, in order.
        joinings: The schools somebody sees.
        year: The school year.
        given: See ``given_of``.
        names: See ``school_names``.
        closed: Which years are closed.
        today: The day (Asia/Ho_Chi_Minh).
    """
    due = due_of(campaign, year)
    ordered = sorted(joinings, key=lambda one: names[one.pk][1])
    rows = tuple(
        _row(one, names[one.pk][0], figures, given.get((one.pk, year.key)), due, today)
        for one in ordered
    )
    told = [Told(one.joining_id, _answer(one), _numbers(one, figures)) for one in rows]
    by_id = {one.joining_id: one.school for one in rows}
    sums = []
    for figure in figures:
        added = campaign_figures.total(figure.pk, told)
        missing = tuple(by_id[who] for who in added.missing)
        sums.append(Sum(figure, added.sum, added.of, missing))
    waits = {Said.WAITING, Said.LATE}
    return Table(
        year=year,
        due=due,
        closed=year.key in closed,
        rows=rows,
        sums=tuple(sums),
        silent=tuple(one.school for one in rows if one.said in waits),
        unanswered=tuple(names[one.pk][0] for one in ordered if one.answer == Answer.SILENT.value),
        late=today > due,
    )


def _answer(row: Row) -> Answer:
    return Answer.JOINED if row.joined else Answer.SILENT


def _numbers(row: Row, figures: Sequence[Figure]) -> dict[int, int]:
    paired = zip(figures, row.cells, strict=True)
    return {one.pk: cell.number for one, cell in paired if cell.number is not None}


def _row(
    one: Joining,
    school: str,
    figures: Sequence[Figure],
    given: Given | None,
    due: date,
    today: date,
) -> Row:
    answer = Answer(one.answer)
    first = None if given is None else days.local(given.first_at)
    said = campaign_figures.said(answer, first, due, today)
    state, word = texts.SAID[said]
    shape, told = texts.ANSWERS[answer]
    return Row(
        joining_id=one.pk,
        school=school,
        answer=(shape, str(told)),
        lead=one.lead,
        reason=one.reason,
        joined=answer is Answer.JOINED,
        said=said,
        badge=(state, str(word)),
        cells=shown(figures, {} if given is None else given.numbers),
        note="" if given is None else given.note,
        on=None if given is None else days.local(given.last_at),
        corrected=given is not None and given.revision > 1,
    )
