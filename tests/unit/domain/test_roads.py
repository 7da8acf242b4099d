"""Where a case stands, replayed from its acts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations

import pytest

from donghanh.domain.procedure import Act, RoadStatus, StageState, Step, replay
from tests.unit.domain.walked import (
    BAD,
    BOOK,
    CASE,
    GOOD,
    PAPERS,
    TODAY,
    WALKED,
    act,
    until,
    voided,
)

ORDER = [rule.step for rule in BOOK.steps()]
#: The steps the road waits for, where nothing special is the matter.
WAITED_FOR = [
    Step.SOURCED,
    Step.INTRODUCED,
    Step.LISTED,
    Step.TRAINED,
    Step.ALLOWED,
    Step.APPLIED,
    Step.VERIFIED,
    Step.VOUCHED,
    Step.OPINIONS,
    Step.CELL_VOTED,
    Step.BASE_VOTED,
    Step.DECIDED,
    Step.ADMITTED,
    Step.NEW_MEMBER_CLASS,
    Step.RECOGNITION_PAPERS,
    Step.RECOGNITION_VOTED,
    Step.RECOGNITION_BASE_VOTED,
    Step.RECOGNISED,
]
#: Steps that were never recorded on the whole road, and are moot at its end.
MOOT = [Step.CHALLENGED, Step.SENT_TO_CLASS, Step.ASKED, Step.VERIFICATION_SENT]


class TestReplay:
    def test_begins_with_nothing(self) -> None:
        road = replay((), CASE, BOOK, TODAY)
        assert road.status is RoadStatus.NOT_STARTED
        assert road.current is not None
        assert road.current.step is Step.SOURCED
        assert road.open == (road.current,)
        assert road.clocks == ()
        assert (road.case, road.acts, road.faults, road.on_the_way) == (CASE, (), (), None)
        assert (road.probation_ends_on, road.party_age_from) == (None, None)
        assert not road.calendar_ended

    def test_has_a_stage_for_every_step_in_order(self) -> None:
        road = replay((), CASE, BOOK, TODAY)
        assert [stage.step for stage in road.stages] == ORDER
        assert all(road.stage(step).step is step for step in ORDER)
        assert road.stage(Step.LISTED).actor == "secretary"

    @pytest.mark.parametrize("step", WAITED_FOR)
    def test_stands_at_the_first_step_not_done(self, step: Step) -> None:
        road = replay(until(step), CASE, BOOK, date(2024, 6, 1))
        assert road.current is not None
        assert road.current.step is step
        assert road.current.state is StageState.NOW

    @pytest.mark.parametrize("step", ORDER)
    def test_has_done_what_was_done_and_no_more(self, step: Step) -> None:
        road = replay(until(step), CASE, BOOK, date(2024, 6, 1))
        done = [stage.step for stage in road.stages if stage.state is StageState.DONE]
        assert done == [one for one in WAITED_FOR if ORDER.index(one) < ORDER.index(step)]

    def test_opens_everything_that_waits_for_nothing_more(self) -> None:
        road = replay(until(Step.ASKED), CASE, BOOK, date(2024, 1, 5))
        assert [stage.step for stage in road.open] == [Step.CHALLENGED, Step.ASKED, Step.ALLOWED]
        after = replay(until(Step.APPLIED), CASE, BOOK, date(2024, 1, 15))
        assert [stage.step for stage in after.open] == [
            Step.CHALLENGED,
            Step.APPLIED,
            Step.VOUCHED,
            Step.OPINIONS,
        ]
        assert after.current == after.stage(Step.APPLIED)

    def test_lets_what_never_blocks_lapse(self) -> None:
        road = replay(until(Step.ASKED), CASE, BOOK, date(2024, 1, 5))
        assert road.stage(Step.SENT_TO_CLASS).state is StageState.LAPSED
        later = replay(WALKED, CASE, BOOK, TODAY)
        lapsed = [stage.step for stage in later.stages if stage.state is StageState.LAPSED]
        assert lapsed == MOOT
        assert [stage.step for stage in later.open] == [Step.MEMBER_PAPERS, Step.CARDED]

    def test_keeps_what_was_recorded_done_though_it_would_be_moot(self) -> None:
        task = Act(40, Step.CHALLENGED, date(2023, 11, 1))
        stage = replay((*WALKED, task), CASE, BOOK, TODAY).stage(Step.CHALLENGED)
        assert (stage.state, stage.act) == (StageState.DONE, task)

    def test_skips_what_the_road_does_not_pass(self) -> None:
        road = replay(WALKED, CASE, BOOK, TODAY)
        skipped = [stage.step for stage in road.stages if stage.state is StageState.SKIPPED]
        assert skipped == [Step.PARENTS_HEARD, Step.APPRAISED, Step.RECOGNITION_APPRAISED]
        stage = road.stage(Step.APPRAISED)
        assert (stage.act, stage.threshold, stage.earliest_on, stage.last_day) == (None,) * 4
        assert not any((stage.history, stage.attempts, stage.papers, stage.clocks))
        assert (stage.entries, stage.missing, stage.stale) == ((), (), False)

    def test_reaches_the_end(self) -> None:
        road = replay(WALKED, CASE, BOOK, TODAY)
        assert road.status is RoadStatus.RECOGNISED
        assert road.current is None
        assert road.probation_ends_on == date(2025, 5, 19)
        assert road.party_age_from == date(2024, 5, 10)
        assert not any(one.done_late for stage in road.stages for one in stage.clocks)
        assert road.acts == WALKED

    def test_is_on_probation_after_the_ceremony(self) -> None:
        road = replay(until(Step.NEW_MEMBER_CLASS), CASE, BOOK, date(2024, 6, 1))
        assert road.status is RoadStatus.ADMITTED
        assert [stage.step for stage in road.open] == [
            Step.MEMBER_PAPERS,
            Step.NEW_MEMBER_CLASS,
            Step.RECOGNITION_PAPERS,
        ]
        stage = road.stage(Step.RECOGNITION_VOTED)
        assert stage.earliest_on == date(2025, 5, 20)
        assert stage.last_day == date(2025, 6, 30)  # thirty working days after 19/5/2025
        assert road.stage(Step.RECOGNITION_PAPERS).earliest_on == date(2025, 5, 20)

    def test_is_walking_again_when_the_decision_is_declared_invalid(self) -> None:
        acts = voided(until(Step.NEW_MEMBER_CLASS), 14)
        road = replay(acts, CASE, BOOK, date(2024, 6, 1))
        assert road.status is RoadStatus.WALKING
        assert road.party_age_from is None
        assert road.probation_ends_on == date(2025, 5, 19)  # the ceremony itself stands
        assert road.acts == acts

    def test_does_not_depend_on_the_order_of_the_papers(self) -> None:
        before = until(Step.APPLIED)
        roads = []
        for order in permutations(PAPERS):
            acts = [
                Act(6 + n, Step.PAPERS, date(2024, 2, 1), form=form) for n, form in enumerate(order)
            ]
            road = replay((*acts, *before), CASE, BOOK, date(2024, 3, 1))
            needs = [
                (need.form, need.met, need.expires_on)
                for stage in road.stages
                for need in stage.papers
            ]
            current = road.current.step if road.current else None
            roads.append((road.status, current, tuple(needs), road.clocks))
        assert len(roads) == 120
        assert all(road == roads[0] for road in roads)

    def test_keeps_a_failed_vote_as_an_attempt(self) -> None:
        failed = replace(act(Step.CELL_VOTED), tally=BAD)
        road = replay((*until(Step.CELL_VOTED), failed), CASE, BOOK, date(2024, 4, 3))
        stage = road.stage(Step.CELL_VOTED)
        assert stage.state is StageState.NOW
        assert stage.attempts == (failed,)
        assert (stage.act, stage.history) == (None, ())
        passed = replace(failed, number=30, on=date(2024, 4, 9), tally=GOOD)
        again = replay((*until(Step.CELL_VOTED), failed, passed), CASE, BOOK, date(2024, 4, 9))
        stage = again.stage(Step.CELL_VOTED)
        assert (stage.state, stage.act) == (StageState.DONE, passed)
        assert (stage.history, stage.attempts) == ((passed,), (failed,))

    def test_stops_every_clock_with_the_person(self) -> None:
        case = replace(CASE, stopped_on=date(2024, 4, 5))
        road = replay(until(Step.BASE_VOTED), case, BOOK, date(2024, 4, 6))
        assert road.status is RoadStatus.STOPPED
        assert road.current is None
        assert road.open == ()
        assert road.clocks == ()

    def test_shows_the_local_due_beside_the_central_one(self) -> None:
        case = replace(CASE, scopes=("central", "province:ha-noi"), born=date(2007, 1, 1))
        shift = timedelta(days=731)  # the same road two years later, under R3 and Hà Nội's own
        acts = tuple(replace(one, on=one.on + shift) for one in until(Step.BASE_VOTED))
        road = replay(acts, case, BOOK, date(2026, 4, 4))
        stage = road.stage(Step.DECIDED)
        days = {one.entry.scope: one.entry.value for one in stage.clocks}
        assert days == {"central": 60, "province:ha-noi": 45}
        assert stage.last_day == min(one.last_day for one in stage.clocks)
        assert road.stage(Step.BASE_VOTED).clocks[0].entry.value == 25
        assert [(one.name, one.is_local) for one in road.clocks] == [
            ("admission.base_resolution", True),
            ("admission.decision", True),
            ("admission.decision", False),
        ]

    def test_opens_the_class_again_when_the_certificate_runs_out(self) -> None:
        acts = until(Step.APPLIED)
        last = replay(acts, CASE, BOOK, date(2028, 12, 15)).stage(Step.TRAINED)
        assert (last.state, last.stale) == (StageState.DONE, False)
        road = replay(acts, CASE, BOOK, date(2028, 12, 16))
        after = road.stage(Step.TRAINED)
        assert (after.state, after.stale) == (StageState.NOW, True)
        assert after.act == act(Step.TRAINED)
        assert after.clocks[0].last_day == date(2028, 12, 15)
        assert road.current == after

    def test_tells_when_the_calendar_ends_before_a_clock(self) -> None:
        decided = Act(13, Step.DECIDED, date(2028, 12, 20), tally=GOOD)
        road = replay((*until(Step.DECIDED), decided), CASE, BOOK, date(2028, 12, 21))
        assert road.calendar_ended
        assert road.stage(Step.ADMITTED).clocks == ()


class TestPaperNeeds:
    @pytest.mark.parametrize(
        ("on", "stale"),
        [
            (date(2025, 2, 1), True),  # made on the last day of the twelve months
            (date(2025, 2, 2), False),  # made again after it
        ],
    )
    def test_ask_again_when_the_dossier_is_too_old(self, on: date, stale: bool) -> None:
        paper = Act(30, Step.PAPERS, on, form="5-KNĐ")
        acts = (*(one for one in until(Step.CELL_VOTED) if one.form != "5-KNĐ"), paper)
        stage = replay(acts, CASE, BOOK, date(2025, 3, 1)).stage(Step.OPINIONS)
        need = stage.papers[0]
        assert (need.form, need.stale, need.met) == ("5-KNĐ", stale, not stale)
        assert need.expires_on == date(2025, 2, 1)
        assert need.entry is not None
        assert need.entry.name == "dossier.ageing"
        assert stage.state is (StageState.NOW if stale else StageState.DONE)
        assert stage.act == (None if stale else paper)
        assert stage.missing == ()

    def test_name_what_is_missing_and_not_what_nobody_must_have(self) -> None:
        acts = tuple(one for one in until(Step.CELL_VOTED) if one.form != "2-KNĐ")
        stage = replay(acts, CASE, BOOK, date(2024, 3, 1)).stage(Step.APPLIED)
        assert stage.missing == ("2-KNĐ",)
        assert [need.form for need in stage.papers] == ["1-KNĐ", "2-KNĐ"]
        assert [need.met for need in stage.papers] == [True, False]
        assert stage.act is None
        assert stage.history == tuple(one for one in acts if one.form == "1-KNĐ")
        assert stage.papers[1].expires_on is None  # what does not exist does not age

    def test_count_a_local_number_for_the_central_one(self) -> None:
        own = tuple(
            replace(one, form="5D-KNĐ") if one.form == "5-KNĐ" else one
            for one in until(Step.CELL_VOTED)
        )
        case = replace(CASE, scopes=("central", "province:ha-noi"))
        stage = replay(own, case, BOOK, date(2024, 3, 1)).stage(Step.OPINIONS)
        assert stage.state is StageState.DONE
        met = {need.form: (need.required, need.met) for need in stage.papers}
        assert met == {
            "5A-KNĐ": (False, False),
            "5B-KNĐ": (False, False),
            "5-KNĐ": (True, True),
        }

    def test_of_two_introducing_members_are_two_and_none_of_the_union(self) -> None:
        case = replace(CASE, by_members=True)
        one = act_of("3-KNĐ")
        two = replace(one, number=30)
        before = tuple(each for each in until(Step.VOUCHED) if each.step is not Step.INTRODUCED)
        stage = replay((*before, one), case, BOOK, date(2024, 3, 1)).stage(Step.VOUCHED)
        need = stage.papers[0]
        assert [each.form for each in stage.papers] == ["3-KNĐ"]
        assert (need.copies, need.have, need.met) == (2, 1, False)
        assert (stage.missing, stage.state) == (("3-KNĐ",), StageState.NOW)
        both = replay((*before, one, two), case, BOOK, date(2024, 3, 1)).stage(Step.VOUCHED)
        assert (both.papers[0].have, both.state, both.act) == (2, StageState.DONE, two)


def act_of(form: str) -> Act:
    """The act that records a paper on the whole road."""
    return next(one for one in WALKED if one.form == form)
