"""Votes: exact fractions, absent members against."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from donghanh.domain import rules, voting
from donghanh.domain.errors import RuleError
from donghanh.domain.timeline import Citation, Confidence, Entry
from donghanh.domain.voting import (
    Base,
    Exclusion,
    Outcome,
    Tally,
    Threshold,
    check_exclusions,
    judge,
)

BOOK = rules.load()
DAY = date(2025, 10, 1)
CITE = Citation("A", "1", DAY, "", Confidence.V)
ALLOWED = Entry("vote.cell.excludes", ("away", "exempt"), DAY, "central", CITE, "R3", "reasons")


def share_rule(name: str) -> Entry[Threshold]:
    """The share of a body on a day under R3."""
    found = BOOK.find_threshold(name, DAY)
    assert found is not None
    return found


def entry(share: Threshold) -> Entry[Threshold]:
    """A share as a rule."""
    return Entry("x", share, DAY, "central", CITE, "R3")


def refusal(tally: Tally, rule: Entry[Threshold]) -> RuleError:
    """Why a count is refused."""
    with pytest.raises(RuleError) as refused:
        judge(tally, rule)
    return refused.value


@st.composite
def tallies(draw: st.DrawFn) -> Tally:
    """Counts that can be."""
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
    """Shares between zero and one."""
    denominator = draw(st.integers(1, 12))
    numerator = draw(st.integers(1, denominator))
    return Threshold(numerator, denominator, draw(st.booleans()), draw(st.sampled_from(Base)))


def base_of(tally: Tally, base: Base) -> int:
    """The members a share is taken of, told anew."""
    return {
        Base.OFFICIAL_CONVENED: tally.official - tally.excluded,
        Base.IN_POST: tally.official - tally.excluded,
        Base.CONVENED: tally.convened,
        Base.PRESENT: tally.present,
    }[base]


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
        outcome = judge(tally, share_rule("vote.cell"))
        assert (outcome.passed, outcome.needed) == (passed, needed)

    @pytest.mark.parametrize(
        ("favour", "passed"),
        [(5, False), (6, True)],  # more than half of ten
    )
    def test_takes_more_than_half_of_the_standing_committee(
        self, favour: int, passed: bool
    ) -> None:
        rule = share_rule("vote.competent_committee")
        tally = Tally(11, 1, 10, 9, favour, 0, 0)
        assert judge(tally, rule) == Outcome(passed, 6, 10, favour, rule.value)

    @pytest.mark.parametrize("name", ["vote.base_committee", "vote.base_committee.delegated"])
    def test_takes_two_thirds_of_the_base_committee_in_post(self, name: str) -> None:
        tally = Tally(15, 0, 15, 10, 10, 0, 0)
        assert judge(tally, share_rule(name)).passed
        assert not judge(replace(tally, favour=9), share_rule(name)).passed

    def test_refuses_a_cell_of_two(self) -> None:
        minimum = BOOK.find_number("vote.cell.minimum", DAY)
        with pytest.raises(voting.TooFewMembers) as refused:
            judge(Tally(2, 0, 2, 2, 2, 0, 0), share_rule("vote.cell"), minimum)
        assert refused.value.facts == {"official": 2, "needed": 3, "entry": minimum}
        assert judge(Tally(3, 0, 3, 3, 3, 0, 0), share_rule("vote.cell"), minimum).passed

    def test_refuses_a_vote_of_nobody(self) -> None:
        rule = share_rule("vote.cell")
        refused = refusal(Tally(3, 3, 0, 0, 0, 0, 0), rule)
        assert refused.code == "voting.nobody_may_vote"
        assert refused.facts == {"official": 3, "excluded": 3, "entry": rule}
        of_present = entry(Threshold(1, 2, True, Base.PRESENT))
        assert refusal(Tally(3, 0, 3, 0, 0, 0, 0), of_present).code == "voting.nobody_may_vote"

    @given(tallies(), thresholds())
    def test_agrees_with_fractions(self, tally: Tally, share: Threshold) -> None:
        base = base_of(tally, share.base)
        got, wanted = Fraction(tally.favour, base), Fraction(share.numerator, share.denominator)
        expected = got > wanted if share.strict else got >= wanted
        outcome = judge(tally, entry(share))
        assert outcome.passed is expected
        assert outcome.base == base
        assert outcome.favour == tally.favour
        assert outcome.threshold == share

    @given(tallies(), thresholds())
    def test_needs_the_smallest_number_that_passes(self, tally: Tally, share: Threshold) -> None:
        base, needed = base_of(tally, share.base), judge(tally, entry(share)).needed
        wanted = Fraction(share.numerator, share.denominator)
        enough = [
            votes
            for votes in range(base + 2)
            if (Fraction(votes, base) > wanted if share.strict else Fraction(votes, base) >= wanted)
        ]
        assert needed == enough[0]

    @given(tallies(), thresholds(), st.integers(1, 20))
    def test_is_never_helped_by_an_absent_member(
        self, tally: Tally, share: Threshold, absent: int
    ) -> None:
        more = replace(tally, official=tally.official + absent)
        called = replace(more, convened=tally.convened + absent)
        before = judge(tally, entry(share)).passed
        for with_them in (more, called):
            assert judge(with_them, entry(share)).passed <= before

    @given(tallies(), thresholds())
    def test_is_never_hurt_by_one_more_in_favour(self, tally: Tally, share: Threshold) -> None:
        assume(tally.cast < tally.present)
        more = replace(tally, favour=tally.favour + 1)
        assert judge(more, entry(share)).passed >= judge(tally, entry(share)).passed

    @given(tallies(), st.data())
    def test_counts_only_votes_in_favour(self, tally: Tally, data: st.DataObject) -> None:
        against = data.draw(st.integers(0, tally.present - tally.favour))
        invalid = data.draw(st.integers(0, tally.present - tally.favour - against))
        other = replace(tally, against=against, invalid=invalid)
        rule = share_rule("vote.cell")
        assert judge(other, rule) == judge(tally, rule)


class TestTally:
    @pytest.mark.parametrize(
        ("counts", "code", "facts"),
        [
            (
                (9, 0, 9, 9, -1, 0, 0),
                "voting.negative_count",
                {"field": "favour", "value": -1},
            ),
            (
                (9, 10, 0, 0, 0, 0, 0),
                "voting.excluded_more_than_official",
                {"excluded": 10, "official": 9},
            ),
            (
                (9, 1, 9, 9, 9, 0, 0),
                "voting.convened_more_than_members",
                {"convened": 9, "members": 8},
            ),
            (
                (9, 0, 8, 9, 8, 0, 0),
                "voting.present_more_than_convened",
                {"present": 9, "convened": 8},
            ),
            ((9, 0, 9, 9, 10, 0, 0), "voting.more_votes_than_members", {"votes": 10, "members": 9}),
            ((9, 0, 9, 9, 5, 4, 1), "voting.more_votes_than_members", {"votes": 10, "members": 9}),
            ((9, 0, 9, 8, 9, 0, 0), "voting.more_votes_than_present", {"votes": 9, "present": 8}),
            ((9, 0, 9, 8, 5, 3, 1), "voting.more_votes_than_present", {"votes": 9, "present": 8}),
        ],
    )
    def test_refuses_impossible_counts(
        self, counts: tuple[int, int, int, int, int, int, int], code: str, facts: dict[str, object]
    ) -> None:
        refused = refusal(Tally(*counts), share_rule("vote.cell"))
        assert (refused.code, refused.facts) == (code, facts)

    @pytest.mark.parametrize("field", voting.COUNTS)
    def test_refuses_any_count_below_zero(self, field: str) -> None:
        counts = [-1 if one == field else 0 for one in voting.COUNTS]
        first, second, third, fourth, fifth, sixth, seventh = counts
        with pytest.raises(voting.NegativeCount) as refused:
            Tally(first, second, third, fourth, fifth, sixth, seventh).check()
        assert refused.value.facts == {"field": field, "value": -1}

    def test_refuses_reasons_that_do_not_add_up(self) -> None:
        told = Tally(9, 2, 7, 7, 7, 0, 0, ((Exclusion.AWAY, 1), (Exclusion.SUSPENDED, 2)))
        with pytest.raises(voting.ExclusionsDisagree) as refused:
            told.check()
        assert refused.value.facts == {"told": 3, "excluded": 2}
        replace(told, excluded=3, convened=6, present=6, favour=6).check()
        none = Tally(9, 1, 8, 8, 8, 0, 0, ((Exclusion.AWAY, -1), (Exclusion.EXEMPT, 2)))
        with pytest.raises(voting.NegativeCount) as refused_one:
            none.check()
        assert refused_one.value.facts == {"field": "away", "value": -1}

    def test_allows_members_who_do_not_vote(self) -> None:
        tally = Tally(9, 0, 9, 9, 6, 0, 0)
        assert judge(tally, share_rule("vote.cell")).passed
        assert (tally.members, tally.cast) == (9, 6)

    def test_allows_an_empty_room(self) -> None:
        Tally(3, 0, 3, 0, 0, 0, 0).check()
        Tally(0, 0, 0, 0, 0, 0, 0).check()


class TestExclusions:
    def test_need_a_reason(self) -> None:
        with pytest.raises(voting.ExclusionReasonMissing) as refused:
            check_exclusions(Tally(9, 2, 7, 7, 7, 0, 0), ALLOWED)
        assert refused.value.facts == {"excluded": 2, "entry": ALLOWED}
        check_exclusions(Tally(9, 0, 9, 9, 9, 0, 0), ALLOWED)

    def test_need_a_reason_of_the_body(self) -> None:
        tally = Tally(9, 2, 7, 7, 7, 0, 0, ((Exclusion.AWAY, 1), (Exclusion.SUSPENDED, 1)))
        with pytest.raises(voting.ExclusionNotAllowed) as refused:
            check_exclusions(tally, ALLOWED)
        assert refused.value.facts == {"reason": "suspended", "excluded": 1, "entry": ALLOWED}
        fine = replace(tally, excluded_by=((Exclusion.AWAY, 1), (Exclusion.EXEMPT, 1)))
        check_exclusions(fine, ALLOWED)

    def test_of_nobody_need_none(self) -> None:
        tally = Tally(9, 1, 8, 8, 8, 0, 0, ((Exclusion.AWAY, 1), (Exclusion.SUSPENDED, 0)))
        check_exclusions(tally, ALLOWED)

    @pytest.mark.parametrize(
        ("name", "reasons"),
        [
            ("vote.cell.excludes", ("away", "exempt", "suspended", "prosecuted")),
            ("vote.base_committee.excludes", ("away", "suspended", "prosecuted")),
        ],
    )
    def test_are_what_the_rules_say(self, name: str, reasons: tuple[str, ...]) -> None:
        found = BOOK.find_reasons(name, DAY)
        assert found is not None
        assert found.value == reasons


class TestThreshold:
    @pytest.mark.parametrize(("numerator", "denominator"), [(0, 3), (4, 3), (1, 0), (-1, 2)])
    def test_refuses_a_share_beyond_zero_and_one(self, numerator: int, denominator: int) -> None:
        with pytest.raises(voting.BadThreshold) as refused:
            Threshold(numerator, denominator, False, Base.PRESENT)
        assert refused.value.facts == {"numerator": numerator, "denominator": denominator}

    def test_may_be_everybody(self) -> None:
        assert Threshold(3, 3, False, Base.PRESENT).needed(4) == 4
        assert Threshold(1, 1, True, Base.PRESENT).needed(4) == 5  # never

    def test_writes_itself_for_the_record(self) -> None:
        assert str(Threshold(2, 3, False, Base.IN_POST)) == ">= 2/3 in_post"
        assert str(Threshold(1, 2, True, Base.CONVENED)) == "> 1/2 convened"
