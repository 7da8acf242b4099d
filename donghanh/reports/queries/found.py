"""Which reports and tasks an actor sees."""

from __future__ import annotations

from typing import Any

from django.db.models import Max, Prefetch, QuerySet

from donghanh.directives import queries as directives
from donghanh.directives.models import Task
from donghanh.domain.authority import Actor, Right
from donghanh.domain.calendar import SchoolYear
from donghanh.reports.models import Report, Return, Seal


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

    Of several one that counts, and the newest of those.
    """
    if not actor.may(Right.REVIEW_REPORTS):
        return {}
    reports = visible_to(actor).filter(school_year=school_year)
    ranked = sorted(reports, key=lambda report: (counts(report), report.pk))
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
    return sent.first()


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
