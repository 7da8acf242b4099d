"""The valid acts of one case by step, with the rules they are read with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from donghanh.domain import voting
from donghanh.domain.acts import Act, Case, Step
from donghanh.domain.calendar import add_months
from donghanh.domain.catalogue import StepRule
from donghanh.domain.rules import Rulebook
from donghanh.domain.timeline import Entry
from donghanh.domain.voting import Threshold


@dataclass(frozen=True, slots=True)
class Walk:
    """
    What a replay looks at.

    Attributes:
        acts: The valid acts, by day and number.
        passed: The acts of each step whose vote passed, or that need none.
        case: The facts about the person.
        book: The rules.
        today: The day asked about.
    """

    acts: tuple[Act, ...]
    passed: dict[Step, tuple[Act, ...]]
    case: Case
    book: Rulebook
    today: date

    def governing(self, act: Act) -> date:
        """Return the day to ask the rules for, for an act."""
        return self.book.governing_day(act.on, act.governed_by)

    def of(self, step: Step) -> tuple[Act, ...]:
        """Return the valid acts of a step, failed votes included."""
        return tuple(act for act in self.acts if act.step is step)

    def papers(self, form: str) -> tuple[Act, ...]:
        """Return the valid papers of a form."""
        return tuple(act for act in self.of(Step.PAPERS) if act.form == form)

    def last(self, step: Step) -> Act | None:
        """Return the last act that did a step."""
        return next(reversed(self.passed[step]), None)

    def reference(self) -> date:
        """Return the day of the cell vote that passed, after which nothing expires, or today."""
        vote = self.last(Step.CELL_VOTED)
        return self.today if vote is None else vote.on


def walk(acts: Iterable[Act], case: Case, book: Rulebook, today: date) -> Walk:
    """
    Sort the acts of a case by step and judge their votes.

    Args:
        acts: Every act, in any order; voided ones are left out.
        case: The facts about the person.
        book: The rules.
        today: The day asked about.

    Raises:
        RuleError: A stored act carries counts that cannot be.
    """
    valid = sorted((act for act in acts if not act.voided), key=lambda act: (act.on, act.number))
    passed: dict[Step, tuple[Act, ...]] = dict.fromkeys(Step, ())
    for act in valid:
        outcome = judge_act(act, case, book)
        if outcome is None or outcome.passed:
            passed[act.step] = (*passed[act.step], act)
    return Walk(tuple(valid), passed, case, book, today)


def threshold_of(rule: StepRule, day: date, case: Case, book: Rulebook) -> Entry[Threshold] | None:
    """Return the share a step's vote must reach on a governing day, or None."""
    if rule.threshold is None:
        return None
    return book.find_threshold(rule.threshold, day, case.scopes)


def judge_act(act: Act, case: Case, book: Rulebook) -> voting.Outcome | None:
    """
    Return the outcome of an act's vote under the rules that govern it.

    Args:
        act: The act.
        case: The facts about the person, for the scopes.
        book: The rules.

    Returns:
        None where the act carries no counts or its step is no vote.

    Raises:
        RuleError: The counts cannot be, or the body is too small.
    """
    if act.tally is None:
        return None
    rule = book.step(act.step)
    day = book.governing_day(act.on, act.governed_by)
    threshold = threshold_of(rule, day, case, book)
    if threshold is None:
        return None
    minimum = None if rule.minimum is None else book.find_number(rule.minimum, day)
    return voting.judge(act.tally, threshold, minimum)


def probation_end(admitted: Act, book: Rulebook) -> date | None:
    """
    Return the day the probation ends, which is the date of recognition.

    Args:
        admitted: The act of the ceremony.
        book: The rules.

    Source:
        rulebook/deadlines.toml [probation]
    """
    day = book.governing_day(admitted.on, admitted.governed_by)
    entry = book.find_number("probation", day)
    return None if entry is None else add_months(admitted.on, entry.value)
