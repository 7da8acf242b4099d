"""What each page of the room shows, in one piece."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from donghanh.amendments import queries as amendments
from donghanh.directives.models import Task
from donghanh.domain import canonical
from donghanh.domain.authority import Actor
from donghanh.domain.indicators import Indicator, load
from donghanh.domain.looking import Way
from donghanh.domain.rights import Right
from donghanh.domain.year_classes import class_on
from donghanh.dossiers import queries as dossiers
from donghanh.dossiers.models import Dossier
from donghanh.organisation import queries as organisation
from donghanh.people import queries as people
from donghanh.reports import texts
from donghanh.reports.models import Report, Return, Seal
from donghanh.reports.queries import closing, found, numbers, papers
from donghanh.reports.queries.checks import (
    Check,
    answered_parts,
    checks_of,
    named_parts,
    unanswered,
)


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
    #: What the cases gave, where the figure was changed by hand.
    changed: numbers.Changed | None = None
    #: Whether the department asked for just this figure to be corrected.
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that was another when the report was sent again."""

    title: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class PastReturn:
    """One return, with the figures that have changed since; ``number`` is of which sending."""

    number: int
    made: Return
    changes: tuple[Change, ...]

    @property
    def marked(self) -> tuple[str, ...]:
        """Return the titles of the figures that had to be corrected."""
        return tuple(
            one["title"] for one in self.made.content["figures"] if one["code"] in self.made.marks
        )


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
    checks: tuple[Check, ...]
    seal: Seal | None
    difference: tuple[Change, ...]
    closed: closing.Closed
    #: Number of the sending that comes next.
    coming: int
    #: Whether the reader's body returns or accepts it: it was written to it, and waits.
    answerable: bool
    #: Whether the reader may open the numbers of the cases behind a figure.
    opens: bool
    #: Bodies whose linked duties it answers as well, by name.
    also: tuple[str, ...]

    @property
    def open_checks(self) -> tuple[Check, ...]:
        """Return the warnings nobody has answered yet."""
        return unanswered(self.checks)

    @property
    def parts_beside(self) -> Mapping[str, str]:
        """Return last year's text of each part, by its key; empty where there is none."""
        return self.before.parts if self.before else {}

    @property
    def code(self) -> str:
        """Return what of the seal is printed on the paper."""
        return canonical.short_code(self.seal.sha256) if self.seal else ""

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
        return (self.report.version or self.coming - 1) if self.shown.frozen else self.coming


@dataclass(frozen=True, slots=True)
class Named:
    """A dossier behind a figure, for who may see it; the class is that of the cut-off day."""

    dossier: Dossier
    on: date
    class_name: str


@dataclass(frozen=True, slots=True)
class FigurePage:
    """
    What stands behind one figure.

    Who writes the report sees ``named``, and nothing of who else is counted; whom it is sent to
    sees ``unnamed`` numbers and days alone, and a body that only counts pupils nothing. ``inside``
    tells which of the two it is. ``indicator`` says what is counted, as the rulebook has it now.
    """

    report: Report
    school: str
    figure: numbers.Figure
    indicator: Indicator | None
    inside: bool
    named: tuple[Named, ...]
    unnamed: tuple[numbers.Counted, ...]
    changed: numbers.Changed | None
    writable: bool


def overview(actor: Actor, today: date) -> Overview:
    """Return what a school has to report and has reported; of other posts nothing."""
    tasks = list(found.tasks_to_report(actor))
    reports = list(found.visible_to(actor)) if actor.may(Right.WRITE_REPORTS) else []
    schools = {task.recipient.unit_id for task in tasks} | set(map(found.writer_of, reports))
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
                school=names.get(found.writer_of(report), ""),
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
    before = found.year_before(actor, report)
    earlier = {one["code"]: one["value"] for one in before.figures} if before else {}
    writer, day = found.writer_of(report), seen.sent_date or today
    names = organisation.known_as([writer, report.department_id], day)
    made = list(report.returns.all())
    marked = set(made[0].marks) if made and report.status == "returned" else set()
    writable = actor.may(Right.WRITE_REPORTS) and report.status in numbers.OPEN
    named = named_parts(actor, seen.parts) if writable else answered_parts(seen.answers)
    return ReportPage(
        report=report,
        school=names[writer].name,
        department=names[report.department_id].name,
        shown=seen,
        rows=tuple(
            Comparison(
                figure,
                earlier.get(figure.code),
                seen.changed.get(figure.code),
                figure.code in marked,
            )
            for figure in seen.figures
        ),
        before=before,
        returns=_returns(report, seen),
        left=(report.task.last_date - today).days,
        days_late=_days_late(report, today),
        writable=writable,
        checks=checks_of(seen.figures, seen.changed, before, seen.answers, seen.cutoff, named),
        seal=found.seal_of(report) if seen.frozen else None,
        difference=_amended(report, seen),
        closed=closing.closed_for(report, today),
        coming=found.next_version(report),
        answerable=report.status == "sent" and found.answered_by(actor, report),
        opens=opens_cases(actor),
        also=papers.copies_of(report, day),
    )


def opens_cases(actor: Actor) -> bool:
    """Tell whether an actor may see the numbers of cases behind a figure: who counts, may not."""
    return actor.reach.way is not Way.COUNTS


def _amended(report: Report, seen: numbers.Shown) -> tuple[Change, ...]:
    """Return the figures an amendment changes against what had been accepted."""
    if report.standing is None:
        return ()
    return _changes(report.standing["figures"], {one.code: one.value for one in seen.figures})


def figure_page(
    actor: Actor, report_id: int, code: str, today: date, *, counted: bool = False
) -> FigurePage:
    """
    Return what stands behind one figure of a report.

    Names are shown to the school alone, and of those only who still takes part. ``counted``: of a
    report that is being amended, what counts meanwhile.

    Raises:
        Report.DoesNotExist: Unknown, not visible to the actor, or without that figure.
    """
    report: Report = found.visible_to(actor).get(pk=report_id)
    if not opens_cases(actor):
        raise Report.DoesNotExist
    if counted and report.standing is not None:
        seen = numbers.frozen(report.standing)
    else:
        seen = numbers.shown(actor, report, today)
    figures = {one.code: one for one in seen.figures}
    if code not in figures:
        raise Report.DoesNotExist
    figure = figures[code]
    days = {case.dossier_id: case.on for case in figure.cases}
    inside = actor.may(Right.WRITE_REPORTS)
    named = dossiers.behind(actor, days) if inside else []
    classes = people.classes_of(one.person_id for one in named)
    writer = found.writer_of(report)
    unit = organisation.known_as([writer], today)
    return FigurePage(
        report=report,
        school=unit[writer].name,
        figure=figure,
        indicator=next((one for one in load(amendments.current()) if one.code == code), None),
        inside=inside,
        named=tuple(
            Named(
                one,
                days[one.pk],
                class_on(classes[one.person_id], seen.cutoff) or one.person.class_name,
            )
            for one in named
        ),
        unnamed=()
        if inside
        else tuple(sorted(figure.cases, key=lambda one: (one.on, one.dossier_id))),
        changed=seen.changed.get(code),
        writable=actor.may(Right.WRITE_REPORTS) and report.status in numbers.OPEN,
    )


def _days_late(report: Report, today: date) -> int:
    """Return by how many days the first sending missed the last day; unsent: until today."""
    return max(0, ((report.first_sent_date or today) - report.task.last_date).days)


def _returns(report: Report, seen: numbers.Shown) -> tuple[PastReturn, ...]:
    """Return a report's returns, newest first, each with what has changed in the next version."""
    made = list(report.returns.all())
    after: Mapping[str, int] = {one.code: one.value for one in seen.figures}
    past = []
    for number, one in zip(range(len(made), 0, -1), made, strict=True):
        sending = one.content.get("version") or number
        past.append(PastReturn(sending, one, _changes(one.content["figures"], after)))
        after = {figure["code"]: figure["value"] for figure in one.content["figures"]}
    return tuple(past)


def _changes(before: list[dict[str, Any]], after: Mapping[str, int]) -> tuple[Change, ...]:
    """Return the figures whose value is another afterwards."""
    return tuple(
        Change(one["title"], one["value"], after[one["code"]])
        for one in before
        if one["code"] in after and after[one["code"]] != one["value"]
    )
