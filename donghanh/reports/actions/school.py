"""What a school does: begin, write, send."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from donghanh.amendments import queries as amendments
from donghanh.directives import actions as directives
from donghanh.directives import queries as asked
from donghanh.directives.models import Task
from donghanh.domain import authority, canonical, indicators
from donghanh.domain.authority import Actor
from donghanh.domain.rights import Right
from donghanh.history import actions as history
from donghanh.organisation import queries as organisation
from donghanh.reports import queries, texts
from donghanh.reports.actions import shared
from donghanh.reports.actions.refusals import (
    AlreadySent,
    ChangedMeanwhile,
    FiguresMoved,
    NotThereThen,
    WarningsOpen,
)
from donghanh.reports.models import Report, Seal


@transaction.atomic
def open_report(*, actor: Actor, task_id: int, at: datetime) -> Report:
    """
    Begin the report a task asks for, or return the one begun before, for it or a linked one.

    The cut-off day is the task's last day in time, or the nearest day of the school year; the
    writer may move it.

    Args:
        actor: A school's secretary, or its Union.
        task_id: A task of the school, its cell or its Union that asks for a report.
        at: The instant (aware, UTC).

    Raises:
        NotAllowed: The post does not send reports.
        Task.DoesNotExist: Unknown, not asked of the actor, or no reporting task.
        NotThereThen: The school did not exist in that year.
    """
    authority.require(actor, Right.WRITE_REPORTS)
    tasks = Task.objects.filter(asked.addressed_to(actor, "recipient__"), kind="report")
    # What was recalled before anything was begun is asked no more.
    tasks = tasks.filter(Q(ended_how="") | Q(report__isnull=False))
    task = tasks.select_related("recipient__directive", "recipient__unit").get(pk=task_id)
    # Linked duties have one answer: two who begin two of them at once queue here.
    linked = Q(pk=task.pk) | Q(bundle_id=task.bundle_id, bundle__isnull=False)
    list(Task.objects.select_for_update(of=("self",)).filter(linked).order_by("pk"))
    answers = Q(task_id=task.pk) | Q(task__bundle_id=task.bundle_id, task__bundle__isnull=False)
    begun = queries.visible_to(actor).filter(answers).first()
    if begun is not None:
        return begun
    directive = task.recipient.directive
    year = queries.year_of(amendments.current(), task.school_year)
    school = task.recipient.school_id or task.recipient.unit_id
    if not organisation.existed([school], year.since, year.last_day):
        raise NotThereThen(year=task.school_year)
    report = Report.objects.create(
        task=task,
        school_id=school,
        department_id=directive.issuer_id,
        school_year=task.school_year,
        cutoff_date=min(max(task.last_date, year.since), year.last_day),
        parts=dict.fromkeys(texts.PARTS, ""),
        simulated=directive.simulated or task.recipient.unit.simulated,
    )
    history.record(
        at=at,
        actor=actor,
        action="reports.opened",
        subject="report",
        subject_id=report.pk,
        facts={"task": task.pk},
    )
    return report


@transaction.atomic
def write_parts(
    *,
    actor: Actor,
    report_id: int,
    seen: int,
    parts: Mapping[str, str],
    cutoff: date,
    attachments: Sequence[Mapping[str, str]] | None = None,
    at: datetime,
) -> Report:
    """
    Keep the words and the cut-off day of a report that is being written.

    Args:
        actor: A school's secretary.
        report_id: The report.
        seen: ``revision`` as the writer had it before the eyes.
        parts: Text by key of ``texts.PARTS``; keys left out stay.
        cutoff: Last day that is counted.
        attachments: Papers named, each with ``number``, ``day``, ``signer``, ``title`` as text;
            ``None`` leaves them. The papers themselves are never kept.
        at: The instant (aware, UTC).

    Raises:
        Report.DoesNotExist: Unknown, or not the school's.
        NotOpen: It has been sent.
        ChangedMeanwhile: Somebody else changed it first.
        CutoffOutsideYear: The day is not in the report's school year.
        TooLong: A part is longer than ``texts.LONGEST_PART``.
    """
    report = shared.opened(actor, report_id, seen)
    year = queries.year_of(amendments.current(), report.school_year)
    if cutoff not in year:
        raise indicators.CutoffOutsideYear(cutoff=cutoff, since=year.since, last_day=year.last_day)
    shared.check_lengths(parts)
    kept = {key: parts.get(key, report.parts.get(key, "")).strip() for key in texts.PARTS}
    changed = sorted(key for key in texts.PARTS if kept[key] != report.parts.get(key, ""))
    named = report.attachments if attachments is None else [dict(one) for one in attachments]
    if not changed and cutoff == report.cutoff_date and named == report.attachments:
        return report
    report.parts, report.attachments = kept, named
    report.cutoff_date = cutoff
    report.revision += 1
    report.save(update_fields=["parts", "attachments", "cutoff_date", "revision"])
    history.record(
        at=at,
        actor=actor,
        action="reports.written",
        subject="report",
        subject_id=report.pk,
        facts={"parts": changed, "cutoff": cutoff.isoformat()},
    )
    return report


@transaction.atomic
def send_report(
    *,
    actor: Actor,
    report_id: int,
    seen: int,
    figures_seen: str | None = None,
    at: datetime,
    on: date,
) -> Report:
    """
    Send a report: its figures freeze with the cases behind them and the rulebook they rest on, and
    all of it is sealed under the next number.

    A report sent before its cut-off day speaks of the days up to the sending, and says so.

    Args:
        actor: A school's secretary.
        report_id: The report.
        seen: ``revision`` as the sender had it before the eyes.
        figures_seen: ``queries.digest_of`` the figures the sender had before the eyes; ``None``
            sends whatever they are.
        at: The instant (aware, UTC).
        on: The day of sending (Asia/Ho_Chi_Minh).

    Raises:
        Report.DoesNotExist: Unknown, or not the school's.
        AlreadySent: It has been sent before and was not returned.
        ChangedMeanwhile: Somebody else changed it first.
        FiguresMoved: The cases have changed since the figures were looked at.
        YearClosed: The department has closed the year, and not opened it for the school.
        WarningsOpen: A warning has not been answered.
    """
    report = shared.locked(actor, Right.WRITE_REPORTS, report_id)
    if report.status in {"sent", "accepted"}:
        raise AlreadySent
    if report.revision != seen:
        raise ChangedMeanwhile
    shared.check_not_closed(report, on)
    checks = _frozen(actor, report, figures_seen, on)
    report.version = queries.next_version(report)
    report.status = "sent"
    report.revision += 1
    report.sent_at = at
    report.sent_date = on
    report.first_sent_date = report.first_sent_date or on
    report.sent_by_id = actor.user_id
    report.save()
    sha256 = _sealed(actor, report, checks, at, on)
    directives.mark_answered(report.task_id, at=at)
    history.record(
        at=at,
        actor=actor,
        action="reports.sent",
        subject="report",
        subject_id=report.pk,
        facts={
            "on": on.isoformat(),
            "rulebook": report.rulebook_version,
            "version": report.version,
            "sha256": sha256,
        },
    )
    return report


def _frozen(
    actor: Actor, report: Report, figures_seen: str | None, on: date
) -> tuple[queries.Check, ...]:
    """Write the figures into a report as they are sent, and return the warnings, all answered."""
    counted = queries.counting(report, on)
    stated = queries.stated(counted.figures, report.changed)
    if figures_seen not in {None, queries.digest_of(stated)}:
        raise FiguresMoved
    cutoff = queries.counted_to(report, on)
    checks = queries.checks_now(actor, report, on)
    if queries.unanswered(checks):
        raise WarningsOpen(count=len(queries.unanswered(checks)))
    report.figures = queries.records(counted.figures, report.changed)
    report.unsettled = list(counted.unsettled)
    report.rulebook_version = counted.rulebook
    report.cutoff_date = cutoff
    return checks


def _sealed(
    actor: Actor, report: Report, checks: Sequence[queries.Check], at: datetime, on: date
) -> str:
    """Seal a report as it is sent, and return the digest."""
    said = queries.sealed_content(report, checks, actor.name, at, on)
    content = canonical.text(said)
    sha256 = canonical.digest(content)
    Seal.objects.create(
        report=report,
        version=report.version,
        content=content,
        sha256=sha256,
        sealed_at=at,
        sealed_by_id=actor.user_id,
    )
    return sha256
