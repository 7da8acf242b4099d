"""Days, counts and shares as papers write them."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from donghanh.documents import wording
from donghanh.documents.papers import Rate


class TestDayInWords:
    @pytest.mark.parametrize(
        ("day", "words"),
        [
            # Days 1 to 9 and months 1 and 2 get a zero; month 3 and day 10 do not.
            (date(2024, 6, 9), "ngày 09 tháng 6 năm 2024"),
            (date(2024, 6, 10), "ngày 10 tháng 6 năm 2024"),
            (date(2024, 1, 1), "ngày 01 tháng 01 năm 2024"),
            (date(2024, 2, 29), "ngày 29 tháng 02 năm 2024"),
            (date(2024, 3, 31), "ngày 31 tháng 3 năm 2024"),
            (date(2024, 12, 31), "ngày 31 tháng 12 năm 2024"),
        ],
    )
    def test_puts_a_zero_before_small_days_and_months(self, day: date, words: str) -> None:
        assert wording.day_in_words(day) == words

    def test_leaves_blanks_in_a_draft(self) -> None:
        assert wording.day_in_words(None).split() == ["ngày", "tháng", "năm"]


class TestPlaceAndDay:
    def test_leaves_out_the_comma_without_a_place(self) -> None:
        assert wording.place_and_day("  ", date(2024, 6, 9)) == "ngày 09 tháng 6 năm 2024"


class TestPaperNumber:
    @pytest.mark.parametrize(
        ("given", "written"),
        [("9", "09"), ("09", "09"), ("10", "10"), ("9a", "09a"), ("128", "128"), ("A1", "A1")],
    )
    def test_puts_a_zero_before_one_digit(self, given: str, written: str) -> None:
        assert wording.paper_number(given) == written

    def test_leaves_a_blank_that_word_does_not_swallow(self) -> None:
        assert set(wording.paper_number(" ")) == {wording.HARD_SPACE}


class TestPercent:
    @pytest.mark.parametrize(
        ("rate", "text"),
        [
            (Rate(2, 3), "66,7 %"),  # 66.66…
            (Rate(1, 3), "33,3 %"),  # 33.33…
            (Rate(1, 8), "12,5 %"),
            (Rate(1, 16), "6,3 %"),  # 6.25 rounds half up
            (Rate(0, 5), "0 %"),
            (Rate(5, 5), "100 %"),
            (Rate(3, 2), "150 %"),
            (Rate(1999, 2000), "100,0 %"),  # 99.95: the decimal shows that it is rounded
            (Rate(0, 0), "–"),
            (None, "–"),
        ],
    )
    def test_writes_one_decimal_with_a_comma(self, rate: Rate | None, text: str) -> None:
        assert wording.percent(rate).replace(wording.HARD_SPACE, " ") == text


class TestCount:
    def test_never_shows_a_missing_figure_as_zero(self) -> None:
        assert wording.count(None) == wording.NO_FIGURE
        assert wording.count(0) == "0"

    def test_parts_thousands_by_a_dot(self) -> None:
        assert wording.count(1_234_567) == "1.234.567"

    @pytest.mark.parametrize(("value", "text"), [(0, "0"), (1, "01"), (9, "09"), (10, "10")])
    def test_puts_a_zero_before_a_small_count_in_a_sentence(self, value: int, text: str) -> None:
        assert wording.count_in_sentence(value) == text


class TestClean:
    def test_gives_one_line_of_nfc_without_control_signs(self) -> None:
        typed = unicodedata.normalize("NFD", " Trường\tẨn\x07\r\nB\ud800\ufffe ")
        assert wording.clean(typed) == "Trường Ẩn B"


class TestWithinSentence:
    def test_keeps_an_abbreviation_in_capitals(self) -> None:
        assert wording.within_sentence("THPT chuyên") == "THPT chuyên"
        assert wording.within_sentence("Đánh giá") == "đánh giá"


class TestRecipientLines:
    def test_ends_each_line_once_and_the_last_with_a_full_stop(self) -> None:
        assert wording.recipient_lines(("Như trên;", "", "- Chi bộ", "Lưu: VT.")) == (
            "- Như trên;",
            "- Chi bộ;",
            "- Lưu: VT.",
        )

    def test_gives_nothing_for_nobody(self) -> None:
        assert wording.recipient_lines(()) == ()


class TestRoman:
    def test_counts_the_parts_of_a_report(self) -> None:
        numerals = " ".join(wording.roman(number) for number in range(1, 7))
        assert numerals == "I II III IV V VI"
