"""The rules by step: the whole road, one step, one turn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import ClassVar, cast

from donghanh.amendments import queries as amendments
from donghanh.domain.acts import Step
from donghanh.domain.answers import CONDITIONS
from donghanh.domain.authority import Actor, require
from donghanh.domain.catalogue import ClockRule, FormRule, Phase, Start, StepRule, TurnRule, Variant
from donghanh.domain.errors import RuleError
from donghanh.domain.rights import Right, Role
from donghanh.domain.rules import Rulebook
from donghanh.domain.tables import RuleHead, Value
from donghanh.domain.timeline import Entry
from donghanh.organisation.texts import ROLES
from donghanh.rulebook import texts
from donghanh.rulebook.queries.places import Place, place


class NoSuchStep(RuleError):
    """The road has no such step or turn."""

    code: ClassVar[str] = "rulebook.no_such_step"


@dataclass(frozen=True, slots=True)
class StepLine:
    """
    One step of the road in few words.

    Attributes:
        rule: The step.
        share: The value its vote must reach on the day, if it is a vote.
        spans: The values of its clocks on the day.
        papers: How many papers it asks for in the place.
        on_road: False where the place leaves it out.
    """

    rule: StepRule
    share: Entry[Value] | None
    spans: tuple[Entry[Value], ...]
    papers: int
    on_road: bool


@dataclass(frozen=True, slots=True)
class PhaseLine:
    """A phase with its steps."""

    phase: Phase
    lines: tuple[StepLine, ...]


@dataclass(frozen=True, slots=True)
class RoadPage:
    """The whole road on a day, in a place, and the turns beside it."""

    day: date
    place: Place
    phases: tuple[PhaseLine, ...]
    turns: tuple[TurnRule, ...]
    count: int


def road_page(actor: Actor, day: date, where: str = "") -> RoadPage:
    """
    Return every step of the road by phase, and the turns.

    Args:
        actor: Who reads.
        day: The day whose values are shown.
        where: Whose rules; see ``places.place``.

    Raises:
        NotAllowed: The post does not read the rulebook.
    """
    require(actor, Right.READ_RULES)
    book = amendments.current()
    shown = max(day, book.regimes()[0].since)
    chosen = place(actor, book, shown, where)
    steps = [_line(book, rule, shown, chosen) for rule in book.steps()]
    phases = {phase.code: phase for phase in book.phases()}
    return RoadPage(
        day=shown,
        place=chosen,
        phases=tuple(
            PhaseLine(phases[code], tuple(group))
            for code, group in groupby(steps, key=lambda line: line.rule.phase)
        ),
        turns=book.catalogue.turns,
        count=len(steps),
    )


def _line(book: Rulebook, rule: StepRule, day: date, where: Place) -> StepLine:
    clocks = [book.all_on(clock.rule, day, where.scopes) for clock in book.clocks_of(rule.step)]
    return StepLine(
        rule=rule,
        share=_one(book, rule.threshold, day, where),
        spans=tuple(found[-1] for found in clocks if found),
        papers=len(book.papers_of(rule.step, where.scopes)) if rule.papers else 0,
        on_road=_asked_for(book, rule, day, where),
    )


def _one(book: Rulebook, name: str | None, day: date, where: Place) -> Entry[Value] | None:
    found = book.all_on(name, day, where.scopes) if name else ()
    return found[-1] if found else None


def _asked_for(book: Rulebook, rule: StepRule, day: date, where: Place) -> bool:
    if rule.only_where is None:
        return True
    flag = book.find_flag(rule.only_where, day, where.scopes)
    return flag is not None and flag.value


@dataclass(frozen=True, slots=True)
class ClockLine:
    """
    A clock of a step.

    Attributes:
        head: The rule that sets it.
        clock: What it is.
        kind: Its kind in a word.
        meaning: What the kind means.
        start: When it begins to run, as a sentence.
        entries: Its length on the day, central first; empty where nobody sets one.
        extensions: By how much it may be prolonged, central first.
    """

    head: RuleHead
    clock: ClockRule
    kind: str
    meaning: str
    start: str
    entries: tuple[Entry[Value], ...]
    extensions: tuple[Entry[Value], ...]


@dataclass(frozen=True, slots=True)
class PaperLine:
    """
    A paper a step asks for, or the form its act leaves.

    Attributes:
        form: The central form.
        printed: Those that stand in for it: by place, by branch, by choice.
        copies: How many are asked for on another branch, if more than one.
        validity: How long it is good, where it ages.
        recorded_by: Who else may record it.
        not_later_than: Number of the form it may not be dated after.
    """

    form: FormRule
    printed: tuple[FormRule, ...]
    copies: Entry[Value] | None
    validity: Entry[Value] | None
    recorded_by: str
    not_later_than: str


@dataclass(frozen=True, slots=True)
class StepPage:
    """
    One step of the road.

    Attributes:
        day: The day whose values are shown.
        place: Whose rules.
        rule: The step.
        phase: Its phase.
        actor: Who records it, in words.
        on_road: False where the place leaves it out.
        only_where: The rule that decides so, on the day.
        after: What must have been done before.
        leads_to: What waits for it.
        variants: What differs on a branch.
        branch: What it is only done on, or never, in words.
        shares: The share its vote must reach, each with its branch; empty for the usual one.
        vote_rules: What else the vote goes by: the smallest body, attempts, who is left out.
        clocks: Its clocks.
        acts: The forms its act leaves.
        papers: The papers it asks for.
        conditions: What the person is judged by, where this step judges.
        other: What else it goes by.
        falls: What falls when an act of it is declared invalid.
        earlier: The step before it in the list.
        later: The step after it.
    """

    day: date
    place: Place
    rule: StepRule
    phase: Phase
    actor: str
    on_road: bool
    only_where: Entry[Value] | None
    after: tuple[StepRule, ...]
    leads_to: tuple[StepRule, ...]
    variants: tuple[tuple[str, Variant], ...]
    branch: str
    shares: tuple[tuple[str, Entry[Value]], ...]
    vote_rules: tuple[Entry[Value], ...]
    clocks: tuple[ClockLine, ...]
    acts: tuple[PaperLine, ...]
    papers: tuple[PaperLine, ...]
    conditions: tuple[Entry[Value], ...]
    other: tuple[Entry[Value], ...]
    falls: tuple[StepRule, ...]
    earlier: StepRule | None
    later: StepRule | None


@dataclass(frozen=True, slots=True)
class TurnPage:
    """One turn beside the road; steps are the rules of the steps it names."""

    day: date
    rule: TurnRule
    actor: str
    after: tuple[StepRule, ...]
    before: tuple[StepRule, ...]
    undoes: tuple[StepRule, ...]
    skips: tuple[StepRule, ...]
    needs_failed: StepRule | None
    forms: tuple[FormRule, ...]


def step_page(actor: Actor, code: str, day: date, where: str = "") -> StepPage | TurnPage:
    """
    Return one step of the road, or one turn beside it.

    Args:
        actor: Who reads.
        code: The step.
        day: The day whose values are shown.
        where: Whose rules; see ``places.place``.

    Raises:
        NotAllowed: The post does not read the rulebook.
        NoSuchStep: There is neither.
    """
    require(actor, Right.READ_RULES)
    book = amendments.current()
    known = [rule.step for rule in book.steps()] + [rule.step for rule in book.catalogue.turns]
    if code not in {step.value for step in known}:
        raise NoSuchStep(step=code)
    shown = max(day, book.regimes()[0].since)
    turn = book.catalogue.turn(Step(code))
    if turn is not None:
        return _turn(book, turn, shown)
    return _step(book, book.step(Step(code)), shown, place(actor, book, shown, where))


def _step(book: Rulebook, rule: StepRule, day: date, where: Place) -> StepPage:
    steps = book.steps()
    excludes = f"{rule.threshold}.excludes"
    judged = (*CONDITIONS, "age.maximum", "certificate.validity") if rule.judges_person else ()
    other = book.entries_of(rule, day, where.scopes)[1]
    voting = {rule.threshold, rule.minimum, rule.attempts, rule.only_where}
    return StepPage(
        day=day,
        place=where,
        rule=rule,
        phase=book.catalogue.phases[rule.phase],
        actor=str(ROLES[Role(rule.actor)]),
        on_road=_asked_for(book, rule, day, where),
        only_where=_one(book, rule.only_where, day, where),
        after=_before(book, rule),
        leads_to=_behind(book, rule),
        variants=tuple((str(texts.BRANCHES[one.when]), one) for one in rule.variants),
        branch=_branch(rule),
        shares=_shares(book, rule, day, where),
        vote_rules=_some(
            book, (rule.minimum, rule.attempts, excludes if excludes in book.names() else None),
            day, where,
        ),
        clocks=tuple(_clock(book, clock, day, where) for clock in book.clocks_of(rule.step)),
        acts=_forms(book, rule, day, where, acts=True),
        papers=_forms(book, rule, day, where, acts=False),
        conditions=_some(book, judged, day, where),
        other=tuple(cast("Entry[Value]", one) for one in other if one.name not in voting),
        falls=tuple(book.step(step) for step in rule.falls),
        earlier=steps[rule.order - 2] if rule.order > 1 else None,
        later=steps[rule.order] if rule.order < len(steps) else None,
    )  # fmt: skip


def _before(book: Rulebook, rule: StepRule) -> tuple[StepRule, ...]:
    """Return what must have been done, and what stands before that where it may be left out."""
    found: dict[Step, StepRule] = {}
    waiting = list(rule.after)
    while waiting:
        one = book.step(waiting.pop(0))
        found[one.step] = one
        waiting += one.after if _may_be_left_out(one) else ()
    return tuple(sorted(found.values(), key=lambda one: one.order))


def _behind(book: Rulebook, rule: StepRule) -> tuple[StepRule, ...]:
    """Return what waits for a step, and what waits for that where it may be left out."""
    return tuple(one for one in book.steps() if rule in _before(book, one))


def _may_be_left_out(rule: StepRule) -> bool:
    return not (rule.only_if is None and rule.never_if is None and rule.only_where is None)


def _some(
    book: Rulebook, names: tuple[str | None, ...], day: date, where: Place
) -> tuple[Entry[Value], ...]:
    found = [_one(book, name, day, where) for name in names]
    return tuple(one for one in found if one is not None)


def _branch(rule: StepRule) -> str:
    if rule.only_if is not None:
        return str(texts.ONLY_IF) % {"branch": texts.BRANCHES[rule.only_if]}
    if rule.never_if is not None:
        return str(texts.NEVER_IF) % {"branch": texts.BRANCHES[rule.never_if]}
    return ""


def _shares(
    book: Rulebook, rule: StepRule, day: date, where: Place
) -> tuple[tuple[str, Entry[Value]], ...]:
    named = [("", rule.threshold)]
    named += [(str(texts.BRANCHES[one.when]), one.threshold) for one in rule.variants]
    found = [(branch, _one(book, name, day, where)) for branch, name in named]
    return tuple((branch, entry) for branch, entry in found if entry is not None)


def _clock(book: Rulebook, clock: ClockRule, day: date, where: Place) -> ClockLine:
    starts = book.step(clock.starts).title_vi
    start = clock.start
    if start is Start.RECEIVED:
        begins = book.find_text(f"{clock.rule}.start", day)
        start = Start.ACT if begins is not None and begins.value == "issued" else start
    extensions = book.all_on(clock.extension, day, where.scopes) if clock.extension else ()
    return ClockLine(
        head=book.head(clock.rule),
        clock=clock,
        kind=str(texts.CLOCKS[clock.kind]),
        meaning=str(texts.CLOCK_MEANINGS[clock.kind]),
        start=str(texts.STARTS[start]) % {"step": starts},
        entries=book.all_on(clock.rule, day, where.scopes),
        extensions=extensions,
    )


def _forms(
    book: Rulebook, rule: StepRule, day: date, where: Place, *, acts: bool
) -> tuple[PaperLine, ...]:
    """Return the forms of a step that stand for themselves, each with those in its place."""
    mine = [form for form in book.forms() if form.step is rule.step and form.is_act is acts]
    return tuple(paper_line(book, form, day, where) for form in mine if form.instead_of is None)


def paper_line(book: Rulebook, form: FormRule, day: date, where: Place) -> PaperLine:
    """Return a form with those that a place or a branch prints for it, and what ages it."""
    return PaperLine(
        form=form,
        printed=tuple(one for one in book.forms() if one.instead_of == form.code),
        copies=_one(book, form.copies_rule, day, where),
        validity=_one(book, form.validity, day, where),
        recorded_by=str(ROLES[Role(form.actor)]) if form.actor else "",
        not_later_than=form.not_later_than or "",
    )


def _turn(book: Rulebook, turn: TurnRule, day: date) -> TurnPage:
    def rules(steps: tuple[Step, ...]) -> tuple[StepRule, ...]:
        return tuple(book.step(step) for step in steps)

    return TurnPage(
        day=day,
        rule=turn,
        actor=str(ROLES[Role(turn.actor)]),
        after=rules(turn.after),
        before=rules(turn.before),
        undoes=rules(turn.undoes),
        skips=rules(turn.skips),
        needs_failed=None if turn.needs_failed is None else book.step(turn.needs_failed),
        forms=tuple(form for form in book.forms() if form.step is turn.step),
    )
