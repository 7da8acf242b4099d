"""What bounds the days on which a step can be done: what opens it, what closes it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum

from donghanh.domain.acts import Case, Destination, Step
from donghanh.domain.book import MOVES_CONSIDERATION
from donghanh.domain.calendar import CalendarEnds
from donghanh.domain.catalogue import ClockKind, ClockRule, Start
from donghanh.domain.deadlines import span_end
from donghanh.domain.eligibility import age_reached_on
from donghanh.domain.roads import Road, Stage
from donghanh.domain.rules import Rulebook
from donghanh.domain.tables import Value
from donghanh.domain.timeline import Entry, Timeline

Limit = tuple[date, "Bound", tuple[Entry[object], ...]]


class Bound(StrEnum):
    """What bounds the days on which a step can be done."""

    TODAY = "today"
    BEFORE = "before"  # a step before it
    AGE = "age"
    PROBATION = "probation"
    CERTIFICATE = "certificate"
    DOSSIER = "dossier"
    RESOLUTION = "resolution"
    LEAVING = "leaving"
    AFTER = "after"  # a step after it that cannot be later


_EXPIRIES = {Step.TRAINED: Bound.CERTIFICATE, Step.APPLIED: Bound.DOSSIER}
_ELSEWHERE = frozenset({Destination.LOCALITY, Destination.INSTITUTION, Destination.UNIT})


def openings(
    left: Sequence[Stage], road: Road, rulebook: Rulebook, today: date
) -> dict[Step, Limit]:
    """
    Return the first day on which each step that is left can be done, and what sets it.

    Args:
        left: The stages that are left, in the order of the road.
        road: Where the case stands on the day asked about.
        rulebook: The rules.
        today: The day asked about.
    """
    found: dict[Step, Limit] = {}
    for stage in left:
        options: list[Limit] = [(today, Bound.TODAY, ())]
        for step in rulebook.catalogue.ancestors(stage.step):
            if step in found and found[step][0] > today:
                options.append((found[step][0], Bound.BEFORE, found[step][2]))
        options += _own_opening(stage, road, rulebook, today, found)
        # of two that open on one day the stage's own is told, which stands last
        found[stage.step] = max(reversed(options), key=lambda one: one[0])
    return found


def _own_opening(
    stage: Stage, road: Road, rulebook: Rulebook, today: date, found: Mapping[Step, Limit]
) -> list[Limit]:
    options: list[Limit] = []
    if stage.rule.judges_person:
        options += _of_age(road.case, rulebook, today)
    for rule in rulebook.clocks_of(stage.step):
        if rule.kind is not ClockKind.WAIT:
            continue
        running = [one for one in stage.clocks if one.name == rule.rule]
        options += [(one.free_on, Bound.PROBATION, (one.entry,)) for one in running]
        if not running and rule.starts in found:
            begins = found[rule.starts][0]
            for entry in rulebook.numbers_on(rule.rule, begins, road.case.at(begins).scopes):
                free = _span(begins, entry, rulebook) + timedelta(days=1)
                options.append((free, Bound.PROBATION, (entry,)))
    return options


def _of_age(case: Case, rulebook: Rulebook, today: date) -> list[Limit]:
    """Return the first day the person is old enough, by the rules of that very day."""
    lines = [rulebook.timeline(name) for name in ("age.minimum", "age.counting")]
    for begin, end in _stretches(lines, today):
        one = age_reached_on(case.born, begin, rulebook)
        if one.from_day is not None and one.from_day < end:
            first = one.from_day if begin == today else max(one.from_day, begin)
            return [(first, Bound.AGE, one.entries)]
    return []


def fresh_days(
    left: Sequence[Stage], first: Mapping[Step, Limit], road: Road, rulebook: Rulebook
) -> dict[Step, date]:
    """
    Return from which day a step stays good until what it serves can be done at all.

    Args:
        left: The stages that are left, in the order of the road.
        first: The first day of each, and what sets it.
        road: Where the case stands on the day asked about.
        rulebook: The rules.

    Returns:
        Days after the first day of the step, for it and for what comes after it; nothing of a step
        that stays good long enough whenever it is done.
    """
    found: dict[Step, date] = {}
    for stage in left:
        since = first[stage.step][0]
        days = [found[one] for one in rulebook.catalogue.ancestors(stage.step) if one in found]
        for clock in rulebook.clocks_of(stage.step):
            if clock.kind is ClockKind.EXPIRY and clock.ends in first:
                needed = first[clock.ends][0]
                scopes = road.case.at(needed).scopes
                for entry in rulebook.numbers_on(clock.rule, needed, scopes):
                    days.append(_good_on(needed, since, entry, rulebook))
        if max(days, default=since) > since:
            found[stage.step] = max(days)
    return found


def _good_on(needed: date, since: date, entry: Entry[int], rulebook: Rulebook) -> date:
    """Return the first day from one on after which a span lasts until the day it is needed."""
    days = range((needed - since).days)
    late = bisect_left(
        days, needed, key=lambda after: _span(since + timedelta(days=after), entry, rulebook)
    )
    return since + timedelta(days=late)


def closings(
    left: Sequence[Stage], road: Road, rulebook: Rulebook, today: date, leaves_on: date | None
) -> dict[Step, Limit]:
    """
    Return the last day on which each step that is left can be done, and what sets it.

    Args:
        left: The stages that are left, in the order of the road.
        road: Where the case stands on the day asked about.
        rulebook: The rules.
        today: The day asked about.
        leaves_on: Day the graduation decision is expected to take effect.

    Returns:
        Nothing of a step that no day closes.
    """
    expiring = [
        (clock.ends, limit)
        for stage in road.stages
        for clock in rulebook.clocks_of(stage.step)
        if clock.kind is ClockKind.EXPIRY
        if (limit := _good_until(clock, stage, road, rulebook, today)) is not None
    ]
    leaving = _leaving(road, rulebook, today, leaves_on)
    found: dict[Step, Limit] = {}
    for stage in reversed(left):
        options = [limit for ends, limit in expiring if ends is stage.step]
        options += leaving if stage.rule.ends_at_graduation else []
        for later in left:
            limit = found.get(later.step)
            if limit and stage.step in rulebook.catalogue.ancestors(later.step):
                options.append((limit[0], Bound.AFTER, limit[2]))
        if options:
            found[stage.step] = min(options, key=lambda one: one[0])
    return found


def _leaving(road: Road, rulebook: Rulebook, today: date, leaves_on: date | None) -> list[Limit]:
    """Return the last day before graduation, where it moves consideration away."""
    leaving = road.case.graduated_on or leaves_on
    move = road.case.move_at(today)
    if leaving is None or (move is not None and move.to in _ELSEWHERE):
        return []
    day = max(leaving, today)
    flag = rulebook.find_flag(MOVES_CONSIDERATION, day, road.case.at(day).scopes)
    if flag is None or not flag.value:
        return []
    return [(leaving - timedelta(days=1), Bound.LEAVING, (flag,))]


def _good_until(
    clock: ClockRule, stage: Stage, road: Road, rulebook: Rulebook, today: date
) -> Limit | None:
    """Return the last good day of what expires; None where it has to be made anew anyway."""
    start = _dossier(stage, road, rulebook, today)
    if clock.start is not Start.DOSSIER:
        begun = road.stage(clock.starts)
        start = begun.act.on if begun.act is not None and not begun.stale else None
    if start is None:
        return None
    bound = _EXPIRIES.get(stage.step, Bound.RESOLUTION)
    scopes = road.case.at(today).scopes
    lines = [
        rulebook.timeline(clock.rule, one) for one in scopes if rulebook.ever(clock.rule, (one,))
    ]
    for begin, end in _stretches(lines, today):
        found = rulebook.numbers_on(clock.rule, begin, scopes)
        lasts = [(_span(start, entry, rulebook), entry) for entry in found]
        last, entry = min(lasts, key=lambda one: one[0], default=(end, None))
        if entry is not None and last + timedelta(days=1) < end:
            return max(last, begin - timedelta(days=1)), bound, (entry,)
    return None


def _dossier(stage: Stage, road: Road, rulebook: Rulebook, today: date) -> date | None:
    """Return the day from which the papers there are grow old; None where there are none."""
    clock = next((one for one in stage.clocks if one.kind is ClockKind.EXPIRY), None)
    if clock is None:
        return None
    number = rulebook.catalogue.answers_for
    ages = {need.form for one in road.stages for need in one.papers if need.expires_on is not None}
    made = [
        act.on
        for one in road.stages
        for act in one.history
        if one.rule.redo_when_aged or number(act.form or "") in ages
    ]
    if clock.last_day >= today:
        return clock.starts_on if made else None
    return min((on for on in made if on > clock.last_day), default=None)


def _span(start: date, entry: Entry[int], rulebook: Rulebook) -> date:
    """Return the last day of a span, or the end of the calendar where that comes before it."""
    try:
        return span_end(start, entry, rulebook.workdays())
    except CalendarEnds:
        return rulebook.workdays().until


def _stretches(lines: Iterable[Timeline[Value]], today: date) -> Iterator[tuple[date, date]]:
    """Go through the stretches of days from one on in which no value of some rules changes."""
    later = {entry.since for line in lines for entry in line.entries if entry.since > today}
    begins = sorted({today, *later})
    yield from zip(begins, [*begins[1:], date.max], strict=True)
