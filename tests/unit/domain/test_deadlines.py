"""Clocks."""

from __future__ import annotations

from datetime import date

import pytest

from donghanh.domain import deadlines, rules
from donghanh.domain.deadlines import Clock, ClockKind, ClockState
from donghanh.domain.timeline import Entry

BOOK = rules.load()
NEAR = 7


def number(name: str, day: date) -> Entry[int]:
    found = BOOK.find_number(name, day)
    assert found is not None
    return found


def due(start: date, *, done_on: date | None = None) -> Clock:
    entry = number("ceremony_due", start)
    return deadlines.clock(ClockKind.DUE, start, entry, BOOK.workdays(), done_on=done_on)


class TestClock:
    def test_runs_thirty_working_days_over_tet(self) -> None:
        # 15/1/2024: 18 to the end of 7/2 (16-31/1 is 12, 1-7/2 is 5: 17), 8-14 off, then 13 more
        assert due(date(2024, 1, 15)).last_day == date(2024, 3, 4)

    @pytest.mark.parametrize(
        ("today", "state"),
        [
            (date(2024, 7, 7), ClockState.RUNNING),
            (date(2024, 7, 8), ClockState.NEAR),  # seven days left
            (date(2024, 7, 15), ClockState.NEAR),  # the last day, still in time
            (date(2024, 7, 16), ClockState.LATE),
        ],
    )
    def test_is_near_then_late(self, today: date, state: ClockState) -> None:
        assert due(date(2024, 6, 3)).state(today, NEAR) is state

    def test_is_done_once_done_and_remembers_lateness(self) -> None:
        late = due(date(2024, 6, 3), done_on=date(2024, 7, 16))
        assert late.state(date(2024, 8, 1), NEAR) is ClockState.DONE
        assert late.done_late
        assert not due(date(2024, 6, 3), done_on=date(2024, 7, 15)).done_late

    def test_of_a_wait_is_never_late(self) -> None:
        entry = number("probation", date(2024, 10, 10))
        wait = deadlines.clock(ClockKind.WAIT, date(2024, 10, 10), entry, BOOK.workdays())
        assert wait.last_day == date(2025, 10, 10)
        assert wait.free_on == date(2025, 10, 11)
        assert wait.state(date(2025, 10, 10), NEAR) is ClockState.RUNNING
        assert wait.state(date(2025, 10, 11), NEAR) is ClockState.DONE

    def test_shows_the_allowed_extension(self) -> None:
        day = date(2024, 6, 3)
        clock = deadlines.clock(
            ClockKind.DUE,
            day,
            number("admission_decision_due", day),
            BOOK.workdays(),
            extension=number("admission_decision_extension", day),
        )
        assert clock.last_day == date(2024, 8, 26)  # twelve weeks
        assert clock.extension_last_day == date(2024, 10, 9)  # six weeks and 2-3/9

    def test_is_not_settled_when_the_rule_or_the_calendar_is_not(self) -> None:
        assert due(date(2024, 6, 3)).settled
        assert not due(date(2026, 8, 3)).settled  # R5
        in_r3 = number("ceremony_due", date(2026, 1, 1))
        days = BOOK.workdays()
        assert not deadlines.clock(ClockKind.DUE, date(2026, 12, 20), in_r3, days).settled

    def test_keeps_the_span_where_only_the_extension_leaves_the_calendar(self) -> None:
        day = date(2028, 11, 1)
        entry = number("ceremony_due", day)
        days = BOOK.workdays()
        clock = deadlines.clock(ClockKind.DUE, day, entry, days, extension=entry)
        assert clock.extension_last_day is None

    def test_refuses_a_unit_that_is_no_time(self) -> None:
        with pytest.raises(ValueError, match="person"):
            deadlines.span_end(
                date(2024, 1, 2), number("cell_minimum_members", date(2024, 1, 2)), BOOK.workdays()
            )
