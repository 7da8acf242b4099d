"""Counting who comes without keeping who."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from donghanh.lib.forgetting import Passing, share

AT = datetime(2026, 3, 2, 8, tzinfo=UTC)


class TestPassing:
    def test_lets_few_through_in_a_window_and_others_beside(self) -> None:
        door = Passing(most=3, seconds=900)
        assert [door.take("203.0.113.7", AT) for _ in range(5)] == [True] * 3 + [False] * 2
        assert door.take("203.0.113.8", AT)
        assert door.take("203.0.113.7", AT + timedelta(seconds=900))

    def test_keeps_no_address_and_no_count_beyond_the_window(self) -> None:
        door = Passing(most=3, seconds=900)
        door.take("203.0.113.7", AT)
        key, counts = door._key, dict(door._counts)
        assert "203.0.113.7" not in repr(vars(door))
        door.take("203.0.113.9", AT + timedelta(seconds=900))
        assert door._key != key and not set(door._counts) & set(counts)

    def test_makes_other_digests_each_time(self) -> None:
        doors = [Passing(most=3, seconds=900) for _ in range(2)]
        for door in doors:
            door.take("203.0.113.7", AT)
        assert not set(doors[0]._counts) & set(doors[1]._counts)

    def test_shares_one_count_beyond_what_it_tells_apart(self) -> None:
        door = Passing(most=2, seconds=900, entries=2)
        assert [door.take(str(n), AT) for n in range(6)] == [True] * 4 + [False] * 2


class TestShare:
    @pytest.mark.parametrize("processes", [1, 2, 3, 7, 20])
    def test_lets_no_more_through_of_ten_thousand_than_one_process_would(
        self, processes: int
    ) -> None:
        doors = [Passing(most=share(20, processes), seconds=900) for _ in range(processes)]
        passed = sum(doors[n % processes].take("203.0.113.7", AT) for n in range(10_000))
        assert share(20, processes) * processes == passed <= 20

    def test_leaves_each_process_one(self) -> None:
        assert share(20, 400) == 1
