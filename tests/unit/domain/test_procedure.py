"""What the rules let through and what they refuse, step by step."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from donghanh.domain import procedure
from donghanh.domain.errors import RuleError
from donghanh.domain.procedure import Act, Step, replay
from donghanh.domain.voting import Tally
from tests.unit.domain.walked import (
    BAD,
    BOOK,
    CASE,
    PAPERS,
    WALKED,
    act,
    judged,
    refusal,
    until,
)


class TestCheck:
    @pytest.mark.parametrize("new", WALKED, ids=lambda one: f"{one.number}-{one.step}")
    def test_lets_the_whole_road_be_walked(self, new: Act) -> None:
        before = tuple(one for one in WALKED if one.number < new.number)
        judgement = judged(new, before)
        assert judgement.passed
        assert judgement.late == ()
        if new.tally is not None:
            assert judgement.outcome is not None
            assert judgement.entries

    def test_needs_consent_on_the_day(self) -> None:
        never = replace(CASE, consented_on=None)
        assert refusal(WALKED[0], (), never).code == "procedure.no_consent"
        later = replace(CASE, consented_on=date(2023, 9, 21))
        assert refusal(WALKED[0], (), later).code == "procedure.no_consent"
        same = replace(CASE, consented_on=date(2023, 9, 20))
        assert judged(WALKED[0], (), same).passed

    def test_stops_with_the_person(self) -> None:
        case = replace(CASE, stopped_on=date(2024, 1, 1))
        assert refusal(act(Step.CELL_VOTED), until(Step.CELL_VOTED), case).code == (
            "procedure.stopped"
        )

    def test_refuses_tomorrow(self) -> None:
        new = act(Step.SOURCED)
        assert refusal(new, (), today=date(2023, 9, 19)).code == "procedure.in_future"
        assert judged(new, (), today=date(2023, 9, 20)).passed

    def test_refuses_a_decision_received_before_it_was_made(self) -> None:
        new = replace(act(Step.DECIDED), received_on=date(2024, 5, 9))
        assert refusal(new, until(Step.DECIDED)).code == "procedure.received_before_decision"

    @pytest.mark.parametrize("step", [step for step in Step if step is not Step.SOURCED])
    def test_refuses_to_jump(self, step: Step) -> None:
        new = act(step)
        refused = refusal(new, ())
        assert refused.code == "procedure.step_not_allowed"
        assert refused.facts["missing"] is Step.SOURCED

    def test_refuses_a_base_vote_where_there_is_no_base_committee(self) -> None:
        case = replace(CASE, base_committee=False)
        new = act(Step.BASE_VOTED)
        assert refusal(new, until(Step.BASE_VOTED), case).code == "procedure.step_not_allowed"
        assert judged(act(Step.DECIDED), until(Step.BASE_VOTED), case).passed

    def test_refuses_a_day_before_the_step_before(self) -> None:
        new = replace(act(Step.LISTED), on=date(2023, 10, 4))
        refused = refusal(new, until(Step.LISTED))
        assert refused.code == "procedure.before_previous"
        assert refused.facts["previous"] is Step.INTRODUCED
        assert judged(replace(new, on=date(2023, 10, 5)), until(Step.LISTED)).passed

    def test_refuses_to_do_a_step_twice(self) -> None:
        again = replace(act(Step.LISTED), number=20, on=date(2024, 1, 9))
        refused = refusal(again, until(Step.PAPERS))
        assert refused.code == "procedure.already_done"
        assert refused.facts["act"] == 3

    @pytest.mark.parametrize(
        "step",
        [
            Step.INTRODUCED,
            Step.CELL_VOTED,
            Step.BASE_VOTED,
            Step.DECIDED,
            Step.RECOGNITION_VOTED,
        ],
    )
    def test_needs_the_counts_of_a_vote(self, step: Step) -> None:
        refused = refusal(replace(act(step), tally=None), until(step))
        assert refused.code == "procedure.vote_missing"
        assert refused.facts["entry"] is not None

    def test_lets_a_failed_vote_be_recorded_and_repeated(self) -> None:
        failed = replace(act(Step.CELL_VOTED), tally=BAD)
        first = judged(failed, until(Step.CELL_VOTED))
        assert not first.passed
        assert first.outcome is not None
        assert (first.outcome.favour, first.outcome.needed) == (5, 6)
        again = replace(act(Step.CELL_VOTED), number=12, on=date(2024, 4, 10))
        assert judged(again, (*until(Step.CELL_VOTED), failed)).passed

    def test_refuses_counts_that_cannot_be(self) -> None:
        odd = replace(act(Step.CELL_VOTED), tally=Tally(9, 0, 9, 8, 9, 0, 0))
        assert refusal(odd, until(Step.CELL_VOTED)).code == "voting.more_votes_than_present"
        small = replace(act(Step.CELL_VOTED), tally=Tally(2, 0, 2, 2, 2, 0, 0))
        assert refusal(small, until(Step.CELL_VOTED)).code == "voting.too_few_members"

    def test_refuses_the_third_repeat_of_a_failed_recognition(self) -> None:
        before = until(Step.RECOGNITION_VOTED)
        tries = tuple(
            Act(20 + n, Step.RECOGNITION_VOTED, date(2025, 5, 20 + n), tally=BAD) for n in range(3)
        )
        new = act(Step.RECOGNITION_VOTED)
        assert judged(new, (*before, *tries[:2])).passed
        assert refusal(new, (*before, *tries)).code == "procedure.votes_exhausted"

    def test_shows_the_due_it_missed(self) -> None:
        # received 15/5/2024: the thirtieth working day is 26/6/2024
        before = until(Step.ADMITTED)
        assert judged(replace(act(Step.ADMITTED), on=date(2024, 6, 26)), before).late == ()
        late = judged(replace(act(Step.ADMITTED), on=date(2024, 6, 27)), before).late
        assert [one.name for one in late] == ["ceremony_due"]

    def test_judges_by_the_regime_a_person_chose(self) -> None:
        new = replace(act(Step.CELL_VOTED), on=date(2024, 4, 2), governed_by="R0")
        codes = {entry.regime for entry in judged(new, until(Step.CELL_VOTED)).entries}
        assert codes == {"R0"}
        bad = replace(new, governed_by="R9")
        assert refusal(bad, until(Step.CELL_VOTED)).code == "rules.unknown_regime"


class TestPapers:
    def test_may_be_recorded_in_any_order(self) -> None:
        new = Act(6, Step.PAPERS, date(2024, 2, 1), form="5-KNĐ")
        assert judged(new, until(Step.PAPERS)).passed

    @pytest.mark.parametrize("form", [None, "6-KNĐ", "17-KNĐ", "2-TN"])
    def test_refuse_a_form_that_is_none_of_theirs(self, form: str | None) -> None:
        new = Act(6, Step.PAPERS, date(2024, 2, 1), form=form)
        assert refusal(new, until(Step.PAPERS)).code == "procedure.form_unknown"

    def test_keep_the_application_before_the_history(self) -> None:
        before = until(Step.PAPERS)
        history = Act(6, Step.PAPERS, date(2024, 2, 1), form="2-KNĐ")
        late = Act(7, Step.PAPERS, date(2024, 2, 2), form="1-KNĐ")
        assert refusal(late, (*before, history)).code == "procedure.application_after_history"
        assert refusal(history, (*before, late)).code == "procedure.application_after_history"
        assert judged(replace(late, on=date(2024, 2, 1)), (*before, history)).passed

    @pytest.mark.parametrize("form", PAPERS)
    def test_are_named_when_missing(self, form: str) -> None:
        acts = tuple(one for one in until(Step.CELL_VOTED) if one.form != form)
        refused = refusal(act(Step.CELL_VOTED), acts)
        assert refused.code == "procedure.papers_missing"
        assert refused.facts["forms"] == (form,)

    def test_are_not_recorded_twice(self) -> None:
        new = Act(20, Step.PAPERS, date(2024, 3, 1), form="3-KNĐ")
        assert refusal(new, until(Step.CELL_VOTED)).code == "procedure.already_done"

    def test_age_after_twelve_months_and_are_made_again(self) -> None:
        acts = until(Step.CELL_VOTED)  # opened on 1/2/2024
        vote = act(Step.CELL_VOTED)
        assert judged(replace(vote, on=date(2025, 2, 1)), acts).passed
        refused = refusal(replace(vote, on=date(2025, 2, 2)), acts)
        assert refused.code == "procedure.dossier_aged"
        assert refused.facts["forms"] == ("2-KNĐ", "3-KNĐ", "4-KNĐ", "5-KNĐ")
        assert refused.facts["last_day"] == date(2025, 2, 1)
        for number, form in enumerate(PAPERS[1:], start=20):
            new = Act(number, Step.PAPERS, date(2025, 2, 10), form=form)
            assert judged(new, acts).passed
            acts = (*acts, new)
        assert judged(replace(vote, on=date(2025, 3, 1)), acts).passed
        stage = replay(acts, CASE, BOOK, date(2025, 3, 1)).stage(Step.PAPERS)
        assert stage.clocks[0].last_day == date(2026, 2, 10)

    def test_ask_for_the_parents_where_the_province_does(self) -> None:
        case = replace(CASE, scopes=("central", "province:ha-noi"))
        shift = timedelta(days=822)
        acts = tuple(replace(one, on=one.on + shift) for one in until(Step.LISTED))
        new = replace(act(Step.LISTED), on=date(2026, 1, 20))
        assert refusal(new, acts, case).facts["forms"] == ("2-TN",)
        opinion = Act(9, Step.PAPERS, date(2026, 1, 15), form="2-TN")
        assert judged(opinion, acts, case).passed
        assert judged(new, (*acts, opinion), case).passed
        assert judged(new, acts, CASE).passed  # elsewhere no rule asks for it

    def test_of_the_probation_come_after_the_ceremony(self) -> None:
        new = Act(20, Step.PAPERS, date(2025, 5, 20), form="10-KNĐ")
        assert judged(new, until(Step.RECOGNITION_VOTED)).passed
        assert refusal(new, until(Step.ADMITTED)).code == "procedure.step_not_allowed"

    def test_of_a_new_member_stop_their_clock(self) -> None:
        acts = until(Step.RECOGNITION_VOTED)
        forms = [
            Act(20 + n, Step.PAPERS, date(2024, 6, 3), form=form)
            for n, form in enumerate(("1-HSĐV", "2-HSĐV"))
        ]
        for given, running in ((forms[:1], True), (forms, False)):
            road = replay((*acts, *given), CASE, BOOK, date(2024, 6, 5))
            assert ("member_papers_due" in {one.name for one in road.clocks}) is running


class TestConditions:
    @pytest.mark.parametrize(
        ("on", "code"),
        [
            (date(2024, 3, 14), "procedure.too_young"),  # the day before the 18th birthday
            (date(2024, 3, 15), None),
            (date(2024, 3, 16), None),
        ],
    )
    def test_stop_the_cell_vote_before_eighteen(self, on: date, code: str | None) -> None:
        new, before = replace(act(Step.CELL_VOTED), on=on), until(Step.CELL_VOTED)
        if code is None:
            assert judged(new, before).passed
            return
        refused = refusal(new, before)
        assert refused.code == code
        assert refused.facts["from_day"] == date(2024, 3, 15)
        assert refused.facts["entry"] is not None

    def test_stop_the_cell_vote_on_an_old_certificate(self) -> None:
        trained = replace(act(Step.TRAINED), on=date(2019, 4, 1))
        early = replace(CASE, consented_on=date(2018, 1, 1))
        acts = tuple(
            replace(one, on=date(2019, 3, 1)) if one.number < 4 else one
            for one in until(Step.CELL_VOTED)
            if one.step is not Step.TRAINED
        )
        acts = (*acts, trained)
        assert judged(replace(act(Step.CELL_VOTED), on=date(2024, 4, 1)), acts, early).passed
        refused = refusal(act(Step.CELL_VOTED), acts, early)  # 2/4/2024
        assert refused.code == "procedure.certificate_expired"
        assert refused.facts["last_day"] == date(2024, 4, 1)
        again = Act(30, Step.TRAINED, date(2024, 4, 2))
        assert judged(again, acts, early).passed
        assert judged(replace(act(Step.CELL_VOTED), on=date(2024, 4, 3)), (*acts, again), early)

    def test_stop_the_cell_vote_when_known_not_to_be_met(self) -> None:
        case = replace(CASE, union_member=False)
        refused = refusal(act(Step.CELL_VOTED), until(Step.CELL_VOTED), case)
        assert refused.code == "procedure.condition_not_met"
        assert refused.facts["condition"] == "union_member"

    def test_let_the_cell_vote_when_not_known(self) -> None:
        case = replace(CASE, union_member=None, lower_secondary=None)
        assert judged(act(Step.CELL_VOTED), until(Step.CELL_VOTED), case).passed


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

    def test_moves_the_cell_vote_away(self) -> None:
        case = replace(CASE, graduated_on=date(2024, 4, 1))
        error = refusal(act(Step.CELL_VOTED), until(Step.CELL_VOTED), case)
        assert error.code == "procedure.graduated"
        assert error.facts["decided"] is False


class TestRecognition:
    @pytest.mark.parametrize(
        ("on", "allowed"),
        [
            (date(2025, 5, 18), False),
            (date(2025, 5, 19), False),  # the twelve months end today
            (date(2025, 5, 20), True),
        ],
    )
    def test_waits_until_the_twelve_months_are_over(self, on: date, allowed: bool) -> None:
        new, before = replace(act(Step.RECOGNITION_VOTED), on=on), until(Step.RECOGNITION_VOTED)
        if allowed:
            assert judged(new, before).passed
            return
        error = refusal(new, before)
        assert error.code == "procedure.too_early"
        assert error.facts["earliest_on"] == date(2025, 5, 20)


class TestRefusals:
    def test_have_a_code_of_their_own(self) -> None:
        found = [
            kind
            for kind in vars(procedure).values()
            if isinstance(kind, type) and issubclass(kind, RuleError) and kind is not RuleError
        ]
        codes = [kind.code for kind in found]
        assert len(codes) >= 18
        assert len(set(codes)) == len(codes)
