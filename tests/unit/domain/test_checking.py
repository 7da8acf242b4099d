"""What is far from last year, and which figures hide a single person."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from donghanh.domain import checking
from donghanh.domain.checking import Against
from donghanh.domain.rules import load


class TestDifferences:
    @pytest.mark.parametrize(
        ("said", "other", "found"),
        [(5, 3, False), (5, 2, True), (2, 5, True), (3, 5, False)],  # from three on, both ways
    )
    def test_are_found_from_the_least_on(self, said: int, other: int, found: bool) -> None:
        told = checking.differences(Against.YEAR_BEFORE, {"held": said}, {"held": other}, 3)
        assert bool(told) is found

    def test_leave_out_what_there_is_nothing_to_compare_with(self) -> None:
        assert checking.differences(Against.CASES, {"held": 5}, {}) == ()

    def test_take_their_numbers_from_the_rulebook(self) -> None:
        book = load()
        day = date(2024, 6, 10)
        assert checking.persons(book, checking.CHANGE, day) >= 1
        assert checking.persons(book, checking.SMALL, day) >= 1


class TestHidden:
    @given(st.lists(st.integers(0, 12), max_size=8), st.integers(1, 5))
    def test_never_lets_the_total_tell_a_single_small_figure(
        self, values: list[int], most: int
    ) -> None:
        hidden = checking.hidden(values, most)
        small = {place for place, value in enumerate(values) if 0 < value <= most}
        assert small <= hidden
        # One alone would be told by the total; a unit that is alone cannot be hidden beside it.
        assert len(hidden) != 1 or len(values) == 1
        assert bool(hidden) == bool(small)
        others = [value for place, value in enumerate(values) if value and place not in small]
        assert all(values[place] for place in hidden) or not others

    @given(st.lists(st.integers(0, 12), max_size=8))
    def test_hides_none_where_nothing_is_small(self, values: list[int]) -> None:
        assert checking.hidden(values, 0) == frozenset()
