"""Conditions of a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from donghanh.domain import rules
from donghanh.domain.eligibility import (
    Facts,
    Verdict,
    age_reached_on,
    certificate_valid,
    conditions,
)

BOOK = rules.load()
BORN = date(2006, 5, 20)


class TestAge:
    @pytest.mark.parametrize(
        ("on", "verdict"),
        [
            (date(2024, 5, 19), Verdict.NOT_MET),  # the day before the birthday
            (date(2024, 5, 20), Verdict.MET),
            (date(2024, 5, 21), Verdict.MET),
        ],
    )
    def test_is_the_exact_birthday(self, on: date, verdict: Verdict) -> None:
        condition = age_reached_on(BORN, on, BOOK)
        assert condition.verdict is verdict
        assert condition.from_day == date(2024, 5, 20)

    @pytest.mark.parametrize(
        ("on", "verdict"),
        [
            (date(2024, 4, 30), Verdict.NOT_MET),
            (date(2024, 5, 1), Verdict.MET),
        ],
    )
    def test_counts_by_month_once_the_switch_is_turned(self, on: date, verdict: Verdict) -> None:
        counting = BOOK.on("age_counting", date(2024, 1, 1))
        switched = BOOK.with_entries([replace(counting, value="month", since=date(2024, 1, 1))])
        assert age_reached_on(BORN, on, switched).verdict is verdict

    def test_is_not_known_before_any_rule(self) -> None:
        assert age_reached_on(BORN, date(2016, 7, 24), BOOK).verdict is Verdict.NOT_KNOWN

    def test_cites_the_regime_a_person_chose(self) -> None:
        condition = age_reached_on(BORN, date(2026, 8, 1), BOOK, date(2026, 4, 7))
        assert condition.entries[0].regime == "R3"


class TestCertificate:
    @pytest.mark.parametrize(
        ("on", "verdict"),
        [
            (date(2022, 3, 9), Verdict.NOT_MET),  # the day before it was issued
            (date(2022, 3, 10), Verdict.MET),
            (date(2027, 3, 9), Verdict.MET),
            (date(2027, 3, 10), Verdict.MET),  # sixty months, the last day
            (date(2027, 3, 11), Verdict.NOT_MET),
        ],
    )
    def test_is_good_for_sixty_months(self, on: date, verdict: Verdict) -> None:
        assert certificate_valid(date(2022, 3, 10), on, BOOK).verdict is verdict

    def test_is_not_met_where_there_is_none(self) -> None:
        assert certificate_valid(None, date(2024, 3, 1), BOOK).verdict is Verdict.NOT_MET

    def test_is_not_known_where_no_rule_was_read(self) -> None:
        condition = certificate_valid(date(2020, 1, 1), date(2020, 5, 1), BOOK)
        assert condition.verdict is Verdict.NOT_KNOWN


class TestConditions:
    def test_a_blank_is_not_a_no(self) -> None:
        facts = Facts(BORN, None, None, date(2023, 1, 1))
        judged = {one.name: one.verdict for one in conditions(facts, date(2024, 6, 1), BOOK)}
        assert judged["union_member"] is Verdict.NOT_KNOWN
        assert judged["lower_secondary"] is Verdict.NOT_KNOWN
        assert judged["age"] is Verdict.MET

    def test_each_names_its_rule(self) -> None:
        facts = Facts(BORN, True, False, date(2023, 1, 1))
        judged = conditions(facts, date(2024, 6, 1), BOOK)
        assert all(one.entries for one in judged)
        assert {one.name: one.verdict for one in judged}["lower_secondary"] is Verdict.NOT_MET

    def test_show_the_wording_of_the_last_regime(self) -> None:
        facts = Facts(BORN, True, True, date(2023, 1, 1))
        judged = {one.name: one for one in conditions(facts, date(2026, 8, 1), BOOK)}
        assert judged["lower_secondary"].entries[0].value == "lower_secondary_programme"
        assert not judged["lower_secondary"].entries[0].settled
