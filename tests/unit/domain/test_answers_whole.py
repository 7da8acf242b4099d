"""
Answers compared whole, key by key, with what was read and kept below ``whole/``.

A changed answer is a changed promise to who scripts. Look at the difference; where it is meant, run
``python -m tests.unit.domain.test_answers_whole`` and read what it writes before it is kept.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from donghanh.domain import answers, assessed, step_answers
from donghanh.domain.acts import Act, Branch, Case, Step
from donghanh.domain.answers import Answer
from donghanh.domain.casefile import CaseFile
from tests.unit.domain.walked import BAD, BOOK, CASE, WALKED, act, until

KEPT = Path(__file__).parent / "whole"
HANOI = ("central", "province:ha-noi")
THERE = replace(CASE, scopes=HANOI)
YOUNG = Case(born=date(2007, 10, 2), consented_on=date(2023, 9, 5))


def assess(case: Case, acts: tuple[Act, ...], on: date, new: Act | None, **more: object) -> Answer:
    """What is said of a case, without the mark of the rules' edition, which moves with any rule."""
    plans = more.get("plans") or {}
    leaves = more.get("leaves_on")
    assert isinstance(plans, dict)
    assert leaves is None or isinstance(leaves, date)
    found = assessed.answer(
        CaseFile(case, acts, new, plans, leaves), BOOK, on, lambda error: f"câu của {error.code}"
    )
    assert found.pop("version") == BOOK.version
    return found


def step(asked: Step, on: date, *branches: Branch, scopes: tuple[str, ...] = HANOI) -> Answer:
    """What is said of a step."""
    return step_answers.step(asked, on, BOOK, scopes, frozenset(branches))


def without(step_: Step) -> tuple[Act, ...]:
    """The whole road with one vote that failed before it carried."""
    failed = replace(act(step_), number=90, on=act(step_).on, tally=BAD)
    return (*until(step_), failed)


FOUR, DAY, AGED = date(2024, 4, 10), date(2026, 1, 5), date(2025, 2, 2)
ASKED: dict[str, Callable[[], Answer]] = {
    "rule-vote": lambda: answers.rule("vote.cell", FOUR, BOOK),
    "rule-span-of-a-place": lambda: answers.rule("admission.decision", DAY, BOOK, HANOI),
    "rule-no-central-value": lambda: answers.rule("recognition.resolution_validity", DAY, BOOK),
    "rule-expiry": lambda: answers.rule("dossier.ageing", date(2022, 1, 5), BOOK),
    "rule-age": lambda: answers.rule("age.minimum", FOUR, BOOK, HANOI),
    "due-working-days": lambda: answers.due("admission.decision", DAY, BOOK, HANOI),
    "due-months": lambda: answers.due("certificate.validity", FOUR, BOOK),
    "due-age": lambda: answers.due("age.minimum", date(2007, 10, 2), BOOK),
    "step-vote": lambda: step(Step.CELL_VOTED, DAY),
    "step-papers": lambda: step(Step.VOUCHED, DAY, Branch.MEMBERS),
    "step-decision-delegated": lambda: step(Step.DECIDED, DAY, Branch.DELEGATED),
    "step-clocks": lambda: step(Step.APPLIED, FOUR, scopes=("central",)),
    "step-recognition": lambda: step(Step.RECOGNITION_VOTED, DAY, Branch.BASE_CELL),
    "turn": lambda: step(Step.DELETED, DAY),
    "case-at-the-start": lambda: assess(YOUNG, (), date(2023, 9, 10), None),
    "case-with-a-plan": lambda: assess(
        YOUNG,
        until(Step.LISTED),
        date(2025, 3, 3),
        None,
        plans={Step.CELL_VOTED: date(2025, 5, 1), Step.LISTED: date(2025, 3, 4)},
        leaves_on=date(2025, 6, 20),
    ),
    "case-before-the-vote": lambda: assess(
        CASE, until(Step.CELL_VOTED), act(Step.CELL_VOTED).on, act(Step.CELL_VOTED)
    ),
    "case-aged": lambda: assess(
        CASE, until(Step.CELL_VOTED), AGED, replace(act(Step.CELL_VOTED), on=AGED)
    ),
    "case-after-a-failed-vote": lambda: assess(
        CASE, without(Step.CELL_VOTED), date(2024, 5, 15), act(Step.DECIDED)
    ),
    "case-on-probation": lambda: assess(
        THERE, until(Step.RECOGNITION_VOTED), date(2025, 6, 2), act(Step.RECOGNITION_VOTED)
    ),
    "case-to-be-annulled": lambda: assess(
        replace(CASE, born=date(2006, 12, 1)), WALKED, date(2025, 7, 1), None
    ),
    "case-recognised": lambda: assess(CASE, WALKED, date(2025, 7, 1), None),
}


def written(found: Answer) -> str:
    """An answer as it is kept: one value a line, so that a difference can be read."""
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


class TestWhole:
    @pytest.mark.parametrize("name", ASKED)
    def test_answer_is_what_was_read_and_kept(self, name: str) -> None:
        kept = (KEPT / f"{name}.json").read_text(encoding="utf-8")
        assert written(ASKED[name]()) == kept

    def test_answers_that_are_kept_are_asked_for(self) -> None:
        assert {path.stem for path in KEPT.glob("*.json")} == set(ASKED)


if __name__ == "__main__":
    KEPT.mkdir(exist_ok=True)
    for name, ask in ASKED.items():
        (KEPT / f"{name}.json").write_text(written(ask()), encoding="utf-8")
