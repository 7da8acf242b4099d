"""Takes practices over, states results, withdraws, and hands challenges to accompaniment."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from donghanh.accompaniment import actions as accompaniment
from donghanh.domain import accompanying, authority, practising
from donghanh.domain.authority import Actor
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.practising import Challenge, Stage, Telling
from donghanh.domain.rights import Right
from donghanh.practices import queries
from donghanh.practices.actions.writing import changed, columns, record
from donghanh.practices.models import Practice, Result

#: What a number counts, such as "buổi"; as it is kept.
_LONGEST_MEASURE = 40


@dataclass(frozen=True, slots=True)
class Source:
    """Where a practice is taken over from: one of a unit, or one of the product's library."""

    practice_id: int | None = None
    library_key: str = ""


@transaction.atomic
def take_over(
    *,
    actor: Actor,
    source: Source,
    telling: Telling,
    changes: str,
    since: date,
    once: str,
    at: datetime,
    today: date,
) -> Practice:
    """
    Take a practice over for the own unit, changed for its own people.

    The line stays known: what it was made from, what became another, since when. Who withdraws
    the practice at the same time waits for this, or this finds it withdrawn.

    Args:
        actor: Who takes it over, for the unit of the post.
        source: Where from.
        telling: What is told of it here.
        changes: What became another, in words.
        since: Since when it is in use here.
        once: What the form calls itself; sent twice, it is taken over once.
        at: The instant (aware, UTC).
        today: The day (Asia/Ho_Chi_Minh).

    Raises:
        Practice.DoesNotExist, NotInLibrary: Unknown, or not in sight.
        NotAllowed: The post takes none over, or works at no single school.
        Withdrawn, OwnPractice, Circle, TakenAlready: See ``domain.practising.check_taking``.
        DayToCome: It is to be in use from a day on that has not come.
        TextMissing, TextTooLong, StepsMissing, TooManyChallenges, TimeOutside: See ``told``.
    """
    authority.require(actor, Right.PROPOSE_PRACTICES)
    house = queries.house_of(actor)
    known = Practice.objects.filter(unit_id=actor.post.unit_id, once=once).first()
    if known is not None:
        return known
    parent, line = _found(actor, source)
    practising.check_taking(
        house,
        () if parent is None else queries.houses_above(parent),
        holds=queries.in_use_at(house, line),
        found=None if parent is None else Stage(parent.stage),
    )
    if since > today:
        raise practising.DayToCome(on=since)
    practice = Practice(
        **columns(practising.told(telling)),
        unit_id=actor.post.unit_id,
        house_id=house,
        parent=parent,
        library_key=source.library_key,
        line=line,
        stage=Stage.IN_USE.value,
        changed=accompanying.written(changes),
        began_date=since,
        once=once,
        told_at=at,
        told_by_id=actor.user_id,
        changed_at=at,
    )
    try:
        with transaction.atomic():
            practice.save()
    except IntegrityError as quicker:
        raise practising.TakenAlready from quicker
    facts = {"parent": practice.parent_id, "library": source.library_key}
    record(actor, at, "practices.taken_over", practice, facts)
    return practice


def _found(actor: Actor, source: Source) -> tuple[Practice | None, str]:
    """Return what is taken over, held until the end, and its line."""
    if source.practice_id is None:
        shipped = queries.shipped().get(source.library_key)
        if shipped is None:
            raise practising.NotInLibrary
        return None, shipped.line
    found = queries.visible_to(actor).select_for_update()
    practice = found.get(pk=source.practice_id)
    return practice, practice.line


@transaction.atomic
def state_result(
    *,
    actor: Actor,
    practice_id: int,
    school_year: str,
    label: str,
    number: int,
    measure: str,
    persons: bool,
    at: datetime,
    today: date,
) -> Result:
    """
    State a result of the own practice in a school year; what was stated stays.

    Args:
        actor: Who states it, of the unit that tells the practice.
        practice_id: The practice.
        school_year: Such as "2026-2027".
        label: What was counted.
        number: How many; whole.
        measure: Of what, such as "buổi".
        persons: Whether pupils were counted.
        at: The instant (aware, UTC).
        today: The day (Asia/Ho_Chi_Minh).

    Raises:
        Practice.DoesNotExist: Unknown, or not the actor's own.
        NotNow: The practice is no longer in use.
        BadSchoolYear, YearToCome, ResultOutside: The year or the number cannot be.
        ResultKnown: The same was stated with another number.
        TextMissing, TextTooLong: See ``domain.accompanying``.
    """
    authority.require(actor, Right.PROPOSE_PRACTICES)
    practice = queries.visible_to(actor).get(pk=practice_id)
    if not queries.owns(actor, practice):
        raise Practice.DoesNotExist
    if practice.stage == Stage.WITHDRAWN.value:
        raise practising.NotNow
    practising.check_result(number, SchoolYear.from_key(school_year), today)
    result, made = Result.objects.get_or_create(
        practice=practice,
        school_year=school_year,
        label=accompanying.written(label, practising.LONGEST_TITLE),
        defaults={
            "number": number,
            "measure": accompanying.written(measure, _LONGEST_MEASURE),
            "persons": persons,
            "stated_at": at,
            "stated_by_id": actor.user_id,
        },
    )
    if not made and result.number != number:
        raise practising.ResultKnown(year=school_year, number=result.number)
    if made:
        record(actor, at, "practices.result_stated", practice, {"result": result.pk})
    return result


@transaction.atomic
def withdraw(
    *,
    actor: Actor,
    practice_id: int,
    seen: int,
    reason: str,
    ended: date,
    at: datetime,
    today: date,
) -> Practice:
    """
    Withdraw the own practice: nobody takes it over any more; what others took over stays theirs.

    Args:
        actor: Who withdraws it, of the unit that tells it.
        practice_id: The practice.
        seen: Its version as it was looked at.
        reason: Why.
        ended: The first day it is no longer in use.
        at: The instant (aware, UTC).
        today: The day (Asia/Ho_Chi_Minh).

    Raises:
        Practice.DoesNotExist: Unknown, or not the actor's own.
        NotNow: It is withdrawn already, or somebody was quicker.
        DayToCome, BeforeBegin: It cannot have ended on that day.
        TextMissing, TextTooLong: See ``domain.accompanying``.
    """
    authority.require(actor, Right.PROPOSE_PRACTICES)
    practice = queries.visible_to(actor).select_for_update().get(pk=practice_id)
    if not queries.owns(actor, practice):
        raise Practice.DoesNotExist
    if practice.stage == Stage.WITHDRAWN.value or practice.version != seen:
        raise practising.NotNow
    if ended > today:
        raise practising.DayToCome(on=ended)
    if practice.began_date is not None and ended < practice.began_date:
        raise practising.BeforeBegin(began=practice.began_date)
    changed(
        practice,
        at,
        stage=Stage.WITHDRAWN.value,
        ended_date=ended,
        end_reason=accompanying.written(reason, accompanying.LONGEST_LINE),
    )
    record(actor, at, "practices.withdrawn", practice, {"on": ended.isoformat()})
    return practice


@transaction.atomic
def keep_challenges(*, actor: Actor, practice_id: int, at: datetime) -> int:
    """
    Keep the challenges of a practice of the own school in its library, to be given to pupils.

    Pressed twice, each is kept once; one that was changed here meanwhile is kept as it is now.

    Args:
        actor: Who keeps them; of the school's cell or Union.
        practice_id: The practice; in force at that school.
        at: The instant (aware, UTC).

    Returns:
        How many challenges the practice has.

    Raises:
        Practice.DoesNotExist: Unknown, or not of the actor's school.
        NotAllowed: The post keeps no challenges.
        NotNow: The practice is not in force.
        NoChallenges: It has none.
    """
    authority.require(actor, Right.KEEP_MODELS)
    practice = queries.visible_to(actor).get(pk=practice_id, house_id__in=actor.schools)
    if Stage(practice.stage) not in practising.IN_FORCE:
        raise practising.NotNow
    told = queries.telling_of(practice)
    if not told.challenges:
        raise practising.NoChallenges
    for place, one in enumerate(told.challenges, start=1):
        accompaniment.keep_model(
            actor=actor,
            title=one.title,
            aim=one.aim,
            steps="\n".join(one.steps),
            evidence=one.evidence,
            days=one.days,
            origin=f"practice:{practice.pk}/{one.origin or place}",
            once=_digest(practice.pk, one),
            at=at,
        )
    return len(told.challenges)


def _digest(practice_id: int, one: Challenge) -> str:
    """Return what a challenge calls itself in the school's library: its words, so once for each."""
    words = "\n".join((one.title, one.aim, *one.steps, one.evidence, str(one.days)))
    return f"practice:{practice_id}:{hashlib.sha256(words.encode()).hexdigest()[:32]}"
