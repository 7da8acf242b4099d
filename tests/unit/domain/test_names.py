"""Vietnamese names."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from donghanh.domain.names import search_key, sort_key, title_key


class TestSearchKey:
    @pytest.mark.parametrize(
        ("name", "key"),
        [
            ("Nguyễn Thị Đào", "nguyen thi dao"),
            ("  ĐỖ   Ước ", "do uoc"),
            ("Nguyễn Hồng Thiên đăng", "nguyen hong thien dang"),
            (unicodedata.normalize("NFD", "Trần Quốc Khánh"), "tran quoc khanh"),
            ("H'Mai Niê", "h'mai nie"),
        ],
    )
    def test_strips_marks_and_case(self, name: str, key: str) -> None:
        assert search_key(name) == key

    @given(st.text(max_size=30))
    def test_is_stable_when_applied_again(self, name: str) -> None:
        once = search_key(name)
        assert search_key(once) == once


class TestSortKey:
    def test_puts_the_given_name_first(self) -> None:
        names = ["Nguyễn Văn Bình", "Lê Thị Yến", "Trần Văn An"]
        assert sorted(names, key=sort_key) == ["Trần Văn An", "Nguyễn Văn Bình", "Lê Thị Yến"]

    @pytest.mark.parametrize(
        "ordered",
        [
            ["an", "ăn", "ân", "bân"],
            ["dũng", "đạt"],
            ["e", "ê", "g"],
            ["o", "ô", "ơ", "p"],
            ["u", "ư", "v"],
            ["la", "là", "lả", "lã", "lá", "lạ"],
            ["hà", "hạ", "hai"],
        ],
    )
    def test_follows_the_vietnamese_alphabet_and_tones(self, ordered: list[str]) -> None:
        mixed = [*ordered[1:], ordered[0]]
        assert sorted(mixed, key=sort_key) == ordered

    def test_then_the_family_name_then_the_middle(self) -> None:
        names = ["Trần Bảo An", "Lê Văn An", "Lê Bảo An", "An"]
        assert sorted(names, key=sort_key) == ["An", "Lê Bảo An", "Lê Văn An", "Trần Bảo An"]

    def test_is_plain_ascii(self) -> None:
        assert sort_key("Đặng Thị Ánh Nguyệt").isascii()

    def test_does_not_mind_the_unicode_form(self) -> None:
        name = "Nguyễn Thị Thảo"
        assert sort_key(unicodedata.normalize("NFD", name)) == sort_key(name)

    def test_keeps_the_form_the_tables_hold(self) -> None:
        # Keys are stored: a key made today is compared with one made long ago.
        assert sort_key("Lê Văn Đà") == "60 01!?8 00!L1A 000"

    def test_puts_letters_of_other_alphabets_last(self) -> None:
        names = ["Lê Văn Яна", "Lê Văn Zoe", "Lê Văn Yên"]
        assert sorted(names, key=sort_key) == ["Lê Văn Yên", "Lê Văn Zoe", "Lê Văn Яна"]
        assert sort_key("Яна").startswith("~~~ ")


class TestTitleKey:
    @pytest.mark.parametrize(
        "ordered",
        [
            ["THPT Dân lập", "THPT Đức Lập", "THPT Gia Nghĩa"],
            ["THCS số 2", "THCS số 10"],
            ["Chi bộ 9", "Chi bộ 10", "Chi bộ 10 A", "Chi bộ 11"],
            ["Đoàn trường A", "Đoàn trường Ă", "Đoàn trường Â"],
            ["THPT A", "thpt b", "THPT C"],
        ],
    )
    def test_orders_titles_from_their_first_word_and_numbers_by_size(
        self, ordered: list[str]
    ) -> None:
        mixed = ordered[::-1]
        assert sorted(mixed, key=title_key) == ordered

    def test_does_not_mind_the_unicode_form(self) -> None:
        title = "Trường THPT Đắk Song"
        assert title_key(unicodedata.normalize("NFD", title)) == title_key(title)

    def test_keeps_the_form_the_tables_hold(self) -> None:
        assert title_key("Số 12") == "HC 04!000000012"

    def test_takes_figures_of_other_scripts_for_letters(self) -> None:
        assert title_key("số ٢").endswith("!~ 0")
