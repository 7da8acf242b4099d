"""The pages on which a year's reports are added up by a structure of then or of now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from donghanh.amendments import queries as amendments
from donghanh.domain import indicators, names
from donghanh.domain.authority import Actor
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.indicators import Indicator
from donghanh.domain.structure import Line
from donghanh.domain.succession import View
from donghanh.reports.models import Report
from donghanh.reports.queries import found, numbers, through_time
from donghanh.reports.queries.through_time import Behind, RolledUp


class NothingThere(Exception):
    """No such unit or figure in that year and view."""


@dataclass(frozen=True, slots=True)
class Cell:
    """
    One figure of one unit; ``None``: no report below it has the figure.

    ``report`` is the one behind it where there is one alone.
    """

    value: int | None
    column: Indicator
    report: Report | None


@dataclass(frozen=True, slots=True)
class Row:
    """
    One unit with all below it.

    ``way`` leads down to it from the top. ``now`` is what it is today where it was called otherwise
    then; ``was`` are the names of then behind its own figures. ``ended``: it exists no more, and
    ``stands_alone`` among the units of today.
    """

    way: tuple[int, ...]
    name: str
    now: str
    was: tuple[str, ...]
    ended: bool
    stands_alone: bool
    cells: tuple[Cell, ...]

    @property
    def depth(self) -> int:
        """Return how many units stand above it."""
        return len(self.way) - 1

    @property
    def key(self) -> str:
        """Return the way as an address names it."""
        return _key(self.way)


@dataclass(frozen=True, slots=True)
class TimePage:
    """The figures of a school year in one view along one line, unit by unit from the top down."""

    year: SchoolYear
    line: Line
    view: View
    years: tuple[str, ...]
    columns: tuple[Indicator, ...]
    rows: tuple[Row, ...]
    totals: tuple[Cell, ...]
    reports: int
    waiting: int
    simulated: bool


@dataclass(frozen=True, slots=True)
class Sent:
    """A report behind a figure: whose it was, what that is now, what it says."""

    report: Report
    name: str
    now: str
    department: str
    value: int


@dataclass(frozen=True, slots=True)
class GatheredPage:
    """The reports behind one figure of one unit."""

    year: SchoolYear
    line: Line
    view: View
    unit: str
    now: str
    column: Indicator
    reports: tuple[Sent, ...]
    value: int
    simulated: bool


def time_page(actor: Actor, line: Line, school_year: str, view: View, today: date) -> TimePage:
    """
    Return a year's figures by the structure a view names, in a fixed number of statements.

    Args:
        actor: A department.
        line: Education, Party or Union.
        school_year: The school year.
        view: By which structure.
        today: The day whose structure counts where it is not that of then.

    Raises:
        NotAllowed: The actor does not review reports.
        BadSchoolYear: The year is not two years that follow each other.
    """
    book = amendments.current()
    year = numbers.year_of(book, school_year)
    columns = tuple(one for one in indicators.load(book) if one.consolidated)
    rolled = through_time.rolled_up(actor, line, school_year, view, today)
    rows = tuple(
        _row(rolled, way, behind, columns, view, today) for way, behind in _branches(rolled).items()
    )
    years = found.years_of(actor)
    return TimePage(
        year=year,
        line=line,
        view=view,
        years=tuple(years) if school_year in years else (school_year, *years),
        columns=columns,
        rows=rows,
        totals=tuple(
            Cell(sum(row.cells[place].value or 0 for row in rows if not row.depth), column, None)
            for place, column in enumerate(columns)
        ),
        reports=len(rolled.behind),
        waiting=rolled.waiting,
        simulated=any(one.report.simulated for one in rolled.behind),
    )


def gathered_page(
    actor: Actor, line: Line, school_year: str, view: View, key: str, code: str, today: date
) -> GatheredPage:
    """
    Return the reports behind one figure; arguments and errors are also those of ``time_page``.

    Args:
        actor: A department.
        line: Education, Party or Union.
        school_year: The school year.
        view: By which structure.
        key: The way to the unit, as ``Row.key`` has it.
        code: The indicator's code.
        today: The day whose structure counts where it is not that of then.

    Raises:
        NothingThere: There is no such unit or figure.
    """
    book = amendments.current()
    year = numbers.year_of(book, school_year)
    columns = {one.code: one for one in indicators.load(book) if one.consolidated}
    rolled = through_time.rolled_up(actor, line, school_year, view, today)
    branches = {_key(way): (way[-1], behind) for way, behind in _branches(rolled).items()}
    if key not in branches or code not in columns:
        raise NothingThere
    (unit, behind), world = branches[key], rolled.world
    reports = tuple(
        Sent(
            one.report,
            through_time.name_on(world, one.report.school_id, one.report.cutoff_date),
            through_time.name_now(world, one.report.school_id, one.report.cutoff_date, today),
            through_time.name_on(world, one.report.department_id, one.report.cutoff_date),
            one.values.get(code, 0),
        )
        for one in behind
    )
    return GatheredPage(
        year=year,
        line=line,
        view=view,
        unit=rolled.names[unit],
        now=through_time.name_now(world, unit, rolled.days[unit], today),
        column=columns[code],
        reports=tuple(sorted(reports, key=lambda one: (names.title_key(one.name), one.report.pk))),
        value=sum(one.value for one in reports),
        simulated=any(one.report.simulated for one in behind),
    )


def _key(way: tuple[int, ...]) -> str:
    return "-".join(str(unit) for unit in way)


def _branches(rolled: RolledUp) -> dict[tuple[int, ...], list[Behind]]:
    """Return the reports below every unit by the way to it, each before what is below it."""
    below: dict[tuple[int, ...], list[Behind]] = {}
    for one in rolled.behind:
        for depth in range(1, len(one.way) + 1):
            below.setdefault(one.way[:depth], []).append(one)
    ranks = {unit: (names.title_key(name), unit) for unit, name in rolled.names.items()}
    return dict(sorted(below.items(), key=lambda branch: [ranks[unit] for unit in branch[0]]))


def _row(
    rolled: RolledUp,
    way: tuple[int, ...],
    behind: list[Behind],
    columns: tuple[Indicator, ...],
    view: View,
    today: date,
) -> Row:
    unit = way[-1]
    alone = behind[0].report if len(behind) == 1 else None
    bridged = view is View.BRIDGED
    ended = rolled.world.version_on(unit, today) is None
    return Row(
        way=way,
        name=rolled.names[unit],
        now=through_time.name_now(rolled.world, unit, rolled.days[unit], today),
        was=through_time.names_before(rolled.world, unit, behind, today) if bridged else (),
        ended=ended,
        stands_alone=ended and view is View.AS_IS,
        cells=tuple(
            Cell(
                rolled.figures[one.code].branches.get(way) if one.code in rolled.figures else None,
                one,
                alone if alone and one.code in behind[0].values else None,
            )
            for one in columns
        ),
    )
