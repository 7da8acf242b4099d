"""A yearly rating: on the scale of its day, for a year the pupil can have been there."""

from __future__ import annotations

from datetime import date

import pytest

from donghanh.domain import rating
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.errors import RuleError

TODAY = date(2026, 11, 27)
SCALE = ("Cao", "Thấp")


def check(**changed: object) -> None:
    told: dict[str, object] = {
        "year": SchoolYear.from_key("2025-2026"),
        "level": "Cao",
        "scale": SCALE,
        "met": date(2026, 5, 20),
        "today": TODAY,
    }
    rating.check(**(told | changed))  # type: ignore[arg-type]  # by their names


class TestYears:
    @pytest.mark.parametrize(
        ("today", "newest"), [(date(2026, 7, 31), "2025-2026"), (date(2026, 8, 1), "2026-2027")]
    )
    def test_are_the_last_three_from_the_present_one_back(self, today: date, newest: str) -> None:
        years = rating.years_at_school(today)
        assert (years[0].key, len(years)) == (newest, 3)


class TestCheck:
    @pytest.mark.parametrize(
        "met",
        [
            date(2025, 8, 1),  # the first day of the year that is rated
            date(2026, 7, 31),
            date(2026, 8, 1),  # the year after: late, and still of that year
            TODAY,
        ],
    )
    def test_lets_a_meeting_of_that_year_or_the_next_pass(self, met: date) -> None:
        check(met=met)

    @pytest.mark.parametrize(
        ("changed", "refusal"),
        [
            ({"met": date(2025, 7, 31)}, rating.MeetingOutside),
            ({"met": date(2026, 11, 28)}, rating.MeetingOutside),
            ({"year": SchoolYear.from_key("2023-2024")}, rating.YearOutside),
            ({"year": SchoolYear.from_key("2027-2028")}, rating.YearOutside),
            ({"level": "Vừa"}, rating.NotOnScale),
            ({"scale": None}, rating.NoScale),
        ],
    )
    def test_refuses_what_cannot_have_been(
        self, changed: dict[str, object], refusal: type[RuleError]
    ) -> None:
        with pytest.raises(refusal):
            check(**changed)
