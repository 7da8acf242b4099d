"""What is next for a person, what is missing, and facts that cannot both be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from donghanh.domain.acts import Act, Case, Step
from donghanh.domain.assessing import Next, assess, check_facts
from donghanh.domain.eligibility import Verdict
from donghanh.domain.procedure import replay
from donghanh.domain.refusals import Contradiction, ReceivedBeforeDecision
from tests.unit.domain.walked import BOOK, CASE, WALKED, act, until, voided

HANOI = ("central", "province:ha-noi")


def following(acts: tuple[Act, ...], on: date, case: Case = CASE) -> dict[Step, Next]:
    """What is next, by step."""
    return {one.step: one for one in assess(acts, case, BOOK, on).next}


def contradiction(acts: tuple[Act, ...], case: Case = CASE) -> dict[str, object]:
    """The two facts that cannot both be."""
    with pytest.raises(Contradiction) as refused:
        check_facts(acts, case, BOOK)
    return refused.value.facts


class TestAssess:
    def test_tells_every_step_that_can_be_done_now(self) -> None:
        found = following(until(Step.APPLIED), date(2024, 1, 15))
        assert [(step, one.blocks) for step, one in found.items()] == [
            (Step.CHALLENGED, False),
            (Step.APPLIED, True),
            (Step.VOUCHED, True),
            (Step.OPINIONS, True),
        ]
        applied = found[Step.APPLIED]
        assert (applied.actor, applied.title_vi) == (
            "secretary",
            "Viết đơn xin vào Đảng, khai lý lịch",
        )
        assert applied.body_vi == "Người xin vào Đảng"
        assert applied.cite.number == "38-HD/BTCTW"

    def test_stands_beside_the_road_it_was_read_from(self) -> None:
        found = assess(WALKED, CASE, BOOK, date(2025, 7, 1))
        assert found.road == replay(WALKED, CASE, BOOK, date(2025, 7, 1))
        assert [one.step for one in found.next] == [Step.MEMBER_PAPERS, Step.CARDED]
        stopped = assess(WALKED, replace(CASE, stopped_on=date(2025, 7, 1)), BOOK, date(2025, 7, 1))
        assert stopped.next == ()

    def test_names_the_papers_that_are_missing_or_too_old(self) -> None:
        found = following(until(Step.APPLIED), date(2024, 1, 15))
        assert [need.form for need in found[Step.APPLIED].missing] == ["1-KNĐ", "2-KNĐ"]
        assert [need.form for need in found[Step.OPINIONS].missing] == ["5-KNĐ"]
        hanoi = following(until(Step.APPLIED), date(2024, 1, 15), replace(CASE, scopes=HANOI))
        assert [need.form for need in hanoi[Step.OPINIONS].missing] == ["5-KNĐ"]  # 5A, 5B may be
        aged = following(until(Step.CELL_VOTED), date(2025, 2, 2))
        assert [need.form for need in aged[Step.APPLIED].missing] == ["2-KNĐ"]
        assert found[Step.CHALLENGED].missing == ()

    def test_names_the_conditions_the_cell_has_to_look_at(self) -> None:
        case = replace(CASE, union_member=None, born=date(2006, 4, 20))
        vote = following(until(Step.CELL_VOTED), date(2024, 4, 1), case)[Step.CELL_VOTED]
        assert {one.name: one.verdict for one in vote.conditions} == {
            "age": Verdict.NOT_MET,
            "union_member": Verdict.NOT_KNOWN,
        }
        assert vote.earliest_on == date(2024, 4, 20)
        assert following(until(Step.BASE_VOTED), date(2024, 4, 3))[Step.BASE_VOTED].conditions == ()

    def test_tells_by_when_and_by_which_rule(self) -> None:
        found = following(until(Step.ADMITTED), date(2024, 5, 16))[Step.ADMITTED]
        assert (found.earliest_on, found.last_day) == (None, date(2024, 6, 26))
        assert [clock.name for clock in found.clocks] == ["admission.ceremony"]
        assert "admission.ceremony" in {entry.name for entry in found.entries}
        waiting = following(until(Step.RECOGNITION_PAPERS), date(2025, 5, 1))
        assert waiting[Step.RECOGNITION_PAPERS].earliest_on == date(2025, 5, 20)

    def test_leaves_out_the_clocks_that_are_over(self) -> None:
        opinion = Act(30, Step.PAPERS, date(2024, 6, 3), form="1-HSĐV")
        acts = (*until(Step.NEW_MEMBER_CLASS), opinion, replace(opinion, number=31, form="2-HSĐV"))
        hanoi = replace(CASE, scopes=HANOI)
        assert Step.MEMBER_PAPERS not in following(acts, date(2024, 6, 5), hanoi)
        trained = following(until(Step.APPLIED), date(2028, 12, 16))[Step.TRAINED]
        assert [clock.name for clock in trained.clocks] == ["certificate.validity"]

    @pytest.mark.parametrize(
        ("case", "form"),
        [
            (CASE, "8-KNĐ"),
            (replace(CASE, scopes=HANOI), "8A-KNĐ"),
            (replace(CASE, scopes=HANOI, delegated=True), "8B-KNĐ"),
        ],
    )
    def test_names_the_form_its_act_leaves_in_that_place(self, case: Case, form: str) -> None:
        found = following(until(Step.BASE_VOTED), date(2026, 4, 3), case)[Step.BASE_VOTED]
        assert found.form == form

    def test_names_no_form_for_papers(self) -> None:
        found = following(until(Step.APPLIED), date(2024, 1, 15))
        assert found[Step.APPLIED].form is None
        assert found[Step.CHALLENGED].form is None


class TestCheckFacts:
    def test_finds_nothing_wrong_with_a_road_that_was_walked(self) -> None:
        check_facts(WALKED, CASE, BOOK)
        check_facts((), CASE, BOOK)

    def test_refuses_a_ceremony_before_the_decision(self) -> None:
        acts = tuple(
            replace(one, on=date(2024, 5, 9)) if one.step is Step.ADMITTED else one
            for one in WALKED
        )
        assert contradiction(acts) == {
            "step": Step.ADMITTED,
            "on": date(2024, 5, 9),
            "previous": Step.DECIDED,
            "since": date(2024, 5, 10),
        }
        same = tuple(
            replace(one, on=date(2024, 5, 10)) if one.step is Step.ADMITTED else one
            for one in WALKED
        )
        check_facts(same, CASE, BOOK)

    def test_names_a_step_however_far_before(self) -> None:
        acts = (act(Step.RECOGNISED), replace(act(Step.LISTED), on=date(2025, 6, 21)))
        assert contradiction(acts) == {
            "step": Step.RECOGNISED,
            "on": date(2025, 6, 20),
            "previous": Step.LISTED,
            "since": date(2025, 6, 21),
        }

    def test_does_not_depend_on_the_order_of_the_facts(self) -> None:
        acts = tuple(
            replace(one, on=date(2024, 5, 9)) if one.step is Step.ADMITTED else one
            for one in reversed(WALKED)
        )
        assert contradiction(acts)["previous"] is Step.DECIDED

    def test_lets_a_step_that_was_declared_invalid_be_done_later(self) -> None:
        again = Act(30, Step.LISTED, date(2024, 5, 2))
        check_facts((*voided(WALKED, 3), again), CASE, BOOK)
        assert contradiction((*WALKED[:2], *WALKED[3:], again))["previous"] is Step.LISTED

    def test_counts_for_nothing_what_is_invalid(self) -> None:
        wrong = replace(act(Step.ADMITTED), number=30, on=date(2020, 1, 1), voided=True)
        check_facts((*WALKED, wrong), CASE, BOOK)

    def test_lets_what_ran_out_be_done_again(self) -> None:
        check_facts((*WALKED, Act(30, Step.TRAINED, date(2024, 3, 5))), CASE, BOOK)

    def test_looks_at_papers_too(self) -> None:
        early = Act(30, Step.PAPERS, date(2024, 1, 9), form="3-KNĐ")
        assert contradiction((*WALKED, early)) == {
            "step": Step.VOUCHED,
            "on": date(2024, 1, 9),
            "previous": Step.ALLOWED,
            "since": date(2024, 1, 10),
        }
        late = tuple(
            replace(one, on=date(2024, 4, 3)) if one.form == "5-KNĐ" else one for one in WALKED
        )
        facts = contradiction(late)
        assert (facts["step"], facts["previous"]) == (Step.CELL_VOTED, Step.OPINIONS)
        unknown = Act(30, Step.PAPERS, date(2020, 1, 9), form="nothing")
        check_facts((*WALKED, unknown), CASE, BOOK)

    def test_looks_at_turns_too(self) -> None:
        early = Act(30, Step.DELETED, date(2024, 5, 18))
        assert contradiction((*until(Step.NEW_MEMBER_CLASS), early)) == {
            "step": Step.DELETED,
            "on": date(2024, 5, 18),
            "previous": Step.ADMITTED,
            "since": date(2024, 5, 19),
        }

    def test_refuses_a_decision_received_before_it_was_made(self) -> None:
        acts = tuple(
            replace(one, received_on=date(2024, 5, 9)) if one.step is Step.DECIDED else one
            for one in WALKED
        )
        with pytest.raises(ReceivedBeforeDecision) as refused:
            check_facts(acts, CASE, BOOK)
        assert refused.value.facts == {"on": date(2024, 5, 10), "received_on": date(2024, 5, 9)}

    def test_refuses_a_graduation_before_birth(self) -> None:
        case = replace(CASE, graduated_on=date(2006, 3, 14))
        assert contradiction((), case) == {
            "step": "graduated",
            "on": date(2006, 3, 14),
            "previous": "born",
            "since": date(2006, 3, 15),
        }
        check_facts((), replace(CASE, graduated_on=date(2006, 3, 15)), BOOK)
