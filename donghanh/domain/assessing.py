"""What is next, what is missing, who acts, by when, and which text says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from donghanh.domain.acts import Act, Case, Step
from donghanh.domain.deadlines import Clock
from donghanh.domain.eligibility import Condition, Verdict
from donghanh.domain.refusals import Contradiction, ReceivedBeforeDecision
from donghanh.domain.replaying import replay
from donghanh.domain.roads import PaperNeed, Road, Stage
from donghanh.domain.rules import Rulebook
from donghanh.domain.timeline import Citation, Entry


@dataclass(frozen=True, slots=True)
class Next:
    """
    One step that can be done now.

    Attributes:
        step: Which.
        title_vi: Its title.
        actor: Role that records it.
        body_vi: The body that does it.
        blocks: False when the road goes on without it.
        form: Form its act leaves in this place, if any.
        missing: Required papers that do not exist or have to be made again.
        conditions: Conditions that are not met, or not known; of the step that judges the person.
        earliest_on: First day the rules allow it, where they make it wait.
        last_day: The strictest last day among its dues.
        clocks: The clocks it runs under.
        entries: Every rule it is judged by.
        cite: Where the step itself was read.
    """

    step: Step
    title_vi: str
    actor: str
    body_vi: str
    blocks: bool
    form: str | None
    missing: tuple[PaperNeed, ...]
    conditions: tuple[Condition, ...]
    earliest_on: date | None
    last_day: date | None
    clocks: tuple[Clock, ...]
    entries: tuple[Entry[object], ...]
    cite: Citation


@dataclass(frozen=True, slots=True)
class Assessment:
    """
    The answer about one person on one day.

    Attributes:
        road: Where the case stands.
        next: What can be done now; the first that blocks is what the road waits for.
    """

    road: Road
    next: tuple[Next, ...]


def assess(acts: Sequence[Act], case: Case, rulebook: Rulebook, on: date) -> Assessment:
    """
    Return what is next for a person on a day, what is missing, who acts, by when.

    Args:
        acts: Every act of the case.
        case: The facts about the person.
        rulebook: The rules.
        on: The day asked about.

    Raises:
        RuleError: An act carries counts that cannot be.
    """
    road = replay(acts, case, rulebook, on)
    return Assessment(road, tuple(_next(stage, road, rulebook, on) for stage in road.open))


def _next(stage: Stage, road: Road, rulebook: Rulebook, on: date) -> Next:
    rule = stage.rule
    form = None
    if not rule.papers:
        here = road.case.at(on)
        form = rulebook.catalogue.form_of(stage.step, here.scopes, road.case.branches(on), on)
    judged = road.conditions if rule.judges_person else ()
    return Next(
        step=stage.step,
        title_vi=rule.title_vi,
        actor=rule.actor,
        body_vi=rule.body_vi,
        blocks=rule.blocks,
        form=None if form is None else form.code,
        missing=tuple(need for need in stage.papers if need.required and not need.met),
        conditions=tuple(one for one in judged if one.verdict is not Verdict.MET),
        earliest_on=stage.earliest_on,
        last_day=stage.last_day,
        clocks=tuple(clock for clock in stage.clocks if clock.done_on is None),
        entries=stage.entries,
        cite=rule.cite,
    )


def check_facts(acts: Sequence[Act], case: Case, rulebook: Rulebook) -> None:
    """
    Refuse facts that contradict each other, such as a ceremony before the decision.

    A step that was declared invalid and done again may be later than what was built on it.

    Args:
        acts: Every act of the case.
        case: The facts about the person.
        rulebook: The rules.

    Raises:
        Contradiction: A step is dated before one it has to follow; both are named.
        ReceivedBeforeDecision: A decision was received before it was made.
    """
    for act in acts:
        if act.received_on is not None and act.received_on < act.on:
            raise ReceivedBeforeDecision(on=act.on, received_on=act.received_on)
    if case.graduated_on is not None and case.graduated_on < case.born:
        raise Contradiction(
            step="graduated", on=case.graduated_on, previous="born", since=case.born
        )
    _check_order(acts, rulebook)


def _check_order(acts: Sequence[Act], rulebook: Rulebook) -> None:
    redone = {_step_of(act, rulebook) for act in acts if act.voided}
    firsts: dict[Step, Act] = {}
    for act in sorted(acts, key=lambda one: (one.on, one.number)):
        if not act.voided:
            firsts.setdefault(_step_of(act, rulebook), act)
    before = {rule.step: rulebook.catalogue.ancestors(rule.step) for rule in rulebook.steps()}
    before |= {turn.step: turn.after for turn in rulebook.catalogue.turns}
    for step, later in firsts.items():
        for one in before.get(step, ()):
            earlier = firsts.get(one)
            if earlier is not None and earlier.on > later.on and one not in redone:
                raise Contradiction(step=step, on=later.on, previous=one, since=earlier.on)


def _step_of(act: Act, rulebook: Rulebook) -> Step:
    """Return the step an act belongs to: for a paper, the one that asks for it."""
    asks = rulebook.catalogue.step_of_paper(act.form or "") if act.step is Step.PAPERS else None
    return asks or act.step
