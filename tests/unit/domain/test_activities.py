"""Days, hours and numbers of activities."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from donghanh.domain import activities
from donghanh.domain.activities import Hours, State

TODAY = date(2026, 11, 20)
DAY = Hours(TODAY, time(7), time(9))


class TestKinds:
    def test_each_name_the_words_of_the_dispatch_they_answer(self) -> None:
        for kind in activities.kinds().values():
            assert kind.duty in {1, 2}
            assert kind.words_vi
            assert kind.since <= TODAY

    def test_refuse_what_is_no_kind(self) -> None:
        with pytest.raises(activities.KindUnknown):
            activities.kind_on("khong-co", TODAY)


class TestHours:
    @pytest.mark.parametrize(("days", "fits"), [(400, True), (401, False), (-3701, False)])
    def test_lie_within_what_anybody_plans(self, days: int, fits: bool) -> None:
        hours = Hours(TODAY + timedelta(days=days), time(7), time(9))
        if fits:
            activities.check_hours(hours, TODAY)
        else:
            with pytest.raises(activities.DayOutside):
                activities.check_hours(hours, TODAY)

    def test_end_after_they_begin(self) -> None:
        with pytest.raises(activities.EndsBeforeItBegins):
            activities.check_hours(Hours(TODAY, time(9), time(9)), TODAY)


class TestState:
    def test_waits_for_the_number_once_the_last_hour_is_over(self) -> None:
        def at(hour: int) -> State:
            now = datetime.combine(TODAY, time(hour, 1))
            return activities.state(DAY, held=False, called_off=False, now=now)

        assert (at(8), at(9)) == (State.PLANNED, State.DUE)


class TestNumber:
    @pytest.mark.parametrize(
        ("stated", "checked_in", "hour", "refused"),
        [
            (5, 0, 6, activities.NumberTooEarly),
            (None, 0, 9, activities.NumberMissing),
            (-1, 0, 9, activities.NumberOutside),
            (10**9, 0, 9, activities.NumberOutside),
            (3, 4, 9, activities.FewerThanCheckedIn),
        ],
    )
    def test_is_refused(
        self, stated: int | None, checked_in: int, hour: int, refused: type[Exception]
    ) -> None:
        with pytest.raises(refused):
            activities.number(DAY, stated, checked_in, datetime.combine(TODAY, time(hour)))

    def test_may_be_none_at_all(self) -> None:
        assert activities.number(DAY, 0, 0, datetime.combine(TODAY, time(9))) == 0


class TestChecking:
    @pytest.mark.parametrize(
        ("hour", "minute", "opens"), [(5, 59, False), (6, 0, True), (8, 59, True), (9, 0, False)]
    )
    def test_opens_from_an_hour_before_to_the_last(
        self, hour: int, minute: int, opens: bool
    ) -> None:
        now = datetime.combine(TODAY, time(hour, minute))
        if opens:
            assert activities.opens_until(DAY, now) == datetime.combine(TODAY, time(9))
        else:
            with pytest.raises(activities.NotTheTime):
                activities.opens_until(DAY, now)

    @given(some.integers(0, 10**9), some.integers(0, 600))
    def test_takes_a_sign_for_two_to_three_minutes(self, begins: int, later: int) -> None:
        def at(seconds: int) -> datetime:
            return datetime.fromtimestamp(seconds, tz=UTC)

        taken = activities.windows(at(begins))[0] in activities.windows(at(begins + later))
        if later <= 120:
            assert taken
        if later >= 180:
            assert not taken
