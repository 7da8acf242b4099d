"""The list of practices: what waits for a look, the own, and what can be taken over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q

from donghanh.domain import authority, names
from donghanh.domain.authority import Actor
from donghanh.domain.practising import IN_FORCE, WAITS, Stage
from donghanh.domain.rights import Right
from donghanh.organisation import queries as organisation
from donghanh.practices import texts
from donghanh.practices.models import Practice
from donghanh.practices.queries.library import Shipped, shipped
from donghanh.practices.queries.reach import judges, visible_to

#: Practices on one page: their titles are long.
_PAGE = 20


@dataclass(frozen=True, slots=True)
class Listed:
    """
    One practice of a list.

    ``changed`` is what a unit that took it over changed, ``""`` where it is its own. ``taken`` is
    how often others took it over, ``changed_at`` since when it stands as it does.
    """

    id: int
    title: str
    for_whom: str
    changed: str
    unit: str
    badge: tuple[str, str]
    began: date | None
    taken: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class PracticeList:
    """
    What somebody finds: what waits for their look, the own, those of others, the library's.

    ``others`` are in force, the newest first, narrowed by ``words``.
    """

    waiting: tuple[Listed, ...]
    own: tuple[Listed, ...]
    others: tuple[Listed, ...]
    page: Page[int]
    library: tuple[Shipped, ...]
    words: str
    may_propose: bool


def listed(actor: Actor, words: str, number: str | None, today: date) -> PracticeList:
    """
    Return the list of practices, in four statements and what the pages of it need.

    Args:
        actor: Who looks.
        words: Words every title or audience shown must hold, whatever their marks; may be empty.
        number: Which page of those of others.
        today: The day (Asia/Ho_Chi_Minh).

    Raises:
        NotAllowed: The post reads no practices.
    """
    authority.require(actor, Right.READ_PRACTICES)
    seen = visible_to(actor)
    mine = Q(unit_id__in=actor.units) | Q(house_id__in=actor.schools) & ~Q(
        stage=Stage.WITHDRAWN.value
    )
    # Who reaches one school has it for the own; who reaches many has them below.
    own = mine if len(actor.schools) == 1 else Q(unit_id__in=actor.units)
    first = list(seen.filter(own | _waits_for(actor)).order_by("-changed_at", "pk"))
    others = seen.filter(stage__in=[stage.value for stage in IN_FORCE]).exclude(
        pk__in=[one.pk for one in first]
    )
    wanted = names.search_key(words)
    rows = others.order_by("-began_date", "-pk").values_list("pk", "title", "for_whom")
    found = [
        pk
        for pk, title, whom in rows
        if all(word in names.search_key(f"{title} {whom}") for word in wanted.split())
    ]
    page = Paginator(found, _PAGE).get_page(number)
    kept = {one.pk: one for one in Practice.objects.filter(pk__in=list(page.object_list))}
    shown = [*first, *(kept[pk] for pk in page.object_list)]
    told = {one.id: one for one in _told(shown, today)}
    waiting = {one.pk for one in first if one.stage in WAITS and judges(actor, one)}
    return PracticeList(
        waiting=tuple(told[one.pk] for one in first if one.pk in waiting),
        own=tuple(told[one.pk] for one in first if one.pk not in waiting),
        others=tuple(told[pk] for pk in page.object_list),
        page=page,
        library=tuple(
            one
            for one in shipped().values()
            if all(word in names.search_key(one.telling.title) for word in wanted.split())
        ),
        words=words,
        may_propose=actor.may(Right.PROPOSE_PRACTICES),
    )


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for somebody, the longest first: ``looks`` to be looked at, ``mends`` returned."""

    looks: tuple[Listed, ...]
    mends: tuple[Listed, ...]


def waiting(actor: Actor, today: date) -> Waiting:
    """
    Return the practices that wait for somebody; one statement where nothing does, else three.

    Args:
        actor: For whom: looks at those of units below, mends those of the own that were returned.
        today: The day (Asia/Ho_Chi_Minh).
    """
    returned = Q(pk=None)
    if actor.may(Right.PROPOSE_PRACTICES):
        returned = Q(unit_id__in=actor.units, stage=Stage.RETURNED.value)
    found = visible_to(actor).filter(_waits_for(actor) | returned)
    rows = list(found.order_by("changed_at", "pk"))
    if not rows:
        return Waiting((), ())
    told = {one.id: one for one in _told(rows, today)}
    back = {one.pk for one in rows if one.stage == Stage.RETURNED.value}
    return Waiting(
        looks=tuple(told[one.pk] for one in rows if one.pk not in back),
        mends=tuple(told[one.pk] for one in rows if one.pk in back),
    )


def _waits_for(actor: Actor) -> Q:
    """Return which practices an actor has to look at; never those the own unit tells."""
    if not actor.may(Right.RECOGNISE_PRACTICES):
        return Q(pk=None)
    waits = Q(judge_id__in=actor.units, stage__in=[stage.value for stage in WAITS])
    return waits & ~Q(unit_id__in=actor.units)


def _told(rows: Iterable[Practice], today: date) -> Iterable[Listed]:
    rows = list(rows)
    named = organisation.known_as({one.unit_id for one in rows}, today)
    parents = [one.pk for one in rows]
    taken = dict(
        Practice.objects.filter(parent_id__in=parents)
        .values_list("parent_id")
        .annotate(many=Count("pk"))
        .order_by()
    )
    for one in rows:
        state, word = texts.STAGES[Stage(one.stage)]
        yield Listed(
            id=one.pk,
            title=one.title,
            for_whom=one.for_whom,
            changed=one.changed,
            unit=named[one.unit_id].name if one.unit_id in named else "",
            badge=(state, str(word)),
            began=one.began_date,
            taken=taken.get(one.pk, 0),
            changed_at=one.changed_at,
        )
