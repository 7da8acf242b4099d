"""Which reports and tasks an actor sees."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from donghanh.directives import queries as directives
from donghanh.directives.models import Task
from donghanh.domain.authority import Actor, Right
from donghanh.reports.models import Report, Return


def visible_to(actor: Actor) -> QuerySet[Report]:
    """
    Return the reports an actor may see, newest first.

    A school's secretary sees the school's own; the department those of its units once they were
    sent, and those sent to a department it carries on; everybody else none.
    """
    if actor.may(Right.SEND_REPORTS):
        seen = Report.objects.filter(school_id__in=actor.schools)
    elif actor.may(Right.REVIEW_REPORTS):
        seen = Report.objects.filter(department_id__in=actor.units).exclude(status="writing")
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
    if not actor.may(Right.SEND_REPORTS):
        return Task.objects.none()
    return directives.open_tasks(actor).filter(kind="report", report=None)


def years_of(actor: Actor) -> list[str]:
    """Return the school years a department has asked for reports in, newest first."""
    if not actor.may(Right.REVIEW_REPORTS):
        return []
    tasks = Task.objects.filter(recipient__directive__issuer_id__in=actor.units, kind="report")
    return sorted(set(tasks.values_list("school_year", flat=True)), reverse=True)


def of_each_school(actor: Actor, school_year: str) -> dict[int, Report]:
    """
    Return the report of each school in a school year, as a department sees it, by school.

    Of several the accepted one, and the newest of those.
    """
    if not actor.may(Right.REVIEW_REPORTS):
        return {}
    reports = visible_to(actor).filter(school_year=school_year)
    ranked = sorted(reports, key=lambda report: (report.status == "accepted", report.pk))
    return {report.school_id: report for report in ranked}
