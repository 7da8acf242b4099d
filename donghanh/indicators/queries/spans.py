"""Figures of schools out of the spans of their cases: one look for all of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import F, Q, QuerySet
from django.db.models.lookups import GreaterThan

from donghanh.domain import spans
from donghanh.domain.authority import Actor
from donghanh.domain.looking import Way
from donghanh.domain.roads import Road
from donghanh.domain.rules import Rulebook
from donghanh.domain.structure import UnitKind
from donghanh.dossiers import queries as dossiers
from donghanh.dossiers.models import Dossier
from donghanh.handover.models import Handover
from donghanh.indicators.models import Edition, Span, Sum, Turned
from donghanh.lib import wall
from donghanh.lib.many import among
from donghanh.organisation.models import UnitVersion

#: How many cases that have turned a look counts by itself; more are left to the job.
BOUND = 100
#: Who looks these ways may replay a case without its name.
_REPLAYS = frozenset({Way.CASES, Way.EMERGENCY, Way.COUNTS, Way.JOB})

#: Values of one school by the figure's code; figures that count nobody may be missing.
Values = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Counted:
    """
    Figures of schools on a day, by school and code.

    ``left`` is how many cases have changed and are not in them yet; nought where they are few.
    """

    schools: Mapping[int, Values]
    left: int


def in_force(day: date, school_ids: Collection[int] | None = None) -> QuerySet[Span]:
    """Return the spans that hold on a day: one of each case that counts for anything."""
    found = Span.objects.filter(since_date__lte=day, until_date__gt=day)
    return found if school_ids is None else found.filter(among("school_id", school_ids))


def passed(
    book: Rulebook,
    day: date,
    school_ids: Collection[int] | None = None,
    without: Collection[int] = (),
) -> dict[int, dict[str, int]]:
    """
    Return all figures of schools straight from the spans, as they were told: one statement.

    Args:
        book: The rules.
        day: The cut-off.
        school_ids: The schools; ``None``: all. One of which no case counts is not among the found.
        without: Cases to leave out; who may not tell cases apart leaves none out.
    """
    known = spans.bits(book)
    columns = ", ".join(f"count(*) FILTER (WHERE counted & {bit} > 0)" for bit in known.values())
    where = "since_date <= %s AND until_date > %s"
    values: list[Any] = [day, day]
    if school_ids is not None:
        where += " AND school_id = ANY (%s)"
        values.append(list(school_ids))
    if without:
        where += " AND dossier_id <> ALL (%s)"
        values.append(list(without))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT school_id, {columns} FROM indicators_span"  # noqa: S608 - numbers of ours
            f" WHERE {where} GROUP BY school_id",
            values,
        )
        return {
            school: dict(zip(known, counts, strict=True)) for school, *counts in cursor.fetchall()
        }


def counted(
    actor: Actor | None, book: Rulebook, day: date, school_ids: Collection[int] | None
) -> Counted:
    """
    Return the figures of schools with a day as cut-off, each person once.

    A fixed number of statements. What changed since it was told last is counted anew, as far as one
    look may.

    Args:
        actor: Who looks; ``None``: a job.
        book: The rules.
        day: The cut-off, of the school year it lies in.
        school_ids: The schools; ``None``: all.
    """
    with wall.counting():
        turned = _turned(school_ids)
        old = list(turned)
        fresh = _is_told(book)
        replays = actor is None or actor.reach.way in _REPLAYS
        anew = replays and 0 < len(old) <= BOUND
        found = _summed(book, day, school_ids, set(turned.values())) if fresh else {}
        others = None if school_ids is None else set(school_ids) - found.keys()
        if others is None or others:
            found |= passed(book, day, others, old if anew else ())
        if anew:
            _add(found, book, day, old, school_ids)
        # Few are told by the job within a minute: who cannot replay is not told that one turned.
        left = len(old) if len(old) > BOUND else 0
        return Counted(found, left if fresh else max(left, 1))


def _summed(
    book: Rulebook, day: date, school_ids: Collection[int] | None, turned: Collection[int]
) -> dict[int, dict[str, int]]:
    """Return the figures of those schools whose sums for the day are kept and hold."""
    if school_ids is None:
        return {}
    rows = Sum.objects.filter(among("school_id", set(school_ids) - set(turned)), on_date=day)
    codes = tuple(spans.bits(book))
    return {
        school: dict(zip(codes, values, strict=True))
        for school, values in rows.values_list("school_id", "values")
    }


def _turned(school_ids: Collection[int] | None) -> dict[int, int]:
    """Return the schools of the cases that have turned, by the case."""
    rows = Turned.objects.all()
    if school_ids is not None:
        rows = rows.filter(among("school_id", school_ids))
    return dict(rows.order_by().values_list("dossier_id", "school_id").distinct())


def _is_told(book: Rulebook) -> bool:
    """Tell whether the spans were told by the rules that hold; an empty table holds by any."""
    told = Edition.objects.values_list("told_by", flat=True).first()
    return told is None or told == spans.key_of(book)


def _add(
    found: dict[int, dict[str, int]],
    book: Rulebook,
    day: date,
    old: Iterable[int],
    school_ids: Collection[int] | None,
) -> None:
    """Count some cases anew, into figures that hold all others."""
    known = spans.bits(book)
    for one, road in roads(old, book, day):
        school = one.on(day)
        if school_ids is not None and school not in school_ids:
            continue
        mask = spans.counted_on(road, book, day)
        own = found.setdefault(school, dict.fromkeys(known, 0)) if mask else {}
        for code, bit in known.items():
            if mask & bit:
                own[code] += 1


@dataclass(frozen=True, slots=True)
class Stays:
    """Which school had a case: ``until`` each day the next one received it, ``now`` since then."""

    dossier_id: int
    until: tuple[tuple[date, int], ...]
    now: int

    def on(self, day: date) -> int:
        """Return the school that had the case on a day."""
        return next((school for until, school in self.until if day < until), self.now)

    def parts(self, since: date, until: date) -> Iterator[tuple[date, date, int]]:
        """Yield some days (half-open) by the school that had the case on them."""
        begun = since
        for ends, school in self.until:
            if begun < ends < until:
                yield begun, ends, school
                begun = ends
        yield begun, until, self.on(begun)


def roads(dossier_ids: Iterable[int], book: Rulebook, today: date) -> list[tuple[Stays, Road]]:
    """Return some cases with their schools and roads, without those put aside; four statements."""
    ids = list(dossier_ids)
    moved = stays(Q(dossier_id__in=ids))
    found = dossiers.nameless(Dossier.objects.filter(pk__in=ids, person__aside=None))
    return [
        (
            Stays(one.pk, moved.get(one.pk, ()), one.school_id),
            dossiers.road_of(one, book, today),
        )
        for one in found
    ]


def stays(which: Q) -> dict[int, tuple[tuple[date, int], ...]]:
    """Return ``Stays.until`` by case, out of the hand-overs between schools that were received."""
    moved: dict[int, list[tuple[date, int]]] = {}
    handed = Handover.objects.filter(
        which, received_date__isnull=False, to_school__isnull=False
    ).order_by("received_date", "id")
    for dossier, school, day in handed.values_list("dossier_id", "from_school_id", "received_date"):
        if day is not None:
            moved.setdefault(dossier, []).append((day, school))
    return {dossier: tuple(parts) for dossier, parts in moved.items()}


def behind(
    actor: Actor, book: Rulebook, day: date, code: str, school_ids: Collection[int]
) -> list[int]:
    """
    Return the cases behind a figure by their ids; whom the actor may see is for the room's door.

    Args:
        actor: Who looks.
        book: The rules.
        day: The cut-off.
        code: The figure.
        school_ids: The schools it is of.
    """
    bit = spans.bits(book)[code]
    with wall.counting():
        anew = list(_turned(school_ids))[:BOUND]
        rows = in_force(day, school_ids).filter(GreaterThan(F("counted").bitand(bit), 0))
        found = list(rows.exclude(dossier_id__in=anew).values_list("dossier_id", flat=True))
        for one, road in roads(anew, book, day):
            if one.on(day) in school_ids and spans.counted_on(road, book, day) & bit:
                found.append(one.dossier_id)
    return sorted(found)


def masks(actor: Actor, book: Rulebook, day: date, school_ids: Collection[int]) -> dict[int, int]:
    """
    Return the cases that count for anything, each with its figures as ``domain.spans.bits``.

    Arguments are those of ``behind``.
    """
    with wall.counting():
        anew = list(_turned(school_ids))[:BOUND]
        rows = in_force(day, school_ids).exclude(dossier_id__in=anew)
        found = dict(rows.values_list("dossier_id", "counted"))
        for one, road in roads(anew, book, day):
            mask = spans.counted_on(road, book, day) if one.on(day) in school_ids else 0
            if mask:
                found[one.dossier_id] = mask
    return found


def schools() -> set[int]:
    """Return the ids of all units that are or were a school."""
    rows = UnitVersion.objects.filter(kind=UnitKind.SCHOOL.value)
    return set(rows.values_list("unit_id", flat=True))
