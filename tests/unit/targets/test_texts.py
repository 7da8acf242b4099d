"""The sentences and marks of the room of targets."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from donghanh.domain import targets
from donghanh.domain.errors import RuleError
from donghanh.targets import actions, texts

DAY = date(2026, 9, 1)
#: One of each refusal, with facts as the rules give them.
REFUSED = (
    targets.Absurd(amount=-1, most=targets.MOST),
    targets.NotBelow(),
    targets.NotThen(unit="THPT (mô phỏng) Đức Lập", year="2026-2027"),
    targets.NoReason(),
    targets.NoPaper(),
    targets.PaperNotYet(day=DAY, since=DAY, today=DAY),
    targets.YearClosed(year="2026-2027"),
    targets.NothingChanges(),
    targets.GivenFromAbove(),
    actions.ChangedMeanwhile(),
)


class TestRefusals:
    @pytest.mark.parametrize("error", REFUSED, ids=lambda error: error.code)
    def test_say_what_why_and_what_to_do(self, error: RuleError) -> None:
        said = texts.refusal(error)
        assert "%(" not in said
        assert "chưa ghi" in said
        assert said.endswith(".")

    def test_are_all_of_the_room(self) -> None:
        known = {
            kind.code for kind in RuleError.__subclasses__() if kind.code.startswith("targets.")
        }
        assert {error.code for error in REFUSED} == known
        assert set(texts.REFUSALS) == known | {"authority.not_allowed"}


class TestMarks:
    @pytest.mark.parametrize(
        ("part", "said"),
        [(None, "–"), (Fraction(0), "0%"), (Fraction(1, 3), "33,3%"), (Fraction(3, 2), "150%")],
    )
    def test_write_a_share_with_a_comma(self, part: Fraction | None, said: str) -> None:
        assert texts.share(part) == said

    @pytest.mark.parametrize(
        ("left", "state"), [(None, "plain"), (3, "near"), (0, "done"), (-2, "late")]
    )
    def test_tell_what_is_left_in_shape_and_word(self, left: int | None, state: str) -> None:
        shape, word = texts.rest(left)
        assert shape == state
        assert str(abs(left or 0)) in word or not left

    @pytest.mark.parametrize(
        ("target", "result", "state"),
        [
            (None, 3, "plain"),
            (2, None, "waiting"),
            (2, 0, "waiting"),
            (2, 1, "near"),
            (2, 2, "done"),
        ],
    )
    def test_tell_how_far_a_unit_is(
        self, target: int | None, result: int | None, state: str
    ) -> None:
        assert texts.reached(target, result)[0] == state

    def test_hide_few_and_only_few(self) -> None:
        assert texts.forecast(1200, 34) == "1.234"
        assert texts.forecast(2, None) == "2 + dưới 5"
