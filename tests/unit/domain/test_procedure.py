"""What the rules let through and what they refuse, step by step."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from donghanh.domain import rules
from donghanh.domain.errors import RuleError
from donghanh.domain.procedure import Act, Step, check
from donghanh.domain.timeline import Entry
from donghanh.domain.voting import Exclusion, Tally
from tests.unit.domain import shipped
from tests.unit.domain.walked import (
    BAD,
    CASE,
    TODAY,
    WALKED,
    act,
    judged,
    refusal,
    until,
)

VOTES = (
    Step.INTRODUCED,
    Step.CELL_VOTED,
    Step.BASE_VOTED,
    Step.DECIDED,
    Step.RECOGNITION_VOTED,
    Step.RECOGNITION_BASE_VOTED,
)
ACTS = [one for one in WALKED if one.step is not Step.PAPERS]


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


class TestCheck:
    @pytest.mark.parametrize("new", WALKED, ids=lambda one: f"{one.number}-{one.step}")
    def test_lets_the_whole_road_be_walked(self, new: Act) -> None:
        before = tuple(one for one in WALKED if one.number < new.number)
        judgement = judged(new, before)
        assert judgement.passed
        assert judgement.late == ()
        assert (judgement.outcome is None) is (new.tally is None)
        if new.tally is not None:
            assert judgement.entries

    def test_names_every_rule_a_vote_was_judged_by(self) -> None:
        voted = judged(act(Step.CELL_VOTED), until(Step.CELL_VOTED)).entries
        assert sorted(entry.name for entry in voted) == [
            "age.counting",
            "age.minimum",
            "certificate.validity",
            "education.minimum",
            "graduation.moves_consideration",
            "union.membership",
            "vote.cell",
            "vote.cell.minimum",
        ]
        decided = judged(act(Step.DECIDED), until(Step.DECIDED)).entries
        assert sorted(entry.name for entry in decided) == [
            "admission.decision",
            "graduation.moves_consideration",
            "vote.competent_committee",
        ]

    def test_needs_consent_on_the_day(self) -> None:
        never = replace(CASE, consented_on=None)
        refused = refusal(WALKED[0], (), never)
        assert refused.code == "procedure.no_consent"
        assert refused.facts == {"on": date(2023, 9, 20), "consented_on": None}
        later = replace(CASE, consented_on=date(2023, 9, 21))
        refused = refusal(WALKED[0], (), later)
        assert refused.code == "procedure.no_consent"
        assert refused.facts["consented_on"] == date(2023, 9, 21)
        same = replace(CASE, consented_on=date(2023, 9, 20))
        assert judged(WALKED[0], (), same).passed

    def test_stops_with_the_person(self) -> None:
        case = replace(CASE, stopped_on=date(2024, 1, 1))
        refused = refusal(act(Step.CELL_VOTED), until(Step.CELL_VOTED), case)
        assert refused.code == "procedure.stopped"
        assert refused.facts == {"on": date(2024, 4, 2)}  # and no word of when, or why

    def test_refuses_tomorrow(self) -> None:
        new = act(Step.SOURCED)
        refused = refusal(new, (), today=date(2023, 9, 19))
        assert refused.code == "procedure.in_future"
        assert refused.facts == {"on": date(2023, 9, 20), "today": date(2023, 9, 19)}
        assert judged(new, (), today=date(2023, 9, 20)).passed

    def test_refuses_a_decision_that_will_be_received_tomorrow(self) -> None:
        new, before = act(Step.DECIDED), until(Step.DECIDED)  # received on 15/5/2024
        refused = refusal(new, before, today=date(2024, 5, 14))
        assert refused.code == "procedure.in_future"
        assert refused.facts["on"] == date(2024, 5, 15)
        assert judged(new, before, today=date(2024, 5, 15)).passed

    def test_refuses_a_decision_received_before_it_was_made(self) -> None:
        new = replace(act(Step.DECIDED), received_on=date(2024, 5, 9))
        refused = refusal(new, until(Step.DECIDED))
        assert refused.code == "procedure.received_before_decision"
        assert refused.facts == {"on": date(2024, 5, 10), "received_on": date(2024, 5, 9)}
        same = replace(new, received_on=date(2024, 5, 10))
        assert judged(same, until(Step.DECIDED)).passed

    @pytest.mark.parametrize("new", ACTS[1:], ids=lambda one: str(one.step))
    def test_refuses_to_jump(self, new: Act) -> None:
        refused = refusal(new, ())
        assert refused.code == "procedure.step_not_allowed"
        assert refused.facts == {"step": new.step, "missing": Step.SOURCED}

    def test_refuses_a_step_of_papers_as_an_act(self) -> None:
        refused = refusal(Act(30, Step.APPLIED, date(2024, 2, 1)), until(Step.APPLIED))
        assert refused.code == "procedure.form_unknown"
        assert refused.facts == {"form": None}

    def test_refuses_a_day_before_the_step_before(self) -> None:
        new = replace(act(Step.LISTED), on=date(2023, 10, 4))
        refused = refusal(new, until(Step.LISTED))
        assert refused.code == "procedure.before_previous"
        assert refused.facts == {
            "step": Step.LISTED,
            "on": date(2023, 10, 4),
            "previous": Step.INTRODUCED,
            "since": date(2023, 10, 5),
        }
        assert judged(replace(new, on=date(2023, 10, 5)), until(Step.LISTED)).passed

    def test_refuses_a_vote_before_the_last_paper(self) -> None:
        acts = tuple(
            replace(one, on=date(2024, 4, 3)) if one.form == "5-KNĐ" else one
            for one in until(Step.CELL_VOTED)
        )
        refused = refusal(act(Step.CELL_VOTED), acts)
        assert refused.code == "procedure.before_previous"
        assert refused.facts["previous"] is Step.PAPERS
        assert refused.facts["since"] == date(2024, 4, 3)

    def test_refuses_to_do_a_step_twice(self) -> None:
        again = replace(act(Step.LISTED), number=30, on=date(2024, 1, 9))
        refused = refusal(again, until(Step.APPLIED))
        assert refused.code == "procedure.already_done"
        assert refused.facts == {
            "step": Step.LISTED,
            "form": None,
            "on": date(2023, 10, 20),
            "act": 3,
        }

    def test_lets_a_task_be_given_any_number_of_times(self) -> None:
        acts = until(Step.CHALLENGED)
        for number in range(3):
            new = Act(30 + number, Step.CHALLENGED, date(2023, 11, 1))
            assert judged(new, acts).passed
            acts = (*acts, new)
        sent = tuple(
            Act(40 + number, Step.VERIFICATION_SENT, date(2024, 2, 3 + number))
            for number in range(2)
        )
        assert judged(sent[0], until(Step.VERIFICATION_SENT)).passed
        assert judged(sent[1], (*until(Step.VERIFICATION_SENT), sent[0])).passed

    @pytest.mark.parametrize("step", [Step.SENT_TO_CLASS, Step.ASKED, Step.CARDED])
    def test_takes_a_step_that_never_blocks_once(self, step: Step) -> None:
        on = {Step.SENT_TO_CLASS: date(2023, 11, 1), Step.ASKED: date(2024, 1, 2)}
        new = Act(30, step, on.get(step, date(2025, 7, 1)))
        assert judged(new, until(step)).passed
        again = replace(new, number=31)
        assert refusal(again, (*until(step), new)).code == "procedure.already_done"

    @pytest.mark.parametrize("step", VOTES)
    def test_needs_the_counts_of_a_vote(self, step: Step) -> None:
        refused = refusal(replace(act(step), tally=None), until(step))
        assert refused.code == "procedure.vote_missing"
        assert refused.facts["step"] is step
        entry = refused.facts["entry"]
        assert isinstance(entry, Entry)
        assert entry.unit == "threshold"

    def test_leaves_the_counts_on_recognition_to_the_committee(self) -> None:
        new, before = act(Step.RECOGNISED), until(Step.RECOGNISED)
        assert judged(new, before).outcome is None
        counted = judged(replace(new, tally=Tally(9, 0, 9, 9, 5, 4, 0)), before)
        assert counted.outcome is not None
        assert (counted.passed, counted.outcome.needed) == (True, 5)  # more than half of nine
        failed = judged(replace(new, tally=Tally(9, 0, 9, 9, 4, 5, 0)), before)
        assert not failed.passed

    def test_lets_a_failed_vote_be_recorded_and_repeated(self) -> None:
        failed = replace(act(Step.CELL_VOTED), tally=BAD)
        first = judged(failed, until(Step.CELL_VOTED))
        assert not first.passed
        assert first.outcome is not None
        assert (first.outcome.favour, first.outcome.needed) == (5, 6)
        again = replace(act(Step.CELL_VOTED), number=30, on=date(2024, 4, 10))
        assert judged(again, (*until(Step.CELL_VOTED), failed)).passed

    def test_does_not_go_on_after_a_failed_vote(self) -> None:
        failed = replace(act(Step.CELL_VOTED), tally=BAD)
        refused = refusal(act(Step.BASE_VOTED), (*until(Step.CELL_VOTED), failed))
        assert refused.code == "procedure.step_not_allowed"
        assert refused.facts["missing"] is Step.CELL_VOTED

    def test_refuses_counts_that_cannot_be(self) -> None:
        odd = replace(act(Step.CELL_VOTED), tally=Tally(9, 0, 9, 8, 9, 0, 0))
        assert refusal(odd, until(Step.CELL_VOTED)).code == "voting.more_votes_than_present"
        small = replace(act(Step.CELL_VOTED), tally=Tally(2, 0, 2, 2, 2, 0, 0))
        refused = refusal(small, until(Step.CELL_VOTED))
        assert refused.code == "voting.too_few_members"
        assert rule_of(refused)[0] == "vote.cell.minimum"

    def test_asks_whom_a_vote_leaves_out_and_why(self) -> None:
        before = until(Step.CELL_VOTED)
        silent = replace(act(Step.CELL_VOTED), tally=Tally(9, 1, 8, 8, 8, 0, 0))
        refused = refusal(silent, before)
        assert refused.code == "voting.exclusion_reason_missing"
        assert rule_of(refused)[0] == "vote.cell.excludes"
        told = Tally(9, 1, 8, 8, 8, 0, 0, ((Exclusion.EXEMPT, 1),))
        assert judged(replace(silent, tally=told), before).passed
        base = replace(act(Step.BASE_VOTED), tally=told)
        assert refusal(base, until(Step.BASE_VOTED)).code == "voting.exclusion_not_allowed"

    def test_refuses_the_third_repeat_of_a_failed_recognition(self) -> None:
        before = until(Step.RECOGNITION_VOTED)
        tries = tuple(
            Act(30 + n, Step.RECOGNITION_VOTED, date(2025, 5, 23 + n), tally=BAD) for n in range(3)
        )
        new = act(Step.RECOGNITION_VOTED)
        assert judged(new, (*before, *tries[:2])).passed
        refused = refusal(new, (*before, *tries))
        assert refused.code == "procedure.votes_exhausted"
        assert (refused.facts["step"], refused.facts["attempts"]) == (Step.RECOGNITION_VOTED, 3)
        assert rule_of(refused) == ("recognition.failed_votes", "R2")

    def test_repeats_any_other_failed_vote_as_often_as_it_takes(self) -> None:
        before = until(Step.CELL_VOTED)
        tries = tuple(Act(30 + n, Step.CELL_VOTED, date(2024, 4, 2), tally=BAD) for n in range(5))
        assert judged(replace(act(Step.CELL_VOTED), number=40), (*before, *tries)).passed

    def test_shows_the_due_it_missed(self) -> None:
        # received 15/5/2024: the thirtieth working day is 26/6/2024
        before = until(Step.ADMITTED)
        assert judged(replace(act(Step.ADMITTED), on=date(2024, 6, 26)), before).late == ()
        late = judged(replace(act(Step.ADMITTED), on=date(2024, 6, 27)), before).late
        assert [(one.name, one.last_day) for one in late] == [
            ("admission.ceremony", date(2024, 6, 26))
        ]

    def test_judges_by_the_regime_a_person_chose(self) -> None:
        new = replace(act(Step.CELL_VOTED), governed_by="R0")
        codes = {entry.regime for entry in judged(new, opened(Step.CELL_VOTED), EARLY).entries}
        assert codes == {"R0"}

    def test_lets_a_person_choose_among_the_regimes_since_the_first_act(self) -> None:
        new = act(Step.CELL_VOTED)
        for chosen in ("R0", "R1"):
            governed = replace(new, governed_by=chosen)
            assert judged(governed, opened(Step.CELL_VOTED), EARLY).passed
        for chosen in ("R2", "R9"):
            refused = refusal(replace(new, governed_by=chosen), opened(Step.CELL_VOTED), EARLY)
            assert refused.code == "procedure.regime_out_of_reach"
            assert refused.facts == {
                "regime": chosen,
                "on": date(2024, 4, 2),
                "reach": ("R0", "R1"),
            }
        refused = refusal(replace(new, governed_by="R0"), until(Step.CELL_VOTED))
        assert refused.facts["reach"] == ("R1",)
        first = replace(act(Step.SOURCED), governed_by="R1")
        assert judged(first, ()).passed
        assert refusal(replace(first, governed_by="R0"), ()).code == (
            "procedure.regime_out_of_reach"
        )
        voided = (replace(opened(Step.INTRODUCED)[0], voided=True), *until(Step.CELL_VOTED))
        assert refusal(replace(new, governed_by="R0"), voided, EARLY).facts["reach"] == ("R1",)

    def test_refuses_a_vote_on_a_day_no_share_was_in_force(self) -> None:
        # a rulebook that says nothing of the base committee's share before R1
        early = """regime = "R0"
value = { share = "2/3", strict = false, base = "in_post" }
cite = { doc = "DEFAULT", article = "", confidence = "N" }
[["vote.base_committee".entries]]
"""
        book = rules.read(shipped.texts("voting.toml", early, ""))
        new = replace(act(Step.BASE_VOTED), governed_by="R0")
        before = opened(Step.BASE_VOTED)
        with pytest.raises(RuleError) as refused:
            check(new, before, EARLY, book, TODAY)
        assert refused.value.code == "timeline.not_in_force"
        assert refused.value.facts == {"name": "vote.base_committee", "day": date(2021, 7, 29)}
        with pytest.raises(RuleError) as uncounted:
            check(replace(new, tally=None), before, EARLY, book, TODAY)
        assert uncounted.value.code == "procedure.vote_missing"
        assert uncounted.value.facts["entry"] is None
        assert check(replace(new, governed_by=None), before, EARLY, book, TODAY).passed

    def test_reads_a_new_act_with_the_newest_rules_and_as_valid(self) -> None:
        new = replace(act(Step.CELL_VOTED), voided=True, edition=0)
        assert judged(new, until(Step.CELL_VOTED)).passed
