"""The cases that the benchmark assesses are what they are made to be."""

from __future__ import annotations

from benchmarks import assess
from donghanh.domain import rules
from donghanh.domain.acts import Branch, Step
from donghanh.domain.errors import RuleError
from donghanh.domain.procedure import check
from donghanh.domain.roads import RoadStatus

NUMBER = 200
BOOK = rules.load()


class TestMake:
    def test_gives_the_same_case_for_the_same_number(self) -> None:
        assert assess.make(7) == assess.make(7)
        assert assess.make(7) != assess.make(8)

    def test_makes_every_status_regime_branch_and_step(self) -> None:
        made = [assess.make(number) for number in range(2_000)]
        steps = {act.step for one in made for act in one.acts}
        branches = {branch for one in made for branch in one.case.branches(one.on)}
        assert {one.status for one in made} == set(RoadStatus)
        assert {BOOK.regime(one.on).code for one in made} == {"R0", "R1", "R2", "R3", "R4", "R5"}
        assert branches == set(Branch)
        by_papers = {rule.step for rule in BOOK.steps() if rule.papers}
        assert set(Step) - steps - by_papers == {Step.HELPER_CHANGED}
        assert {None, *by_papers} < {one.current for one in made} | {Step.MEMBER_PAPERS}

    def test_makes_roads_that_the_rules_let_through_act_by_act(self) -> None:
        smooth = [made for made in map(assess.make, range(400)) if len(made.acts) > 20][:4]
        assert len(smooth) == 4
        for made in smooth:
            refused = []
            for place, act in enumerate(made.acts):
                before = [one for one in made.acts[:place] if not one.voided]
                try:
                    check(act, before, made.case, BOOK, made.on)
                except RuleError as refusal:
                    refused.append((act.step, refusal.code))
            assert refused == []


class TestRun:
    def test_gives_every_answer_that_the_making_promised(self) -> None:
        found = assess.run(NUMBER, checked=NUMBER)
        assert (found.cases, found.checked, found.wrong) == (NUMBER, NUMBER, [])
        assert found.rate > 0
        assert found.ratio > 0
