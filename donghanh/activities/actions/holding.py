"""Plans activities, changes them, says how many took part, calls them off, opens checking in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction
from django.db.models import QuerySet

from donghanh.activities import queries
from donghanh.activities.actions.refusals import ChangedMeanwhile, SchoolMissing
from donghanh.activities.actions.writing import locked, record
from donghanh.activities.models import Activity
from donghanh.amendments import queries as amendments
from donghanh.domain import activities, authority, names
from donghanh.domain.accompanying import written
from donghanh.domain.activities import Hours
from donghanh.domain.authority import Actor
from donghanh.domain.rights import Right
from donghanh.lib import clock


@dataclass(frozen=True, slots=True)
class Plan:
    """What a unit says of an activity; the hours are of the clock of Asia/Ho_Chi_Minh."""

    kind: str
    title: str
    hours: Hours
    place: str
    audience: str
    plan: str = ""


@transaction.atomic
def plan_activity(
    *,
    actor: Actor,
    plan: Plan,
    once: str,
    at: datetime,
    stated: int | None = None,
    school_id: int | None = None,
) -> Activity:
    """
    Plan an activity of the own unit, or keep one that was held, with how many took part.

    Args:
        actor: Who holds it.
        plan: What it is.
        once: What the form calls itself; sent twice, it is kept once.
        at: The instant (aware, UTC).
        stated: How many took part; ``None`` while it is still to come.
        school_id: Which school, where the actor's cell or Union works at several.

    Raises:
        NotAllowed: The post holds none, or not at this school.
        SchoolMissing: The post reaches several schools and none is chosen.
        KindUnknown, DayOutside, EndsBeforeItBegins: See ``domain.activities``.
        NumberMissing, NumberTooEarly, NumberOutside: See ``domain.activities.number``.
        TextMissing, TextTooLong: See ``domain.accompanying``.
    """
    now = queries.local(at)
    school = _school(actor, school_id, at)
    fields = _fields(plan, at)
    over = plan.hours.on < now.date()
    turns = None
    if stated is not None or over:
        turns = activities.number(plan.hours, stated, 0, now)
    held = {} if turns is None else {"turns": turns, "held_at": at}
    made, new = Activity.objects.get_or_create(
        unit_id=actor.post.unit_id,
        once=once,
        defaults={
            **fields,
            **held,
            "school_id": school,
            "planned_at": at,
            "planned_by_id": actor.user_id,
        },
    )
    if new:
        facts = {"kind": plan.kind, "on": plan.hours.on.isoformat(), "turns": turns}
        record(actor, at, "activities.planned", made.pk, facts)
    return made


def _school(actor: Actor, chosen: int | None, at: datetime) -> int | None:
    """Return the school an activity of an actor counts for; none for a body above schools."""
    known = [one for one, _name in queries.holding_schools(actor, queries.local(at).date())]
    if chosen is not None and chosen not in known:
        raise authority.NotAllowed(right=Right.HOLD_ACTIVITIES.value, role=actor.post.role.value)
    if len(known) > 1 and chosen is None:
        raise SchoolMissing
    return chosen or next(iter(known), None)


def _fields(plan: Plan, at: datetime) -> dict[str, object]:
    """Return what is kept of a plan, checked."""
    today = queries.local(at).date()
    activities.kind_on(plan.kind, today)
    activities.check_hours(plan.hours, today)
    title = written(plan.title, activities.LONGEST_LINE)
    place = written(plan.place, activities.LONGEST_LINE)
    return {
        "kind": plan.kind,
        "title": title,
        "place": place,
        "search_key": f"{names.search_key(title)} {names.search_key(place)}",
        "on_date": plan.hours.on,
        "begins": plan.hours.begins,
        "ends": plan.hours.ends,
        "audience": written(plan.audience, activities.LONGEST_LINE),
        "plan": written(plan.plan, activities.LONGEST_PLAN) if plan.plan.strip() else "",
        "school_year": amendments.current().school_year(plan.hours.on).key,
    }


@transaction.atomic
def change_activity(*, actor: Actor, activity_id: int, plan: Plan, at: datetime) -> None:
    """
    Change what is planned while it is still to come; checking in that was open is closed.

    Raises:
        Activity.DoesNotExist: Unknown, or of another unit.
        NotAllowed: The post holds none.
        ChangedMeanwhile: It was held or called off meanwhile.
        NumberMissing: The new day has gone by.
        KindUnknown, DayOutside, EndsBeforeItBegins: See ``domain.activities``.
        TextMissing, TextTooLong: See ``domain.accompanying``.
    """
    found = locked(actor, activity_id)
    fields = _fields(plan, at)
    if plan.hours.on < queries.local(at).date():
        raise activities.NumberMissing(on=plan.hours.on)
    _open(found).update(**fields, open_since=None, open_until=None)
    facts = {"kind": plan.kind, "on": plan.hours.on.isoformat()}
    record(actor, at, "activities.changed", activity_id, facts)


@transaction.atomic
def state_number(*, actor: Actor, activity_id: int, stated: int | None, at: datetime) -> int:
    """
    Keep that an activity was held, and how many took part; said again, the number is corrected.

    Checking in closes with it.

    Args:
        actor: Who holds it.
        activity_id: The activity.
        stated: How many; ``None``: as many as checked in.
        at: The instant (aware, UTC).

    Returns:
        How many.

    Raises:
        Activity.DoesNotExist: Unknown, or of another unit.
        NotAllowed: The post holds none.
        ChangedMeanwhile: It was called off meanwhile.
        NumberMissing, NumberTooEarly, NumberOutside, FewerThanCheckedIn: See
            ``domain.activities.number``.
    """
    one = locked(actor, activity_id).get()
    if one.called_off_at is not None:
        raise ChangedMeanwhile
    hours = queries.hours_of(one)
    turns = activities.number(hours, stated, one.checked_in, queries.local(at))
    one.turns, one.held_at = turns, at
    if one.open_since is not None and one.open_until is not None and at < one.open_until:
        one.open_until = max(at, one.open_since)
    one.save(update_fields=["turns", "held_at", "open_until"])
    record(actor, at, "activities.number_stated", activity_id, {"turns": turns})
    return turns


@transaction.atomic
def call_off(*, actor: Actor, activity_id: int, reason: str, at: datetime) -> None:
    """
    Call an activity off, with a reason.

    Raises:
        Activity.DoesNotExist: Unknown, or of another unit.
        NotAllowed: The post holds none.
        ChangedMeanwhile: It was held, or called off already.
        TextMissing, TextTooLong: See ``domain.accompanying``.
    """
    found = locked(actor, activity_id)
    words = written(reason, activities.LONGEST_REASON)
    _open(found).update(called_off_at=at, reason=words, open_since=None, open_until=None)
    record(actor, at, "activities.called_off", activity_id, {})


@transaction.atomic
def open_check_in(*, actor: Actor, activity_id: int, at: datetime) -> None:
    """
    Let pupils check in until the last hour; opened again, signs of before are good no more.

    Raises:
        Activity.DoesNotExist: Unknown, or of another unit.
        NotAllowed: The post holds none.
        ChangedMeanwhile: It was held or called off.
        NotTheTime: Too early, or the activity is over.
    """
    found = locked(actor, activity_id)
    until = activities.opens_until(queries.hours_of(found.get()), queries.local(at))
    ends = until.replace(tzinfo=clock.ZONE).astimezone(UTC)
    _open(found).update(open_since=at, open_until=ends)
    record(actor, at, "activities.check_in_opened", activity_id, {})


@transaction.atomic
def close_check_in(*, actor: Actor, activity_id: int, at: datetime) -> None:
    """
    Let nobody check in any more; where it is closed, nothing changes.

    Raises:
        Activity.DoesNotExist: Unknown, or of another unit.
        NotAllowed: The post holds none.
    """
    found = locked(actor, activity_id)
    if found.filter(open_since__lte=at, open_until__gt=at).update(open_until=at):
        record(actor, at, "activities.check_in_closed", activity_id, {})


def _open(found: QuerySet[Activity]) -> QuerySet[Activity]:
    """Return it while it is neither held nor called off."""
    still = found.filter(held_at=None, called_off_at=None)
    if not still.exists():
        raise ChangedMeanwhile
    return still
