"""Which step may follow which, and under which conditions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from donghanh.domain import turning
from donghanh.domain.acts import Act, Branch, Case, Destination, Step
from donghanh.domain.catalogue import ClockKind, FormRule, StepRule
from donghanh.domain.deadlines import Clock
from donghanh.domain.eligibility import AGE, CERTIFICATE, Condition, Verdict, conditions
from donghanh.domain.errors import RuleError
from donghanh.domain.refusals import (
    AfterFollowing,
    AlreadyDone,
    ApplicationAfterHistory,
    BeforePrevious,
    CertificateExpired,
    ConditionNotMet,
    DossierAged,
    Expired,
    FormUnknown,
    Graduated,
    InFuture,
    MustBeAnnulled,
    NoConsent,
    OnTheWay,
    PapersMissing,
    ReceivedBeforeDecision,
    RegimeOutOfReach,
    StepNotAllowed,
    Stopped,
    TooEarly,
    TooYoung,
    VoteMissing,
    VotesExhausted,
)
from donghanh.domain.replaying import replay
from donghanh.domain.roads import PaperNeed, Road, RoadStatus, Stage, StageState
from donghanh.domain.rules import Rulebook
from donghanh.domain.timeline import Entry, NotInForce
from donghanh.domain.voiding import VoidEffect, check_void
from donghanh.domain.voting import Outcome, check_exclusions
from donghanh.domain.walk import judge_act

__all__ = [
    "Act",
    "Branch",
    "Case",
    "Judgement",
    "PaperNeed",
    "Road",
    "RoadStatus",
    "Stage",
    "StageState",
    "Step",
    "VoidEffect",
    "check",
    "check_void",
    "replay",
]

_NOT_ON_THE_ROAD = frozenset({StageState.SKIPPED})
_ELSEWHERE = frozenset({Destination.LOCALITY, Destination.INSTITUTION, Destination.UNIT})


@dataclass(frozen=True, slots=True)
class Judgement:
    """
    What the rules say of a new act that they let through.

    Attributes:
        entries: The rules it was judged by; the act keeps them.
        outcome: The result of its vote, where it is one.
        passed: False when the vote failed: the act is kept as an attempt, the step stays open.
        late: Dues it missed; it may be recorded, and is shown as late.
    """

    entries: tuple[Entry[object], ...]
    outcome: Outcome | None
    passed: bool
    late: tuple[Clock, ...] = ()


def check(new: Act, acts: Sequence[Act], case: Case, rulebook: Rulebook, today: date) -> Judgement:
    """
    Judge a new act before it is stored.

    Args:
        new: The act; its number only decides between acts of the same day.
        acts: Every act of the case so far, voided ones included.
        case: The facts about the person.
        rulebook: The rules.
        today: The day of recording.

    Returns:
        The rules it was judged by and the outcome of its vote.

    Raises:
        RuleError: Those of ``refusals``, each with the facts and, as ``entry``, the rule that
            refuses; those of ``voting`` for counts that cannot be.

    Source:
        rulebook/procedure.toml, rulebook/forms.toml
    """
    new = replace(new, voided=False, edition=None)
    _check_person(new, case)
    _check_days(new, today)
    _check_regime(new, acts, rulebook)
    road = replay(acts, case, rulebook, new.on)
    if road.on_the_way is not None:
        raise OnTheWay(on=new.on, since=road.on_the_way.on)
    turn = rulebook.catalogue.turn(new.step)
    if turn is not None:
        return Judgement(turning.check(new, turn, road, rulebook), None, passed=True)
    turning.check_goes_on(road)
    _check_faults(new, road)
    if new.step is Step.PAPERS:
        return _paper(new, road, rulebook)
    rule = rulebook.step(new.step, case.branches(new.on))
    if rule.papers:
        raise FormUnknown(form=new.form)
    stage = road.stage(new.step)
    _check_order(new, stage, road, rulebook)
    if stage.act is not None:
        _check_fresh(_ancestors(stage, road, rulebook), rule)
    _check_open(new, stage, case, rulebook)
    _check_step(new, rule, road, rulebook)
    _check_vote(new, rule, case, rulebook)
    return _judgement(new, acts, case, rulebook)


def _check_person(new: Act, case: Case) -> None:
    if case.consented_on is None or new.on < case.consented_on:
        raise NoConsent(on=new.on, consented_on=case.consented_on)
    if case.stopped_on is not None:
        raise Stopped(on=new.on)


def _check_days(new: Act, today: date) -> None:
    latest = max(new.on, new.received_on or new.on)
    if latest > today:
        raise InFuture(on=latest, today=today)
    if new.received_on is not None and new.received_on < new.on:
        raise ReceivedBeforeDecision(on=new.on, received_on=new.received_on)


def _check_regime(new: Act, acts: Sequence[Act], rulebook: Rulebook) -> None:
    """A person may choose among the regimes in force since the first act, and no other."""
    if new.governed_by is None:
        return
    opened = min((act.on for act in acts if not act.voided), default=new.on)
    first, last = rulebook.regime(opened), rulebook.regime(new.on)
    chosen = [one for one in rulebook.regimes() if first.since <= one.since <= last.since]
    if new.governed_by not in [one.code for one in chosen]:
        raise RegimeOutOfReach(
            regime=new.governed_by, on=new.on, reach=tuple(one.code for one in chosen)
        )


def _check_faults(new: Act, road: Road) -> None:
    """Nothing mends a vote on somebody too young."""
    for fault in road.faults:
        entry = next(iter(fault.condition.entries), None)
        if fault.annuls:
            raise MustBeAnnulled(on=fault.act.on, from_day=fault.condition.from_day, entry=entry)
        if new.step is not Step.PAPERS and new.step is not Step.CELL_VOTED:
            raise TooYoung(on=fault.act.on, from_day=fault.condition.from_day, entry=entry)


def _paper(new: Act, road: Road, rulebook: Rulebook) -> Judgement:
    scopes = road.case.at(new.on).scopes
    form = None if new.form is None else rulebook.form(new.form, scopes)
    if form is None or form.is_act:
        raise FormUnknown(form=new.form)
    stage = road.stage(form.step)
    need = next((one for one in stage.papers if one.form == form.answers_for), None)
    _check_order(new, stage, road, rulebook)
    if need is None:
        raise FormUnknown(form=new.form)
    again = need.stale and need.expires_on is not None and new.on > need.expires_on
    if need.done is not None and need.have >= need.copies and not again:
        raise AlreadyDone(step=stage.step, form=new.form, on=need.done.on, act=need.done.number)
    _check_paper_order(new, form, stage, rulebook)
    _check_following(new, stage, road, rulebook)
    _check_waits(new, stage)
    after = replay((*road.acts, new), road.case, rulebook, new.on).stage(stage.step)
    entries = () if need.entry is None else (need.entry,)
    return Judgement(entries, None, passed=True, late=_late(new, after))


def _check_paper_order(new: Act, form: FormRule, stage: Stage, rulebook: Rulebook) -> None:
    """The application comes first, whichever of the two papers is recorded first."""
    done = {need.form: need.done.on for need in stage.papers if need.done is not None}
    asked = rulebook.form(form.answers_for) or form
    after = done.get(asked.not_later_than or "")
    if after is not None and new.on > after:
        raise ApplicationAfterHistory(form=form.code, on=new.on, other=asked.not_later_than)
    for other in rulebook.papers_of(stage.step):
        before = done.get(other.code)
        if other.not_later_than == form.answers_for and before is not None and before > new.on:
            raise ApplicationAfterHistory(form=other.code, on=before, other=form.code)


def _check_following(new: Act, stage: Stage, road: Road, rulebook: Rulebook) -> None:
    """What a place asks for before a step, such as the parents' opinion, comes before it."""
    flag = stage.rule.only_where
    if flag is None:
        return
    for later in road.stages:
        if stage.step in later.rule.after and later.act is not None and new.on > later.act.on:
            entry = rulebook.find_flag(flag, new.on, road.case.at(new.on).scopes)
            raise AfterFollowing(
                step=stage.step,
                on=new.on,
                following=later.step,
                since=later.act.on,
                entry=entry,
            )


def _ancestors(stage: Stage, road: Road, rulebook: Rulebook) -> tuple[Stage, ...]:
    before = rulebook.catalogue.ancestors(stage.step)
    return tuple(
        one for one in road.stages if one.step in before and one.state not in _NOT_ON_THE_ROAD
    )


def _check_order(new: Act, stage: Stage, road: Road, rulebook: Rulebook) -> None:
    if stage.state is StageState.SKIPPED:
        raise StepNotAllowed(step=stage.step, missing=None)
    before = _ancestors(stage, road, rulebook)
    for earlier in before:
        if not earlier.rule.papers and earlier.act is None:
            raise StepNotAllowed(step=stage.step, missing=earlier.step)
    followed = [act for earlier in before for act in earlier.history[-1:]]
    followed += _turned(stage, road, rulebook)
    latest = max(followed, key=lambda act: act.on, default=None)
    if latest is not None and new.on < latest.on:
        raise BeforePrevious(step=stage.step, on=new.on, previous=latest.step, since=latest.on)


def _turned(stage: Stage, road: Road, rulebook: Rulebook) -> list[Act]:
    """Return the turns a step follows: those that undid it, or left out what it waits for."""
    before = rulebook.catalogue.ancestors(stage.step)
    steps = {
        turn.step
        for turn in rulebook.catalogue.turns
        if stage.step in turn.undoes or not set(turn.skips).isdisjoint(before)
    }
    return [act for act in road.acts if act.step in steps and not act.voided]


def _check_open(new: Act, stage: Stage, case: Case, rulebook: Rulebook) -> None:
    """A step is done once; a vote that failed before it was may still be told."""
    if stage.act is None or stage.rule.repeats:
        return
    outcome = judge_act(new, case, rulebook)
    if outcome is not None and not outcome.passed and new.on <= stage.act.on:
        return
    if stage.state is StageState.DONE or new.on <= stage.act.on:
        raise AlreadyDone(step=stage.step, form=None, on=stage.act.on, act=stage.act.number)


def _check_step(new: Act, rule: StepRule, road: Road, rulebook: Rulebook) -> None:
    governing = rulebook.governing_day(new.on, new.governed_by)
    stage = road.stage(rule.step)
    if rule.ends_at_graduation:
        _check_graduation(new, road, rulebook, governing)
    if rule.judges_person:
        _check_conditions(new, road, rulebook, governing)
    _check_papers(rule, road, rulebook)
    _check_waits(new, stage)
    if rule.attempts is not None:
        limit = rulebook.find_number(rule.attempts, governing)
        if limit is not None and len(stage.attempts) >= limit.value:
            raise VotesExhausted(step=rule.step, attempts=len(stage.attempts), entry=limit)


def _check_graduation(new: Act, road: Road, rulebook: Rulebook, governing: date) -> None:
    graduated = road.case.graduated_on
    flag = rulebook.find_flag(
        "graduation.moves_consideration", governing, road.case.at(new.on).scopes
    )
    if flag is None or not flag.value or graduated is None or new.on < graduated:
        return
    move = road.case.move_at(new.on)
    if move is not None and move.to in _ELSEWHERE:
        return
    decided = road.stage(Step.DECIDED).act is not None
    raise Graduated(step=new.step, graduated_on=graduated, decided=decided, entry=flag)


def _check_conditions(new: Act, road: Road, rulebook: Rulebook, governing: date) -> None:
    trained = road.stage(Step.TRAINED).act
    issued = None if trained is None else trained.on
    for condition in conditions(road.case, issued, new.on, rulebook, governing):
        if condition.verdict is Verdict.NOT_MET:
            raise _refusal(condition)


def _refusal(condition: Condition) -> RuleError:
    entry = next(iter(condition.entries), None)
    if condition.name == AGE:
        return TooYoung(on=condition.on, from_day=condition.from_day, entry=entry)
    if condition.name == CERTIFICATE:
        return CertificateExpired(on=condition.on, last_day=condition.until_day, entry=entry)
    return ConditionNotMet(on=condition.on, condition=condition.name, entry=entry)


def _check_papers(rule: StepRule, road: Road, rulebook: Rulebook) -> None:
    before = _ancestors(road.stage(rule.step), road, rulebook)
    missing = tuple(form for stage in before for form in stage.missing)
    if missing:
        raise PapersMissing(step=rule.step, forms=missing)
    stale = [need.form for stage in before for need in stage.papers if need.required and need.stale]
    stale += [stage.rule.form or "" for stage in before if stage.stale and _ages(stage)]
    if stale:
        clock = _expiry(road.stage(Step.APPLIED))
        raise DossierAged(step=rule.step, forms=tuple(stale), **clock)
    _check_fresh(before, rule)


def _check_fresh(before: Sequence[Stage], rule: StepRule) -> None:
    """Refuse a step that would follow one whose time has run out."""
    for stage in before:
        if stage.stale and stage.step is Step.TRAINED:
            raise CertificateExpired(on=None, **_expiry(stage))
        if stage.stale:
            raise Expired(step=rule.step, expired=stage.step, **_expiry(stage))


def _ages(stage: Stage) -> bool:
    return stage.rule.redo_when_aged


def _expiry(stage: Stage) -> dict[str, object]:
    """Return the last good day of a stage and the rule of it, as facts of a refusal."""
    clock = next((one for one in stage.clocks if one.kind is ClockKind.EXPIRY), None)
    last_day, entry = (None, None) if clock is None else (clock.last_day, clock.entry)
    return {"last_day": last_day, "entry": entry}


def _check_waits(new: Act, stage: Stage) -> None:
    waits = [one for one in stage.clocks if one.kind is ClockKind.WAIT]
    wait = max(waits, key=lambda one: one.last_day, default=None)
    if wait is not None and new.on <= wait.last_day:
        raise TooEarly(step=stage.step, on=new.on, earliest_on=wait.free_on, entry=wait.entry)


def _check_vote(new: Act, rule: StepRule, case: Case, rulebook: Rulebook) -> None:
    """A vote needs its counts, a share in force on its day, and reasons for whom it leaves out."""
    if rule.threshold is None:
        return
    day = rulebook.governing_day(new.on, new.governed_by)
    scopes = case.at(new.on).scopes
    threshold = rulebook.find_threshold(rule.threshold, day, scopes)
    if new.tally is None:
        if rule.vote == "required":
            raise VoteMissing(step=new.step, entry=threshold)
        return
    if threshold is None:
        raise NotInForce(name=rule.threshold, day=day)
    allowed = rulebook.contents.heads.get(f"{rule.threshold}.excludes")
    reasons = None if allowed is None else rulebook.find_reasons(allowed.name, day, scopes)
    if reasons is not None:
        check_exclusions(new.tally, reasons)


def _judgement(new: Act, acts: Sequence[Act], case: Case, rulebook: Rulebook) -> Judgement:
    outcome = judge_act(new, case, rulebook)
    after = replay((*acts, new), case, rulebook, new.on).stage(new.step)
    passed = outcome is None or outcome.passed
    return Judgement(after.entries, outcome, passed, _late(new, after))


def _late(new: Act, after: Stage) -> tuple[Clock, ...]:
    """Return the clocks of a stage that an act ended after their last day."""
    return tuple(one for one in after.clocks if one.done_on == new.on and one.done_late)
