"""What the rules refuse for a while, or at one place: after graduation, during a wait."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from donghanh.domain import procedure, refusals, voting
from donghanh.domain.errors import RuleError
from donghanh.domain.procedure import Act, Step
from donghanh.domain.timeline import Entry
from tests.unit.domain.walked import CASE, GOOD, WALKED, act, judged, refusal, until

#: Found as a source under R0, two years before everything else.
EARLY = replace(CASE, consented_on=date(2021, 7, 1))


def opened(step: Step) -> tuple[Act, ...]:
    """The acts before a step, the first of them under R0."""
    first, *others = until(step)
    return (replace(first, on=date(2021, 7, 29)), *others)


def rule_of(refused: RuleError) -> tuple[str, str]:
    """Name and regime of the rule that refuses."""
    entry = refused.facts["entry"]
    assert isinstance(entry, Entry)
    return entry.name, entry.regime


class TestGraduation:
    @pytest.mark.parametrize(
        ("graduated", "refused"),
        [
            (date(2024, 5, 20), False),  # the day after the ceremony
            (date(2024, 5, 19), True),  # the day of the ceremony
            (date(2024, 5, 18), True),
        ],
    )
    def test_moves_the_ceremony_away(self, graduated: date, refused: bool) -> None:
        case = replace(CASE, graduated_on=graduated)
        new, before = act(Step.ADMITTED), until(Step.ADMITTED)
        if not refused:
            assert judged(new, before, case).passed
            return
        error = refusal(new, before, case)
        assert error.code == "procedure.graduated"
        assert error.facts["decided"] is True
        assert (error.facts["step"], error.facts["graduated_on"]) == (Step.ADMITTED, graduated)
        assert rule_of(error) == ("graduation.moves_consideration", "R1")

    @pytest.mark.parametrize("step", [Step.ALLOWED, Step.CELL_VOTED, Step.BASE_VOTED, Step.DECIDED])
    def test_moves_consideration_away(self, step: Step) -> None:
        case = replace(CASE, graduated_on=act(step).on)
        error = refusal(act(step), until(step), case)
        assert error.code == "procedure.graduated"
        assert error.facts["decided"] is False

    def test_leaves_alone_what_the_school_may_still_do(self) -> None:
        case = replace(CASE, graduated_on=date(2023, 9, 1))
        for step in (Step.LISTED, Step.TRAINED, Step.VERIFIED):
            assert judged(act(step), until(step), case).passed
        assert judged(act(Step.RECOGNITION_VOTED), until(Step.RECOGNITION_VOTED), case).passed

    def test_says_nothing_before_its_rule_was_in_force(self) -> None:
        case = replace(EARLY, graduated_on=date(2024, 4, 1))
        new = replace(act(Step.CELL_VOTED), governed_by="R0")
        assert judged(new, opened(Step.CELL_VOTED), case).passed


class TestWaiting:
    @pytest.mark.parametrize(
        ("on", "allowed"),
        [
            (date(2025, 5, 18), False),
            (date(2025, 5, 19), False),  # the twelve months end today
            (date(2025, 5, 20), True),
        ],
    )
    def test_lasts_until_the_twelve_months_are_over(self, on: date, allowed: bool) -> None:
        new = replace(act(Step.RECOGNITION_VOTED), on=on)
        early = [replace(one, on=date(2025, 5, 18)) for one in WALKED if one.number in (17, 18, 19)]
        before = (*until(Step.RECOGNITION_PAPERS), *early)
        if allowed:
            assert judged(new, before).passed
            return
        error = refusal(new, before)
        assert error.code == "procedure.too_early"
        assert (error.facts["step"], error.facts["on"]) == (Step.RECOGNITION_VOTED, on)
        assert error.facts["earliest_on"] == date(2025, 5, 20)
        assert rule_of(error) == ("probation.length", "R1")

    def test_holds_for_the_papers_of_recognition_too(self) -> None:
        before = until(Step.RECOGNITION_PAPERS)
        early = Act(30, Step.PAPERS, date(2025, 5, 19), form="10-KNĐ")
        error = refusal(early, before)
        assert error.code == "procedure.too_early"
        assert error.facts["step"] is Step.RECOGNITION_PAPERS
        assert judged(replace(early, on=date(2025, 5, 20)), before).passed


class TestRefusals:
    def test_have_a_code_of_their_own(self) -> None:
        found = [
            kind
            for module in (refusals, voting, procedure)
            for kind in vars(module).values()
            if isinstance(kind, type) and issubclass(kind, RuleError) and kind is not RuleError
        ]
        codes = {kind: kind.code for kind in found}
        assert len(codes) >= 38
        assert len(set(codes.values())) == len(codes)

    def test_say_their_code_and_the_facts(self) -> None:
        refused = refusals.TooEarly(step=Step.LISTED)
        assert refused.args == ("procedure.too_early", {"step": Step.LISTED})
        assert GOOD.cast == 9
