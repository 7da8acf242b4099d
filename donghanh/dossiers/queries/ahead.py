"""Who might take a step or a turn on a day: narrowed by what is kept, then replayed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from django.contrib.postgres.aggregates import BitOr
from django.db.models import Exists, F, OuterRef, Q

from donghanh.domain import standings as rules
from donghanh.domain.acts import Branch, Step
from donghanh.domain.authority import Actor
from donghanh.domain.rules import Rulebook
from donghanh.dossiers.models import Act
from donghanh.dossiers.queries import roads as reads
from donghanh.dossiers.queries import standings
from donghanh.dossiers.queries.roads import Walk


def near(actor: Actor, step: Step, on: date, today: date, book: Rulebook) -> list[Walk]:
    """
    Return the dossiers in sight whose road has come as far as a step or turn, in order of names.

    Whoever the rules would let take it on the day is among them. Left out are roads on which an act
    that has to come before was never recorded, and those of which what is kept says that it is done
    already, or too late. Nobody is left out whose standing is old, or may be otherwise on that day.

    Args:
        actor: Who looks.
        step: The step, or the turn beside the road.
        on: The day of the act.
        today: The day the roads are shown for (Asia/Ho_Chi_Minh).
        book: The rules.
    """
    rows = standings.in_reach(actor)
    past = _over(book, step)
    if past and _one_book(book, on, today):
        rows = rows.alias(over=F("past_steps").bitand(rules.bits(past))).exclude(
            standings.holds(book, today)
            & Q(until_date__gt=on, acted_date__lte=on, over__gt=0)
            & ~Q(branches__contains=Branch.MOVED.value)
        )
    last = _last_before(book, step)
    if last is not None:
        acts = Act.objects.filter(dossier=OuterRef("pk"), step=last.value)
        rows = rows.filter(Exists(acts.filter(voids=None, voided_by=None)))
    return reads.walks(actor, today, book, among=rows.values_list("pk", flat=True))


def awaited(
    actor: Actor, steps: Collection[Step], today: date, book: Rulebook, but: Collection[int] = ()
) -> Iterator[Step]:
    """
    Yield those of some steps that somebody in sight waits for, in the order given.

    Args:
        actor: Who looks.
        steps: The steps; a turn is never waited for.
        today: The day (Asia/Ho_Chi_Minh).
        book: The rules.
        but: The dossiers that are not asked.
    """
    found = standings.sight(actor, book, today)
    told = [one.standing.open_steps for one in found.told if one.standing.pk not in but]
    kept = found.fresh.exclude(pk__in=but).aggregate(every=BitOr("open_steps"))["every"]
    for step in steps:
        if book.catalogue.turn(step) is not None:
            continue
        if book.step(step).blocks:
            waits = any(bits & rules.bit(step) for bits in (kept or 0, *told))
        else:
            # What the road goes on without is not kept as open.
            walks = near(actor, step, today, today, book)
            waits = any(
                step in {one.step for one in walk.road.open}
                for walk in walks
                if walk.dossier.pk not in but
            )
        if waits:
            yield step


def acted(actor: Actor, steps: Collection[Step], since: date, until: date) -> list[int]:
    """Return the dossiers in sight with an act of some steps in a period, both days included."""
    acts = Act.objects.filter(
        step__in=[step.value for step in steps], on_date__gte=since, on_date__lte=until
    )
    seen = reads.visible_to(actor).filter(pk__in=acts.values("dossier_id"))
    return list(seen.values_list("pk", flat=True))


def _over(book: Rulebook, step: Step) -> tuple[Step, ...]:
    """Return the steps of which one, once done, keeps a step or turn from being taken."""
    turn = book.catalogue.turn(step)
    if turn is not None:
        return turn.before
    return () if book.step(step).repeats else (step,)


def _last_before(book: Rulebook, step: Step) -> Step | None:
    """Return the last step that is an act on every road and comes before a step or turn, if any."""
    turn = book.catalogue.turn(step)
    first = {step} if turn is None else set(turn.after)
    before = set().union(*(book.catalogue.ancestors(one) for one in first))
    if turn is not None:
        before |= first
    left_out = {one for other in book.catalogue.turns for one in other.skips}
    always = [
        rule
        for rule in book.steps()
        if rule.step in before - left_out
        and rule.blocks
        and not rule.papers
        and rule.only_if is None
        and rule.never_if is None
        and rule.only_where is None
        and rule.lapses_with is None
    ]
    return max(always, key=lambda rule: rule.order).step if always else None


def _one_book(book: Rulebook, on: date, today: date) -> bool:
    """Tell whether no rule begins between two days, so that what held then holds now."""
    begins = book.begins_after(min(on, today))
    return begins is None or begins > max(on, today)
