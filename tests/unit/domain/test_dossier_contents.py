"""The table of contents of a dossier: the official order, the printed numbers, what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from donghanh.domain.acts import Act, Case, Step
from donghanh.domain.dossier_contents import ContentsRow, DossierContents, contents
from tests.unit.domain.walked import BAD, BOOK, CASE, GOOD, WALKED, act, until, voided

HA_NOI = replace(CASE, scopes=("central", "province:ha-noi"))
END = date(2025, 7, 1)
MEMBERS = tuple(
    Act(30 + n, Step.PAPERS, END, form=form) for n, form in enumerate(("1-HSĐV", "2-HSĐV"))
)
#: The official order of 38-HD/BTCTW, II.1.1, for a cell with a base committee and no sub-committee.
ORDER = [
    *("CN-NTVĐ", "1-KNĐ", "2-KNĐ", "TT-NX", "3-KNĐ", "4-KNĐ", "5-KNĐ"),
    *("6-KNĐ", "8-KNĐ", "9-KNĐ", "1-HSĐV", "2-HSĐV"),
    *("CN-ĐVM", "10-KNĐ", "11-KNĐ", "12-KNĐ", "13-KNĐ", "15-KNĐ", "16-KNĐ"),
]


def made(acts: Sequence[Act], case: Case = CASE, on: date = END) -> DossierContents:
    return contents(acts, case, BOOK, on)


def rows(found: DossierContents, form: str) -> list[ContentsRow]:
    return [row for row in found.rows if row.counts_as == form]


class TestRows:
    def test_stand_in_the_official_order_however_they_were_recorded(self) -> None:
        found = made((*reversed(WALKED), *MEMBERS))
        assert [row.form for row in found.rows] == ORDER
        assert [row.place[0] for row in found.rows] == [*"aaaaaaa", *"bbbbb", *"ccccccc"]
        assert found.missing == ()

    def test_have_the_number_and_the_day_of_each_paper_and_nothing_of_what_is_in_it(self) -> None:
        acts = tuple(
            replace(one, paper_number="05-NQ/CB") if one.step is Step.CELL_VOTED else one
            for one in WALKED
        )
        (resolution,) = rows(made(acts), "6-KNĐ")
        assert resolution.act.paper_number == "05-NQ/CB"
        assert (resolution.step, resolution.act.on) == (Step.CELL_VOTED, date(2024, 4, 2))
        assert resolution.title_vi == "Nghị quyết đề nghị kết nạp đảng viên của chi bộ"

    def test_leave_out_what_was_declared_invalid_and_a_vote_that_failed(self) -> None:
        failed = replace(act(Step.CELL_VOTED), tally=BAD)
        found = made(voided((*until(Step.CELL_VOTED), failed), 6))
        assert rows(found, "1-KNĐ") == []
        assert rows(found, "6-KNĐ") == []

    def test_keep_a_paper_that_was_made_again_and_mark_the_old_one(self) -> None:
        again = date(2025, 2, 20)
        papers = [
            Act(40 + n, Step.PAPERS, again, form=form)
            for n, form in enumerate(("2-KNĐ", "3-KNĐ", "4-KNĐ", "5-KNĐ"))
        ]
        acts = (*until(Step.CELL_VOTED), *papers, Act(50, Step.VERIFIED, again))
        old, new = rows(made(acts, on=again), "2-KNĐ")
        assert (old.act.on, old.replaced, old.valid_until) == (date(2024, 2, 1), True, None)
        assert (new.act.on, new.replaced, new.valid_until) == (again, False, date(2026, 2, 20))

    def test_of_two_introducing_members_are_both_there(self) -> None:
        case = replace(CASE, by_members=True)
        second = Act(40, Step.PAPERS, date(2024, 2, 8), form="3-KNĐ")
        found = made((*until(Step.CELL_VOTED), second), case)
        assert [row.replaced for row in rows(found, "3-KNĐ")] == [False, False]
        assert rows(found, "4-KNĐ") == []


class TestValidity:
    def test_of_the_certificate_is_sixty_months_from_its_issue(self) -> None:
        (row,) = rows(made(until(Step.CELL_VOTED), on=date(2024, 3, 5)), "CN-NTVĐ")
        assert (row.valid_until, row.judged_on) == (date(2028, 12, 15), None)
        assert row.entry is not None
        assert row.entry.name == "certificate.validity"

    def test_of_a_second_certificate_is_counted_from_the_second(self) -> None:
        newer = Act(40, Step.TRAINED, date(2024, 3, 4), form="CN-NTVĐ")
        old, new = rows(made((*until(Step.CELL_VOTED), newer), on=date(2024, 3, 5)), "CN-NTVĐ")
        assert (old.replaced, new.valid_until) == (True, date(2029, 3, 4))

    def test_of_papers_that_age_runs_with_the_dossier_until_the_cell_considers(self) -> None:
        (row,) = rows(made(until(Step.CELL_VOTED), on=date(2024, 3, 5)), "5-KNĐ")
        assert (row.valid_until, row.judged_on) == (date(2025, 2, 1), None)
        (row,) = rows(made(WALKED), "5-KNĐ")
        assert (row.valid_until, row.judged_on) == (date(2025, 2, 1), date(2024, 4, 2))

    def test_is_nothing_for_an_application_and_for_resolutions(self) -> None:
        found = made(WALKED)
        for form in ("1-KNĐ", "6-KNĐ", "9-KNĐ"):
            assert [row.valid_until for row in rows(found, form)] == [None]


class TestHaNoi:
    #: The same road two years later, once the place has its own numbers.
    LATER = tuple(replace(one, on=one.on + timedelta(days=731), received_on=None) for one in WALKED)

    def test_lays_birth_certificate_and_diplomas_in_front(self) -> None:
        more = [
            Act(40 + n, Step.PAPERS, END, form=form) for n, form in enumerate(("BTN-BS", "KS-BS"))
        ]
        found = made((*WALKED, *more), HA_NOI)
        assert [row.form for row in found.rows[:3]] == ["KS-BS", "BTN-BS", "CN-NTVĐ"]

    def test_prints_its_own_numbers(self) -> None:
        found = made(self.LATER, HA_NOI)
        printed = {row.counts_as: row.form for row in found.rows}
        assert printed["1-KNĐ"] == "1A-KNĐ"
        assert printed["5-KNĐ"] == "5D-KNĐ"
        assert printed["8-KNĐ"] == "8A-KNĐ"
        assert printed["9-KNĐ"] == "9A-KNĐ"
        assert printed["2-KNĐ"] == "2-KNĐ"

    def test_prints_the_number_that_was_chosen(self) -> None:
        acts = tuple(replace(one, form="1B-KNĐ") if one.form == "1-KNĐ" else one for one in WALKED)
        (row,) = rows(made(acts, HA_NOI), "1-KNĐ")
        assert row.form == "1B-KNĐ"

    def test_prints_the_number_of_the_branch(self) -> None:
        (row,) = rows(made(self.LATER, replace(HA_NOI, delegated=True)), "9-KNĐ")
        assert row.form == "9B-KNĐ"

    def test_printed_the_central_numbers_before_it_had_its_own(self) -> None:
        printed = {row.counts_as: row.form for row in made(WALKED, HA_NOI).rows}
        assert all(number == form for number, form in printed.items())


class TestMissing:
    def test_before_the_road_begins_is_everything_and_nothing_can_be_made_yet(self) -> None:
        found = made((), on=date(2023, 9, 10))
        assert [gap.form for gap in found.missing] == ORDER
        assert not any(gap.now for gap in found.missing)

    def test_tells_what_can_be_made_now_from_what_comes_later(self) -> None:
        acts = [one for one in until(Step.CELL_VOTED) if one.form != "4-KNĐ"]
        found = made(acts, on=date(2024, 3, 5))
        assert [gap.form for gap in found.missing if gap.now] == ["4-KNĐ"]
        assert [gap.form for gap in found.missing if not gap.now] == ORDER[7:]

    def test_counts_the_copies_that_are_still_to_come(self) -> None:
        found = made(until(Step.CELL_VOTED), replace(CASE, by_members=True), date(2024, 3, 5))
        (gap,) = [gap for gap in found.missing if gap.form == "3-KNĐ"]
        assert (gap.copies, gap.again) == (1, False)

    def test_names_what_has_to_be_made_again(self) -> None:
        found = made(until(Step.CELL_VOTED), on=date(2025, 2, 2))
        again = [gap.form for gap in found.missing if gap.again]
        assert again == ["2-KNĐ", "TT-NX", "3-KNĐ", "4-KNĐ", "5-KNĐ"]
        assert made(until(Step.CELL_VOTED), on=date(2025, 2, 1)).missing[0].form == "6-KNĐ"

    def test_leaves_out_what_the_road_of_the_case_does_not_pass(self) -> None:
        case = replace(CASE, base_committee=False)
        forms = [gap.form for gap in made((), case, date(2023, 9, 10)).missing]
        assert forms == [form for form in ORDER if form not in {"8-KNĐ", "15-KNĐ"}]
        forms = [gap.form for gap in made((), replace(CASE, sub_committee=True), END).missing]
        assert "7-KNĐ" in forms
        assert "14-KNĐ" in forms

    def test_does_not_hold_back_what_a_place_only_adds(self) -> None:
        found = made(until(Step.CELL_VOTED), HA_NOI, date(2024, 3, 5))
        extra = [gap for gap in found.missing if gap.place.startswith("a0")]
        assert [(gap.form, gap.required, gap.now) for gap in extra] == [
            ("KS-BS", False, True),
            ("BTN-BS", False, True),
        ]

    def test_of_a_new_cell_vote_after_a_failed_one_is_the_resolution(self) -> None:
        failed = replace(act(Step.CELL_VOTED), tally=BAD)
        first = made((*until(Step.CELL_VOTED), failed), on=failed.on).missing[0]
        assert (first.form, first.now) == ("6-KNĐ", True)
        passed = replace(failed, number=60, tally=GOOD, on=failed.on + timedelta(days=1))
        first = made((*until(Step.CELL_VOTED), failed, passed), on=passed.on).missing[0]
        assert first.form == "8-KNĐ"
