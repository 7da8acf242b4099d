"""Where a dossier is: sent, received, returned, and who may not decide meanwhile."""

from __future__ import annotations

from datetime import date

import pytest

from donghanh.domain.acts import Step
from donghanh.domain.whereabouts import NotHere, NotOnTheWay, Returned, Whereabouts, read

FIRST, LATER, LAST = date(2026, 3, 2), date(2026, 3, 5), date(2026, 3, 9)
BASE, UPPER = 7, 9


class TestWhereabouts:
    def test_goes_up_is_received_and_comes_back(self) -> None:
        sent = Whereabouts().sent(BASE, FIRST)
        assert (sent.unit, sent.on_the_way) == (BASE, True)
        came = sent.received(BASE, LATER)
        assert (came.since, came.on_the_way) == (LATER, False)
        back = came.given_back(BASE, None, LAST)
        assert (back.unit, dict(back.returned)) == (None, {BASE: LAST})
        assert dict(back.sent(BASE, LAST).returned) == {}

    def test_keeps_who_returned_it_until_it_comes_to_them_again(self) -> None:
        at_upper = Whereabouts(UPPER, FIRST)
        at_base = at_upper.given_back(UPPER, BASE, LATER).given_back(BASE, None, LAST)
        assert set(at_base.returned) == {BASE, UPPER}
        assert set(at_base.sent(BASE, LAST).returned) == {UPPER}

    def test_refuses_what_is_not_there(self) -> None:
        sent = Whereabouts().sent(BASE, FIRST)
        with pytest.raises(NotOnTheWay):
            sent.received(UPPER, LATER)
        with pytest.raises(NotOnTheWay):
            Whereabouts(BASE, FIRST).received(BASE, LATER)
        with pytest.raises(NotHere):
            sent.given_back(BASE, None, LATER)

    @pytest.mark.parametrize("step", [Step.BASE_VOTED, Step.DECIDED, Step.RECOGNISED])
    def test_stops_a_decision_of_who_returned_it_alone(self, step: Step) -> None:
        back = Whereabouts(BASE, FIRST).given_back(BASE, None, LATER)
        with pytest.raises(Returned) as refused:
            back.check_decides(frozenset({BASE}), step)
        assert refused.value.facts == {"on": LATER}
        back.check_decides(frozenset({UPPER}), step)

    @pytest.mark.parametrize("step", [Step.ALLOWED, Step.EXTENDED, Step.ANNULLED, Step.CELL_VOTED])
    def test_stops_nothing_else(self, step: Step) -> None:
        Whereabouts(BASE, FIRST).given_back(BASE, None, LATER).check_decides(
            frozenset({BASE}), step
        )

    def test_is_read_as_it_was_kept(self) -> None:
        back = Whereabouts(BASE, FIRST).given_back(BASE, UPPER, LATER)
        assert read(back.record()) == back
        assert read({}) == Whereabouts()
