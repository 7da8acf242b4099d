"""The pages of figures: a unit and year, and the cases behind a figure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from donghanh.amendments import queries as amendments
from donghanh.domain import figures, names
from donghanh.domain import spans as domain_spans
from donghanh.domain.authority import Actor, require
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.figures import Line as Figure
from donghanh.domain.figures import Source
from donghanh.domain.rights import Right
from donghanh.domain.rules import Rulebook
from donghanh.domain.succession import View
from donghanh.domain.year_classes import class_on
from donghanh.dossiers import queries as dossiers
from donghanh.indicators.queries import adding, spans
from donghanh.indicators.queries.adding import Added, Sum
from donghanh.indicators.queries.asking import Asked, NotShown, days, missing, name_of
from donghanh.organisation import queries as organisation
from donghanh.people import queries as people

#: A total of so many schools or more is shown however small it is.
SCHOOLS = 3


@dataclass(frozen=True, slots=True)
class Value:
    """
    One value; ``number`` is ``None`` where it is hidden or not entered.

    ``missing`` is how many schools have not entered it.
    """

    number: int | None
    hidden: bool = False
    missing: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of a unit, beside the same period a year before."""

    figure: Figure
    now: Value
    before: Value

    @property
    def entered(self) -> bool:
        """Tell whether the school enters it by hand."""
        return self.figure.source is Source.ENTERED

    @property
    def blank(self) -> bool:
        """Tell whether nobody has entered it, this year or the year before."""
        return self.entered and self.now.number is None is self.before.number and not self.hides

    @property
    def nought(self) -> bool:
        """Tell whether it is nought, and was a year before."""
        return self.now.number == 0 == self.before.number

    @property
    def hides(self) -> bool:
        """Tell whether one of the two is there and not shown."""
        return self.now.hidden or self.before.hidden

    @property
    def opens(self) -> bool:
        """Tell whether cases are behind it."""
        return self.figure.source is Source.CASES and bool(self.now.number)

    @property
    def difference(self) -> int | None:
        """Return how much more than a year before; ``None``: one of the two is not shown."""
        now, before = self.now.number, self.before.number
        return None if now is None or before is None else now - before

    @property
    def percent(self) -> str:
        """Return the value in percent of that of a year before; nothing where there is none."""
        return figures.percent(self.now.number or 0, self.before.number or 0)


@dataclass(frozen=True, slots=True)
class Below:
    """One unit under the one shown; ``opens``: others stand under it, or its own page is there."""

    unit: int
    name: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """
    The figures of a unit for a school year up to a day.

    ``above`` leads to it from what the reader sees first; ``columns`` head the values of ``below``.
    """

    asked: Asked
    year: SchoolYear
    before: SchoolYear
    day: date
    same_day: date
    unit: int | None
    name: str
    above: tuple[tuple[int, str], ...]
    rows: tuple[Row, ...]
    columns: tuple[Figure, ...]
    below: tuple[Below, ...]
    school_ids: frozenset[int]
    left: int
    sees_cases: bool
    enters: int | None

    @property
    def schools(self) -> int:
        """Return how many schools it is of."""
        return len(self.school_ids)

    @property
    def by_class(self) -> bool:
        """Tell whether the figures can be looked at class by class."""
        return self.sees_cases and self.schools == 1

    @property
    def lines(self) -> tuple[tuple[Below, tuple[tuple[Figure, Value], ...]], ...]:
        """Return the units below, each value with what it counts."""
        return tuple((one, tuple(zip(self.columns, one.values, strict=True))) for one in self.below)

    @property
    def told(self) -> tuple[Row, ...]:
        """Return the figures there is something to say of."""
        return tuple(row for row in self.rows if not row.blank and not row.nought)

    @property
    def nought(self) -> tuple[Row, ...]:
        """Return the figures that are nought and were a year before."""
        return tuple(row for row in self.rows if row.nought)

    @property
    def first(self) -> tuple[Row, ...]:
        """Return the figures that reports are added up by."""
        return tuple(row for row in self.rows if row.figure.consolidated)

    @property
    def blank(self) -> tuple[Row, ...]:
        """Return the figures nobody has entered yet."""
        return tuple(row for row in self.rows if row.blank)


def board(actor: Actor | None, asked: Asked, today: date) -> Board:
    """
    Return the figures of a unit and year with those of the same period a year before.

    A fixed number of statements, whatever the unit.

    Args:
        actor: Who looks; ``None``: a job, which sees all.
        asked: What is asked.
        today: The day (Asia/Ho_Chi_Minh).

    Raises:
        NotAllowed: The post reads no figures.
        NotShown: No such unit in reach; ``CarriedOn`` where the one that carries it on is.
        BadSchoolYear: The year is not two years that follow each other.
    """
    if actor is not None:
        require(actor, Right.READ_FIGURES)
    book, world = amendments.current(), organisation.world()
    year, day, before, same_day = days(book, asked, today)
    now = adding.added(actor, book, world, year, day, asked.line, asked.view, today)
    then = adding.added(actor, book, world, before, same_day, asked.line, asked.view, today)
    if asked.unit is not None and asked.unit not in now.sums.keys() | then.sums.keys():
        raise missing(world, asked.unit, asked.view, today, now.sums)
    unit = asked.unit or _top(now)
    known, on = figures.lines(book), day if asked.view is View.AS_WAS else today
    open_ = actor is None or actor.may(Right.READ_CASES)
    total, was = _sum(now, unit), _sum(then, unit)
    under = sorted(
        (names.title_key(name_of(world, one, on)), one) for one in now.below.get(unit, ())
    )
    columns = tuple(one for one in known if one.consolidated)
    shown = _shown(now, columns, [one for _, one in under], open_)
    own = _own(actor, total)
    return Board(
        asked=asked,
        year=year,
        before=before,
        day=day,
        same_day=same_day,
        unit=unit,
        name="" if unit is None else name_of(world, unit, on),
        above=tuple((one, name_of(world, one, on)) for one in _above(now, unit)),
        rows=tuple(Row(one, _value(total, one, open_), _value(was, one, open_)) for one in known),
        columns=columns,
        below=tuple(Below(one, name_of(world, one, on), shown[one]) for _, one in under),
        school_ids=frozenset(total.schools),
        left=now.left,
        sees_cases=actor is not None and open_,
        enters=own,
    )


def _own(actor: Actor | None, total: Sum) -> int | None:
    """Return the one school whose figures the actor enters, where the page is of it."""
    if actor is None or not actor.may(Right.SEND_REPORTS) or len(total.schools) != 1:
        return None
    return next(iter(total.schools & actor.schools), None)


def _top(now: Added) -> int | None:
    """Return the one unit the reader sees first, where it is one."""
    tops = list(now.below.get(None, ()))
    return tops[0] if len(tops) == 1 else None


def _sum(found: Added, unit: int | None) -> Sum:
    """Return the figures of a unit; of all tops together where none is asked for."""
    if unit is not None:
        return found.sums.get(unit, Sum())
    total = Sum()
    for top in found.below.get(None, ()):
        one = found.sums[top]
        for code, value in one.values.items():
            total.values[code] = total.values.get(code, 0) + value
        for code, many in one.given.items():
            total.given[code] = total.given.get(code, 0) + many
        total.schools |= one.schools
    return total


def _above(found: Added, unit: int | None) -> tuple[int, ...]:
    over = {child: parent for parent, children in found.below.items() for child in children}
    way: list[int] = []
    one = None if unit is None else over.get(unit)
    while one is not None and one not in way:
        way.append(one)
        one = over.get(one)
    return tuple(reversed(way))


def _value(total: Sum, figure: Figure, open_: bool) -> Value:
    number = total.values.get(figure.code)
    if figure.source is Source.ENTERED:
        return Value(number, missing=len(total.schools) - total.given.get(figure.code, 0))
    few = 0 < (number or 0) < figures.SMALL and len(total.schools) < SCHOOLS
    if few and not open_ and figure.source is Source.CASES:
        return Value(None, hidden=True)
    return Value(number or 0)


def _shown(
    found: Added, columns: tuple[Figure, ...], units: Collection[int], open_: bool
) -> Mapping[int, tuple[Value, ...]]:
    """Return the values of some units side by side, small ones hidden where they have to be."""
    values: dict[int, list[Value]] = {unit: [] for unit in units}
    for one in columns:
        parts = {unit: found.sums[unit].values.get(one.code, 0) for unit in units}
        hidden = frozenset() if open_ else figures.hidden(parts)
        for unit, number in parts.items():
            away = unit in hidden
            values[unit].append(Value(None if away else number, hidden=away))
    return {unit: tuple(found) for unit, found in values.items()}


@dataclass(frozen=True, slots=True)
class Case:
    """A case behind a figure; the class is that of the day the figure was counted for."""

    dossier_id: int
    name: str
    class_name: str


@dataclass(frozen=True, slots=True)
class CasesPage:
    """The cases behind a figure that a reader may see."""

    board: Board
    figure: Figure
    cases: tuple[Case, ...]
    simulated: bool

    @property
    def closed(self) -> int:
        """Return how many more the figure counts, whose dossier does not open to the reader."""
        now = next(row.now for row in self.board.rows if row.figure.code == self.figure.code)
        return max(0, (now.number or 0) - len(self.cases))


def cases_page(actor: Actor, asked: Asked, code: str, today: date) -> CasesPage:
    """
    Return the cases behind one figure of a unit; errors are also those of ``board``.

    Raises:
        NotShown: No such figure, or no case can be behind it.
    """
    book = amendments.current()
    if code not in domain_spans.bits(book):
        raise NotShown
    shown = board(actor, asked, today)
    row = next(one for one in shown.rows if one.figure.code == code)
    ids = spans.behind(actor, book, shown.day, code, _schools(actor, asked, shown, book, today))
    found = dossiers.behind(actor, ids)
    classes = people.classes_of(one.person_id for one in found)
    cases = tuple(
        Case(one.pk, one.person.full_name, class_on(classes[one.person_id], shown.day))
        for one in found
    )
    simulated = any(one.simulated for one in found)
    return CasesPage(shown, row.figure, cases, simulated)


def _schools(
    actor: Actor, asked: Asked, shown: Board, book: Rulebook, today: date
) -> Collection[int]:
    if shown.unit is None:
        return actor.schools
    world = organisation.world()
    found = adding.added(actor, book, world, shown.year, shown.day, asked.line, asked.view, today)
    return _sum(found, shown.unit).schools
