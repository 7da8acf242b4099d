"""How long a standing is sure to hold: every day before its end replays to the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from donghanh.domain import standings
from donghanh.domain.acts import Step
from donghanh.domain.deadlines import ClockKind, ClockState
from donghanh.domain.procedure import StageState
from donghanh.domain.rules import Rulebook
from donghanh.domain.standings import FOREVER, Standing
from tests.unit.domain.drawn import WALKS, Drawn, roads
from tests.unit.domain.walked import BOOK, CASE, WALKED, until

#: Days looked at one by one; beyond them some are chosen.
NEAR = 40


def stands(drawn: Drawn, today: date, book: Rulebook = BOOK) -> Standing:
    """Where a road stands on a day, told anew."""
    return standings.standing(drawn.road(book, today), book, today)


def told(one: Standing) -> Standing:
    """What is told, but for how long."""
    return replace(one, good_until=FOREVER)


class TestGoodUntil:
    @WALKS
    @given(roads(moving=True), st.integers(0, 900), st.lists(st.floats(0, 1), max_size=12))
    def test_every_day_before_it_replays_to_the_same(
        self, drawn: Drawn, later: int, chosen: list[float]
    ) -> None:
        today = drawn.on + timedelta(days=later)
        first = stands(drawn, today)
        assert first.good_until > today
        left = (min(first.good_until, date(2045, 1, 1)) - today).days
        days = {*range(1, min(left, NEAR)), *(int(part * left) for part in chosen), left - 1}
        for more in sorted(day for day in days if 0 < day < left):
            assert told(stands(drawn, today + timedelta(days=more))) == told(first), more

    @WALKS
    @given(roads(least=12), st.integers(0, 30))
    def test_comes_again_and_again_until_nothing_turns_any_more(
        self, drawn: Drawn, later: int
    ) -> None:
        today, seen = drawn.on + timedelta(days=later), 0
        while (end := stands(drawn, today).good_until) != FOREVER:
            today, seen = end, seen + 1
            assert seen < 60
        assert told(stands(drawn, date(2060, 1, 1))) == told(stands(drawn, today))

    def test_is_the_day_a_wait_ends_an_age_is_reached_or_something_runs_out(self) -> None:
        turned = 0
        for length in range(1, len(WALKED) + 1):
            drawn = Drawn(CASE, WALKED[:length], WALKED[length - 1].on)
            first = stands(drawn, drawn.on)
            if first.good_until == FOREVER:
                continue
            turned += told(stands(drawn, first.good_until)) != told(first)
        assert turned  # some of those days do turn something

    def test_waits_for_the_birthday(self) -> None:
        young = replace(CASE, born=date(2006, 6, 1))
        drawn = Drawn(young, until(Step.CELL_VOTED), date(2024, 5, 1))
        before = stands(drawn, date(2024, 5, 1))
        assert (before.need.kind, before.need.about) == ("not_met", ("age",))
        assert before.good_until <= date(2024, 6, 1)
        assert stands(drawn, date(2024, 6, 1)).need.kind == "turn"


class TestStanding:
    @WALKS
    @given(roads(moving=True), st.integers(0, 900))
    def test_says_of_last_days_what_the_clocks_say(self, drawn: Drawn, later: int) -> None:
        today = drawn.on + timedelta(days=later)
        road, found = drawn.road(today=today), stands(drawn, today)
        awaited = [one for one in road.clocks if one.kind in standings.AWAITED]
        late = any(one.state(today, 0) is ClockState.LATE for one in awaited)
        assert late is (found.due_on is not None and found.due_on < today)
        expired = [one for one in road.clocks if one.kind is ClockKind.EXPIRY]
        assert found.expires_on == min((one.last_day for one in expired), default=None)

    @WALKS
    @given(roads(moving=True))
    def test_keeps_steps_as_bits_and_gives_them_back(self, drawn: Drawn) -> None:
        road, found = drawn.road(), stands(drawn, drawn.on)
        past = {one.step for one in road.stages if one.state is StageState.DONE}
        number = standings.bits(found.past)
        assert {step for step in Step if number & standings.bit(step)} == past

    @WALKS
    @given(roads(moving=True))
    def test_gives_a_turn_only_to_who_may_record(self, drawn: Drawn) -> None:
        for position, turn in stands(drawn, drawn.on).turns:
            assert position in standings.DOERS
            assert turn.step is None or turn.step in {one.step for one in drawn.road().open}

    def test_is_told_by_other_rules_under_another_key(self) -> None:
        other = Rulebook(BOOK.contents, "other")
        assert standings.key_of(other) != standings.key_of(BOOK)
