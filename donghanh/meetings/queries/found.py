"""Which meetings there are, whose they are, and whether a body was the right one on its day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from donghanh.domain import authority
from donghanh.domain.authority import Actor
from donghanh.domain.matrix import Position, Why, recording
from donghanh.domain.procedure import Step
from donghanh.domain.rights import Right
from donghanh.domain.rules import Rulebook
from donghanh.domain.sitting import LEFT_OUT, NOMINATION, ROLE_OF, Attendance, Body, bodies_of
from donghanh.domain.sitting import decides as decided_by
from donghanh.domain.structure import UnitKind
from donghanh.domain.voting import COUNTS, Exclusion, Tally
from donghanh.dossiers.queries import Walk
from donghanh.meetings.models import AgendaItem, Meeting
from donghanh.organisation import queries as organisation

_ABOVE_SCHOOLS = Body.COMMITTEE


@dataclass(frozen=True, slots=True)
class Competence:
    """How far a body reached on the day of a meeting: the schools, and those it decides for."""

    body: Body
    schools: frozenset[int]
    decides_for: frozenset[int]

    def holds(self, walk: Walk, step: Step) -> bool:
        """Tell whether the body was the one that decides a step of a dossier on that day."""
        school = walk.dossier.school_id
        if school not in self.schools:
            return False
        scopes = walk.road.case.at(walk.today).scopes
        position = Position(ROLE_OF[self.body], school in self.decides_for)
        found = recording(walk.book, position, step, None, scopes, walk.branches)
        return found is Why.OWN_WORK


def visible_to(actor: Actor) -> QuerySet[Meeting]:
    """
    Return the meetings an actor may see, in no order: those of the body acted for.

    A cell's secretary sees the cell's, the school's Union its own and those of the chapters, a
    committee the own ones; nobody else sees any. What a unit carried on is seen by who carries it.
    """
    if not actor.may(Right.RECORD_ACTS):
        return Meeting.objects.none()
    own = Meeting.objects.filter(
        body__in=[body.value for body in bodies_of(actor.post.role)], cancelled_at=None
    )
    return own.filter(Q(school=None, unit_id__in=actor.units) | Q(school_id__in=actor.schools))


def ended(meeting: Meeting) -> date | None:
    """Return since when the body is no more, where that is so on the day of its own meeting."""
    return organisation.ended(meeting.unit_id, meeting.on_date)


def bodies(actor: Actor) -> tuple[Body, ...]:
    """
    Return the bodies an actor holds meetings of.

    Raises:
        NotAllowed: The post records no acts.
    """
    authority.require(actor, Right.RECORD_ACTS)
    return bodies_of(actor.post.role)


def school_of(actor: Actor, body: Body) -> int | None:
    """
    Return the school a body works at; ``None`` of a committee above schools.

    Raises:
        NotAllowed: The post reaches no single school.
    """
    if body is _ABOVE_SCHOOLS:
        return None
    if len(actor.schools) != 1:
        raise authority.NotAllowed(right=Right.RECORD_ACTS.value, role=actor.post.role.value)
    return min(actor.schools)


def competence(unit_id: int, body: Body, on: date) -> Competence:
    """Return how far a body reached on a day, whoever acts for it today."""
    schools, decides_for = organisation.reached(ROLE_OF[body], unit_id, on)
    return Competence(body, schools, decides_for)


def reasons(book: Rulebook, body: Body, on: date) -> tuple[Exclusion, ...]:
    """Return why members of a body may be left out of a vote's base on a day, by the rules."""
    names = {rule.threshold for rule in book.steps() if rule.step in decided_by(book, body)}
    if body is Body.CLASS_CHAPTER:
        names = {NOMINATION}
    known: set[str] = set()
    for name in names:
        if f"{name}.excludes" in book.contents.heads:
            entry = book.find_reasons(f"{name}.excludes", on)
            known |= set() if entry is None else set(entry.value)
    return tuple(reason for reason in Exclusion if reason.value in known)


def attendance_of(meeting: Meeting) -> Attendance | None:
    """Return who was there, once it was told."""
    if meeting.official is None or meeting.convened is None or meeting.present is None:
        return None
    return Attendance(
        official=meeting.official,
        convened=meeting.convened,
        present=meeting.present,
        excluded=meeting.excluded,
        excluded_by=told_reasons(meeting.excluded_by),
    )


def told_reasons(kept: dict[str, int]) -> tuple[tuple[Exclusion, int], ...]:
    """Return how many were left out for each reason, as the rules read it."""
    return tuple((reason, kept[reason.value]) for reason in Exclusion if kept.get(reason.value))


def kept_counts(tally: Tally | None) -> dict[str, Any]:
    """Return what an item keeps of a vote."""
    if tally is None:
        return {}
    counts: dict[str, Any] = {name: getattr(tally, name) for name in COUNTS}
    return counts | {"excluded_by": {one.value: n for one, n in tally.excluded_by if n}}


def tally_of(counts: dict[str, Any]) -> Tally | None:
    """Return a vote as an item kept it."""
    if not counts:
        return None
    numbers = {name: int(counts[name]) for name in COUNTS}
    return Tally(**numbers, excluded_by=told_reasons(counts["excluded_by"]))


def fields_of(there: Attendance | None, reasons: Iterable[Exclusion]) -> dict[str, str]:
    """Return what the fields of attendance begin with: noughts where nothing was told yet."""
    blank = {LEFT_OUT % reason.value: "0" for reason in reasons} | {"excluded": "0"}
    return blank | ({} if there is None else there.typed())


def items_of(meeting: Meeting) -> QuerySet[AgendaItem]:
    """
    Return what is on an agenda, in its order.

    Who stopped is not there: the database itself shows no item of a pupil nobody may see.
    """
    return meeting.items.order_by("position", "id")


def unit_for(actor: Actor, body: Body, on: date) -> int:
    """
    Return the unit that meets: the post's own, and of a merged body the one at work on the day.

    Raises:
        NotAllowed: There was no such body at the school on that day.
    """
    kinds = {Body.CELL: UnitKind.CELL}
    school = school_of(actor, body)
    known = organisation.facts_of([actor.post.unit_id], on)
    if actor.post.unit_id in known or school is None:
        return actor.post.unit_id
    found = organisation.hosted_at(school, kinds.get(body, UnitKind.SCHOOL_UNION), on)
    if found is None:
        raise authority.NotAllowed(right=Right.RECORD_ACTS.value, role=actor.post.role.value)
    return found
