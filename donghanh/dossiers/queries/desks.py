"""What stands on a desk about cases: whose turn it is, what waits for others, how far all are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    ExpressionWrapper,
    F,
    Min,
    Q,
    Value,
    When,
    Window,
)
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.lookups import Exact, IsNull, LessThanOrEqual

from donghanh.domain import standings as rules
from donghanh.domain.acts import Branch, Step
from donghanh.domain.authority import Actor
from donghanh.domain.matrix import Position
from donghanh.domain.rights import Role
from donghanh.domain.rules import Rulebook
from donghanh.dossiers.queries import roads as reads
from donghanh.dossiers.queries import standings
from donghanh.dossiers.queries.roads import Walk
from donghanh.dossiers.queries.standings import Rows, Sight, Told

#: What a row says of the actor's position.
Own = KeyTransform | Case
#: How many pupils a desk names at the most; those whose last day is soonest.
NAMED = 100


@dataclass(frozen=True, slots=True)
class Wait:
    """How many pupils stand at a step that is somebody else's, and since when the first does."""

    step: Step
    branches: frozenset[Branch]
    count: int
    since: date


@dataclass(frozen=True, slots=True)
class Duties:
    """
    What a desk says of the cases in sight.

    Attributes:
        named: The cases a clock of the actor's own presses in, or with a decision to annul.
        unnamed: How many more of these there are.
        quiet: How many pupils stand at the actor's own steps, by step and whether its votes failed.
        waits: What waits for others, step by step.
        past: How many are past each step.
        everybody: How many there are.
        left: How many are being told anew, and are missing here.
    """

    named: list[Walk]
    unnamed: int
    quiet: Mapping[tuple[Step, bool], int]
    waits: list[Wait]
    past: Mapping[Step, int]
    everybody: int
    left: int


def duties(actor: Actor, book: Rulebook, today: date, near: int) -> Duties:
    """
    Return what a desk says of the cases in sight, in a number of statements that does not grow.

    Args:
        actor: Whose desk.
        book: The rules.
        today: The day (Asia/Ho_Chi_Minh).
        near: From how many days before its last day a clock presses.
    """
    presses = (today + timedelta(near)).isoformat()
    seen, chosen, more = pressed(actor, book, today, presses, NAMED)
    rows, own, told = seen.fresh, own_turn(actor), _turns(actor, seen)
    return Duties(
        named=reads.walks_among(actor, chosen, today, book) if chosen else [],
        unnamed=more,
        quiet=_quiet(rows, own, told, presses),
        waits=_waits(rows, own, told),
        past=_past(seen),
        everybody=seen.fresh.count() + len(seen.told) + seen.left,
        left=seen.left,
    )


def expiring(actor: Actor, today: date, within: int, most: int = NAMED) -> list[int]:
    """
    Return the cases in reach in which something expires soon, the soonest first.

    Some may be out of sight by now, or out of date: only what is replayed tells.

    Args:
        actor: Who looks.
        today: The day (Asia/Ho_Chi_Minh).
        within: How many days ahead.
        most: How many at the most.
    """
    rows = standings.in_reach(actor).filter(expiry_date__lte=today + timedelta(within))
    return list(rows.order_by("expiry_date", "pk").values_list("pk", flat=True)[:most])


def pressed(
    actor: Actor, book: Rulebook, today: date, presses: str, most: int
) -> tuple[Sight, list[int], int]:
    """
    Return the cases in sight, those of them a clock presses in, and how many more it does.

    Where nothing is old, which is nearly always, the rows in reach are looked through once.

    Args:
        actor: Whose clocks.
        book: The rules.
        today: The day (Asia/Ho_Chi_Minh).
        presses: The last day (ISO) that presses.
        most: How many cases at the most; those whose last day is soonest.
    """
    own, holds = own_turn(actor), standings.holds(book, today)
    rows = standings.in_reach(actor)
    asked = rows.filter(~holds | (standings.seen_by(actor) & _presses(own, presses)))
    asked = asked.annotate(
        holds=ExpressionWrapper(holds, BooleanField()),
        day=_said(own, "any"),
        all=Window(Count("pk")),
    )
    order = asked.order_by("holds", "day", "pk").values_list("holds", "day", "pk", "all")
    found: list[tuple[bool, str | None, int, int]] = list(order[:most])
    if found and not found[0][0]:
        seen = standings.sight(actor, book, today)
        return seen, *pressing(seen.fresh, own, _turns(actor, seen), presses, most)
    fresh = rows.filter(holds).filter(standings.seen_by(actor))
    more = found[0][3] - len(found) if found else 0
    return Sight(fresh, ()), _soonest([(day, pk) for _, day, pk, _ in found], most), more


def _turns(actor: Actor, seen: Sight) -> list[tuple[Told, dict[str, Any]]]:
    return [(one, one.standing.turns.get(_key(actor, one), {})) for one in seen.told]


def _soonest(found: list[tuple[str | None, int]], most: int) -> list[int]:
    """Return the first by their day: what has none has to be annulled, and waits for nothing."""
    return [pk for _, pk in sorted(found, key=lambda one: (one[0] or "", one[1]))[:most]]


def own_turn(actor: Actor) -> Own:
    """Return what the actor's position has to do in a row."""
    role = actor.post.role
    plain = KeyTransform(standings.key_of(Position(role)), "turns")
    if role is not Role.COMMITTEE or not actor.decides_for:
        return plain
    deciding = KeyTransform(standings.key_of(Position(role, decides=True)), "turns")
    if actor.sees <= actor.decides_for:  # nothing to ask row by row
        return deciding
    return Case(When(school_id__in=actor.decides_for, then=deciding), default=plain)


def _said(own: Own, name: str) -> KeyTextTransform:
    return KeyTextTransform(name, own)


def _by(own: Own, name: str, day: str) -> Q:
    return Q(LessThanOrEqual(_said(own, name), Value(day)))


def _presses(own: Own, presses: str) -> Q:
    return _by(own, "any", presses) | Q(Exact(_said(own, "annuls"), Value("true")))


def _key(actor: Actor, one: Told) -> str:
    decides = actor.post.role is Role.COMMITTEE and one.standing.school_id in actor.decides_for
    return standings.key_of(Position(actor.post.role, decides))


def pressing(
    rows: Rows,
    own: Own,
    told: list[tuple[Told, dict[str, Any]]],
    presses: str,
    most: int,
) -> tuple[list[int], int]:
    """Return the cases that are named, those whose last day is soonest, and how many are not."""
    named = rows.filter(_presses(own, presses))
    days = named.annotate(day=_said(own, "any")).order_by("day", "pk")
    found: list[tuple[str | None, int]] = list(days.values_list("day", "pk")[: most + 1])
    found += [
        (turn.get("any"), one.standing.pk)
        for one, turn in told
        if turn.get("annuls") or turn.get("any", "~") <= presses
    ]
    more = 0
    if len(found) > most:
        more = named.count() + sum(1 for one in told if one[1].get("any", "~") <= presses) - most
    return _soonest(found, most), max(more, 0)


def _quiet(
    rows: Rows, own: Own, told: list[tuple[Told, dict[str, Any]]], presses: str
) -> dict[tuple[Step, bool], int]:
    quiet = rows.filter(Q(IsNull(_said(own, "due"), True)) | ~_by(own, "due", presses))
    quiet = quiet.filter(IsNull(_said(own, "step"), False))
    groups = quiet.annotate(own=_said(own, "step"), failed=_said(own, "failed"))
    counts: Counter[tuple[Step, bool]] = Counter()
    for step, failed, count in (
        groups.values_list("own", "failed").annotate(n=Count("pk")).order_by()
    ):
        counts[Step(step), failed == "true"] += count
    for _, turn in told:
        if turn.get("step") and turn.get("due", "~") > presses:
            counts[Step(turn["step"]), bool(turn.get("failed"))] += 1
    return counts


def _waits(rows: Rows, own: Own, told: list[tuple[Told, dict[str, Any]]]) -> list[Wait]:
    others = rows.filter(held=False, waits=False).exclude(step="")
    others = others.filter(IsNull(_said(own, "step"), True))
    groups = others.values_list("step", "branches").annotate(n=Count("pk"), since=Min("acted_date"))
    found = list(groups.order_by())
    for one, turn in told:
        kept = one.standing
        if kept.step and not (kept.held or kept.waits or turn.get("step")):
            found.append((kept.step, kept.branches, 1, kept.acted_date))
    return [
        Wait(Step(step), frozenset(Branch(name) for name in branches.split()), count, since)
        for step, branches, count, since in found
    ]


def _past(seen: Sight) -> dict[Step, int]:
    """Return how many are past each step, by one statement."""
    counted = _counted(seen.fresh)
    for one in seen.told:
        for step in Step:
            counted[step] += bool(one.standing.past_steps & rules.bit(step))
    return counted


def _counted(rows: Rows) -> dict[Step, int]:
    bits = {f"at_{step.value}": F("past_steps").bitand(rules.bit(step)) for step in Step}
    counts = {step.value: Count("pk", filter=Q(**{f"at_{step.value}__gt": 0})) for step in Step}
    found = rows.alias(**bits).aggregate(**counts)
    return {step: found[step.value] for step in Step}
