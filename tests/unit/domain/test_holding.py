"""Who has what was under way with a unit: each operation, and whole random lives of a structure."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from donghanh.domain import succession as s
from donghanh.domain.errors import RuleError
from donghanh.domain.structure import Line, UnitKind

START = date(2020, 1, 1)
SENT = date(2025, 6, 1)
DAY = date(2025, 7, 1)
EVE = DAY - timedelta(days=1)
ORDER = s.Decision("12-QĐ/TU", date(2025, 6, 20), "Tỉnh ủy")
K = UnitKind

#: The province's committee, two committees that decide, two base committees.
PROVINCE, DECIDES, OTHER, BASE, NEXT = 1, 2, 3, 4, 5
CELLS, SCHOOLS = (6, 7, 8, 9), (16, 17, 18, 19)
SCHOOL, CELL = SCHOOLS[0], CELLS[0]


def version(unit: int, kind: UnitKind) -> s.Version:
    name = f"Đơn vị {unit}"
    return s.Version(unit, kind, name, name, "Đắk Nông", s.Period(START))


def world() -> s.World:
    """Cells 6 and 7 under base committee 4, 8 and 9 under 5, each at its school; 2 decides."""
    kinds = {
        PROVINCE: K.PROVINCE_COMMITTEE,
        DECIDES: K.UPPER_COMMITTEE,
        OTHER: K.UPPER_COMMITTEE,
        BASE: K.BASE_COMMITTEE,
        NEXT: K.BASE_COMMITTEE,
        **dict.fromkeys(CELLS, K.CELL),
        **dict.fromkeys(SCHOOLS, K.SCHOOL),
    }
    ties = [(one, PROVINCE, Line.PARTY) for one in (DECIDES, OTHER)]
    ties += [(BASE, DECIDES, Line.PARTY), (NEXT, DECIDES, Line.PARTY)]
    for cell, school in zip(CELLS, SCHOOLS, strict=True):
        ties.append((cell, school, Line.HOST))
        ties.append((cell, BASE if cell in CELLS[:2] else NEXT, Line.PARTY))
        ties.append((cell, DECIDES, Line.COMPETENT))
    return s.World(
        {unit: (version(unit, kind),) for unit, kind in kinds.items()},
        {
            (child, line): (s.Tie(child, parent, line, s.Period(START)),)
            for child, parent, line in ties
        },
    )


def after(*changes: s.Change, on: date = DAY, creates: tuple[s.New, ...] = ()) -> s.World:
    now = world()
    for place, change in enumerate(changes):
        operation = s.Operation(change, ORDER, on + timedelta(days=place), creates)
        now = s.apply(now, s.plan(now, operation))
    return now


def has(now: s.World, unit: int, school: int | None = SCHOOL, day: date = DAY) -> int | None:
    return s.holder(now, s.Lying(unit, SENT, school), day)


class TestHolder:
    def test_is_the_unit_itself_while_it_goes_on(self) -> None:
        for unit in (BASE, DECIDES):
            assert has(world(), unit) == unit

    def test_is_who_carries_an_ended_committee_on_from_its_day_on(self) -> None:
        now = after(s.Merge((BASE,), NEXT))
        assert has(now, BASE, day=EVE) == BASE
        assert has(now, BASE) == NEXT
        assert has(now, DECIDES) == DECIDES

    def test_is_the_part_that_took_the_cell(self) -> None:
        parts = (s.Part(NEXT, frozenset({CELLS[0]})), s.Part(DECIDES, frozenset({CELLS[1]})))
        now = after(s.Dissolve(BASE, parts))
        assert has(now, BASE, SCHOOLS[0]) == NEXT
        assert has(now, BASE, SCHOOLS[1]) == DECIDES

    def test_is_the_part_that_took_the_cell_out_of_a_unit_that_goes_on(self) -> None:
        now = after(s.Split(BASE, (s.Part(NEXT, frozenset({CELLS[1]})),), keeps=True))
        assert has(now, BASE, SCHOOLS[0]) == BASE
        assert has(now, BASE, SCHOOLS[1]) == NEXT

    def test_follows_a_cell_that_is_moved(self) -> None:
        now = after(s.Move(CELL, Line.PARTY, NEXT))
        assert has(now, BASE) == NEXT
        assert has(now, BASE, SCHOOLS[1]) == BASE
        assert has(after(s.Move(CELL, Line.COMPETENT, OTHER)), DECIDES) == OTHER

    def test_stays_with_who_still_decides_for_the_cell(self) -> None:
        now = after(s.Merge((BASE,), DECIDES), s.Move(CELL, Line.PARTY, NEXT))
        assert has(now, BASE, day=DAY + timedelta(days=1)) == DECIDES

    def test_follows_the_cell_that_carries_the_pupils_own_on(self) -> None:
        now = after(s.Merge((CELL,), CELLS[2]))
        assert has(now, CELL) == CELLS[2]
        assert has(now, BASE) == NEXT

    def test_follows_a_school_that_is_merged(self) -> None:
        now = after(s.Merge((SCHOOL,), SCHOOLS[2]), s.Move(CELL, Line.PARTY, NEXT))
        assert s.cell_of(now, SCHOOL, DAY) == CELLS[2]
        assert has(now, CELL) == CELL
        assert has(now, BASE, day=DAY + timedelta(days=1)) == NEXT

    def test_follows_a_chain_of_changes(self) -> None:
        now = after(s.Merge((BASE,), NEXT), s.Move(CELL, Line.PARTY, OTHER))
        assert has(now, BASE) == NEXT
        assert has(now, BASE, day=DAY + timedelta(days=9)) == OTHER

    def test_of_a_day_past_reads_what_was_sent_meanwhile(self) -> None:
        now = after(s.Merge((BASE,), NEXT), on=SENT - timedelta(days=40))
        assert has(now, BASE) == NEXT

    def test_of_no_single_pupil_is_who_takes_the_rest(self) -> None:
        parts = (s.Part(NEXT, frozenset({CELLS[0]})), s.Part(DECIDES, frozenset({CELLS[1]})))
        assert has(after(s.Dissolve(BASE, parts)), BASE, None) == NEXT
        assert has(after(s.Merge((CELL,), CELLS[1])), CELL, None) == CELLS[1]

    @pytest.mark.parametrize("school", [SCHOOL, None])
    def test_is_nobody_where_nobody_carries_it_on(self, school: int | None) -> None:
        now = after(s.Close(CELL))
        assert has(now, CELL, school) is None
        thing = s.Lying(CELL, SENT, school)
        assert s.left(now, [thing], DAY) == (thing,)
        assert s.left(world(), [thing], DAY) == ()


units = st.integers(1, 9) | st.sampled_from(SCHOOLS)
divisions = st.lists(st.tuples(units, st.frozensets(units, max_size=3)), max_size=3)
changes = st.one_of(
    st.builds(s.Move, units, st.sampled_from([Line.PARTY, Line.COMPETENT, Line.HOST]), units),
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
)
days = st.integers(0, 60).map(lambda number: START + timedelta(days=number * 50))
lives = st.lists(
    st.builds(lambda change, on: s.Operation(change, ORDER, on), changes, days), max_size=14
)

#: A dossier of every school with its own cell, with each committee over it, and their meetings.
THINGS = [
    *(s.Lying(unit, START, school) for school in SCHOOLS for unit in (DECIDES,)),
    *(s.Lying(BASE, START, school) for school in SCHOOLS[:2]),
    *(s.Lying(NEXT, START, school) for school in SCHOOLS[2:]),
    *(s.Lying(cell, START, school) for cell, school in zip(CELLS, SCHOOLS, strict=True)),
    *(s.Lying(unit, START) for unit in (DECIDES, OTHER, BASE, NEXT)),
]


class TestEveryLife:
    @settings(max_examples=200, deadline=None)
    @given(lives, days)
    def test_each_thing_has_one_living_holder_or_is_named_in_a_receipt_and_undo_gives_it_back(
        self, life: list[s.Operation], day: date
    ) -> None:
        now, undo, named = world(), [], set()
        for operation in life:
            try:
                found = s.plan(now, operation)
            except RuleError:
                continue
            undo.append((now, found))
            now = s.apply(now, found)
            named |= set(s.left(now, THINGS, operation.on))
        near = s.around(now, THINGS)
        for thing in THINGS:
            who = s.holder(now, thing, day)
            assert s.holder(near, thing, day) == who
            if who is None:
                assert thing in named
                continue
            assert now.version_on(who, day) is not None
            if thing.school is not None:
                assert may_act(now, who, thing.school, day)
        for before, found in reversed(undo):
            now = s.undone(now, found)
            for thing in THINGS:
                assert s.holder(now, thing, day) == s.holder(before, thing, day)
        assert all(s.holder(now, thing, day) == thing.unit for thing in THINGS)


def may_act(now: s.World, unit: int, school: int, day: date) -> bool:
    """
    Tell, another way, whether a unit is or stands right over a Party organisation at a school.

    Units are gone through from above, as a reach is; a cell merged away counts as its heir.
    """
    heirs = {school}
    for _ in now.versions:
        heirs |= {
            edge.after
            for unit_edges in now.edges.values()
            for edge in unit_edges
            if edge.rest and edge.on <= day and edge.before in heirs
        }
    places = {unit}
    for (child, line), ties in now.ties.items():
        if line in {Line.PARTY, Line.COMPETENT}:
            places |= {child for tie in ties if tie.parent == unit and tie.period.holds(day)}
    before = set(places)
    for _ in now.versions:
        before |= {
            edge.before
            for unit_edges in now.edges.values()
            for edge in unit_edges
            if edge.on <= day and edge.after in before
        }
    return any(
        tie.parent in heirs and child in before
        for (child, line), ties in now.ties.items()
        if line is Line.HOST
        for tie in ties
        if tie.period.since <= day
    )
