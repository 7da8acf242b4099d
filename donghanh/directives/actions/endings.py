"""Directives that ask no more: recalled, or superseded by another."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from donghanh.directives import queries
from donghanh.directives.actions import duties
from donghanh.directives.models import Directive
from donghanh.domain import authority, drafting, numbering
from donghanh.domain.authority import Actor
from donghanh.domain.drafting import Ending
from donghanh.domain.rights import Right
from donghanh.history import actions as history

#: What the history says of each ending.
_ACTIONS = {
    Ending.RECALLED: "directives.recalled",
    Ending.SUPERSEDED: "directives.superseded",
}


@transaction.atomic
def recall_directive(
    *, actor: Actor, directive_id: int, reason: str, at: datetime, on: date
) -> Directive:
    """
    Recall an issued directive: what is open ends, answers stay, every unit is told.

    Args:
        actor: Who recalls, for the unit that issued it.
        directive_id: An issued directive of that unit.
        reason: Why; the units read it.
        at: The instant (aware, UTC).
        on: The day (Asia/Ho_Chi_Minh).

    Raises:
        NotAllowed: The post does not issue directives.
        Directive.DoesNotExist: Unknown, a draft, or another unit's.
        NoReason: No reason is given.
        EndedBefore: It asks no more already.
    """
    authority.require(actor, Right.ISSUE_DIRECTIVES)
    own = queries.issued_by(actor).select_for_update(of=("self",))
    directive = own.get(pk=directive_id, status="issued")
    if directive.ended_how:
        raise drafting.EndedBefore(how=directive.ended_how)
    if not reason.strip():
        raise numbering.NoReason
    return end(actor, directive, Ending.RECALLED, reason.strip(), at, on)


def end(
    actor: Actor,
    directive: Directive,
    how: Ending,
    reason: str,
    at: datetime,
    on: date,
    *,
    tasks: bool = True,
) -> Directive:
    """
    Let a directive ask no more; inside the caller's transaction, which has locked it.

    Args:
        actor: Who does it.
        directive: An issued one.
        how: Recalled or superseded.
        reason: Why; empty where the one in its place says it.
        at: The instant (aware, UTC).
        on: The day (Asia/Ho_Chi_Minh).
        tasks: Whether its open duties end with it.
    """
    directive.ended_how, directive.ended_at, directive.ended_date = how.value, at, on
    directive.ended_reason, directive.ended_by_id = reason, actor.user_id
    directive.save(
        update_fields=["ended_how", "ended_at", "ended_date", "ended_reason", "ended_by"]
    )
    ended = duties.end_open(directive, how, on) if tasks else 0
    history.record(
        at=at,
        actor=actor,
        action=_ACTIONS[how],
        subject="directive",
        subject_id=directive.pk,
        facts={"on": on.isoformat(), "tasks": ended},
    )
    return directive
