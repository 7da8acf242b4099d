"""How a day is written, and on which day an instant falls."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from donghanh.lib import days


class TestDay:
    @pytest.mark.parametrize(
        ("value", "written"),
        [
            (date(2024, 6, 10), "10/6/2024"),
            (date(2024, 6, 9), "09/6/2024"),  # a nought before a day under ten
            (date(2025, 2, 5), "05/02/2025"),  # and before the months one and two
            (date(2025, 3, 31), "31/3/2025"),  # not before the third
        ],
    )
    def test_is_written_as_on_official_papers(self, value: date, written: str) -> None:
        assert days.day(value) == written

    def test_of_an_instant_is_the_day_in_viet_nam(self) -> None:
        assert days.day(datetime(2024, 2, 12, 16, 59, tzinfo=UTC)) == "12/02/2024"
        assert days.day(datetime(2024, 2, 12, 17, 0, tzinfo=UTC)) == "13/02/2024"
