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
)


class TestReplay:
    def test_begins_with_nothing(self) -> None:
        road = replay((), CASE, BOOK, TODAY)
        assert road.status is RoadStatus.NOT_STARTED
        assert road.current is not None
        assert road.current.step is Step.SOURCED
        assert road.clocks == ()

    @pytest.mark.parametrize("step", list(Step))
    def test_stands_at_the_first_step_not_done(self, step: Step) -> None:
        road = replay(until(step), CASE, BOOK, date(2024, 6, 1))
        assert road.current is not None
        assert road.current.step is step
        assert road.current.state is StageState.NOW

    def test_reaches_the_end(self) -> None:
        road = replay(WALKED, CASE, BOOK, TODAY)
        assert road.status is RoadStatus.RECOGNISED
        assert road.current is None
        assert road.probation_ends_on == date(2025, 5, 19)
        assert road.party_age_from == date(2024, 5, 10)
        assert not any(one.done_late for stage in road.stages for one in stage.clocks)

    def test_is_on_probation_after_the_ceremony(self) -> None:
        road = replay(until(Step.RECOGNITION_VOTED), CASE, BOOK, date(2024, 6, 1))
        assert road.status is RoadStatus.ADMITTED
        stage = road.stage(Step.RECOGNITION_VOTED)
        assert stage.earliest_on == date(2025, 5, 20)
        assert stage.last_day == date(2025, 6, 30)  # thirty working days after 19/5/2025

    def test_does_not_depend_on_the_order_of_the_papers(self) -> None:
        before = until(Step.PAPERS)
        roads = []
        for order in permutations(PAPERS):
            acts = [
                Act(6 + n, Step.PAPERS, date(2024, 2, 1), form=form) for n, form in enumerate(order)
            ]
            road = replay((*acts, *before), CASE, BOOK, date(2024, 3, 1))
            needs = [
                (need.form, need.met, need.expires_on) for need in road.stage(Step.PAPERS).papers
            ]
            current = road.current.step if road.current else None
            roads.append((road.status, current, tuple(needs), road.clocks))
        assert len(roads) == 120
        assert all(road == roads[0] for road in roads)

    def test_skips_the_base_committee_where_there_is_none(self) -> None:
        case = replace(CASE, base_committee=False)
        road = replay(until(Step.BASE_VOTED), case, BOOK, date(2024, 4, 10))
        assert road.stage(Step.BASE_VOTED).state is StageState.SKIPPED
        assert road.current is not None
        assert road.current.step is Step.DECIDED

    def test_keeps_a_failed_vote_as_an_attempt(self) -> None:
        failed = replace(act(Step.CELL_VOTED), tally=BAD)
        stage = replay((*until(Step.CELL_VOTED), failed), CASE, BOOK, date(2024, 4, 3)).stage(
            Step.CELL_VOTED
        )
        assert stage.state is StageState.NOW
        assert stage.attempts == (failed,)
        assert stage.act is None

    def test_stops_every_clock_with_the_person(self) -> None:
        case = replace(CASE, stopped_on=date(2024, 4, 5))
        road = replay(until(Step.BASE_VOTED), case, BOOK, date(2024, 4, 6))
        assert road.status is RoadStatus.STOPPED
        assert road.current is None
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

    def test_opens_the_class_again_when_the_certificate_runs_out(self) -> None:
        acts = until(Step.CELL_VOTED)
        last = replay(acts, CASE, BOOK, date(2028, 12, 15)).stage(Step.TRAINED)
        assert last.state is StageState.DONE
        after = replay(acts, CASE, BOOK, date(2028, 12, 16)).stage(Step.TRAINED)
        assert after.state is StageState.NOW
        assert after.clocks[0].last_day == date(2028, 12, 15)

    def test_tells_when_the_calendar_ends_before_a_clock(self) -> None:
        decided = Act(13, Step.DECIDED, date(2028, 12, 20), tally=GOOD)
        road = replay((*until(Step.DECIDED), decided), CASE, BOOK, date(2028, 12, 21))
        assert road.calendar_ended
        assert road.stage(Step.ADMITTED).clocks == ()

    @pytest.mark.parametrize(
        ("on", "stale"),
        [
            (date(2025, 2, 1), True),  # made on the last day of the twelve months
            (date(2025, 2, 2), False),  # made again after it
        ],
    )
    def test_asks_again_for_papers_of_the_aged_dossier(self, on: date, stale: bool) -> None:
        paper = Act(30, Step.PAPERS, on, form="5-KNĐ")
        acts = (*(one for one in until(Step.CELL_VOTED) if one.form != "5-KNĐ"), paper)
        needs = replay(acts, CASE, BOOK, date(2025, 3, 1)).stage(Step.PAPERS).papers
        assert next(need for need in needs if need.form == "5-KNĐ").stale is stale

    def test_counts_recognition_by_the_rules_of_the_day_the_probation_ends(self) -> None:
        held = replace(act(Step.ADMITTED), on=date(2025, 10, 10))  # R3; a year later R5 holds
        acts = (*until(Step.ADMITTED), held)
        stage = replay(acts, CASE, BOOK, date(2026, 10, 20)).stage(Step.RECOGNITION_VOTED)
        due = next(one for one in stage.clocks if one.name == "recognition_consideration_due")
        assert (due.starts_on, due.entry.regime) == (date(2026, 10, 10), "R5")
        assert due.last_day == date(2026, 11, 20)


class TestCeremonyClock:
    @pytest.mark.parametrize(
        ("decided", "starts"),
        [
            (date(2026, 7, 24), date(2026, 7, 31)),  # before R5: from the day of receipt
            (date(2026, 7, 27), date(2026, 7, 27)),  # under R5: from the day of issue
        ],
    )
    def test_starts_as_the_regime_says(self, decided: date, starts: date) -> None:
        new = replace(act(Step.DECIDED), on=decided, received_on=date(2026, 7, 31))
        road = replay((*until(Step.DECIDED), new), CASE, BOOK, date(2026, 8, 1))
        clock = road.stage(Step.ADMITTED).clocks[0]
        assert clock.starts_on == starts
        assert not clock.settled

    def test_takes_the_day_of_decision_while_receipt_is_not_known(self) -> None:
        new = replace(act(Step.DECIDED), received_on=None)
        road = replay((*until(Step.DECIDED), new), CASE, BOOK, date(2024, 6, 1))
        assert road.stage(Step.ADMITTED).clocks[0].starts_on == date(2024, 5, 10)
