"""From which day until which a case counts for which figures: what a summary of figures keeps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from donghanh.domain import indicators
from donghanh.domain.indicators import Indicator
from donghanh.domain.roads import Road
from donghanh.domain.rules import Rulebook, short_hash

#: The end of what holds for good.
FOREVER = date.max
#: Raised when what is written here changes its meaning: what was kept before is told anew.
_MADE = "1"


@dataclass(frozen=True, slots=True)
class Span:
    """
    Days on which a case counts for the same figures.

    Attributes:
        since: First day.
        until: Day after the last; ``FOREVER`` where it ends by an act alone.
        counted: The figures, as ``bits``; never none.
    """

    since: date
    until: date
    counted: int


@lru_cache(maxsize=8)
def bits(book: Rulebook) -> dict[str, int]:
    """Return the bit of every indicator in ``Span.counted``, by code; see ``key_of``."""
    return {one.code: 1 << (one.order - 1) for one in indicators.load(book)}


@lru_cache(maxsize=8)
def key_of(book: Rulebook) -> str:
    """Return what tells apart the rules, and the way, spans were told by."""
    return short_hash(part.encode() for part in (_MADE, book.version, *bits(book)))


def counted_on(road: Road, book: Rulebook, day: date) -> int:
    """
    Return the figures a case counts for with a day as cut-off, as ``bits``.

    Args:
        road: The case as it stands now.
        book: The rules.
        day: The cut-off, of the school year it lies in.
    """
    return _counted(indicators.standing(road, book, day), book, day)


def _counted(then: Road, book: Rulebook, day: date) -> int:
    year, known, found = book.school_year(day), bits(book), 0
    for one in _load(book):
        if indicators.day_of(one, then, year, day) is not None:
            found |= known[one.code]
    return found


@lru_cache(maxsize=8)
def _load(book: Rulebook) -> tuple[Indicator, ...]:
    return indicators.load(book)


def spans(road: Road, book: Rulebook) -> tuple[Span, ...]:
    """
    Return on which days a case counts for which figures, whatever day may be the cut-off.

    Nothing in it depends on the day it is told: it holds until something of the case changes, or
    the rules do.

    Args:
        road: The case as it stands now.
        book: The rules.

    Returns:
        By their days, without overlap; days on which it counts for nothing lie in none.
    """
    told: list[Span] = []
    day = _first(road)
    while day is not None:
        then = indicators.standing(road, book, day)
        following = _following(road, then, book, day)
        mask, until = _counted(then, book, day), following or FOREVER
        if told and told[-1].counted == mask and told[-1].until == day:
            told[-1] = Span(told[-1].since, until, mask)
        elif mask:
            told.append(Span(day, until, mask))
        day = following
    return tuple(told)


def _first(road: Road) -> date | None:
    return min(_dated(road), default=None)


def _dated(road: Road) -> Iterator[date]:
    """Yield the days on which something was done in a case."""
    yield from (act.on for act in road.acts if not act.voided)
    yield from (one for one in (road.case.consented_on, road.case.stopped_on) if one is not None)
    for move in road.case.moves:
        yield move.on
        if move.received_on is not None:
            yield move.received_on


def _following(road: Road, then: Road, book: Rulebook, day: date) -> date | None:
    """Return the next day on which another set of figures may count a case."""
    dated, later = list(_dated(road)), list(_ends(then, book))
    due = [one for one in (*dated, *later) if one > day]
    year = book.school_year(day)
    if due or any(one >= year.since for one in (*dated, *later)):
        due.append(year.until)
    begins = book.begins_after(day)
    if begins is not None and begins <= max(dated):
        due.append(begins)
    return min(due, default=None)


def _ends(then: Road, book: Rulebook) -> Iterable[date]:
    """Yield the days on which a clock some figure asks for changes what is counted."""
    asked = {name: one.within for one in _load(book) for name in one.clocks}
    for stage in then.stages:
        for clock in stage.clocks:
            if clock.name in asked and not clock.is_local and clock.last_day < FOREVER:
                yield clock.last_day + timedelta(days=1)
                if asked[clock.name]:
                    yield clock.last_day - timedelta(days=asked[clock.name])
