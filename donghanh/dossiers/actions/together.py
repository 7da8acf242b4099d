"""Records acts of several dossiers that stand or fall together: what one meeting decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from donghanh.domain import authority
from donghanh.domain.authority import Actor
from donghanh.domain.errors import RuleError
from donghanh.domain.procedure import Judgement
from donghanh.domain.rights import Right
from donghanh.dossiers import queries
from donghanh.dossiers.actions.acts import NewAct, store
from donghanh.dossiers.actions.refusals import ChangedMeanwhile, ItemRefused
from donghanh.dossiers.actions.standings import tell
from donghanh.dossiers.models import Dossier


@dataclass(frozen=True, slots=True)
class Entry:
    """
    One act of one dossier, and ``acts_recorded`` as the actor had it before the eyes.

    ``decided`` tells whether the body that met decided for the pupil's cell on that day; ``None``:
    as the actor's own does today.
    """

    dossier_id: int
    seen: int
    new: NewAct
    decided: bool | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of an entry: the act's number in its dossier, and what the rules said of it."""

    number: int
    judgement: Judgement


@transaction.atomic
def record_acts(
    *, actor: Actor, entries: Sequence[Entry], at: datetime, today: date
) -> dict[int, Recorded]:
    """
    Record one act in each of several dossiers, in the order given, or none of them.

    The dossiers are locked in the order of their numbers, and their roads fetched in a number of
    statements that does not grow. Each act leaves its own line of history.

    Args:
        actor: Who records; must act for the body that does each step.
        entries: At most one for each dossier.
        at: The instant (aware, UTC).
        today: The day of recording (Asia/Ho_Chi_Minh).

    Returns:
        What was recorded, by dossier; a dossier the actor does not see, or no longer sees, is left
        out without a word.

    Raises:
        NotAllowed: A school is out of the actor's reach.
        ItemRefused: The rules refuse one of the acts, or its dossier was changed meanwhile.
    """
    locked = _locked(actor, [entry.dossier_id for entry in entries])
    roads = {walk.dossier.pk: walk for walk in queries.walks_among(actor, locked, today)}
    found: dict[int, Recorded] = {}
    told: list[queries.Walk] = []
    for entry in entries:
        walk = roads.get(entry.dossier_id)
        if walk is None:
            continue
        authority.require(actor, Right.RECORD_ACTS, school_id=walk.dossier.school_id)
        try:
            if walk.dossier.acts_recorded != entry.seen:
                raise ChangedMeanwhile
            stored = store(actor, walk, entry.new, at, entry.decided)
        except RuleError as error:
            raise ItemRefused(dossier=entry.dossier_id, cause=error) from error
        found[entry.dossier_id] = Recorded(walk.dossier.acts_recorded, stored.judgement)
        told.append(stored.walk)
    tell(told)
    return found


def _locked(actor: Actor, dossier_ids: Sequence[int]) -> list[int]:
    """Lock those of some dossiers that an actor sees, always in the same order."""
    chosen: list[Dossier] = list(
        queries.visible_to(actor)
        .select_for_update(of=("self",))
        .filter(pk__in=dossier_ids)
        .order_by("id")
    )
    return [dossier.pk for dossier in chosen]
