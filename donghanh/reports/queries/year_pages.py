"""What the pages of a department's school year show: the sheet, and the versions made of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from donghanh.amendments import queries as amendments
from donghanh.domain import canonical
from donghanh.domain.authority import Actor
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.checking import Against, Finding, differences
from donghanh.domain.indicators import Indicator
from donghanh.reports import texts
from donghanh.reports.models import Consolidation
from donghanh.reports.queries import closing, found, numbers, pages, sheets


@dataclass(frozen=True, slots=True)
class SheetPage:
    """
    The sheet of a year with the other years and the versions made of it.

    ``before`` is the sheet of the year before, where reports were asked for; ``closed`` whether the
    department has closed the year.
    """

    sheet: sheets.Sheet
    years: tuple[str, ...]
    versions: tuple[Consolidation, ...]
    before: sheets.Sheet | None
    closed: bool
    #: Whether the reader may open the numbers of the cases behind a figure.
    opens: bool

    @property
    def drift(self) -> tuple[str, ...]:
        """Return where the newest version says another sum than the units now, in words."""
        titles = {one.code: one.short_vi for one in self.sheet.columns}
        return tuple(
            texts.warning(titles[one.code], one) for one in drift_of(self.sheet, self.newest)
        )

    @property
    def deviations(self) -> tuple[tuple[Indicator, int, int], ...]:
        """Return each column with its total and that of the year before, once both have any."""
        if self.before is None or not self.sheet.accepted:
            return ()
        earlier = {one.code: value or 0 for value, one in self.before.total_cells}
        return tuple(
            (one, value or 0, earlier.get(one.code, 0)) for value, one in self.sheet.total_cells
        )

    @property
    def newest(self) -> Consolidation | None:
        """Return the version made last."""
        return self.versions[0] if self.versions else None


def drift_of(sheet: sheets.Sheet, newest: Consolidation | None) -> tuple[Finding, ...]:
    """Return where a version made says another sum of the units than they give now."""
    if newest is None or "codes" not in newest.content:
        return ()
    content = newest.content
    own = content.get("own", {}).get("figures", [0] * len(content["codes"]))
    summed = [total - added for total, added in zip(content["totals"], own, strict=True)]
    made = dict(zip(content["codes"], summed, strict=True))
    now = {one.code: value or 0 for value, one in sheet.total_cells}
    return differences(Against.BELOW, made, now)


@dataclass(frozen=True, slots=True)
class Version:
    """One consolidation, whose it was, how many units are in it, and which are not."""

    made: Consolidation
    department: str
    inside: int
    missing: tuple[str, ...]

    @property
    def answers(self) -> tuple[tuple[str, str], ...]:
        """Return each difference that was explained before it was made, and what was said."""
        return tuple((one["told"], one["answer"]) for one in self.made.content.get("answers", ()))

    @property
    def code(self) -> str:
        """Return what of its seal is printed on the paper; empty where none is."""
        return canonical.short_code(self.made.seal) if self.made.seal else ""


@dataclass(frozen=True, slots=True)
class VersionsPage:
    """Every consolidation of a school year, newest first, and those of what was carried on."""

    year: SchoolYear
    versions: tuple[Version, ...]
    taken_over: tuple[Version, ...]
    simulated: bool


def sheet_page(actor: Actor, school_year: str, today: date) -> SheetPage:
    """
    Return a department's page of a school year, in a fixed number of statements.

    Raises:
        BadSchoolYear: The year is not two years that follow each other.
    """
    years = found.years_of(actor)
    key = found.key_before(school_year)
    return SheetPage(
        sheet=sheets.sheet(actor, school_year, today),
        before=sheets.sheet(actor, key, today) if key in years else None,
        closed=closing.is_closed(actor, school_year),
        years=tuple(years) if school_year in years else (school_year, *years),
        versions=tuple(sheets.consolidations_of(actor, school_year)),
        opens=pages.opens_cases(actor),
    )


def versions_page(actor: Actor, school_year: str) -> VersionsPage:
    """
    Return the consolidations of a school year.

    Raises:
        BadSchoolYear: The year is not two years that follow each other.
    """
    made = tuple(_version(one) for one in sheets.consolidations_of(actor, school_year))
    taken_over = tuple(_version(one) for one in sheets.taken_over(actor, school_year))
    return VersionsPage(
        year=numbers.year_of(amendments.current(), school_year),
        versions=made,
        taken_over=taken_over,
        simulated=any(one.made.content["simulated"] for one in made + taken_over),
    )


def _version(made: Consolidation) -> Version:
    return Version(
        made=made,
        department=made.content["head"]["issuer"],
        inside=len(made.content["units"]) - len(made.content["missing"]),
        missing=tuple(made.content["missing"]),
    )
