"""Citations, clocks and needs of a road, in the words pages show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from donghanh.domain.catalogue import StepRule, TurnRule
from donghanh.domain.deadlines import Clock, ClockKind, ClockState
from donghanh.domain.eligibility import Verdict
from donghanh.domain.procedure import Road, RoadStatus, Stage, StageState
from donghanh.domain.timeline import Citation, Entry
from donghanh.dossiers import texts
from donghanh.lib import days

#: From how many days before its last day a clock presses; what only expires is shown earlier.
NEAR = {ClockKind.DUE: 14, ClockKind.WINDOW: 14, ClockKind.EXPIRY: 60}
#: Clocks by whose last day something is to be done.
AWAITED = frozenset({ClockKind.DUE, ClockKind.WINDOW})
#: Roads on which nobody has a turn: who was taken off the list may be put on it again, no more.
HALTED = frozenset(
    {RoadStatus.STOPPED, RoadStatus.UNLISTED, RoadStatus.DELETED, RoadStatus.ANNULLED}
)
_PASSED_OVER = frozenset({StageState.SKIPPED, StageState.LAPSED})


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


def stages_of(road: Road) -> tuple[Stage, ...]:
    """Return the stages a page of this road shows: those it passes, and has not gone past."""
    return tuple(stage for stage in road.stages if stage.state not in _PASSED_OVER)


def blocking(road: Road) -> tuple[Stage, ...]:
    """Return the stages this road cannot go on without."""
    return tuple(stage for stage in stages_of(road) if stage.rule.blocks)


def place(road: Road) -> tuple[int, int]:
    """Return the number of the present step among those this road needs, and how many they are."""
    stages = blocking(road)
    if road.current is None:
        return sum(1 for one in stages if one.state is StageState.DONE), len(stages)
    return stages.index(road.current) + 1, len(stages)


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


def missing(stage: Stage) -> tuple[str, ...]:
    """Return the papers a stage cannot go on without, by their numbers."""
    return tuple(need.form for need in stage.papers if need.required and not need.met)


def exhausted(stage: Stage) -> bool:
    """Tell whether the votes of a stage have failed as often as the rules allow."""
    limits = [one.value for one in stage.entries if one.name == stage.rule.attempts]
    return any(isinstance(limit, int) and len(stage.attempts) >= limit for limit in limits)


def need(road: Road, today: date) -> Need:
    """Return what comes next on a road, in one line."""
    halted = _halted(road)
    stage = road.current
    if halted is not None:
        return halted
    if stage is None:
        return _rest(road)
    lacking = _lacking(road, stage)
    if lacking:
        return Need(lacking, blocked=True)
    if stage.earliest_on is not None and stage.earliest_on > today:
        earliest = days.day(stage.earliest_on)
        return Need(_("Possible from %(day)s on") % {"day": earliest}, blocked=False)
    return Need(_("Waits for: %(body)s") % {"body": stage.rule.body_vi}, blocked=False)


def _halted(road: Road) -> Need | None:
    """Return why nothing can be recorded, or nothing more, whatever the present step."""
    if road.on_the_way is not None:
        since = days.day(road.on_the_way.on)
        return Need(_("On its way since %(day)s, not confirmed") % {"day": since}, blocked=True)
    if any(fault.annuls for fault in road.faults):
        return Need(_("The decision on admission has to be annulled"), blocked=True)
    if road.faults:
        return Need(_("Considered too young: the vote has to be taken again"), blocked=True)
    if road.status is RoadStatus.UNLISTED:
        return Need(_("Goes on once the pupil is on the list again"), blocked=False)
    return None


def _rest(road: Road) -> Need:
    """Return what is left at the end of a road: steps it went on without."""
    left = [stage.rule.short_vi for stage in road.open]
    if left:
        return Need(_("Still open: %(steps)s") % {"steps": ", ".join(left)}, blocked=False)
    return Need(_("Nothing is left to be done"), blocked=False)


def _lacking(road: Road, stage: Stage) -> str:
    """Return what keeps the present step from being done, or nothing."""
    again = [need.form for need in stage.papers if need.required and need.stale]
    papers = [form for form in missing(stage) if form not in again]
    if papers:
        return _("Still missing: %(papers)s") % {"papers": ", ".join(papers)}
    if again:
        return _("To be made again: %(papers)s") % {"papers": ", ".join(again)}
    if stage.stale:
        return _("To be done again: it is no longer good")
    if exhausted(stage):
        return _("To be reported to the committee above: the votes have failed")
    unmet = [one for one in road.conditions if one.verdict is Verdict.NOT_MET]
    if stage.rule.judges_person and unmet:
        names = ", ".join(str(texts.CONDITIONS[one.name]) for one in unmet)
        return _("Not met yet: %(conditions)s") % {"conditions": names}
    return ""
