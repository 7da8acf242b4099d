"""Clocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from donghanh.domain import deadlines, rules
from donghanh.domain.acts import Step
from donghanh.domain.calendar import CalendarEnds
from donghanh.domain.deadlines import Clock, ClockKind, ClockState
from donghanh.domain.timeline import Entry

BOOK = rules.load()
DAYS = BOOK.workdays()
NEAR = 7


def number(name: str, day: date) -> Entry[int]:
    """The value of a rule on a day."""
    found = BOOK.find_number(name, day)
    assert found is not None
    return found


def due(start: date, *, done_on: date | None = None, granted: date | None = None) -> Clock:
    """The clock of a ceremony that starts on a day."""
    entry = number("admission.ceremony", start)
    return deadlines.clock(
        ClockKind.DUE, start, entry, DAYS, done_on=done_on, granted_until=granted
    )


class TestClock:
    def test_runs_thirty_working_days_over_tet(self) -> None:
        # 15/1/2024: 18 to the end of 7/2 (16-31/1 is 12, 1-7/2 is 5: 17), 8-14 off, then 13 more
        assert due(date(2024, 1, 15)).last_day == date(2024, 3, 4)

    def test_tells_where_it_comes_from(self) -> None:
        day = date(2024, 6, 3)
        entry = number("admission.ceremony", day)
        clock = deadlines.clock(
            ClockKind.DUE, day, entry, DAYS, consequence_vi="Quá hạn.", ends=Step.ADMITTED
        )
        assert clock == Clock(
            kind=ClockKind.DUE,
            name="admission.ceremony",
            starts_on=day,
            last_day=date(2024, 7, 15),
            entry=entry,
            consequence_vi="Quá hạn.",
            ends=Step.ADMITTED,
        )
        assert (clock.extension_last_day, clock.extension_entry, clock.done_on) == (None,) * 3
        assert (clock.settled, clock.granted, clock.is_local) == (True, False, False)

    @pytest.mark.parametrize(
        ("today", "state", "left"),
        [
            (date(2024, 7, 7), ClockState.RUNNING, 8),
            (date(2024, 7, 8), ClockState.NEAR, 7),  # seven days left
            (date(2024, 7, 15), ClockState.NEAR, 0),  # the last day, still in time
            (date(2024, 7, 16), ClockState.LATE, -1),
        ],
    )
    def test_is_near_then_late(self, today: date, state: ClockState, left: int) -> None:
        assert due(date(2024, 6, 3)).state(today, NEAR) is state
        assert due(date(2024, 6, 3)).days_left(today) == left

    def test_is_done_once_done_and_remembers_lateness(self) -> None:
        late = due(date(2024, 6, 3), done_on=date(2024, 7, 16))
        assert late.state(date(2024, 8, 1), NEAR) is ClockState.DONE
        assert late.done_late
        assert not due(date(2024, 6, 3), done_on=date(2024, 7, 15)).done_late
        assert not due(date(2024, 6, 3)).done_late

    @pytest.mark.parametrize("kind", [ClockKind.WINDOW, ClockKind.EXPIRY])
    def test_of_every_kind_but_a_wait_can_be_late(self, kind: ClockKind) -> None:
        clock = replace(due(date(2024, 6, 3)), kind=kind)
        assert clock.state(date(2024, 7, 15), NEAR) is ClockState.NEAR
        assert clock.state(date(2024, 7, 16), NEAR) is ClockState.LATE

    def test_of_a_wait_is_never_late(self) -> None:
        entry = number("probation.length", date(2024, 10, 10))
        wait = deadlines.clock(ClockKind.WAIT, date(2024, 10, 10), entry, DAYS)
        assert wait.last_day == date(2025, 10, 10)
        assert wait.free_on == date(2025, 10, 11)
        assert wait.state(date(2025, 10, 9), NEAR) is ClockState.RUNNING
        assert wait.state(date(2025, 10, 10), NEAR) is ClockState.RUNNING
        assert wait.state(date(2025, 10, 11), NEAR) is ClockState.DONE

    def test_shows_the_allowed_extension(self) -> None:
        day = date(2024, 6, 3)
        more = number("admission.decision.extension", day)
        clock = deadlines.clock(
            ClockKind.DUE, day, number("admission.decision", day), DAYS, extension=more
        )
        assert clock.last_day == date(2024, 8, 26)  # twelve weeks
        assert clock.extension_last_day == date(2024, 10, 9)  # six weeks and 2-3/9
        assert clock.extension_entry == more

    @pytest.mark.parametrize(
        ("granted", "last_day", "is_granted"),
        [
            (date(2024, 7, 14), date(2024, 7, 15), False),  # shorter than the rule: nothing gained
            (date(2024, 7, 15), date(2024, 7, 15), False),
            (date(2024, 7, 16), date(2024, 7, 16), True),
        ],
    )
    def test_takes_the_later_of_the_rule_and_what_was_granted(
        self, granted: date, last_day: date, is_granted: bool
    ) -> None:
        clock = due(date(2024, 6, 3), granted=granted)
        assert (clock.last_day, clock.granted) == (last_day, is_granted)

    def test_is_local_where_a_place_sets_it(self) -> None:
        entry = BOOK.find_number(
            "admission.decision", date(2026, 1, 5), ("central", "province:ha-noi")
        )
        assert entry is not None
        assert deadlines.clock(ClockKind.DUE, date(2026, 1, 5), entry, DAYS).is_local

    @pytest.mark.parametrize(
        ("start", "settled"),
        [
            (date(2024, 6, 3), True),
            (date(2026, 8, 3), False),  # R5 is a lead
        ],
    )
    def test_is_settled_as_its_rule_is(self, start: date, settled: bool) -> None:
        assert due(start).settled is settled

    def test_is_settled_as_the_calendar_is_where_working_days_count(self) -> None:
        in_r3 = number("admission.ceremony", date(2026, 1, 1))
        known = deadlines.clock(ClockKind.DUE, date(2026, 1, 5), in_r3, DAYS)
        assert known.settled
        over_2027 = deadlines.clock(ClockKind.DUE, date(2026, 12, 20), in_r3, DAYS)
        assert not over_2027.settled
        months = number("probation.length", date(2026, 1, 5))
        assert deadlines.clock(ClockKind.WAIT, date(2026, 1, 5), months, DAYS).settled

    def test_keeps_the_span_where_only_the_extension_leaves_the_calendar(self) -> None:
        day = date(2028, 11, 1)
        entry = number("admission.ceremony", day)
        clock = deadlines.clock(ClockKind.DUE, day, entry, DAYS, extension=entry)
        assert clock.extension_last_day is None
        assert clock.extension_entry == entry

    def test_refuses_a_span_that_leaves_the_calendar(self) -> None:
        with pytest.raises(CalendarEnds):
            due(date(2028, 12, 1))

    def test_refuses_a_unit_that_is_no_time(self) -> None:
        with pytest.raises(ValueError, match="person"):
            deadlines.span_end(
                date(2024, 1, 2), number("vote.cell.minimum", date(2024, 1, 2)), DAYS
            )
