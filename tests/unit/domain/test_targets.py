"""Targets: what holds after letters and decisions, and what is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from donghanh.domain import targets
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.structure import UnitKind
from donghanh.domain.targets import Said

DAY = date(2026, 9, 1)
AT = datetime(2026, 9, 1, 3, tzinfo=UTC)


def said(days: int, amount: int, *, adds: bool) -> Said:
    return Said(DAY + timedelta(days=days), AT + timedelta(days=days), amount, adds)


WORDS = st.lists(
    st.builds(said, st.integers(0, 300), st.integers(0, 50), adds=st.booleans()),
    unique_by=lambda one: one.on,
)


class TestHeld:
    @given(WORDS)
    def test_is_the_last_decision_and_the_letters_after_it(self, words: list[Said]) -> None:
        decided = [one for one in words if not one.adds]
        last = max(decided, key=lambda one: one.on, default=None)
        since = [one.amount for one in words if one.adds and (last is None or one.on > last.on)]
        expected = (last.amount if last else 0) + sum(since)
        assert targets.held(words) == (expected if words else None)
        assert targets.held(reversed(words)) == targets.held(words)

    def test_counts_the_later_of_two_decisions_of_one_day(self) -> None:
        first, second = Said(DAY, AT, 3, adds=False, number=1), Said(DAY, AT, 5, False, 2)
        assert targets.held([second, first]) == 5


class TestTogether:
    def test_adds_what_is_carried_until_the_heir_is_decided_about(self) -> None:
        carried = [(DAY + timedelta(days=10), [said(1, 2, adds=False)])]
        assert targets.together([said(5, 3, adds=False)], carried) == 5
        assert targets.together([said(10, 3, adds=False)], carried) == 3
        assert targets.together([], carried) == 2
        assert targets.together([], []) is None


class TestCheck:
    def test_gives_what_is_new(self) -> None:
        new = targets.check({1: 2, 2: 0, 3: 5}, {1: 2, 3: 4}, number="1", reason="Vì")
        assert new == {2: 0, 3: 5}

    @pytest.mark.parametrize("amount", [-1, targets.MOST + 1])
    def test_refuses_the_absurd(self, amount: int) -> None:
        with pytest.raises(targets.Absurd):
            targets.check({1: amount}, {}, number="1", reason="")

    def test_asks_for_a_reason_only_where_something_held(self) -> None:
        assert targets.check({1: 2}, {1: None}, number="1", reason="") == {1: 2}
        with pytest.raises(targets.NoReason):
            targets.check({1: 2, 2: 1}, {2: 3}, number="1", reason="")

    @pytest.mark.parametrize(
        ("today", "is_open"),
        [
            (date(2025, 7, 31), False),
            (date(2025, 8, 1), True),
            (date(2027, 7, 31), True),
            (date(2027, 8, 1), False),
        ],
    )
    def test_sets_the_present_year_and_the_next(self, today: date, is_open: bool) -> None:
        assert targets.is_open(SchoolYear.from_key("2026-2027"), today) is is_open


class TestLineOf:
    def test_gives_every_kind_one_line_at_the_most(self) -> None:
        assert all(targets.line_of(kind) is not None for kind in UnitKind)


class TestTold:
    @given(st.integers(0, 400))
    def test_hides_few_from_who_sees_no_case(self, count: int) -> None:
        hidden = 0 < count < targets.SMALLEST_TOLD
        assert targets.told(count, sees_cases=False) == (None if hidden else count)
        assert targets.told(count, sees_cases=True) == count
