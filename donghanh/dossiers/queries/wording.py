"""Citations, clocks and needs of a road, in the words pages show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from donghanh.domain import standings
from donghanh.domain.acts import Branch, Step
from donghanh.domain.catalogue import StepRule, TurnRule
from donghanh.domain.deadlines import Clock, ClockKind, ClockState
from donghanh.domain.procedure import Road
from donghanh.domain.rules import Rulebook
from donghanh.domain.standings import AWAITED as AWAITED
from donghanh.domain.standings import HALTED as HALTED
from donghanh.domain.standings import NeedKind
from donghanh.domain.standings import blocking as blocking
from donghanh.domain.standings import exhausted as exhausted
from donghanh.domain.standings import missing as missing
from donghanh.domain.standings import place as place
from donghanh.domain.standings import stages_of as stages_of
from donghanh.domain.timeline import Citation, Entry
from donghanh.dossiers import texts
from donghanh.lib import days

#: From how many days before its last day a clock presses; what only expires is shown earlier.
NEAR = {ClockKind.DUE: 14, ClockKind.WINDOW: 14, ClockKind.EXPIRY: 60}


@dataclass(frozen=True, slots=True)
class Cite:
    """
    A citation as a page shows it.

    ``unsettled``: still to be compared with the original; ``href``: its page in the rulebook.
    """

    label: str
    full: str
    unsettled: bool
    href: str


@dataclass(frozen=True, slots=True)
class ClockRow:
    """
    A clock as a page shows it.

    Attributes:
        label: What the rule is called.
        last_day: Last day inside.
        first_day: First day inside, where it may not be earlier either.
        left: What remains, in words.
        state: Name of its shape.
        cite: Where the rule stands.
        extension: Last day if more time is allowed; None where none may be, or it was already.
        granted: More time was allowed.
        consequence: What follows when it is missed; nothing while that is far away.
    """

    label: str
    last_day: date
    first_day: date | None
    left: str
    state: str
    cite: Cite
    extension: date | None
    granted: bool
    consequence: str


@dataclass(frozen=True, slots=True)
class Need:
    """What stands between a pupil and the next step; ``blocked`` when it is not only waiting."""

    text: str
    blocked: bool


def cite(source: Citation, *, settled: bool, href: str) -> Cite:
    """Return a citation in the words of a page."""
    return Cite(texts.citation_label(source), texts.citation_full(source), not settled, href)


def cite_step(rule: StepRule | TurnRule) -> Cite:
    """Return where a step or turn itself was read."""
    href = reverse("rulebook:step", args=[rule.step.value])
    return cite(rule.cite, settled=rule.cite.settled, href=href)


def cites(entries: Iterable[Entry[object]]) -> tuple[Cite, ...]:
    """Return the citations of rules, each place once, in the order given."""
    found: dict[str, Cite] = {}
    for entry in entries:
        one = cite(entry.cite, settled=entry.settled, href=_page_of(entry))
        found.setdefault(one.label, one)
    return tuple(found.values())


def _page_of(entry: Entry[object]) -> str:
    return reverse("rulebook:rule", args=[entry.name])


def cite_of(found: object) -> Cite | None:
    """Return the citation of what a refusal carries as its rule, or ``None``."""
    return cites([found])[0] if isinstance(found, Entry) else None


def ahead(day: date | None, today: date) -> date | None:
    """Return a day that is still to come."""
    return day if day is not None and day > today else None


def clock_row(clock: Clock, today: date) -> ClockRow:
    """Return a clock in the words of a page."""
    state = clock.state(today, NEAR.get(clock.kind, 0))
    return ClockRow(
        label=clock.entry.title_vi,
        last_day=clock.last_day,
        first_day=clock.starts_on if clock.kind is ClockKind.WINDOW else None,
        left=texts.left(clock.days_left(today)),
        state=texts.shape(state),
        cite=cite(clock.entry.cite, settled=clock.settled, href=_page_of(clock.entry)),
        extension=None if clock.granted else clock.extension_last_day,
        granted=clock.granted,
        consequence=clock.consequence_vi if _presses(clock, state) else "",
    )


def _presses(clock: Clock, state: ClockState) -> bool:
    """Tell whether it is worth saying what follows when a clock is missed."""
    return clock.kind in AWAITED or state in {ClockState.LATE, ClockState.NEAR}


def pressing(road: Road, today: date) -> ClockRow | None:
    """Return the clock a list shows beside a name: the soonest due, or what expires soon."""
    dues = [one for one in road.clocks if one.kind in AWAITED]
    soon = [
        one
        for one in road.clocks
        if one.kind is ClockKind.EXPIRY
        and one.state(today, NEAR[one.kind]) in {ClockState.LATE, ClockState.NEAR}
    ]
    found = sorted([*dues, *soon], key=lambda one: one.last_day)
    return clock_row(found[0], today) if found else None


def need(road: Road, book: Rulebook, today: date) -> Need:
    """Return what comes next on a road, in one line."""
    found = standings.need_of(road, today)
    if found.kind is NeedKind.TURN and road.current is not None:
        return Need(_waiting(road.current.rule), blocked=False)
    return said(found, road.case.branches(today), None, book)


def said(
    found: standings.Need, branches: frozenset[Branch], step: Step | None, book: Rulebook
) -> Need:
    """
    Return what comes next, in one line.

    Args:
        found: What it is.
        branches: The branches the road takes.
        step: What the road waits for; asked only where it is somebody's turn.
        book: The rules.
    """
    if found.kind is NeedKind.TURN and step is not None:
        return Need(_waiting(book.step(step, branches)), blocked=False)
    day = "" if found.day is None else days.day(found.day)
    if found.kind is NeedKind.LEFT:
        names = [book.step(Step(name)).short_vi for name in found.about]
    elif found.kind is NeedKind.NOT_MET:
        names = [str(texts.CONDITIONS[name]) for name in found.about]
    else:
        names = list(found.about)
    told = dict.fromkeys(("papers", "conditions", "steps"), ", ".join(names))
    return Need(str(texts.NEEDS[found.kind]) % (told | {"day": day}), found.blocked)


def _waiting(rule: StepRule) -> str:
    return _("Waits for: %(body)s") % {"body": rule.body_vi}
