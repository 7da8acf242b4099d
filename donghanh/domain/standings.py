"""Where a road stands, in the few values lists go by, and until when that is sure to hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from donghanh.domain.acts import Branch, Step
from donghanh.domain.deadlines import Clock, ClockKind
from donghanh.domain.eligibility import Verdict
from donghanh.domain.matrix import POSITIONS, Position, Why, recording
from donghanh.domain.rights import RIGHTS, Right
from donghanh.domain.roads import Road, RoadStatus, Stage, StageState
from donghanh.domain.rules import Rulebook, short_hash

#: Clocks by whose last day something is to be done.
AWAITED = frozenset({ClockKind.DUE, ClockKind.WINDOW})
#: Roads on which nobody has a turn: who was taken off the list may be put on it again, no more.
HALTED = frozenset(
    {RoadStatus.STOPPED, RoadStatus.UNLISTED, RoadStatus.DELETED, RoadStatus.ANNULLED}
)
#: The positions that record acts.
DOERS = tuple(one for one in POSITIONS if Right.RECORD_ACTS in RIGHTS[one.role])
#: No row says a day as late: a standing that holds until then changes by acts alone.
FOREVER = date.max

#: Clocks whose end changes what can be done; a last day that is missed is read off the day.
_TURN_BY_THEMSELVES = frozenset({ClockKind.WAIT, ClockKind.EXPIRY})
_PASSED_OVER = frozenset({StageState.SKIPPED, StageState.LAPSED})
#: Raised when what is written here changes its meaning: what was kept before is replayed anew.
_MADE = "1"
_PLACE = {step: place for place, step in enumerate(Step)}


class NeedKind(StrEnum):
    """What stands between a pupil and the next step."""

    ON_THE_WAY = "on_the_way"  # the file left, and nobody has confirmed it
    ANNUL = "annul"  # the decision on admission has to be annulled
    VOTE_AGAIN = "vote_again"  # considered too young
    RELIST = "relist"  # goes on once the pupil is on the list again
    MISSING = "missing"  # papers
    AGED = "aged"  # papers to be made again
    REDO = "redo"  # the step is no longer good
    REFER = "refer"  # the votes have failed as often as they may
    NOT_MET = "not_met"  # conditions
    WAIT = "wait"  # possible from a day on
    TURN = "turn"  # the body that does the step
    LEFT = "left"  # steps the road went on without
    NOTHING = "nothing"


#: The needs that are more than waiting.
BLOCKING = frozenset(
    {
        *(NeedKind.ON_THE_WAY, NeedKind.ANNUL, NeedKind.VOTE_AGAIN, NeedKind.MISSING),
        *(NeedKind.AGED, NeedKind.REDO, NeedKind.REFER, NeedKind.NOT_MET),
    }
)


@dataclass(frozen=True, slots=True)
class Need:
    """
    What stands between a pupil and the next step.

    Attributes:
        kind: What it is.
        about: Numbers of papers, names of conditions or steps, as the kind has it.
        day: Since when, or from when on.
    """

    kind: NeedKind
    about: tuple[str, ...] = ()
    day: date | None = None

    @property
    def blocked(self) -> bool:
        """Tell whether it is more than waiting."""
        return self.kind in BLOCKING


@dataclass(frozen=True, slots=True)
class Turn:
    """
    What a position has to do on a road.

    Attributes:
        step: The first open step the road needs that is its own; None where there is none.
        failed: The votes of that step have failed as often as they may.
        due_on: Soonest last day among its open steps that the road needs.
        any_due_on: Soonest last day among all its open steps.
        annuls: It has a decision to annul.
    """

    step: Step | None = None
    failed: bool = False
    due_on: date | None = None
    any_due_on: date | None = None
    annuls: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """
    Where a road stands, as lists ask for it.

    Attributes:
        status: The whole road in one word.
        step: What the road waits for; None where it is halted or at its end.
        open: The steps it needs that can be done now.
        past: The steps that are done.
        place: The number of the present step among those the road needs.
        places: How many those are.
        need: What stands between the pupil and the next step.
        due_on: Soonest last day of what is awaited.
        expires_on: Soonest last day of what runs out.
        held: Faulty, or on its way: it does not go on by itself.
        waits: The present step is possible only from a later day on.
        branches: The branches the road takes.
        acted_on: Day of the last valid act; None where there is none.
        willing: The consent stands.
        on_list: The cell has listed the pupil, whatever happened since.
        turns: What each position has to do; a position that has nothing is not there.
        good_until: First day on which a replay may say something else although nothing was done.
    """

    status: RoadStatus
    step: Step | None
    open: tuple[Step, ...]
    past: tuple[Step, ...]
    place: int
    places: int
    need: Need
    due_on: date | None
    expires_on: date | None
    held: bool
    waits: bool
    branches: frozenset[Branch]
    acted_on: date | None
    willing: bool
    on_list: bool
    turns: tuple[tuple[Position, Turn], ...]
    good_until: date


def key_of(book: Rulebook) -> str:
    """Return what tells apart the rules, and the way, a standing was told by."""
    return short_hash(part.encode() for part in (_MADE, book.version, *(one.value for one in Step)))


def bits(steps: Iterable[Step]) -> int:
    """Return some steps as one number; which bit is which holds for one ``key_of`` only."""
    found = 0
    for step in steps:
        found |= bit(step)
    return found


def bit(step: Step) -> int:
    """Return the bit of a step in ``bits``."""
    return 1 << _PLACE[step]


def standing(road: Road, book: Rulebook, today: date) -> Standing:
    """
    Return where a road stands.

    Args:
        road: As replayed for ``today``.
        book: The rules it was replayed with.
        today: The day asked about (Asia/Ho_Chi_Minh).
    """
    number, total = place(road)
    current = None if road.status in HALTED else road.current
    valid = [act for act in road.acts if not act.voided]
    return Standing(
        status=road.status,
        step=None if current is None else current.step,
        open=() if current is None else tuple(one.step for one in road.open if one.rule.blocks),
        past=tuple(one.step for one in road.stages if one.state is StageState.DONE),
        place=number,
        places=total,
        need=need_of(road, today),
        due_on=_soonest(one for one in road.clocks if one.kind in AWAITED),
        expires_on=_soonest(one for one in road.clocks if one.kind is ClockKind.EXPIRY),
        held=is_held(road),
        waits=current is not None and is_early(current, today),
        branches=road.case.branches(today),
        acted_on=max((act.on for act in valid), default=None),
        willing=road.case.consented_on is not None and road.case.stopped_on is None,
        on_list=any(act.step is Step.LISTED for act in valid),
        turns=tuple(_turns(road, book, today)),
        good_until=good_until(road, book, today),
    )


def _soonest(clocks: Iterable[Clock]) -> date | None:
    return min((one.last_day for one in clocks), default=None)


def is_held(road: Road) -> bool:
    """Tell whether a road does not go on by itself: it is faulty, or its file on the way."""
    return bool(road.faults) or road.on_the_way is not None


def is_early(stage: Stage, today: date) -> bool:
    """Tell whether the rules allow a stage only from a day to come on."""
    return stage.earliest_on is not None and stage.earliest_on > today


def stages_of(road: Road) -> tuple[Stage, ...]:
    """Return the stages a road passes, and has not gone past."""
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


def missing(stage: Stage) -> tuple[str, ...]:
    """Return the papers a stage cannot go on without, by their numbers."""
    return tuple(need.form for need in stage.papers if need.required and not need.met)


def exhausted(stage: Stage) -> bool:
    """Tell whether the votes of a stage have failed as often as the rules allow."""
    limits = [one.value for one in stage.entries if one.name == stage.rule.attempts]
    return any(isinstance(limit, int) and len(stage.attempts) >= limit for limit in limits)


def running(stage: Stage) -> list[Clock]:
    """Return the clocks by whose last day a stage is still to be done."""
    return [one for one in stage.clocks if one.kind in AWAITED and one.done_on is None]


def need_of(road: Road, today: date) -> Need:
    """Return what stands between a pupil and the next step."""
    halted = _halted(road)
    if halted is not None:
        return halted
    stage = road.current
    if stage is None:
        left = tuple(one.step.value for one in road.open)
        return Need(NeedKind.LEFT, left) if left else Need(NeedKind.NOTHING)
    lacking = _lacking(road, stage)
    if lacking is not None:
        return lacking
    if is_early(stage, today):
        return Need(NeedKind.WAIT, day=stage.earliest_on)
    return Need(NeedKind.TURN)


def _halted(road: Road) -> Need | None:
    """Return why nothing can be recorded, or nothing more, whatever the present step."""
    if road.on_the_way is not None:
        return Need(NeedKind.ON_THE_WAY, day=road.on_the_way.on)
    if road.faults:
        annuls = any(fault.annuls for fault in road.faults)
        return Need(NeedKind.ANNUL if annuls else NeedKind.VOTE_AGAIN)
    if road.status is RoadStatus.UNLISTED:
        return Need(NeedKind.RELIST)
    return None


def _lacking(road: Road, stage: Stage) -> Need | None:
    """Return what keeps the present step from being done, if anything."""
    again = tuple(need.form for need in stage.papers if need.required and need.stale)
    papers = tuple(form for form in missing(stage) if form not in again)
    if papers or again:
        return Need(NeedKind.MISSING, papers) if papers else Need(NeedKind.AGED, again)
    if stage.stale:
        return Need(NeedKind.REDO)
    if exhausted(stage):
        return Need(NeedKind.REFER)
    unmet = tuple(one.name for one in road.conditions if one.verdict is Verdict.NOT_MET)
    return Need(NeedKind.NOT_MET, unmet) if stage.rule.judges_person and unmet else None


def _turns(road: Road, book: Rulebook, today: date) -> Iterator[tuple[Position, Turn]]:
    scopes, branches = road.case.at(today).scopes, road.case.branches(today)
    if road.status in HALTED or is_held(road):
        if any(fault.annuls for fault in road.faults):
            for position in _doers(book, Step.ANNULLED, None, scopes, branches):
                yield position, Turn(annuls=True)
        return
    own: dict[Position, list[Stage]] = {}
    for stage in road.open:
        if not is_early(stage, today):
            for position in _who(stage, book, scopes, branches):
                own.setdefault(position, []).append(stage)
    for position, stages in own.items():
        needed = [stage for stage in stages if stage.rule.blocks]
        yield (
            position,
            Turn(
                step=needed[0].step if needed else None,
                failed=bool(needed) and exhausted(needed[0]),
                due_on=_soonest(clock for stage in needed for clock in running(stage)),
                any_due_on=_soonest(clock for stage in stages for clock in running(stage)),
            ),
        )


def _who(
    stage: Stage, book: Rulebook, scopes: tuple[str, ...], branches: frozenset[Branch]
) -> tuple[Position, ...]:
    """Return who does an open stage, or makes one of the papers it still asks for."""
    if not stage.rule.papers:
        return _doers(book, stage.step, None, scopes, branches)
    made = [_doers(book, Step.PAPERS, form, scopes, branches) for form in missing(stage)]
    return tuple(dict.fromkeys(position for doers in made for position in doers))


@lru_cache(maxsize=8192)
def _doers(
    book: Rulebook,
    step: Step,
    form: str | None,
    scopes: tuple[str, ...],
    branches: frozenset[Branch],
) -> tuple[Position, ...]:
    return tuple(
        position
        for position in DOERS
        if recording(book, position, step, form, scopes, branches) is Why.OWN_WORK
    )


def good_until(road: Road, book: Rulebook, today: date) -> date:
    """
    Return the first day on which a replay may say something else although nothing was done.

    Never too late; it may be too early, where a day comes that changes nothing on this road.

    Args:
        road: As replayed for ``today``.
        book: The rules it was replayed with.
        today: The day of the replay.

    Returns:
        A day after ``today``: a rule begins, a wait ends, an age is reached, a certificate or the
        dossier runs out, a file moves or is received; ``FOREVER`` where no such day is known.
    """
    return min((day for day in _turning(road, book, today) if day > today), default=FOREVER)


def _turning(road: Road, book: Rulebook, today: date) -> Iterator[date]:
    """Yield every day on which something a replay asks for may turn."""
    begins = book.begins_after(today)
    if begins is not None:
        yield begins
    for move in road.case.moves:
        yield move.on
        if move.received_on is not None:
            yield move.received_on
    ends = [road.ages_on, *(one.until_day for one in road.conditions)]
    ends += [
        clock.last_day
        for stage in road.stages
        for clock in stage.clocks
        if clock.kind in _TURN_BY_THEMSELVES and clock.done_on is None
    ]
    for last in ends:
        if last is not None and last < date.max:
            yield date.fromordinal(last.toordinal() + 1)
    for condition in road.conditions:
        if condition.from_day is not None:
            yield condition.from_day
