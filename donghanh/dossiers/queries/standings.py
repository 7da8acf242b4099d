"""Where the cases in sight stand: fresh rows counted by the database, the others replayed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from donghanh.amendments import queries as amendments
from donghanh.domain import names, standings
from donghanh.domain.authority import Actor
from donghanh.domain.matrix import Position
from donghanh.domain.rights import FROM_THE_LIST, Right, Role
from donghanh.domain.roads import RoadStatus
from donghanh.domain.rules import Rulebook
from donghanh.domain.standings import Need, NeedKind
from donghanh.dossiers.models import Dossier, Standing
from donghanh.dossiers.queries import roads as reads
from donghanh.dossiers.queries.roads import Walk
from donghanh.people import queries as people

#: The columns that are told; the others are the database's own.
TOLD = (
    *("status", "step", "open_steps", "past_steps", "place", "places", "need", "due_date"),
    *("expiry_date", "blocked", "held", "waits", "branches", "acted_date", "willing", "on_list"),
    *("turns", "told_by", "told_date", "until_date"),
)
#: Rows of standings.
Rows = QuerySet[Standing]
#: The cases in reach whose names bear some words, in order of names; the database's own function.
_NAMED = "case_id FROM wall_named(%s::text[], %s::bigint[], %s, %s)"
#: How many cases whose standing is old a list replays by itself.
BOUND = 300


@dataclass(frozen=True, slots=True)
class Told:
    """A case that was replayed because its kept standing is old, as it stands now."""

    walk: Walk
    standing: Standing

    @property
    def order(self) -> tuple[str, int]:
        """Return its place in the Vietnamese order of names."""
        return self.walk.dossier.person.sort_key, self.standing.dossier_id

    def bears(self, words: str) -> bool:
        """Tell whether each of some words begins a word of the name, as ``people.named`` does."""
        own = self.walk.dossier.person.search_key.split()
        wanted = names.search_key(words).split()
        return all(any(word.startswith(one) for word in own) for one in wanted)


@dataclass(frozen=True, slots=True)
class Sight:
    """
    The cases an actor sees on a day: what the database may count, and what was replayed.

    Attributes:
        fresh: The rows whose standing holds on that day, in no order.
        told: Those of the others that were replayed, in no order.
        left: How many more may be old; they are being told anew.
    """

    fresh: Rows
    told: tuple[Told, ...]
    left: int = 0


def holds(book: Rulebook, today: date) -> Q:
    """Return what narrows rows to those whose standing holds on a day, by some rules."""
    key = standings.key_of(book)
    return Q(told_by=key, told_date__lte=today, until_date__gt=today)


def ended(book: Rulebook, today: date) -> Q:
    """
    Return what narrows rows to those that are to be told anew on a day.

    A row told for a later day is not among them: it is never told for an earlier one again.
    """
    key = standings.key_of(book)
    return (~Q(told_by=key) | Q(until_date__lte=today)) & Q(told_date__lte=today)


def in_reach(actor: Actor) -> Rows:
    """Return the rows of the cases that might be in an actor's sight, whatever they say."""
    if not actor.may(Right.READ_CASES):
        return Standing.objects.none()
    if actor.post.role is Role.HELPER:
        return Standing.objects.filter(dossier__in=reads.helped_by(actor).values("pk"))
    return Standing.objects.filter(school_id__in=actor.sees, agreed=True)


def seen_by(actor: Actor) -> Q:
    """Return what narrows fresh rows in reach to those an actor sees; see ``roads.visible_to``."""
    if actor.post.role is Role.HELPER:
        return Q(willing=True)
    seen = Q(willing=True)
    if actor.post.role in FROM_THE_LIST:
        seen &= Q(on_list=True)
    opening = actor.emergency
    if opening is None:
        return seen
    seen &= Q(school_id__in=actor.schools)
    if not actor.may(Right.OPEN_EMERGENCY):
        return seen
    opened = Q(willing=True, school_id=opening.school_id)
    return seen | (opened if opening.dossier_id is None else opened & Q(pk=opening.dossier_id))


def sight(actor: Actor, book: Rulebook, today: date) -> Sight:
    """
    Return the cases an actor sees on a day, in at most five statements.

    Of the cases whose standing is old at most ``BOUND`` are replayed.
    """
    reach, fresh = in_reach(actor), holds(book, today)
    found = reach.filter(fresh).filter(seen_by(actor))
    old = list(reach.exclude(fresh).values_list("pk", flat=True).order_by("pk")[: BOUND + 1])
    if not old:
        return Sight(found, ())
    told = tuple(
        Told(walk, row(walk)) for walk in reads.walks_among(actor, old[:BOUND], today, book)
    )
    left = reach.exclude(fresh).count() - BOUND if len(old) > BOUND else 0
    return Sight(found, told, left)


def row(walk: Walk) -> Standing:
    """Return where a case stands as its row says it; nothing is stored."""
    told = standings.standing(walk.road, walk.book, walk.today)
    return Standing(
        dossier_id=walk.dossier.pk,
        school_id=walk.dossier.school_id,
        status=told.status.value,
        step="" if told.step is None else told.step.value,
        open_steps=standings.bits(told.open),
        past_steps=standings.bits(told.past),
        place=told.place,
        places=told.places,
        need=_need(told.need),
        due_date=told.due_on,
        expiry_date=told.expires_on,
        blocked=told.need.blocked,
        held=told.held,
        waits=told.waits,
        branches=" ".join(sorted(branch.value for branch in told.branches)),
        acted_date=told.acted_on or walk.dossier.opened_date,
        willing=told.willing and not walk.dossier.gone,
        on_list=told.on_list,
        turns={key_of(position): _turn(turn) for position, turn in told.turns},
        told_by=standings.key_of(walk.book),
        told_date=walk.today,
        until_date=told.good_until,
    )


def key_of(position: Position) -> str:
    """Return a position as the turns of a row name it."""
    return f"{position.role.value}-decides" if position.decides else position.role.value


def _turn(turn: standings.Turn) -> dict[str, Any]:
    """Return a turn without what it does not say."""
    told = {
        "step": turn.step and turn.step.value,
        "failed": turn.failed,
        "due": turn.due_on and turn.due_on.isoformat(),
        "any": turn.any_due_on and turn.any_due_on.isoformat(),
        "annuls": turn.annuls,
    }
    return {name: value for name, value in told.items() if value}


def _need(need: Need) -> dict[str, Any]:
    told: dict[str, Any] = {"kind": need.kind.value}
    if need.about:
        told["about"] = list(need.about)
    if need.day is not None:
        told["day"] = need.day.isoformat()
    return told


def need_of(kept: Standing) -> Need:
    """Return what stands between a pupil and the next step, out of a row."""
    day = kept.need.get("day")
    return Need(
        NeedKind(kept.need["kind"]),
        tuple(kept.need.get("about", ())),
        None if day is None else date.fromisoformat(day),
    )


def page_of(narrowed: Rows, told: Sequence[Told], first: int, size: int) -> list[int]:
    """
    Return the dossiers of one page of a list: fresh rows and replayed ones in one order of names.

    Args:
        narrowed: The fresh rows of the list.
        told: The replayed ones.
        first: How many come before the page; fewer than there are in all.
        size: How many it shows.
    """
    later = sorted(one.order for one in told)
    since = max(0, first - len(later))
    found = narrowed.order_by("sort_key", "pk").values_list("sort_key", "pk")
    window = list(found[since : first + size])
    if since:  # what comes before the window stands on an earlier page
        later = [one for one in later if one > window[0]]
    skipped = since + len(told) - len(later)
    both = sorted([*window, *later])
    return [pk for _, pk in both[first - skipped : first - skipped + size]]


def named(actor: Actor, rows: Rows, words: str) -> Rows:
    """
    Return those rows whose pupil's name bears some words.

    The names that bear them all are looked up first, then who in reach bears those names; see
    docs/why/names-are-looked-up-first.md. A helper's few pupils are found by their own words.
    """
    typed = names.search_key(words).split()
    if not typed:
        return rows
    if actor.post.role is not Role.HELPER:
        return rows.filter(pk__in=RawSQL(f"SELECT {_NAMED}", [*_asked(actor, typed), 0, None]))  # noqa: S611 - ours
    bearing = Dossier.objects.filter(person_id__in=people.bearing(actor, words))
    return rows.filter(pk__in=bearing.values("pk"))


def _asked(actor: Actor, typed: Sequence[str]) -> list[list[str] | list[int]]:
    return [sorted(set(typed)), sorted(actor.sees)]


def _bearing(actor: Actor, words: str, first: int, most: int) -> list[int]:
    """Return some of the cases in reach whose pupil's name bears some words, in order of names."""
    typed = names.search_key(words).split()
    if not typed or actor.post.role is Role.HELPER:
        rows = named(actor, in_reach(actor), words).order_by("sort_key", "pk")
        return list(rows.values_list("pk", flat=True)[first : first + most])
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_NAMED}", [*_asked(actor, typed), first, most])
        return [int(found) for (found,) in cursor.fetchall()]


def found(actor: Actor, words: str, today: date, most: int) -> list[Walk]:
    """
    Return the first cases an actor sees whose pupil's name bears some words, in order of names.

    Args:
        actor: Who searches.
        words: As typed.
        today: The day the roads are shown for (Asia/Ho_Chi_Minh).
        most: How many at the most.
    """
    if not actor.may(Right.READ_CASES):
        return []
    book = amendments.current()
    walks: list[Walk] = []
    first = 0
    while len(walks) < most and (some := _bearing(actor, words, first, most)):
        # Only the door of the room knows who of them may be seen.
        walks += reads.walks_among(actor, some, today, book)
        first += most
    return walks[:most]


def walks_of(
    actor: Actor, today: date, statuses: Collection[RoadStatus], book: Rulebook | None = None
) -> list[Walk]:
    """
    Return the dossiers in sight whose road is of some statuses, in Vietnamese order of names.

    Only those are replayed whose kept standing says so, or is old; the replay has the last word.

    Args:
        actor: Who looks.
        today: The day the roads are shown for (Asia/Ho_Chi_Minh).
        statuses: Of the roads wanted.
        book: The rules, where they have been asked for already.
    """
    book = book or amendments.current()
    fresh = holds(book, today)
    wanted = seen_by(actor) & Q(status__in=[status.value for status in statuses])
    rows = in_reach(actor).filter(~fresh | wanted).values_list("pk", flat=True)
    found = reads.walks(actor, today, book, among=rows)
    return [walk for walk in found if walk.road.status in statuses]
