"""Reads of the room of reorganisation: what an operation will touch, and what is to be received."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from django.db import connection
from django.db.models import Q, QuerySet

from donghanh.directives.models import Task, UnitTarget
from donghanh.domain import succession
from donghanh.domain.acts import Step
from donghanh.domain.authority import Actor, require
from donghanh.domain.errors import RuleError
from donghanh.domain.rights import Right
from donghanh.domain.structure import Line, UnitKind
from donghanh.domain.succession import records
from donghanh.organisation import queries as organisation
from donghanh.organisation.models import Post, Unit
from donghanh.people.models import Person
from donghanh.reorganisation.models import Reorganisation, Rerouting, Touch
from donghanh.reorganisation.queries.posts import Ending, ending
from donghanh.reorganisation.queries.unfinished import Unfinished, bared, unfinished
from donghanh.reports.models import Report
from donghanh.targets.models import Target


class CodeTaken(RuleError):
    """A unit that is founded has the code of another one."""

    code: ClassVar[str] = "reorganisation.code_taken"


#: What ends a case.
ENDS = [Step.CARDED.value, Step.DELETED.value, Step.ANNULLED.value]

#: Whether the case ``dossier`` is open, in SQL that is told ``ENDS`` as ``ends``.
IS_OPEN = """
NOT EXISTS (
     SELECT 1 FROM dossiers_act AS act
      WHERE act.dossier_id = dossier.id AND act.step = ANY(%(ends)s) AND act.voids_id IS NULL
        AND NOT EXISTS (SELECT 1 FROM dossiers_act AS void WHERE void.voids_id = act.id))
"""

#: The open cases of some schools, how many in each.
_OPEN = (
    "SELECT dossier.school_id, count(*) FROM dossiers_dossier AS dossier"  # noqa: S608 - ours
    f" WHERE dossier.school_id = ANY(%(schools)s) AND {IS_OPEN} GROUP BY dossier.school_id"
)


@dataclass(frozen=True, slots=True)
class Route:
    """Where the cases of a school go along one line, and how many are open."""

    school: int
    line: str
    before: int
    after: int
    cases: int


@dataclass(frozen=True, slots=True)
class Became:
    """What a unit is before the day and from the day on; ``None``: it does not exist then."""

    unit: int
    before: succession.Version | None
    after: succession.Version | None


@dataclass(frozen=True, slots=True)
class Preview:
    """
    All an operation touches, counted; ``digest`` is what the person who agrees has seen.

    ``ending_posts`` are those that end with their unit. ``cases`` are open ones that
    go elsewhere; ``tasks`` are unanswered; ``sent_reports`` stay as they were sent for ever.
    """

    operation: succession.Operation
    plan: succession.Plan
    digest: str
    units: tuple[Became, ...]
    ties: tuple[succession.Tie, ...]
    routes: tuple[Route, ...]
    schools: tuple[int, ...]
    ending_posts: tuple[Ending, ...]
    posts: int
    people: int
    cases: int
    targets: int
    tasks: int
    open_reports: int
    sent_reports: int
    unfinished: Unfinished


def visible_to(actor: Actor) -> QuerySet[Reorganisation]:
    """Return the operations an actor may see, newest first: the keeper of the structure all."""
    if not actor.may(Right.KEEP_STRUCTURE):
        return Reorganisation.objects.none()
    return Reorganisation.objects.select_related("made_by", "undone_by").order_by("-id")


def world() -> succession.World:
    """Return all units through time, with what operations have touched."""
    return organisation.world(frozenset(Touch.objects.values_list("unit_id", "on_date")))


def to_receive(actor: Actor, today: date) -> QuerySet[Rerouting]:
    """Return the cases handed over to the actor's unit that nobody has received yet, in order."""
    if not actor.may(Right.RECORD_ACTS):
        return Rerouting.objects.none()
    mine = Q(to_unit_id=actor.post.unit_id) | Q(to_unit_id__in=actor.schools, line=Line.HOST.value)
    waiting = Rerouting.objects.filter(mine, received_at=None, due_date__lte=today)
    return waiting.select_related("dossier", "from_unit", "to_unit").order_by("id")


def preview(actor: Actor, operation: succession.Operation, today: date) -> Preview:
    """
    Return what an operation will change and touch; nothing is stored.

    Args:
        actor: Who asks; keeps the structure.
        operation: The operation.
        today: The day it is looked at; the operation's own day may be before or after it.

    Raises:
        NotAllowed: The actor does not keep the structure.
        RuleError: The operation is refused; see ``succession.plan``.
    """
    require(actor, Right.KEEP_STRUCTURE)
    return preview_in(world(), operation)


def preview_in(now: succession.World, operation: succession.Operation) -> Preview:
    """
    Return what an operation will change and touch in a world that was read already.

    Raises:
        CodeTaken: A unit that it founds has the code of another one.
        RuleError: The operation is refused; see ``succession.plan``.
    """
    new = [one.code for one in operation.creates if one.id < 0]
    taken = Unit.objects.filter(code__in=new).first() if new else None
    if taken is not None:
        raise CodeTaken(unit=taken.code)
    found = succession.plan(now, operation)
    day, eve = operation.on, operation.on - timedelta(days=1)
    after = succession.apply(now, found)
    units = {*found.versions, *(child for child, _ in found.ties)}
    schools = _schools(now, after, units | {edge.after for edge in found.edges}, day)
    ways = _ways(now, after, found, schools)
    bare = bared(now, after, schools, day)
    counts = open_cases({way[0] for way in ways} | bare)
    routes = tuple(Route(*way, counts.get(way[0], 0)) for way in ways if counts.get(way[0]))
    ends = ending(now, after, found)
    reports = Report.objects.filter(Q(school_id__in=schools) | Q(department_id__in=units))
    return Preview(
        operation=operation,
        plan=found,
        digest=_digest(found, ends),
        units=tuple(
            Became(unit, now.version_on(unit, eve), after.version_on(unit, day))
            for unit in sorted(found.versions)
        ),
        ties=tuple(
            tie
            for _, (old, new) in sorted(found.ties.items())
            for tie in new
            if tie not in old and tie.period.reaches(day)
        ),
        routes=routes,
        schools=tuple(sorted(schools)),
        ending_posts=ends,
        posts=Post.objects.filter(unit_id__in=units, in_force__overlap=(day, None)).count(),
        people=Person.objects.filter(school_id__in=schools).count(),
        cases=sum({route.school: route.cases for route in routes}.values()),
        targets=UnitTarget.objects.filter(unit_id__in=units | schools).count()
        + Target.objects.filter(unit_id__in=units | schools).count(),
        tasks=Task.objects.filter(recipient__unit_id__in=units | schools, answered_at=None).count(),
        open_reports=reports.filter(status__in=["writing", "returned"]).count(),
        sent_reports=reports.filter(status__in=["sent", "accepted"]).count(),
        unfinished=unfinished(
            now, after, found, schools, {one: counts[one] for one in bare if one in counts}
        ),
    )


def open_cases(schools: Iterable[int]) -> dict[int, int]:
    """Return how many cases are open at each school that has any, by school."""
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, {"schools": list(schools), "ends": ENDS})
        return dict(cursor.fetchall())


def _digest(found: succession.Plan, ends: tuple[Ending, ...]) -> str:
    posts = [[one.post, one.heir] for one in ends]
    kept = json.dumps([records.record(found), posts], sort_keys=True)
    return hashlib.sha256(kept.encode()).hexdigest()


def _schools(
    now: succession.World, after: succession.World, units: set[int], day: date
) -> set[int]:
    """Return the schools among some units and those where the others work, old and new."""
    found = {unit for unit in units if _is_school(now, unit) or _is_school(after, unit)}
    for unit in units:
        for one in (now, after):
            for on in (day, day - timedelta(days=1)):
                host = one.parent_on(unit, Line.HOST, on)
                if host is not None:
                    found.add(host)
    return found


def _is_school(world: succession.World, unit: int) -> bool:
    return any(one.kind is UnitKind.SCHOOL for one in world.versions.get(unit, ()))


def _ways(
    now: succession.World, after: succession.World, found: succession.Plan, schools: set[int]
) -> list[tuple[int, str, int, int]]:
    """Return the ways cases go: the school, the line, from which unit, to which."""
    day = found.operation.on
    known: dict[tuple[int, str], tuple[int, int]] = {}
    for school in sorted(schools & found.ended):
        heir = succession.carried(after, school, day - timedelta(days=1), day)
        if heir != school:
            known[school, Line.HOST.value] = (school, heir)
    for child, line in sorted(found.ties):
        host = now.parent_on(child, Line.HOST, day) or after.parent_on(child, Line.HOST, day)
        if line not in {Line.PARTY, Line.COMPETENT} or host is None:
            continue
        heir = succession.carried(after, child, day - timedelta(days=1), day)
        before, then = now.parent_on(child, line, day), after.parent_on(heir, line, day)
        if before is not None and then is not None and before != then:
            known.setdefault((host, line.value), (before, then))
    carriers = _carried_on(now, day)
    return [
        (kept_at, line, before, then)
        for (school, line), (before, then) in known.items()
        for kept_at in sorted({school, *carriers.get(school, ())})
    ]


def _carried_on(world: succession.World, day: date) -> dict[int, set[int]]:
    """Return the units each unit has carried on until a day, by the unit."""
    found: dict[int, set[int]] = {}
    for unit, edges in world.edges.items():
        for edge in edges:
            heir = succession.carried(world, unit, edge.on - timedelta(days=1), day)
            found.setdefault(heir, set()).add(unit)
    return found
