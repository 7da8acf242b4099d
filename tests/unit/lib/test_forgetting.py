"""Counting who comes without keeping who."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from donghanh.lib.forgetting import Passing

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
