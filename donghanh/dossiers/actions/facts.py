"""Sets the facts of a case that decide which way its road goes."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from donghanh.domain.authority import Actor, NotAllowed
from donghanh.domain.rights import Right
from donghanh.dossiers import queries
from donghanh.dossiers.actions.acts import locked
from donghanh.dossiers.actions.refusals import BranchSettled, ChangedMeanwhile, NoBaseCommittee
from donghanh.dossiers.actions.standings import keep_standings
from donghanh.dossiers.models import Dossier
from donghanh.dossiers.queries import Facts
from donghanh.history import actions as history


@transaction.atomic
def set_facts(
    *,
    actor: Actor,
    dossier_id: int,
    seen: int,
    was: str,
    facts: Facts,
    at: datetime,
    today: date,
) -> Dossier:
    """
    Set the facts of a case that decide which way its road goes, all at once.

    Args:
        actor: Who sets them; of the school's cell or a committee above it.
        dossier_id: The dossier.
        seen: ``acts_recorded`` as the actor had it before the eyes.
        was: ``Facts.mark`` as the actor had it before the eyes.
        facts: The facts as they are to be.
        at: The instant (aware, UTC).
        today: The day of recording (Asia/Ho_Chi_Minh).

    Returns:
        The dossier; nothing is written when nothing changes.

    Raises:
        Dossier.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed: The post sets no facts.
        ChangedMeanwhile: Somebody else changed the facts, or recorded an act.
        NoBaseCommittee: There is no base committee that could be delegated or divided.
        BranchSettled: A step that the fact decides has been done.
    """
    walk = locked(actor, dossier_id, seen, today)
    dossier = walk.dossier
    if not queries.may_set(actor):
        raise NotAllowed(right=Right.SET_FACTS.value, role=actor.post.role.value)
    before = queries.facts_of(dossier)
    if before.mark != was:
        raise ChangedMeanwhile
    changed = facts.changed_from(before)
    if not changed:
        return dossier
    if not dossier.base_committee and (facts.sub_committee or facts.delegated):
        raise NoBaseCommittee
    settled = queries.settled(walk)
    for name in changed:
        if name in settled:
            raise BranchSettled(fact=name, step=settled[name])
    dossier.sub_committee = facts.sub_committee
    dossier.delegated = facts.delegated
    dossier.by_members = facts.by_members
    dossier.standards = dict(facts.standards)
    dossier.save(update_fields=["sub_committee", "delegated", "by_members", "standards"])
    history.record(
        at=at,
        actor=actor,
        action="dossiers.facts_set",
        subject="dossier",
        subject_id=dossier.pk,
        facts={"facts": list(changed)},
    )
    keep_standings([dossier.pk], walk.today, walk.book)
    return dossier
