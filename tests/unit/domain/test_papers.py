"""The papers of the road: which form, in which order, how many, how old."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from donghanh.domain.procedure import Act, Case, StageState, Step, replay
from tests.unit.domain.walked import (
    BOOK,
    CASE,
    PAPERS,
    WALKED,
    act,
    judged,
    refusal,
    until,
    voided,
)

HANOI = ("central", "province:ha-noi")
#: Two members introduce instead of the Union and one.
MEMBERS = replace(CASE, by_members=True)


def paper(form: str | None, on: date = date(2024, 2, 1), number: int = 30) -> Act:
    """A paper recorded on a day."""
    return Act(number, Step.PAPERS, on, form=form)


def without_union(acts: tuple[Act, ...]) -> tuple[Act, ...]:
    """The same acts where two members introduce: no resolution of the Union."""
    return tuple(one for one in acts if one.step is not Step.INTRODUCED and one.form != "4-KNĐ")


class TestForms:
    @pytest.mark.parametrize("form", PAPERS)
    def test_of_the_dossier_come_once_it_is_allowed(self, form: str) -> None:
        new = paper(form)
        assert judged(new, until(Step.APPLIED)).passed
        refused = refusal(new, until(Step.ALLOWED))
        assert refused.code == "procedure.step_not_allowed"
        assert refused.facts["missing"] is Step.ALLOWED

    def test_of_opinions_may_come_before_the_application(self) -> None:
        assert judged(paper("5-KNĐ"), until(Step.APPLIED)).passed

    @pytest.mark.parametrize("form", [None, "6-KNĐ", "17-KNĐ", "2-TN", "CN-NTVĐ", "5D-KNĐ"])
    def test_that_are_none_of_theirs_are_refused(self, form: str | None) -> None:
        refused = refusal(paper(form), until(Step.APPLIED))
        assert refused.code == "procedure.form_unknown"
        assert refused.facts == {"form": form}

    def test_are_not_dated_before_the_step_they_follow(self) -> None:
        refused = refusal(paper("1-KNĐ", date(2024, 1, 9)), until(Step.APPLIED))
        assert refused.code == "procedure.before_previous"
        assert refused.facts == {
            "step": Step.APPLIED,
            "on": date(2024, 1, 9),
            "previous": Step.ALLOWED,
            "since": date(2024, 1, 10),
        }
        assert judged(paper("1-KNĐ", date(2024, 1, 10)), until(Step.APPLIED)).passed

    @pytest.mark.parametrize("form", PAPERS)
    def test_are_named_when_missing(self, form: str) -> None:
        acts = tuple(one for one in until(Step.CELL_VOTED) if one.form != form)
        refused = refusal(act(Step.CELL_VOTED), acts)
        assert refused.code == "procedure.papers_missing"
        assert refused.facts == {"step": Step.CELL_VOTED, "forms": (form,)}

    def test_are_not_recorded_twice(self) -> None:
        refused = refusal(paper("3-KNĐ", date(2024, 3, 1)), until(Step.CELL_VOTED))
        assert refused.code == "procedure.already_done"
        assert refused.facts == {
            "step": Step.VOUCHED,
            "form": "3-KNĐ",
            "on": date(2024, 2, 1),
            "act": 8,
        }

    def test_of_the_probation_come_after_the_ceremony(self) -> None:
        new = paper("10-KNĐ", date(2025, 5, 20))
        assert judged(new, until(Step.RECOGNITION_PAPERS)).passed
        refused = refusal(new, until(Step.ADMITTED))
        assert refused.code == "procedure.step_not_allowed"
        assert refused.facts["missing"] is Step.ADMITTED

    def test_may_be_made_again_after_one_was_declared_invalid(self) -> None:
        acts = voided(until(Step.CELL_VOTED), 8)
        assert judged(paper("3-KNĐ", date(2024, 3, 1)), acts).passed

    def test_wait_for_the_verification_of_nobody(self) -> None:
        acts = tuple(one for one in until(Step.CELL_VOTED) if one.step is not Step.VERIFIED)
        refused = refusal(act(Step.CELL_VOTED), acts)
        assert refused.facts["missing"] is Step.VERIFIED
        assert judged(act(Step.VERIFIED), acts).passed

    def test_come_before_the_verification_that_is_of_them(self) -> None:
        acts = tuple(one for one in until(Step.VERIFIED) if one.form != "2-KNĐ")
        refused = refusal(act(Step.VERIFIED), acts)
        assert refused.code == "procedure.papers_missing"
        assert refused.facts == {"step": Step.VERIFIED, "forms": ("2-KNĐ",)}


class TestOrder:
    def test_keeps_the_application_before_the_history(self) -> None:
        before = until(Step.APPLIED)
        history, late = paper("2-KNĐ"), paper("1-KNĐ", date(2024, 2, 2), 31)
        refused = refusal(late, (*before, history))
        assert refused.code == "procedure.application_after_history"
        assert refused.facts == {"form": "1-KNĐ", "on": date(2024, 2, 2), "other": "2-KNĐ"}
        turned = refusal(history, (*before, late))
        assert turned.code == "procedure.application_after_history"
        assert turned.facts == {"form": "1-KNĐ", "on": date(2024, 2, 2), "other": "2-KNĐ"}
        assert judged(replace(late, on=date(2024, 2, 1)), (*before, history)).passed
        assert judged(replace(history, on=date(2024, 2, 2)), (*before, late)).passed

    @pytest.mark.parametrize("form", ["1A-KNĐ", "1B-KNĐ"])
    def test_holds_for_the_number_a_place_gives_the_application(self, form: str) -> None:
        case = replace(CASE, scopes=HANOI)
        before = until(Step.APPLIED)
        history, late = paper("2-KNĐ"), paper(form, date(2024, 2, 2), 31)
        refused = refusal(late, (*before, history), case)
        assert refused.code == "procedure.application_after_history"
        assert refused.facts["other"] == "2-KNĐ"
        assert refusal(history, (*before, late), case).code == (
            "procedure.application_after_history"
        )
        assert judged(replace(late, on=date(2024, 2, 1)), (*before, history), case).passed

    def test_refuses_the_same_paper_under_its_other_number(self) -> None:
        case = replace(CASE, scopes=HANOI)
        refused = refusal(paper("1B-KNĐ", number=31), (*until(Step.APPLIED), paper("1A-KNĐ")), case)
        assert refused.code == "procedure.already_done"
        assert refused.facts["form"] == "1B-KNĐ"


class TestAgeing:
    vote = act(Step.CELL_VOTED)

    def aged(self) -> tuple[Act, ...]:
        """Everything before the cell's vote; the dossier was opened on 1/2/2024."""
        return until(Step.CELL_VOTED)

    def test_begins_after_twelve_months(self) -> None:
        assert judged(replace(self.vote, on=date(2025, 2, 1)), self.aged()).passed
        refused = refusal(replace(self.vote, on=date(2025, 2, 2)), self.aged())
        assert refused.code == "procedure.dossier_aged"
        assert refused.facts["forms"] == ("2-KNĐ", "3-KNĐ", "4-KNĐ", "5-KNĐ", "TT-NX")
        assert refused.facts["last_day"] == date(2025, 2, 1)
        assert refused.facts["step"] is Step.CELL_VOTED
        entry = refused.facts["entry"]
        assert getattr(entry, "name", "") == "dossier.ageing"

    def test_is_over_when_everything_was_made_again(self) -> None:
        acts = self.aged()
        for number, form in enumerate(PAPERS[1:], start=30):
            new = paper(form, date(2025, 2, 10), number)
            assert judged(new, acts).passed
            acts = (*acts, new)
        late = replace(self.vote, on=date(2025, 3, 1))
        assert refusal(late, acts).facts["forms"] == ("TT-NX",)
        again = Act(40, Step.VERIFIED, date(2025, 2, 20))
        assert judged(again, acts).passed
        acts = (*acts, again)
        assert judged(late, acts).passed
        stage = replay(acts, CASE, BOOK, date(2025, 3, 1)).stage(Step.APPLIED)
        clock = next(one for one in stage.clocks if one.name == "dossier.ageing")
        assert (clock.starts_on, clock.last_day) == (date(2025, 2, 10), date(2026, 2, 10))
        assert judged(replace(self.vote, on=date(2026, 2, 10)), acts).passed
        assert refusal(replace(self.vote, on=date(2026, 2, 11)), acts).code == (
            "procedure.dossier_aged"
        )

    def test_does_not_let_a_paper_be_made_again_before(self) -> None:
        new = paper("5-KNĐ", date(2025, 2, 1))
        assert refusal(new, self.aged()).code == "procedure.already_done"
        assert judged(replace(new, on=date(2025, 2, 2)), self.aged()).passed

    def test_never_asks_for_the_application_again(self) -> None:
        refused = refusal(paper("1-KNĐ", date(2025, 2, 10)), self.aged())
        assert refused.code == "procedure.already_done"

    def test_opens_the_verification_again(self) -> None:
        road = replay(self.aged(), CASE, BOOK, date(2025, 2, 2))
        stage = road.stage(Step.VERIFIED)
        assert stage.stale
        assert stage.state is StageState.AHEAD  # the history comes first
        assert road.stage(Step.APPLIED).state is StageState.NOW
        fresh = replay(self.aged(), CASE, BOOK, date(2025, 2, 1)).stage(Step.VERIFIED)
        assert (fresh.state, fresh.stale) == (StageState.DONE, False)

    def test_stops_with_the_resolution_of_the_cell(self) -> None:
        acts = until(Step.BASE_VOTED)
        road = replay(acts, CASE, BOOK, date(2026, 1, 1))
        assert all(
            road.stage(step).state is StageState.DONE
            for step in (Step.APPLIED, Step.VERIFIED, Step.VOUCHED, Step.OPINIONS)
        )
        clock = next(one for one in road.stage(Step.APPLIED).clocks)
        assert (clock.name, clock.done_on) == ("dossier.ageing", date(2024, 4, 2))


class TestTwoMembers:
    def opened(self) -> tuple[Act, ...]:
        """Everything before the introductions, with the application and the history."""
        return without_union(until(Step.VOUCHED))

    def whole(self) -> tuple[Act, ...]:
        """Everything before the cell's vote."""
        return without_union((*until(Step.CELL_VOTED), paper("3-KNĐ")))

    def test_write_one_introduction_each(self) -> None:
        acts = without_union(until(Step.CELL_VOTED))
        refused = refusal(act(Step.CELL_VOTED), acts, MEMBERS)
        assert refused.facts["forms"] == ("3-KNĐ",)
        assert judged(paper("3-KNĐ"), acts, MEMBERS).passed
        assert judged(act(Step.CELL_VOTED), self.whole(), MEMBERS).passed
        third = refusal(paper("3-KNĐ", number=31), self.whole(), MEMBERS)
        assert third.code == "procedure.already_done"
        assert third.facts["act"] == 30

    def test_need_no_union(self) -> None:
        refused = refusal(paper("4-KNĐ"), self.opened(), MEMBERS)
        assert refused.code == "procedure.form_unknown"
        not_member = replace(MEMBERS, union_member=False)
        assert judged(act(Step.CELL_VOTED), self.whole(), not_member).passed

    def test_both_write_again_when_the_dossier_aged(self) -> None:
        day = date(2025, 3, 1)
        acts = self.whole()
        for number, form in enumerate(("2-KNĐ", "5-KNĐ"), start=40):
            acts = (*acts, paper(form, day, number))
        acts = (*acts, Act(50, Step.VERIFIED, day), paper("3-KNĐ", day, 51))
        vote = replace(act(Step.CELL_VOTED), on=day)
        refused = refusal(vote, acts, MEMBERS)
        assert refused.code == "procedure.dossier_aged"
        assert refused.facts["forms"] == ("3-KNĐ",)
        second = paper("3-KNĐ", day, 52)
        assert judged(second, acts, MEMBERS).passed
        assert judged(vote, (*acts, second), MEMBERS).passed
        assert refusal(paper("3-KNĐ", day, 53), (*acts, second), MEMBERS).code == (
            "procedure.already_done"
        )


class TestPlaces:
    def test_ask_for_the_parents_where_the_province_does(self) -> None:
        case = replace(CASE, scopes=HANOI)
        shift = timedelta(days=822)
        acts = tuple(replace(one, on=one.on + shift) for one in until(Step.PARENTS_HEARD))
        new = replace(act(Step.LISTED), on=date(2026, 1, 20))
        refused = refusal(new, acts, case)
        assert refused.code == "procedure.papers_missing"
        assert refused.facts["forms"] == ("2-TN",)
        opinion = paper("2-TN", date(2026, 1, 15))
        assert judged(opinion, acts, case).passed
        assert judged(new, (*acts, opinion), case).passed
        assert judged(new, acts, CASE).passed  # elsewhere no rule asks for it

    def test_ask_for_nothing_before_their_rule_is_in_force(self) -> None:
        case = replace(CASE, scopes=HANOI)
        shift = timedelta(days=762)
        acts = tuple(replace(one, on=one.on + shift) for one in until(Step.PARENTS_HEARD))
        last = replace(act(Step.LISTED), on=date(2025, 11, 20))
        assert judged(last, acts, case).passed
        refused = refusal(replace(last, on=date(2025, 11, 21)), acts, case)
        assert refused.facts["forms"] == ("2-TN",)
        road = replay((*acts, last), case, BOOK, date(2026, 6, 1))
        assert road.stage(Step.PARENTS_HEARD).state is StageState.SKIPPED

    def test_may_ask_for_more_than_must_be_there(self) -> None:
        case = Case(date(2006, 3, 15), date(2023, 9, 1), scopes=HANOI)
        acts = until(Step.APPLIED)
        assert judged(paper("KS-BS"), acts, case).passed
        assert refusal(paper("KS-BS"), acts).code == "procedure.form_unknown"


class TestNewMembers:
    def test_stop_their_clock_with_the_last_of_the_papers(self) -> None:
        acts = until(Step.NEW_MEMBER_CLASS)
        forms = [
            paper(form, date(2024, 6, 3 + n), 30 + n) for n, form in enumerate(("1-HSĐV", "2-HSĐV"))
        ]
        for given, running in ((forms[:1], True), (forms[1:], True), (forms, False)):
            road = replay((*acts, *given), CASE, BOOK, date(2024, 6, 5))
            assert ("member.papers" in {one.name for one in road.clocks}) is running
            state = road.stage(Step.MEMBER_PAPERS).state
            assert state is (StageState.NOW if running else StageState.DONE)
        clock = road.stage(Step.MEMBER_PAPERS).clocks[0]
        assert (clock.done_on, clock.done_late) == (date(2024, 6, 4), False)

    def test_are_told_when_the_last_paper_is_late(self) -> None:
        # the ceremony was on 19/5/2024: thirty working days end on 28/6/2024
        acts = (*until(Step.NEW_MEMBER_CLASS), paper("1-HSĐV", date(2024, 6, 3)))
        in_time = paper("2-HSĐV", date(2024, 6, 28), 31)
        assert judged(in_time, acts).late == ()
        late = judged(replace(in_time, on=date(2024, 7, 1)), acts).late
        assert [(one.name, one.last_day) for one in late] == [("member.papers", date(2024, 6, 28))]

    def test_never_hold_the_road_up(self) -> None:
        assert judged(act(Step.NEW_MEMBER_CLASS), until(Step.MEMBER_PAPERS)).passed
        road = replay(WALKED, CASE, BOOK, date(2026, 1, 1))
        assert road.stage(Step.MEMBER_PAPERS).state is StageState.NOW
        assert road.current is None
