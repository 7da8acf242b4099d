"""Working days, months, birthdays, school years."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from donghanh.domain import rules
from donghanh.domain.calendar import (
    BadSchoolYear,
    CalendarEnds,
    CalendarHasGap,
    SchoolYear,
    Workdays,
    add_months,
    birthday,
)

DAYS = rules.load().workdays()
INSIDE = st.dates(date(2020, 1, 1), date(2028, 6, 30))

# Every day on which our calendar and the package "holidays" disagree, and why we keep ours.
EXPLAINED = {
    date(2026, 1, 2): "off: swapped by 12729/VPCP-KGVX; the package has only the swap of August",
    date(2026, 1, 10): "worked in exchange for 2/1/2026, the same letter",
}


class TestIsWorking:
    @pytest.mark.parametrize(
        ("day", "working"),
        [
            (date(2024, 2, 7), True),  # Wednesday before Tết
            (date(2024, 2, 8), False),  # 29 Chạp
            (date(2024, 2, 14), False),  # 5 Giêng
            (date(2024, 2, 15), True),
            (date(2024, 4, 29), False),  # Monday, swapped
            (date(2024, 5, 4), True),  # the Saturday worked for it
            (date(2024, 5, 5), False),  # Sunday
            (date(2025, 4, 26), True),
            (date(2025, 5, 2), False),
            (date(2026, 8, 22), True),
            (date(2026, 8, 31), False),
            (date(2026, 11, 24), False),  # Vietnamese Culture Day, from 2026
            (date(2025, 11, 24), True),
        ],
    )
    def test_knows_tet_and_the_swapped_days(self, day: date, working: bool) -> None:
        assert DAYS.is_working(day) is working

    @pytest.mark.parametrize("day", [date(2019, 12, 31), date(2029, 1, 1)])
    def test_refuses_days_it_does_not_reach(self, day: date) -> None:
        with pytest.raises(CalendarEnds) as refused:
            DAYS.is_working(day)
        assert refused.value.facts == {
            "day": day,
            "since": date(2020, 1, 1),
            "until": date(2029, 1, 1),
        }


class TestAgainstThePackage:
    def test_every_difference_is_explained(self) -> None:
        theirs = holidays.country_holidays("VN", years=range(2020, 2029))
        day, found = DAYS.since, set()
        while day < DAYS.until:
            if DAYS.is_working(day) is not theirs.is_working_day(day):
                found.add(day)
            day += timedelta(days=1)
        assert found == set(EXPLAINED)


class TestAdd:
    @pytest.mark.parametrize(
        ("day", "n", "last"),
        [
            (date(2024, 2, 7), 1, date(2024, 2, 15)),  # over Tết: 8-14 off
            (date(2024, 2, 10), 1, date(2024, 2, 15)),  # from inside Tết
            (date(2024, 4, 26), 6, date(2024, 5, 8)),  # 2, 3, Sat 4, 6, 7, 8 May
            (date(2024, 6, 3), 30, date(2024, 7, 15)),  # six weeks without a day off
            (date(2025, 1, 24), 5, date(2025, 2, 7)),  # 27-31 off, then Mon 3 to Fri 7
        ],
    )
    def test_counts_from_the_next_working_day(self, day: date, n: int, last: date) -> None:
        assert DAYS.add(day, n) == last

    def test_refuses_to_run_past_the_calendar(self) -> None:
        day = date(2028, 12, 20)
        left = DAYS.between(day, date(2028, 12, 31))
        assert DAYS.add(day, left) <= date(2028, 12, 31)
        with pytest.raises(CalendarEnds) as refused:
            DAYS.add(day, left + 1)
        assert refused.value.facts == {"day": day, "since": DAYS.since, "until": DAYS.until}

    def test_refuses_no_days_at_all(self) -> None:
        with pytest.raises(ValueError, match="0"):
            DAYS.add(date(2024, 1, 2), 0)

    @given(INSIDE, st.integers(1, 90))
    def test_agrees_with_a_count_day_by_day(self, day: date, n: int) -> None:
        walked, left = day, n
        while left:
            walked += timedelta(days=1)
            left -= DAYS.is_working(walked)
        assert DAYS.add(day, n) == walked
        assert DAYS.between(day, walked) == n

    @given(INSIDE, INSIDE)
    def test_agrees_with_between_day_by_day(self, a: date, b: date) -> None:
        span = (b - a).days
        counted = sum(DAYS.is_working(a + timedelta(days=one)) for one in range(1, span + 1))
        assert DAYS.between(a, b) == counted


class TestConfirmed:
    def test_is_false_for_years_nobody_has_seen_decided(self) -> None:
        assert DAYS.confirmed(date(2025, 12, 1), date(2026, 12, 31))
        assert not DAYS.confirmed(date(2026, 12, 1), date(2027, 1, 5))
        assert not DAYS.confirmed(date(2028, 1, 1), date(2028, 1, 5))

    def test_a_calendar_with_a_gap_is_refused(self) -> None:
        with pytest.raises(CalendarHasGap) as refused:
            Workdays([DAYS.years[2], DAYS.years[0]])
        assert refused.value.facts == {"years": [2020, 2022]}
        with pytest.raises(CalendarHasGap):
            Workdays([])


class TestMonths:
    @pytest.mark.parametrize(
        ("day", "n", "then"),
        [
            (date(2024, 10, 10), 12, date(2025, 10, 10)),
            (date(2024, 2, 29), 12, date(2025, 2, 28)),
            (date(2024, 12, 31), 2, date(2025, 2, 28)),
            (date(2019, 3, 10), 60, date(2024, 3, 10)),
            (date(2024, 3, 31), -1, date(2024, 2, 29)),
            (date(2024, 11, 30), 1, date(2024, 12, 30)),
            (date(2024, 1, 31), 9, date(2024, 10, 31)),
            (date(2024, 10, 31), 1, date(2024, 11, 30)),
        ],
    )
    def test_keep_the_day_or_the_last_of_the_month(self, day: date, n: int, then: date) -> None:
        assert add_months(day, n) == then

    def test_of_a_leap_birthday_wait_for_march(self) -> None:
        assert birthday(date(2008, 2, 29), 18) == date(2026, 3, 1)
        assert birthday(date(2008, 2, 29), 20) == date(2028, 2, 29)


class TestSchoolYear:
    def test_is_half_open(self) -> None:
        year = SchoolYear.from_key("2023-2024")
        assert date(2023, 8, 1) in year
        assert date(2024, 7, 31) in year
        assert date(2024, 8, 1) not in year
        assert date(2023, 7, 31) not in year

    @pytest.mark.parametrize(
        "key", ["2023", "2023-2025", "2024-2023", "a-b", "", "2023-2024-2025", "2023-x", "x-2024"]
    )
    def test_refuses_a_key_that_is_not_two_years(self, key: str) -> None:
        with pytest.raises(BadSchoolYear) as refused:
            SchoolYear.from_key(key)
        assert refused.value.facts == {"key": key}

    @pytest.mark.parametrize("month", [1, 8, 9, 12])
    def test_begins_on_the_first_of_the_month_told(self, month: int) -> None:
        year = SchoolYear.from_key("2023-2024", month)
        assert (year.since, year.until) == (date(2023, month, 1), date(2024, month, 1))
        assert year.last_day == date(2024, month, 1) - timedelta(days=1)
        assert SchoolYear.of(year.last_day, month) == year

    @given(st.dates(date(2016, 1, 1), date(2030, 1, 1)))
    def test_holds_every_day_once(self, day: date) -> None:
        year = SchoolYear.of(day)
        assert day in year
        assert SchoolYear.from_key(year.key) == year
