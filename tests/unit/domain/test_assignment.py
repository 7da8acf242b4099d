"""How a letter's duties and targets become tasks and targets of units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from donghanh.domain import assignment, rules
from donghanh.domain.assignment import Duty
from donghanh.domain.calendar import SchoolYear, Workdays

YEAR = SchoolYear.from_key("2023-2024")


def _until_2029() -> Workdays:
    """A calendar that knows 2029 too."""
    known = rules.load().workdays().years
    one = replace(known[-1], year=2029, off=frozenset(), worked=frozenset())
    return Workdays((*known, one))


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

    @pytest.mark.parametrize(
        ("before", "shift", "last"),
        [
            (False, "", date(2029, 6, 10)),  # the Sunday named counts
            (False, "earlier", date(2029, 6, 8)),
            (False, "later", date(2029, 6, 11)),
            (True, "", date(2029, 6, 9)),  # a Saturday
            (True, "earlier", date(2029, 6, 8)),
            (True, "later", date(2029, 6, 11)),
        ],
    )
    def test_moves_the_tenth_of_june_on_a_sunday_only_where_the_letter_says_so(
        self, before: bool, shift: str, last: date
    ) -> None:
        duty = Duty("Báo cáo kết quả", "--06-10", True, before, shift)
        year = SchoolYear.from_key("2028-2029")
        for workdays in (rules.load().workdays(), _until_2029()):  # it may not reach so far
            (task,) = assignment.dated([duty], year=year, workdays=workdays)
            assert task.last == last

    def test_keeps_the_duty_and_the_school_year_beside_its_days(self) -> None:
        duty = Duty("Báo cáo sơ kết", "2024-01-05", False, False)

        (task,) = assignment.dated([duty], year=YEAR)

        assert (task.duty, task.school_year) == (duty, "2023-2024")

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


class TestDutiesOf:
    """The duties of a confirmed reading."""

    def test_takes_over_what_the_reading_says(self) -> None:
        said = {"text": "Báo cáo", "due": "--06-10", "recurs": "yearly", "before": True}

        assert assignment.duties_of({"duties": [said]}) == (Duty("Báo cáo", "--06-10", True, True),)

    @pytest.mark.parametrize("due", [None, ""])
    def test_takes_what_is_left_open_for_once_and_without_a_day(self, due: str | None) -> None:
        said = {"text": "Tuyên truyền", "due": due, "recurs": None}

        assert assignment.duties_of({"duties": [said]}) == (
            Duty("Tuyên truyền", None, False, False),
        )

    def test_finds_none_in_a_letter_without_duties(self) -> None:
        assert assignment.duties_of({}) == ()


class TestTargetOf:
    """How many admissions a confirmed reading asks for."""

    def test_is_mute_where_the_letter_is(self) -> None:
        assert assignment.target_of({}) is None

    def test_sums_the_targets_of_the_first_school_year_named(self) -> None:
        targets = [
            {"amount": 2, "year": "2023-2024"},
            {"amount": 3, "year": "2023-2024"},
            {"amount": 9, "year": "2024-2025"},
        ]

        assert assignment.target_of({"targets": targets}) == 5

    @pytest.mark.parametrize(
        "other",
        [
            {"amount": None},
            {"amount": 15.5},
            {"amount": 15, "kind": "percent", "bound": "at_least"},
            {"amount": 10, "kind": "at_most", "bound": "at_most"},
            {"amount": 4, "what": "giới thiệu", "of": "đoàn viên ưu tú"},
            {"amount": 1, "what": None, "of": "câu lạc bộ"},
        ],
    )
    def test_leaves_out_what_asks_for_no_number_of_admissions(
        self, other: Mapping[str, Any]
    ) -> None:
        asked = {"amount": 2, "kind": "at_least", "bound": "at_least", "what": "kết nạp"}

        assert assignment.target_of({"targets": [other]}) is None
        assert assignment.target_of({"targets": [other, asked]}) == 2

    @pytest.mark.parametrize(
        "asked",
        [
            {"what": "Kết nạp", "of": "câu lạc bộ"},  # the verb alone says it
            {"what": "phấn đấu kết nạp"},
            {"of": "học sinh ưu tú"},
            {"of": "Quần chúng ưu tú"},
            {"of": "đoàn viên"},
            {"of": "đảng viên mới"},
            {"of": ""},
            {},
        ],
    )
    def test_counts_whoever_may_be_admitted(self, asked: Mapping[str, Any]) -> None:
        assert assignment.target_of({"targets": [{"amount": 3, **asked}]}) == 3


class TestSchoolYearOf:
    """The school year a confirmed reading speaks of."""

    ON = date(2026, 1, 1)

    @pytest.mark.parametrize(
        ("reading", "key"),
        [
            (
                {
                    "targets": [{"year": "2023-2024"}],
                    "duties": [{"text": "a", "due": "2025-06-10"}],
                },
                "2023-2024",
            ),
            # a target for a calendar year, or for none, leaves the word to the next
            ({"targets": [{"year": "2024"}, {"year": None}, {"year": "2022-2023"}]}, "2022-2023"),
            ({"duties": [{"text": "a", "due": "2025-06-10"}]}, "2024-2025"),
            # a day of every year, or none, leaves it to the next too
            (
                {
                    "duties": [
                        {"text": "a", "due": "--06-10"},
                        {"text": "b"},
                        {"text": "c", "due": "2024-09-30"},
                    ]
                },
                "2024-2025",
            ),
            ({"targets": [{"year": "2024"}], "duties": [{"text": "a", "due": None}]}, "2025-2026"),
            ({}, "2025-2026"),
        ],
    )
    def test_follows_the_targets_then_the_days_then_the_day_of_issue(
        self, reading: Mapping[str, Any], key: str
    ) -> None:
        assert assignment.school_year_of(reading, self.ON).key == key


UNITS = {
    1: "Trường THPT Chuyên Nguyễn Chí Thanh",
    2: "Trường THPT Đức Lập",
    3: "Trung tâm GDNN-GDTX (cơ sở 2)",
    4: "",
}


class TestNamedAmong:
    """Which units a letter names."""

    @pytest.mark.parametrize(
        ("named", "found"),
        [
            (["trường THPT chuyên Nguyễn Chí Thanh"], {1}),
            (["THPT DUC LAP"], {2}),  # whatever case and marks
            (["Chi bộ Trường THPT Đức Lập"], {2}),  # the letter may say more than the name
            (["Trung tâm GDNN-GDTX (tỉnh)"], {3}),  # brackets are no part of a name
            (["Trường THPT"], {1, 2}),
            (["THPT Đức"], {2}),
            (["THPT Đức Lậ"], set()),  # whole words only
            (["(mọi đơn vị)", ""], set()),  # nothing left to compare
            ([], set()),
            (["Trường THPT Krông Nô", "THPT Đức Lập"], {2}),
        ],
    )
    def test_compares_whole_words_without_case_and_marks(
        self, named: list[str], found: set[int]
    ) -> None:
        assert assignment.named_among(named, UNITS) == found


class TestProposal:
    """A first sharing out."""

    @pytest.mark.parametrize(
        ("target", "named", "shares"),
        [
            (5, [7, 9, 3], {7: 2, 9: 2, 3: 1}),
            (2, [7, 9, 3], {7: 1, 9: 1}),  # who gets none is left out
            (4, [7, 9], {7: 2, 9: 2}),
            (0, [7], {}),
            (None, [7], {}),
            (3, [], {}),
        ],
    )
    def test_is_as_even_as_can_be(
        self, target: int | None, named: list[int], shares: dict[int, int]
    ) -> None:
        assert assignment.proposal(target, named) == shares

    @given(st.integers(1, 500), st.integers(1, 60))
    def test_gives_out_the_whole_target_with_a_difference_of_one_at_most(
        self, target: int, units: int
    ) -> None:
        shares = assignment.proposal(target, list(range(units)))
        amounts = [shares.get(unit, 0) for unit in range(units)]
        assert sum(amounts) == target
        assert max(amounts) - min(amounts) <= 1
        assert amounts == sorted(amounts, reverse=True)  # who is named first takes the rest
