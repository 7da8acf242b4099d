"""What may be told to everybody: nothing small, nothing small by taking away."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from donghanh.domain import figures, opening, rules
from donghanh.domain.opening import Fact, Part

MOST = 4
SHIPPED = rules.load()


def fact(value: int, *schools: int) -> Fact:
    return Fact(frozenset(schools), value)


def parts(*values: int | None) -> list[Part]:
    return [Part(school, value) for school, value in enumerate(values, start=1)]


class TestOffered:
    def test_are_figures_of_reports_and_of_what_was_held(self) -> None:
        codes = [one.code for one in opening.offered(figures.lines(SHIPPED))]
        assert codes == [
            *("activities", "activity_turns", "models", "clubs"),
            *("introduced", "listed", "trained", "cell_passed", "decided", "admitted"),
        ]


class TestOpened:
    @pytest.mark.parametrize(
        ("total", "values", "told", "hidden"),
        [
            (fact(0, 1), (), True, set()),
            (fact(1, 1), (), False, set()),
            (fact(4, 1), (), False, set()),
            (fact(5, 1), (), True, set()),
            (fact(20, 1, 2, 3), (9, 6, 5), True, set()),
            (fact(18, 1, 2, 3), (9, 7, 2), True, {2, 3}),  # the smallest other goes with it
            (
                fact(13, 1, 2, 3),
                (9, 2, 2),
                True,
                {1, 2, 3},
            ),  # two of two are four: told by taking away
            (fact(14, 1, 2, 3), (9, 2, 3), True, {2, 3}),  # five together tell nobody
            (fact(9, 1, 2), (7, 2), True, {1, 2}),
            (fact(2, 1, 2), (0, 2), False, {2}),
            (fact(18, 1, 2, 3), (9, None, None), True, {2, 3}),
            (fact(12, 1, 2, 3), (9, None, None), True, {1, 2, 3}),
            (None, (9, 7, 2), False, {3}),
        ],
    )
    def test_hides_what_is_small_and_what_would_tell_it(
        self, total: Fact | None, values: tuple[int | None, ...], told: bool, hidden: set[int]
    ) -> None:
        found = opening.opened(total, parts(*values), [], MOST)
        assert (found.total, set(found.hidden)) == (told, hidden)

    def test_hides_a_school_of_which_others_told_the_rest(self) -> None:
        known = [fact(18, 1, 2, 3), fact(9, 1)]
        assert opening.opened(fact(7, 2), [], known, MOST).total is False
        assert opening.opened(fact(3, 2), [], [], MOST).total is False
        assert opening.opened(fact(7, 2), [], known[:1], MOST).total is True

    def test_hides_a_total_that_differs_by_few_from_one_around_it(self) -> None:
        known = [fact(20, 1, 2, 3)]
        assert opening.opened(fact(17, 1, 2), [], known, MOST).total is False
        assert opening.opened(fact(14, 1, 2), [], known, MOST).total is True


class TestEverythingTogether:
    @given(
        st.lists(st.integers(0, 14), min_size=2, max_size=5),
        st.permutations(range(-1, 5)),
        st.booleans(),
    )
    def test_never_tells_a_small_rest_whoever_tells_first(
        self, values: list[int], order: list[int], by_school: bool
    ) -> None:
        """A second count: of a total that stands, those not told are never few together."""
        schools = range(len(values))
        whole = Fact(frozenset(schools), sum(values))
        known: list[Fact] = []
        for who in order:
            if who >= len(values):
                continue
            if who >= 0:
                own = fact(values[who], who)
                if opening.opened(own, [], known, MOST).total:
                    known.append(own)
                continue
            given_ = [Part(one, values[one]) for one in schools] if by_school else []
            found = opening.opened(whole, given_, known, MOST)
            known += [whole] if found.total else []
            known += [
                fact(one.value or 0, one.school) for one in given_ if one.school not in found.hidden
            ]
        alone = {min(one.schools) for one in known if len(one.schools) == 1}
        assert not [values[one] for one in alone if 0 < values[one] <= MOST]
        if whole in known:
            rest = sum(values[one] for one in schools if one not in alone)
            assert not 0 < rest <= MOST
