"""Reads of the room of organisation: who stands where on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import QuerySet

from donghanh.domain import names, succession
from donghanh.domain.authority import FROM_THE_LIST, RIGHTS, Actor, Right, Role
from donghanh.domain.authority import Opening as Reached
from donghanh.domain.authority import Post as HeldPost
from donghanh.domain.structure import Line, UnitKind
from donghanh.organisation.models import Link, Opening, Post, Successor, Unit, UnitVersion

#: The units under one unit along one line on one day, itself included.
_BELOW = """
WITH RECURSIVE below(id) AS (
    SELECT %(top)s::bigint
  UNION
    SELECT link.child_id
      FROM organisation_link AS link JOIN below ON link.parent_id = below.id
     WHERE link.line = %(line)s AND link.in_force @> %(on)s::date
)
SELECT id FROM below
"""

#: Along which line a post sees downwards.
_LINE_OF: dict[Role, Line] = {
    Role.OFFICER: Line.EDUCATION,
    Role.LEADER: Line.EDUCATION,
    Role.SECRETARY: Line.PARTY,
    Role.UNION: Line.UNION,
    Role.COMMITTEE: Line.PARTY,
    Role.BOARD: Line.PARTY,
    Role.HELPER: Line.PARTY,
    Role.UPPER_UNION: Line.UNION,
}


class NoPost(Exception):
    """The account holds no post on that day, or not the one asked for."""


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """A unit as it is called on a day."""

    id: int
    code: str
    kind: UnitKind
    name: str
    short_name: str
    place: str
    superior: str
    symbol: str

    @property
    def order(self) -> tuple[str, int]:
        """Return what lists of units are sorted by: the name in Vietnamese order, then the id."""
        return names.title_key(self.name), self.id


def below(unit_id: int, line: Line, on: date) -> frozenset[int]:
    """Return the ids of the units under one along a line on a day, itself included."""
    with connection.cursor() as cursor:
        cursor.execute(_BELOW, {"top": unit_id, "line": line.value, "on": on})
        return frozenset(row[0] for row in cursor.fetchall())


def parent_of(unit_id: int, line: Line, on: date) -> int | None:
    """Return the id of the unit above along a line on a day, or ``None``."""
    links = Link.objects.filter(child_id=unit_id, line=line.value, in_force__contains=on)
    return links.values_list("parent_id", flat=True).first()


def hosted_at(school_id: int, kind: UnitKind, on: date) -> int | None:
    """Return the id of the cell or school Union that works at a school on a day, or ``None``."""
    links = Link.objects.filter(
        parent_id=carried_to(school_id, on),
        line=Line.HOST.value,
        in_force__contains=on,
        child__versions__kind=kind.value,
        child__versions__in_force__contains=on,
    )
    # After a merger two may work there: the one that has done so longer comes first.
    return links.order_by("in_force", "child_id").values_list("child_id", flat=True).first()


#: Who carries one unit on until a day, itself first; each succession once.
_CARRIED = """
WITH RECURSIVE chain(id, since, steps) AS (
    SELECT %(unit)s::bigint, '-infinity'::date, 0
  UNION ALL
    SELECT next.after_id, next.on_date, chain.steps + 1
      FROM chain CROSS JOIN LATERAL (
        SELECT after_id, on_date FROM organisation_successor
         WHERE before_id = chain.id AND rest AND on_date >= chain.since AND on_date <= %(on)s::date
         ORDER BY on_date LIMIT 1
      ) AS next
     WHERE chain.steps < 100
)
SELECT id FROM chain ORDER BY steps DESC LIMIT 1
"""

#: The units that some units carry on until a day, themselves included.
_CARRIED_ON = """
WITH RECURSIVE chain(id) AS (
    SELECT unnest(%(units)s::bigint[])
  UNION
    SELECT before_id FROM organisation_successor JOIN chain ON after_id = chain.id
     WHERE rest AND on_date <= %(on)s::date
)
SELECT id FROM chain
"""


def carried_to(unit_id: int, on: date) -> int:
    """Return the id of who carries a unit on until a day: itself while it goes on."""
    with connection.cursor() as cursor:
        cursor.execute(_CARRIED, {"unit": unit_id, "on": on})
        return int(cursor.fetchone()[0])


def carried_on_by(unit_ids: Iterable[int], on: date) -> frozenset[int]:
    """Return the ids of units with all that they carry on until a day."""
    with connection.cursor() as cursor:
        cursor.execute(_CARRIED_ON, {"units": list(unit_ids), "on": on})
        return frozenset(row[0] for row in cursor.fetchall())


def tree_on(line: Line, day: date) -> dict[int, int]:
    """Return the id of the parent of every unit that has one along a line on a day, by child."""
    links = Link.objects.filter(line=line.value, in_force__contains=day)
    return dict(links.values_list("child_id", "parent_id"))


def at(day: date) -> dict[int, UnitFacts]:
    """Return all units as they are called on a day, by id."""
    columns = ("kind", "name", "short_name", "place", "superior", "symbol")
    rows = UnitVersion.objects.filter(in_force__contains=day)
    return {
        unit: UnitFacts(unit, code, UnitKind(kind), *rest)
        for unit, code, kind, *rest in rows.values_list("unit_id", "unit__code", *columns)
    }


_ALL_VERSIONS = """
SELECT lower(in_force), upper(in_force), unit_id, kind, name, short_name, place, superior, symbol,
       party_code, old_place
  FROM organisation_unitversion
 ORDER BY unit_id, lower(in_force)
"""
_ALL_LINKS = """
SELECT lower(in_force), upper(in_force), child_id, parent_id, line
  FROM organisation_link
 ORDER BY child_id, lower(in_force)
"""
_KIND = {kind.value: kind for kind in UnitKind}
_LINE = {line.value: line for line in Line}


def world(marks: frozenset[tuple[int, date]] = frozenset()) -> succession.World:
    """
    Return all units through time as the rules read them.

    Args:
        marks: The units that operations have touched, with the day of each.
    """
    versions: dict[int, tuple[succession.Version, ...]] = {}
    ties: dict[succession.Key, tuple[succession.Tie, ...]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_ALL_VERSIONS)
        for since, until, unit, kind, *said in cursor.fetchall():
            name, short, place, *others = said
            one = succession.Version(
                unit, _KIND[kind], name, short, place, succession.Period(since, until), *others
            )
            versions[unit] = (*versions.get(unit, ()), one)
        cursor.execute(_ALL_LINKS)
        for since, until, child, parent, of in cursor.fetchall():
            tie = succession.Tie(child, parent, _LINE[of], succession.Period(since, until))
            key = (child, tie.line)
            ties[key] = (*ties.get(key, ()), tie)
    edges: dict[int, list[succession.Edge]] = {}
    for edge in Successor.objects.order_by("before_id", "on_date", "id"):
        edges.setdefault(edge.before_id, []).append(
            succession.Edge(
                edge.before_id,
                edge.after_id,
                edge.on_date,
                edge.how,
                frozenset(edge.takes),
                edge.rest,
            )
        )
    return succession.World(
        versions, ties, {unit: tuple(rows) for unit, rows in edges.items()}, marks
    )


def facts_of(unit_ids: Iterable[int], on: date) -> dict[int, UnitFacts]:
    """
    Return the units as they are called on a day, by id.

    A unit that does not exist on that day is left out.
    """
    return _told(UnitVersion.objects.filter(unit_id__in=list(unit_ids), in_force__contains=on))


def known_as(unit_ids: Iterable[int], on: date) -> dict[int, UnitFacts]:
    """
    Return the units as they are called on a day, by id; one that has ended as it was called last.

    A unit that has not begun by that day is left out.
    """
    begun = UnitVersion.objects.filter(unit_id__in=list(unit_ids), in_force__startswith__lte=on)
    return _told(begun.order_by("unit_id", "-in_force").distinct("unit_id"))


def _told(versions: QuerySet[UnitVersion]) -> dict[int, UnitFacts]:
    return {
        version.unit_id: UnitFacts(
            id=version.unit_id,
            code=version.unit.code,
            kind=UnitKind(version.kind),
            name=version.name,
            short_name=version.short_name,
            place=version.place,
            superior=version.superior,
            symbol=version.symbol,
        )
        for version in versions.select_related("unit")
    }


def schools_under(unit_id: int, on: date) -> list[UnitFacts]:
    """Return the schools a department manages on a day, ordered by name, then id."""
    units = facts_of(below(unit_id, Line.EDUCATION, on), on).values()
    schools = [unit for unit in units if unit.kind is UnitKind.SCHOOL]
    return sorted(schools, key=lambda unit: unit.order)


def posts_of(user_id: int, on: date) -> QuerySet[Post]:
    """Return the posts an account holds on a day, in the order they were given."""
    posts = Post.objects.filter(user_id=user_id, in_force__contains=on)
    return posts.select_related("unit", "user").order_by("id")


@dataclass(frozen=True, slots=True)
class Standing:
    """An account on a day: the actor it is, and the posts it could act through instead."""

    actor: Actor
    posts: tuple[HeldPost, ...]


def acting(user_id: int, on: date, post_id: int | None = None) -> Actor:
    """
    Return the actor an account is on a day, through one of its posts.

    Args:
        user_id: The account.
        on: The day whose posts and lines count (Asia/Ho_Chi_Minh).
        post_id: The post chosen; the first one held where it is ``None`` or no longer held.

    Raises:
        NoPost: The account holds no post on that day.
    """
    return standing(user_id, on, post_id).actor


def standing(
    user_id: int, on: date, post_id: int | None = None, at: datetime | None = None
) -> Standing:
    """
    Return an account's actor on a day, with all the posts it holds, in the order given.

    Arguments and errors are those of ``acting``; at an instant (aware, UTC), what the post opened
    in an emergency and has not ended is reached, too.
    """
    held = list(posts_of(user_id, on))
    if not held:
        raise NoPost
    units = facts_of({post.unit_id for post in held}, on)
    posts = tuple(
        HeldPost(
            id=post.pk,
            role=Role(post.role),
            unit_id=post.unit_id,
            unit_code=post.unit.code,
            unit_name=units[post.unit_id].name if post.unit_id in units else post.unit.code,
        )
        for post in held
    )
    chosen = next((post for post in posts if post.id == post_id), posts[0])
    actor = Actor(
        user_id=user_id,
        name=held[0].user.name,
        post=chosen,
        schools=_schools_in_reach(chosen.role, chosen.unit_id, on),
        decides_for=_schools_decided_for(chosen.role, chosen.unit_id, on),
        emergency=opened_by(chosen, at) if at is not None else None,
    )
    return Standing(actor, posts)


def opened_by(post: HeldPost, at: datetime) -> Reached | None:
    """Return what a post opened in an emergency and still reaches at an instant, or ``None``."""
    if Right.OPEN_EMERGENCY not in RIGHTS[post.role]:
        return None
    running = Opening.objects.filter(
        post_id=post.id, opened_at__lte=at, until__gt=at, ended_at=None
    ).first()
    if running is None:
        return None
    return Reached(running.pk, running.school_id, running.dossier_number, running.until)


def schools_in_tree(unit_id: int, on: date) -> frozenset[int]:
    """Return the ids of the schools whose cell stands in the same Party tree as a unit on a day."""
    top, above = unit_id, parent_of(unit_id, Line.PARTY, on)
    while above is not None:
        top, above = above, parent_of(above, Line.PARTY, on)
    return _schools_in_reach(Role.BOARD, top, on)


def _schools_decided_for(role: Role, unit_id: int, on: date) -> frozenset[int]:
    """Return the ids of the schools for whose cell a unit is the competent committee on a day."""
    if role is not Role.COMMITTEE:
        return frozenset()
    cells = Link.objects.filter(
        parent_id=unit_id, line=Line.COMPETENT.value, in_force__contains=on
    ).values("child_id")
    hosts = Link.objects.filter(child_id__in=cells, line=Line.HOST.value, in_force__contains=on)
    return carried_on_by(hosts.values_list("parent_id", flat=True), on)


def _schools_in_reach(role: Role, unit_id: int, on: date) -> frozenset[int]:
    """Return the ids of the schools a post reaches on a day."""
    line = _LINE_OF.get(role)
    if line is None:
        return frozenset()
    units = below(unit_id, line, on)
    if role in FROM_THE_LIST:
        units |= frozenset(
            Link.objects.filter(
                parent_id=unit_id, line=Line.COMPETENT.value, in_force__contains=on
            ).values_list("child_id", flat=True)
        )
    if line is not Line.EDUCATION:
        units = frozenset(
            Link.objects.filter(
                child_id__in=units, line=Line.HOST.value, in_force__contains=on
            ).values_list("parent_id", flat=True)
        )
    schools = UnitVersion.objects.filter(
        unit_id__in=units, kind=UnitKind.SCHOOL.value, in_force__contains=on
    )
    return carried_on_by(schools.values_list("unit_id", flat=True), on)


def holders_of(unit_id: int, on: date) -> list[tuple[int, str]]:
    """Return who holds a post in a unit on a day: account id and name, by name, then id."""
    posts = Post.objects.filter(unit_id=unit_id, in_force__contains=on, user__is_active=True)
    found = posts.values_list("user_id", "user__name").distinct()
    return sorted(found, key=lambda one: (one[1], one[0]))


def unit_by_code(code: str) -> Unit:
    """
    Return the unit with this code.

    Raises:
        Unit.DoesNotExist: No unit has it.
    """
    return Unit.objects.get(code=code)


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs for a unit on a day."""

    authority: str
    title: str
    name: str


def signer_of(unit_id: int, on: date) -> Signer | None:
    """Return the leader who signs for a unit on a day, the first appointed; ``None``: nobody."""
    posts = Post.objects.filter(
        unit_id=unit_id, role__in=[Role.LEADER.value, Role.SECRETARY.value], in_force__contains=on
    )
    post = posts.select_related("user").order_by("id").first()
    if post is None:
        return None
    return Signer(authority=post.signs_for, title=post.title, name=post.user.name)
