"""Which step may follow which, and under which conditions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from donghanh.domain import eligibility
from donghanh.domain.acts import Act, Case, Step
from donghanh.domain.catalogue import FormRule, StepRule
from donghanh.domain.deadlines import Clock, ClockKind
from donghanh.domain.eligibility import Condition, Verdict
from donghanh.domain.errors import RuleError
from donghanh.domain.replaying import replay
from donghanh.domain.roads import PaperNeed, Road, RoadStatus, Stage, StageState
from donghanh.domain.rules import Rulebook
from donghanh.domain.timeline import Entry
from donghanh.domain.voiding import VoidEffect, check_void
from donghanh.domain.voting import Outcome
from donghanh.domain.walk import judge_act

__all__ = [
    "Act",
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


class NoConsent(RuleError):
    """The person has not agreed to take part, or not yet on the day of the act."""

    code: ClassVar[str] = "procedure.no_consent"


class Stopped(RuleError):
    """The person has stopped; work stops with them."""

    code: ClassVar[str] = "procedure.stopped"


class InFuture(RuleError):
    """The act is dated after today."""

    code: ClassVar[str] = "procedure.in_future"


class ReceivedBeforeDecision(RuleError):
    """A decision cannot be received before it is made."""

    code: ClassVar[str] = "procedure.received_before_decision"


class FormUnknown(RuleError):
    """The form is not in the catalogue, not for this place, or not a paper of its own."""

    code: ClassVar[str] = "procedure.form_unknown"


class StepNotAllowed(RuleError):
    """A step before this one has not been done, or this one is not for this case."""

    code: ClassVar[str] = "procedure.step_not_allowed"


class AlreadyDone(RuleError):
    """The step or paper is already there and still good."""

    code: ClassVar[str] = "procedure.already_done"


class BeforePrevious(RuleError):
    """The act is dated before a step it has to follow."""

    code: ClassVar[str] = "procedure.before_previous"


class ApplicationAfterHistory(RuleError):
    """One paper is dated on the wrong side of another it must not follow."""

    code: ClassVar[str] = "procedure.application_after_history"


class PapersMissing(RuleError):
    """Papers the step asks for are not there."""

    code: ClassVar[str] = "procedure.papers_missing"


class DossierAged(RuleError):
    """The dossier is too old; some of its papers have to be made again."""

    code: ClassVar[str] = "procedure.dossier_aged"


class TooYoung(RuleError):
    """The person has not reached the age when the cell considers."""

    code: ClassVar[str] = "procedure.too_young"


class CertificateExpired(RuleError):
    """The awareness-class certificate is no longer good when the cell considers."""

    code: ClassVar[str] = "procedure.certificate_expired"


class ConditionNotMet(RuleError):
    """A condition of the person is known not to be met."""

    code: ClassVar[str] = "procedure.condition_not_met"


class TooEarly(RuleError):
    """The time to wait is not over."""

    code: ClassVar[str] = "procedure.too_early"


class VoteMissing(RuleError):
    """The step is a vote, and its counts were not given."""

    code: ClassVar[str] = "procedure.vote_missing"


class VotesExhausted(RuleError):
    """The vote failed as often as the rules allow; the upper committee decides."""

    code: ClassVar[str] = "procedure.votes_exhausted"


class Graduated(RuleError):
    """The graduation decision has taken effect; the step is not done at the old school."""

    code: ClassVar[str] = "procedure.graduated"


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
        RuleError: The subclasses of this module, each with the facts and, as ``entry``, the
            rule that refuses; those of ``voting`` for counts that cannot be.

    Source:
        rulebook/procedure.toml, rulebook/forms.toml
    """
    new = replace(new, voided=False)
    _check_person(new, case)
    _check_days(new, today)
    form = _form(new, case, rulebook)
    rule = rulebook.step(new.step if form is None else form.step)
    road = replay(acts, case, rulebook, new.on)
    stage = road.stage(rule.step)
    _check_order(new, stage, road)
    if form is not None:
        _check_paper(new, form, stage)
        _check_paper_order(new, form, stage, rulebook)
        return Judgement(_paper_entries(form, stage), None, passed=True)
    _check_open(new, stage)
    _check_step(new, rule, road, rulebook)
    if rule.vote == "required" and new.tally is None:
        raise VoteMissing(step=new.step, entry=stage.threshold)
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


def _form(new: Act, case: Case, rulebook: Rulebook) -> FormRule | None:
    if new.step is not Step.PAPERS:
        return None
    form = None if new.form is None else rulebook.form(new.form, case.scopes)
    if form is None or form.is_act:
        raise FormUnknown(form=new.form)
    return form


def _check_order(new: Act, stage: Stage, road: Road) -> None:
    if stage.state is StageState.SKIPPED:
        raise StepNotAllowed(step=stage.step, missing=None)
    before = road.stages[: road.stages.index(stage)]
    for earlier in before:
        skipped = earlier.state is StageState.SKIPPED or earlier.step is Step.PAPERS
        if not skipped and earlier.act is None:
            raise StepNotAllowed(step=stage.step, missing=earlier.step)
    followed = [act for earlier in before for act in earlier.history[-1:]]
    latest = max(followed, key=lambda act: act.on, default=None)
    if latest is not None and new.on < latest.on:
        raise BeforePrevious(step=stage.step, on=new.on, previous=latest.step, since=latest.on)


def _check_paper(new: Act, form: FormRule, stage: Stage) -> None:
    need = next(need for need in stage.papers if need.form == form.code)
    if need.done is not None and not (need.stale and new.on > need.done.on):
        raise AlreadyDone(step=stage.step, form=form.code, on=need.done.on, act=need.done.number)


def _check_paper_order(new: Act, form: FormRule, stage: Stage, rulebook: Rulebook) -> None:
    """The application comes first, whichever of the two papers is recorded first."""
    done = {need.form: need.done.on for need in stage.papers if need.done is not None}
    after = done.get(form.not_later_than or "")
    if after is not None and new.on > after:
        raise ApplicationAfterHistory(form=form.code, on=new.on, other=form.not_later_than)
    for other in rulebook.papers_of(stage.step):
        before = done.get(other.code)
        if other.not_later_than == form.code and before is not None and before > new.on:
            raise ApplicationAfterHistory(form=other.code, on=before, other=form.code)


def _paper_entries(form: FormRule, stage: Stage) -> tuple[Entry[object], ...]:
    found = [need.entry for need in stage.papers if need.form == form.code]
    return tuple(entry for entry in found if entry is not None)


def _check_open(new: Act, stage: Stage) -> None:
    if stage.act is None:
        return
    if stage.state is StageState.DONE or new.on <= stage.act.on:
        raise AlreadyDone(step=stage.step, form=None, on=stage.act.on, act=stage.act.number)


def _check_step(new: Act, rule: StepRule, road: Road, rulebook: Rulebook) -> None:
    governing = rulebook.governing_day(new.on, new.governed_by)
    if rule.ends_at_graduation:
        _check_graduation(new, road, rulebook, governing)
    if rule.judges_person:
        _check_conditions(new, road, rulebook, governing)
    _check_papers(rule, road)
    if rule.waits_for_probation:
        _check_recognition(new, rule, road, rulebook, governing)


def _check_graduation(new: Act, road: Road, rulebook: Rulebook, governing: date) -> None:
    graduated = road.case.graduated_on
    flag = rulebook.find_flag("graduate_considered_elsewhere", governing, road.case.scopes)
    if flag is None or not flag.value or graduated is None or new.on < graduated:
        return
    decided = road.stage(Step.DECIDED).act is not None
    raise Graduated(step=new.step, graduated_on=graduated, decided=decided, entry=flag)


def _check_conditions(new: Act, road: Road, rulebook: Rulebook, governing: date) -> None:
    trained = road.stage(Step.TRAINED).act
    facts = eligibility.Facts(
        born=road.case.born,
        union_member=road.case.union_member,
        lower_secondary=road.case.lower_secondary,
        certificate_on=None if trained is None else trained.on,
    )
    for condition in eligibility.conditions(facts, new.on, rulebook, governing):
        if condition.verdict is Verdict.NOT_MET:
            raise _refusal(condition)


def _refusal(condition: Condition) -> RuleError:
    entry = next(iter(condition.entries), None)
    if condition.name == eligibility.AGE:
        return TooYoung(on=condition.on, from_day=condition.from_day, entry=entry)
    if condition.name == eligibility.CERTIFICATE:
        return CertificateExpired(on=condition.on, last_day=condition.until_day, entry=entry)
    return ConditionNotMet(on=condition.on, condition=condition.name, entry=entry)


def _check_papers(rule: StepRule, road: Road) -> None:
    position = [stage.step for stage in road.stages].index(rule.step)
    asked = list(road.stages[position].papers)
    if position > [stage.step for stage in road.stages].index(Step.PAPERS):
        asked += road.stage(Step.PAPERS).papers
    missing = tuple(need.form for need in asked if need.required and need.done is None)
    if missing:
        raise PapersMissing(step=rule.step, forms=missing)
    stale = [need for need in asked if need.required and need.stale]
    if stale:
        raise DossierAged(
            step=rule.step,
            forms=tuple(need.form for need in stale),
            last_day=stale[0].expires_on,
            entry=stale[0].entry,
        )


def _check_recognition(
    new: Act, rule: StepRule, road: Road, rulebook: Rulebook, governing: date
) -> None:
    stage = road.stage(rule.step)
    wait = next((one for one in stage.clocks if one.kind is ClockKind.WAIT), None)
    if wait is not None and new.on <= wait.last_day:
        raise TooEarly(step=rule.step, on=new.on, earliest_on=wait.free_on, entry=wait.entry)
    limit = rulebook.find_number("failed_votes", governing)
    if limit is not None and len(stage.attempts) >= limit.value:
        raise VotesExhausted(step=rule.step, attempts=len(stage.attempts), entry=limit)


def _judgement(new: Act, acts: Sequence[Act], case: Case, rulebook: Rulebook) -> Judgement:
    outcome = judge_act(new, case, rulebook)
    after = replay((*acts, new), case, rulebook, new.on).stage(new.step)
    late = tuple(one for one in after.clocks if one.done_on == new.on and one.done_late)
    passed = outcome is None or outcome.passed
    return Judgement(after.entries, outcome, passed, late)
