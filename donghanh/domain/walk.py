"""The valid acts of one case by what they do, with the rules they are read with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from donghanh.domain import voting
from donghanh.domain.acts import Act, Branch, Case, Step
from donghanh.domain.calendar import add_months
from donghanh.domain.catalogue import FormRule, StepRule
from donghanh.domain.rules import Rulebook
from donghanh.domain.timeline import Entry
from donghanh.domain.voting import Threshold

Grouped = dict[Step, tuple[Act, ...]]


@dataclass(frozen=True, slots=True)
class Walk:
    """
    What a replay looks at.

    Attributes:
        acts: The valid acts that still count, by day and number.
        by_step: The same by what they do, failed votes included.
        passed: Those whose vote passed, or that need none.
        papers: The papers by the number of the form they answer for.
        case: The facts about the person.
        book: The rules; each act is read with its own edition of them.
        today: The day asked about.
        here: The branches the road takes today.
        judged_on: The day the person is judged for: the cell's vote once passed, else today.
    """

    acts: tuple[Act, ...]
    by_step: Grouped
    passed: Grouped
    papers: dict[str, tuple[Act, ...]]
    case: Case
    book: Rulebook
    today: date
    here: frozenset[Branch]
    judged_on: date

    def governing(self, act: Act) -> date:
        """Return the day to ask the rules for, for an act."""
        if act.governed_by is None:
            return act.on
        return self.book.at(act.edition).governing_day(act.on, act.governed_by)

    def of(self, step: Step) -> tuple[Act, ...]:
        """Return the valid acts of a step, failed votes included."""
        return self.by_step.get(step, ())

    def done(self, step: Step) -> tuple[Act, ...]:
        """Return the acts that did a step."""
        return self.passed.get(step, ())

    def last(self, step: Step) -> Act | None:
        """Return the last act that did a step."""
        done = self.passed.get(step)
        return done[-1] if done else None

    def branches(self, day: date) -> frozenset[Branch]:
        """Return the branches the road takes on a day."""
        return self.case.branches(day) if self.case.moves else self.here

    def scopes(self, day: date) -> tuple[str, ...]:
        """Return whose rules apply on a day."""
        if not self.case.moves:
            return self.case.scopes
        move = self.case.move_at(day)
        return self.case.scopes if move is None else move.scopes


def walk(acts: Iterable[Act], case: Case, book: Rulebook, today: date) -> Walk:
    """
    Sort the valid acts by what they do and judge their votes.

    Args:
        acts: Every act, in any order; voided ones are left out, and those a turn undid.
        case: The facts about the person.
        book: The rules.
        today: The day asked about.

    Raises:
        RuleError: A stored act carries counts that cannot be.
    """
    valid = sorted((act for act in acts if not act.voided), key=lambda act: (act.on, act.number))
    counting = _without_undone(valid, book)
    by_step: dict[Step, list[Act]] = {}
    passed: dict[Step, list[Act]] = {}
    papers: dict[str, list[Act]] = {}
    for act in counting:
        by_step.setdefault(act.step, []).append(act)
        if act.step is Step.PAPERS:
            form = book.catalogue.answers_for(act.form or "")
            papers.setdefault(form, []).append(act)
        elif act.tally is None or _passed(act, case, book):
            passed.setdefault(act.step, []).append(act)
    return Walk(
        acts=tuple(counting),
        by_step={step: tuple(group) for step, group in by_step.items()},
        passed={step: tuple(group) for step, group in passed.items()},
        papers={form: tuple(group) for form, group in papers.items()},
        case=case,
        book=book,
        today=today,
        here=case.branches(today),
        judged_on=passed[Step.CELL_VOTED][-1].on if Step.CELL_VOTED in passed else today,
    )


def _without_undone(valid: list[Act], book: Rulebook) -> list[Act]:
    """Leave out the acts that a later turn undid; the turns themselves stay."""
    catalogue = book.catalogue
    turns = [
        (act, rule.undoes)
        for act in valid
        if (rule := catalogue.turn(act.step)) is not None and rule.undoes
    ]
    if not turns:
        return valid
    return [
        act
        for act in valid
        if not any(
            act.step in undoes and (act.on, act.number) < (turn.on, turn.number)
            for turn, undoes in turns
        )
    ]


def _passed(act: Act, case: Case, book: Rulebook) -> bool:
    outcome = judge_act(act, case, book)
    return outcome is None or outcome.passed


def threshold_of(rule: StepRule, day: date, case: Case, book: Rulebook) -> Entry[Threshold] | None:
    """Return the share a step's vote must reach on a governing day, or None."""
    if rule.threshold is None:
        return None
    return book.find_threshold(rule.threshold, day, case.scopes)


def judge_act(act: Act, case: Case, book: Rulebook) -> voting.Outcome | None:
    """
    Return the outcome of an act's vote under the rules that govern it.

    Args:
        act: The act; it is read with the edition of the rules it was recorded under.
        case: The facts about the person, for the scopes and branches.
        book: The rules.

    Returns:
        None where the act carries no counts or its step is no vote.

    Raises:
        RuleError: The counts cannot be, or the body is too small.
    """
    if act.tally is None or act.step is Step.PAPERS or book.catalogue.turn(act.step) is not None:
        return None
    book = book.at(act.edition)
    rule = book.step(act.step, case.branches(act.on))
    day = book.governing_day(act.on, act.governed_by)
    scopes = case.at(act.on).scopes if case.moves else case.scopes
    threshold, _ = book.entries_of(rule, day, scopes)
    if threshold is None:
        return None
    minimum = None if rule.minimum is None else book.find_number(rule.minimum, day)
    return voting.judge(act.tally, threshold, minimum)


def copies_of(book: Rulebook, form: FormRule, branches: frozenset[Branch], day: date) -> int:
    """Return how many papers of a form are asked for on some branches, by the rule of a day."""
    if form.copies_rule is None or form.copies_when not in branches:
        return 1
    entry = book.find_number(form.copies_rule, day)
    return 1 if entry is None else entry.value


def probation_end(admitted: Act, book: Rulebook) -> date | None:
    """
    Return the day the probation ends, which is the date of recognition.

    Args:
        admitted: The act of the ceremony.
        book: The rules.

    Source:
        rulebook/deadlines.toml [probation.length]
    """
    book = book.at(admitted.edition)
    day = book.governing_day(admitted.on, admitted.governed_by)
    entry = book.find_number("probation.length", day)
    return None if entry is None else add_months(admitted.on, entry.value)
