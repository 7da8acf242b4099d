"""What was said of an item is taken as typed, or refused with what is wrong."""

from __future__ import annotations

import pytest

from donghanh.domain import rules, sitting
from donghanh.domain.acts import Step
from donghanh.domain.errors import RuleError
from donghanh.domain.rights import Role
from donghanh.domain.sitting import Asked, Attendance, Body
from donghanh.domain.voting import Exclusion

#: Sixteen members, two away, fourteen convened, twelve there.
THERE = Attendance(16, 14, 12, 2, ((Exclusion.AWAY, 2),))
VOTE = Asked(voted=True, reasons=(Exclusion.AWAY, Exclusion.EXEMPT))
AGREED = Asked(voted=False, reasons=(Exclusion.AWAY,))


class TestSaid:
    def test_takes_who_was_there_from_the_meeting(self) -> None:
        tally = sitting.said({"favour": "11", "against": "1"}, VOTE, THERE).tally
        assert tally is not None
        assert (tally.members, tally.convened, tally.present, tally.favour) == (14, 14, 12, 11)
        assert tally.excluded_by == ((Exclusion.AWAY, 2),)

    def test_lets_an_item_say_otherwise(self) -> None:
        # One leaves the room: eleven are there, the base stays fourteen.
        tally = sitting.said({"favour": "10", "present": "11"}, VOTE, THERE).tally
        assert tally is not None
        assert (tally.members, tally.present) == (14, 11)

    @pytest.mark.parametrize(
        ("typed", "asked", "code"),
        [
            ({}, VOTE, "sitting.count_missing"),
            ({"against": "3"}, VOTE, "sitting.count_missing"),
            ({"favour": "x"}, VOTE, "sitting.bad_count"),
            ({"favour": "-1"}, VOTE, "sitting.bad_count"),
            ({"favour": "²"}, VOTE, "sitting.bad_count"),
            ({"favour": "2001"}, VOTE, "sitting.bad_count"),
            ({"favour": "9" * 11}, VOTE, "sitting.bad_count"),
            ({"favour": "13"}, VOTE, "voting.more_votes_than_present"),
            ({"favour": "9", "convened": "15"}, VOTE, "voting.convened_more_than_members"),
            ({"favour": "9", "disputed": "1"}, VOTE, "sitting.exclusion_disputed"),
            ({"agreed": "yes", "disputed": "1"}, AGREED, "sitting.exclusion_disputed"),
            ({}, AGREED, "sitting.result_missing"),
            ({"favour": "9"}, AGREED, "sitting.result_missing"),
            ({"agreed": "perhaps"}, AGREED, "sitting.result_missing"),
            ({"agreed": "yes"}, Asked(voted=False, helper=True), "sitting.helper_missing"),
            ({"delayed": "1"}, VOTE, "sitting.reason_for_delay_missing"),
            ({"delayed": "1", "word": "  "}, VOTE, "sitting.reason_for_delay_missing"),
        ],
    )
    def test_refuses_what_is_not_whole(
        self, typed: dict[str, str], asked: Asked, code: str
    ) -> None:
        with pytest.raises(RuleError) as refused:
            sitting.said(typed, asked, THERE)
        assert refused.value.code == code

    def test_needs_no_count_where_no_share_decides(self) -> None:
        said = sitting.said({"agreed": "no", "helper": "7"}, AGREED, None)
        assert (said.tally, said.agreed, said.helper_id) == (None, False, 7)

    def test_asks_nothing_of_what_is_put_off(self) -> None:
        said = sitting.said({"delayed": "1", "word": " Chờ ", "favour": "x"}, VOTE, None)
        assert (said.delayed, said.tally) == ("Chờ", None)

    def test_of_a_vote_needs_somebody_to_be_there(self) -> None:
        with pytest.raises(sitting.CountMissing):
            sitting.said({"favour": "9"}, VOTE, None)


class TestBodies:
    @pytest.mark.parametrize("role", list(Role))
    def test_are_written_by_one_role_each(self, role: Role) -> None:
        expected = {
            Role.UNION: (Body.CLASS_CHAPTER, Body.UNION_COMMITTEE),
            Role.SECRETARY: (Body.CELL,),
            Role.COMMITTEE: (Body.COMMITTEE,),
        }
        assert sitting.bodies_of(role) == expected.get(role, ())

    def test_decide_what_is_voted_on_or_leaves_a_resolution(self) -> None:
        found = sitting.decides(rules.load(), Body.COMMITTEE)
        assert {Step.ALLOWED, Step.BASE_VOTED, Step.DECIDED, Step.RECOGNISED} <= set(found)
        # A ceremony, an appraisal or more time is no decision of a meeting.
        assert {Step.ADMITTED, Step.APPRAISED, Step.EXTENDED}.isdisjoint(found)
