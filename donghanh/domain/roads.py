"""The road of one case, as its acts have walked it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from donghanh.domain.acts import Act, Case, Move, Step
from donghanh.domain.catalogue import StepRule
from donghanh.domain.deadlines import Clock
from donghanh.domain.eligibility import Condition
from donghanh.domain.timeline import Entry
from donghanh.domain.voting import Threshold


class StageState(StrEnum):
    """How a stage stands."""

    DONE = "done"
    NOW = "now"  # everything before it is done: it can be done now
    AHEAD = "ahead"
    SKIPPED = "skipped"  # not on this road
    LAPSED = "lapsed"  # never recorded, and moot by now


class RoadStatus(StrEnum):
    """How the whole road stands."""

    NOT_STARTED = "not_started"
    WALKING = "walking"
    STOPPED = "stopped"
    UNLISTED = "unlisted"  # taken off the list of sympathisers
    ADMITTED = "admitted"  # on probation
    RECOGNISED = "recognised"
    DELETED = "deleted"
    ANNULLED = "annulled"


@dataclass(frozen=True, slots=True)
class PaperNeed:
    """
    One paper a stage asks for; only that it exists is known.

    Attributes:
        form: Form number.
        title: English gloss.
        title_vi: Title as the rules write it.
        required: Whether the stage cannot go on without it.
        done: The valid act that recorded it last, if any.
        copies: How many are asked for.
        have: How many valid acts recorded one.
        expires_on: Last day it is good, where it ages.
        stale: True when it exists but has to be made again.
        entry: The rule that ages it, where there is one.
    """

    form: str
    title: str
    title_vi: str
    required: bool
    done: Act | None
    copies: int = 1
    have: int = 0
    expires_on: date | None = None
    stale: bool = False
    entry: Entry[int] | None = None

    @property
    def met(self) -> bool:
        """Tell whether the paper exists, in the copies asked for, and is still good."""
        return self.have >= self.copies and not self.stale


@dataclass(frozen=True, slots=True)
class Stage:
    """
    One step of one road.

    Attributes:
        rule: The step, as it is done on this road.
        state: Done, now, ahead, skipped or lapsed.
        act: The valid act that did it (the last, where it was done again).
        history: Every valid act that did it, oldest first; for papers, every valid paper.
        attempts: Valid acts whose vote did not reach the threshold, oldest first.
        threshold: The vote asked for, where there is one.
        papers: The papers it asks for, in the order of the forms.
        clocks: Its clocks, central before local.
        entries: Every rule it is judged by.
        earliest_on: First day the rules allow it, where they make it wait.
        last_day: The strictest last day among its dues.
        stale: True when it was done, and is no longer good.
    """

    rule: StepRule
    state: StageState
    act: Act | None
    history: tuple[Act, ...]
    attempts: tuple[Act, ...]
    threshold: Entry[Threshold] | None
    papers: tuple[PaperNeed, ...]
    clocks: tuple[Clock, ...]
    entries: tuple[Entry[object], ...]
    earliest_on: date | None
    last_day: date | None
    stale: bool = False

    @property
    def step(self) -> Step:
        """Which step."""
        return self.rule.step

    @property
    def actor(self) -> str:
        """Role that records it."""
        return self.rule.actor

    @property
    def missing(self) -> tuple[str, ...]:
        """Forms of the required papers that do not exist."""
        return tuple(need.form for need in self.papers if need.required and need.have < need.copies)


@dataclass(frozen=True, slots=True)
class Fault:
    """
    What was done against a condition nothing can mend afterwards.

    Attributes:
        act: The act it was done with.
        condition: The condition, judged for the day of the act.
        annuls: True when the person was admitted meanwhile: the decision has to be annulled.
    """

    act: Act
    condition: Condition
    annuls: bool


@dataclass(frozen=True, slots=True)
class Road:
    """
    Where a case stands on a day.

    Attributes:
        stages: One per step, in order; skipped ones included.
        current: The first stage the road waits for; None when stopped or at the end.
        status: The whole road in one word.
        clocks: The clocks not yet done, soonest last day first.
        conditions: Each condition: met, not met, not known.
        case: The facts the road was replayed with.
        acts: Every act, voided ones included, in the order of recording.
        probation_ends_on: Day the probation ends: the date of recognition, however late the vote.
        party_age_from: Day on the admission decision; counts once recognised.
        calendar_ended: True when a clock is missing because the calendar of days off ends.
        faults: What was done against a condition nothing can mend.
        on_the_way: The move whose file nobody has confirmed yet, if there is one.
        ages_on: Last day on which the dossier is not too old, once it has been opened.
    """

    stages: tuple[Stage, ...]
    current: Stage | None
    status: RoadStatus
    clocks: tuple[Clock, ...]
    conditions: tuple[Condition, ...]
    case: Case
    acts: tuple[Act, ...]
    probation_ends_on: date | None
    party_age_from: date | None
    calendar_ended: bool
    faults: tuple[Fault, ...] = ()
    on_the_way: Move | None = None
    ages_on: date | None = None

    @property
    def open(self) -> tuple[Stage, ...]:
        """The stages that can be done now, in order."""
        return tuple(stage for stage in self.stages if stage.state is StageState.NOW)

    def stage(self, step: Step) -> Stage:
        """Return the stage of a step of the road."""
        return next(stage for stage in self.stages if stage.rule.step is step)
