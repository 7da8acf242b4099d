"""From which day to which a step can be done, and what planned days run into."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from donghanh.domain import rules
from donghanh.domain.acts import Act, Case, Destination, Move, Step
from donghanh.domain.amending import Amendment, amended
from donghanh.domain.forecast import Bound, Outlook, Planned, Verdict, outlook, planned
from donghanh.domain.replaying import replay
from donghanh.domain.rules import Rulebook
from tests.unit.domain.walked import BAD, BOOK, WALKED, act, until, voided
from tests.unit.domain.walked import CASE as ADULT

TODAY = date(2024, 3, 1)
CASE = Case(born=date(2006, 5, 20), consented_on=date(2023, 9, 1))
TRAINED = Act(1, Step.TRAINED, date(2023, 12, 15))
APPLIED = Act(2, Step.PAPERS, date(2024, 2, 1), form="1-KNĐ")
HISTORY = Act(3, Step.PAPERS, date(2024, 2, 1), form="2-KNĐ")
LEAVES = date(2024, 7, 10)


def changed(text: str) -> Rulebook:
    """The rulebook with an amendment."""
    return amended(BOOK, [Amendment(1, text, date(2026, 11, 1), "Người kiểm tra")])


def every(
    *acts: Act,
    case: Case = CASE,
    today: date = TODAY,
    leaves_on: date | None = LEAVES,
    book: Rulebook = BOOK,
) -> dict[Step, Outlook]:
    """What is promised of every step."""
    road = replay(acts, case, book, today)
    return {one.step: one for one in outlook(road, book, today, leaves_on)}


def vote(*acts: Act, case: Case = CASE, leaves_on: date | None = LEAVES) -> Outlook:
    """What is promised of the vote of the cell."""
    return every(*acts, case=case, leaves_on=leaves_on)[Step.CELL_VOTED]


class TestOutlook:
    def test_opens_with_the_birthday_and_closes_with_graduation(self) -> None:
        found = vote(TRAINED, APPLIED)
        assert (found.since, found.opened_by) == (date(2024, 5, 20), Bound.AGE)
        assert (found.last_day, found.closed_by) == (date(2024, 7, 9), Bound.LEAVING)
        assert found.is_open
        assert [entry.name for entry in found.entries] == [
            "age.minimum",
            "age.counting",
            "graduation.moves_consideration",
        ]

    def test_is_closed_for_who_turns_eighteen_after_leaving(self) -> None:
        assert not vote(case=replace(CASE, born=date(2006, 7, 10))).is_open
        assert vote(case=replace(CASE, born=date(2006, 7, 9))).is_open

    def test_promises_nothing_behind_a_step_that_is_closed(self) -> None:
        found = every(case=replace(CASE, born=date(2006, 7, 10)))
        assert [step for step, one in found.items() if not one.is_open] == [
            Step.CELL_VOTED,
            Step.BASE_VOTED,
            Step.DECIDED,
            Step.ADMITTED,
        ]
        assert not {Step.NEW_MEMBER_CLASS, Step.RECOGNISED} & set(found)

    def test_opens_today_for_who_is_old_enough(self) -> None:
        found = vote(case=replace(CASE, born=date(2006, 2, 28)))
        assert (found.since, found.opened_by) == (TODAY, Bound.TODAY)
        exact = vote(case=replace(CASE, born=date(2006, 3, 1)))
        assert (exact.since, exact.opened_by) == (TODAY, Bound.AGE)
        before = every(case=replace(CASE, born=date(2006, 2, 28)))[Step.LISTED]
        assert (before.since, before.opened_by) == (TODAY, Bound.TODAY)
        assert [entry.name for entry in before.entries] == ["graduation.moves_consideration"]

    def test_opens_what_follows_with_what_comes_before(self) -> None:
        found = every()
        for step in (Step.BASE_VOTED, Step.DECIDED, Step.ADMITTED):
            assert (found[step].since, found[step].opened_by) == (date(2024, 5, 20), Bound.BEFORE)
            assert found[step].entries[0].name == "age.minimum"
        papers = found[Step.RECOGNITION_PAPERS]
        assert (papers.since, papers.opened_by) == (date(2025, 5, 21), Bound.PROBATION)
        assert [entry.name for entry in papers.entries] == ["probation.length"]
        recognised = found[Step.RECOGNISED]
        assert (recognised.since, recognised.opened_by) == (date(2025, 5, 21), Bound.BEFORE)

    def test_waits_as_long_as_the_probation_that_runs(self) -> None:
        found = every(*until(Step.NEW_MEMBER_CLASS), case=ADULT, today=date(2024, 6, 1))
        assert list(found) == [
            Step.NEW_MEMBER_CLASS,
            Step.RECOGNITION_PAPERS,
            Step.RECOGNITION_VOTED,
            Step.RECOGNITION_BASE_VOTED,
            Step.RECOGNISED,
        ]
        voted = found[Step.RECOGNITION_VOTED]
        assert (voted.since, voted.opened_by) == (date(2025, 5, 20), Bound.PROBATION)
        assert (voted.last_day, voted.closed_by) == (None, None)

    def test_closes_with_what_runs_out_first(self) -> None:
        old = replace(TRAINED, on=date(2019, 6, 1))
        assert vote(old, APPLIED).closed_by is Bound.CERTIFICATE
        assert vote(old, APPLIED).last_day == date(2024, 6, 1)
        assert vote(old, APPLIED).entries[-1].name == "certificate.validity"
        aged = vote(TRAINED, APPLIED, HISTORY, leaves_on=None)
        assert (aged.last_day, aged.closed_by) == (date(2025, 2, 1), Bound.DOSSIER)
        assert aged.entries[-1].name == "dossier.ageing"

    def test_closes_what_comes_before_with_it(self) -> None:
        found = every(TRAINED, APPLIED, HISTORY, leaves_on=None)
        verified = found[Step.VERIFIED]
        assert (verified.last_day, verified.closed_by) == (date(2025, 2, 1), Bound.AFTER)
        assert found[Step.BASE_VOTED].last_day is None

    def test_does_not_close_with_a_dossier_nothing_of_which_can_age(self) -> None:
        found = vote(TRAINED, APPLIED, leaves_on=None)
        assert found.closed_by is Bound.CERTIFICATE

    def test_closes_with_the_papers_made_again_first(self) -> None:
        fresh = Act(30, Step.PAPERS, date(2025, 2, 10), form="5-KNĐ")
        acts = (*until(Step.CELL_VOTED), fresh)
        found = every(*acts, case=ADULT, today=date(2025, 3, 1), leaves_on=None)[Step.CELL_VOTED]
        assert (found.last_day, found.closed_by) == (date(2026, 2, 10), Bound.DOSSIER)
        none = every(*until(Step.CELL_VOTED), case=ADULT, today=date(2025, 3, 1), leaves_on=None)
        assert none[Step.CELL_VOTED].closed_by is Bound.CERTIFICATE

    def test_closes_the_decision_with_a_resolution_that_runs_out(self) -> None:
        hanoi = replace(ADULT, scopes=("central", "province:ha-noi"))
        late = tuple(
            replace(one, on=date(2026, 1, 5)) if one.step is Step.RECOGNITION_VOTED else one
            for one in until(Step.RECOGNITION_BASE_VOTED)
        )
        found = every(*late, case=hanoi, today=date(2026, 1, 6), leaves_on=None)
        decided = found[Step.RECOGNISED]
        assert (decided.last_day, decided.closed_by) == (date(2026, 3, 13), Bound.RESOLUTION)
        assert [one.scope for one in decided.entries] == ["province:ha-noi"]

    def test_counts_on_both_bodies_to_resolve_anew(self) -> None:
        hanoi = replace(ADULT, scopes=("central", "province:ha-noi"))
        day = date(2026, 1, 5)
        acts = tuple(
            replace(one, on=day)
            if one.step in (Step.RECOGNITION_VOTED, Step.RECOGNITION_BASE_VOTED)
            else one
            for one in until(Step.RECOGNISED)
        )
        today = date(2026, 3, 16)  # the resolution ran out on 13/3/2026
        found = every(*acts, case=hanoi, today=today, leaves_on=None)
        assert list(found) == [
            Step.RECOGNITION_VOTED,
            Step.RECOGNITION_BASE_VOTED,
            Step.RECOGNISED,
        ]
        plan = planned({Step.RECOGNISED: today}, acts, hanoi, BOOK, today)
        assert plan[0].verdict is Verdict.POSSIBLE
        late = planned({Step.RECOGNISED: today}, acts, hanoi, BOOK, date(2026, 3, 13))
        assert late[0].verdict is Verdict.TOO_LATE
        assert late[0].refusal is not None
        assert late[0].refusal.code == "procedure.expired"

    def test_has_no_end_where_nothing_runs_out(self) -> None:
        found = vote(leaves_on=None)
        assert (found.last_day, found.closed_by) == (None, None)
        assert found.is_open

    def test_takes_the_recorded_graduation_before_the_expected_one(self) -> None:
        found = vote(case=replace(CASE, graduated_on=date(2024, 7, 1)))
        assert found.last_day == date(2024, 6, 30)

    def test_knows_that_the_locality_goes_on_after_graduation(self) -> None:
        graduated = replace(CASE, graduated_on=date(2024, 2, 1))
        gone = Move(date(2024, 2, 10), Destination.LOCALITY, date(2024, 2, 15))
        assert not vote(case=graduated).is_open
        assert vote(case=replace(graduated, moves=(gone,))).closed_by is None
        school = replace(gone, to=Destination.SCHOOL)
        assert not vote(case=replace(graduated, moves=(school,))).is_open

    def test_does_not_close_where_graduation_moves_nothing(self) -> None:
        book = changed(
            """
            [[rule."graduation.moves_consideration".entries]]
            since = 2024-01-01
            value = false
            cite = { doc = "DEFAULT", article = "", confidence = "N" }
            """
        )
        assert every(book=book)[Step.CELL_VOTED].closed_by is None

    def test_asks_for_the_age_of_the_day_it_promises(self) -> None:
        book = changed(
            """
            [[rule."age.minimum".entries]]
            since = 2024-05-01
            value = 19
            cite = { doc = "DEFAULT", article = "", confidence = "N" }
            """
        )
        found = every(book=book, leaves_on=None)[Step.CELL_VOTED]
        # nineteen on 20/5/2025; but from 20/1/2025 on R2 asks for eighteen again
        assert (found.since, found.opened_by) == (date(2025, 1, 20), Bound.AGE)
        older = replace(CASE, born=date(2005, 4, 25))
        assert every(case=older, book=book)[Step.CELL_VOTED].since == TODAY
        born = replace(CASE, born=date(2006, 4, 30))  # eighteen the day before nineteen is asked
        assert every(case=born, book=book)[Step.CELL_VOTED].since == date(2024, 4, 30)

    def test_waits_in_working_days_where_a_rule_does(self) -> None:
        book = changed(
            """
            [rule."decision.pause"]
            unit = "working_day"
            title = "Pause"
            title_vi = "Nghỉ"
            kind = "wait"
            steps = ["decided"]
            starts = "cell_voted"
            consequence_vi = "Chưa được quyết định."
            [[rule."decision.pause".entries]]
            since = 2024-01-01
            value = 5
            cite = { doc = "DEFAULT", article = "", confidence = "N" }
            """
        )
        old = replace(CASE, born=date(2000, 1, 1))
        found = every(case=old, book=book, leaves_on=None)
        assert found[Step.BASE_VOTED].since == TODAY
        assert found[Step.DECIDED].since == date(2024, 3, 9)  # Friday 8/3 is the fifth

    def test_promises_nothing_to_who_stopped_or_never_agreed(self) -> None:
        assert every(case=replace(CASE, stopped_on=TODAY)) == {}
        assert every(case=replace(CASE, consented_on=None)) == {}
        assert every(case=replace(CASE, consented_on=date(2024, 3, 2))) == {}
        assert every(case=replace(CASE, consented_on=TODAY)) != {}

    def test_promises_nothing_at_the_end_of_the_road(self) -> None:
        assert every(*WALKED, case=ADULT, today=date(2026, 1, 1)) == {}
        annulled = Act(50, Step.ANNULLED, date(2024, 6, 1))
        acts = (*until(Step.NEW_MEMBER_CLASS), annulled)
        assert every(*acts, case=ADULT, today=date(2024, 6, 2)) == {}

    def test_promises_nothing_while_the_file_is_on_its_way(self) -> None:
        move = Move(date(2024, 2, 20), Destination.SCHOOL)
        assert every(case=replace(CASE, moves=(move,))) == {}
        there = replace(move, received_on=TODAY)
        assert every(case=replace(CASE, moves=(there,))) != {}

    def test_promises_nothing_of_who_was_too_young(self) -> None:
        young = replace(ADULT, born=date(2006, 4, 3))
        assert every(*until(Step.BASE_VOTED), case=young, today=date(2024, 5, 1)) == {}

    def test_promises_nothing_once_the_votes_are_used_up(self) -> None:
        failed = tuple(
            Act(30 + n, Step.RECOGNITION_VOTED, date(2025, 5, 23 + n), tally=BAD) for n in range(3)
        )
        acts = until(Step.RECOGNITION_VOTED)
        day = date(2025, 6, 1)
        assert every(*acts, *failed[:2], case=ADULT, today=day, leaves_on=None)
        assert every(*acts, *failed, case=ADULT, today=day, leaves_on=None) == {}
        referred = Act(40, Step.REFERRED, date(2025, 6, 1))
        found = every(*acts, *failed, referred, case=ADULT, today=day, leaves_on=None)
        assert list(found) == [Step.RECOGNISED]


class TestPlanned:
    def plan(self, plans: dict[Step, date], *acts: Act, case: Case = ADULT) -> dict[Step, Planned]:
        """What planned days run into, as of 1/3/2024."""
        return {one.step: one for one in planned(plans, acts, case, BOOK, TODAY)}

    def test_is_possible_where_every_vote_carries_and_every_paper_comes(self) -> None:
        day = date(2024, 4, 2)
        found = self.plan({Step.CELL_VOTED: day}, *until(Step.APPLIED))
        assert found == {Step.CELL_VOTED: Planned(Step.CELL_VOTED, day, Verdict.POSSIBLE)}

    def test_does_the_steps_between_in_time_for_the_next(self) -> None:
        plans = {Step.RECOGNITION_VOTED: date(2025, 6, 2), Step.ADMITTED: date(2024, 5, 19)}
        found = self.plan(plans, *until(Step.APPLIED))
        assert list(found) == [Step.ADMITTED, Step.RECOGNITION_VOTED]
        assert {one.verdict for one in found.values()} == {Verdict.POSSIBLE}

    @pytest.mark.parametrize(
        ("plans", "verdict", "code"),
        [
            (
                {Step.RECOGNITION_VOTED: date(2024, 12, 1)},  # the ceremony of the same day
                Verdict.TOO_EARLY,
                "procedure.too_early",
            ),
            (
                {Step.ADMITTED: date(2024, 5, 19), Step.RECOGNITION_VOTED: date(2025, 5, 19)},
                Verdict.TOO_EARLY,
                "procedure.too_early",
            ),
            (
                {
                    Step.ADMITTED: date(2024, 5, 19),
                    Step.RECOGNITION_PAPERS: date(2025, 5, 19),
                },
                Verdict.TOO_EARLY,
                "procedure.too_early",
            ),
            ({Step.LISTED: date(2023, 10, 5)}, Verdict.BLOCKED, "procedure.already_done"),
            ({Step.APPLIED: date(2024, 1, 9)}, Verdict.TOO_EARLY, "procedure.before_previous"),
        ],
    )
    def test_tells_what_a_day_runs_into(
        self, plans: dict[Step, date], verdict: Verdict, code: str
    ) -> None:
        found = self.plan(plans, *until(Step.APPLIED))[list(plans)[-1]]
        assert found.verdict is verdict
        assert found.refusal is not None
        assert found.refusal.code == code

    def test_is_too_early_before_the_birthday(self) -> None:
        found = self.plan({Step.CELL_VOTED: date(2024, 5, 19)}, *until(Step.APPLIED), case=CASE)
        one = found[Step.CELL_VOTED]
        assert one.verdict is Verdict.TOO_EARLY
        assert one.refusal is not None
        assert one.refusal.code == "procedure.too_young"

    @pytest.mark.parametrize(
        ("day", "case", "code"),
        [
            (date(2025, 2, 1), ADULT, None),  # the last day of the dossier's twelve months
            (date(2025, 2, 2), ADULT, "procedure.dossier_aged"),
            (
                date(2024, 7, 1),
                replace(ADULT, graduated_on=date(2024, 7, 1)),
                "procedure.graduated",
            ),
        ],
    )
    def test_is_too_late_after_the_last_day(self, day: date, case: Case, code: str | None) -> None:
        found = planned({Step.CELL_VOTED: day}, until(Step.CELL_VOTED), case, BOOK, TODAY)[0]
        assert found.verdict is (Verdict.POSSIBLE if code is None else Verdict.TOO_LATE)
        assert (found.refusal and found.refusal.code) == code

    def test_is_too_late_with_a_certificate_that_runs_out(self) -> None:
        day = date(2028, 12, 16)  # the certificate is of 15/12/2023
        late = self.plan({Step.CELL_VOTED: day}, *until(Step.APPLIED))[Step.CELL_VOTED]
        assert late.verdict is Verdict.TOO_LATE
        assert late.refusal is not None
        assert late.refusal.code == "procedure.certificate_expired"
        again = self.plan({Step.TRAINED: day, Step.CELL_VOTED: day}, *until(Step.APPLIED))
        assert {one.verdict for one in again.values()} == {Verdict.POSSIBLE}

    def test_is_late_after_a_due(self) -> None:
        acts = until(Step.ADMITTED)  # received 15/5/2024: the thirtieth working day is 26/6/2024
        in_time = planned({Step.ADMITTED: date(2024, 6, 26)}, acts, ADULT, BOOK, TODAY)[0]
        assert (in_time.verdict, in_time.late) == (Verdict.POSSIBLE, ())
        late = planned({Step.ADMITTED: date(2024, 6, 27)}, acts, ADULT, BOOK, TODAY)[0]
        assert late.verdict is Verdict.LATE
        assert [one.name for one in late.late] == ["admission.ceremony"]

    def test_makes_papers_again_that_are_too_old_by_now(self) -> None:
        day = date(2025, 3, 1)
        acts = until(Step.CELL_VOTED)
        assert planned({Step.CELL_VOTED: day}, acts, ADULT, BOOK, TODAY)[0].refusal is not None
        found = planned({Step.CELL_VOTED: day}, acts, ADULT, BOOK, date(2025, 2, 2))
        assert found[0].verdict is Verdict.POSSIBLE

    def test_makes_only_what_is_missing_of_two_introductions(self) -> None:
        case = replace(ADULT, by_members=True)
        acts = tuple(
            one
            for one in until(Step.CELL_VOTED)
            if one.step is not Step.INTRODUCED and one.form != "4-KNĐ"
        )
        assert self.plan({Step.VOUCHED: TODAY}, *acts, case=case)[Step.VOUCHED].refusal is None
        second = Act(30, Step.PAPERS, date(2024, 2, 1), form="3-KNĐ")
        day = date(2025, 3, 1)
        fresh = Act(31, Step.PAPERS, day, form="3-KNĐ")
        found = self.plan({Step.VOUCHED: day}, *acts, second, fresh, case=case)
        assert found[Step.VOUCHED].verdict is Verdict.POSSIBLE

    def test_is_blocked_by_what_nobody_can_do_in_time(self) -> None:
        acts = voided(until(Step.CELL_VOTED), 4)
        stopped = replace(ADULT, union_member=False)
        found = self.plan({Step.CELL_VOTED: date(2024, 4, 2)}, *acts, case=stopped)
        refused = found[Step.CELL_VOTED].refusal
        assert refused is not None
        assert refused.code == "procedure.condition_not_met"
        assert found[Step.CELL_VOTED].verdict is Verdict.BLOCKED

    def test_answers_only_for_steps_of_the_road_in_their_order(self) -> None:
        plans = {
            Step.RECOGNISED: date(2025, 6, 20),
            Step.UNLISTED: date(2024, 3, 2),
            Step.CELL_VOTED: date(2024, 4, 2),
        }
        assert list(self.plan(plans, *until(Step.APPLIED))) == [Step.CELL_VOTED, Step.RECOGNISED]
        assert rules.load() is BOOK
        assert act(Step.CELL_VOTED).tally is not None
