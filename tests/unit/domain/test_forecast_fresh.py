"""From which day on what is done early stays good until it is needed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from donghanh.domain.acts import Act, Case, Step
from donghanh.domain.forecast import Outlook, Verdict, outlook, planned
from donghanh.domain.replaying import replay
from tests.unit.domain.walked import BOOK

START = date(2021, 10, 1)
CASE = Case(
    born=date(2004, 10, 2),
    consented_on=START,
    base_committee=False,
    by_members=True,
    union_member=True,
    lower_secondary=True,
)
DONE = (Step.SOURCED, Step.LISTED, Step.CHALLENGED, Step.SENT_TO_CLASS, Step.TRAINED)
ACTS = [Act(number, step, START) for number, step in enumerate(DONE, start=1)]


def promised(case: Case, acts: list[Act] = ACTS) -> dict[Step, Outlook]:
    """What is promised of every step on the first day."""
    return {one.step: one for one in outlook(replay(acts, case, BOOK, START), BOOK, START)}


class TestFreshFrom:
    @pytest.mark.parametrize(
        ("born", "fresh_from"),
        [
            (date(2004, 10, 1), None),  # 18 on the very last day a dossier of today is good
            (date(2004, 10, 2), date(2021, 10, 2)),
            (date(2004, 10, 3), date(2021, 10, 3)),
            (date(2005, 3, 1), date(2022, 3, 1)),
        ],
    )
    def test_is_twelve_months_before_the_eighteenth_birthday(
        self, born: date, fresh_from: date | None
    ) -> None:
        found = promised(replace(CASE, born=born))
        assert found[Step.APPLIED].since == START
        assert found[Step.APPLIED].fresh_from == fresh_from

    def test_holds_for_what_follows_the_application_and_for_nothing_else(self) -> None:
        found = promised(CASE).values()
        follow = {one.step for one in found if one.fresh_from is not None}
        assert follow == {Step.APPLIED, Step.VERIFIED}

    def test_holds_for_the_awareness_class_of_who_is_much_too_young(self) -> None:
        before = [act for act in ACTS if act.step is not Step.TRAINED]
        found = promised(replace(CASE, born=date(2009, 10, 2)), before)
        assert found[Step.CELL_VOTED].since == date(2027, 10, 2)
        assert found[Step.TRAINED].fresh_from == date(2022, 10, 2)  # five years before

    def test_is_the_day_from_which_a_plan_holds(self) -> None:
        found = promised(CASE)
        for early in (False, True):
            plans = {
                step: one.since if early or one.fresh_from is None else one.fresh_from
                for step, one in found.items()
            }
            answers = {one.step: one for one in planned(plans, ACTS, CASE, BOOK, START)}
            verdict = answers[Step.CELL_VOTED].verdict
            assert verdict is (Verdict.TOO_LATE if early else Verdict.POSSIBLE)
