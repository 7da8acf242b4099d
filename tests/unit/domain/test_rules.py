"""The shipped rulebook."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from donghanh.domain import rules
from donghanh.domain.acts import Step
from donghanh.domain.timeline import Confidence, NotInForce, TwoValues
from donghanh.domain.voting import Base, Threshold

BOOK = rules.load()
HANOI = ("central", "province:ha-noi")
STARTS = [
    ("R0", date(2016, 7, 25)),
    ("R1", date(2021, 7, 30)),
    ("R2", date(2025, 1, 20)),
    ("R3", date(2025, 7, 1)),
    ("R4", date(2026, 4, 8)),
    ("R5", date(2026, 7, 26)),
]


class TestRegimes:
    @pytest.mark.parametrize(("code", "since"), STARTS)
    def test_begin_on_their_day_and_not_before(self, code: str, since: date) -> None:
        assert BOOK.regime(since).code == code
        assert BOOK.regime(since + timedelta(days=1)).code == code
        if code == "R0":
            with pytest.raises(NotInForce):
                BOOK.regime(since - timedelta(days=1))
        else:
            assert BOOK.regime(since - timedelta(days=1)).code != code

    def test_show_the_two_of_2026_as_leads(self) -> None:
        settled = {regime.code: regime.settled for regime in BOOK.regimes()}
        assert settled["R4"] is settled["R5"] is False
        assert settled["R1"] is settled["R3"] is True

    def test_tell_the_three_guidances_of_one_number_apart(self) -> None:
        cites = [cite for regime in BOOK.regimes() for cite in regime.citations]
        days = {cite.signed_on for cite in cites if cite.number == "01-HD/TW"}
        assert days == {date(2016, 9, 20), date(2021, 9, 28), date(2026, 5, 19)}


class TestValues:
    def test_of_the_leads_are_never_settled(self) -> None:
        leads = [entry for entry in BOOK.entries() if entry.regime in ("R4", "R5")]
        assert leads
        assert not [entry.name for entry in leads if entry.settled]

    def test_carried_on_keep_the_value_and_lose_the_certainty(self) -> None:
        read = BOOK.on("admission_decision_due", date(2025, 6, 30))
        carried = BOOK.on("admission_decision_due", date(2025, 7, 1))
        assert (read.value, read.settled, read.carried) == (60, True, False)
        assert (carried.value, carried.settled, carried.carried) == (60, False, True)
        assert carried.cite.confidence is Confidence.N

    def test_defaults_without_a_text_are_never_settled(self) -> None:
        own = [entry for entry in BOOK.entries() if entry.cite.issuer == "Đồng Hành"]
        assert {entry.name for entry in own} >= {"age_counting", "union_vote"}
        assert not any(entry.settled for entry in own)

    @pytest.mark.parametrize(
        ("day", "value"),
        [
            (date(2025, 11, 20), 60),  # the day before Hà Nội's own value
            (date(2025, 11, 21), 45),  # the day it is signed
            (date(2025, 11, 22), 45),
        ],
    )
    def test_of_a_province_win_there_only(self, day: date, value: int) -> None:
        assert BOOK.on("admission_decision_due", day, HANOI).value == value
        assert BOOK.on("admission_decision_due", day).value == 60

    def test_are_refused_before_their_first_day(self) -> None:
        assert BOOK.find_number("certificate_validity", date(2021, 9, 27)) is None
        with pytest.raises(NotInForce):
            BOOK.on("certificate_validity", date(2021, 9, 27))
        assert BOOK.on("certificate_validity", date(2021, 9, 28)).value == 60

    def test_of_the_cell_vote_are_two_thirds_of_those_convened(self) -> None:
        entry = BOOK.find_threshold("cell_vote", date(2024, 4, 1))
        assert entry is not None
        assert entry.value == Threshold(2, 3, False, Base.OFFICIAL_CONVENED)

    @pytest.mark.parametrize(
        ("day", "value"),
        [(date(2026, 7, 25), "received"), (date(2026, 7, 26), "issued")],
    )
    def test_of_the_ceremony_clock_change_with_the_last_regime(self, day: date, value: str) -> None:
        assert BOOK.on("ceremony_starts", day).value == value

    def test_of_another_kind_are_refused(self) -> None:
        with pytest.raises(rules.WrongKind):
            BOOK.find_number("cell_vote", date(2024, 4, 1))
        with pytest.raises(rules.WrongKind):
            BOOK.find_text("probation", date(2024, 4, 1))
        with pytest.raises(rules.WrongKind):
            BOOK.find_flag("probation", date(2024, 4, 1))
        with pytest.raises(rules.WrongKind):
            BOOK.find_threshold("probation", date(2024, 4, 1))

    def test_of_unknown_rules_are_refused(self) -> None:
        with pytest.raises(rules.UnknownRule):
            BOOK.on("no_such_rule", date(2024, 4, 1))
        with pytest.raises(rules.UnknownRule):
            BOOK.timeline("probation", "province:nowhere")


class TestRulebook:
    def test_names_every_rule_in_vietnamese(self) -> None:
        assert all(entry.title_vi and entry.title and entry.unit for entry in BOOK.entries())

    def test_takes_a_typed_entry_beside_the_shipped_ones(self) -> None:
        shipped = BOOK.on("probation", date(2026, 11, 1))
        typed = replace(shipped, value=10, since=date(2026, 11, 1), scope="province:x")
        more = BOOK.with_entries([typed])
        assert more.on("probation", date(2026, 11, 1), ("central", "province:x")).value == 10
        assert more.on("probation", date(2026, 11, 1)).value == 12
        assert more.version != BOOK.version
        assert BOOK.with_entries([]).version == BOOK.version

    def test_refuses_a_typed_entry_from_the_day_of_a_shipped_one(self) -> None:
        with pytest.raises(TwoValues):
            BOOK.with_entries([BOOK.on("probation", date(2025, 7, 1))])

    def test_is_read_once_and_has_a_version(self) -> None:
        assert rules.load() is BOOK
        assert len(BOOK.version) == 12

    @pytest.mark.parametrize(
        ("day", "chosen", "asked"),
        [
            (date(2026, 8, 1), None, date(2026, 8, 1)),
            (date(2026, 8, 1), "R3", date(2026, 4, 7)),  # the last day of R3
            (date(2026, 8, 1), "R5", date(2026, 8, 1)),
            (date(2026, 7, 1), "R5", date(2026, 7, 26)),  # the first day of R5
        ],
    )
    def test_asks_the_regime_a_person_chose(
        self, day: date, chosen: str | None, asked: date
    ) -> None:
        assert BOOK.governing_day(day, chosen) == asked

    def test_refuses_a_regime_that_does_not_exist(self) -> None:
        with pytest.raises(rules.UnknownRegime):
            BOOK.governing_day(date(2026, 8, 1), "R9")

    def test_has_every_step_once_in_order_with_its_words(self) -> None:
        assert [rule.step for rule in BOOK.steps()] == list(Step)
        assert all(rule.title_vi and rule.short_vi and rule.body_vi for rule in BOOK.steps())

    def test_points_only_at_rules_and_forms_that_exist(self) -> None:
        names = set(BOOK.names())
        codes = {form.code for form in BOOK.forms()}
        for rule in BOOK.steps():
            asked = {rule.threshold, rule.minimum, *(due.rule for due in rule.dues)}
            asked |= {due.extension for due in rule.dues}
            assert asked - {None} <= names
            assert {form for due in rule.dues for form in due.papers} <= codes
            assert rule.form is None or rule.form in codes
        for form in BOOK.forms():
            assert form.required_if is None or form.required_if in names
            assert form.not_later_than is None or form.not_later_than in codes

    def test_gives_a_form_of_a_province_only_there(self) -> None:
        assert BOOK.form("2-TN") is None
        found = BOOK.form("2-TN", HANOI)
        assert found is not None
        assert found.step is Step.LISTED

    def test_puts_a_june_admission_into_the_ending_school_year(self) -> None:
        assert BOOK.school_year(date(2024, 6, 15)).key == "2023-2024"
        assert BOOK.school_year(date(2024, 7, 31)).key == "2023-2024"
        assert BOOK.school_year(date(2024, 8, 1)).key == "2024-2025"
