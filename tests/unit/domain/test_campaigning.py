"""Campaigns: what may follow what, which years are asked for, and sums that hide nobody."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from donghanh.domain import campaign_figures, campaigning
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.campaign_figures import MOST_NUMBER, Said, Told
from donghanh.domain.campaigning import MOST_FIGURES, Answer, Asked, Paper, Stage, Terms
from donghanh.domain.errors import RuleError

TODAY = date(2026, 11, 28)
TERMS = Terms("Vận động", "Vì sao", date(2025, 9, 15), date(2027, 5, 31), (10, 6))
YEAR = SchoolYear.from_key("2025-2026")


def changed(**other: object) -> Terms:
    told = {name: getattr(TERMS, name) for name in Terms.__slots__}
    return Terms(**{**told, **other})


class TestTold:
    def test_keeps_texts_composed_and_without_blanks_at_the_ends(self) -> None:
        kept = campaigning.told(changed(title="  Vận động ", aim=" a\r\nb "), TODAY)
        assert (kept.title, kept.aim) == ("Vận động", "a\nb")

    @pytest.mark.parametrize(
        ("other", "code"),
        [
            ({"ends": date(2025, 9, 14)}, "campaigns.ends_before_it_begins"),
            ({"due": (29, 2)}, "campaigns.no_such_day"),
            ({"due": (31, 4)}, "campaigns.no_such_day"),
            ({"due": (0, 13)}, "campaigns.no_such_day"),
            ({"title": " "}, "accompanying.text_missing"),
            ({"title": "a" * 201}, "accompanying.text_too_long"),
            ({"paper": Paper("1", "b", date(2026, 11, 29))}, "campaigns.paper_to_come"),
        ],
    )
    def test_refuses_what_cannot_be(self, other: dict[str, object], code: str) -> None:
        with pytest.raises(RuleError) as refused:
            campaigning.told(changed(**other), TODAY)
        assert refused.value.code == code

    def test_takes_a_period_of_one_day_and_one_without_end(self) -> None:
        campaigning.told(changed(ends=TERMS.begins), TODAY)
        campaigning.told(changed(ends=None), TODAY)

    def test_takes_a_paper_whole_or_not_at_all(self) -> None:
        day = date(2021, 7, 21)
        assert campaigning.cited(" ", "", None) is None
        assert campaigning.cited("03", "BBT", day) == Paper("03", "BBT", day)
        for part in (("03", "", day), ("", "BBT", day), ("03", "BBT", None)):
            with pytest.raises(campaigning.PaperMissing):
                campaigning.cited(*part)


class TestAsked:
    def test_refuses_none_too_many_and_two_of_one_name(self) -> None:
        one = Asked("Buổi", "buổi")
        with pytest.raises(campaigning.FiguresMissing):
            campaigning.asked([])
        with pytest.raises(campaigning.FiguresMissing):
            campaigning.asked([Asked(f"Số {n}", "a") for n in range(MOST_FIGURES + 1)])
        with pytest.raises(campaigning.FigureTwice):
            campaigning.asked([one, Asked(" buổi ", "lượt")])
        assert campaigning.asked([one]) == (one,)


class TestMove:
    @pytest.mark.parametrize("before", Stage)
    @pytest.mark.parametrize("after", Stage)
    def test_follows_draft_opened_ended_and_never_back(self, before: Stage, after: Stage) -> None:
        may = {
            (Stage.DRAFT, Stage.OPENED),
            (Stage.DRAFT, Stage.CALLED_OFF),
            (Stage.OPENED, Stage.ENDED),
            (Stage.OPENED, Stage.CALLED_OFF),
        }
        if (before, after) in may:
            campaigning.check_move(before, after)
        else:
            with pytest.raises(campaigning.NotNow):
                campaigning.check_move(before, after)


class TestYears:
    @given(
        begins=st.dates(date(2015, 1, 1), date(2030, 1, 1)),
        length=st.none() | st.integers(0, 2500),
        ahead=st.integers(-400, 2500),
    )
    def test_are_those_a_day_of_the_campaign_lies_in(
        self, begins: date, length: int | None, ahead: int
    ) -> None:
        today = begins + timedelta(days=ahead)
        until = None if length is None else begins + timedelta(days=length)
        found = campaign_figures.years(begins, until, today, SchoolYear.of)
        last = today if until is None else min(until, today)
        every = (begins + timedelta(days=n) for n in range((last - begins).days + 1))
        counted = {SchoolYear.of(day).key for day in every}
        # Of the year it begins in figures are asked from that year's first day on.
        if SchoolYear.of(begins).since <= last:
            counted.add(SchoolYear.of(begins).key)
        assert {year.key for year in found} == counted
        assert list(found) == sorted(found)

    @given(
        begins=st.dates(date(2015, 1, 1), date(2030, 1, 1)),
        due=st.dates(date(2023, 1, 1), date(2023, 12, 31)),
    )
    def test_have_a_due_day_within_them_and_never_before_the_campaign(
        self, begins: date, due: date
    ) -> None:
        year = SchoolYear.of(begins)
        found = campaign_figures.due_on(year, (due.day, due.month), begins)
        assert found in year
        assert found >= begins


class TestSaid:
    DUE = date(2026, 6, 10)

    @pytest.mark.parametrize(
        ("answer", "given_on", "today", "said"),
        [
            (Answer.JOINED, DUE, TODAY, Said.IN_TIME),
            (Answer.JOINED, DUE + timedelta(days=1), TODAY, Said.AFTERWARDS),
            (Answer.JOINED, None, DUE, Said.WAITING),
            (Answer.JOINED, None, DUE + timedelta(days=1), Said.LATE),
            (Answer.SILENT, None, TODAY, Said.NOT_ASKED),
            (Answer.DECLINED, None, TODAY, Said.NOT_ASKED),
        ],
    )
    def test_tells_late_from_not_yet(
        self, answer: Answer, given_on: date | None, today: date, said: Said
    ) -> None:
        assert campaign_figures.said(answer, given_on, self.DUE, today) is said


class TestGiving:
    @pytest.mark.parametrize(
        ("stage", "answer", "year", "closed", "code"),
        [
            (Stage.ENDED, Answer.JOINED, YEAR, False, "campaigns.is_over"),
            (Stage.CALLED_OFF, Answer.JOINED, YEAR, False, "campaigns.is_over"),
            (Stage.OPENED, Answer.SILENT, YEAR, False, "campaigns.not_joined"),
            (Stage.OPENED, Answer.DECLINED, YEAR, False, "campaigns.not_joined"),
            (Stage.OPENED, Answer.JOINED, YEAR, True, "campaigns.year_closed"),
            (
                Stage.OPENED,
                Answer.JOINED,
                SchoolYear.from_key("2024-2025"),
                False,
                "campaigns.year_outside",
            ),
        ],
    )
    def test_is_refused_where_nothing_is_given(
        self, stage: Stage, answer: Answer, year: SchoolYear, closed: bool, code: str
    ) -> None:
        with pytest.raises(RuleError) as refused:
            campaign_figures.check_giving(stage, answer, year, (YEAR,), closed=closed)
        assert refused.value.code == code

    def test_is_let_through_otherwise(self) -> None:
        campaign_figures.check_giving(Stage.OPENED, Answer.JOINED, YEAR, (YEAR,), closed=False)

    def test_takes_nought_and_the_bound_and_nothing_beyond(self) -> None:
        campaign_figures.check_numbers({1: 0, 2: MOST_NUMBER})
        for numbers in ({1: -1}, {1: MOST_NUMBER + 1}):
            with pytest.raises(campaign_figures.NumberOutside):
                campaign_figures.check_numbers(numbers)
        with pytest.raises(campaign_figures.NothingSaid):
            campaign_figures.check_numbers({})

    def test_closes_a_year_the_day_after_its_due_day(self) -> None:
        due = date(2026, 6, 10)
        campaign_figures.check_closing(due, due + timedelta(days=1))
        with pytest.raises(campaign_figures.TooEarlyToClose):
            campaign_figures.check_closing(due, due)

    def test_takes_a_plan_within_the_period_alone(self) -> None:
        begins, ends = TERMS.begins, date(2027, 5, 31)
        campaigning.check_until(begins, begins, ends)
        campaigning.check_until(ends, begins, ends)
        campaigning.check_until(date(2090, 1, 1), begins, None)
        for day in (begins - timedelta(days=1), ends + timedelta(days=1)):
            with pytest.raises(campaigning.UntilOutside):
                campaigning.check_until(day, begins, ends)


SCHOOLS = st.lists(
    st.tuples(st.sampled_from(Answer), st.dictionaries(st.integers(1, 3), st.integers(0, 50))),
    max_size=12,
)


class TestTotal:
    @given(SCHOOLS)
    def test_adds_what_was_said_and_names_everybody_else_who_takes_part(
        self, schools: list[tuple[Answer, dict[int, int]]]
    ) -> None:
        told = [Told(n, answer, numbers) for n, (answer, numbers) in enumerate(schools)]
        for figure in (1, 2, 3):
            found = campaign_figures.total(figure, told)
            # Counted a second time, school by school, without the sum.
            pile, heard, unheard = 0, 0, []
            for one in told:
                if figure in one.numbers:
                    pile, heard = pile + one.numbers[figure], heard + 1
                elif one.answer == "joined":
                    unheard.append(one.who)
            assert (found.of, list(found.missing)) == (heard, unheard)
            assert found.sum == (pile if heard else None)

    def test_is_no_nought_where_nobody_said_anything(self) -> None:
        assert campaign_figures.total(1, [Told(7, Answer.JOINED, {})]).sum is None
        assert campaign_figures.total(1, [Told(7, Answer.JOINED, {1: 0})]).sum == 0
