"""Vietnamese names."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from donghanh.domain.names import search_key, sort_key


class TestSearchKey:
    @pytest.mark.parametrize(
        ("name", "key"),
        [
            ("Nguyễn Thị Đào", "nguyen thi dao"),
            ("  ĐỖ   Ước ", "do uoc"),
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
