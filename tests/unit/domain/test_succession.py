"""What becomes of units: each operation, each refusal, and whole random lives of a structure."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from donghanh.domain import succession as s
from donghanh.domain.errors import RuleError
from donghanh.domain.structure import BadPartyCode, Line, UnitKind, may_stand_under, party_code
from donghanh.domain.succession import records

START = date(2020, 1, 1)
DAY = date(2025, 7, 1)
ORDER = s.Decision("12-QĐ/TU", date(2025, 6, 20), "Tỉnh ủy")
K = UnitKind


def version(unit: int, kind: UnitKind) -> s.Version:
    name = f"Đơn vị {unit}"
    return s.Version(unit, kind, name, name, "Đắk Nông", s.Period(START))


def world() -> s.World:
    """Two province committees (1, 2), a bloc (3), two base committees (4, 5), cells 6 to 11."""
    kinds = {
        1: K.PROVINCE_COMMITTEE,
        2: K.PROVINCE_COMMITTEE,
        3: K.BLOC_COMMITTEE,
        4: K.BASE_COMMITTEE,
        5: K.BASE_COMMITTEE,
        **dict.fromkeys(range(6, 12), K.CELL),
    }
    above = {3: 1, 4: 1, 5: 2, 6: 3, 7: 3, 8: 4, 9: 4, 10: 5, 11: 5}
    return s.World(
        {unit: (version(unit, kind),) for unit, kind in kinds.items()},
        {
            (child, Line.PARTY): (s.Tie(child, parent, Line.PARTY, s.Period(START)),)
            for child, parent in above.items()
        },
    )


def order(change: s.Change, on: date = DAY, creates: tuple[s.New, ...] = ()) -> s.Operation:
    return s.Operation(change, ORDER, on, creates)


def done(before: s.World, *operations: s.Operation) -> s.World:
    for operation in operations:
        before = s.apply(before, s.plan(before, operation))
    return before


class TestOperations:
    def test_a_merge_carries_all_that_stood_below_and_keeps_the_old_name(self) -> None:
        after = done(world(), order(s.Merge((4,), 5)))
        assert after.version_on(4, DAY) is None
        assert after.version_on(4, DAY - timedelta(days=1)) == replace(
            version(4, K.BASE_COMMITTEE), period=s.Period(START, DAY)
        )
        assert s.ancestors(after, 8, Line.PARTY, DAY) == (5, 2)
        assert s.path(after, 8, Line.PARTY, DAY - timedelta(days=1)) == (1, 4, 8)
        assert s.tree_on(after, Line.PARTY, DAY)[9] == 5

    def test_a_dissolved_bloc_sends_its_cells_where_the_decision_says(self) -> None:
        parts = (s.Part(4, frozenset({6})), s.Part(5, frozenset({7})))
        after = done(world(), order(s.Dissolve(3, parts)))
        assert after.parent_on(6, Line.PARTY, DAY) == 4
        assert after.parent_on(7, Line.PARTY, DAY) == 5

    def test_a_part_can_be_founded_by_the_same_decision(self) -> None:
        new = s.New(-1, "moi", K.BASE_COMMITTEE, "Mới", "Mới", "Lâm Đồng", under=((Line.PARTY, 1),))
        change = s.Split(4, (s.Part(-1, frozenset({9})),), keeps=True)
        after = done(world(), order(change, creates=(new,)))
        assert s.ancestors(after, 9, Line.PARTY, DAY) == (-1, 1)
        assert after.parent_on(8, Line.PARTY, DAY) == 4

    def test_units_can_be_founded_alone_and_led_back(self) -> None:
        above = s.New(-1, "x", K.BASE_COMMITTEE, "X", "X", "Y", under=((Line.PARTY, 1),))
        below = s.New(-2, "y", K.CELL, "Y", "Y", "Y", under=((Line.PARTY, -1),))
        plan = s.plan(world(), order(s.Found(), creates=(above, below)))
        after = s.apply(world(), plan)
        assert s.ancestors(after, -2, Line.PARTY, DAY) == (-1, 1)
        assert after.version_on(-2, DAY - timedelta(days=1)) is None
        assert s.undone(after, records.read_plan(json.loads(json.dumps(records.record(plan))))) == (
            world()
        )

    def test_a_new_place_keeps_the_old_one(self) -> None:
        after = done(world(), order(s.Rename(6, place="Lâm Đồng")))
        found = after.version_on(6, DAY)
        assert found is not None
        assert (found.place, found.old_place, found.name) == ("Lâm Đồng", "Đắk Nông", "Đơn vị 6")

    def test_a_cell_becomes_a_base_committee_and_stays_the_same_unit(self) -> None:
        after = done(world(), order(s.ChangeKind(6, K.BASE_COMMITTEE)))
        found = after.version_on(6, DAY)
        assert found is not None
        assert found.kind is K.BASE_COMMITTEE

    def test_a_day_in_the_past_leaves_what_came_later(self) -> None:
        later = done(world(), order(s.Move(8, Line.PARTY, 5)))
        earlier = date(2022, 1, 1)
        after = done(later, order(s.Move(8, Line.PARTY, 3), earlier))
        assert after.parent_on(8, Line.PARTY, earlier) == 3
        assert after.parent_on(8, Line.PARTY, DAY) == 5


REFUSED: list[tuple[s.Change, type[RuleError]]] = [
    (s.Move(3, Line.PARTY, 6), s.Circle),
    (s.Move(6, Line.PARTY, 6), s.Circle),
    (s.Move(6, Line.PARTY, 3), s.NothingChanges),
    (s.Move(6, Line.PARTY, 7), s.Misplaced),
    (s.Merge((4,), 4), s.IntoItself),
    (s.Merge((4, 4), 5), s.IntoItself),
    (s.Merge((), 5), s.NothingChanges),
    (s.Split(4, (s.Part(4),)), s.IntoItself),
    (s.Split(4, ()), s.NothingChanges),
    (s.Close(4), s.LeftBehind),
    (s.Dissolve(3, (s.Part(6),)), s.Circle),
    (s.Rename(6), s.NothingChanges),
    (s.Rename(6, party_code="123"), BadPartyCode),
    (s.Rename(99, name="Không có"), s.NotThen),
    (s.ChangeKind(3, K.SCHOOL), s.Misplaced),
]


class TestRecords:
    @pytest.mark.parametrize(
        "change", [s.Merge((1,), 2), s.Dissolve(3, (s.Part(1, frozenset({6, 7})),)), s.Close(11)]
    )
    def test_of_one_plan_are_one_whatever_order_the_world_was_read_in(
        self, change: s.Change
    ) -> None:
        one = world()
        other = s.World(
            dict(reversed(list(one.versions.items()))),
            dict(reversed(list(one.ties.items()))),
            one.edges,
        )
        found = [records.record(s.plan(each, order(change))) for each in (one, other)]
        assert found[0] == found[1]


class TestRefusals:
    @pytest.mark.parametrize(("change", "error"), REFUSED)
    def test_each_bad_order_changes_nothing(self, change: s.Change, error: type) -> None:
        before = world()
        with pytest.raises(error):
            s.plan(before, order(change))
        assert before == world()

    def test_a_day_before_the_unit_existed_is_refused(self) -> None:
        with pytest.raises(s.NotThen):
            s.plan(world(), order(s.Rename(6, name="X"), START - timedelta(days=1)))

    def test_two_operations_on_one_unit_on_one_day_are_refused(self) -> None:
        after = done(world(), order(s.Rename(6, name="X")))
        with pytest.raises(s.TwiceOnOneDay):
            s.plan(after, order(s.Move(6, Line.PARTY, 5)))

    def test_founding_nothing_and_founding_in_a_circle_are_refused(self) -> None:
        with pytest.raises(s.NothingChanges):
            s.plan(world(), order(s.Found()))
        one = s.New(-1, "x", K.UPPER_COMMITTEE, "X", "X", "Y", under=((Line.PARTY, -2),))
        two = s.New(-2, "y", K.UPPER_COMMITTEE, "Y", "Y", "Y", under=((Line.PARTY, -1),))
        with pytest.raises(s.Circle):
            s.plan(world(), order(s.Found(), creates=(one, two)))

    def test_a_decision_without_number_is_refused(self) -> None:
        with pytest.raises(s.NoDecision):
            s.plan(world(), s.Operation(s.Close(6), replace(ORDER, number=" "), DAY))

    def test_ending_what_changes_later_is_refused(self) -> None:
        after = done(world(), order(s.Rename(6, name="X")))
        with pytest.raises(s.ChangesLater):
            s.plan(after, order(s.Close(6), DAY - timedelta(days=9)))

    def test_a_change_in_between_is_told(self) -> None:
        seen = s.plan(world(), order(s.Rename(6, name="X")))
        moved = done(world(), order(s.Rename(6, name="Y"), DAY - timedelta(days=9)))
        with pytest.raises(s.ChangesLater):
            s.apply(moved, seen)

    def test_undoing_below_a_later_operation_is_refused(self) -> None:
        first = s.plan(world(), order(s.Rename(6, name="X")))
        after = done(s.apply(world(), first), order(s.Close(6, heir=7), DAY + timedelta(days=9)))
        with pytest.raises(s.ChangesLater):
            s.undone(after, first)

    @pytest.mark.parametrize("code", ["", "1234567890123", "123456789012345", "1234567890123a"])
    def test_a_party_code_has_fourteen_digits(self, code: str) -> None:
        with pytest.raises(BadPartyCode):
            party_code(code)


units = st.integers(1, 11)
divisions = st.lists(st.tuples(units, st.frozensets(units, max_size=3)), max_size=3)
changes = st.one_of(
    st.builds(s.Rename, units, name=st.sampled_from(["A", "B"])),
    st.builds(s.Move, units, st.just(Line.PARTY), units),
    st.builds(s.Merge, st.lists(units, min_size=1, max_size=2).map(tuple), units),
    st.builds(s.Close, units, st.none() | units),
    st.builds(
        lambda unit, parts: s.Dissolve(unit, tuple(s.Part(*part) for part in parts)),
        units,
        divisions,
    ),
    st.builds(
        lambda unit, parts, keeps: s.Split(unit, tuple(s.Part(*one) for one in parts), keeps),
        units,
        divisions,
        st.booleans(),
    ),
    st.builds(s.ChangeKind, units, st.sampled_from([K.CELL, K.BASE_COMMITTEE, K.JOINT_CELL])),
)
days = st.integers(0, 3000).map(lambda number: START + timedelta(days=number))
lives = st.lists(st.builds(order, changes, days), max_size=12)
figures = st.lists(
    st.builds(s.Amount, units, days, st.integers(0, 50), st.none() | units), max_size=12
)


class TestEveryLife:
    @settings(max_examples=150, deadline=None)
    @given(lives, figures, days)
    def test_totals_are_conserved_kept_plans_read_back_and_each_undo_leads_back(
        self, life: list[s.Operation], amounts: list[s.Amount], day: date
    ) -> None:
        now, undo = world(), []
        for operation in life:
            before = now
            try:
                found = s.plan(before, operation)
            except RuleError:
                assert now == before
                continue
            assert records.read_plan(json.loads(json.dumps(records.record(found)))) == found
            now = s.apply(before, found)
            undo.append((before, found))
        whole = sum(one.value for one in amounts)
        for view in s.View:
            rolled = s.roll_up(now, Line.PARTY, amounts, view, day)
            above = s.ways(now, Line.PARTY, view, day)
            assert all(above(one) == s.way(now, Line.PARTY, one, view, day) for one in amounts)
            assert sum(rolled.own.values()) == whole
            assert sum(rolled.tops.values()) == whole
        for before, found in reversed(undo):
            now = s.undone(now, found)
            assert now == before

    @settings(max_examples=150, deadline=None)
    @given(lives, days)
    def test_nothing_ever_hangs_in_a_circle_or_under_the_ended(
        self, life: list[s.Operation], day: date
    ) -> None:
        now = world()
        for operation in life:
            try:
                now = done(now, operation)
            except RuleError:
                continue
        for child, parent in s.tree_on(now, Line.PARTY, day).items():
            below, above = now.version_on(child, day), now.version_on(parent, day)
            assert below is not None
            assert above is not None
            way: set[int] = set()
            at: int | None = child
            while at is not None:
                assert at not in way
                way.add(at)
                at = now.parent_on(at, Line.PARTY, day)

    @settings(max_examples=150, deadline=None)
    @given(lives, figures, days)
    def test_what_was_before_the_first_day_reads_as_it_was(
        self, life: list[s.Operation], amounts: list[s.Amount], day: date
    ) -> None:
        now, first = world(), None
        for operation in life:
            try:
                now = done(now, operation)
            except RuleError:
                continue
            first = operation.on if first is None else min(first, operation.on)
        old = [one for one in amounts if first is None or one.day < first]
        assert s.roll_up(now, Line.PARTY, old, s.View.AS_WAS, day) == s.roll_up(
            world(), Line.PARTY, old, s.View.AS_WAS, day
        )


def test_bridging_a_division_counts_each_figure_once() -> None:
    parts = (s.Part(4, frozenset({6})), s.Part(5, frozenset({7})))
    after = done(world(), order(s.Dissolve(3, parts)))
    before = DAY - timedelta(days=30)
    amounts = [s.Amount(3, before, 5, 7), s.Amount(3, before, 3), s.Amount(6, before, 2)]
    bridged = s.roll_up(after, Line.PARTY, amounts, s.View.BRIDGED, DAY)
    assert bridged.own == {5: 5, 4: 3, 6: 2}
    assert bridged.totals == {5: 5, 2: 5, 4: 5, 1: 5, 6: 2}
    assert s.roll_up(after, Line.PARTY, amounts, s.View.AS_IS, DAY).tops == {3: 8, 1: 2}
    assert s.roll_up(after, Line.PARTY, amounts, s.View.AS_WAS, DAY).tops == {1: 10}


def test_a_class_union_stands_under_the_union_of_its_school_only() -> None:
    assert may_stand_under(Line.UNION, K.CLASS_UNION, K.SCHOOL_UNION)
    assert not may_stand_under(Line.UNION, K.CLASS_UNION, K.PROVINCE_UNION)
