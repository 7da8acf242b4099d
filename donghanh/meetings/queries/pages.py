"""The list of meetings, one meeting, and what closing it would bring about."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from donghanh.amendments import queries as amendments
from donghanh.domain.authority import Actor
from donghanh.domain.sitting import Body
from donghanh.domain.voting import Exclusion
from donghanh.meetings import texts
from donghanh.meetings.models import Meeting
from donghanh.meetings.queries import found, papers, sitting
from donghanh.meetings.queries.papers import PaperLink
from donghanh.meetings.queries.sitting import Field, ItemPage, Row
from donghanh.organisation import queries as organisation


@dataclass(frozen=True, slots=True)
class Line:
    """One meeting of the list."""

    id: int
    title: str
    class_name: str
    on: date
    state: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class MeetingList:
    """The meetings of the actor's bodies: those to come or still open, then those closed."""

    ahead: tuple[Line, ...]
    closed: tuple[Line, ...]
    simulated: bool


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """
    One meeting with its agenda.

    Attributes:
        seal: What closing must find unchanged; typed anew it is another one.
        ready: Every item was dealt with or put off, none rests, and the day has come.
    """

    meeting: Meeting
    title: str
    unit: str
    rows: tuple[Row, ...]
    there: tuple[Field, ...]
    attended: bool
    progress: str
    seal: str
    ready: bool
    ahead: bool
    ended: date | None
    papers: tuple[PaperLink, ...]
    simulated: bool

    @property
    def named(self) -> list[int]:
        """Return the dossiers whose pupils are named on it."""
        return [row.walk.dossier.pk for row in self.rows]

    @property
    def first(self) -> int | None:
        """Return the first item that is still to be dealt with, or else the first."""
        going = [row for row in self.rows if not row.rests]
        wanted = [row.item.pk for row in going if row.state in {"open", "wrong"}]
        return next(iter([*wanted, *(row.item.pk for row in going)]), None)

    @property
    def resting(self) -> bool:
        """Tell whether an item is about a pupil whose work rests: that keeps it from closing."""
        return self.meeting.closed_at is None and any(row.rests for row in self.rows)


def meetings(actor: Actor, today: date) -> MeetingList:
    """
    Return the meetings of the bodies an actor acts for; nobody is named.

    Raises:
        NotAllowed: The post holds no meetings.
    """
    found.bodies(actor)
    rows = list(found.visible_to(actor).order_by("-on_date", "-id")[:400])
    names = _carried_names(actor, rows)
    return MeetingList(
        ahead=tuple(_line(row, today, names) for row in reversed(rows) if row.closed_at is None),
        closed=tuple(_line(row, today, names) for row in rows if row.closed_at is not None),
        simulated=any(row.simulated for row in rows),
    )


def _carried_names(actor: Actor, rows: Sequence[Meeting]) -> dict[int, str]:
    """Return the names, as they were last, of the committees whose meetings the own carries on."""
    others = {row.unit_id for row in rows if row.school_id is None} - {actor.post.unit_id}
    if not others:
        return {}
    return {unit: known.name for unit, known in organisation.known_as(others, date.max).items()}


def _line(meeting: Meeting, today: date, names: Mapping[int, str]) -> Line:
    if meeting.closed_at is not None:
        state = "done"
    elif meeting.on_date < today:
        state = "late"
    else:
        state = "near" if meeting.on_date == today else "waiting"
    note = names.get(meeting.unit_id, "") if meeting.school_id is None else ""
    return Line(meeting.pk, title_of(meeting), meeting.class_name, meeting.on_date, state, note)


def title_of(meeting: Meeting) -> str:
    """Return what a meeting is called."""
    return str(texts.BODIES[Body(meeting.body)])


def meeting_page(actor: Actor, meeting: Meeting, today: date) -> MeetingPage:
    """Return one meeting as it stands, in a number of statements that does not grow."""
    rows = sitting.rows(actor, meeting, today)
    why = found.reasons(amendments.current(), Body(meeting.body), meeting.on_date)
    there = found.attendance_of(meeting)
    names = ("official", *sitting.left_out(why), "convened", "present")
    typed = found.fields_of(there, why)
    settled = {"ready", "deferred"}
    return MeetingPage(
        meeting=meeting,
        title=title_of(meeting),
        unit=papers.unit_name(meeting),
        rows=tuple(rows),
        there=tuple(Field(name, sitting.label_of(name), typed.get(name, "")) for name in names),
        attended=there is not None,
        progress=sitting.progress(rows),
        seal=seal_of(meeting, rows),
        ready=bool(rows) and all(row.state in settled and not row.rests for row in rows),
        ahead=meeting.on_date > today,
        ended=None if meeting.closed_at is not None else found.ended(meeting),
        papers=papers.links(meeting, rows) if meeting.closed_at is not None else (),
        simulated=meeting.simulated,
    )


def seal_of(meeting: Meeting, rows: Sequence[Row]) -> str:
    """Return a short mark of all that closing rests on: attendance, drafts, and the roads."""
    there = found.attendance_of(meeting)
    content = [
        None if there is None else sorted(there.typed().items()),
        [
            [
                row.item.pk,
                row.walk.dossier.acts_recorded,
                _typed(row),
            ]
            for row in rows
        ],
    ]
    told = json.dumps(content, ensure_ascii=False).encode()
    return hashlib.sha256(told).hexdigest()[:32]


def _typed(row: Row) -> list[tuple[str, str]]:
    return sorted(sitting.typed_of(row.item).items())


def reasons_of(actor: Actor, meeting_id: int) -> tuple[Exclusion, ...]:
    """
    Return for what members of the body of a meeting may be left out, by the rules of its day.

    Raises:
        Meeting.DoesNotExist: Unknown, or not the actor's body's.
    """
    meeting = found.visible_to(actor).get(pk=meeting_id)
    return found.reasons(amendments.current(), Body(meeting.body), meeting.on_date)


def one_item(actor: Actor, meeting_id: int, item_id: int, today: date) -> ItemPage:
    """
    Return the page of one item of an open meeting, as it stands after something was typed.

    Raises:
        Meeting.DoesNotExist, AgendaItem.DoesNotExist: Unknown, or not visible to the actor.
    """
    meeting = found.visible_to(actor).get(pk=meeting_id, closed_at=None)
    return sitting.item_page(actor, meeting, item_id, today)
