"""The one place that asks what time it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from donghanh.lib import clock


@pytest.fixture
def real() -> Iterator[date]:
    """Return the real day, and put the clock back afterwards."""
    today = clock.today()
    yield today
    clock.pretend(datetime.now(UTC).astimezone(clock.ZONE).date())  # noqa: TID251 - the real one


class TestPretend:
    @pytest.mark.parametrize("days", [-4000, -1, 1, 300])
    def test_moves_the_day_and_lets_the_hours_go_on(self, real: date, days: int) -> None:
        before = clock.now()
        clock.pretend(real + timedelta(days=days))

        assert clock.today() == real + timedelta(days=days)
        assert timedelta(0) <= clock.now() - before - timedelta(days=days) < timedelta(minutes=1)

    def test_of_the_real_day_moves_nothing(self, real: date) -> None:
        clock.pretend(real)

        assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)  # noqa: TID251 - the real one
