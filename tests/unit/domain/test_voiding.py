"""An act declared invalid, and its step done again."""

from __future__ import annotations

from datetime import date

import pytest

from donghanh.domain.errors import RuleError
from donghanh.domain.procedure import Act, StageState, Step, check_void, replay
from tests.unit.domain.walked import (
    BAD,
    BOOK,
    CASE,
    TODAY,
    WALKED,
    act,
    judged,
    refusal,
    until,
    voided,
)


class TestCheckVoid:
    def test_inherits_the_later_steps_that_were_done_correctly(self) -> None:
        acts = until(Step.DECIDED)
        effect = check_void(3, acts, CASE, BOOK, TODAY)
        assert effect.step is Step.LISTED
        assert effect.falls == ()
        assert effect.keeps == tuple(one.number for one in acts if one.number > 3)

    def test_takes_the_decision_with_it(self) -> None:
        effect = check_void(11, until(Step.RECOGNITION_VOTED), CASE, BOOK, TODAY)
        assert effect.falls == (13,)
        assert effect.keeps == (12, 14)

    def test_of_the_ceremony_takes_the_recognition_with_it(self) -> None:
        assert check_void(14, WALKED, CASE, BOOK, TODAY).falls == (15, 16)

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
        assert replay(mended, CASE, BOOK, date(2024, 5, 3)).current is not None
        assert judged(act(Step.DECIDED), mended).passed

    def test_lets_a_paper_be_made_again(self) -> None:
        acts = voided(until(Step.CELL_VOTED), 8)
        assert replay(acts, CASE, BOOK, date(2024, 3, 1)).stage(Step.PAPERS).act is None
        again = Act(30, Step.PAPERS, date(2024, 3, 1), form="3-KNĐ")
        assert judged(again, acts).passed
        road = replay((*acts, again), CASE, BOOK, date(2024, 3, 2))
        assert road.stage(Step.PAPERS).act == again

    def test_of_a_failed_vote_changes_nothing_else(self) -> None:
        failed = Act(40, Step.CELL_VOTED, date(2024, 3, 20), tally=BAD)
        effect = check_void(40, (*WALKED, failed), CASE, BOOK, TODAY)
        assert effect.falls == ()

    def test_of_a_paper_of_the_dossier_takes_the_decision_with_it(self) -> None:
        assert check_void(8, until(Step.ADMITTED), CASE, BOOK, TODAY).falls == (13,)

    def test_refuses_an_act_that_is_not_there_or_already_void(self) -> None:
        with pytest.raises(RuleError) as missing:
            check_void(99, WALKED, CASE, BOOK, TODAY)
        assert missing.value.code == "procedure.no_such_act"
        with pytest.raises(RuleError) as twice:
            check_void(3, voided(WALKED, 3), CASE, BOOK, TODAY)
        assert twice.value.code == "procedure.already_voided"
