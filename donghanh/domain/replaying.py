"""Replays the acts of a case into its road."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from donghanh.domain import papers
from donghanh.domain import walk as walking
from donghanh.domain.acts import Act, Branch, Case, Step
from donghanh.domain.catalogue import ClockKind, StepRule
from donghanh.domain.clocks import DossierAge, clocks_of, dossier_age
from donghanh.domain.deadlines import Clock
from donghanh.domain.eligibility import AGE, Condition, Verdict, conditions
from donghanh.domain.roads import Fault, PaperNeed, Road, RoadStatus, Stage, StageState
from donghanh.domain.rules import Rulebook
from donghanh.domain.walk import Walk, probation_end

_AWAITED = frozenset({ClockKind.DUE, ClockKind.WINDOW})


@dataclass(slots=True)
class _Part:
    """What is known of a step before it is known what can be done now."""

    rule: StepRule
    state: StageState
    history: tuple[Act, ...] = ()
    attempts: tuple[Act, ...] = ()
    papers: tuple[PaperNeed, ...] = ()
    clocks: tuple[Clock, ...] = ()
    complete: bool = True
    stale: bool = False
    untouched: bool = False


def replay(acts: Sequence[Act], case: Case, rulebook: Rulebook, today: date) -> Road:
    """
    Return where a case stands on a day.

    Args:
        acts: Every act of the case, in any order; voided ones do not count.
        case: The facts about the person.
        rulebook: The rules; an act recorded under an earlier edition is read with that one.
        today: The day asked about; decides what has expired, not which acts count.

    Raises:
        RuleError: A stored act carries counts that cannot be.
    """
    walk = walking.walk(acts, case, rulebook, today)
    judged = _conditions(walk)
    age = dossier_age(walk)
    turns = [turn for turn in rulebook.catalogue.turns if walk.of(turn.step)]
    skipped = {step for turn in turns for step in turn.skips}
    touched = _touched(walk)
    touched.update(skipped)
    parts = [
        _part(walk, rule, left_out, age, skipped)
        if rule.step in touched or rule.judges_person or case.moves
        else _untouched_part(walk, rule, left_out)
        for rule, left_out in rulebook.plan(walk.here)
    ]
    _lapse(parts)
    over = case.stopped_on is not None or any(turn.ends for turn in turns)
    if not over:
        _open(parts, rulebook)
    segment, scopes = rulebook.segment(today), walk.scopes(today)
    stages = tuple(
        _untouched(rulebook, part.rule.step, part.state, segment, scopes, walk.here)
        if part.untouched
        else _stage(walk, part, judged)
        for part in parts
    )
    complete = all(part.complete for part in parts)
    return _road(walk, stages, judged, complete, acts, over, age)


def _conditions(walk: Walk) -> tuple[Condition, ...]:
    vote = walk.last(Step.CELL_VOTED)
    trained = walk.of(Step.TRAINED)
    issued = trained[-1].on if trained else None
    rule_day = None if vote is None else walk.governing(vote)
    book = walk.book if vote is None else walk.book.at(vote.edition)
    return conditions(walk.case, issued, walk.judged_on, book, rule_day)


def _touched(walk: Walk) -> set[Step]:
    """Return the steps that something recorded bears upon; the others are as in any other case."""
    found = set(walk.by_step)
    for step in walk.passed:
        found.update(walk.book.started_by(step))
    for form in walk.papers:
        asked = walk.book.catalogue.step_of_paper(form)
        if asked is not None:
            found.add(asked)
    return found


def _untouched_part(walk: Walk, rule: StepRule, left_out: bool) -> _Part:
    if left_out or (rule.only_where is not None and _is_skipped(walk, rule)):
        return _Part(rule, StageState.SKIPPED)
    return _Part(rule, StageState.AHEAD, untouched=True)


def _part(
    walk: Walk,
    rule: StepRule,
    left_out: bool,
    age: DossierAge | None,
    skipped: Container[Step],
) -> _Part:
    """Return how far a step is done."""
    dated = walk.case.moves or rule.only_where is not None
    if _is_skipped(walk, rule) if dated else left_out:
        return _Part(rule, StageState.SKIPPED)
    part = _Part(rule, StageState.AHEAD)
    done = _note_papers(walk, part, age) if rule.papers else _note_acts(walk, part)
    part.clocks, part.complete = clocks_of(walk, part.rule, age)
    if part.history and (part.clocks or rule.redo_when_aged or rule.redone_with):
        part.stale = _is_stale(walk, part, age)
    if done and not part.stale:
        part.state = StageState.DONE
    elif rule.step in skipped:
        part.state = StageState.SKIPPED
    return part


def _note_papers(walk: Walk, part: _Part, age: DossierAge | None) -> bool:
    """Note the papers of a step; True when all it cannot go on without are there."""
    part.papers = papers.needs(walk, part.rule, age, _asked_on(walk, part.rule))
    part.history = papers.recorded(walk, part.papers)
    return all(need.met for need in part.papers if need.required)


def _note_acts(walk: Walk, part: _Part) -> bool:
    """Note the acts of a step and the tries that failed; True when one did it."""
    step = part.rule.step
    part.history = walk.done(step)
    tried = walk.of(step)
    if len(tried) > len(part.history):
        part.attempts = tuple(act for act in tried if act not in part.history)
    if tried and walk.case.moves:
        part.rule = walk.book.step(step, walk.branches(tried[-1].on))
    return bool(part.history)


def _lapse(parts: list[_Part]) -> None:
    """Mark what was never recorded and is moot by now."""
    done = {part.rule.step for part in parts if part.state is StageState.DONE}
    for part in parts:
        if part.state is StageState.AHEAD and part.rule.lapses_with in done:
            part.state = StageState.LAPSED


def _open(parts: list[_Part], rulebook: Rulebook) -> None:
    """Mark what can be done now: everything before it is done, or not on this road."""
    ahead = [part for part in parts if part.state is StageState.AHEAD]
    waiting = {part.rule.step for part in ahead if part.rule.blocks}
    ancestors = rulebook.catalogue.ancestors
    for part in ahead:
        if waiting.isdisjoint(ancestors(part.rule.step)):
            part.state = StageState.NOW


def _stage(walk: Walk, part: _Part, judged: tuple[Condition, ...]) -> Stage:
    rule, history = part.rule, part.history
    if part.state is StageState.SKIPPED:
        return _skipped(rule)
    own = walk.of(rule.step)
    last = (history or own)[-1] if history or own else None
    if last is None or (rule.papers and part.state is not StageState.DONE):
        share, entries = walk.book.entries_of(rule, walk.today, walk.scopes(walk.today))
    else:
        book = walk.book.at(last.edition)
        share, entries = book.entries_of(rule, walk.governing(last), walk.scopes(last.on))
    if part.clocks:
        entries = (*(clock.entry for clock in part.clocks), *entries)
    if rule.judges_person:
        entries = (*entries, *(entry for condition in judged for entry in condition.entries))
    undone = not history or (rule.papers and part.state is not StageState.DONE)
    return Stage(
        rule=rule,
        state=part.state,
        act=None if undone else history[-1],
        history=history,
        attempts=part.attempts,
        threshold=share,
        papers=part.papers,
        clocks=part.clocks,
        entries=entries,
        earliest_on=_earliest(rule, part.clocks, judged),
        last_day=_last_day(part.clocks) if part.clocks else None,
        stale=part.stale,
    )


@lru_cache(maxsize=1024)
def _skipped(rule: StepRule) -> Stage:
    return Stage(rule, StageState.SKIPPED, None, (), (), None, (), (), (), None, None)


@lru_cache(maxsize=8192)
def _untouched(
    book: Rulebook,
    step: Step,
    state: StageState,
    segment: int,
    scopes: tuple[str, ...],
    branches: frozenset[Branch],
) -> Stage:
    """Return the stage of a step nothing was recorded of: the same in every such case."""
    rule, day = book.step(step, branches), book.first_day(segment)
    share, entries = book.entries_of(rule, day, scopes)
    forms = book.papers_of(step, scopes, branches) if rule.papers else ()
    asked = tuple(papers.unmade(book, form, branches, segment) for form in forms)
    return Stage(rule, state, None, (), (), share, asked, (), entries, None, None)


def _is_skipped(walk: Walk, rule: StepRule) -> bool:
    """Tell whether the road does not pass a step, as of the day the road went past it."""
    if not walk.case.moves:
        where = rule.only_where
        if where is not None and not walk.book.ever(where, walk.case.scopes):
            return True
    elif rule.only_if is None and rule.never_if is None and rule.only_where is None:
        return False
    own = walk.of(rule.step)
    past = own[-1] if own else _past(walk, rule.step) or _own_paper(walk, rule)
    day = walk.today if past is None else past.on
    if rule.skipped_on(walk.branches(day)):
        return True
    if rule.only_where is None:
        return False
    book = walk.book if past is None else walk.book.at(past.edition)
    governing = day if past is None else walk.governing(past)
    flag = book.find_flag(rule.only_where, governing, walk.scopes(day))
    if flag is None or not flag.value:
        return True
    return rule.papers and not book.papers_of(rule.step, walk.scopes(day), walk.branches(day))


def _asked_on(walk: Walk, rule: StepRule) -> date:
    """Return the day a step asks for its papers: when the road went past it, or today."""
    past = _past(walk, rule.step) if walk.case.moves else None
    return walk.today if past is None else past.on


def _own_paper(walk: Walk, rule: StepRule) -> Act | None:
    """Return the last paper recorded for a step."""
    step_of = walk.book.catalogue.step_of_paper
    made = [acts[-1] for form, acts in walk.papers.items() if step_of(form) is rule.step]
    return max(made, key=lambda act: (act.on, act.number), default=None)


def _past(walk: Walk, step: Step) -> Act | None:
    """Return the act with which the road went past a step: the first that follows it."""
    for rule in walk.book.steps(walk.here):
        if step not in rule.after:
            continue
        done = walk.done(rule.step)
        if done:
            return done[0]
        if rule.skipped_on(walk.here) or rule.only_where is not None:
            return _past(walk, rule.step)
    return None


def _is_stale(walk: Walk, part: _Part, age: DossierAge | None) -> bool:
    """Tell whether what was done is no longer good for the step after it."""
    if part.rule.redo_when_aged and age is not None:
        return part.history[-1].on <= age.last_day < walk.judged_on
    if part.rule.papers:
        return False
    again = () if part.rule.redone_with is None else walk.done(part.rule.redone_with)[1:]
    if any(act.on > part.history[-1].on for act in again):
        return True
    return any(
        one.kind is ClockKind.EXPIRY and one.last_day < (one.done_on or walk.today)
        for one in part.clocks
    )


def _earliest(
    rule: StepRule, clocks: tuple[Clock, ...], judged: tuple[Condition, ...]
) -> date | None:
    if not clocks and not rule.judges_person:
        return None
    days = [one.free_on for one in clocks if one.kind is ClockKind.WAIT]
    if rule.judges_person:
        days += [one.from_day for one in judged if one.name == AGE and one.from_day is not None]
    return max(days, default=None)


def _last_day(clocks: tuple[Clock, ...]) -> date | None:
    return min((one.last_day for one in clocks if one.kind in _AWAITED), default=None)


def _status(walk: Walk) -> RoadStatus:
    if walk.of(Step.ANNULLED):
        return RoadStatus.ANNULLED
    if walk.of(Step.DELETED):
        return RoadStatus.DELETED
    if walk.case.stopped_on is not None:
        return RoadStatus.STOPPED
    if walk.done(Step.RECOGNISED):
        return RoadStatus.RECOGNISED
    if walk.done(Step.DECIDED) and walk.done(Step.ADMITTED):
        return RoadStatus.ADMITTED
    if walk.of(Step.UNLISTED) and not walk.done(Step.LISTED):
        return RoadStatus.UNLISTED
    return RoadStatus.WALKING if walk.acts else RoadStatus.NOT_STARTED


def _faults(walk: Walk, judged: tuple[Condition, ...]) -> tuple[Fault, ...]:
    vote = walk.last(Step.CELL_VOTED)
    if vote is None:
        return ()
    annuls = walk.last(Step.DECIDED) is not None
    return tuple(
        Fault(vote, one, annuls)
        for one in judged
        if one.name == AGE and one.verdict is Verdict.NOT_MET
    )


def _road(
    walk: Walk,
    stages: tuple[Stage, ...],
    judged: tuple[Condition, ...],
    complete: bool,
    acts: Sequence[Act],
    over: bool,
    age: DossierAge | None,
) -> Road:
    current = next((one for one in stages if one.state is StageState.NOW and one.rule.blocks), None)
    status = _status(walk)
    running: dict[Clock, None] = {}
    if not over:
        running = dict.fromkeys(
            one
            for stage in stages
            for one in stage.clocks
            if one.done_on is None and _runs(one, walk.today)
        )
    decided, admitted = walk.last(Step.DECIDED), walk.last(Step.ADMITTED)
    move = walk.case.move_at(walk.today)
    received = move is None or (move.received_on is not None and move.received_on <= walk.today)
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
        calendar_ended=not complete,
        faults=_faults(walk, judged),
        on_the_way=None if received else move,
        ages_on=None if age is None else age.last_day,
    )


def _runs(one: Clock, today: date) -> bool:
    """Leave out a wait that is over."""
    return one.kind is not ClockKind.WAIT or one.last_day >= today
