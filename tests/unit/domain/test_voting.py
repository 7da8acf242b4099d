"""Votes: exact fractions, absent members against."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from donghanh.domain import rules, voting
from donghanh.domain.errors import RuleError
from donghanh.domain.timeline import Citation, Confidence, Entry
from donghanh.domain.voting import Base, Tally, Threshold, judge

BOOK = rules.load()
DAY = date(2025, 10, 1)
CITE = Citation("A", "1", DAY, "", Confidence.V)


def cell_rule() -> Entry[Threshold]:
    found = BOOK.find_threshold("cell_vote", DAY)
    assert found is not None
    return found


@st.composite
def tallies(draw: st.DrawFn) -> Tally:
    official = draw(st.integers(1, 60))
    excluded = draw(st.integers(0, official - 1))
    convened = draw(st.integers(1, official - excluded))
    present = draw(st.integers(1, convened))
    favour = draw(st.integers(0, present))
    against = draw(st.integers(0, present - favour))
    invalid = draw(st.integers(0, present - favour - against))
    return Tally(official, excluded, convened, present, favour, against, invalid)


@st.composite
def thresholds(draw: st.DrawFn) -> Threshold:
    denominator = draw(st.integers(1, 12))
    numerator = draw(st.integers(1, denominator))
    return Threshold(numerator, denominator, draw(st.booleans()), draw(st.sampled_from(Base)))


class TestJudge:
    @pytest.mark.parametrize(
        ("tally", "passed", "needed"),
        [
            (Tally(9, 0, 9, 9, 6, 3, 0), True, 6),  # 6/9 is exactly 2/3
            (Tally(10, 0, 10, 10, 6, 4, 0), False, 7),  # 6/10 < 2/3, though 60 % looks like much
            (Tally(10, 0, 10, 6, 6, 0, 0), False, 7),  # all present in favour, four absent
            (Tally(10, 1, 9, 6, 6, 0, 0), True, 6),  # one away on transfer: the base is 9
            (Tally(10, 0, 7, 7, 6, 1, 0), False, 7),  # three never convened still count
            (Tally(3, 0, 3, 2, 2, 0, 0), True, 2),
            (Tally(4, 0, 4, 4, 2, 1, 1), False, 3),
        ],
    )
    def test_takes_two_thirds_of_the_cell(self, tally: Tally, passed: bool, needed: int) -> None:
        outcome = judge(tally, cell_rule())
        assert (outcome.passed, outcome.needed) == (passed, needed)

    @pytest.mark.parametrize(
        ("favour", "passed"),
        [(5, False), (6, True)],  # more than half of ten
    )
    def test_takes_more_than_half_of_the_standing_committee(
        self, favour: int, passed: bool
    ) -> None:
        entry = BOOK.find_threshold("standing_committee_vote", DAY)
        assert entry is not None
        assert judge(Tally(11, 1, 10, 9, favour, 0, 0), entry).passed is passed

    def test_refuses_a_cell_of_two(self) -> None:
        minimum = BOOK.find_number("cell_minimum_members", DAY)
        with pytest.raises(voting.TooFewMembers) as refusal:
            judge(Tally(2, 0, 2, 2, 2, 0, 0), cell_rule(), minimum)
        assert refusal.value.facts["needed"] == 3
        assert judge(Tally(3, 0, 3, 3, 3, 0, 0), cell_rule(), minimum).passed

    def test_refuses_a_vote_of_nobody(self) -> None:
        with pytest.raises(voting.NobodyMayVote):
            judge(Tally(3, 3, 0, 0, 0, 0, 0), cell_rule())

    @given(tallies(), thresholds())
    def test_agrees_with_fractions(self, tally: Tally, share: Threshold) -> None:
        base = {
            Base.OFFICIAL_CONVENED: tally.official - tally.excluded,
            Base.IN_POST: tally.official - tally.excluded,
            Base.CONVENED: tally.convened,
            Base.PRESENT: tally.present,
        }[share.base]
        got, wanted = Fraction(tally.favour, base), Fraction(share.numerator, share.denominator)
        expected = got > wanted if share.strict else got >= wanted
        outcome = judge(tally, Entry("x", share, DAY, "central", CITE, "R3"))
        assert outcome.passed is expected
        assert outcome.base == base

    @given(tallies())
    def test_never_passes_by_absence(self, tally: Tally) -> None:
        alone = Tally(
            tally.official, tally.excluded, tally.convened, tally.favour, tally.favour, 0, 0
        )
        if tally.favour:
            assert judge(alone, cell_rule()).passed is judge(tally, cell_rule()).passed


class TestTally:
    @pytest.mark.parametrize(
        ("counts", "code"),
        [
            ((9, 0, 9, 9, -1, 0, 0), "voting.negative_count"),
            ((9, 10, 0, 0, 0, 0, 0), "voting.excluded_more_than_official"),
            ((9, 1, 9, 9, 9, 0, 0), "voting.convened_more_than_members"),
            ((9, 0, 8, 9, 8, 0, 0), "voting.present_more_than_convened"),
            ((9, 0, 9, 9, 10, 0, 0), "voting.more_votes_than_members"),
            ((9, 0, 9, 9, 5, 4, 1), "voting.more_votes_than_members"),
            ((9, 0, 9, 8, 9, 0, 0), "voting.more_votes_than_present"),
        ],
    )
    def test_refuses_impossible_counts(self, counts: tuple[int, ...], code: str) -> None:
        with pytest.raises(RuleError) as refusal:
            judge(Tally(*counts), cell_rule())
        assert refusal.value.code == code

    def test_allows_members_who_do_not_vote(self) -> None:
        assert judge(Tally(9, 0, 9, 9, 6, 0, 0), cell_rule()).passed


class TestThreshold:
    @pytest.mark.parametrize(("numerator", "denominator"), [(0, 3), (4, 3), (1, 0), (-1, 2)])
    def test_refuses_a_share_beyond_zero_and_one(self, numerator: int, denominator: int) -> None:
        with pytest.raises(voting.BadThreshold):
            Threshold(numerator, denominator, False, Base.PRESENT)

    def test_writes_itself_for_the_record(self) -> None:
        assert str(Threshold(2, 3, False, Base.IN_POST)) == ">= 2/3 in_post"
        assert str(Threshold(1, 2, True, Base.CONVENED)) == "> 1/2 convened"
