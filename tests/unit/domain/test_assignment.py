"""How a letter's duties and targets become tasks and targets of units."""

from __future__ import annotations

from datetime import date

import pytest

from donghanh.domain import assignment
from donghanh.domain.assignment import Duty
from donghanh.domain.calendar import SchoolYear

YEAR = SchoolYear.from_key("2023-2024")


class TestDated:
    """Duties with a day."""

    @pytest.mark.parametrize(
        ("due", "before", "day", "last"),
        [
            # before 10 June: the tenth itself is late
            ("2024-06-10", True, date(2024, 6, 10), date(2024, 6, 9)),
            # by 10 June: the tenth is in time
            ("2024-06-10", False, date(2024, 6, 10), date(2024, 6, 10)),
            # every year: laid in the school year, spring in its second calendar year
            ("--06-10", True, date(2024, 6, 10), date(2024, 6, 9)),
            # autumn in its first
            ("--10-15", False, date(2023, 10, 15), date(2023, 10, 15)),
            # the first day of the school year belongs to it
            ("--08-01", False, date(2023, 8, 1), date(2023, 8, 1)),
            # the last one too
            ("--07-31", False, date(2024, 7, 31), date(2024, 7, 31)),
            # a month: its last day, in a leap year
            ("2024-02", False, date(2024, 2, 29), date(2024, 2, 29)),
        ],
    )
    def test_lays_a_day_in_the_school_year(
        self, due: str, before: bool, day: date, last: date
    ) -> None:
        task = assignment.dated([Duty("Báo cáo kết quả", due, True, before)], year=YEAR)[0]

        assert (task.due, task.last, task.asks_report) == (day, last, True)

    def test_leaves_out_a_duty_without_a_day_and_keeps_the_places_of_the_others(self) -> None:
        duties = [Duty("Tuyên truyền", None, False, False), Duty("Rà soát", "--05-20", True, False)]

        tasks = assignment.dated(duties, year=YEAR)

        assert [(task.position, task.asks_report) for task in tasks] == [(1, False)]

    @pytest.mark.parametrize("due", ["mai", "2024-13-01", "2024-02-30", "---20", "--02-30"])
    def test_refuses_a_day_that_is_none(self, due: str) -> None:
        with pytest.raises(assignment.DueUnreadable) as refused:
            assignment.dated([Duty("Báo cáo", due, False, False)], year=YEAR)

        assert refused.value.facts == {"due": due}


class TestCheckShares:
    """Sharing a target out."""

    @pytest.mark.parametrize(
        ("shares", "target", "without"),
        [
            ({1: 2}, 2, False),  # exactly
            ({1: 2, 2: 1}, 2, False),  # more than asked is allowed
            ({1: 0}, None, True),  # said that none is meant
            ({1: 1}, None, False),  # the officer wrote one
            ({1: 0}, 2, True),  # the letter's target is not passed on, and it was said
        ],
    )
    def test_lets_a_sharing_that_adds_up_pass(
        self, shares: dict[int, int], target: int | None, without: bool
    ) -> None:
        assert (
            assignment.check_shares(shares, target=target, without_target=without) is None  # type: ignore[func-returns-value]
        )

    def test_refuses_nobody(self) -> None:
        with pytest.raises(assignment.NoRecipients):
            assignment.check_shares({}, target=2, without_target=False)

    def test_refuses_a_letter_without_target_unless_it_is_said(self) -> None:
        with pytest.raises(assignment.NoTarget):
            assignment.check_shares({1: 0}, target=None, without_target=False)

    def test_refuses_one_too_few(self) -> None:
        with pytest.raises(assignment.SharedTooLittle) as refused:
            assignment.check_shares({1: 1, 2: 0}, target=2, without_target=False)

        assert refused.value.facts == {"target": 2, "shared": 1}


class TestReadings:
    """What a confirmed reading says."""

    def test_takes_the_school_year_from_the_target_first(self) -> None:
        reading = {
            "targets": [{"amount": 2, "year": "2023-2024"}],
            "duties": [{"text": "a", "due": "2025-06-10"}],
        }

        assert assignment.school_year_of(reading, date(2026, 1, 1)).key == "2023-2024"

    def test_then_from_a_full_day_and_last_from_the_day_of_issue(self) -> None:
        assert (
            assignment.school_year_of(
                {"duties": [{"text": "a", "due": "2025-06-10"}]}, date(2026, 1, 1)
            ).key
            == "2024-2025"
        )
        assert assignment.school_year_of({}, date(2026, 1, 1)).key == "2025-2026"

    def test_sums_the_targets_and_is_mute_without_one(self) -> None:
        assert assignment.target_of({"targets": [{"amount": 2}, {"amount": 3}]}) == 5
        assert assignment.target_of({"targets": [{"amount": None}]}) is None

    def test_counts_a_target_without_a_verb_only_when_it_counts_people(self) -> None:
        club = {"amount": 1, "of": "câu lạc bộ", "year": "2023-2024"}
        pupils = {"amount": 3, "of": "học sinh ưu tú", "year": "2023-2024"}

        assert assignment.target_of({"targets": [club, pupils]}) == 3
        assert assignment.target_of({"targets": [club]}) is None
