"""Figures and the cases behind them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from donghanh.domain import indicators, rules
from donghanh.domain.acts import Act, Case, Step
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.replaying import replay
from donghanh.domain.roads import Road
from donghanh.domain.voting import Tally

BOOK = rules.load()
YEAR = SchoolYear.from_key("2023-2024")
CUTOFF = date(2024, 6, 10)
CASE = Case(born=date(2006, 1, 1), consented_on=date(2023, 9, 1))
GOOD, BAD = Tally(9, 0, 9, 9, 9, 0, 0), Tally(9, 0, 9, 9, 5, 4, 0)
ACTS = (
    Act(1, Step.SOURCED, date(2023, 9, 20)),
    Act(2, Step.INTRODUCED, date(2023, 10, 5), tally=GOOD),
    Act(3, Step.LISTED, date(2023, 10, 20)),
    Act(4, Step.TRAINED, date(2023, 12, 15)),
    Act(5, Step.ALLOWED, date(2024, 1, 10)),
    Act(6, Step.CELL_VOTED, date(2024, 4, 2), tally=GOOD),
    Act(7, Step.BASE_VOTED, date(2024, 4, 20), tally=GOOD),
    Act(8, Step.DECIDED, date(2024, 4, 25), tally=GOOD, received_on=date(2024, 4, 25)),
    Act(9, Step.ADMITTED, date(2024, 6, 10)),
)
TITLES = {one.code: one for one in indicators.load(BOOK)}


def road(*acts: Act, case: Case = CASE) -> Road:
    return replay(acts, case, BOOK, date(2026, 11, 21))


def counted(code: str, *roads: Road, cutoff: date = CUTOFF) -> tuple[int, ...]:
    numbered = dict(enumerate(roads, start=1))
    figure = indicators.count(TITLES[code], numbered, YEAR, cutoff)
    assert figure.value == len(figure.cases)
    return figure.cases


class TestLoad:
    def test_says_of_each_what_it_counts_and_leaves_out(self) -> None:
        found = indicators.load(BOOK)
        assert [one.order for one in found] == list(range(1, len(found) + 1))
        assert all(one.title_vi and one.counts_vi and one.leaves_out_vi for one in found)


class TestCount:
    @pytest.mark.parametrize(
        "code",
        [
            "taking_part",
            "introduced",
            "listed",
            "helped",
            "trained",
            "allowed",
            "cell_passed",
            "proposed",
            "decided",
            "admitted",
        ],
    )
    def test_counts_a_person_whose_act_lies_in_the_year(self, code: str) -> None:
        assert counted(code, road(*ACTS), road(case=replace(CASE, consented_on=None))) == (1,)

    @pytest.mark.parametrize(
        ("on", "cases"),
        [
            (date(2023, 7, 31), ()),  # the day before the year
            (date(2023, 8, 1), (1,)),
            (date(2024, 6, 10), (1,)),  # the cut-off itself
            (date(2024, 6, 11), ()),
        ],
    )
    def test_counts_from_the_first_day_to_the_cut_off(
        self, on: date, cases: tuple[int, ...]
    ) -> None:
        assert counted("listed", road(Act(1, Step.LISTED, on))) == cases

    def test_never_counts_an_act_declared_invalid(self) -> None:
        assert counted("decided", road(replace(ACTS[7], voided=True))) == ()

    def test_counts_a_person_once_when_a_step_was_done_again(self) -> None:
        again = replace(ACTS[3], number=20, on=date(2024, 2, 1))
        assert counted("trained", road(ACTS[3], again)) == (1,)

    def test_separates_passed_and_failed_votes(self) -> None:
        failed = Act(6, Step.CELL_VOTED, date(2024, 3, 1), tally=BAD)
        only_failed, mended = road(failed), road(failed, replace(ACTS[5], number=7))
        assert counted("cell_passed", only_failed, mended) == (2,)
        assert counted("cell_failed", only_failed, mended) == (1,)
        assert counted("cell_failed", mended, cutoff=date(2024, 3, 31)) == (1,)

    def test_takes_the_cell_where_there_is_no_base_committee(self) -> None:
        case = replace(CASE, base_committee=False)
        assert counted("proposed", road(*ACTS[:6], case=case), road(*ACTS[:6])) == (1,)

    def test_shows_who_waits_for_the_ceremony_at_the_cut_off(self) -> None:
        waiting, held = road(*ACTS[:8]), road(*ACTS)
        after = road(*ACTS[:8], replace(ACTS[8], on=date(2024, 6, 11)))
        assert counted("awaiting_ceremony", waiting, held, after) == (1, 3)
        assert counted("admitted", waiting, held, after) == (2,)

    def test_carries_the_waiting_over_from_the_year_before(self) -> None:
        old = replace(ACTS[7], on=date(2023, 7, 3), received_on=date(2023, 7, 3))
        assert counted("awaiting_ceremony", road(old)) == (1,)
        assert counted("decided", road(old)) == ()

    def test_shows_the_overdue_only_after_the_last_day(self) -> None:
        # received 25/4/2024; days off 29, 30/4 and 1/5, Saturday 4/5 worked: the 30th is 10/6
        waiting = road(*ACTS[:8])
        assert counted("ceremony_overdue", waiting, cutoff=date(2024, 6, 10)) == ()
        assert counted("ceremony_overdue", waiting, cutoff=date(2024, 6, 11)) == (1,)

    def test_leaves_out_who_stopped_by_the_cut_off(self) -> None:
        stopped = [replace(CASE, stopped_on=date(2024, 6, day)) for day in (10, 11)]
        assert counted("taking_part", *(road(case=case) for case in stopped)) == (2,)

    def test_counts_recognitions_in_their_own_year(self) -> None:
        recognised = road(*ACTS, Act(10, Step.RECOGNISED, date(2025, 6, 20)))
        assert counted("recognised", recognised) == ()
        later = SchoolYear.from_key("2024-2025")
        figure = indicators.count(TITLES["recognised"], {7: recognised}, later, later.last_day)
        assert figure.cases == (7,)

    def test_refuses_a_cut_off_outside_the_year(self) -> None:
        with pytest.raises(indicators.CutoffOutsideYear):
            counted("decided", road(*ACTS), cutoff=date(2024, 8, 1))
