"""Replays the acts of a case into its road."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from donghanh.domain import eligibility
from donghanh.domain import walk as walking
from donghanh.domain.acts import Act, Case, Step
from donghanh.domain.catalogue import FormRule, StepRule
from donghanh.domain.clocks import DossierAge, clocks_of, dossier_age
from donghanh.domain.deadlines import Clock, ClockKind
from donghanh.domain.eligibility import Condition
from donghanh.domain.roads import PaperNeed, Road, RoadStatus, Stage, StageState
from donghanh.domain.rules import Rulebook
from donghanh.domain.timeline import Entry
from donghanh.domain.walk import Walk, probation_end, threshold_of


def replay(acts: Sequence[Act], case: Case, rulebook: Rulebook, today: date) -> Road:
    """
    Return where a case stands on a day.

    Args:
        acts: Every act of the case, in any order; voided ones do not count.
        case: The facts about the person.
        rulebook: The rules.
        today: The day asked about; decides what has expired, not which acts count.

    Raises:
        RuleError: A stored act carries counts that cannot be.
    """
    walk = walking.walk(acts, case, rulebook, today)
    judged = _conditions(walk)
    age = dossier_age(walk)
    ended = False
    stages = []
    for rule in rulebook.steps():
        stage, complete = _stage(walk, rule, judged, age)
        ended = ended or not complete
        stages.append(stage)
    return _road(walk, _with_now(walk, stages), judged, ended, acts)


def _conditions(walk: Walk) -> tuple[Condition, ...]:
    vote = walk.last(Step.CELL_VOTED)
    trained = walk.of(Step.TRAINED)
    facts = eligibility.Facts(
        born=walk.case.born,
        union_member=walk.case.union_member,
        lower_secondary=walk.case.lower_secondary,
        certificate_on=trained[-1].on if trained else None,
    )
    rule_day = None if vote is None else walk.governing(vote)
    return eligibility.conditions(facts, walk.reference(), walk.book, rule_day)


def _stage(
    walk: Walk, rule: StepRule, judged: tuple[Condition, ...], age: DossierAge | None
) -> tuple[Stage, bool]:
    """Build a stage, not yet knowing which one is now; False when a clock had to be left out."""
    papers = _papers(walk, rule, age)
    history = _history(walk, rule)
    act = history[-1] if history else None
    attempts = tuple(set(walk.of(rule.step)) - set(history)) if rule.threshold else ()
    attempts = tuple(sorted(attempts, key=lambda one: (one.on, one.number)))
    last_try = act or next(reversed(attempts), None)
    day = walk.today if last_try is None else walk.governing(last_try)
    threshold = threshold_of(rule, day, walk.case, walk.book)
    clocks, complete = clocks_of(walk, rule, age)
    done = _is_done(rule, history, papers, judged)
    stage = Stage(
        step=rule.step,
        state=_state(walk, rule, done),
        act=None if rule.step is Step.PAPERS and not done else act,
        history=history,
        attempts=attempts,
        actor=rule.actor,
        threshold=threshold,
        papers=papers,
        clocks=clocks,
        entries=_entries(walk, rule, day, judged, (threshold, *(one.entry for one in clocks))),
        earliest_on=_earliest(rule, clocks, judged),
        last_day=_last_day(rule, clocks),
    )
    return stage, complete


def _history(walk: Walk, rule: StepRule) -> tuple[Act, ...]:
    if rule.step is not Step.PAPERS:
        return walk.passed[rule.step]
    codes = {form.code for form in walk.book.papers_of(rule.step, walk.case.scopes)}
    return tuple(act for act in walk.of(Step.PAPERS) if act.form in codes)


def _state(walk: Walk, rule: StepRule, done: bool) -> StageState:
    if rule.needs_base_committee and not walk.case.base_committee:
        return StageState.SKIPPED
    return StageState.DONE if done else StageState.AHEAD


def _is_done(
    rule: StepRule,
    history: tuple[Act, ...],
    papers: tuple[PaperNeed, ...],
    judged: tuple[Condition, ...],
) -> bool:
    if rule.step is Step.PAPERS:
        return all(need.met for need in papers if need.required)
    if rule.step is Step.TRAINED and history:
        expired = eligibility.Verdict.NOT_MET
        return not any(
            one.name == eligibility.CERTIFICATE and one.verdict is expired for one in judged
        )
    return bool(history)


def _papers(walk: Walk, rule: StepRule, age: DossierAge | None) -> tuple[PaperNeed, ...]:
    forms = walk.book.papers_of(rule.step, walk.case.scopes)
    return tuple(_need(walk, form, age) for form in forms)


def _need(walk: Walk, form: FormRule, age: DossierAge | None) -> PaperNeed:
    done = next(reversed(walk.papers(form.code)), None)
    ages = age if form.redo_when_aged and done is not None else None
    stale = ages is not None and done is not None and done.on <= ages.last_day < walk.reference()
    return PaperNeed(
        form=form.code,
        title=form.title,
        title_vi=form.title_vi,
        required=form.required or _asked(walk, form, done),
        done=done,
        expires_on=None if ages is None else ages.last_day,
        stale=stale,
        entry=None if ages is None else ages.entry,
    )


def _asked(walk: Walk, form: FormRule, done: Act | None) -> bool:
    """Tell whether a yes-or-no rule asks for the form on the day its step was done, or today."""
    if form.required_if is None:
        return False
    step = next(iter(walk.of(form.step)), done)
    day = walk.today if step is None else walk.governing(step)
    flag = walk.book.find_flag(form.required_if, day, walk.case.scopes)
    return flag is not None and flag.value


def _entries(
    walk: Walk,
    rule: StepRule,
    day: date,
    judged: tuple[Condition, ...],
    first: tuple[Entry[object] | None, ...],
) -> tuple[Entry[object], ...]:
    found: list[Entry[object] | None] = list(first)
    if rule.minimum is not None:
        found.append(walk.book.find_number(rule.minimum, day))
    if rule.judges_person:
        found += [entry for condition in judged for entry in condition.entries]
    if rule.ends_at_graduation:
        scopes = walk.case.scopes
        found.append(walk.book.find_flag("graduate_considered_elsewhere", day, scopes))
    return tuple(dict.fromkeys(entry for entry in found if entry is not None))


def _earliest(
    rule: StepRule, clocks: tuple[Clock, ...], judged: tuple[Condition, ...]
) -> date | None:
    days = [one.free_on for one in clocks if one.kind is ClockKind.WAIT]
    if rule.judges_person:
        days += [
            one.from_day
            for one in judged
            if one.name == eligibility.AGE and one.from_day is not None
        ]
    return max(days, default=None)


def _last_day(rule: StepRule, clocks: tuple[Clock, ...]) -> date | None:
    of_papers = {due.rule for due in rule.dues if due.papers}
    days = [
        one.last_day for one in clocks if one.kind is ClockKind.DUE and one.name not in of_papers
    ]
    return min(days, default=None)


def _with_now(walk: Walk, stages: list[Stage]) -> tuple[Stage, ...]:
    ahead = [stage.step for stage in stages if stage.state is StageState.AHEAD]
    if walk.case.stopped_on is not None or not ahead:
        return tuple(stages)
    return tuple(
        replace(stage, state=StageState.NOW) if stage.step is ahead[0] else stage
        for stage in stages
    )


def _runs(one: Clock, walk: Walk) -> bool:
    """Leave out a wait that is over."""
    return one.kind is not ClockKind.WAIT or one.last_day >= walk.today


def _status(walk: Walk, stages: tuple[Stage, ...]) -> RoadStatus:
    done = {stage.step for stage in stages if stage.state is StageState.DONE}
    if walk.case.stopped_on is not None:
        return RoadStatus.STOPPED
    if Step.RECOGNISED in done:
        return RoadStatus.RECOGNISED
    if {Step.DECIDED, Step.ADMITTED} <= done:
        return RoadStatus.ADMITTED
    return RoadStatus.WALKING if walk.acts else RoadStatus.NOT_STARTED


def _road(
    walk: Walk,
    stages: tuple[Stage, ...],
    judged: tuple[Condition, ...],
    ended: bool,
    acts: Sequence[Act],
) -> Road:
    current = next((stage for stage in stages if stage.state is StageState.NOW), None)
    running = [
        one for stage in stages for one in stage.clocks if one.done_on is None and _runs(one, walk)
    ]
    status = _status(walk, stages)
    if status is RoadStatus.STOPPED:
        running = []
    decided = next(stage for stage in stages if stage.step is Step.DECIDED).act
    admitted = next(stage for stage in stages if stage.step is Step.ADMITTED).act
    return Road(
        stages=stages,
        current=current,
        status=status,
        clocks=tuple(sorted(running, key=lambda one: (one.last_day, one.name, one.is_local))),
        conditions=judged,
        case=walk.case,
        acts=tuple(sorted(acts, key=lambda act: act.number)),
        probation_ends_on=None if admitted is None else probation_end(admitted, walk.book),
        party_age_from=None if decided is None else decided.on,
        calendar_ended=ended,
    )
