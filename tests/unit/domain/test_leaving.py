"""When a class finishes, and what of a road can still be done before."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from donghanh.domain import leaving, rules, year_classes
from donghanh.domain.acts import Act, Case, Step
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.forecast import Bound, outlook
from donghanh.domain.leaving import Basis, Prospect, Timing
from donghanh.domain.replaying import replay
from donghanh.domain.year_classes import Ending, YearClass

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
#: In the school year 2024–2025.
AGREED = date(2024, 9, 10)
SOURCED = Act(1, Step.SOURCED, date(2026, 9, 15))


def of(first: int, class_name: str) -> YearClass:
    """Return a class of the school year that begins in a year."""
    year = SchoolYear.of(date(first, 9, 1))
    return YearClass(year, class_name, year.since)


def sorted_by_day(classes: list[YearClass]) -> list[YearClass]:
    return sorted(classes, key=lambda one: one.since)


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


class TestFinish:
    """By the class of the years; whoever stays in a grade finishes later."""

    def test_goes_by_the_newest_class(self) -> None:
        found = leaving.finish([of(2024, "10A1"), of(2025, "11A1")], AGREED)
        assert (found.year.key, found.basis) == ("2026-2027", Basis.CLASS)

    def test_is_a_year_later_for_who_stays_in_the_grade(self) -> None:
        found = leaving.finish([of(2024, "11A1"), of(2025, "11A3")], AGREED)
        assert found.year.key == "2026-2027"

    def test_is_the_last_year_still_once_the_last_class_is_over(self) -> None:
        ended = YearClass(SchoolYear.from_key("2026-2027"), "", date(2026, 8, 1), Ending.FINISHED)
        found = leaving.finish([of(2025, "12A1"), ended], AGREED)
        assert found.year.key == "2025-2026"

    def test_does_not_hang_on_the_day_of_agreeing_where_a_class_bears_a_grade(self) -> None:
        found = {leaving.finish([of(2025, "11A1")], day).year for day in (AGREED, TODAY)}
        assert {year.key for year in found} == {"2026-2027"}

    def test_goes_back_to_an_earlier_class_where_the_newest_bears_no_grade(self) -> None:
        found = leaving.finish([of(2024, "10A1"), of(2025, "CHUYÊN ANH")], AGREED)
        assert (found.year.key, found.basis) == ("2026-2027", Basis.EARLIER)
        assert found.told_by is not None
        assert found.told_by.class_name == "10A1"

    def test_is_bounded_by_the_day_of_agreeing_where_no_class_bears_a_grade(self) -> None:
        for classes in ([of(2024, "CHUYÊN ANH")], []):
            found = leaving.finish(classes, AGREED)
            assert (found.year.key, found.basis, found.told_by) == (
                "2026-2027",
                Basis.AGREED,
                None,
            )

    @given(st.permutations([of(2023, "10A1"), of(2024, "11A1"), of(2025, "11A2")]))
    def test_does_not_hang_on_the_order_of_the_classes(self, classes: list[YearClass]) -> None:
        assert leaving.finish(classes, AGREED) == leaving.finish(sorted_by_day(classes), AGREED)


class TestClassOn:
    CLASSES = (of(2024, "10A1"), of(2025, "11A1"))

    @pytest.mark.parametrize(
        ("day", "class_name"),
        [
            (date(2023, 9, 1), "10A1"),  # before anything is known: the first
            (date(2025, 7, 31), "10A1"),
            (date(2025, 8, 1), "11A1"),
            (date(2027, 1, 1), "11A1"),
        ],
    )
    def test_is_the_one_begun_last(self, day: date, class_name: str) -> None:
        assert year_classes.class_on(self.CLASSES, day) == class_name

    def test_is_blank_where_none_is_known(self) -> None:
        assert year_classes.class_on((), TODAY) == ""
        assert year_classes.class_of_year(self.CLASSES, SchoolYear.from_key("2026-2027")) == ""
        assert year_classes.class_of_year(self.CLASSES, SchoolYear.from_key("2024-2025")) == "10A1"


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
