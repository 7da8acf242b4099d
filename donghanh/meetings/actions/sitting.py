"""Keeps what is typed while a meeting sits, and closes it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from donghanh.domain.authority import Actor
from donghanh.domain.procedure import Step
from donghanh.domain.sitting import LEFT_OUT, Body
from donghanh.domain.voting import COUNTS, Exclusion
from donghanh.dossiers import actions as dossiers
from donghanh.dossiers.actions import Entry, NewAct, Recorded
from donghanh.meetings import queries
from donghanh.meetings.actions.planning import locked, note
from donghanh.meetings.actions.refusals import MeetingChanged, NobodyOnIt, NotReady, NotYetHeld
from donghanh.meetings.models import AgendaItem, Draft, Meeting
from donghanh.meetings.queries import Row

#: The fields of an item, and how long one may be.
_FIELDS = frozenset(
    {
        *COUNTS,
        *(LEFT_OUT % reason.value for reason in Exclusion),
        *("agreed", "delayed", "word", "disputed", "helper", "paper_number"),
    }
)
_LONGEST = 200


@transaction.atomic
def keep_draft(
    *, actor: Actor, meeting_id: int, item_id: int, typed: Mapping[str, str], at: datetime
) -> Draft:
    """
    Keep what is being typed of an item, as it stands; the last word typed wins.

    It is no record yet, so it leaves no line of history; closing leaves one for each act.

    Args:
        actor: Who types.
        meeting_id: The meeting, still open.
        item_id: The item.
        typed: Texts by field; what is no field of an item is left away.
        at: The instant (aware, UTC).

    Raises:
        Meeting.DoesNotExist, AgendaItem.DoesNotExist: Unknown, or not visible to the actor.
        AlreadyClosed: The meeting was closed.
    """
    meeting = locked(actor, meeting_id)
    if item_id not in queries.in_order(actor, meeting):
        raise AgendaItem.DoesNotExist
    told = {
        name: text.replace("\x00", "")[:_LONGEST]
        for name, text in typed.items()
        if name in _FIELDS and text
    }
    draft, _made = Draft.objects.update_or_create(
        item_id=item_id, defaults={"typed": told, "typed_at": at, "typed_by_id": actor.user_id}
    )
    return draft


@transaction.atomic
def close_meeting(
    *, actor: Actor, meeting_id: int, seal: str, at: datetime, today: date
) -> Meeting:
    """
    Close a meeting: all it decided is recorded on the roads, in the agenda's order, or nothing.

    Whom nobody may see any more is not there: the others are recorded as if there had been no more.

    Args:
        actor: Who closes; must act for the body.
        meeting_id: The meeting.
        seal: What the closing was looked at with, see ``queries.seal_of``.
        at: The instant (aware, UTC).
        today: The day of recording (Asia/Ho_Chi_Minh).

    Raises:
        Meeting.DoesNotExist: Unknown, or not the actor's body's.
        AlreadyClosed: It was closed before; nothing is recorded twice.
        NotYetHeld: Its day has not come.
        NobodyOnIt, NotReady: There is nothing to record, or something is still open.
        MeetingChanged: Somebody typed or recorded since it was looked at.
        ItemRefused: The rules refuse one act, or its dossier was changed this moment.
    """
    meeting = locked(actor, meeting_id)
    if meeting.on_date > today:
        raise NotYetHeld(on=meeting.on_date)
    rows = queries.rows(actor, meeting, today)
    if not rows:
        raise NobodyOnIt
    if queries.seal_of(meeting, rows) != seal:
        raise MeetingChanged
    if any(row.state not in {"ready", "deferred"} for row in rows):
        raise NotReady
    recorded = dossiers.record_acts(
        actor=actor, entries=_entries(meeting, rows), at=at, today=today
    )
    _keep(meeting, rows, recorded)
    meeting.closed_at, meeting.closed_by_id = at, actor.user_id
    meeting.save(update_fields=["closed_at", "closed_by"])
    note(actor, at, "meetings.closed", meeting)
    return meeting


def _entries(meeting: Meeting, rows: list[Row]) -> list[Entry]:
    """
    Return the acts of a meeting: every vote by a share, also a failed one, and what was agreed.

    What a chapter nominates is its own outcome and no act of a road.
    """
    if meeting.body == Body.CLASS_CHAPTER.value:
        return []
    known = queries.competence(meeting.unit_id, Body(meeting.body), meeting.on_date)
    return [
        Entry(
            dossier_id=row.item.dossier_id,
            seen=row.walk.dossier.acts_recorded,
            decided=row.walk.dossier.school_id in known.decides_for,
            new=NewAct(
                step=Step(row.item.step),
                on=meeting.on_date,
                paper_number=row.said.paper_number,
                tally=row.said.tally if row.entry is not None else None,
                helper_id=row.said.helper_id,
            ),
        )
        for row in rows
        if row.said is not None and _is_act(row)
    ]


def _is_act(row: Row) -> bool:
    return row.state == "ready" and (row.entry is not None or bool(row.passed))


def _keep(meeting: Meeting, rows: list[Row], recorded: Mapping[int, Recorded]) -> None:
    """Write onto the items what became of them; an act that found no dossier leaves its open."""
    chapter = meeting.body == Body.CLASS_CHAPTER.value
    kept: list[AgendaItem] = []
    for row in rows:
        item, said = row.item, row.said
        act = recorded.get(item.dossier_id)
        if said is None or (_is_act(row) and act is None and not chapter):
            continue
        item.state = "deferred" if row.state == "deferred" else "decided"
        item.word = said.delayed
        if item.state == "decided":
            item.passed = bool(row.passed)
            item.counts = queries.kept_counts(said.tally)
            item.base, item.needed = row.base, row.needed
            item.judged_by = [] if row.entry is None else [row.entry.record()]
            item.helper_id, item.paper_number = said.helper_id, said.paper_number
            item.act_number = None if act is None else act.number
        kept.append(item)
    AgendaItem.objects.bulk_update(
        kept,
        [
            *("state", "word", "passed", "counts", "base", "needed", "judged_by"),
            *("helper", "paper_number", "act_number"),
        ],
    )
