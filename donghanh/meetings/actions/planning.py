"""Plans a meeting: its day, its agenda, who is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from donghanh.amendments import queries as amendments
from donghanh.domain import authority
from donghanh.domain.authority import Actor, NotAllowed
from donghanh.domain.procedure import Step
from donghanh.domain.rights import Right
from donghanh.domain.sitting import MOST_ITEMS, Attendance, Body, decides
from donghanh.dossiers import queries as dossiers
from donghanh.history import actions as history
from donghanh.meetings import queries
from donghanh.meetings.actions.refusals import (
    AlreadyClosed,
    BodyEnded,
    ClassUnknown,
    NotToBeDecided,
    OnItTwice,
    TooMany,
)
from donghanh.meetings.models import AgendaItem, Meeting


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMeeting:
    """A meeting as somebody plans it; ``review``: the monthly one of the cell."""

    body: Body
    on: date
    chair: str
    taker: str
    place: str = ""
    class_name: str = ""
    review: bool = False


@transaction.atomic
def plan_meeting(*, actor: Actor, new: NewMeeting, at: datetime) -> Meeting:
    """
    Plan a meeting of a body.

    Args:
        actor: Who plans; writes the meetings of the body.
        new: The meeting.
        at: The instant (aware, UTC).

    Raises:
        NotAllowed: The post writes no meetings of that body.
        NotCompetent: The body does not work at the school on that day.
        ClassUnknown: Nobody of the class is on the road.
    """
    authority.require(actor, Right.RECORD_ACTS)
    if new.body not in queries.bodies(actor):
        raise NotAllowed(right=Right.RECORD_ACTS.value, role=actor.post.role.value)
    school = queries.school_of(actor, new.body)
    unit = queries.unit_for(actor, new.body, new.on)
    if school is not None and school not in queries.competence(unit, new.body, new.on).schools:
        raise queries.NotCompetent(on=new.on)
    chapter = new.body is Body.CLASS_CHAPTER
    if chapter and new.class_name not in queries.classes(actor):
        raise ClassUnknown
    meeting = Meeting.objects.create(
        unit_id=unit,
        school_id=school,
        body=new.body.value,
        class_name=new.class_name if chapter else "",
        on_date=new.on,
        review=new.review and new.body is Body.CELL,
        place=new.place,
        chair=new.chair,
        taker=new.taker,
        planned_at=at,
        planned_by_id=actor.user_id,
        simulated=dossiers.visible_to(actor).filter(simulated=True).exists(),
    )
    note(actor, at, "meetings.planned", meeting)
    return meeting


def note(
    actor: Actor, at: datetime, done: str, meeting: Meeting, since: date | None = None
) -> None:
    """
    Write the line of a change: which body, which day, and since when it is no more where it is so.

    How many are on the agenda is not told.
    """
    facts = {"body": meeting.body, "on": meeting.on_date.isoformat()}
    if since is not None:
        facts["ended"] = since.isoformat()
    history.record(
        at=at,
        actor=actor,
        action=done,
        subject="meeting",
        subject_id=meeting.pk,
        facts=facts,
    )


def locked(actor: Actor, meeting_id: int, *, to_be_held: bool = True) -> Meeting:
    """
    Return a meeting that is still open, locked for this transaction.

    Args:
        actor: Who writes it.
        meeting_id: The meeting.
        to_be_held: It has to be one that the body could hold.

    Raises:
        Meeting.DoesNotExist: Unknown, or not the actor's body's.
        AlreadyClosed: It was closed.
        BodyEnded: The body is no more on its day.
        NotAllowed: The post records no acts, or the school is out of reach.
    """
    meeting = queries.visible_to(actor).select_for_update(of=("self",)).get(pk=meeting_id)
    authority.require(actor, Right.RECORD_ACTS, school_id=meeting.school_id)
    if meeting.closed_at is not None:
        raise AlreadyClosed
    since = queries.ended(meeting) if to_be_held else None
    if since is not None:
        raise BodyEnded(on=meeting.on_date, since=since)
    return meeting


@transaction.atomic
def add_items(
    *,
    actor: Actor,
    meeting_id: int,
    step: Step,
    dossier_ids: Sequence[int],
    at: datetime,
    today: date,
) -> int:
    """
    Put pupils on an agenda, all or none of them.

    Args:
        actor: Who plans.
        meeting_id: The meeting, still open.
        step: What is to be decided about each.
        dossier_ids: Whom.
        at: The instant (aware, UTC).
        today: The day of planning (Asia/Ho_Chi_Minh).

    Returns:
        How many were added.

    Raises:
        Meeting.DoesNotExist: Unknown, or not the actor's body's.
        AlreadyClosed: It was closed.
        NotToBeDecided: The body decides no such step, or a pupil is not in sight.
        OnItTwice: A pupil is on the agenda already.
        TooMany: The agenda would be longer than one meeting takes.
        RuleError: The rules refuse the step for one of them.
    """
    meeting = locked(actor, meeting_id)
    body, wanted = Body(meeting.body), list(dict.fromkeys(dossier_ids))
    walks = {walk.dossier.pk: walk for walk in dossiers.walks_among(actor, wanted, today)}
    if step not in decides(amendments.current(), body) or set(walks) != set(wanted):
        raise NotToBeDecided
    known = queries.competence(meeting.unit_id, body, meeting.on_date)
    for walk in walks.values():
        off_class = meeting.class_name not in {"", walk.dossier.person.class_name}
        refused = queries.refusing(walk, step, meeting.on_date, known)
        if off_class or refused is not None:
            raise refused or NotToBeDecided
    begun = AgendaItem.objects.filter(meeting=meeting)
    if begun.count() + len(wanted) > MOST_ITEMS:
        raise TooMany(most=MOST_ITEMS)
    last = max(begun.values_list("position", flat=True), default=0)
    try:
        with transaction.atomic():
            AgendaItem.objects.bulk_create(
                AgendaItem(meeting=meeting, dossier_id=one, step=step.value, position=place)
                # In Vietnamese order of names, as the roads were fetched.
                for place, one in enumerate(walks, start=last + 1)
            )
    except IntegrityError as error:
        raise OnItTwice from error
    if wanted:
        note(actor, at, "meetings.items_added", meeting)
    return len(wanted)


@transaction.atomic
def drop_item(*, actor: Actor, meeting_id: int, item_id: int, at: datetime) -> None:
    """
    Take a pupil off an agenda, with what was typed.

    Raises:
        Meeting.DoesNotExist, AgendaItem.DoesNotExist: Unknown, or not visible to the actor.
        AlreadyClosed: The meeting was closed.
    """
    meeting = locked(actor, meeting_id)
    if item_id not in queries.in_order(actor, meeting):
        raise AgendaItem.DoesNotExist
    queries.items_of(meeting).get(pk=item_id).delete()
    note(actor, at, "meetings.item_dropped", meeting)


@transaction.atomic
def tell_attendance(*, actor: Actor, meeting_id: int, there: Attendance, at: datetime) -> Meeting:
    """
    Tell who is there, once for the whole meeting: numbers, and reasons, never names.

    Raises:
        Meeting.DoesNotExist: Unknown, or not the actor's body's.
        AlreadyClosed: The meeting was closed.
        RuleError: Numbers that cannot be, see ``Tally.check``.
    """
    meeting = locked(actor, meeting_id)
    there.check()
    meeting.official, meeting.convened = there.official, there.convened
    meeting.present, meeting.excluded = there.present, there.excluded
    meeting.excluded_by = {reason.value: number for reason, number in there.excluded_by}
    meeting.save(update_fields=["official", "convened", "present", "excluded", "excluded_by"])
    note(actor, at, "meetings.attendance_told", meeting)
    return meeting


@transaction.atomic
def cancel_meeting(*, actor: Actor, meeting_id: int, at: datetime) -> None:
    """
    Cancel a meeting that was not held: its agenda goes with it.

    Where the body is no more on that day, the line of history says since when: that is why.

    Raises:
        Meeting.DoesNotExist: Unknown, or not the actor's body's.
        AlreadyClosed: The meeting was closed.
    """
    meeting = locked(actor, meeting_id, to_be_held=False)
    AgendaItem.objects.filter(meeting=meeting).delete()
    meeting.cancelled_at = at
    meeting.save(update_fields=["cancelled_at"])
    note(actor, at, "meetings.cancelled", meeting, queries.ended(meeting))
