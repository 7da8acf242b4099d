"""An act declared invalid, and its step done again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from donghanh.domain.errors import RuleError
from donghanh.domain.procedure import Act, StageState, Step, VoidEffect, check_void, replay
from tests.unit.domain.walked import (
    BAD,
    BOOK,
    CASE,
    PAPERS,
    TODAY,
    WALKED,
    act,
    judged,
    refusal,
    until,
    voided,
)

#: By the numbers of walked.py: the decision on admission, what recognition rests on.
DECIDED, RECOGNITION, RECOGNISED = 14, (20, 21, 22), 22


def effect(number: int, acts: tuple[Act, ...] = WALKED) -> VoidEffect:
    """What declaring an act invalid would bring about."""
    return check_void(number, acts, CASE, BOOK, TODAY)


class TestCheckVoid:
    @pytest.mark.parametrize(
        ("step", "falls"),
        [
            (Step.SOURCED, (DECIDED,)),
            (Step.INTRODUCED, (DECIDED,)),
            (Step.LISTED, (DECIDED,)),
            (Step.TRAINED, (DECIDED,)),
            (Step.ALLOWED, (DECIDED,)),
            (Step.VERIFIED, (DECIDED,)),
            (Step.CELL_VOTED, (DECIDED,)),
            (Step.BASE_VOTED, (DECIDED,)),
            (Step.DECIDED, ()),
            (Step.ADMITTED, RECOGNITION),
            (Step.NEW_MEMBER_CLASS, (RECOGNISED,)),
            (Step.RECOGNITION_VOTED, (RECOGNISED,)),
            (Step.RECOGNITION_BASE_VOTED, (RECOGNISED,)),
            (Step.RECOGNISED, ()),
        ],
    )
    def test_takes_with_it_what_rests_on_a_faulty_step(
        self, step: Step, falls: tuple[int, ...]
    ) -> None:
        new = act(step)
        found = effect(new.number)
        assert (found.number, found.step) == (new.number, step)
        assert found.falls == falls
        later = {one.number for one in WALKED if one.number > new.number}
        if step is Step.VERIFIED:  # the introductions and opinions come after it on the road
            later |= {8, 9, 10}
        assert set(found.keeps) == later - set(falls)

    def test_inherits_the_later_steps_that_were_done_correctly(self) -> None:
        acts = until(Step.DECIDED)
        found = effect(3, acts)
        assert found.falls == ()
        assert found.keeps == tuple(one.number for one in acts if one.number > 3)

    def test_counts_only_what_is_still_valid(self) -> None:
        acts = voided(WALKED, 14, 15)
        found = effect(12, acts)
        assert found.falls == ()
        assert not {14, 15} & set(found.keeps)

    def test_then_opens_only_that_step_again(self) -> None:
        acts = voided(until(Step.DECIDED), 3)
        road = replay(acts, CASE, BOOK, date(2024, 5, 1))
        assert road.current is not None
        assert road.current.step is Step.LISTED
        assert road.stage(Step.CELL_VOTED).state is StageState.DONE
        redo = Act(30, Step.LISTED, date(2024, 5, 2))
        assert refusal(act(Step.DECIDED), acts).facts["missing"] is Step.LISTED
        assert judged(redo, acts).passed
        mended = (*acts, redo)
        current = replay(mended, CASE, BOOK, date(2024, 5, 3)).current
        assert current is not None
        assert current.step is Step.DECIDED
        assert judged(act(Step.DECIDED), mended).passed
        early = replace(act(Step.DECIDED), on=date(2024, 5, 1))
        assert refusal(early, mended).facts["previous"] is Step.LISTED

    def test_of_a_failed_vote_changes_nothing_else(self) -> None:
        failed = Act(40, Step.CELL_VOTED, date(2024, 3, 20), tally=BAD)
        found = effect(40, (*WALKED, failed))
        assert found.falls == ()
        assert found.keeps == (13, 14, 15, 16, 17, 18, 19, 20, 21, 22)

    def test_of_a_task_changes_nothing_else(self) -> None:
        task = Act(40, Step.CHALLENGED, date(2023, 11, 20))
        assert effect(40, (*WALKED, task)).falls == ()

    def test_of_what_was_replaced_since_changes_nothing_else(self) -> None:
        again = Act(40, Step.TRAINED, date(2024, 1, 5))
        assert effect(4, (*WALKED, again)).falls == ()
        assert effect(40, (*WALKED, again)).falls == (DECIDED,)

    def test_of_a_turn_changes_nothing_else(self) -> None:
        changed = Act(40, Step.HELPER_CHANGED, date(2024, 1, 5))
        found = effect(40, (*WALKED, changed))
        assert found == VoidEffect(40, Step.HELPER_CHANGED, (), ())

    def test_refuses_an_act_that_is_not_there(self) -> None:
        with pytest.raises(RuleError) as missing:
            effect(99)
        assert missing.value.code == "procedure.no_such_act"
        assert missing.value.facts == {"number": 99}

    def test_refuses_an_act_that_is_already_void(self) -> None:
        with pytest.raises(RuleError) as twice:
            effect(3, voided(WALKED, 3))
        assert twice.value.code == "procedure.already_voided"
        assert twice.value.facts == {"number": 3}


class TestPapers:
    @pytest.mark.parametrize("number", [6, 7, 8, 9, 10])
    def test_of_the_dossier_take_the_decision_with_them(self, number: int) -> None:
        found = effect(number, until(Step.NEW_MEMBER_CLASS))
        assert found.falls == (DECIDED,)
        assert {12, 13, 15} <= set(found.keeps)

    @pytest.mark.parametrize("number", [17, 18, 19])
    def test_of_recognition_take_its_decision_with_them(self, number: int) -> None:
        assert effect(number).falls == (RECOGNISED,)

    def test_open_the_step_that_asks_for_them(self) -> None:
        assert effect(6).step is Step.APPLIED
        assert effect(8).step is Step.VOUCHED
        acts = voided(until(Step.CELL_VOTED), 8)
        stage = replay(acts, CASE, BOOK, date(2024, 3, 1)).stage(Step.VOUCHED)
        assert (stage.act, stage.state) == (None, StageState.NOW)
        again = Act(30, Step.PAPERS, date(2024, 3, 1), form="3-KNĐ")
        assert judged(again, acts).passed
        mended = replay((*acts, again), CASE, BOOK, date(2024, 3, 2)).stage(Step.VOUCHED)
        assert (mended.act, mended.state) == (again, StageState.DONE)

    def test_nobody_must_have_take_nothing_with_them(self) -> None:
        hanoi = replace(CASE, scopes=("central", "province:ha-noi"))
        copy = Act(40, Step.PAPERS, date(2024, 2, 1), form="KS-BS")
        found = check_void(40, (*WALKED, copy), hanoi, BOOK, TODAY)
        assert (found.step, found.falls) == (Step.APPLIED, ())

    def test_made_again_since_take_nothing_with_them(self) -> None:
        acts = tuple(
            replace(one, on=date(2025, 3, 10)) if one.step in _VOTED else one
            for one in until(Step.ADMITTED)
        )
        fresh = tuple(
            Act(30 + n, Step.PAPERS, date(2025, 2, 20), form=form)
            for n, form in enumerate(PAPERS[1:])
        )
        acts = (*acts, *fresh, Act(40, Step.VERIFIED, date(2025, 2, 20)))
        assert effect(10, acts).falls == ()
        assert effect(33, acts).falls == (DECIDED,)

    @pytest.mark.parametrize("number", [8, 30])
    def test_of_each_of_two_introducing_members_count(self, number: int) -> None:
        case = replace(CASE, by_members=True)
        second = Act(30, Step.PAPERS, date(2024, 2, 1), form="3-KNĐ")
        acts = tuple(
            one
            for one in until(Step.ADMITTED)
            if one.step is not Step.INTRODUCED and one.form != "4-KNĐ"
        )
        found = check_void(number, (*acts, second), case, BOOK, TODAY)
        assert found.falls == (DECIDED,)


_VOTED = (Step.CELL_VOTED, Step.BASE_VOTED, Step.DECIDED)
