"""Conditions of a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from donghanh.domain import rules
from donghanh.domain.acts import Act, Case, Destination, Move, Step
from donghanh.domain.amending import Amendment, amended
from donghanh.domain.eligibility import (
    Condition,
    Verdict,
    age_reached_on,
    certificate_valid,
    conditions,
)
from donghanh.domain.timeline import Entry
from tests.unit.domain.walked import CASE, act, judged, refusal, until

BOOK = rules.load()
BORN = date(2006, 5, 20)
PUPIL = Case(BORN, date(2023, 1, 1), union_member=True, lower_secondary=True)
HANOI = ("central", "province:ha-noi")
#: Counts the age by month from 2024 on.
BY_MONTH = amended(
    BOOK,
    [
        Amendment(
            1,
            """
            [[rule."age.counting".entries]]
            since = 2024-01-01
            value = "month"
            cite = { doc = "DEFAULT", article = "", confidence = "N" }
            """,
            date(2026, 11, 1),
            "Người kiểm tra",
        )
    ],
)


def named(judged: tuple[Condition, ...]) -> dict[str, Condition]:
    """The conditions by name."""
    return {one.name: one for one in judged}


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
        assert (condition.name, condition.on) == ("age", on)
        assert (condition.from_day, condition.until_day) == (date(2024, 5, 20), None)
        assert [entry.name for entry in condition.entries] == ["age.minimum", "age.counting"]

    @pytest.mark.parametrize(
        ("on", "verdict"),
        [
            (date(2024, 4, 30), Verdict.NOT_MET),
            (date(2024, 5, 1), Verdict.MET),
        ],
    )
    def test_counts_by_month_once_the_switch_is_turned(self, on: date, verdict: Verdict) -> None:
        condition = age_reached_on(BORN, on, BY_MONTH)
        assert condition.verdict is verdict
        assert condition.from_day == date(2024, 5, 1)

    def test_counts_by_day_before_the_switch(self) -> None:
        condition = age_reached_on(date(2005, 12, 20), date(2023, 12, 10), BY_MONTH)
        assert condition.verdict is Verdict.NOT_MET

    def test_is_not_known_before_any_rule(self) -> None:
        condition = age_reached_on(BORN, date(2016, 7, 24), BOOK)
        assert condition.verdict is Verdict.NOT_KNOWN
        assert (condition.entries, condition.from_day) == ((), None)
        assert age_reached_on(BORN, date(2016, 7, 25), BOOK).verdict is Verdict.NOT_MET

    def test_cites_the_regime_a_person_chose(self) -> None:
        condition = age_reached_on(BORN, date(2026, 8, 1), BOOK, date(2026, 4, 7))
        assert condition.entries[0].regime == "R3"
        assert condition.on == date(2026, 8, 1)


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
        condition = certificate_valid(date(2022, 3, 10), on, BOOK)
        assert condition.verdict is verdict
        assert (condition.name, condition.on) == ("certificate", on)
        assert (condition.from_day, condition.until_day) == (date(2022, 3, 10), date(2027, 3, 10))
        assert [entry.name for entry in condition.entries] == ["certificate.validity"]

    def test_is_not_met_where_there_is_none(self) -> None:
        condition = certificate_valid(None, date(2024, 3, 1), BOOK)
        assert condition.verdict is Verdict.NOT_MET
        assert [entry.value for entry in condition.entries] == [60]
        assert (condition.from_day, condition.until_day) == (None, None)
        assert certificate_valid(None, date(2020, 3, 1), BOOK).entries == ()

    def test_is_not_known_where_no_rule_was_read(self) -> None:
        condition = certificate_valid(date(2020, 1, 1), date(2020, 5, 1), BOOK)
        assert condition.verdict is Verdict.NOT_KNOWN
        assert (condition.from_day, condition.until_day) == (date(2020, 1, 1), None)

    def test_is_judged_by_the_rule_of_the_day_a_person_chose(self) -> None:
        condition = certificate_valid(
            date(2022, 3, 10), date(2026, 8, 1), BOOK, rule_day=date(2021, 7, 29)
        )
        assert condition.verdict is Verdict.NOT_KNOWN


class TestConditions:
    def test_stand_in_their_order(self) -> None:
        judged = conditions(PUPIL, date(2023, 1, 1), date(2024, 6, 1), BOOK)
        assert [one.name for one in judged] == [
            "age",
            "lower_secondary",
            "union_member",
            "certificate",
        ]
        assert {one.verdict for one in judged} == {Verdict.MET}
        assert {one.on for one in judged} == {date(2024, 6, 1)}

    def test_a_blank_is_not_a_no(self) -> None:
        case = replace(PUPIL, union_member=None, lower_secondary=None)
        judged = named(conditions(case, date(2023, 1, 1), date(2024, 6, 1), BOOK))
        assert judged["union_member"].verdict is Verdict.NOT_KNOWN
        assert judged["lower_secondary"].verdict is Verdict.NOT_KNOWN
        assert judged["age"].verdict is Verdict.MET

    def test_each_names_its_rule(self) -> None:
        case = replace(PUPIL, lower_secondary=False, union_member=False)
        judged = named(conditions(case, date(2023, 1, 1), date(2024, 6, 1), BOOK))
        assert [one.entries[0].name for one in judged.values()] == [
            "age.minimum",
            "education.minimum",
            "union.membership",
            "certificate.validity",
        ]
        assert judged["lower_secondary"].verdict is Verdict.NOT_MET
        assert judged["union_member"].verdict is Verdict.NOT_MET

    def test_are_not_known_where_nobody_asked(self) -> None:
        judged = named(conditions(PUPIL, date(2016, 1, 1), date(2016, 7, 1), BOOK))
        assert {one.verdict for one in judged.values()} == {Verdict.NOT_KNOWN}
        assert all(one.entries == () for one in judged.values())

    def test_show_the_wording_of_the_last_regime(self) -> None:
        judged = named(conditions(PUPIL, date(2023, 1, 1), date(2026, 8, 1), BOOK))
        assert judged["lower_secondary"].entries[0].value == "lower_secondary_programme"
        assert not judged["lower_secondary"].entries[0].settled

    @pytest.mark.parametrize(
        ("on", "diploma", "programme", "verdict"),
        [
            (date(2026, 7, 25), None, True, Verdict.NOT_KNOWN),  # R4 asks for the diploma
            (date(2026, 7, 26), None, True, Verdict.MET),  # R5 for the programme
            (date(2026, 7, 26), False, True, Verdict.MET),
            (date(2026, 7, 26), True, None, Verdict.MET),  # the diploma proves it
            (date(2026, 7, 26), True, False, Verdict.MET),
            (date(2026, 7, 26), None, None, Verdict.NOT_KNOWN),
            (date(2026, 7, 26), False, False, Verdict.NOT_MET),
            (date(2026, 7, 25), False, True, Verdict.NOT_MET),
        ],
    )
    def test_take_the_diploma_or_the_programme_as_the_regime_asks(
        self, on: date, diploma: bool | None, programme: bool | None, verdict: Verdict
    ) -> None:
        case = replace(PUPIL, lower_secondary=diploma, lower_secondary_programme=programme)
        judged = named(conditions(case, date(2023, 1, 1), on, BOOK))
        assert judged["lower_secondary"].verdict is verdict

    def test_do_not_ask_for_the_union_of_whom_members_introduce(self) -> None:
        judged = named(conditions(replace(PUPIL, by_members=True), None, date(2024, 6, 1), BOOK))
        assert list(judged) == ["age", "lower_secondary", "certificate"]


class TestStandards:
    @pytest.mark.parametrize(
        ("scopes", "on", "asked"),
        [
            (HANOI, date(2025, 11, 20), []),
            (HANOI, date(2025, 11, 21), ["good_10_11_12a", "excellent", "core"]),
            (("central",), date(2026, 1, 1), []),
            (("central", "province:binh-dinh"), date(2021, 12, 31), []),
            (("central", "province:binh-dinh"), date(2022, 1, 1), ["good", "excellent", "active"]),
        ],
    )
    def test_are_asked_where_and_when_a_place_does(
        self, scopes: tuple[str, ...], on: date, asked: list[str]
    ) -> None:
        judged = conditions(replace(PUPIL, scopes=scopes), date(2020, 1, 1), on, BOOK)[4:]
        assert [one.entries[0].value for one in judged] == asked
        assert {one.verdict for one in judged} <= {Verdict.NOT_KNOWN}

    def test_are_what_the_cell_says(self) -> None:
        case = replace(
            PUPIL, scopes=HANOI, standards=(("pupil.study", True), ("pupil.conduct", False))
        )
        judged = named(conditions(case, date(2023, 1, 1), date(2026, 1, 1), BOOK))
        assert judged["pupil.study"].verdict is Verdict.MET
        assert judged["pupil.conduct"].verdict is Verdict.NOT_MET
        assert judged["pupil.activity"].verdict is Verdict.NOT_KNOWN

    def test_are_those_of_the_place_moved_to(self) -> None:
        move = Move(date(2026, 2, 1), Destination.SCHOOL, date(2026, 2, 5), HANOI)
        case = replace(PUPIL, moves=(move,))
        assert len(conditions(case, None, date(2026, 1, 31), BOOK)) == 4
        assert len(conditions(case, None, date(2026, 2, 1), BOOK)) == 7


class TestRefusals:
    @pytest.mark.parametrize("on", [date(2024, 3, 14), date(2024, 3, 15), date(2024, 3, 16)])
    def test_stop_the_cell_vote_before_eighteen(self, on: date) -> None:
        new, before = replace(act(Step.CELL_VOTED), on=on), until(Step.CELL_VOTED)
        if on >= date(2024, 3, 15):  # the eighteenth birthday
            assert judged(new, before).passed
            return
        refused = refusal(new, before)
        assert refused.code == "procedure.too_young"
        entry = refused.facts.pop("entry")
        assert refused.facts == {"on": on, "from_day": date(2024, 3, 15)}
        assert isinstance(entry, Entry)
        assert (entry.name, entry.value) == ("age.minimum", 18)

    def test_stop_the_cell_vote_on_an_old_certificate(self) -> None:
        trained = replace(act(Step.TRAINED), on=date(2019, 4, 1))
        early = replace(CASE, consented_on=date(2018, 1, 1))
        acts = tuple(
            replace(one, on=date(2019, 3, 1)) if one.number < 4 else one
            for one in until(Step.CELL_VOTED)
            if one.step is not Step.TRAINED
        )
        acts = (*acts, trained)
        assert judged(replace(act(Step.CELL_VOTED), on=date(2024, 4, 1)), acts, early).passed
        refused = refusal(act(Step.CELL_VOTED), acts, early)  # 2/4/2024
        assert refused.code == "procedure.certificate_expired"
        assert refused.facts["last_day"] == date(2024, 4, 1)
        assert refused.facts["on"] == date(2024, 4, 2)
        again = Act(30, Step.TRAINED, date(2024, 4, 2))
        assert judged(again, acts, early).passed
        assert judged(replace(act(Step.CELL_VOTED), on=date(2024, 4, 3)), (*acts, again), early)

    def test_stop_every_step_after_an_old_certificate(self) -> None:
        acts = until(Step.ALLOWED)
        late = replace(act(Step.ALLOWED), on=date(2028, 12, 16))
        refused = refusal(late, acts, today=date(2029, 1, 1))
        assert refused.code == "procedure.certificate_expired"
        assert refused.facts["last_day"] == date(2028, 12, 15)
        entry = refused.facts["entry"]
        assert getattr(entry, "name", "") == "certificate.validity"
        assert judged(replace(late, on=date(2028, 12, 15)), acts, today=date(2029, 1, 1)).passed

    @pytest.mark.parametrize(
        ("case", "condition"),
        [
            (replace(CASE, union_member=False), "union_member"),
            (replace(CASE, lower_secondary=False), "lower_secondary"),
        ],
    )
    def test_stop_the_cell_vote_when_known_not_to_be_met(self, case: Case, condition: str) -> None:
        refused = refusal(act(Step.CELL_VOTED), until(Step.CELL_VOTED), case)
        assert refused.code == "procedure.condition_not_met"
        assert refused.facts["condition"] == condition
        assert refused.facts["on"] == date(2024, 4, 2)
        assert refused.facts["entry"] is not None

    def test_let_the_cell_vote_when_not_known(self) -> None:
        case = replace(CASE, union_member=None, lower_secondary=None)
        assert judged(act(Step.CELL_VOTED), until(Step.CELL_VOTED), case).passed
