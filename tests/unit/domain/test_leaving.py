"""When a class finishes, and what of a road can still be done before."""

from __future__ import annotations

from datetime import date

import pytest

from donghanh.domain import leaving, rules
from donghanh.domain.acts import Act, Case, Step
from donghanh.domain.forecast import Bound, outlook
from donghanh.domain.leaving import Prospect, Timing
from donghanh.domain.replaying import replay

BOOK = rules.load()
TODAY = date(2026, 11, 27)
#: Eighteen on 15/3/2027.
CASE = Case(
    born=date(2009, 3, 15),
    consented_on=date(2026, 9, 10),
    base_committee=True,
    union_member=True,
    lower_secondary=True,
)
SOURCED = Act(1, Step.SOURCED, date(2026, 9, 15))


def prospect(leaves_on: date | None, case: Case = CASE, *acts: Act) -> Prospect:
    road = replay(acts or (SOURCED,), case, BOOK, TODAY)
    return leaving.prospect(road, outlook(road, BOOK, TODAY, leaves_on))


class TestGradeOf:
    @pytest.mark.parametrize(
        ("name", "grade"),
        [
            ("10A1", 10),
            ("11 Chuyên Toán", 11),
            (" 12C3", 12),
            ("9A", None),
            ("13A", None),
            ("121", None),
            ("Chuyên Anh 12", None),
            ("", None),
        ],
    )
    def test_is_what_the_name_of_a_class_begins_with(self, name: str, grade: int | None) -> None:
        assert leaving.grade_of(name) == grade


class TestFinishing:
    @pytest.mark.parametrize(
        ("name", "told_on", "year"),
        [
            ("12A1", date(2026, 7, 31), "2025-2026"),
            ("12A1", date(2026, 8, 1), "2026-2027"),
            ("11A1", date(2026, 11, 27), "2027-2028"),
            ("10A1", date(2027, 2, 1), "2028-2029"),
        ],
    )
    def test_counts_on_from_the_year_in_which_the_class_was_told(
        self, name: str, told_on: date, year: str
    ) -> None:
        found = leaving.finishing(name, told_on)
        assert found is not None
        assert found.key == year

    def test_is_not_known_where_the_name_tells_no_grade(self) -> None:
        assert leaving.finishing("Chuyên Anh", TODAY) is None


class TestProspect:
    def test_is_in_time_while_every_step_up_to_the_ceremony_has_a_day(self) -> None:
        found = prospect(date(2027, 7, 15))
        assert found.timing is Timing.IN_TIME
        assert found.ceremony is not None
        assert found.ceremony.last_day == date(2027, 7, 14)
        assert found.ceremony.closed_by is Bound.LEAVING
        assert found.stuck is None

    def test_tells_from_when_the_cell_may_vote(self) -> None:
        found = prospect(date(2027, 7, 15))
        assert found.vote is not None
        assert (found.vote.since, found.vote.opened_by) == (date(2027, 3, 15), Bound.AGE)

    @pytest.mark.parametrize(
        ("leaves_on", "timing"),
        [(date(2027, 3, 15), Timing.TOO_LATE), (date(2027, 3, 16), Timing.IN_TIME)],
    )
    def test_is_too_late_where_eighteen_comes_on_the_day_of_leaving(
        self, leaves_on: date, timing: Timing
    ) -> None:
        assert prospect(leaves_on).timing is timing

    def test_names_the_first_step_without_a_day(self) -> None:
        found = prospect(date(2027, 2, 1))
        assert found.timing is Timing.TOO_LATE
        assert found.stuck is not None
        assert found.stuck.step is Step.CELL_VOTED
        assert not found.stuck.is_open

    def test_is_open_ended_where_nobody_knows_when_the_pupil_leaves(self) -> None:
        found = prospect(None)
        assert found.timing is Timing.OPEN_ENDED
        assert found.ceremony is not None
        assert found.ceremony.last_day is None

    def test_begins_with_the_step_the_road_waits_for(self) -> None:
        found = prospect(date(2027, 7, 15))
        assert found.following is found.steps[0]
        assert found.following is not None
        assert found.following.step is Step.INTRODUCED

    def test_rests_once_the_pupil_stopped(self) -> None:
        stopped = Case(
            born=CASE.born, consented_on=CASE.consented_on, stopped_on=TODAY, base_committee=True
        )
        assert prospect(date(2027, 7, 15), stopped) == Prospect(Timing.RESTING)
