"""Who had which case on a day: what a school counts on a day goes by that, not by today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from donghanh.domain import spans as domain_spans
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.roads import Road
from donghanh.domain.rules import Rulebook
from donghanh.dossiers import queries as dossiers
from donghanh.indicators.models import Span
from donghanh.indicators.queries.spans import Stays, stays
from donghanh.lib import wall


@dataclass(frozen=True, slots=True)
class Held:
    """
    What a school counts on a day.

    Attributes:
        roads: The cases it had on the day and has today, as they stand today.
        gone: The cases another school has received since: by case, the day each is counted for, by
            the figure's code. The school may not read them any more; this is out of their spans.
    """

    roads: Mapping[int, Road]
    gone: Mapping[int, Mapping[str, date]]


def held(school_id: int, book: Rulebook, year: SchoolYear, day: date, today: date) -> Held:
    """
    Return what a school counts on a day, by who had each case then; a fixed number of statements.

    The walls are those of the figures: of a case that has gone on, only for which figures it
    counted, and when, is read. What changed of it within the last minute may be missing.

    Args:
        school_id: The school; a case is counted in one school alone on any day.
        book: The rules.
        year: The school year the day lies in.
        day: The cut-off.
        today: The day roads are shown for (Asia/Ho_Chi_Minh).
    """
    now = dossiers.roads_of_school(school_id, today)
    with wall.counting():
        moved = stays(_touching(school_id))
        had = {case for case, until in moved.items() if Stays(case, until, 0).on(day) == school_id}
        gone = _told(school_id, book, year, day, had - now.keys())
    own = {
        case: road
        for case, road in now.items()
        if Stays(case, moved.get(case, ()), school_id).on(day) == school_id
    }
    return Held(own, gone)


def _touching(school_id: int) -> Q:
    """Return the hand-overs from or to a school: what tells whether it had a case."""
    return Q(from_school_id=school_id) | Q(to_school_id=school_id)


def _told(
    school_id: int, book: Rulebook, year: SchoolYear, day: date, cases: set[int]
) -> dict[int, dict[str, date]]:
    """Return since when in the year each figure counts some cases on a day without a break."""
    known = domain_spans.bits(book)
    rows = Span.objects.filter(
        dossier_id__in=cases, school_id=school_id, since_date__lte=day, until_date__gt=year.since
    ).order_by("dossier_id", "-since_date")
    found: dict[int, dict[str, date]] = {}
    begun: dict[int, date] = {}
    still: dict[int, int] = {}
    for case, since, until, counted in rows.values_list(
        "dossier_id", "since_date", "until_date", "counted"
    ):
        holds = until > day if case not in begun else until == begun[case]
        still[case] = still.get(case, -1) & counted if holds else 0
        begun[case] = since
        for code, bit in known.items():
            if still[case] & bit:
                found.setdefault(case, {})[code] = max(since, year.since)
    return found
