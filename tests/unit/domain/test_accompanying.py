"""What may be written of the road walked together, of which day, and what is due."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from donghanh.domain import accompanying
from donghanh.domain.accompanying import Stand

AGREED, TODAY = date(2026, 9, 7), date(2026, 11, 27)
DAY = timedelta(days=1)


class TestStand:
    @pytest.mark.parametrize(
        ("accepted", "done", "answered", "expected"),
        [
            (False, False, False, Stand.GIVEN),
            (True, False, False, Stand.UNDER_WAY),
            (True, True, False, Stand.DONE),
            (True, True, True, Stand.ANSWERED),
            (False, True, True, Stand.GIVEN),  # what is not accepted tells nothing else
        ],
    )
    def test_follows_from_what_the_pupil_said_first(
        self, accepted: bool, done: bool, answered: bool, expected: Stand
    ) -> None:
        found = accompanying.stand(accepted=accepted, done=done, answered=answered)
        assert found is expected


class TestWritten:
    def test_keeps_lines_and_composes_letters(self) -> None:
        assert accompanying.written(" Lô\u0303i\r\nhai ") == "Lỗi\nhai"

    @pytest.mark.parametrize("text", ["", "  ", "\n\t"])
    def test_refuses_nothing(self, text: str) -> None:
        with pytest.raises(accompanying.TextMissing):
            accompanying.written(text)

    def test_takes_the_longest_and_refuses_one_sign_more(self) -> None:
        longest = accompanying.LONGEST_TEXT
        assert len(accompanying.written("ă" * longest)) == longest
        with pytest.raises(accompanying.TextTooLong) as refused:
            accompanying.written("ă" * (longest + 1))
        assert refused.value.facts == {"longest": longest, "signs": longest + 1}


class TestDay:
    @pytest.mark.parametrize("on", [AGREED, TODAY])
    def test_may_be_the_first_and_the_last(self, on: date) -> None:
        accompanying.check_day(on, agreed=AGREED, today=TODAY)

    def test_is_neither_ahead_nor_before_the_consent(self) -> None:
        with pytest.raises(accompanying.DayInFuture):
            accompanying.check_day(TODAY + DAY, agreed=AGREED, today=TODAY)
        with pytest.raises(accompanying.DayBeforeConsent):
            accompanying.check_day(AGREED - DAY, agreed=AGREED, today=TODAY)


class TestTime:
    @pytest.mark.parametrize(("days", "fits"), [(-1, False), (0, True), (366, True), (367, False)])
    def test_is_from_today_to_a_year_ahead(self, days: int, fits: bool) -> None:
        due = TODAY + days * DAY
        if fits:
            accompanying.check_time(due, TODAY)
        else:
            with pytest.raises(accompanying.TimeOutside):
                accompanying.check_time(due, TODAY)


class TestSteps:
    def test_are_the_lines_that_hold_something(self) -> None:
        assert accompanying.steps_of("\n Hỏi \n\n Làm\n") == ("Hỏi", "Làm")

    @pytest.mark.parametrize("many", [0, 13])
    def test_are_between_one_and_twelve(self, many: int) -> None:
        with pytest.raises(accompanying.StepsMissing):
            accompanying.steps_of("\n".join("x" for _ in range(many)))

    def test_are_as_long_as_a_line(self) -> None:
        with pytest.raises(accompanying.TextTooLong):
            accompanying.steps_of("x" * 301)
