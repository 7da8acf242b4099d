"""Nobody whom the rules let take a step is left out beforehand."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from donghanh.domain import ahead
from donghanh.domain.acts import Act, Branch, Step
from donghanh.domain.errors import RuleError
from donghanh.domain.procedure import StageState, check
from donghanh.domain.refusals import VoteMissing
from donghanh.domain.sitting import Body, decides
from tests.unit.domain.drawn import WALKS, Drawn, roads
from tests.unit.domain.walked import BOOK, CASE, WALKED

DECIDED = tuple(dict.fromkeys(step for body in Body for step in decides(BOOK, body)))


def taken(drawn: Drawn, step: Step, later: int) -> bool:
    """Whether the rules let a body decide a step some days after the last act."""
    on = drawn.on + timedelta(days=later)
    try:
        check(Act(len(drawn.acts) + 1, step, on), drawn.acts, drawn.case, BOOK, on)
    except VoteMissing:
        return True
    except RuleError:
        return False
    return True


def left_out(drawn: Drawn, step: Step, later: int = 0) -> bool:
    """Whether what was recorded tells that a step cannot be taken, days after the last act."""
    last = ahead.last_before(BOOK, step)
    road = drawn.road(today=drawn.on + timedelta(days=later))  # a vote may be too old by then
    recorded = {act.step for act in road.acts if not act.voided}
    done = {one.step for one in road.stages if one.state is StageState.DONE}
    moved = Branch.MOVED in drawn.case.branches(drawn.on + timedelta(days=later))
    shut = not done.isdisjoint(ahead.closing(BOOK, step)) and not moved
    return (last is not None and last not in recorded) or shut


class TestLeftOut:
    @WALKS
    @given(roads(moving=True), st.integers(0, 60))
    def test_the_rules_refuse_whoever_is_left_out(self, drawn: Drawn, later: int) -> None:
        for step in DECIDED:
            assert not (left_out(drawn, step, later) and taken(drawn, step, later)), step

    def test_a_road_walked_in_full_is_left_out_before_and_after_each_vote(self) -> None:
        for step in (Step.LISTED, Step.CELL_VOTED, Step.BASE_VOTED):
            found = [
                left_out(Drawn(CASE, WALKED[:length], WALKED[length - 1].on), step)
                for length in range(1, len(WALKED) + 1)
            ]
            assert found[0] or step is Step.LISTED
            assert found[-1]
            assert not all(found)

    def test_a_vote_that_is_too_old_by_then_leaves_nobody_out(self) -> None:
        case = replace(CASE, scopes=("central", "province:ha-noi"), base_committee=False)
        votes = [place for place, act in enumerate(WALKED) if act.step is Step.RECOGNITION_VOTED]
        voted = Drawn(case, WALKED[: votes[0] + 1], WALKED[votes[0]].on)
        told = [
            (left_out(voted, voted.acts[-1].step, later), taken(voted, voted.acts[-1].step, later))
            for later in (60, 200)
        ]
        assert told == [(True, False), (False, True)]
