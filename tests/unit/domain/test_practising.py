"""Practices: what may be told, taken over and stated, and how a line is laid out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from donghanh.domain import accompanying, practising
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.practising import Challenge, Stage, Telling

TODAY = date(2026, 11, 20)
YEAR = SchoolYear.of(TODAY)
CHALLENGE = Challenge("Kèm bạn", "Cùng tiến", ("Hẹn", "Học"), "Ngày học", 30)
TOLD = Telling("Góc đọc", "Để lớp dưới có sách", "Khối 10", ("Hỏi", "Mở"), (CHALLENGE,))
OURS, THEIRS, OTHERS = 1, 2, 3


class TestTelling:
    def test_is_kept_without_blanks_and_empty_lines(self) -> None:
        kept = practising.told(replace(TOLD, title=" Góc đọc ", steps=("Hỏi", " ", "Mở"), cost=" "))
        assert kept == replace(TOLD, cost="")

    @pytest.mark.parametrize(
        ("told", "refused"),
        [
            (replace(TOLD, title="a" * 300), accompanying.TextTooLong),
            (replace(TOLD, aim="  "), accompanying.TextMissing),
            (replace(TOLD, steps=()), accompanying.StepsMissing),
            (replace(TOLD, challenges=(CHALLENGE,) * 9), practising.TooManyChallenges),
            (replace(TOLD, challenges=(replace(CHALLENGE, days=0),)), practising.TimeOutside),
            (replace(TOLD, challenges=(replace(CHALLENGE, days=367),)), practising.TimeOutside),
            (replace(TOLD, challenges=(replace(CHALLENGE, steps=()),)), accompanying.StepsMissing),
        ],
    )
    def test_is_refused_where_it_cannot_be_kept(
        self, told: Telling, refused: type[Exception]
    ) -> None:
        with pytest.raises(refused):
            practising.told(told)


class TestResult:
    def test_may_be_of_the_present_year_and_as_large_as_the_bound(self) -> None:
        practising.check_result(practising.MOST_RESULT, YEAR, YEAR.since)
        practising.check_result(0, YEAR, TODAY)

    @pytest.mark.parametrize("number", [-1, practising.MOST_RESULT + 1, 10**9])
    def test_outside_the_bounds_is_refused(self, number: int) -> None:
        with pytest.raises(practising.ResultOutside):
            practising.check_result(number, YEAR, TODAY)

    def test_of_a_year_to_come_is_refused(self) -> None:
        with pytest.raises(practising.YearToCome):
            practising.check_result(1, YEAR, YEAR.since - timedelta(days=1))


class TestTakingOver:
    def test_goes_where_the_house_has_nothing_of_the_line(self) -> None:
        parents = ((THEIRS, Stage.IN_USE), (OTHERS, Stage.RECOGNISED))
        practising.check_taking(OURS, parents, holds=False, found=Stage.IN_USE)
        practising.check_taking(OURS, (), holds=False, found=None)

    def test_goes_again_once_the_own_was_withdrawn(self) -> None:
        parents = ((THEIRS, Stage.IN_USE), (OURS, Stage.WITHDRAWN))
        practising.check_taking(OURS, parents, holds=False, found=Stage.IN_USE)

    @pytest.mark.parametrize(
        ("parents", "holds", "refused"),
        [
            (((OURS, Stage.RECOGNISED),), True, practising.OwnPractice),
            (((OURS, Stage.WITHDRAWN),), False, practising.OwnPractice),
            (((THEIRS, Stage.WITHDRAWN),), False, practising.Withdrawn),
            (((THEIRS, Stage.PROPOSED),), False, practising.Withdrawn),
            (
                ((THEIRS, Stage.IN_USE), (OTHERS, Stage.IN_USE), (OURS, Stage.RECOGNISED)),
                True,
                practising.Circle,
            ),
            (((THEIRS, Stage.IN_USE),), True, practising.TakenAlready),
        ],
    )
    def test_is_refused_with_the_nearest_reason(
        self, parents: tuple[tuple[int, Stage], ...], holds: bool, refused: type[Exception]
    ) -> None:
        with pytest.raises(refused):
            practising.check_taking(OURS, parents, holds=holds, found=parents[0][1])

    def test_of_the_library_twice_is_refused(self) -> None:
        with pytest.raises(practising.TakenAlready):
            practising.check_taking(OURS, (), holds=True, found=None)


class TestInForce:
    def test_holds_from_its_first_day_to_the_day_before_its_end(self) -> None:
        day = timedelta(days=1)
        began, ended = date(2026, 9, 1), date(2026, 10, 1)
        days = (began - day, began, ended - day, ended)
        told = [practising.in_force(began, ended, on) for on in days]
        assert told == [False, True, True, False]
        assert practising.in_force(began, None, ended)
        assert not practising.in_force(None, None, began)


keys = st.sampled_from([str(number) for number in range(12)])


class TestLaidOut:
    @given(st.dictionaries(keys, st.none() | keys))
    def test_tells_each_once_and_what_it_was_made_from_before_it(
        self, parents: dict[str, str | None]
    ) -> None:
        leaves = practising.laid_out(parents)
        places = {leaf.key: place for place, leaf in enumerate(leaves)}
        assert len(leaves) == len(parents)
        assert set(places) == set(parents)
        for leaf in leaves:
            above = parents[leaf.key]
            if leaf.depth:
                assert above is not None
                assert places[above] < places[leaf.key]
                assert leaves[places[above]].depth == leaf.depth - 1
            chain = list(practising.upwards(leaf.key, parents))
            assert len(chain) == len(set(chain))

    def test_holds_a_line_of_thousands(self) -> None:
        parents = {str(at): str(at - 1) if at else None for at in range(5000)}
        assert [leaf.depth for leaf in practising.laid_out(parents)] == list(range(5000))
