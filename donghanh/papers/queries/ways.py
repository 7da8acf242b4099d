"""Where a dossier may go from where it is, what is on its way, what was asked and not answered."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from django.db.models import Q, QuerySet

from donghanh.domain import whereabouts
from donghanh.domain.authority import Actor
from donghanh.domain.rights import Right, Role
from donghanh.domain.structure import Line, UnitKind
from donghanh.domain.succession import Lying
from donghanh.dossiers import queries as roads
from donghanh.dossiers.queries import Walk, placing
from donghanh.organisation import queries as organisation
from donghanh.organisation.queries import UnitFacts
from donghanh.papers.models import Letter, Sending
from donghanh.papers.queries.lists import papers_of


class Waits(StrEnum):
    """What a dossier waits for at a unit."""

    RECEIPT = "receipt"
    MENDING = "mending"


_CELLS = frozenset({UnitKind.CELL, UnitKind.SUB_CELL, UnitKind.JOINT_CELL})


def visible_to(actor: Actor) -> QuerySet[Sending]:
    """Return the ways of dossiers an actor may see, in no order."""
    if not actor.may(Right.READ_PAPERS):
        return Sending.objects.none()
    return Sending.objects.filter(dossier__in=roads.visible_to(actor).values("pk"))


def mark(walk: Walk) -> str:
    """Return where a dossier is as a short text by which two of them are told apart."""
    place = whereabouts.read(walk.dossier.place)
    way = "way" if place.on_the_way else "here"
    return f"{place.unit or 0}-{way}-{Sending.objects.filter(dossier=walk.dossier).count()}"


def own_unit(actor: Actor) -> int | None:
    """Return how the whereabouts name the actor's unit: ``None`` for the pupil's own cell."""
    return None if actor.post.role is Role.SECRETARY else actor.post.unit_id


def last_way(walk: Walk) -> Sending | None:
    """Return the way on which a dossier came to where it is or is on its way to, if any."""
    found = Sending.objects.filter(dossier=walk.dossier, returned_date=None)
    return found.order_by("-id").first()


def sender(actor: Actor, walk: Walk) -> int | None:
    """
    Return who a dossier goes back to from the actor's unit, as whereabouts name it.

    Who sent it there, or who has that unit's dossiers by now; ``None``: its own cell. Where that is
    the actor's own unit, it goes back further, to who sent it to the one carried on.
    """
    found = Sending.objects.filter(dossier=walk.dossier, returned_date=None).order_by("-id")
    ways = list(found)
    units = {one.from_unit_id for one in ways}
    cells = {
        one.id for one in organisation.known_as(units, walk.today).values() if one.kind in _CELLS
    }
    school = walk.dossier.school_id
    from_there = [Lying(one.from_unit_id, one.sent_date, school) for one in ways]
    now = organisation.holders(from_there, walk.today)
    for thing in from_there:
        who = now[thing] or thing.unit
        if thing.unit in cells:
            return None
        if who != actor.post.unit_id:
            return who
    return None


def ways_from(actor: Actor, walk: Walk) -> tuple[UnitFacts, ...]:
    """
    Return the units a dossier may be sent to from the actor's unit.

    From the cell: the committees above, nearest first. From a committee: the one that decides,
    where it is another, and down to the cell.
    """
    own = actor.post.unit_id
    from_cell = actor.post.role is Role.SECRETARY
    cell: int | None = own
    if not from_cell:
        cell = organisation.hosted_at(walk.dossier.school_id, UnitKind.CELL, walk.today)
    if cell is None:
        return ()
    above = organisation.parents_of(cell, (Line.PARTY, Line.COMPETENT), walk.today)
    nearest, deciding = above.get(Line.PARTY), above.get(Line.COMPETENT)
    wanted = [nearest, deciding]
    if not from_cell:
        wanted = [deciding, cell] if own == nearest else [cell]
    found = dict.fromkeys(unit for unit in wanted if unit is not None and unit != own)
    known = organisation.facts_of(found, walk.today)
    return tuple(known[unit] for unit in found if unit in known)


def lying_in(walk: Walk) -> list[dict[str, str]]:
    """Return what lies in a dossier, as a sending keeps it: number of the form, number, day."""
    return [
        {"form": one.form, "number": one.act.paper_number, "on": one.act.on.isoformat()}
        for one in papers_of(walk)
        if one.act is not None and not one.replaced
    ]


def in_motion(actor: Actor, today: date) -> dict[int, Waits]:
    """
    Return the cases in sight that wait for the actor's unit, and for what; two statements.

    Those of units that its own has taken over are among them, as of the day.
    """
    if not actor.may(Right.KEEP_PAPERS):
        return {}
    coming = Q(place__on_the_way=True)
    back = Q(place__has_key="returned", place__on_the_way=False) & ~Q(place__returned={})
    found = roads.visible_to(actor).filter(coming | back).order_by("pk")
    kept = list(found.values_list("pk", "school_id", "place"))
    waits = {}
    for number, place in placing.places(kept, today).items():
        if place.on_the_way and place.unit == actor.post.unit_id:
            waits[number] = Waits.RECEIPT
        elif place.returned and not place.on_the_way and place.unit == own_unit(actor):
            waits[number] = Waits.MENDING
    return waits


def unanswered(actor: Actor, today: date) -> QuerySet[Letter]:
    """Return the letters whose day to remind has come and that nobody answered, oldest first."""
    if not actor.may(Right.KEEP_PAPERS) or actor.post.role is not Role.SECRETARY:
        return Letter.objects.none()
    found = Letter.objects.filter(
        dossier__in=roads.visible_to(actor).values("pk"),
        answered_date=None,
        remind_date__lte=today,
    )
    return found.select_related("dossier__person").order_by("remind_date", "id")
