"""Directives, who received them, their tasks and targets: what other rooms read too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Prefetch, Q, QuerySet

from donghanh.directives.models import Directive, Recipient, Task
from donghanh.domain.authority import Actor
from donghanh.domain.drafting import Stage
from donghanh.domain.rights import Right, Role


def issued_by(actor: Actor) -> QuerySet[Directive]:
    """Return the directives of the actor's own unit, newest first; drafts too, unless discarded."""
    if not actor.may(Right.READ_DIRECTIVES):
        return Directive.objects.none()
    own = Directive.objects.filter(issuer_id=actor.post.unit_id)
    return own.exclude(stage=Stage.DISCARDED.value).order_by("-id")


def addressed_to(actor: Actor, before: str = "") -> Q:
    """
    Return which recipients an actor answers for; none without the right to receive.

    The secretary of a cell answers for the school and for the cell; a body of the Union, or a
    committee, for itself.

    Args:
        actor: Who asks.
        before: What leads to the recipient in a query, such as ``recipient__``.
    """
    if not actor.may(Right.RECEIVE_DIRECTIVES):
        return Q(pk__in=())
    units = set(actor.units)
    if actor.post.role is Role.SECRETARY:
        units |= actor.schools
    return Q(**{f"{before}unit_id__in": units})


def visible_to(actor: Actor) -> QuerySet[Directive]:
    """
    Return the directives an actor may see, newest first.

    Who issues sees those of the own unit; who receives sees those issued to a unit answered for;
    everybody else sees none.
    """
    if not (actor.may(Right.READ_DIRECTIVES) or actor.may(Right.RECEIVE_DIRECTIVES)):
        return Directive.objects.none()
    received = Recipient.objects.filter(addressed_to(actor)).values("directive_id")
    seen = Q(pk__in=received, status="issued")
    if actor.may(Right.READ_DIRECTIVES):
        seen |= Q(issuer_id=actor.post.unit_id)
    return Directive.objects.filter(seen).exclude(stage=Stage.DISCARDED.value).order_by("-id")


def received_by(actor: Actor) -> QuerySet[Recipient]:
    """Return what the units answered for have received, newest first, with tasks."""
    if not actor.may(Right.RECEIVE_DIRECTIVES):
        return Recipient.objects.none()
    received = Recipient.objects.filter(addressed_to(actor))
    return received.select_related("directive").prefetch_related(_TASKS).order_by("-id")


def listing(actor: Actor) -> QuerySet[Directive]:
    """
    Return the department's directives, newest first, each with how far its units have come.

    ``next_due`` is the earliest last day of a task nobody has answered yet, where there is one.
    """
    if not actor.may(Right.READ_DIRECTIVES):
        return Directive.objects.none()
    return issued_by(actor).annotate(
        sent=Count("recipients", distinct=True),
        next_due=Min(
            "recipients__tasks__last_date",
            filter=Q(recipients__tasks__answered_at=None, recipients__tasks__ended_how=""),
        ),
        acknowledged=Count(
            "recipients", filter=Q(recipients__acknowledged_at__isnull=False), distinct=True
        ),
    )


def board(actor: Actor, directive_id: int) -> QuerySet[Recipient]:
    """
    Return the recipients of a directive with their tasks, ordered by id: one row per unit.

    A directive that is unknown or not the actor's gives no row.
    """
    if not actor.may(Right.READ_DIRECTIVES):
        return Recipient.objects.none()
    rows = Recipient.objects.filter(
        directive_id=directive_id, directive__issuer_id=actor.post.unit_id
    )
    return rows.select_related("directive").prefetch_related(_TASKS).order_by("id")


def open_tasks(actor: Actor) -> QuerySet[Task]:
    """Return the tasks asked of units answered for and open still, the most pressing first."""
    if not actor.may(Right.RECEIVE_DIRECTIVES):
        return Task.objects.none()
    tasks = Task.objects.filter(addressed_to(actor, "recipient__"), answered_at=None, ended_how="")
    return tasks.select_related("recipient__directive").order_by("last_date", "id")


_TASKS = Prefetch("tasks", queryset=Task.objects.order_by("school_year", "position", "id"))


@dataclass(frozen=True, slots=True)
class Late:
    """A directive some units have not answered in time."""

    directive: Directive
    units: int
    #: The earliest last day that has passed.
    last: date


def late_tasks(actor: Actor, today: date) -> list[Late]:
    """Return the actor's directives with tasks past their last day, the oldest lateness first."""
    if not actor.may(Right.READ_DIRECTIVES):
        return []
    missed = Q(
        recipients__tasks__answered_at=None,
        recipients__tasks__ended_how="",
        recipients__tasks__last_date__lt=today,
    )
    found = (
        issued_by(actor)
        .filter(missed)
        .annotate(
            late_units=Count("recipients", filter=missed, distinct=True),
            late_since=Min("recipients__tasks__last_date", filter=missed),
        )
        .order_by("late_since", "id")
    )
    return [Late(directive, directive.late_units, directive.late_since) for directive in found]


@dataclass(frozen=True, slots=True)
class Unacknowledged:
    """An issued directive some units have not acknowledged."""

    directive: Directive
    units: int
    issued: date


def unacknowledged(actor: Actor) -> list[Unacknowledged]:
    """Return the actor's issued directives that units have not acknowledged, the oldest first."""
    if not actor.may(Right.READ_DIRECTIVES):
        return []
    silent = Q(recipients__acknowledged_at=None, recipients__isnull=False)
    found = (
        issued_by(actor)
        .filter(silent, status="issued", issued_date__isnull=False, ended_how="")
        .annotate(silent_units=Count("recipients", filter=silent, distinct=True))
        .order_by("issued_date", "id")
    )
    return [
        Unacknowledged(directive, directive.silent_units, directive.issued_date)
        for directive in found
        if directive.issued_date is not None
    ]
