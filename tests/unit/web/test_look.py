"""How days, shares and names are written on the screen."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from donghanh.web.templatetags import look


class TestPercent:
    @pytest.mark.parametrize(
        ("value", "total", "length"),
        [(0, 46, "0%"), (31, 46, "67.39%"), (46, 46, "100%"), (3, 2, "100%"), (1, 0, "0%")],
    )
    def test_stays_between_nothing_and_all(self, value: int, total: int, length: str) -> None:
        assert look.percent(value, total) == length

    def test_counts_a_missing_number_as_nothing(self) -> None:
        assert look.percent("", 5) == "0%"


class TestInitials:
    @pytest.mark.parametrize(
        ("name", "letters"),
        [("Nguyễn Hải Nam", "NN"), ("Đỗ", "Đ"), ("ưng thị ẩm", "ƯẨ"), ("  ", ""), (None, "")],
    )
    def test_takes_the_first_and_the_last_word(self, name: str | None, letters: str) -> None:
        assert look.initials(name) == letters


class TestDay:
    @pytest.mark.parametrize(
        ("value", "text"),
        [
            (date(2024, 6, 10), "10/6/2024"),
            (date(2025, 10, 5), "05/10/2025"),
            (date(2026, 2, 27), "27/02/2026"),
        ],
    )
    def test_is_written_as_on_official_papers(self, value: date, text: str) -> None:
        assert look.day(value) == text

    def test_of_an_instant_is_the_day_in_ho_chi_minh(self) -> None:
        assert look.day(datetime(2025, 11, 20, 17, 30, tzinfo=UTC)) == "21/11/2025"

    def test_of_nothing_is_empty(self) -> None:
        assert look.day(None) == ""


class TestInstant:
    def test_is_told_in_ho_chi_minh(self) -> None:
        assert look.instant(datetime(2025, 11, 21, 1, 12, tzinfo=UTC)) == "21/11/2025 08:12"


class TestLit:
    def test_keeps_the_blanks_of_the_paper(self) -> None:
        assert ">    /SGDDT</a>" in look.lit("    /SGDDT", "number", "doubt")

    def test_escapes_what_the_paper_says(self) -> None:
        assert "<b>" not in look.lit("<b>", "number")

    def test_gives_each_stretch_of_one_field_an_id_of_its_own(self) -> None:
        first, second = look.lit("a", "due"), look.lit("b", "due", "read", "2")
        assert 'id="lit-due"' in first
        assert 'id="lit-due-2"' in second
