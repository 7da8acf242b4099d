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
#: A year later: the cell has 30 working days after 10/6/2025, the decision 30 from its vote.
RECOGNITION = (
    Act(10, Step.RECOGNITION_VOTED, date(2025, 6, 20), tally=GOOD),
    Act(11, Step.RECOGNISED, date(2025, 7, 15)),
)
NEXT_YEAR = SchoolYear.from_key("2024-2025")
TITLES = {one.code: one for one in indicators.load(BOOK)}


def road(*acts: Act, case: Case = CASE) -> Road:
    return replay(acts, case, BOOK, date(2026, 11, 21))


def counted(
    code: str, *roads: Road, cutoff: date = CUTOFF, year: SchoolYear = YEAR
) -> tuple[int, ...]:
    numbered = dict(enumerate(roads, start=1))
    figure = indicators.count(TITLES[code], numbered, year, cutoff)
    assert (figure.code, figure.value) == (code, len(figure.cases))
    return figure.cases


class TestLoad:
    def test_says_of_each_what_it_counts_and_leaves_out(self) -> None:
        found = indicators.load(BOOK)
        assert [one.order for one in found] == list(range(1, len(found) + 1))
        assert all(one.title_vi and one.counts_vi and one.leaves_out_vi for one in found)

    def test_takes_a_figure_as_the_rulebook_words_it(self) -> None:
        assert TITLES["introduced"] == indicators.Indicator(
            code="introduced",
            order=2,
            number=8,
            kind=indicators.Kind.EVENT,
            step=Step.INTRODUCED,
            when_skipped=None,
            before=None,
            clocks=(),
            unless=None,
            title="Outstanding members introduced by the Union",
            title_vi="Số đoàn viên ưu tú được Đoàn giới thiệu",
            counts_vi="Nghị quyết giới thiệu đạt tỷ lệ, có ngày trong năm học đến ngày chốt.",
            leaves_out_vi="Không tính lần biểu quyết không đạt, bước đã bị hủy, năm học khác.",
            short_vi="Đoàn giới thiệu",
            consolidated=True,
            answers_target=False,
        )

    def test_heads_a_column_with_the_label_where_no_short_one_is_given(self) -> None:
        helped = TITLES["helped"]
        assert (helped.short_vi, helped.consolidated) == (helped.title_vi, False)

    def test_has_one_figure_that_answers_the_target(self) -> None:
        assert [code for code, one in TITLES.items() if one.answers_target] == ["admitted"]
        assert {one.answers_target for one in TITLES.values()} == {True, False}
        assert {one.consolidated for one in TITLES.values()} == {True, False}


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
        assert counted("recognised", recognised, cutoff=NEXT_YEAR.last_day, year=NEXT_YEAR) == (1,)

    @pytest.mark.parametrize(
        ("voted", "recognised", "late"),
        [
            (date(2025, 7, 22), date(2025, 7, 31), ()),  # the 30th working day
            (date(2025, 7, 23), date(2025, 7, 31), (1,)),
            (date(2025, 6, 16), date(2025, 7, 28), ()),  # the 30th working day from the vote
            (date(2025, 6, 16), date(2025, 7, 29), (1,)),
        ],
    )
    def test_counts_as_late_where_either_clock_of_the_recognition_was_missed(
        self, voted: date, recognised: date, late: tuple[int, ...]
    ) -> None:
        vote, decision = RECOGNITION
        walked = road(*ACTS, replace(vote, on=voted), replace(decision, on=recognised))
        assert counted("recognised_late", walked, cutoff=NEXT_YEAR.last_day, year=NEXT_YEAR) == late
        assert counted("recognised", walked, cutoff=NEXT_YEAR.last_day, year=NEXT_YEAR) == (1,)

    def test_counts_turns_as_events(self) -> None:
        off = road(*ACTS[:3], Act(20, Step.UNLISTED, date(2024, 2, 5)))
        gone = road(*ACTS, Act(20, Step.DELETED, date(2024, 6, 10)))
        void = road(*ACTS, Act(20, Step.ANNULLED, date(2024, 6, 10)))
        assert counted("unlisted", off, gone, void) == (1,)
        assert counted("deleted", off, gone, void) == (2,)
        assert counted("annulled", off, gone, void) == (3,)
        assert counted("listed", off, gone, void) == (1, 2, 3)

    def test_leaves_out_what_an_annulment_undid_by_the_cut_off(self) -> None:
        void = road(*ACTS[:8], Act(20, Step.ANNULLED, date(2024, 5, 6)))
        whole = road(*ACTS, Act(20, Step.ANNULLED, date(2024, 6, 11)))
        assert counted("decided", void, whole) == (2,)
        assert counted("admitted", whole) == (1,)
        assert counted("admitted", whole, cutoff=date(2024, 6, 11)) == ()
        assert counted("awaiting_ceremony", void) == ()
        mistaken = Act(20, Step.ANNULLED, date(2024, 5, 6), voided=True)
        assert counted("decided", road(*ACTS[:8], mistaken)) == (1,)

    def test_shows_what_is_verified_and_what_has_aged(self) -> None:
        applied = Act(6, Step.PAPERS, date(2023, 6, 9), form="1-KNĐ")
        sent = Act(7, Step.VERIFICATION_SENT, date(2024, 2, 1))
        back = Act(8, Step.VERIFIED, date(2024, 3, 1))
        asked, verified = road(*ACTS[:5], applied, sent), road(*ACTS[:5], applied, sent, back)
        assert counted("under_verification", asked, verified) == (1,)
        assert counted("dossier_aged", asked, cutoff=date(2024, 6, 9)) == ()
        assert counted("dossier_aged", asked, verified, cutoff=date(2024, 6, 10)) == (1, 2)
        assert counted("dossier_aged", road(*ACTS[:5], applied, ACTS[5])) == ()

    def test_refuses_a_cut_off_outside_the_year(self) -> None:
        with pytest.raises(indicators.CutoffOutsideYear) as refused:
            counted("decided", road(*ACTS), cutoff=date(2024, 8, 1))
        assert refused.value.facts == {
            "cutoff": date(2024, 8, 1),
            "since": date(2023, 8, 1),
            "last_day": date(2024, 7, 31),
        }

    @pytest.mark.parametrize("code", sorted(TITLES))
    def test_counts_nobody_who_has_done_nothing(self, code: str) -> None:
        assert counted(code, road(case=replace(CASE, consented_on=None))) == ()

    @pytest.mark.parametrize(
        ("on", "cases"),
        [
            (date(2023, 7, 31), ()),
            (date(2023, 8, 1), (1,)),
            (date(2024, 6, 10), (1,)),
            (date(2024, 6, 11), ()),
        ],
    )
    def test_counts_a_failed_vote_from_the_first_day_to_the_cut_off(
        self, on: date, cases: tuple[int, ...]
    ) -> None:
        failed = Act(6, Step.CELL_VOTED, on, tally=BAD)
        assert counted("cell_failed", road(failed)) == cases

    @pytest.mark.parametrize(
        ("again", "cases"), [(date(2024, 6, 10), ()), (date(2024, 6, 11), (1,))]
    )
    def test_forgives_a_failed_vote_that_was_passed_by_the_cut_off(
        self, again: date, cases: tuple[int, ...]
    ) -> None:
        failed = Act(6, Step.CELL_VOTED, date(2024, 3, 1), tally=BAD)
        passed = Act(7, Step.CELL_VOTED, again, tally=GOOD)
        assert counted("cell_failed", road(failed, passed)) == cases

    @pytest.mark.parametrize(("on", "cases"), [(date(2024, 6, 10), (1,)), (date(2024, 6, 11), ())])
    def test_counts_what_falls_on_the_cut_off_itself(
        self, on: date, cases: tuple[int, ...]
    ) -> None:
        assert counted("taking_part", road(case=replace(CASE, consented_on=on))) == cases
        decided = replace(ACTS[7], on=on, received_on=on)
        assert counted("awaiting_ceremony", road(decided)) == cases


class TestDayOf:
    @pytest.mark.parametrize(
        ("code", "acts", "day"),
        [
            ("taking_part", ACTS, date(2023, 9, 1)),
            ("introduced", ACTS, date(2023, 10, 5)),
            ("cell_failed", (replace(ACTS[5], tally=BAD),), date(2024, 4, 2)),
            ("awaiting_ceremony", ACTS[:8], date(2024, 4, 25)),
        ],
    )
    def test_is_the_day_the_figure_rests_on(
        self, code: str, acts: tuple[Act, ...], day: date
    ) -> None:
        assert indicators.day_of(TITLES[code], road(*acts), YEAR, CUTOFF) == day

    def test_is_the_first_of_two_acts_and_the_last_of_two_failures(self) -> None:
        first, last = date(2024, 2, 1), date(2024, 3, 1)
        trained = [Act(at, Step.TRAINED, on) for at, on in ((1, last), (2, first))]
        assert indicators.day_of(TITLES["trained"], road(*trained), YEAR, CUTOFF) == first
        failed = [Act(at, Step.CELL_VOTED, on, tally=BAD) for at, on in ((1, last), (2, first))]
        assert indicators.day_of(TITLES["cell_failed"], road(*failed), YEAR, CUTOFF) == last


class TestStanding:
    def standing(self, was: Road, day: date = CUTOFF) -> Road:
        return indicators.standing(was, BOOK, day)

    def test_forgets_what_came_later(self) -> None:
        later = Act(20, Step.EXTENDED, date(2024, 6, 12), about="admission.ceremony")
        now = road(*ACTS[:8], replace(later, until=date(2024, 7, 30)))
        assert counted("ceremony_overdue", now, cutoff=date(2024, 6, 11)) == ()
        then = self.standing(now, date(2024, 6, 11))
        assert counted("ceremony_overdue", then, cutoff=date(2024, 6, 11)) == (1,)

    def test_keeps_out_what_was_declared_invalid_since(self) -> None:
        assert counted("decided", self.standing(road(replace(ACTS[7], voided=True)))) == ()

    @pytest.mark.parametrize(("on", "cases"), [(10, ()), (11, (1,))])
    def test_knows_who_had_stopped(self, on: int, cases: tuple[int, ...]) -> None:
        case = replace(CASE, stopped_on=date(2024, 6, on))
        assert counted("awaiting_ceremony", self.standing(road(*ACTS[:8], case=case))) == cases
