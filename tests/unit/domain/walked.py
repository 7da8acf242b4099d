"""One whole road from the source to recognition, and what the tests ask of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from donghanh.domain import rules
from donghanh.domain.errors import RuleError
from donghanh.domain.procedure import Act, Case, Judgement, Step, check
from donghanh.domain.voting import Tally

BOOK = rules.load()
TODAY = date(2026, 11, 21)
CASE = Case(
    born=date(2006, 3, 15),
    consented_on=date(2023, 9, 1),
    union_member=True,
    lower_secondary=True,
)
GOOD, BAD = Tally(9, 0, 9, 9, 9, 0, 0), Tally(9, 0, 9, 9, 5, 4, 0)
#: The papers of the dossier, by the step that asks for them.
PAPERS = ("1-KNĐ", "2-KNĐ", "3-KNĐ", "4-KNĐ", "5-KNĐ")
MORE = ("10-KNĐ", "11-KNĐ", "12-KNĐ")
WALKED = (
    Act(1, Step.SOURCED, date(2023, 9, 20)),
    Act(2, Step.INTRODUCED, date(2023, 10, 5), tally=GOOD),
    Act(3, Step.LISTED, date(2023, 10, 20)),
    Act(4, Step.TRAINED, date(2023, 12, 15), form="CN-NTVĐ"),
    Act(5, Step.ALLOWED, date(2024, 1, 10)),
    *(Act(6 + n, Step.PAPERS, date(2024, 2, 1), form=form) for n, form in enumerate(PAPERS)),
    Act(11, Step.VERIFIED, date(2024, 3, 1)),
    Act(12, Step.CELL_VOTED, date(2024, 4, 2), tally=GOOD),
    Act(13, Step.BASE_VOTED, date(2024, 4, 20), tally=GOOD),
    Act(14, Step.DECIDED, date(2024, 5, 10), tally=GOOD, received_on=date(2024, 5, 15)),
    Act(15, Step.ADMITTED, date(2024, 5, 19)),
    Act(16, Step.NEW_MEMBER_CLASS, date(2024, 11, 20)),
    *(Act(17 + n, Step.PAPERS, date(2025, 5, 22), form=form) for n, form in enumerate(MORE)),
    Act(20, Step.RECOGNITION_VOTED, date(2025, 6, 2), tally=GOOD),
    Act(21, Step.RECOGNITION_BASE_VOTED, date(2025, 6, 10), tally=GOOD),
    Act(22, Step.RECOGNISED, date(2025, 6, 20)),
)
_ORDER = list(Step)


def place(one: Act) -> int:
    """Where an act stands on the road: a paper with the step that asks for it."""
    form = BOOK.form(one.form or "") if one.step is Step.PAPERS else None
    return _ORDER.index(one.step if form is None else form.step)


def until(step: Step) -> tuple[Act, ...]:
    """The acts before a step."""
    return tuple(one for one in WALKED if place(one) < _ORDER.index(step))


def act(step: Step) -> Act:
    """The act that does a step on the whole road."""
    return next(one for one in WALKED if one.step is step)


def judged(new: Act, acts: tuple[Act, ...], case: Case = CASE, today: date = TODAY) -> Judgement:
    """What the rules say of a new act."""
    return check(new, acts, case, BOOK, today)


def refusal(new: Act, acts: tuple[Act, ...], case: Case = CASE, today: date = TODAY) -> RuleError:
    """Why the rules refuse a new act."""
    with pytest.raises(RuleError) as refused:
        check(new, acts, case, BOOK, today)
    return refused.value


def voided(acts: tuple[Act, ...], *numbers: int) -> tuple[Act, ...]:
    """The same acts, some of them declared invalid."""
    return tuple(replace(one, voided=True) if one.number in numbers else one for one in acts)
