"""The shipped rulebook."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from donghanh.domain import rules
from donghanh.domain.acts import Step
from donghanh.domain.errors import RuleError
from donghanh.domain.timeline import Confidence, NotInForce
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
            with pytest.raises(NotInForce) as refused:
                BOOK.regime(since - timedelta(days=1))
            assert refused.value.facts == {"name": "regime", "day": date(2016, 7, 24)}
        else:
            assert BOOK.regime(since - timedelta(days=1)).code != code

    def test_are_all_told_oldest_first(self) -> None:
        assert [(one.code, one.since) for one in BOOK.regimes()] == STARTS
        assert {one.edition for one in BOOK.regimes()} == {0}
        assert all(one.title and one.title_vi and one.citations for one in BOOK.regimes())

    def test_show_the_two_of_2026_as_leads(self) -> None:
        settled = {regime.code: regime.settled for regime in BOOK.regimes()}
        assert settled == {
            "R0": False,
            "R1": True,
            "R2": False,
            "R3": True,
            "R4": False,
            "R5": False,
        }

    def test_tell_the_three_guidances_of_one_number_apart(self) -> None:
        cites = [cite for regime in BOOK.regimes() for cite in regime.citations]
        days = {cite.signed_on for cite in cites if cite.number == "01-HD/TW"}
        assert days == {date(2016, 9, 20), date(2021, 9, 28), date(2026, 5, 19)}


class TestValues:
    def test_of_the_leads_are_never_settled(self) -> None:
        leads = [
            entry
            for entry in BOOK.entries()
            if entry.regime in ("R4", "R5") and entry.scope == "central"
        ]
        assert leads
        assert not [entry.name for entry in leads if entry.settled]

    def test_carried_on_keep_the_value_and_lose_the_certainty(self) -> None:
        read = BOOK.on("admission.decision", date(2025, 6, 30))
        carried = BOOK.on("admission.decision", date(2025, 7, 1))
        assert (read.value, read.settled, read.carried) == (60, True, False)
        assert (carried.value, carried.settled, carried.carried) == (60, False, True)
        assert carried.cite.confidence is Confidence.N
        assert carried.cite.number == read.cite.number
        assert (carried.since, carried.regime) == (date(2025, 7, 1), "R3")

    def test_above_the_regimes_are_not_carried(self) -> None:
        (tie,) = BOOK.timeline("introducer.tie").entries
        assert (tie.value, tie.steady, tie.settled) == (12, True, True)
        assert BOOK.on("introducer.tie", date(2026, 11, 1)).settled

    def test_defaults_without_a_text_are_never_settled(self) -> None:
        own = [entry for entry in BOOK.entries() if entry.cite.issuer == "Đồng Hành"]
        assert {entry.name for entry in own} >= {"age.counting", "vote.union"}
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
        assert BOOK.on("admission.decision", day, HANOI).value == value
        assert BOOK.on("admission.decision", day).value == 60

    def test_of_each_scope_stand_in_the_order_asked(self) -> None:
        day = date(2026, 1, 1)
        both = BOOK.all_on("admission.decision", day, HANOI)
        assert [(one.scope, one.value) for one in both] == [
            ("central", 60),
            ("province:ha-noi", 45),
        ]
        assert BOOK.numbers_on("admission.decision", day, HANOI) == both
        assert BOOK.all_on("parents.opinion", day) == ()

    def test_are_refused_before_their_first_day(self) -> None:
        assert BOOK.find_number("certificate.validity", date(2021, 9, 27)) is None
        with pytest.raises(NotInForce) as refused:
            BOOK.on("certificate.validity", date(2021, 9, 27))
        assert refused.value.facts == {"name": "certificate.validity", "day": date(2021, 9, 27)}
        assert BOOK.on("certificate.validity", date(2021, 9, 28)).value == 60

    def test_of_the_cell_vote_are_two_thirds_of_those_convened(self) -> None:
        entry = BOOK.find_threshold("vote.cell", date(2024, 4, 1))
        assert entry is not None
        assert entry.value == Threshold(2, 3, False, Base.OFFICIAL_CONVENED)

    @pytest.mark.parametrize(
        ("day", "value"),
        [(date(2026, 7, 25), "received"), (date(2026, 7, 26), "issued")],
    )
    def test_of_the_ceremony_clock_change_with_the_last_regime(self, day: date, value: str) -> None:
        assert BOOK.on("admission.ceremony.start", day).value == value

    def test_of_another_kind_are_refused(self) -> None:
        day = date(2024, 4, 1)
        for find, name, kind in (
            (BOOK.find_number, "vote.cell", "int"),
            (BOOK.find_number, "graduation.moves_consideration", "int"),  # a flag is no number
            (BOOK.find_text, "probation.length", "str"),
            (BOOK.find_flag, "probation.length", "bool"),
            (BOOK.find_threshold, "probation.length", "Threshold"),
            (BOOK.find_reasons, "probation.length", "tuple"),
            (BOOK.numbers_on, "vote.cell", "int"),
        ):
            with pytest.raises(rules.WrongKind) as refused:
                find(name, day)
            assert refused.value.facts == {"name": name, "wanted": kind}

    def test_of_each_kind_are_found(self) -> None:
        day = date(2024, 4, 1)
        number, text = BOOK.find_number("age.minimum", day), BOOK.find_text("age.counting", day)
        flag = BOOK.find_flag("graduation.moves_consideration", day)
        assert number is not None
        assert text is not None
        assert flag is not None
        assert (number.value, text.value, flag.value) == (18, "day", True)

    def test_of_unknown_rules_are_refused(self) -> None:
        with pytest.raises(rules.UnknownRule) as refused:
            BOOK.on("no.such.rule", date(2024, 4, 1), HANOI)
        assert refused.value.facts == {"name": "no.such.rule", "scope": "central,province:ha-noi"}
        with pytest.raises(rules.UnknownRule) as refused:
            BOOK.timeline("probation.length", "province:nowhere")
        assert refused.value.facts == {"name": "probation.length", "scope": "province:nowhere"}
        with pytest.raises(rules.UnknownRule) as refused:
            BOOK.head("no.such.rule")
        assert refused.value.facts["name"] == "no.such.rule"


class TestRulebook:
    def test_names_every_rule_in_vietnamese(self) -> None:
        assert all(entry.title_vi and entry.title and entry.unit for entry in BOOK.entries())
        assert set(BOOK.names()) == {entry.name for entry in BOOK.entries()}
        assert list(BOOK.names()) == sorted(BOOK.names())
        for name in BOOK.names():
            head = BOOK.head(name)
            assert (head.name, bool(head.title), bool(head.title_vi)) == (name, True, True)

    def test_lists_every_value_by_rule_then_scope_then_day(self) -> None:
        marks = [(one.name, one.scope != "central", one.scope, one.since) for one in BOOK.entries()]
        assert marks == sorted(marks)
        assert len(set(marks)) == len(marks)

    def test_names_its_scopes_with_the_centre_first(self) -> None:
        assert BOOK.scopes()[0] == "central"
        assert {"province:binh-dinh", "province:ha-noi"} <= set(BOOK.scopes())
        assert list(BOOK.scopes()[1:]) == sorted(BOOK.scopes()[1:])

    def test_is_read_once_and_has_a_version(self) -> None:
        assert rules.load() is BOOK
        assert len(BOOK.version) == 12
        assert int(BOOK.version, 16) >= 0
        assert (BOOK.edition, BOOK.editions) == (0, (BOOK,))

    @pytest.mark.parametrize(
        ("day", "chosen", "asked"),
        [
            (date(2026, 8, 1), None, date(2026, 8, 1)),
            (date(2026, 8, 1), "R3", date(2026, 4, 7)),  # the last day of R3
            (date(2025, 7, 1), "R3", date(2025, 7, 1)),
            (date(2026, 4, 7), "R3", date(2026, 4, 7)),
            (date(2025, 6, 30), "R3", date(2025, 7, 1)),
            (date(2026, 8, 1), "R5", date(2026, 8, 1)),
            (date(2026, 7, 1), "R5", date(2026, 7, 26)),  # the first day of R5
        ],
    )
    def test_asks_the_regime_a_person_chose(
        self, day: date, chosen: str | None, asked: date
    ) -> None:
        assert BOOK.governing_day(day, chosen) == asked

    def test_refuses_a_regime_that_does_not_exist(self) -> None:
        with pytest.raises(rules.UnknownRegime) as refused:
            BOOK.governing_day(date(2026, 8, 1), "R9")
        assert refused.value.facts == {"code": "R9"}

    def test_points_only_at_rules_and_forms_that_exist(self) -> None:
        names = set(BOOK.names())
        codes = {form.code for form in BOOK.forms()}
        for rule in BOOK.steps():
            asked = {rule.threshold, rule.minimum, rule.attempts, rule.only_where}
            asked |= {variant.threshold or None for variant in rule.variants}
            for clock in BOOK.clocks_of(rule.step):
                asked |= {clock.rule, clock.extension}
                assert set(clock.forms) <= codes
                assert rule.step in clock.steps
            assert asked - {None} <= names
            assert rule.form is None or rule.form in codes
        for form in BOOK.forms():
            assert {form.validity, form.copies_rule} - {None} <= names
            assert {form.not_later_than, form.instead_of} - {None} <= codes

    def test_knows_which_clocks_belong_to_a_step(self) -> None:
        assert {clock.rule for clock in BOOK.clocks_of(Step.RECOGNISED)} == {
            "recognition.decision",
            "recognition.decision_after_base",
        }
        assert BOOK.clocks_of(Step.SOURCED) == ()
        assert set(BOOK.started_by(Step.ADMITTED)) == {
            Step.MEMBER_PAPERS,
            Step.RECOGNITION_PAPERS,
            Step.RECOGNITION_VOTED,
        }
        assert BOOK.started_by(Step.SOURCED) == ()

    def test_gives_a_form_of_a_province_only_there(self) -> None:
        assert BOOK.form("2-TN") is None
        found = BOOK.form("2-TN", HANOI)
        assert found is not None
        assert found.step is Step.PARENTS_HEARD

    def test_puts_a_june_admission_into_the_ending_school_year(self) -> None:
        assert BOOK.school_year(date(2024, 6, 15)).key == "2023-2024"
        assert BOOK.school_year(date(2024, 7, 31)).key == "2023-2024"
        assert BOOK.school_year(date(2024, 8, 1)).key == "2024-2025"
        assert BOOK.school_year(date(2010, 9, 1)).key == "2010-2011"  # before any rule

    def test_can_be_asked_for_every_day_of_every_rule(self) -> None:
        days = {one.since + timedelta(days=n) for one in BOOK.entries() for n in (-1, 0, 1)}
        for name in BOOK.names():
            for scope in BOOK.scopes():
                if not BOOK.ever(name, (scope,)):
                    with pytest.raises(RuleError):
                        BOOK.timeline(name, scope)
                    continue
                line = BOOK.timeline(name, scope)
                for day in days:
                    found = line.find(day)
                    assert BOOK.all_on(name, day, (scope,)) == (() if found is None else (found,))
