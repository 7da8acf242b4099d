"""Duties as tasks of units: given, answered once for all that ask, opened anew each year, ended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max, Q

from donghanh.amendments import queries as amendments
from donghanh.directives import queries
from donghanh.directives.actions.refusals import (
    AlreadyAnswered,
    AnsweredByReport,
    LinkedBefore,
    NoLongerAsked,
    OneAlone,
)
from donghanh.directives.models import Bundle, Directive, Recipient, Task
from donghanh.domain import assignment, authority
from donghanh.domain.authority import Actor, Post
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.drafting import Ending
from donghanh.domain.rights import Right, Role
from donghanh.domain.structure import Line
from donghanh.history import actions as history
from donghanh.organisation import queries as organisation

#: As whom a line's standing order opens the duties of another year.
_ISSUERS = {
    Line.EDUCATION.value: Role.OFFICER,
    Line.PARTY.value: Role.COMMITTEE,
    Line.UNION.value: Role.UPPER_UNION,
}


def give(
    directive: Directive,
    recipients: Iterable[Recipient],
    tasks: Sequence[assignment.Dated],
    *,
    missing_only: bool = False,
) -> list[Task]:
    """
    Write the tasks of some recipients in one statement; inside the caller's transaction.

    Args:
        directive: What asks.
        recipients: Who is asked.
        tasks: The duties with their days in one school year.
        missing_only: Leave alone what is there already.

    Returns:
        The tasks as they were handed to the database.
    """
    return Task.objects.bulk_create(
        [
            Task(
                recipient=recipient,
                position=task.position,
                text=task.duty.text,
                kind="report" if task.asks_report else "other",
                school_year=task.school_year,
                due_date=task.due,
                last_date=task.last,
                recurs=task.duty.recurs,
            )
            for recipient in recipients
            for task in tasks
        ],
        ignore_conflicts=missing_only,
    )


def end_open(directive: Directive, how: Ending, on: date) -> int:
    """Let a directive's unanswered tasks end; answers stay. Returns how many ended."""
    return Task.objects.filter(
        recipient__directive=directive, answered_at=None, ended_how=""
    ).update(ended_how=how.value, ended_date=on)


def mark_answered(task_id: int, *, at: datetime) -> int:
    """
    Mark a task answered, and with it all that are linked with it; inside the caller's transaction.

    Args:
        task_id: What was answered.
        at: The instant (aware, UTC).

    Returns:
        How many were open until now.
    """
    done = Task.objects.filter(pk=task_id, answered_at=None).update(answered_at=at)
    bundle = Task.objects.filter(pk=task_id).values_list("bundle_id", flat=True).first()
    if bundle is None:
        return done
    others = Task.objects.filter(bundle_id=bundle, answered_at=None, ended_how="")
    return done + others.exclude(pk=task_id).update(answered_at=at, through_id=task_id)


@transaction.atomic
def answer_task(
    *, actor: Actor, task_id: int, number: str, day: date, signer: str, at: datetime
) -> Task:
    """
    Note the paper that answers a duty: its number, day and signer, never the paper.

    All duties linked with it are answered by it too.

    Args:
        actor: Who answers for a unit.
        task_id: A duty of that unit that no report to the department answers.
        number: Number and symbol of the paper; may be empty.
        day: Its day.
        signer: Who signed it; may be empty.
        at: The instant (aware, UTC).

    Raises:
        NotAllowed: The post does not receive directives.
        Task.DoesNotExist: Unknown, or another unit's.
        AnsweredByReport: It, or one linked with it, asks for the report to the department.
        AlreadyAnswered: It was answered before.
        NoLongerAsked: Its directive was recalled or superseded.
    """
    authority.require(actor, Right.RECEIVE_DIRECTIVES)
    found = Task.objects.filter(queries.addressed_to(actor, "recipient__"))
    task = found.select_for_update(of=("self",)).select_related("recipient").get(pk=task_id)
    if task.answered_at is not None:
        raise AlreadyAnswered
    if task.ended_how:
        raise NoLongerAsked
    # A report to Party or Union may still go on paper; one to the department is written here.
    same = Q(pk=task.pk) | Q(bundle_id=task.bundle_id, bundle__isnull=False)
    here = Q(kind="report", recipient__directive__line=Line.EDUCATION.value)
    if Task.objects.filter(same & here).exists():
        raise AnsweredByReport
    task.answered_by_id = actor.user_id
    task.answer_number, task.answer_date, task.answer_signer = number, day, signer
    task.save(update_fields=["answered_by", "answer_number", "answer_date", "answer_signer"])
    count = mark_answered(task.pk, at=at)
    history.record(
        at=at,
        actor=actor,
        action="directives.task_answered",
        subject="directive",
        subject_id=task.recipient.directive_id,
        facts={"task": task.pk, "on": day.isoformat(), "answered": count},
    )
    task.refresh_from_db()
    return task


@transaction.atomic
def link_tasks(*, actor: Actor, task_ids: Collection[int], at: datetime) -> Bundle:
    """
    Say that some duties of a school ask for the same, so that one answer answers all.

    Where one of them is answered already, the others are answered by it now.

    Args:
        actor: The secretary of the school's cell.
        task_ids: Duties of that school, of any line.
        at: The instant (aware, UTC).

    Raises:
        NotAllowed: The post does not send the school's reports.
        OneAlone: Fewer than two.
        Task.DoesNotExist: One is unknown, or another school's.
        LinkedBefore: One is linked with others already.
        NoLongerAsked: One has ended.
    """
    authority.require(actor, Right.SEND_REPORTS)
    if len(set(task_ids)) < 2:
        raise OneAlone
    found = Task.objects.filter(recipient__school_id__in=actor.schools, pk__in=set(task_ids))
    tasks = list(
        found.select_for_update(of=("self",))
        .select_related("recipient")
        .order_by("last_date", "id")
    )
    schools = {task.recipient.school_id for task in tasks if task.recipient.school_id}
    if len(tasks) < len(set(task_ids)) or len(schools) != 1:
        raise Task.DoesNotExist
    if any(task.bundle_id for task in tasks):
        raise LinkedBefore
    if any(task.ended_how for task in tasks):
        raise NoLongerAsked
    bundle = Bundle.objects.create(school_id=schools.pop(), made_by_id=actor.user_id, made_at=at)
    Task.objects.filter(pk__in=[task.pk for task in tasks]).update(bundle=bundle)
    answered = [task for task in tasks if task.answered_at is not None]
    if answered and answered[0].answered_at is not None:
        mark_answered(answered[0].pk, at=answered[0].answered_at)
    history.record(
        at=at,
        actor=actor,
        action="directives.duties_linked",
        subject="bundle",
        subject_id=bundle.pk,
        facts={"tasks": sorted(task.pk for task in tasks)},
    )
    return bundle


@transaction.atomic
def unlink_tasks(*, actor: Actor, bundle_id: int, at: datetime) -> None:
    """
    Let linked duties be answered one by one again.

    Raises:
        NotAllowed: The post does not send the school's reports.
        Bundle.DoesNotExist: Unknown, another school's, or taken apart before.
        AlreadyAnswered: The one answer was given; it stays the answer of all.
    """
    authority.require(actor, Right.SEND_REPORTS)
    bundle = Bundle.objects.get(pk=bundle_id, school_id__in=actor.schools)
    tasks = list(Task.objects.select_for_update().filter(bundle=bundle))
    if not tasks:
        raise Bundle.DoesNotExist
    if any(task.answered_at for task in tasks):
        raise AlreadyAnswered
    Task.objects.filter(bundle=bundle).update(bundle=None)
    history.record(
        at=at,
        actor=actor,
        action="directives.duties_parted",
        subject="bundle",
        subject_id=bundle.pk,
        facts={"tasks": sorted(task.pk for task in tasks)},
    )


def open_next_year(
    *, today: date, at: datetime, stopped: Callable[[], bool] = lambda: False
) -> int:
    """
    Open the yearly duties of the school year that has begun, the newest directive first.

    An issuer asks a unit for one report a year, however many of its letters say "every year": the
    newest asks, and the older ones are answered by it. For a job: each directive is a transaction
    of its own; a second time opens nothing.

    Args:
        today: The day (Asia/Ho_Chi_Minh).
        at: The instant (aware, UTC).
        stopped: Asked before each directive; what is left then is opened the next time.

    Returns:
        How many tasks were opened.
    """
    year = amendments.current().school_year(today)
    asked = Directive.objects.filter(
        status="issued", ended_how="", recipients__tasks__recurs=True
    ).annotate(latest=Max("recipients__tasks__school_year"))
    opened = 0
    newest = asked.filter(latest__lt=year.key).order_by("-issued_date", "-pk")
    for pk in list(newest.values_list("pk", flat=True)):
        if stopped():
            break
        opened += _open_year(pk, year, today, at)
    return opened


@transaction.atomic
def _open_year(directive_id: int, year: SchoolYear, today: date, at: datetime) -> int:
    directive = (
        Directive.objects.select_for_update(of=("self",))
        .select_related("kept_by")
        .get(pk=directive_id)
    )
    before = list(
        Task.objects.filter(recipient__directive=directive, recurs=True).select_related("recipient")
    )
    if directive.ended_how or any(task.school_year >= year.key for task in before):
        return 0
    duties = assignment.again(assignment.duties_of(directive.confirmed), year)
    days = assignment.dated(duties, year=year, workdays=amendments.current().workdays())
    asked = _asked_by_another(directive, year)
    beside = [day for day in days if not day.asks_report]
    recipients = list(directive.recipients.all())
    free = [one for one in recipients if one.unit_id not in asked]
    others = [one for one in recipients if one.unit_id in asked]
    made = give(directive, free, days, missing_only=True)
    made += give(directive, others, beside, missing_only=True)
    if not made:
        return 0
    _link_again(before, year, at)
    unit = organisation.known_as([directive.issuer_id], today)[directive.issuer_id]
    post = Post(0, _ISSUERS[directive.line], unit.id, unit.code, unit.name)
    history.record(
        at=at,
        actor=Actor(directive.kept_by_id, directive.kept_by.name, post),
        action="directives.year_opened",
        subject="directive",
        subject_id=directive.pk,
        facts={"school_year": year.key, "tasks": len(made)},
    )
    return len(made)


def _asked_by_another(directive: Directive, year: SchoolYear) -> set[int]:
    """Return the ids of the units another letter of the issuer asks for the year's report."""
    tasks = Task.objects.filter(
        recipient__directive__issuer_id=directive.issuer_id,
        school_year=year.key,
        kind="report",
        ended_how="",
    )
    others = tasks.exclude(recipient__directive=directive)
    return set(others.values_list("recipient__unit_id", flat=True))


def _link_again(before: Sequence[Task], year: SchoolYear, at: datetime) -> None:
    """Link the duties of the new year as those of the last one were, as far as both are there."""
    bundles = Bundle.objects.filter(pk__in={one.bundle_id for one in before if one.bundle_id})
    for bundle in bundles:
        earlier = bundle.tasks.values_list("recipient_id", "position")
        open_now = defaultdict(list)
        for task in Task.objects.filter(
            recipient__in=[one for one, _ in earlier], school_year=year.key
        ):
            open_now[(task.recipient_id, task.position)].append(task)
        again = [task for key in earlier for task in open_now.get(key, ())]
        held = next((task.bundle_id for task in again if task.bundle_id), None)
        if len(again) < 2:
            continue
        new = (
            held
            or Bundle.objects.create(
                school_id=bundle.school_id, made_by_id=bundle.made_by_id, made_at=at
            ).pk
        )
        Task.objects.filter(pk__in=[task.pk for task in again]).update(bundle_id=new)
