"""Reads of the room of oversight: what may be opened, what runs, what a school is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from donghanh.amendments import queries as amendments
from donghanh.domain import authority
from donghanh.domain.authority import Actor, Capacity
from donghanh.domain.rights import Right, Role
from donghanh.domain.timeline import NotInForce
from donghanh.history import queries as chain
from donghanh.history.models import Event, Head, Verification
from donghanh.organisation import queries as organisation
from donghanh.organisation import texts as offices
from donghanh.organisation.models import Opening
from donghanh.organisation.queries import UnitFacts
from donghanh.oversight import texts

#: The rule that says for how many hours an opening is good.
HOURS = "emergency.hours"
#: How many past openings a page shows.
_SHOWN = 50
#: How many lines of history a page reads to verify them: what a request has the time for.
LAST_LINES = 2000
#: How many lines of history a page shows: few enough to be read on a telephone.
_LINES = 20


@dataclass(frozen=True, slots=True)
class Line:
    """
    One opening as a page shows it.

    ``ended`` is the instant it ended or will end; ``running``: it has not come yet.
    """

    id: int
    who: str
    office: str
    school: str
    dossier: int | None
    reason: str
    opened: datetime
    ended: datetime
    running: bool
    seen: bool


@dataclass(frozen=True, slots=True)
class Page:
    """The page of who opens: the schools there are, what runs, what was opened before."""

    schools: tuple[UnitFacts, ...]
    hours: int
    running: Line | None
    past: tuple[Line, ...]


def openable(actor: Actor, on: date) -> tuple[UnitFacts, ...]:
    """
    Return the schools whose dossiers an actor may open on a day, by name.

    Raises:
        NotAllowed: The post opens nothing.
    """
    authority.require(actor, Right.OPEN_EMERGENCY)
    found = organisation.known_as(organisation.schools_in_tree(actor.post.unit_id, on), on)
    return tuple(sorted(found.values(), key=lambda unit: unit.order))


def hours(on: date) -> int:
    """
    Return for how many hours an opening is good on a day.

    Raises:
        NotInForce: The rulebook has no value on that day.
    """
    entry = amendments.current().find_number(HOURS, on)
    if entry is None:
        raise NotInForce(name=HOURS, day=on)
    return entry.value


def page(actor: Actor, at: datetime, today: date) -> Page:
    """
    Return the page of who opens.

    Args:
        actor: Who looks; sees the own openings alone.
        at: The instant (aware, UTC).
        today: The day (Asia/Ho_Chi_Minh).

    Raises:
        NotAllowed: The post opens nothing.
    """
    schools = openable(actor, today)
    lines = _lines(own(actor), at, today)
    return Page(
        schools=schools,
        hours=hours(today),
        running=next((line for line in lines if line.running), None),
        past=tuple(line for line in lines if not line.running),
    )


def own(actor: Actor) -> QuerySet[Opening]:
    """Return what an actor opened, in no order."""
    if not actor.may(Right.OPEN_EMERGENCY):
        return Opening.objects.none()
    return Opening.objects.filter(user_id=actor.user_id)


def heard_by(actor: Actor) -> QuerySet[Opening]:
    """Return what was opened of the schools an actor answers for, in no order."""
    if not actor.may(Right.HEAR_EMERGENCIES):
        return Opening.objects.none()
    return Opening.objects.filter(school_id__in=actor.schools)


def notices(actor: Actor, at: datetime, today: date) -> tuple[Line, ...]:
    """
    Return what was opened of the own school, newest first: who, why, until when.

    Raises:
        NotAllowed: The post hears of no openings.
    """
    authority.require(actor, Right.HEAR_EMERGENCIES)
    return _lines(heard_by(actor), at, today)


def _lines(openings: QuerySet[Opening], at: datetime, today: date) -> tuple[Line, ...]:
    """Return openings as lines, newest first, in a fixed number of statements."""
    found = list(openings.select_related("user", "post").order_by("-opened_at", "-id")[:_SHOWN])
    ids = {one.school_id for one in found} | {one.post.unit_id for one in found}
    names = {key: unit.name for key, unit in organisation.known_as(ids, today).items()}
    return tuple(
        Line(
            id=one.pk,
            who=one.user.name,
            office=names.get(one.post.unit_id, ""),
            school=names.get(one.school_id, ""),
            dossier=one.dossier_number,
            reason=one.reason,
            opened=one.opened_at,
            ended=one.ended_at or one.until,
            running=one.ended_at is None and one.until > at,
            seen=one.seen_at is not None,
        )
        for one in found
    )


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One line of history as an auditor reads it: a pupil is never named."""

    id: int
    at: datetime
    who: str
    office: str
    action: str
    subject: str


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """
    Lines of history, newest first; ``older`` is what to ask for the ones before them.

    ``newer`` tells that these are not the newest. ``last`` is what the last reading of the whole
    chain showed, and ``fresh`` how many lines were linked since. ``at_once`` are verified at most.
    """

    lines: tuple[HistoryLine, ...]
    older: int | None
    newer: bool
    length: int
    last: Verification | None
    fresh: int
    at_once: int = LAST_LINES


def history_page(actor: Actor, before: int | None = None) -> HistoryPage:
    """
    Return a page of history, newest first, in a fixed number of statements.

    Args:
        actor: Who reads.
        before: Only lines with a lower number; the newest where it is ``None``.

    Raises:
        NotAllowed: The post does not read history.
    """
    authority.require(actor, Right.READ_HISTORY)
    events = Event.objects.select_related("actor").order_by("-id")
    if before is not None:
        events = events.filter(pk__lt=before)
    found = list(events[: _LINES + 1])
    shown = found[:_LINES]
    head = Head.objects.filter(pk=1).first()
    length = head.position if head else 0
    last = chain.last_verification()
    return HistoryPage(
        lines=tuple(_line(event) for event in shown),
        older=shown[-1].pk if len(found) > _LINES else None,
        newer=before is not None,
        length=length,
        last=last,
        fresh=length - (last.lines if last else 0),
    )


def _line(event: Event) -> HistoryLine:
    """Return a line with the person, role and unit; of a pupil the role and unit alone."""
    known = event.actor is not None and event.role in set(Role)
    office = str(offices.ROLES[Role(event.role)]) if known else ""
    if event.role == Capacity.HOLDER:
        office = str(offices.OWN_NAME)
    if event.role == Capacity.LINK:
        office = texts.by_link()
    named = event.actor is not None and event.role not in {Role.PUPIL, Capacity.LINK}
    return HistoryLine(
        id=event.pk,
        at=event.at,
        who=event.actor.name if named and event.actor else office or texts.nobody(),
        office=" · ".join(part for part in (office if named else "", event.unit_code) if part),
        action=texts.action(event.action),
        subject=texts.subject(event.subject, event.subject_id),
    )
