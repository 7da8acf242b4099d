"""From which day to which each step can still be done, and what planned days run into."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from donghanh.domain import refusals
from donghanh.domain.acts import Act, Case, Step
from donghanh.domain.bounds import Bound as Bound
from donghanh.domain.bounds import closings, fresh_days, openings
from donghanh.domain.catalogue import StepRule
from donghanh.domain.deadlines import Clock
from donghanh.domain.errors import RuleError
from donghanh.domain.procedure import check
from donghanh.domain.replaying import replay
from donghanh.domain.roads import PaperNeed, Road, Stage, StageState
from donghanh.domain.rules import Rulebook
from donghanh.domain.timeline import Entry
from donghanh.domain.voting import Tally


class Verdict(StrEnum):
    """What a planned day runs into."""

    POSSIBLE = "possible"
    LATE = "late"  # possible, and after a last day
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"
    BLOCKED = "blocked"  # by something else: a step or paper before it


@dataclass(frozen=True, slots=True)
class Outlook:
    """
    The days on which a step can be done, as far as dates alone decide it.

    Attributes:
        step: Which.
        since: First day; never before the day asked about.
        last_day: Last day it can still be done, inclusive; None when nothing bounds it.
        opened_by: What sets the first day.
        closed_by: What sets the last day; None when nothing does.
        entries: The rules behind the two; a bound by the calendar of the school has none.
        fresh_from: Done before this day it is too old as soon as the step it serves can be done;
            None when it stays good whenever it is done.
    """

    step: Step
    since: date
    last_day: date | None
    opened_by: Bound
    closed_by: Bound | None
    entries: tuple[Entry[object], ...]
    fresh_from: date | None = None

    @property
    def is_open(self) -> bool:
        """Tell whether at least one day is left."""
        return self.last_day is None or self.since <= self.last_day


@dataclass(frozen=True, slots=True)
class Planned:
    """
    What a planned day runs into.

    Attributes:
        step: Which.
        on: The day planned.
        verdict: Possible, late, too early, too late, blocked.
        refusal: Why it is refused, with the rule; None when it is not.
        late: The last days it would miss.
    """

    step: Step
    on: date
    verdict: Verdict
    refusal: RuleError | None = None
    late: tuple[Clock, ...] = ()


_EARLY = (refusals.TooYoung, refusals.TooEarly, refusals.BeforePrevious, refusals.NoConsent)
_LATE = (
    refusals.CertificateExpired,
    refusals.DossierAged,
    refusals.Graduated,
    refusals.Expired,
)
_OPEN = frozenset({StageState.NOW, StageState.AHEAD})
#: What is refused for want of something before it.
_NOT_FILLED = (refusals.StepNotAllowed, refusals.PapersMissing)


def outlook(
    road: Road, rulebook: Rulebook, today: date, leaves_on: date | None = None
) -> tuple[Outlook, ...]:
    """
    Return from which day to which each step that is left can be done, in the order of the road.

    Args:
        road: Where the case stands on the day asked about.
        rulebook: The rules.
        today: The day asked about.
        leaves_on: Day the graduation decision is expected to take effect, when it is not yet
            recorded in the case; from that day on the old school neither considers nor admits.

    Returns:
        Nothing once the person stopped, the road ended, or while the file is on its way; nothing
        either of what comes after a step that cannot be done any more. No likelihood and no
        judgement: dates only, as if every vote carried and every paper came.
    """
    agreed = road.case.consented_on is not None and road.case.consented_on <= today
    if not agreed or road.current is None or road.faults or road.on_the_way is not None:
        return ()
    left = _left(road, rulebook, today)
    first = openings(left, road, rulebook, today)
    last = closings(left, road, rulebook, today, leaves_on)
    fresh = fresh_days(left, first, road, rulebook)
    found = []
    for stage in left:
        since, opened_by, rules = first[stage.step]
        last_day, closed_by, more = last.get(stage.step, (None, None, ()))
        entries = (*rules, *more)
        good = fresh.get(stage.step)
        found.append(Outlook(stage.step, since, last_day, opened_by, closed_by, entries, good))
    shut = {one.step for one in found if not one.is_open}
    ancestors = rulebook.catalogue.ancestors
    return tuple(one for one in found if one.step in shut or shut.isdisjoint(ancestors(one.step)))


def _left(road: Road, rulebook: Rulebook, today: date) -> list[Stage]:
    """Return the stages the road still waits for, without those whose votes are used up."""
    redone = _redone(road)
    left = [
        stage
        for stage in road.stages
        if stage.rule.blocks and (stage.state in _OPEN or stage.step in redone)
    ]
    used_up = set[Step]()
    for stage in left:
        name = stage.rule.attempts
        limit = None if name is None else rulebook.find_number(name, today)
        if limit is not None and len(stage.attempts) >= limit.value:
            used_up.add(stage.step)
    ancestors = rulebook.catalogue.ancestors
    return [
        stage
        for stage in left
        if stage.step not in used_up and used_up.isdisjoint(ancestors(stage.step))
    ]


def planned(
    plans: Mapping[Step, date],
    acts: Sequence[Act],
    case: Case,
    rulebook: Rulebook,
    today: date,
) -> tuple[Planned, ...]:
    """
    Return what planned days run into, by doing each step on its day under the rules themselves.

    Args:
        plans: The day planned for each step of the road; open steps without one are taken to be
            done in time for the next that has one. What is done by now is not done again.
        acts: Every act of the case so far.
        case: The facts about the person.
        rulebook: The rules.
        today: The day asked about.

    Returns:
        One answer per planned step, in the order of the road: as if every vote carried and every
        paper came.
    """
    order = [rule.step for rule in rulebook.steps() if rule.step in plans]
    kept = _kept(replay(acts, case, rulebook, today))
    done = list(acts)
    found = []
    for step in order:
        on = plans[step]
        hindered = _fill(step, on, done, case, rulebook, kept | set(plans))
        tried = _try(step, on, done, case, rulebook, max(today, on))
        if hindered is not None and isinstance(tried.refusal, _NOT_FILLED):
            tried = Planned(step, on, _verdict(hindered), hindered)
        found.append(tried)
    return tuple(found)


def _fill(
    before: Step,
    on: date,
    done: list[Act],
    case: Case,
    rulebook: Rulebook,
    kept: Set[str],
) -> RuleError | None:
    """Do the open steps before one that have no day of their own; return why one cannot be."""
    hindered = None
    for step in rulebook.catalogue.ancestors(before):
        stage = replay(done, case, rulebook, on).stage(step)
        if step not in kept and stage.state in _OPEN:
            tried = _try(step, on, done, case, rulebook, on, kept)
            hindered = hindered or tried.refusal
    return hindered


def _kept(road: Road) -> Set[str]:
    """Return the steps and the papers that are done and good by now."""
    steps = {stage.step for stage in road.stages if stage.state is StageState.DONE} - _redone(road)
    return steps.union(need.form for stage in road.stages for need in stage.papers if need.met)


def _redone(road: Road) -> Set[Step]:
    """Return the steps that are done, but have to be done again with one that is open."""
    open_ = {stage.step for stage in road.stages if stage.state in _OPEN}
    done = [stage for stage in road.stages if stage.state is StageState.DONE]
    return {stage.step for stage in done if stage.rule.redone_with in open_}


def _try(
    step: Step,
    on: date,
    done: list[Act],
    case: Case,
    rulebook: Rulebook,
    today: date,
    kept: Set[str] = frozenset(),
) -> Planned:
    late: list[Clock] = []
    for act in _acts_of(step, on, done, case, rulebook):
        if act.form in kept:
            continue
        try:
            judgement = check(act, done, case, rulebook, today)
        except RuleError as refusal:
            return Planned(step, on, _verdict(refusal), refusal)
        late += judgement.late
        done.append(act)
    return Planned(step, on, Verdict.LATE if late else Verdict.POSSIBLE, late=tuple(late))


def _verdict(refusal: RuleError) -> Verdict:
    if isinstance(refusal, _EARLY):
        return Verdict.TOO_EARLY
    return Verdict.TOO_LATE if isinstance(refusal, _LATE) else Verdict.BLOCKED


def _acts_of(
    step: Step, on: date, done: Sequence[Act], case: Case, rulebook: Rulebook
) -> tuple[Act, ...]:
    """Return the acts that would do a step: its papers, or one act with a vote that carries."""
    number = max((act.number for act in done), default=0) + 1
    rule = rulebook.step(step, case.branches(on))
    if not rule.papers:
        return (Act(number, step, on, tally=_carried(rule, on, rulebook)),)
    stage = replay(done, case, rulebook, on).stage(step)
    asked = [
        need.form
        for need in stage.papers
        if need.required
        for _ in range(need.copies - _good(need, stage, on, rulebook))
    ]
    return tuple(
        Act(number + position, Step.PAPERS, on, form=form) for position, form in enumerate(asked)
    )


def _good(need: PaperNeed, stage: Stage, on: date, rulebook: Rulebook) -> int:
    """Return how many papers of a form are good on a day; a single one of two may have aged."""
    made = [
        act for act in stage.history if rulebook.catalogue.answers_for(act.form or "") == need.form
    ]
    if need.expires_on is None or on <= need.expires_on:
        return len(made)
    return sum(act.on > need.expires_on for act in made)


def _carried(rule: StepRule, on: date, rulebook: Rulebook) -> Tally | None:
    """Return a vote in which everybody is for, where the step is a vote."""
    if rule.threshold is None:
        return None
    least = None if rule.minimum is None else rulebook.find_number(rule.minimum, on)
    number = 1 if least is None else least.value
    return Tally(number, 0, number, number, number, 0, 0)
