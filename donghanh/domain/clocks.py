"""The clocks of a road: dues, the probation, what expires."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from donghanh.domain import deadlines
from donghanh.domain.acts import Act, Step
from donghanh.domain.calendar import CalendarEnds, add_months
from donghanh.domain.catalogue import DueRule, StepRule
from donghanh.domain.deadlines import Clock, ClockKind
from donghanh.domain.timeline import Entry
from donghanh.domain.walk import Walk, probation_end


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
        rulebook/deadlines.toml [dossier_age]
    """
    forms = walk.book.papers_of(Step.PAPERS, walk.case.scopes)
    opened = [act.on for form in forms if form.opens_dossier for act in walk.papers(form.code)]
    reference = walk.reference()
    entry = walk.book.find_number("dossier_age", reference)
    if not opened or entry is None:
        return None
    start = min(opened)
    last = add_months(start, entry.value)
    again = [walk.papers(form.code)[-1:] for form in forms if form.redo_when_aged]
    renewed = min((act.on for acts in again for act in acts), default=start)
    if reference > last and all(again) and renewed > last:
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
    found: list[Clock] = []
    complete = True
    for due in rule.dues:
        try:
            found += _dues(walk, rule, due)
        except CalendarEnds:
            complete = False
    if rule.waits_for_probation:
        found += _probation(walk)
    if rule.step is Step.TRAINED:
        found += _certificate(walk)
    if rule.step is Step.PAPERS and age is not None:
        found.append(_ageing(walk, age))
    return tuple(found), complete


def _dues(walk: Walk, rule: StepRule, due: DueRule) -> list[Clock]:
    after = walk.last(due.after)
    if after is None:
        return []
    day = walk.governing(after)
    start = _start(walk, due, after)
    if due.start == "probation_end":
        day = start  # the rules of the day it begins to run, not of the ceremony a year before
    more = {} if due.extension is None else _by_scope(walk, due.extension, day)
    return [
        deadlines.clock(
            ClockKind.DUE,
            start,
            entry,
            walk.book.workdays(),
            extension=more.get(entry.scope),
            done_on=_done_on(walk, rule, due),
        )
        for entry in walk.book.numbers_on(due.rule, day, walk.case.scopes)
    ]


def _by_scope(walk: Walk, name: str, day: date) -> dict[str, Entry[int]]:
    return {entry.scope: entry for entry in walk.book.numbers_on(name, day, walk.case.scopes)}


def _start(walk: Walk, due: DueRule, after: Act) -> date:
    if due.start == "probation_end":
        return probation_end(after, walk.book) or after.on
    if due.start == "received":
        begins = walk.book.find_text("ceremony_starts", walk.governing(after))
        if begins is not None and begins.value == "issued":
            return after.on
        return after.received_on or after.on  # not yet known when received: the earlier reading
    return after.on


def _done_on(walk: Walk, rule: StepRule, due: DueRule) -> date | None:
    if not due.papers:
        return next((act.on for act in walk.passed[rule.step]), None)
    days = [act.on for form in due.papers for act in walk.papers(form)[:1]]
    return max(days) if len(days) == len(due.papers) else None


def _probation(walk: Walk) -> list[Clock]:
    admitted = walk.last(Step.ADMITTED)
    if admitted is None:
        return []
    entry = walk.book.find_number("probation", walk.governing(admitted))
    if entry is None:
        return []
    return [deadlines.clock(ClockKind.WAIT, admitted.on, entry, walk.book.workdays())]


def _certificate(walk: Walk) -> list[Clock]:
    issued = next(reversed(walk.of(Step.TRAINED)), None)
    vote = walk.last(Step.CELL_VOTED)
    day = walk.today if vote is None else walk.governing(vote)
    entry = walk.book.find_number("certificate_validity", day)
    if issued is None or entry is None:
        return []
    done_on = None if vote is None else vote.on
    days = walk.book.workdays()
    return [deadlines.clock(ClockKind.EXPIRY, issued.on, entry, days, done_on=done_on)]


def _ageing(walk: Walk, age: DossierAge) -> Clock:
    vote = walk.last(Step.CELL_VOTED)
    return Clock(
        kind=ClockKind.EXPIRY,
        name=age.entry.name,
        starts_on=age.start,
        last_day=age.last_day,
        entry=age.entry,
        done_on=None if vote is None else vote.on,
        settled=age.entry.settled,
    )
