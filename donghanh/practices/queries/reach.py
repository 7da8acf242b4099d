"""Which practices somebody sees, whose they are, and who looks at them."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from donghanh.domain.authority import Actor, NotAllowed
from donghanh.domain.practising import Challenge, Stage, Telling
from donghanh.domain.rights import Right, Role
from donghanh.domain.structure import Line
from donghanh.organisation import queries as organisation
from donghanh.practices.models import Practice

#: Who acts for a body that works at a school.
_AT_SCHOOLS = frozenset({Role.SECRETARY, Role.UNION})


def visible_to(actor: Actor) -> QuerySet[Practice]:
    """
    Return the practices somebody sees.

    What is, or was, in force everybody who reads practices sees; what is proposed and not
    recognised, the own unit and school, and the body that looks at it.
    """
    if not actor.may(Right.READ_PRACTICES):
        return Practice.objects.none()
    own = Q(unit_id__in=actor.units) | Q(judge_id__in=actor.units)
    if actor.post.role in _AT_SCHOOLS:
        own |= Q(house_id__in=actor.schools)
    return Practice.objects.filter(Q(began_date__isnull=False) | own)


def house_of(actor: Actor) -> int:
    """
    Return whose a practice of an actor counts for: the school the body works at, or the unit.

    Raises:
        NotAllowed: The body works at several schools, or at none, so it is nobody's.
    """
    if actor.post.role not in _AT_SCHOOLS:
        return actor.post.unit_id
    if len(actor.schools) != 1:
        raise NotAllowed(right=Right.PROPOSE_PRACTICES.value, role=actor.post.role.value)
    return next(iter(actor.schools))


def judge_of(actor: Actor, on: date) -> int | None:
    """Return the unit that looks at what an actor proposes on a day; ``None``: nobody does."""
    match actor.post.role:
        case Role.SECRETARY:
            return organisation.parent_of(house_of(actor), Line.EDUCATION, on)
        case Role.UNION | Role.UPPER_UNION:
            return organisation.parent_of(actor.post.unit_id, Line.UNION, on)
        case _:
            return None


def owns(actor: Actor, practice: Practice) -> bool:
    """Tell whether an actor writes in a practice: it was told by the own unit."""
    return actor.may(Right.PROPOSE_PRACTICES) and practice.unit_id in actor.units


def judges(actor: Actor, practice: Practice) -> bool:
    """Tell whether an actor looks at a practice: of a unit above, and never of the own."""
    return (
        actor.may(Right.RECOGNISE_PRACTICES)
        and practice.judge_id in actor.units
        and practice.unit_id not in actor.units
    )


def reads_exactly(actor: Actor, house_id: int, judge_id: int | None) -> bool:
    """Tell whether somebody reads small numbers of a house: its own people and who is above."""
    return house_id in actor.units | actor.schools or judge_id in actor.units


def telling_of(practice: Practice) -> Telling:
    """Return what a practice is told as."""
    return Telling(
        title=practice.title,
        aim=practice.aim,
        for_whom=practice.for_whom,
        steps=tuple(practice.steps),
        challenges=tuple(
            Challenge(**{**one, "steps": tuple(one["steps"])}) for one in practice.challenges
        ),
        roles=practice.roles,
        cost=practice.cost,
        watch_for=practice.watch_for,
    )


def in_use_at(house_id: int, line: str) -> bool:
    """Tell whether a house has a practice of a line in hand."""
    found = Practice.objects.filter(house_id=house_id, line=line)
    return found.exclude(stage=Stage.WITHDRAWN.value).exists()
