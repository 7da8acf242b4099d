"""What differs: between two days of the rules, two editions of them, and two roads of one case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TypeVar

from donghanh.domain.acts import Step
from donghanh.domain.calendar import CalendarYear
from donghanh.domain.catalogue import Regime
from donghanh.domain.eligibility import Condition
from donghanh.domain.roads import PaperNeed, Road, Stage
from donghanh.domain.rules import Rulebook
from donghanh.domain.tables import Document, Value
from donghanh.domain.timeline import CENTRAL, Entry

K = TypeVar("K")
T = TypeVar("T")


class Difference(StrEnum):
    """How a value differs."""

    SAME = "same"
    ADDED = "added"
    GONE = "gone"
    VALUE = "value"
    SOURCE = "source"  # the same value, out of another document or place
    STANDING = "standing"  # the same value and place, compared meanwhile, or no longer


@dataclass(frozen=True, slots=True)
class ValueChange:
    """
    One value on both sides.

    Attributes:
        name: The rule.
        scope: The scope.
        before: The entry on the one side; None where there is none.
        after: The entry on the other side; None where there is none.
    """

    name: str
    scope: str
    before: Entry[Value] | None
    after: Entry[Value] | None

    @property
    def difference(self) -> Difference:
        """How the two differ."""
        if self.before is None:
            return Difference.SAME if self.after is None else Difference.ADDED
        if self.after is None:
            return Difference.GONE
        if self.before.value != self.after.value:
            return Difference.VALUE
        if _place(self.before) != _place(self.after):
            return Difference.SOURCE
        same = self.before.settled is self.after.settled
        return Difference.SAME if same else Difference.STANDING

    @property
    def entry(self) -> Entry[Value]:
        """The later side, or the earlier one where there is no later."""
        found = self.after or self.before
        assert found is not None  # noqa: S101 - a change has at least one side
        return found


@dataclass(frozen=True, slots=True)
class BookChange:
    """
    What an edition of the rulebook changes.

    Attributes:
        values: The values that differ, by rule, scope and first day; those that are only carried
            into a new regime stand apart.
        carried: The values that a new regime carries on, to be compared with its text.
        regimes: The regimes that are new or differ, with what stood there before.
        years: The calendar years that are new or differ, with what stood there before.
        documents: The documents that are new, by short name.
    """

    values: tuple[ValueChange, ...]
    carried: tuple[ValueChange, ...]
    regimes: tuple[tuple[Regime | None, Regime | None], ...]
    years: tuple[tuple[CalendarYear | None, CalendarYear | None], ...]
    documents: tuple[tuple[str, Document], ...]

    @property
    def empty(self) -> bool:
        """Tell whether nothing differs."""
        return not (self.values or self.carried or self.regimes or self.years or self.documents)


class Aspect(StrEnum):
    """In what a road differs."""

    STATUS = "status"
    STEP = "step"  # how a step stands
    SHARE = "share"  # what its vote must reach
    PAPER = "paper"  # what is asked for, or how it stands
    FIRST_DAY = "first_day"  # first day a step may be done
    LAST_DAY = "last_day"  # last day of a clock
    EXTENSION = "extension"  # last day with the longest extension
    CONDITION = "condition"
    MET_FROM = "met_from"  # first day a condition is met
    MET_UNTIL = "met_until"  # last day a condition is met


@dataclass(frozen=True, slots=True)
class RoadChange:
    """
    One thing that differs between two roads of one case.

    Attributes:
        aspect: In what.
        step: The step it belongs to, if it belongs to one.
        name: Of the rule, the condition or the form.
        before: What it was: a day, a member of an enumeration, an entry; None where it was not.
        after: What it is; None where it is no more.
    """

    aspect: Aspect
    step: Step | None
    name: str
    before: object
    after: object


class PaperState(StrEnum):
    """How a paper of a road stands."""

    ASKED = "asked"
    REQUIRED = "required"
    THERE = "there"
    STALE = "stale"


def between_days(
    book: Rulebook, a: date, b: date, scopes: tuple[str, ...] = (CENTRAL,)
) -> tuple[ValueChange, ...]:
    """
    Return every value in force on either of two days.

    Args:
        book: The rules.
        a: The one day.
        b: The other; may be the earlier one.
        scopes: Whose rules, central first; each is compared with itself.

    Returns:
        One per rule and scope, by rule, then in the order of ``scopes``; those that are the same
        on both days included.
    """
    found = []
    for name in book.names():
        one = {entry.scope: entry for entry in book.all_on(name, a, scopes)}
        other = {entry.scope: entry for entry in book.all_on(name, b, scopes)}
        found += [
            ValueChange(name, scope, one.get(scope), other.get(scope))
            for scope in scopes
            if scope in one or scope in other
        ]
    return tuple(found)


def between_books(before: Rulebook, after: Rulebook) -> BookChange:
    """
    Return what an edition of the rulebook changes.

    Args:
        before: The one edition.
        after: The other.
    """
    one = {(entry.name, entry.scope, entry.since): entry for entry in before.entries()}
    other = {(entry.name, entry.scope, entry.since): entry for entry in after.entries()}
    changes = [
        ValueChange(mark[0], mark[1], one.get(mark), other.get(mark))
        for mark in sorted(one.keys() | other.keys(), key=_order)
    ]
    differing = [change for change in changes if change.difference is not Difference.SAME]
    known = before.contents.documents
    return BookChange(
        values=tuple(change for change in differing if not _is_carried(change)),
        carried=tuple(change for change in differing if _is_carried(change)),
        regimes=_pairs(
            {regime.code: replace(regime, edition=0) for regime in before.regimes()},
            {regime.code: replace(regime, edition=0) for regime in after.regimes()},
        ),
        years=_pairs(
            {year.year: year for year in before.contents.years},
            {year.year: year for year in after.contents.years},
        ),
        documents=tuple(
            (key, one) for key, one in after.contents.documents.items() if key not in known
        ),
    )


def between_roads(before: Road, after: Road) -> tuple[RoadChange, ...]:
    """
    Return in what two roads of one case differ, in the order of the road.

    Args:
        before: By the one edition of the rules.
        after: By the other, on the same day.
    """
    found = []
    if before.status is not after.status:
        found.append(RoadChange(Aspect.STATUS, None, "", before.status, after.status))
    stages = {stage.step: stage for stage in before.stages}
    for stage in after.stages:
        found += _between_stages(stages[stage.step], stage)
    found += _between_clocks(before, after)
    found += _between_conditions(before.conditions, after.conditions)
    return tuple(found)


def _place(entry: Entry[Value]) -> tuple[object, ...]:
    cite = entry.cite
    return cite.issuer, cite.number, cite.signed_on, cite.article


def _order(mark: tuple[str, str, date]) -> tuple[str, bool, str, date]:
    name, scope, since = mark
    return name, scope != CENTRAL, scope, since


def _is_carried(change: ValueChange) -> bool:
    return change.entry.carried


def _pairs(before: Mapping[K, T], after: Mapping[K, T]) -> tuple[tuple[T | None, T | None], ...]:
    keys = dict.fromkeys((*before, *after))
    pairs = [(before.get(key), after.get(key)) for key in keys]
    return tuple(pair for pair in pairs if pair[0] != pair[1])


def _between_stages(before: Stage, after: Stage) -> Iterable[RoadChange]:
    step = after.step
    if before.state is not after.state:
        yield RoadChange(Aspect.STEP, step, "", before.state, after.state)
    one, other = before.threshold, after.threshold
    if (one and one.value) != (other and other.value):
        name = after.rule.threshold or before.rule.threshold or ""
        yield RoadChange(Aspect.SHARE, step, name, one, other)
    if before.earliest_on != after.earliest_on:
        yield RoadChange(Aspect.FIRST_DAY, step, "", before.earliest_on, after.earliest_on)
    papers = {need.form: _paper(need) for need in before.papers}
    later = {need.form: _paper(need) for need in after.papers}
    for form in dict.fromkeys((*papers, *later)):
        if papers.get(form) is not later.get(form):
            yield RoadChange(Aspect.PAPER, step, form, papers.get(form), later.get(form))


def _paper(need: PaperNeed) -> PaperState:
    if need.stale:
        return PaperState.STALE
    if need.met:
        return PaperState.THERE
    return PaperState.REQUIRED if need.required else PaperState.ASKED


def _between_clocks(before: Road, after: Road) -> Iterable[RoadChange]:
    one, other = _clocks(before), _clocks(after)
    for mark in dict.fromkeys((*one, *other)):
        step, name, _ = mark
        was, now = one.get(mark, (None, None)), other.get(mark, (None, None))
        if was[0] != now[0]:
            yield RoadChange(Aspect.LAST_DAY, step, name, was[0], now[0])
        elif was[1] != now[1]:
            yield RoadChange(Aspect.EXTENSION, step, name, was[1], now[1])


def _clocks(road: Road) -> dict[tuple[Step, str, str], tuple[date | None, date | None]]:
    """Return the last days of every clock, by the first step it stands at, its rule and scope."""
    found: dict[tuple[str, str], tuple[Step, date, date | None]] = {}
    for stage in road.stages:
        for clock in stage.clocks:
            mark = (clock.name, clock.entry.scope)
            found.setdefault(mark, (stage.step, clock.last_day, clock.extension_last_day))
    return {(step, *mark): (last, more) for mark, (step, last, more) in found.items()}


def _between_conditions(
    before: tuple[Condition, ...], after: tuple[Condition, ...]
) -> Iterable[RoadChange]:
    one = {condition.name: condition for condition in before}
    other = {condition.name: condition for condition in after}
    for name in dict.fromkeys((*one, *other)):
        was, now = one.get(name), other.get(name)
        verdicts = (was and was.verdict, now and now.verdict)
        if verdicts[0] is not verdicts[1]:
            yield RoadChange(Aspect.CONDITION, None, name, *verdicts)
        if was is None or now is None:
            continue
        if was.from_day != now.from_day:
            yield RoadChange(Aspect.MET_FROM, None, name, was.from_day, now.from_day)
        if was.until_day != now.until_day:
            yield RoadChange(Aspect.MET_UNTIL, None, name, was.until_day, now.until_day)
