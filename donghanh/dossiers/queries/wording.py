"""Citations, clocks and needs of a road, in the words pages show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from donghanh.domain import rules
from donghanh.domain.deadlines import Clock, ClockKind, ClockState
from donghanh.domain.eligibility import Verdict
from donghanh.domain.procedure import Road, Stage, StageState, Step
from donghanh.domain.timeline import Citation, Entry
from donghanh.dossiers import texts
from donghanh.lib import days

#: From how many days before its last day a clock presses; what only expires is shown earlier.
NEAR = {ClockKind.DUE: 14, ClockKind.EXPIRY: 60}


@dataclass(frozen=True, slots=True)
class Cite:
    """A citation as a page shows it; ``unsettled``: still to be compared with the original."""

    label: str
    full: str
    unsettled: bool


@dataclass(frozen=True, slots=True)
class ClockRow:
    """A clock as a page shows it; ``state`` is the name of its shape."""

    label: str
    last_day: date
    left: str
    state: str
    cite: Cite
    extension: date | None


@dataclass(frozen=True, slots=True)
class Need:
    """What stands between a pupil and the next step; ``blocked`` when it is not only waiting."""

    text: str
    blocked: bool


def cite(source: Citation, *, settled: bool) -> Cite:
    """Return a citation in the words of a page."""
    return Cite(texts.citation_label(source), texts.citation_full(source), not settled)


def cites(entries: Iterable[Entry[object]]) -> tuple[Cite, ...]:
    """Return the citations of rules, each place once, in the order given."""
    found = [cite(entry.cite, settled=entry.settled) for entry in entries]
    return tuple({each.label: each for each in found}.values())


def cite_of(found: object) -> Cite | None:
    """Return the citation of what a refusal carries as its rule, or ``None``."""
    return cites([found])[0] if isinstance(found, Entry) else None


def stages_of(road: Road) -> tuple[Stage, ...]:
    """Return the stages this road passes through."""
    return tuple(stage for stage in road.stages if stage.state is not StageState.SKIPPED)


def place(road: Road) -> tuple[int, int]:
    """Return the number of the present step and of all steps of this road."""
    stages = stages_of(road)
    if road.current is None:
        return len(stages), len(stages)
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
        left=texts.left(clock.days_left(today)),
        state=texts.shape(state),
        cite=cite(clock.entry.cite, settled=clock.settled),
        extension=clock.extension_last_day,
    )


def pressing(road: Road, today: date) -> ClockRow | None:
    """Return the clock a list shows beside a name: the soonest due, or what expires soon."""
    dues = [one for one in road.clocks if one.kind is ClockKind.DUE]
    soon = [
        one
        for one in road.clocks
        if one.kind is ClockKind.EXPIRY
        and one.state(today, NEAR[one.kind]) in {ClockState.LATE, ClockState.NEAR}
    ]
    found = sorted([*dues, *soon], key=lambda one: one.last_day)
    return clock_row(found[0], today) if found else None


def missing(road: Road, stage: Stage) -> tuple[str, ...]:
    """Return the papers a stage cannot go on without, by their numbers."""
    asked = list(stage.papers)
    if stage.step is Step.CELL_VOTED:
        asked += road.stage(Step.PAPERS).papers
    return tuple(need.form for need in asked if need.required and not need.met)


def need(road: Road, today: date) -> Need:
    """Return what comes next on a road, in one line."""
    stage = road.current
    if stage is None:
        return Need(_("Nothing is left to be done"), blocked=False)
    papers = missing(road, stage)
    if papers:
        return Need(_("Still missing: %(papers)s") % {"papers": ", ".join(papers)}, blocked=True)
    unmet = [one for one in road.conditions if one.verdict is Verdict.NOT_MET]
    if stage.step is Step.CELL_VOTED and unmet:
        names = ", ".join(str(texts.CONDITIONS[one.name]) for one in unmet)
        return Need(_("Not met yet: %(conditions)s") % {"conditions": names}, blocked=True)
    if stage.earliest_on is not None and stage.earliest_on > today:
        earliest = days.day(stage.earliest_on)
        return Need(_("Possible from %(day)s on") % {"day": earliest}, blocked=False)
    body = rules.load().step(stage.step).body_vi
    return Need(_("Waits for: %(body)s") % {"body": body}, blocked=False)
