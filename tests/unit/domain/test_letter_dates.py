"""Days and school years as letters write them."""

from __future__ import annotations

import re

import pytest

from donghanh.domain.letter import dates
from donghanh.domain.letter.dates import Written

DAY = re.compile(dates.day_pattern("a"))


def found(text: str) -> tuple[str | None, str] | None:
    """Return the ISO day and the words of the first day in a text."""
    match = DAY.search(text)
    day = dates.written(match, "a") if match else None
    if match is None or day is None:
        return None
    start, end = dates.extent(match, "a")
    return day.iso(), text[start:end]


class TestDayPattern:
    @pytest.mark.parametrize(
        ("text", "day"),
        [
            ("ngày 10/6 hằng năm", ("--06-10", "10/6")),
            ("30-11-2021 của", ("2021-11-30", "30-11-2021")),
            ("03.01.2025", ("2025-01-03", "03.01.2025")),
            ("10 / 6 / 2024,", ("2024-06-10", "10 / 6 / 2024")),
            ("ngày 16 tháng 6 năm 2022 của", ("2022-06-16", "16 tháng 6 năm 2022")),
            ("ngày 16 tháng 6, các", ("--06-16", "16 tháng 6")),
            ("31/02", (None, "31/02")),
            ("31/13/2024", (None, "31/13/2024")),
        ],
    )
    def test_finds_a_day_in_figures_or_words_and_where_it_stands(
        self, text: str, day: tuple[str | None, str]
    ) -> None:
        assert found(text) == day

    @pytest.mark.parametrize("text", ["2/3 4", "123", "năm 2024", "10/6a"])
    def test_takes_no_number_or_fraction_for_a_day(self, text: str) -> None:
        assert found(text) is None

    def test_finds_nothing_where_the_group_took_no_part(self) -> None:
        match = re.match(rf"x|{dates.day_pattern('b')}", "x")
        assert match is not None
        assert dates.written(match, "b") is None


class TestWritten:
    @pytest.mark.parametrize(
        ("written", "iso"),
        [
            (Written(10, 6, 2024), "2024-06-10"),
            (Written(10, 6, None), "--06-10"),
            (Written(29, 2, None), "--02-29"),  # there is one in some year
            (Written(29, 2, 2023), None),
            (Written(30, 2, None), None),
            (Written(1, 13, 2024), None),
            (Written(1, 1, 987), "0987-01-01"),
        ],
    )
    def test_is_iso_where_there_is_such_a_day(self, written: Written, iso: str | None) -> None:
        assert (written.iso(), written.exists()) == (iso, iso is not None)

    @pytest.mark.parametrize(
        ("written", "after", "iso"),
        [
            (Written(10, 6, None), (2024, 6, 9), "2024-06-10"),
            (Written(10, 6, None), (2024, 6, 10), "2024-06-10"),  # the day itself
            (Written(10, 6, None), (2024, 6, 11), "2025-06-10"),
            (Written(29, 2, None), (2024, 3, 1), "2028-02-29"),
            (Written(29, 2, None), (1896, 3, 1), "1904-02-29"),  # 1900 was no leap year
            (Written(30, 2, None), (2024, 1, 1), None),
        ],
    )
    def test_comes_next_on_or_after_a_day(
        self, written: Written, after: tuple[int, int, int], iso: str | None
    ) -> None:
        assert written.next_from(*after) == iso


class TestSchoolYears:
    @pytest.mark.parametrize(
        ("text", "keys"),
        [
            ("trong năm học 2023 - 2024,", ["2023-2024"]),
            ("Năm học: 2023-24 và năm học 2024/2025", ["2023-2024", "2024-2025"]),
            ("năm học 1999-00, năm học 2019-21", ["1999-2000", "2019-2021"]),
            ("năm học 1998-99", ["1998-1999"]),
            ("năm học 2023 đến 2024", ["2023-2024"]),
            ("năm học 2023", []),
            ("năm 2023-2024", []),
            ("năm học 2023-20245", []),
        ],
    )
    def test_are_found_however_written(self, text: str, keys: list[str]) -> None:
        assert [year.key() for year in dates.school_years(text)] == keys

    def test_stand_where_their_figures_do(self) -> None:
        text = "trong năm học 2023 - 24."
        (year,) = dates.school_years(text)
        assert text[year.start : year.end] == "2023 - 24"

    @pytest.mark.parametrize(
        ("last", "odd"), [(2024, False), (2023, True), (2025, True), (2022, True)]
    )
    def test_are_odd_where_the_years_do_not_follow(self, last: int, odd: bool) -> None:
        assert dates.SchoolYear(2023, last, 0, 9).is_odd() is odd
