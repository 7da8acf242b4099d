"""Writes of the room of duplicates."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from django.db import IntegrityError, transaction

from donghanh.domain import authority
from donghanh.domain.authority import Actor
from donghanh.domain.errors import RuleError
from donghanh.domain.rights import Right
from donghanh.dossiers import actions as dossiers
from donghanh.duplicates import queries
from donghanh.duplicates.models import Decision
from donghanh.history import actions as history
from donghanh.people import actions as people
from donghanh.people import queries as records
from donghanh.people.models import Aside, Person


class Decided(RuleError):
    """Somebody has decided about these two records meanwhile, or undone it."""

    code: ClassVar[str] = "duplicates.decided"


class LeadsOthers(RuleError):
    """The record to be put aside leads another one already."""

    code: ClassVar[str] = "duplicates.leads_others"


@transaction.atomic
def see_pairs(*, actor: Actor, at: datetime, today: date) -> queries.PairsPage:
    """
    Return the pairs to be decided; whose names are shown is written down.

    Args:
        actor: Who looks.
        at: The instant (aware, UTC).
        today: The day (Asia/Ho_Chi_Minh).

    Raises:
        NotAllowed: The post does not decide about duplicates.
    """
    page = queries.pairs_page(actor, today)
    dossiers.note_list(actor=actor, at=at, where="duplicates", dossiers=(), persons=page.named)
    return page


@transaction.atomic
def join(*, actor: Actor, lead_id: int, other_id: int, at: datetime) -> None:
    """
    Say that two records are of one pupil: one leads, the other is put aside with all it holds.

    Args:
        actor: Who decides.
        lead_id: The record that leads.
        other_id: The record that is put aside.
        at: The instant (aware, UTC).

    Raises:
        NotAllowed: The post does not decide about duplicates.
        Person.DoesNotExist: One of them is not visible to the actor.
        Decided: It was decided meanwhile, or they are no pair.
        LeadsOthers: The other one leads a third.
    """
    lead, other = _both(actor, lead_id, other_id)
    if Aside.objects.filter(lead=other).exists():
        raise LeadsOthers
    _keep(actor, lead, other, at, same=True)
    people.put_aside(other, lead)
    _note(actor, "duplicates.put_aside", lead.pk, other.pk, at)


@transaction.atomic
def tell_apart(*, actor: Actor, lead_id: int, other_id: int, at: datetime) -> None:
    """
    Say that two records are of two pupils: they are not shown as a pair any more.

    Raises:
        NotAllowed: The post does not decide about duplicates.
        Person.DoesNotExist: One of them is not visible to the actor.
        Decided: It was decided meanwhile, or they are no pair.
    """
    lead, other = _both(actor, lead_id, other_id)
    _keep(actor, lead, other, at, same=False)
    _note(actor, "duplicates.told_apart", lead.pk, other.pk, at)


@transaction.atomic
def undo(*, actor: Actor, decision_id: int, at: datetime) -> None:
    """
    Undo a decision: everything is as before it.

    Raises:
        NotAllowed: The post does not decide about duplicates.
        Decision.DoesNotExist: Unknown, undone, or about records not visible to the actor.
        Decided: Somebody undid it at the same time.
    """
    decision = queries.standing(actor).get(pk=decision_id)
    still = Decision.objects.filter(pk=decision.pk, undone_at=None)
    if still.update(undone_at=at, undone_by=actor.user_id) != 1:
        raise Decided
    if decision.same:
        people.bring_back(decision.other_id, decision.lead_id)
    _note(actor, "duplicates.undone", decision.lead_id, decision.other_id, at)


def _both(actor: Actor, lead_id: int, other_id: int) -> tuple[Person, Person]:
    """Return two records locked in one order, if they are a pair in the actor's sight."""
    authority.require(actor, Right.DECIDE_DUPLICATES)
    seen = records.visible_to(actor).filter(pk__in=[lead_id, other_id])
    found = {one.pk: one for one in seen.order_by("pk").select_for_update(of=("self",))}
    if len(found) != len({lead_id, other_id}) or lead_id == other_id:
        raise Person.DoesNotExist
    if tuple(sorted(found)) not in set(queries.pairs(actor)):
        raise Decided
    return found[lead_id], found[other_id]


def _keep(actor: Actor, lead: Person, other: Person, at: datetime, *, same: bool) -> None:
    try:
        with transaction.atomic():
            Decision.objects.create(
                lead=lead, other=other, same=same, decided_at=at, decided_by_id=actor.user_id
            )
    except IntegrityError as error:
        raise Decided from error


def _note(actor: Actor, action: str, lead_id: int, other_id: int, at: datetime) -> None:
    history.record(
        at=at,
        actor=actor,
        action=action,
        subject="person",
        subject_id=lead_id,
        facts={"other": other_id},
    )
