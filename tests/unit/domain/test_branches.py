"""Where the road of a case differs: who votes, who introduces, who has moved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from donghanh.domain.acts import Act, Branch, Case, Destination, Move, Step
from donghanh.domain.amending import Amendment, amended
from donghanh.domain.procedure import StageState, check, replay
from donghanh.domain.voting import Tally
from tests.unit.domain.walked import (
    BAD,
    BOOK,
    CASE,
    GOOD,
    TODAY,
    WALKED,
    act,
    judged,
    refusal,
    until,
)

HANOI = ("central", "province:ha-noi")
#: Two years and a bit later: under R3 and Hà Nội's own guidance.
LATER = timedelta(days=822)


def shifted(acts: tuple[Act, ...], by: timedelta = LATER) -> tuple[Act, ...]:
    """The same acts some days later."""
    return tuple(
        replace(one, on=one.on + by, received_on=one.received_on and one.received_on + by)
        for one in acts
    )


def moved(
    on: date,
    received_on: date | None = None,
    to: Destination = Destination.SCHOOL,
    scopes: tuple[str, ...] = ("central",),
) -> Move:
    """A move, to a place like the old one."""
    return Move(on, to, received_on, scopes)


class TestBranches:
    def test_follow_the_facts_of_the_case(self) -> None:
        day = date(2024, 1, 1)
        assert CASE.branches(day) == frozenset()
        assert replace(CASE, base_committee=False).branches(day) == {Branch.BASE_CELL}
        assert replace(CASE, sub_committee=True).branches(day) == {Branch.SUB_COMMITTEE}
        assert replace(CASE, delegated=True).branches(day) == {Branch.DELEGATED}
        assert replace(CASE, by_members=True).branches(day) == {Branch.MEMBERS}
        both = replace(CASE, delegated=True, base_committee=False)
        assert both.branches(day) == {Branch.BASE_CELL}  # nobody is there to be delegated

    def test_are_those_of_the_body_a_person_has_moved_to(self) -> None:
        day = date(2024, 1, 1)
        move = Move(
            day,
            Destination.SCHOOL,
            day,
            HANOI,
            base_committee=False,
            sub_committee=True,
            delegated=True,
        )
        case = replace(CASE, moves=(move,))
        before, there = case.at(day - timedelta(days=1)), case.at(day)
        assert before is case
        assert there.scopes == HANOI
        assert (there.base_committee, there.sub_committee, there.delegated) == (False, True, True)
        assert case.branches(day) == {Branch.BASE_CELL, Branch.SUB_COMMITTEE, Branch.MOVED}

    def test_are_those_of_the_place_moved_to_from_the_day_of_the_move(self) -> None:
        move = replace(moved(date(2024, 2, 1)), base_committee=False, sub_committee=True)
        case = replace(CASE, by_members=True, delegated=True, moves=(move,))
        assert case.branches(date(2024, 1, 31)) == {Branch.DELEGATED, Branch.MEMBERS}
        assert case.branches(date(2024, 2, 1)) == {
            Branch.BASE_CELL,
            Branch.SUB_COMMITTEE,
            Branch.MEMBERS,
            Branch.MOVED,
        }

    def test_are_those_of_the_last_move(self) -> None:
        first = moved(date(2024, 2, 1), scopes=HANOI)
        case = replace(
            CASE, moves=(first, replace(first, on=date(2024, 3, 1), scopes=("central",)))
        )
        assert case.move_at(date(2024, 1, 31)) is None
        assert case.move_at(date(2024, 2, 29)) == first
        assert case.move_at(date(2024, 3, 1)) == case.moves[1]
        assert case.at(date(2024, 2, 29)).scopes == HANOI
        assert case.at(date(2024, 3, 1)).scopes == ("central",)
        assert case.at(date(2024, 1, 31)) == case


class TestBaseCell:
    case = replace(CASE, base_committee=False)

    def test_has_no_base_committee_to_vote(self) -> None:
        road = replay(until(Step.BASE_VOTED), self.case, BOOK, date(2024, 4, 10))
        assert road.stage(Step.BASE_VOTED).state is StageState.SKIPPED
        assert road.stage(Step.RECOGNITION_BASE_VOTED).state is StageState.SKIPPED
        assert road.current is not None
        assert road.current.step is Step.DECIDED
        refused = refusal(act(Step.BASE_VOTED), until(Step.BASE_VOTED), self.case)
        assert refused.code == "procedure.step_not_allowed"
        assert refused.facts == {"step": Step.BASE_VOTED, "missing": None}
        assert judged(act(Step.DECIDED), until(Step.BASE_VOTED), self.case).passed

    def test_asks_the_committee_above_for_leave(self) -> None:
        road = replay((), self.case, BOOK, TODAY)
        assert road.stage(Step.ALLOWED).rule.body_vi == "Ban thường vụ cấp ủy cấp trên"
        assert replay((), CASE, BOOK, TODAY).stage(Step.ALLOWED).rule.body_vi == "Đảng ủy cơ sở"


class TestSubCommittee:
    case = replace(CASE, sub_committee=True)

    def test_appraises_before_the_base_committee_votes(self) -> None:
        before = until(Step.BASE_VOTED)
        road = replay(before, self.case, BOOK, date(2024, 4, 10))
        assert road.current is not None
        assert road.current.step is Step.APPRAISED
        refused = refusal(act(Step.BASE_VOTED), before, self.case)
        assert refused.facts["missing"] is Step.APPRAISED
        appraisal = Act(30, Step.APPRAISED, date(2024, 4, 10))
        assert judged(appraisal, before, self.case).passed
        assert judged(act(Step.BASE_VOTED), (*before, appraisal), self.case).passed
        assert refusal(appraisal, before).code == "procedure.step_not_allowed"

    def test_appraises_recognition_too(self) -> None:
        before = (*until(Step.RECOGNITION_BASE_VOTED), Act(30, Step.APPRAISED, date(2024, 4, 10)))
        refused = refusal(act(Step.RECOGNITION_BASE_VOTED), before, self.case)
        assert refused.facts["missing"] is Step.RECOGNITION_APPRAISED
        appraisal = Act(31, Step.RECOGNITION_APPRAISED, date(2025, 6, 3))
        assert judged(appraisal, before, self.case).passed


class TestDelegated:
    case = replace(CASE, delegated=True)

    def test_base_committee_votes_by_its_own_rule(self) -> None:
        road = replay(until(Step.BASE_VOTED), self.case, BOOK, date(2024, 4, 10))
        share = road.stage(Step.BASE_VOTED).threshold
        assert share is not None
        assert share.name == "vote.base_committee.delegated"

    def test_decision_only_carries_it_out(self) -> None:
        new = replace(act(Step.DECIDED), tally=None)
        before = until(Step.DECIDED)
        assert judged(new, before, self.case).passed
        assert refusal(new, before).code == "procedure.vote_missing"
        road = replay((*before, new), self.case, BOOK, date(2024, 5, 12))
        rule = road.stage(Step.DECIDED).rule
        assert (rule.threshold, rule.vote, rule.decides) == (None, "none", False)
        assert rule.body_vi == "Đảng ủy cơ sở được ủy quyền"
        assert road.stage(Step.DECIDED).act == new

    def test_counts_of_nobody_decide_nothing(self) -> None:
        # where no vote is asked for, counts that come along are not judged
        new = replace(act(Step.DECIDED), tally=BAD)
        judgement = judged(new, until(Step.DECIDED), self.case)
        assert (judgement.passed, judgement.outcome) == (True, None)


class TestOnTheWay:
    case = replace(CASE, moves=(moved(date(2024, 3, 20)),))

    def test_nobody_acts_until_the_file_is_confirmed(self) -> None:
        new, before = act(Step.CELL_VOTED), until(Step.CELL_VOTED)
        refused = refusal(new, before, self.case)
        assert refused.code == "procedure.on_the_way"
        assert refused.facts == {"on": date(2024, 4, 2), "since": date(2024, 3, 20)}
        paper = Act(30, Step.PAPERS, date(2024, 4, 2), form="5-KNĐ")
        assert refusal(paper, until(Step.APPLIED), self.case).code == "procedure.on_the_way"
        turn = Act(30, Step.HELPER_CHANGED, date(2024, 4, 2))
        assert refusal(turn, before, self.case).code == "procedure.on_the_way"

    @pytest.mark.parametrize(
        ("received", "refused"),
        [(date(2024, 4, 1), False), (date(2024, 4, 2), False), (date(2024, 4, 3), True)],
    )
    def test_somebody_acts_from_the_day_it_is(self, received: date, refused: bool) -> None:
        case = replace(CASE, moves=(moved(date(2024, 3, 20), received),))
        new, before = act(Step.CELL_VOTED), until(Step.CELL_VOTED)
        if refused:
            assert refusal(new, before, case).code == "procedure.on_the_way"
        else:
            assert judged(new, before, case).passed

    def test_what_was_done_before_is_still_recorded(self) -> None:
        new = replace(act(Step.VERIFIED), on=date(2024, 3, 19))
        assert judged(new, until(Step.VERIFIED), self.case).passed
        assert refusal(
            replace(new, on=date(2024, 3, 20)), until(Step.VERIFIED), self.case
        ).code == ("procedure.on_the_way")

    def test_is_told_of_the_road(self) -> None:
        before = replay(until(Step.CELL_VOTED), self.case, BOOK, date(2024, 3, 19))
        assert before.on_the_way is None
        road = replay(until(Step.CELL_VOTED), self.case, BOOK, date(2024, 3, 20))
        assert road.on_the_way == self.case.moves[0]
        received = replace(CASE, moves=(moved(date(2024, 3, 20), date(2024, 3, 25)),))
        assert replay((), received, BOOK, date(2024, 3, 24)).on_the_way == received.moves[0]
        assert replay((), received, BOOK, date(2024, 3, 25)).on_the_way is None


class TestMoved:
    def test_considers_by_the_rules_of_the_new_place(self) -> None:
        move = replace(moved(date(2024, 3, 20), date(2024, 3, 25)), base_committee=False)
        case = replace(CASE, moves=(move,))
        road = replay(until(Step.BASE_VOTED), case, BOOK, date(2024, 4, 10))
        assert road.stage(Step.BASE_VOTED).state is StageState.SKIPPED
        assert road.current is not None
        assert road.current.step is Step.DECIDED

    def test_keeps_what_the_old_place_had_done(self) -> None:
        move = replace(moved(date(2024, 5, 1), date(2024, 5, 2)), base_committee=False)
        case = replace(CASE, moves=(move,))
        road = replay(until(Step.DECIDED), case, BOOK, date(2024, 5, 3))
        stage = road.stage(Step.BASE_VOTED)
        assert (stage.state, stage.act) == (StageState.DONE, act(Step.BASE_VOTED))
        assert stage.threshold is not None
        assert stage.threshold.name == "vote.base_committee"

    def test_keeps_a_vote_that_failed_where_nobody_votes_now(self) -> None:
        failed = replace(act(Step.DECIDED), tally=Tally(9, 0, 9, 9, 4, 5, 0), received_on=None)
        move = replace(moved(date(2024, 5, 20), date(2024, 5, 21)), delegated=True)
        case = replace(CASE, moves=(move,))
        stage = replay((*until(Step.DECIDED), failed), case, BOOK, date(2024, 5, 22)).stage(
            Step.DECIDED
        )
        assert (stage.attempts, stage.act, stage.state) == ((failed,), None, StageState.NOW)

    def test_is_considered_elsewhere_after_graduation(self) -> None:
        new, before = act(Step.CELL_VOTED), until(Step.CELL_VOTED)
        graduated = replace(CASE, graduated_on=date(2024, 3, 25))
        for to, allowed in (
            (Destination.SCHOOL, False),
            (Destination.LOCALITY, True),
            (Destination.INSTITUTION, True),
            (Destination.UNIT, True),
        ):
            case = replace(graduated, moves=(moved(date(2024, 3, 20), date(2024, 3, 21), to),))
            if allowed:
                assert judged(new, before, case).passed
            else:
                assert refusal(new, before, case).code == "procedure.graduated"
        late = replace(graduated, moves=(moved(date(2024, 4, 3), date(2024, 4, 4)),))
        assert refusal(new, before, late).code == "procedure.graduated"

    def test_keeps_the_parents_opinion_of_the_old_place(self) -> None:
        acts = shifted(until(Step.PARENTS_HEARD))
        opinion = Act(30, Step.PAPERS, date(2026, 1, 10), form="2-TN")
        listed = Act(31, Step.LISTED, date(2026, 1, 20))
        move = moved(date(2026, 2, 1), date(2026, 2, 5))
        case = replace(CASE, scopes=HANOI, moves=(move,))
        road = replay((*acts, opinion, listed), case, BOOK, date(2026, 2, 10))
        stage = road.stage(Step.PARENTS_HEARD)
        assert (stage.state, stage.act) == (StageState.DONE, opinion)
        assert road.current is not None
        assert road.current.step is Step.TRAINED
        trained = Act(32, Step.TRAINED, date(2026, 2, 10))
        assert judged(trained, (*acts, opinion, listed), case).passed

    def test_does_not_ask_for_what_only_the_new_place_asks_before(self) -> None:
        acts = shifted(until(Step.CHALLENGED))
        move = moved(date(2026, 2, 1), date(2026, 2, 5), scopes=HANOI)
        road = replay(acts, replace(CASE, moves=(move,)), BOOK, date(2026, 2, 10))
        assert road.stage(Step.PARENTS_HEARD).state is StageState.SKIPPED
        assert road.current is not None
        assert road.current.step is Step.TRAINED

    def test_tells_the_rules_the_old_place_was_judged_by(self) -> None:
        acts = shifted(until(Step.BASE_VOTED))
        case = replace(CASE, scopes=HANOI, standards=())
        stays = replay(acts, case, BOOK, date(2026, 7, 10)).stage(Step.CELL_VOTED)
        gone = replace(case, moves=(moved(date(2026, 7, 5), date(2026, 7, 6)),))
        moved_on = replay(acts, gone, BOOK, date(2026, 7, 10)).stage(Step.CELL_VOTED)
        assert moved_on.entries == stays.entries
        assert {entry.scope for entry in moved_on.entries} == set(HANOI)

    def test_is_asked_for_the_papers_of_the_new_place_after_the_vote(self) -> None:
        acts = shifted(until(Step.NEW_MEMBER_CLASS))
        move = moved(date(2026, 9, 1), date(2026, 9, 2), scopes=HANOI)
        case = replace(CASE, moves=(move,))
        entry = Act(30, Step.PAPERS, date(2026, 9, 3), form="CSDL")
        assert judged(entry, acts, case).passed
        road = replay((*acts, entry), case, BOOK, date(2026, 9, 4))
        needs = {need.form: need.met for need in road.stage(Step.MEMBER_PAPERS).papers}
        assert needs == {"1-HSĐV": False, "2-HSĐV": False, "CSDL": True}
        early = replace(entry, on=date(2026, 8, 31))
        assert refusal(early, acts, case).code == "procedure.form_unknown"

    def test_reads_what_runs_out_with_the_rules_of_the_place_of_its_end(self) -> None:
        day = date(2026, 1, 5)
        late = tuple(
            replace(one, on=day) if one.step is Step.RECOGNITION_VOTED else one
            for one in until(Step.RECOGNITION_BASE_VOTED)
        )
        decided = Act(30, Step.RECOGNISED, date(2026, 1, 20), governed_by="R3")
        case = replace(
            CASE,
            scopes=("central",),
            moves=(moved(date(2025, 12, 1), date(2025, 12, 2), scopes=HANOI),),
        )
        acts = (*late, replace(act(Step.RECOGNITION_BASE_VOTED), on=date(2026, 1, 10)), decided)
        stage = replay(acts, case, BOOK, date(2026, 1, 21)).stage(Step.RECOGNITION_VOTED)
        expiry = [one for one in stage.clocks if one.name == "recognition.resolution_validity"]
        assert [(one.entry.scope, one.done_on) for one in expiry] == [
            ("province:ha-noi", date(2026, 1, 20))
        ]


class TestPlaceWithoutForms:
    """A province that asks for the parents, and has no form for it."""

    book = amended(
        BOOK,
        [
            Amendment(
                1,
                """
                [[rule."parents.opinion".entries]]
                scope = "province:dak-lak"
                since = 2023-01-01
                value = true
                cite = { doc = "DEFAULT", article = "", confidence = "N" }
                """,
                date(2026, 11, 1),
                "Người kiểm tra",
            )
        ],
    )
    case = replace(CASE, scopes=("central", "province:dak-lak"))

    def test_does_not_hold_the_road_up(self) -> None:
        road = replay(until(Step.PARENTS_HEARD), self.case, self.book, date(2023, 10, 19))
        assert road.stage(Step.PARENTS_HEARD).state is StageState.SKIPPED
        assert road.current is not None
        assert road.current.step is Step.LISTED
        new = act(Step.LISTED)
        assert check(new, until(Step.LISTED), self.case, self.book, TODAY).passed
        done = replay(WALKED, self.case, self.book, TODAY)
        assert done.current is None


def test_the_road_of_the_tests_is_an_ordinary_one() -> None:
    assert Case(CASE.born, CASE.consented_on).branches(TODAY) == frozenset()
    assert GOOD.members == 9
