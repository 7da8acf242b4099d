"""Who might take a step or a turn on a day, as far as what is kept tells; nobody is replayed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.contrib.postgres.aggregates import BitOr
from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When

from donghanh.domain import ahead
from donghanh.domain import standings as rules
from donghanh.domain.acts import Branch, Step
from donghanh.domain.authority import Actor
from donghanh.domain.roads import RoadStatus
from donghanh.domain.rules import Rulebook
from donghanh.dossiers.models import Act
from donghanh.dossiers.queries import roads as reads
from donghanh.dossiers.queries import standings
from donghanh.dossiers.queries.standings import Rows

#: Roads on which nothing is recorded any more.
_ENDED = [RoadStatus.DELETED.value, RoadStatus.ANNULLED.value]


def in_sight(actor: Actor, words: str = "") -> Rows:
    """
    Return the rows of all cases an actor sees, whatever they say, in no order.

    Args:
        actor: Who looks.
        words: What their names bear; nothing: all of them.
    """
    rows = standings.named(actor, standings.in_reach(actor), words)
    return rows.filter(pk__in=reads.visible_to(actor).values("pk"))


def near(rows: Rows, step: Step, on: date, today: date, book: Rulebook) -> Rows:
    """
    Return those rows whose road has come as far as a step or turn.

    Whoever the rules would let take it on the day is among them. Left out are roads on which an act
    that has to come before was never recorded, and those of which what is kept says that it is done
    already, too late, or that the road has ended. Nobody is left out by a standing that is old, or
    that may be another on that day.

    Args:
        rows: Cases in sight.
        step: The step, or the turn beside the road.
        on: The day of the act.
        today: The day of looking (Asia/Ho_Chi_Minh).
        book: The rules.
    """
    if _one_book(book, on, today):
        shut = Q(status__in=_ENDED)
        past = ahead.closing(book, step)
        if past:
            rows = rows.alias(shut=F("past_steps").bitand(rules.bits(past)))
            shut |= Q(shut__gt=0)
        rows = rows.exclude(
            standings.holds(book, today)
            & Q(until_date__gt=on, acted_date__lte=on)
            & ~Q(branches__contains=Branch.MOVED.value)
            & shut
        )
    last = ahead.last_before(book, step)
    return rows if last is None else rows.filter(_acted(last))


def between(rows: Rows, step: Step, until: Step, today: date, book: Rulebook) -> Rows:
    """
    Return those rows on whose road a step was recorded, and another is not known to be done.

    Nobody is left out by a standing that is old.

    Args:
        rows: Cases in sight.
        step: What was recorded.
        until: What is not done, as far as what is kept tells.
        today: The day of looking (Asia/Ho_Chi_Minh).
        book: The rules.
    """
    over = standings.holds(book, today) & Q(over__gt=0)
    past = rows.filter(_acted(step)).alias(over=F("past_steps").bitand(rules.bit(until)))
    return past.exclude(over)


def open_first(rows: Rows, step: Step, today: date, book: Rulebook) -> Rows:
    """Return rows in order: those whose road waits for a step as it is kept, then by names."""
    waits = Q(waits_for__gt=0) & standings.holds(book, today)
    return (
        rows.alias(waits_for=F("open_steps").bitand(rules.bit(step)))
        .alias(later=Case(When(waits, then=Value(0)), default=1, output_field=IntegerField()))
        .order_by("later", "sort_key", "pk")
    )


def awaited(rows: Rows, steps: Collection[Step], today: date, book: Rulebook) -> Step | None:
    """
    Return the first of some steps that a road waits for, as far as what is kept tells, or ``None``.

    What a road goes on without, and a turn, nobody waits for.

    Args:
        rows: Cases in sight.
        steps: The steps, in the order asked for.
        today: The day of looking (Asia/Ho_Chi_Minh).
        book: The rules.
    """
    kept = rows.filter(standings.holds(book, today)).aggregate(every=BitOr("open_steps"))["every"]
    return next((step for step in steps if (kept or 0) & rules.bit(step)), None)


def acted(actor: Actor, steps: Collection[Step], since: date, until: date) -> QuerySet[Act]:
    """Return the acts of some steps in a period, both days included, of cases an actor sees."""
    return Act.objects.filter(
        step__in=[step.value for step in steps],
        on_date__gte=since,
        on_date__lte=until,
        dossier__in=reads.visible_to(actor).values("pk"),
    )


def _acted(step: Step) -> Exists:
    acts = Act.objects.filter(dossier=OuterRef("pk"), step=step.value)
    return Exists(acts.filter(voids=None, voided_by=None))


def _one_book(book: Rulebook, on: date, today: date) -> bool:
    """Tell whether no rule begins between two days, so that what held then holds now."""
    begins = book.begins_after(min(on, today))
    return begins is None or begins > max(on, today)
