"""Spans: on every day, what they say a case counts for is what counting that day says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from donghanh.domain import indicators, spans
from donghanh.domain.acts import Act, Step
from donghanh.domain.procedure import replay
from donghanh.domain.roads import Road
from donghanh.domain.rules import Rulebook
from tests.unit.domain.drawn import WALKS, Drawn, roads
from tests.unit.domain.walked import BOOK, CASE

TODAY = date(2030, 1, 1)
TURNS = (Step.UNLISTED, Step.ANNULLED, Step.DELETED)


def masks(found: tuple[spans.Span, ...], day: date) -> int:
    """What spans say of a day; no two of them speak of it."""
    holding = [one for one in found if one.since <= day < one.until]
    assert len(holding) <= 1
    return holding[0].counted if holding else 0


def codes(mask: int) -> set[str]:
    return {code for code, bit in spans.bits(BOOK).items() if mask & bit}


@st.composite
def turned(draw: st.DrawFn) -> Road:
    """A road with some acts declared invalid, perhaps a turn, perhaps stopped."""
    drawn: Drawn = draw(roads(moving=True, least=8, most=40))
    void = draw(st.sets(st.integers(1, len(drawn.acts) + 1), max_size=3))
    acts = [replace(act, voided=act.number in void) for act in drawn.acts]
    if draw(st.booleans()):
        on = drawn.on + timedelta(days=draw(st.integers(0, 90)))
        acts.append(Act(len(acts) + 1, draw(st.sampled_from(TURNS)), on))
    case = drawn.case
    if draw(st.integers(0, 3)) == 0:
        assert case.consented_on is not None
        stop = case.consented_on + timedelta(days=draw(st.integers(0, 900)))
        case = replace(case, stopped_on=stop)
    return replay(acts, case, BOOK, TODAY)


class TestSpans:
    @WALKS
    @given(turned(), st.lists(st.integers(-40, 2600), min_size=30, max_size=60))
    def test_say_of_any_day_what_counting_that_day_says(self, road: Road, days: list[int]) -> None:
        found = spans.spans(road, BOOK)
        start = road.case.consented_on or date(2023, 1, 1)
        edges = [day for one in found for day in (one.since, one.until) if day < date(2040, 1, 1)]
        near = [day + timedelta(days=by) for day in edges for by in (-1, 0)]
        for day in sorted({*near, *(start + timedelta(days=one) for one in days)}):
            assert codes(masks(found, day)) == codes(spans.counted_on(road, BOOK, day)), day

    @WALKS
    @given(turned())
    def test_do_not_depend_on_the_day_they_are_told(self, road: Road) -> None:
        later = replay(road.acts, road.case, BOOK, TODAY + timedelta(days=900))
        assert spans.spans(road, BOOK) == spans.spans(later, BOOK)

    @WALKS
    @given(turned())
    def test_follow_each_other_and_count_for_something(self, road: Road) -> None:
        found = spans.spans(road, BOOK)
        assert all(one.counted and one.since < one.until for one in found)
        assert all(one.until <= two.since for one, two in pairwise(found))

    def test_are_none_of_a_case_nobody_agreed_to(self) -> None:
        empty = Drawn(replace(CASE, consented_on=None), (), date(2024, 1, 1))
        assert spans.spans(empty.road(), BOOK) == ()

    def test_have_a_bit_for_every_figure_that_cases_are_counted_for(self) -> None:
        found = spans.bits(BOOK)
        assert list(found) == [one.code for one in indicators.load(BOOK)]
        assert len(set(found.values())) == len(found) and max(found.values()) < 2**63

    def test_are_told_by_other_rules_under_another_key(self) -> None:
        assert spans.key_of(Rulebook(BOOK.contents, "other")) != spans.key_of(BOOK)
