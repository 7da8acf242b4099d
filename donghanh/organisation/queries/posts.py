"""Posts on a day: who somebody is through them, how far they reach, who signs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery

from donghanh.domain import signing
from donghanh.domain.authority import Actor
from donghanh.domain.authority import Opening as Reached
from donghanh.domain.authority import Post as HeldPost
from donghanh.domain.rights import FROM_THE_LIST, RIGHTS, Right, Role
from donghanh.domain.structure import Line, UnitKind, of_party
from donghanh.domain.succession import Period
from donghanh.organisation.models import Opening, Post, UnitVersion
from donghanh.organisation.queries.units import facts_of, top_of

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

#: What works at a school along each line.
_AT_SCHOOLS = {
    Line.PARTY: tuple(kind for kind in UnitKind if of_party(kind)),
    Line.UNION: (UnitKind.SCHOOL_UNION,),
}
#: Who goes on with what was sent to a unit that its own carries on: reports, meetings.
_CARRYING = frozenset({Role.OFFICER, Role.LEADER, Role.COMMITTEE})

#: The schools a body reaches: where what stands under it works, or what it decides for, or what
#: either carries on worked last while nobody has come since; with all that those schools carry on.
#: Once more, marked, those for whose cell it is the competent committee; and with no mark the
#: units the body itself carries on.
_REACHED = """
WITH RECURSIVE below(id) AS (
    SELECT %(top)s::bigint
  UNION
    SELECT link.child_id
      FROM organisation_link AS link JOIN below ON link.parent_id = below.id
     WHERE link.line = %(line)s AND link.in_force @> %(on)s::date
), competent(id) AS (
    SELECT child_id FROM organisation_link
     WHERE parent_id = %(top)s AND line = 'competent' AND in_force @> %(on)s::date
), seats(id) AS (
    SELECT id FROM below UNION SELECT id FROM competent WHERE %(listed)s
), merged(id, heir) AS (
    SELECT before_id, after_id FROM organisation_successor
     WHERE rest AND on_date <= %(on)s::date
       AND after_id IN (SELECT id FROM seats UNION SELECT id FROM competent)
  UNION
    SELECT before.before_id, merged.heir
      FROM organisation_successor AS before JOIN merged ON before.after_id = merged.id
     WHERE before.rest AND before.on_date <= %(on)s::date
), hosts(id, of) AS (
    SELECT parent_id, child_id FROM organisation_link
     WHERE line = 'host' AND in_force @> %(on)s::date
       AND child_id IN (SELECT id FROM seats UNION SELECT id FROM competent)
  UNION
    SELECT last.parent_id, merged.heir
      FROM merged JOIN organisation_link AS last ON last.child_id = merged.id
     WHERE last.line = 'host' AND lower(last.in_force) <= %(on)s::date
       AND NOT EXISTS (
            SELECT FROM organisation_link AS other
              JOIN organisation_unitversion AS version ON version.unit_id = other.child_id
             WHERE other.parent_id = last.parent_id AND other.line = 'host'
               AND other.in_force @> %(on)s::date AND version.in_force @> %(on)s::date
               AND version.kind = ANY(%(kinds)s))
), places(id) AS (
    SELECT id FROM hosts WHERE %(hosted)s AND of IN (SELECT id FROM seats)
  UNION
    SELECT id FROM seats WHERE NOT %(hosted)s
), chain(id, decided) AS (
    (SELECT version.unit_id, false
       FROM organisation_unitversion AS version JOIN places ON places.id = version.unit_id
      WHERE version.kind = %(school)s AND version.in_force @> %(on)s::date
     UNION
     SELECT id, true FROM hosts WHERE %(decides)s AND of IN (SELECT id FROM competent))
  UNION
    SELECT before.before_id, chain.decided
      FROM organisation_successor AS before JOIN chain ON before.after_id = chain.id
     WHERE before.rest AND before.on_date <= %(on)s::date
), carried(id) AS (
    SELECT %(top)s::bigint
  UNION
    SELECT before.before_id
      FROM organisation_successor AS before JOIN carried ON before.after_id = carried.id
     WHERE before.rest AND before.on_date <= %(on)s::date
)
SELECT id, decided FROM chain UNION ALL SELECT id, NULL FROM carried WHERE %(carries)s
"""


class NoPost(Exception):
    """The account holds no post on that day, or not the one asked for."""


def posts_of(user_id: int, on: date) -> QuerySet[Post]:
    """Return the posts an account holds on a day, in the order they were given."""
    posts = Post.objects.filter(user_id=user_id, in_force__contains=on)
    return posts.select_related("unit", "user").order_by("id")


def _named(posts: QuerySet[Post], on: date) -> QuerySet[Post]:
    """Return posts with what their units are called on a day, as ``called``."""
    version = UnitVersion.objects.filter(unit_id=OuterRef("unit_id"), in_force__contains=on)
    return posts.annotate(called=Subquery(version.values("name")[:1]))


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
    held = list(_named(posts_of(user_id, on), on))
    if not held:
        raise NoPost
    posts = tuple(
        HeldPost(
            id=post.pk,
            role=Role(post.role),
            unit_id=post.unit_id,
            unit_code=post.unit.code,
            unit_name=post.called or post.unit.code,  # type: ignore[attr-defined]  # annotated
        )
        for post in held
    )
    chosen = next((post for post in posts if post.id == post_id), posts[0])
    schools, decides_for, carries = _reach(chosen.role, chosen.unit_id, on)
    actor = Actor(
        user_id=user_id,
        name=held[0].user.name,
        post=chosen,
        schools=schools,
        decides_for=decides_for,
        emergency=opened_by(chosen, at) if at is not None else None,
        carries=carries,
    )
    return Standing(actor, posts)


def office(unit_id: int, on: date) -> Actor:
    """
    Return the office of a unit on a day, for a command of who runs the machine: nobody's account.

    It reaches what an officer there reaches, and reads; an action has a named actor.
    """
    known = facts_of([unit_id], on).get(unit_id)
    code = known.code if known else ""
    schools, decides_for, carries = _reach(Role.OFFICER, unit_id, on)
    return Actor(
        user_id=0,
        name="",
        post=HeldPost(0, Role.OFFICER, unit_id, code, known.name if known else ""),
        schools=schools,
        decides_for=decides_for,
        carries=carries,
    )


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
    return reached(Role.BOARD, top_of(unit_id, Line.PARTY, on), on)[0]


def reached(role: Role, unit_id: int, on: date) -> tuple[frozenset[int], frozenset[int]]:
    """
    Return how far a body reaches on a day, whoever acts for it; one statement.

    Returns:
        The ids of the schools in reach of a post of that role there, and of those for whose cell
        the unit is the competent committee.
    """
    return _reach(role, unit_id, on)[:2]


def _reach(
    role: Role, unit_id: int, on: date
) -> tuple[frozenset[int], frozenset[int], frozenset[int]]:
    """Return how far a body reaches on a day, and the other units it carries on; one statement."""
    line = _LINE_OF.get(role)
    if line is None:
        return frozenset(), frozenset(), frozenset()
    asked: dict[str, Any] = {
        "top": unit_id,
        "on": on,
        "line": line.value,
        "hosted": line is not Line.EDUCATION,
        "listed": role in FROM_THE_LIST,
        "decides": role is Role.COMMITTEE,
        "school": UnitKind.SCHOOL.value,
        "carries": role in _CARRYING,
        "kinds": [kind.value for kind in _AT_SCHOOLS.get(line, ())],
    }
    with connection.cursor() as cursor:
        cursor.execute(_REACHED, asked)
        found = cursor.fetchall()
    return (
        frozenset(school for school, decided in found if decided is False),
        frozenset(school for school, decided in found if decided),
        frozenset(unit for unit, decided in found if decided is None) - {unit_id},
    )


def holders_of(unit_id: int, on: date) -> list[tuple[int, str]]:
    """Return who holds a post in a unit on a day: account id and name, by name, then id."""
    posts = Post.objects.filter(unit_id=unit_id, in_force__contains=on, user__is_active=True)
    found = posts.values_list("user_id", "user__name").distinct()
    return sorted(found, key=lambda one: (one[1], one[0]))


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs for a unit on a day."""

    authority: str
    title: str
    name: str
    user_id: int = 0


def signer_of(
    unit_id: int, on: date, right: Right, roles: Sequence[Role] = (Role.LEADER, Role.SECRETARY)
) -> Signer | None:
    """
    Return who signs a unit's papers of one right on a day; ``None``: nobody.

    The leader, the first appointed; or to whom that right was delegated last and still is.

    Args:
        unit_id: The unit.
        on: The day of the paper.
        right: What the paper is about, such as reports.
        roles: Whose posts sign there.

    Source:
        NĐ 30/2020/NĐ-CP, Phụ lục I: the mark and the office signed for stand above the own title.
    """
    posts = Post.objects.filter(
        unit_id=unit_id, role__in=[role.value for role in roles], in_force__contains=on
    )
    post = posts.select_related("user").order_by("id").first()
    if post is None:
        return None
    found = post.delegations.filter(rights__contains=[right.value], in_force__contains=on)
    given = list(found.select_related("user").order_by("-in_force", "-id"))
    takers = {one.user_id for one in given}
    taken = Post.objects.filter(user_id__in=takers, unit_id=unit_id).order_by("id") if given else ()
    for one in given:
        theirs = [held for held in taken if held.user_id == one.user_id and held.in_force]
        delegated, own = _period(one.in_force), _period(post.in_force)
        if signing.holds(on, delegated, own, [_period(held.in_force) for held in theirs]):
            party = of_party(facts_of([unit_id], on)[unit_id].kind)
            title = next(held.title for held in theirs if _period(held.in_force).holds(on))
            above = signing.above(signing.Form(one.form), post.title, party=party)
            return Signer(authority=above, title=title, name=one.user.name, user_id=one.user_id)
    name, user_id = post.user.name, post.user_id
    return Signer(authority=post.signs_for, title=post.title, name=name, user_id=user_id)


def _period(days: Any) -> Period:
    """Return a range of the database as the rules read it."""
    return Period(days.lower, days.upper)


def held_by(post_id: int) -> Signer:
    """Return what stands above and as the name of the holder of a post who signs as such."""
    post = Post.objects.select_related("user").get(pk=post_id)
    return Signer(post.signs_for, post.title, post.user.name, post.user_id)
