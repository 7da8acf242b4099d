"""Which class follows a class, and where each pupil is in the new school year."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from donghanh.domain import moving_up
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.moving_up import (
    Apart,
    BothSaid,
    ClassMissing,
    GradeDiffers,
    Group,
    Place,
    Plan,
)
from donghanh.domain.moving_up import Way as Goes
from donghanh.domain.year_classes import Ending, grade_of

OLD, NEW = SchoolYear.from_key("2025-2026"), SchoolYear.from_key("2026-2027")
AFTER = SchoolYear.from_key("2027-2028")
TEN, ELEVEN, TWELVE = Group(OLD, "10A1"), Group(OLD, "11A1"), Group(OLD, "12B2")


class TestSuggested:
    @pytest.mark.parametrize(
        ("class_name", "into", "place"),
        [
            ("10A1", NEW, Place("11A1")),
            ("11 Chuyên Toán", NEW, Place("12 Chuyên Toán")),
            ("10A10", NEW, Place("11A10")),  # the number of the class stays
            ("12B2", NEW, Place(ended=Ending.FINISHED)),
            ("10A1", AFTER, Place("12A1")),  # a year was left out
            ("11A1", AFTER, Place(ended=Ending.FINISHED)),
            ("Chuyên Anh", NEW, None),
            ("9A", NEW, None),
        ],
    )
    def test_follows_the_grade_in_the_name(
        self, class_name: str, into: SchoolYear, place: Place | None
    ) -> None:
        assert moving_up.suggested(Group(OLD, class_name), into) == place

    @given(st.from_regex(r"1[01][ A-Z]{1,4}[0-9]{0,2}", fullmatch=True))
    def test_is_one_grade_up_with_the_rest_of_the_name_as_it_was(self, class_name: str) -> None:
        found = moving_up.suggested(Group(OLD, class_name), NEW)
        before = grade_of(class_name)
        assert found is not None
        assert before is not None
        assert (grade_of(found.class_name), found.class_name[2:]) == (before + 1, class_name[2:])


class TestPlaced:
    def test_takes_every_pupil_along_whose_class_goes_somewhere(self) -> None:
        pupils = {1: TEN, 2: TEN, 3: ELEVEN, 4: TWELVE}
        plan = Plan({TEN: Place("11A1"), TWELVE: Place(ended=Ending.FINISHED)}, {})
        assert moving_up.placed(pupils, plan, NEW) == {
            1: Place("11A1"),
            2: Place("11A1"),
            4: Place(ended=Ending.FINISHED),
        }

    @pytest.mark.parametrize(
        ("apart", "place"),
        [
            (Apart(Goes.OTHER, "11A9"), Place("11A9")),
            (Apart(Goes.OTHER, "CHUYÊN ANH"), Place("CHUYÊN ANH")),
            (Apart(Goes.STAYS), Place("10A1")),
            (Apart(Goes.STAYS, "10A7"), Place("10A7")),
            (Apart(Goes.LEFT), Place(ended=Ending.LEFT)),
            (Apart(Goes.FINISHED), Place(ended=Ending.FINISHED)),
        ],
    )
    def test_lets_one_go_another_way_whatever_becomes_of_the_class(
        self, apart: Apart, place: Place
    ) -> None:
        for classes in ({TEN: Place("11A1")}, {}):
            found = moving_up.placed({1: TEN, 2: TEN}, Plan(classes, {1: apart}), NEW)
            assert found[1] == place
            assert found.get(2) == classes.get(TEN)

    @pytest.mark.parametrize(
        ("plan", "refusal"),
        [
            (Plan({TEN: Place("12A1")}, {}), GradeDiffers),
            (Plan({TEN: Place("10A1")}, {}), GradeDiffers),  # nobody stays by the class
            (Plan({TEN: Place("11A1", Ending.FINISHED)}, {}), BothSaid),
            (Plan({TEN: Place("1" * 21)}, {}), ClassMissing),
            (Plan({}, {1: Apart(Goes.OTHER)}), ClassMissing),
            (Plan({}, {1: Apart(Goes.OTHER, "10A2")}), GradeDiffers),
            (Plan({}, {1: Apart(Goes.STAYS, "11A2")}), GradeDiffers),
            (Plan({}, {1: Apart(Goes.LEFT, "11A2")}), BothSaid),
        ],
    )
    def test_refuses_what_cannot_be(self, plan: Plan, refusal: type[Exception]) -> None:
        with pytest.raises(refusal):
            moving_up.placed({1: TEN}, plan, NEW)

    def test_leaves_out_who_is_not_there(self) -> None:
        plan = Plan({TEN: Place("11A1")}, {9: Apart(Goes.LEFT)})
        assert moving_up.placed({1: TEN}, plan, NEW) == {1: Place("11A1")}

    @given(
        st.dictionaries(st.integers(1, 40), st.sampled_from([TEN, ELEVEN, TWELVE])),
        st.sets(st.integers(1, 40)),
    )
    def test_gives_each_pupil_one_place_and_invents_nobody(
        self, pupils: dict[int, Group], left: set[int]
    ) -> None:
        classes = {
            group: place
            for group in pupils.values()
            if (place := moving_up.suggested(group, NEW)) is not None
        }
        plan = Plan(classes, {number: Apart(Goes.LEFT) for number in left})
        found = moving_up.placed(pupils, plan, NEW)
        assert set(found) == set(pupils)
        assert {n for n, one in found.items() if one.ended is Ending.LEFT} == left & set(pupils)
        assert sum(n for _, n in moving_up.groups(pupils)) == len(pupils)


class TestDays:
    def test_are_no_matter_of_the_rule(self) -> None:
        assert SchoolYear.of(date(2026, 8, 1)) == NEW
        assert SchoolYear.of(date(2026, 7, 31)) == OLD
