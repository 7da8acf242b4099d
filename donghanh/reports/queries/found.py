"""Which reports and tasks an actor sees."""

from __future__ import annotations

from typing import Any

from django.db.models import Max, Prefetch, Q, QuerySet

from donghanh.directives import queries as directives
from donghanh.directives.models import Task
from donghanh.domain.authority import Actor
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.rights import Right, Role
from donghanh.domain.structure import Line
from donghanh.reports.models import Consolidation, Report, Return, Seal

#: For which lines each post writes.
_WRITTEN = {
    Role.SECRETARY: (Line.EDUCATION.value, Line.PARTY.value),
    Role.UNION: (Line.UNION.value,),
}


def asked_by(actor: Actor) -> QuerySet[Task]:
    """Return the duties the actor's body asks of others, or a body it carries on asked."""
    return Task.objects.filter(recipient__directive__issuer_id__in=actor.units)


def answered_by(actor: Actor, report: Report) -> bool:
    """Tell whether the actor's body returns or accepts a report: whom it was written to does."""
    return actor.may(Right.REVIEW_REPORTS) and report.department_id in actor.units


def waiting_for(actor: Actor) -> QuerySet[Report]:
    """Return the reports that wait for the answer of the actor's body, newest first."""
    if not actor.may(Right.REVIEW_REPORTS):
        return Report.objects.none()
    return visible_to(actor).filter(status="sent", department_id__in=actor.units)


def visible_to(actor: Actor) -> QuerySet[Report]:
    """
    Return the reports an actor may see, newest first.

    A school's secretary sees those of the school and of its cell, its Union those of the Union. Who
    asked sees them once they were sent: those written to the own body, those written to a body it
    carries on, and those that answer a linked duty of its own; everybody else none.
    """
    if actor.may(Right.WRITE_REPORTS):
        seen = Report.objects.filter(
            school_id__in=actor.schools,
            task__recipient__directive__line__in=_WRITTEN.get(actor.post.role, ()),
        )
    elif actor.may(Right.REVIEW_REPORTS):
        linked = asked_by(actor).exclude(bundle=None).values("bundle_id")
        seen = Report.objects.filter(
            Q(department_id__in=actor.units) | Q(task__bundle_id__in=linked)
        ).exclude(status="writing")
    else:
        seen = Report.objects.none()
    returns = Return.objects.select_related("returned_by").order_by("-id")
    return (
        seen.select_related("task__recipient__directive", "school", "department", "sent_by")
        .prefetch_related(Prefetch("returns", queryset=returns))
        .order_by("-id")
    )


def tasks_to_report(actor: Actor) -> QuerySet[Task]:
    """Return the tasks that ask for a report and have none yet, the most pressing first."""
    if not actor.may(Right.WRITE_REPORTS):
        return Task.objects.none()
    open_ones = directives.open_tasks(actor).filter(kind="report", report=None)
    # What a report that was begun will answer is not begun once more.
    begun = Report.objects.exclude(task__bundle=None).values("task__bundle_id")
    return open_ones.exclude(bundle_id__in=begun)


def years_of(actor: Actor) -> list[str]:
    """Return the school years a department has asked for reports in, newest first."""
    if not actor.may(Right.REVIEW_REPORTS):
        return []
    return sorted(set(reporting(actor).values_list("school_year", flat=True)), reverse=True)


def reporting(actor: Actor) -> QuerySet[Task]:
    """Return the duties of the actor's body that a report answers: its own, or a linked one's."""
    linked = Task.objects.filter(kind="report").exclude(bundle=None).values("bundle_id")
    return asked_by(actor).filter(Q(kind="report") | Q(bundle_id__in=linked))


def asked_from_above(actor: Actor, school_year: str) -> Task | None:
    """Return the duty by which a body above asks the actor's for what it adds up, if any."""
    if not actor.may(Right.REVIEW_REPORTS):
        return None
    asked = Task.objects.filter(
        recipient__unit_id=actor.post.unit_id,
        kind="report",
        school_year=school_year,
        ended_how="",
    )
    return asked.select_related("recipient__directive").order_by("last_date", "id").first()


def handed_to(actor: Actor, school_year: str) -> dict[int, Consolidation]:
    """Return the consolidations handed up to the actor's body, the newest of each, by its maker."""
    if not actor.may(Right.REVIEW_REPORTS):
        return {}
    handed = Consolidation.objects.filter(task__in=asked_by(actor), school_year=school_year)
    return {one.department_id: one for one in handed.order_by("version")}


def of_each_school(actor: Actor, school_year: str) -> dict[int, Report]:
    """
    Return the report of each school in a school year, as a department sees it, by school.

    Of several one that counts, of those one written to the actor's body, and the newest of those.
    """
    if not actor.may(Right.REVIEW_REPORTS):
        return {}
    reports = visible_to(actor).filter(school_year=school_year)
    ranked = sorted(
        reports,
        key=lambda report: (counts(report), report.department_id in actor.units, report.pk),
    )
    return {report.school_id: report for report in ranked}


def counts(report: Report) -> bool:
    """Tell whether a report is in the totals: accepted, or accepted before it was amended."""
    return report.status == "accepted" or report.standing is not None


def counted_figures(report: Report) -> list[dict[str, Any]]:
    """Return the figures of a report that counts, as accepted: an amendment in flight is not in."""
    kept = report.figures if report.standing is None else report.standing["figures"]
    return list(kept)


def year_before(actor: Actor, report: Report) -> Report | None:
    """Return the report of the same school for the school year before, as sent."""
    key = key_before(report.school_year)
    sent = visible_to(actor).filter(
        school_id=report.school_id, school_year=key, status__in=["sent", "accepted"]
    )
    line = line_of(report)
    return max(sent, key=lambda one: (line_of(one) is line, one.pk), default=None)


def line_of(report: Report) -> Line:
    """Return along which line a report was asked for."""
    return Line(report.task.recipient.directive.line)


def writer_of(report: Report) -> int:
    """Return the id of the body that writes a report: the school, its cell, its Union."""
    return (
        report.task.recipient.unit_id
        if line_of(report) is not Line.EDUCATION
        else (report.school_id)
    )


def key_before(school_year: str) -> str:
    """
    Return the name of the school year before.

    Raises:
        BadSchoolYear: The year is not two years that follow each other.
    """
    since = SchoolYear.from_key(school_year).since
    return SchoolYear.of(since.replace(year=since.year - 1)).key


def seal_of(report: Report) -> Seal | None:
    """Return the seal of a report as last sent; nothing where it was sent before there were any."""
    return report.seals.filter(version=report.version).first()


def next_version(report: Report) -> int:
    """Return the number of the next sending, from 1; one that was sealed is never given again."""
    sealed = report.seals.aggregate(newest=Max("version"))["newest"] or 0
    before_seals = len(report.returns.all())
    sent = report.status in {"sent", "accepted"} or report.standing is not None
    return int(max(sealed, before_seals, 1 if sent else 0)) + 1
