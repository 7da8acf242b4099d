"""The clocks of a road: waits, windows, dues, what expires."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from donghanh.domain import deadlines
from donghanh.domain.acts import Act, Step
from donghanh.domain.calendar import CalendarEnds, add_months
from donghanh.domain.catalogue import AGEING, ClockKind, ClockRule, Start, StepRule
from donghanh.domain.deadlines import Clock
from donghanh.domain.rules import Rulebook
from donghanh.domain.timeline import Entry
from donghanh.domain.walk import Walk, copies_of, probation_end


@dataclass(frozen=True, slots=True)
class DossierAge:
    """How long the dossier has been open: its start, its last good day, the rule."""

    start: date
    last_day: date
    entry: Entry[int]


def dossier_age(walk: Walk) -> DossierAge | None:
    """
    Return how long the dossier has been open without a cell resolution.

    Args:
        walk: The acts; the age is counted from the application, and anew from the first of the
            papers once all of them have been made again.

    Source:
        rulebook/deadlines.toml [dossier.ageing]
    """
    if not walk.papers:
        return None
    reference = walk.judged_on
    forms = walk.book.forms()
    opened = [
        act.on for form in forms if form.opens_dossier for act in walk.papers.get(form.code, ())
    ]
    vote = walk.last(Step.CELL_VOTED)
    book = walk.book.at(None if vote is None else vote.edition)
    entry = book.find_number(AGEING, reference if vote is None else walk.governing(vote))
    if not opened or entry is None:
        return None
    start = min(opened)
    last = add_months(start, entry.value)
    if reference > last:
        branches = walk.branches(reference)
        asked = [form for form in forms if form.redo_when_aged if form.never_if not in branches]
        again = [
            walk.papers.get(form.code, ())[-copies_of(book, form, branches, reference) :]
            for form in asked
        ]
        again.append(walk.done(Step.VERIFIED)[-1:])
        renewed = min((act.on for acts in again for act in acts), default=start)
        if all(again) and renewed > last:
            start, last = renewed, add_months(renewed, entry.value)
    return DossierAge(start, last, entry)


def clocks_of(walk: Walk, rule: StepRule, age: DossierAge | None) -> tuple[tuple[Clock, ...], bool]:
    """
    Return the clocks of a step.

    Args:
        walk: The acts.
        rule: The step.
        age: The dossier's age, where it has been opened.

    Returns:
        The clocks, central before local; False beside them when the calendar of days off ends
        before one of them, which is then left out.
    """
    clocks = walk.book.clocks_of(rule.step)
    if not clocks:
        return (), True
    found: list[Clock] = []
    complete = True
    for clock in clocks:
        if clock.start is Start.DOSSIER:
            found += [] if age is None else [_ageing(walk, clock, age)]
            continue
        begun = walk.last(clock.starts)
        if begun is None:
            continue
        try:
            found += _running(walk, clock, begun)
        except CalendarEnds:
            complete = False
    return tuple(found), complete


def _running(walk: Walk, clock: ClockRule, begun: Act) -> list[Clock]:
    start = _start(walk, clock, begun)
    ended = _ended(walk, clock)
    day, book, scopes = _governing(walk, clock, begun, start, ended)
    if clock.rule not in book.contents.heads:
        return []  # nobody knew of it when the step was done
    done_on = None if ended is None else ended.on
    more: dict[str, Entry[int]] = {}
    if clock.extension is not None:
        more = {entry.scope: entry for entry in book.numbers_on(clock.extension, day, scopes)}
    granted = _granted(walk, clock.rule)
    return [
        deadlines.clock(
            clock.kind,
            start,
            entry,
            book.workdays(),
            extension=more.get(entry.scope),
            done_on=done_on,
            granted_until=granted,
            consequence_vi=clock.consequence_vi,
            ends=clock.ends,
        )
        for entry in book.numbers_on(clock.rule, day, scopes)
    ]


def _governing(
    walk: Walk, clock: ClockRule, begun: Act, start: date, ended: Act | None
) -> tuple[date, Rulebook, tuple[str, ...]]:
    """
    Return the day, the edition and the scopes a clock is read with.

    What expires is judged when the person is considered; what is due, when it began to run, and
    with the edition of the act that closed it, or the newest while it is open. A wait is fixed
    once it has begun: the day recognition is dated with does not move any more.
    """
    closed = begun if clock.kind is ClockKind.WAIT else ended
    book = walk.book.at(None if closed is None else closed.edition)
    if clock.kind is ClockKind.EXPIRY:
        day = walk.today if ended is None else walk.governing(ended)
        return day, book, walk.scopes(walk.today if ended is None else ended.on)
    if clock.start is Start.PROBATION_END:
        return start, book, walk.scopes(start)  # the rules of the day it begins to run
    return walk.governing(begun), book, walk.scopes(begun.on)


def _start(walk: Walk, clock: ClockRule, begun: Act) -> date:
    if clock.start is Start.PROBATION_END:
        return probation_end(begun, walk.book) or begun.on
    if clock.start is Start.RECEIVED:
        book = walk.book.at(begun.edition)
        name = f"{clock.rule}.start"
        known = name in book.contents.heads
        begins = book.find_text(name, walk.governing(begun)) if known else None
        if begins is not None and begins.value == "issued":
            return begun.on
        return begun.received_on or begun.on  # not yet known when received: the earlier reading
    return begun.on


def _ended(walk: Walk, clock: ClockRule) -> Act | None:
    """Return the act that ended a clock: the last paper, the first passed act, the last vote."""
    if clock.forms:
        firsts = [act for form in clock.forms for act in walk.papers.get(form, ())[:1]]
        return max(firsts, key=lambda act: act.on) if len(firsts) == len(clock.forms) else None
    if clock.kind is ClockKind.WAIT:
        return None
    done = walk.done(clock.ends)
    if not done:
        return None
    return done[-1] if clock.kind is ClockKind.EXPIRY else done[0]


def _granted(walk: Walk, rule: str) -> date | None:
    """Return the last day a committee allowed for a rule, if any did."""
    days = [act.until for act in walk.of(Step.EXTENDED) if act.about == rule and act.until]
    return max(days, default=None)


def _ageing(walk: Walk, clock: ClockRule, age: DossierAge) -> Clock:
    vote = walk.last(Step.CELL_VOTED)
    return Clock(
        kind=clock.kind,
        name=age.entry.name,
        starts_on=age.start,
        last_day=age.last_day,
        entry=age.entry,
        done_on=None if vote is None else vote.on,
        settled=age.entry.settled,
        consequence_vi=clock.consequence_vi,
        ends=clock.ends,
    )
