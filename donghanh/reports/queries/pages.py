"""What each page of the room shows, in one piece."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from donghanh.amendments import queries as amendments
from donghanh.directives.models import Task
from donghanh.domain.authority import Actor, Right
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.indicators import Indicator, load
from donghanh.dossiers import queries as dossiers
from donghanh.dossiers.models import Dossier
from donghanh.organisation import queries as organisation
from donghanh.reports import texts
from donghanh.reports.models import Consolidation, Report, Return
from donghanh.reports.queries import found, numbers, sheets


@dataclass(frozen=True, slots=True)
class Asked:
    """A task that asks for a report nobody has begun."""

    task: Task
    school: str
    subject: str
    left: int

    @property
    def badge(self) -> texts.Badge:
        """Return the state and the word of its clock."""
        return texts.clock_badge(self.left)


@dataclass(frozen=True, slots=True)
class Listed:
    """A report in the list of a school."""

    report: Report
    school: str
    badge: texts.Badge


@dataclass(frozen=True, slots=True)
class Overview:
    """The reports of the schools in reach: asked for, and begun or sent, newest year first."""

    asked: tuple[Asked, ...]
    listed: tuple[Listed, ...]

    @property
    def simulated(self) -> bool:
        """Tell whether anything of it is generated."""
        asked = (one.task.recipient.directive.simulated for one in self.asked)
        return any(asked) or any(one.report.simulated for one in self.listed)


@dataclass(frozen=True, slots=True)
class Comparison:
    """One figure beside the same figure of the year before; ``None``: there is none."""

    figure: numbers.Figure
    before: int | None


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that was another when the report was sent again."""

    title: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class PastReturn:
    """One return, with the figures that have changed since; ``number`` counts from 1."""

    number: int
    made: Return
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class ReportPage:
    """One report as its reader sees it."""

    report: Report
    school: str
    department: str
    shown: numbers.Shown
    rows: tuple[Comparison, ...]
    before: Report | None
    returns: tuple[PastReturn, ...]
    left: int
    days_late: int
    writable: bool

    @property
    def digest(self) -> str:
        """Return what the figures on the page are told apart by."""
        return numbers.digest_of(self.shown.figures)

    @property
    def badge(self) -> texts.Badge:
        """Return the state and the word of how the report stands."""
        return texts.report_badge(self.report.status, self.days_late, self.left)

    @property
    def empty_parts(self) -> tuple[str, ...]:
        """Return the titles of the parts without a word, in order."""
        return tuple(str(texts.PARTS[key]) for key, said in self.shown.parts.items() if not said)

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """Return title and text of each part, in order."""
        return tuple((str(texts.PARTS[key]), said) for key, said in self.shown.parts.items())

    @property
    def version(self) -> int:
        """Return the number of the sending that is shown, or that comes next; from 1."""
        pending = self.report.status == "returned" and self.shown.frozen
        return len(self.returns) + (0 if pending else 1)


@dataclass(frozen=True, slots=True)
class Named:
    """A dossier behind a figure, for who may see it anyway."""

    dossier: Dossier
    on: date


@dataclass(frozen=True, slots=True)
class FigurePage:
    """
    What stands behind one figure.

    A school's secretary sees ``named``, and nothing of who else is counted; the department sees
    ``unnamed`` numbers and days alone. ``inside`` tells which of the two it is.
    ``indicator`` says what is counted, as the rulebook has it now.
    """

    report: Report
    school: str
    figure: numbers.Figure
    indicator: Indicator | None
    inside: bool
    named: tuple[Named, ...]
    unnamed: tuple[numbers.Counted, ...]


@dataclass(frozen=True, slots=True)
class SheetPage:
    """The sheet of a year with the other years and the versions made of it."""

    sheet: sheets.Sheet
    years: tuple[str, ...]
    versions: tuple[Consolidation, ...]

    @property
    def newest(self) -> Consolidation | None:
        """Return the version made last."""
        return self.versions[0] if self.versions else None


@dataclass(frozen=True, slots=True)
class Version:
    """One consolidation, whose it was, how many units are in it, and which are not."""

    made: Consolidation
    department: str
    inside: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VersionsPage:
    """Every consolidation of a school year, newest first, and those of what was carried on."""

    year: SchoolYear
    versions: tuple[Version, ...]
    taken_over: tuple[Version, ...]
    simulated: bool


def overview(actor: Actor, today: date) -> Overview:
    """Return what a school has to report and has reported; of other posts nothing."""
    tasks = list(found.tasks_to_report(actor))
    reports = list(found.visible_to(actor)) if actor.may(Right.SEND_REPORTS) else []
    schools = {task.recipient.unit_id for task in tasks} | {one.school_id for one in reports}
    units = organisation.known_as(schools, today)
    names = {unit_id: unit.name for unit_id, unit in units.items()}
    return Overview(
        asked=tuple(
            Asked(
                task=task,
                school=names.get(task.recipient.unit_id, ""),
                subject=str(task.recipient.directive.confirmed.get("subject") or ""),
                left=(task.last_date - today).days,
            )
            for task in tasks
        ),
        listed=tuple(
            Listed(
                report=report,
                school=names.get(report.school_id, ""),
                badge=texts.report_badge(
                    report.status, _days_late(report, today), (report.task.last_date - today).days
                ),
            )
            for report in sorted(reports, key=lambda one: (one.school_year, one.pk), reverse=True)
        ),
    )


def report_page(actor: Actor, report_id: int, today: date) -> ReportPage:
    """
    Return one report as the actor sees it, with last year's figures beside where there are any.

    Raises:
        Report.DoesNotExist: Unknown, or not visible to the actor.
    """
    report: Report = found.visible_to(actor).get(pk=report_id)
    seen = numbers.shown(actor, report, today)
    before = _year_before(actor, report)
    earlier = {one["code"]: one["value"] for one in before.figures} if before else {}
    names = organisation.known_as([report.school_id, report.department_id], seen.sent_date or today)
    return ReportPage(
        report=report,
        school=names[report.school_id].name,
        department=names[report.department_id].name,
        shown=seen,
        rows=tuple(Comparison(figure, earlier.get(figure.code)) for figure in seen.figures),
        before=before,
        returns=_returns(report, seen),
        left=(report.task.last_date - today).days,
        days_late=_days_late(report, today),
        writable=actor.may(Right.SEND_REPORTS) and report.status in {"writing", "returned"},
    )


def figure_page(actor: Actor, report_id: int, code: str, today: date) -> FigurePage:
    """
    Return what stands behind one figure of a report.

    Names are shown to the school alone, and of those only who still takes part.

    Raises:
        Report.DoesNotExist: Unknown, not visible to the actor, or without that figure.
    """
    report: Report = found.visible_to(actor).get(pk=report_id)
    figures = {one.code: one for one in numbers.shown(actor, report, today).figures}
    if code not in figures:
        raise Report.DoesNotExist
    figure = figures[code]
    days = {case.dossier_id: case.on for case in figure.cases}
    inside = actor.may(Right.READ_CASES)
    named = dossiers.behind(actor, days) if inside else []
    unit = organisation.known_as([report.school_id], today)
    return FigurePage(
        report=report,
        school=unit[report.school_id].name,
        figure=figure,
        indicator=next((one for one in load(amendments.current()) if one.code == code), None),
        inside=inside,
        named=tuple(Named(dossier, days[dossier.pk]) for dossier in named),
        unnamed=()
        if inside
        else tuple(sorted(figure.cases, key=lambda one: (one.on, one.dossier_id))),
    )


def sheet_page(actor: Actor, school_year: str, today: date) -> SheetPage:
    """
    Return a department's page of a school year, in a fixed number of statements.

    Raises:
        BadSchoolYear: The year is not two years that follow each other.
    """
    years = found.years_of(actor)
    return SheetPage(
        sheet=sheets.sheet(actor, school_year, today),
        years=tuple(years) if school_year in years else (school_year, *years),
        versions=tuple(sheets.consolidations_of(actor, school_year)),
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


def _year_before(actor: Actor, report: Report) -> Report | None:
    """Return the report of the same school for the school year before, as sent."""
    since = SchoolYear.from_key(report.school_year).since
    key = SchoolYear.of(since.replace(year=since.year - 1)).key
    sent = found.visible_to(actor).filter(
        school_id=report.school_id, school_year=key, status__in=["sent", "accepted"]
    )
    return sent.first()


def _days_late(report: Report, today: date) -> int:
    """Return by how many days the first sending missed the last day; unsent: until today."""
    return max(0, ((report.first_sent_date or today) - report.task.last_date).days)


def _returns(report: Report, seen: numbers.Shown) -> tuple[PastReturn, ...]:
    """Return a report's returns, newest first, each with what has changed in the next version."""
    made = list(report.returns.all())
    after: Mapping[str, int] = {one.code: one.value for one in seen.figures}
    past = []
    for number, one in zip(range(len(made), 0, -1), made, strict=True):
        past.append(PastReturn(number, one, _changes(one.content["figures"], after)))
        after = {figure["code"]: figure["value"] for figure in one.content["figures"]}
    return tuple(past)


def _changes(before: list[dict[str, Any]], after: Mapping[str, int]) -> tuple[Change, ...]:
    """Return the figures whose value is another afterwards."""
    return tuple(
        Change(one["title"], one["value"], after[one["code"]])
        for one in before
        if one["code"] in after and after[one["code"]] != one["value"]
    )
