"""Proposes a practice, mends it, looks at it, and recognises it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from donghanh.domain import accompanying, authority, practising
from donghanh.domain.authority import Actor
from donghanh.domain.practising import Stage, Telling
from donghanh.domain.rights import Right
from donghanh.practices import queries
from donghanh.practices.actions.writing import changed, columns, record
from donghanh.practices.models import Look, Practice

#: A number of a paper as it is kept.
_LONGEST_NUMBER = 80


@transaction.atomic
def propose(*, actor: Actor, telling: Telling, once: str, at: datetime, today: date) -> Practice:
    """
    Tell a practice of the own unit, and propose it to the body above.

    Args:
        actor: Who proposes, for the unit of the post.
        telling: What is told.
        once: What the form calls itself; sent twice, it is proposed once.
        at: The instant (aware, UTC).
        today: The day (Asia/Ho_Chi_Minh).

    Raises:
        NotAllowed: The post proposes no practices, or works at no single school.
        NobodyAbove: Nobody stands above who could recognise it.
        TextMissing, TextTooLong, StepsMissing, TooManyChallenges, TimeOutside: See ``told``.
    """
    authority.require(actor, Right.PROPOSE_PRACTICES)
    house, judge = queries.house_of(actor), queries.judge_of(actor, today)
    if judge is None:
        raise practising.NobodyAbove
    kept, made = Practice.objects.get_or_create(
        unit_id=actor.post.unit_id,
        once=once,
        defaults={
            **columns(practising.told(telling)),
            "house_id": house,
            "judge_id": judge,
            "line": f"{actor.post.unit_id}:{once}",
            "stage": Stage.PROPOSED.value,
            "told_at": at,
            "told_by_id": actor.user_id,
            "changed_at": at,
        },
    )
    if made:
        record(actor, at, "practices.proposed", kept, {"judge": judge})
    return kept


@transaction.atomic
def mend(
    *,
    actor: Actor,
    practice_id: int,
    seen: int,
    telling: Telling,
    changes: str = "",
    at: datetime,
) -> Practice:
    """
    Change the words of a practice: of one that was returned, or that was taken over.

    One that was returned is proposed again by it.

    Args:
        actor: Who changes it, of the unit that tells it.
        practice_id: The practice.
        seen: Its version as it was looked at.
        telling: What is told now.
        changes: What another it is than where it was taken from; for one taken over.
        at: The instant (aware, UTC).

    Raises:
        Practice.DoesNotExist: Unknown, or not the actor's own.
        NotNow: It is not open for changes, or somebody was quicker.
        TextMissing, TextTooLong, StepsMissing, TooManyChallenges, TimeOutside: See ``told``.
    """
    authority.require(actor, Right.PROPOSE_PRACTICES)
    practice = queries.visible_to(actor).get(pk=practice_id)
    if not queries.owns(actor, practice):
        raise Practice.DoesNotExist
    stage = Stage(practice.stage)
    if stage not in practising.OPEN or practice.version != seen:
        raise practising.NotNow
    told = columns(practising.told(telling))
    if stage is Stage.IN_USE:
        told["changed"] = accompanying.written(changes)
        changed(practice, at, **told)
    else:
        changed(practice, at, **told, stage=Stage.PROPOSED.value)
    record(actor, at, "practices.mended", practice, {"version": practice.version})
    return practice


@transaction.atomic
def return_practice(
    *, actor: Actor, practice_id: int, seen: int, remark: str, at: datetime
) -> Practice:
    """
    Send a practice back to who proposed it, with the remark that says why.

    Args:
        actor: Who looked at it, of the body above.
        practice_id: The practice.
        seen: Its version as it was looked at.
        remark: What should be mended.
        at: The instant (aware, UTC).

    Raises:
        Practice.DoesNotExist: Unknown, or not for the actor to look at.
        NotNow: It does not wait for a look, or somebody was quicker.
        TextMissing, TextTooLong: See ``domain.accompanying``.
    """
    practice = _looked_at(actor, practice_id, seen, practising.WAITS)
    words = accompanying.written(remark)
    changed(practice, at, stage=Stage.RETURNED.value)
    Look.objects.create(
        practice=practice,
        outcome=Stage.RETURNED.value,
        remark=words,
        unit_id=actor.post.unit_id,
        at=at,
        by_id=actor.user_id,
    )
    record(actor, at, "practices.returned", practice)
    return practice


@transaction.atomic
def recommend(
    *, actor: Actor, practice_id: int, seen: int, remark: str = "", at: datetime
) -> Practice:
    """
    Say of a practice that it was looked at and found good; the decision is still to come.

    Args:
        actor: Who looked at it, of the body above.
        practice_id: The practice.
        seen: Its version as it was looked at.
        remark: A word to it; may be empty.
        at: The instant (aware, UTC).

    Raises:
        Practice.DoesNotExist: Unknown, or not for the actor to look at.
        NotNow: It does not wait for a look, or somebody was quicker.
        TextTooLong: See ``domain.accompanying``.
    """
    practice = _looked_at(actor, practice_id, seen, {Stage.PROPOSED})
    words = accompanying.written(remark) if remark.strip() else ""
    changed(practice, at, stage=Stage.RECOMMENDED.value)
    Look.objects.create(
        practice=practice,
        outcome=Stage.RECOMMENDED.value,
        remark=words,
        unit_id=actor.post.unit_id,
        at=at,
        by_id=actor.user_id,
    )
    record(actor, at, "practices.recommended", practice)
    return practice


@transaction.atomic
def recognise(
    *,
    actor: Actor,
    practice_id: int,
    seen: int,
    paper_number: str,
    paper_date: date,
    at: datetime,
    today: date,
) -> Practice:
    """
    Keep that a practice was recognised by a decision; from its day on it is in force.

    Args:
        actor: Who keeps it, of the body above; never of the unit that proposed.
        practice_id: The practice.
        seen: Its version as it was looked at.
        paper_number: Number of the decision.
        paper_date: Its day.
        at: The instant (aware, UTC).
        today: The day (Asia/Ho_Chi_Minh).

    Raises:
        Practice.DoesNotExist: Unknown, or not for the actor to look at.
        OwnPractice: The actor's own unit proposed it.
        NotNow: It is not recommended, or somebody was quicker.
        TextMissing, TextTooLong, DayToCome: The decision lacks its number, or is of a day to come.
    """
    practice = _looked_at(actor, practice_id, seen, {Stage.RECOMMENDED})
    number = accompanying.written(paper_number, _LONGEST_NUMBER)
    if paper_date > today:
        raise practising.DayToCome(on=paper_date)
    changed(practice, at, stage=Stage.RECOGNISED.value, began_date=paper_date)
    Look.objects.create(
        practice=practice,
        outcome=Stage.RECOGNISED.value,
        paper_number=number,
        paper_date=paper_date,
        unit_id=actor.post.unit_id,
        at=at,
        by_id=actor.user_id,
    )
    record(actor, at, "practices.recognised", practice, {"on": paper_date.isoformat()})
    return practice


def _looked_at(
    actor: Actor, practice_id: int, seen: int, stages: frozenset[Stage] | set[Stage]
) -> Practice:
    """Return a practice an actor decides about, as it was looked at."""
    authority.require(actor, Right.RECOGNISE_PRACTICES)
    practice = queries.visible_to(actor).get(pk=practice_id)
    if practice.unit_id in actor.units:
        raise practising.OwnPractice
    if not queries.judges(actor, practice):
        raise Practice.DoesNotExist
    if Stage(practice.stage) not in stages or practice.version != seen:
        raise practising.NotNow
    return practice
