"""The road of one case, as its acts have walked it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from donghanh.domain.acts import Act, Case, Step
from donghanh.domain.deadlines import Clock
from donghanh.domain.eligibility import Condition
from donghanh.domain.timeline import Entry
from donghanh.domain.voting import Threshold


class StageState(StrEnum):
    """How a stage stands."""

    DONE = "done"
    NOW = "now"
    AHEAD = "ahead"
    SKIPPED = "skipped"


class RoadStatus(StrEnum):
    """How the whole road stands."""

    NOT_STARTED = "not_started"
    WALKING = "walking"
    STOPPED = "stopped"
    ADMITTED = "admitted"  # on probation
    RECOGNISED = "recognised"


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
        expires_on: Last day it is good, where it ages.
        stale: True when it exists but has to be made again.
        entry: The rule that ages it, where there is one.
    """

    form: str
    title: str
    title_vi: str
    required: bool
    done: Act | None
    expires_on: date | None = None
    stale: bool = False
    entry: Entry[int] | None = None

    @property
    def met(self) -> bool:
        """Tell whether the paper exists and is still good."""
        return self.done is not None and not self.stale


@dataclass(frozen=True, slots=True)
class Stage:
    """
    One step of one road.

    Attributes:
        step: Which.
        state: Done, now, ahead or skipped.
        act: The valid act that did it (the last, where it was done again).
        history: Every valid act that did it, oldest first; for papers, every valid paper.
        attempts: Valid acts whose vote did not reach the threshold, oldest first.
        actor: Role that records it.
        threshold: The vote asked for, where there is one.
        papers: The papers it asks for, in the order of the forms.
        clocks: Its clocks, central before local.
        entries: Every rule it is judged by.
        earliest_on: First day the rules allow it, where they make it wait.
        last_day: The strictest last day among its dues.
    """

    step: Step
    state: StageState
    act: Act | None
    history: tuple[Act, ...]
    attempts: tuple[Act, ...]
    actor: str
    threshold: Entry[Threshold] | None
    papers: tuple[PaperNeed, ...]
    clocks: tuple[Clock, ...]
    entries: tuple[Entry[object], ...]
    earliest_on: date | None
    last_day: date | None


@dataclass(frozen=True, slots=True)
class Road:
    """
    Where a case stands on a day.

    Attributes:
        stages: One per step, in order; skipped ones included.
        current: The first stage that is not done; None when stopped or at the end.
        status: The whole road in one word.
        clocks: The clocks not yet done, soonest last day first.
        conditions: Each condition: met, not met, not known.
        case: The facts the road was replayed with.
        acts: Every act, voided ones included, in the order of recording.
        probation_ends_on: Day the probation ends: the date of recognition, however late the vote.
        party_age_from: Day on the admission decision; counts once recognised.
        calendar_ended: True when a clock is missing because the calendar of days off ends.
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

    def stage(self, step: Step) -> Stage:
        """Return the stage of a step."""
        return next(stage for stage in self.stages if stage.step is step)
