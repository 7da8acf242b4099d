"""The days on which the cell can vote."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from donghanh.domain import rules
from donghanh.domain.acts import Act, Case, Step
from donghanh.domain.forecast import Bound, VoteWindow, vote_window
from donghanh.domain.replaying import replay
from donghanh.domain.voting import Tally

BOOK = rules.load()
TODAY = date(2024, 3, 1)
CASE = Case(born=date(2006, 5, 20), consented_on=date(2023, 9, 1))
TRAINED = Act(1, Step.TRAINED, date(2023, 12, 15))
APPLIED = Act(2, Step.PAPERS, date(2024, 2, 1), form="1-KNĐ")
LEAVES = date(2024, 7, 10)


def window(*acts: Act, case: Case = CASE, leaves_on: date | None = LEAVES) -> VoteWindow:
    found = vote_window(replay(acts, case, BOOK, TODAY), TODAY, leaves_on)
    assert found is not None
    return found


class TestVoteWindow:
    def test_opens_with_the_birthday_and_closes_with_graduation(self) -> None:
        found = window(TRAINED, APPLIED)
        assert (found.since, found.opened_by) == (date(2024, 5, 20), Bound.AGE)
        assert (found.last_day, found.closed_by) == (date(2024, 7, 9), Bound.LEAVING)
        assert found.is_open
        assert [entry.name for entry in found.entries] == ["age_minimum", "age_counting"]

    def test_is_closed_for_who_turns_eighteen_after_leaving(self) -> None:
        assert not window(case=replace(CASE, born=date(2006, 7, 10))).is_open
        assert window(case=replace(CASE, born=date(2006, 7, 9))).is_open

    def test_opens_today_for_who_is_old_enough(self) -> None:
        found = window(case=replace(CASE, born=date(2006, 3, 1)))
        assert (found.since, found.opened_by) == (TODAY, Bound.TODAY)

    def test_closes_with_what_runs_out_first(self) -> None:
        old = replace(TRAINED, on=date(2019, 6, 1))
        assert window(old, APPLIED).closed_by is Bound.CERTIFICATE
        assert window(old, APPLIED).last_day == date(2024, 6, 1)
        aged = window(TRAINED, APPLIED, leaves_on=None)
        assert (aged.last_day, aged.closed_by) == (date(2025, 2, 1), Bound.DOSSIER)

    def test_has_no_end_where_nothing_runs_out(self) -> None:
        found = window(leaves_on=None)
        assert found.last_day is None
        assert found.is_open

    def test_takes_the_recorded_graduation_before_the_expected_one(self) -> None:
        found = window(case=replace(CASE, graduated_on=date(2024, 7, 1)))
        assert found.last_day == date(2024, 6, 30)

    def test_is_over_once_the_cell_has_voted_or_the_person_stopped(self) -> None:
        vote = Act(3, Step.CELL_VOTED, date(2024, 6, 1), tally=Tally(9, 0, 9, 9, 9, 0, 0))
        assert vote_window(replay((vote,), CASE, BOOK, TODAY), TODAY, LEAVES) is None
        stopped = replace(CASE, stopped_on=TODAY)
        assert vote_window(replay((), stopped, BOOK, TODAY), TODAY, LEAVES) is None
