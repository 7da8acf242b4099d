"""The set of figures, and what is hidden of small ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from donghanh.domain import figures
from donghanh.domain.figures import SMALL, Source
from tests.unit.domain.walked import BOOK


class TestLines:
    def test_hold_the_whole_proposed_set_but_the_targets_and_the_comparison(self) -> None:
        found = {one.number for one in figures.lines(BOOK)}
        assert found == {*range(25)} - {20}  # 20: targets, in another room; 25: every line's own

    def test_say_where_each_comes_from(self) -> None:
        by = {one.code: one.source for one in figures.lines(BOOK)}
        assert (by["pupils"], by["clubs"]) == (Source.ENTERED, Source.CLUBS)
        assert by["activities"] is by["activity_turns"] is Source.ACTIVITIES
        assert by["introduced"] is Source.CASES
        assert all(one.title_vi and one.counts_vi for one in figures.lines(BOOK))


class TestEntered:
    @pytest.mark.parametrize("value", [0, 1, figures.MOST])
    def test_is_a_whole_number_up_to_a_bound(self, value: int) -> None:
        assert figures.entered(BOOK, "pupils", value) == value

    @pytest.mark.parametrize("value", [-1, figures.MOST + 1])
    def test_is_refused_beyond(self, value: int) -> None:
        with pytest.raises(figures.NotANumber):
            figures.entered(BOOK, "pupils", value)

    @pytest.mark.parametrize("code", ["admitted", "clubs", "activities", "khong-co"])
    def test_is_refused_where_it_is_counted(self, code: str) -> None:
        with pytest.raises(figures.NotEntered):
            figures.entered(BOOK, code, 1)


class TestHidden:
    @given(st.dictionaries(st.integers(0, 9), st.integers(0, 12), max_size=8))
    def test_cannot_be_told_from_the_total(self, values: dict[int, int]) -> None:
        away = figures.hidden(values)
        assert {key for key, one in values.items() if 0 < one < SMALL} <= away
        small = [values[key] for key in away if values[key] < SMALL]
        if len(away) > len(small) or not away:
            return  # a bigger one among them may be anything
        rest = sum(small)
        others = [one for one in values.values() if one >= SMALL]
        certain = len(small) == 1 or rest in {len(small), len(small) * (SMALL - 1)}
        assert not (certain and others)

    def test_are_small_ones_alone_where_no_total_stands_beside(self) -> None:
        assert figures.hidden({1: 2, 2: 9}, total_shown=False) == {1}
