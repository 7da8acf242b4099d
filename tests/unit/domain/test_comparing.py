"""What differs between two days of the rules, two editions of them, and two roads of one case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from donghanh.domain import amending, comparing, rules
from donghanh.domain.acts import Step
from donghanh.domain.amending import Amendment
from donghanh.domain.comparing import (
    Aspect,
    Difference,
    RoadChange,
    ValueChange,
    between_books,
    between_days,
    between_roads,
)
from donghanh.domain.eligibility import Verdict
from donghanh.domain.replaying import replay
from donghanh.domain.roads import RoadStatus, Stage, StageState
from donghanh.domain.rules import Rulebook
from donghanh.domain.timeline import CENTRAL
from tests.unit.domain.walked import CASE, WALKED, until

BOOK = rules.load()
HA_NOI = (CENTRAL, "province:ha-noi")
DOCUMENT = """
[document.X99]
issuer = "Ban Bí thư"
number = "99-HD/TW"
signed_on = 2024-01-01
title_vi = "Hướng dẫn thi hành Điều lệ Đảng"
"""
SHORTER = (
    DOCUMENT
    + """
[[rule."admission.decision".entries]]
regime = "R1"
replaces = true
value = 45
cite = { doc = "X99", article = "1", confidence = "V" }
"""
)


def amended(*texts: str) -> Rulebook:
    """Return the shipped rules with some amendments."""
    day = date(2024, 4, 1)
    return amending.amended(
        BOOK, [Amendment(n, text, day, "Quản trị") for n, text in enumerate(texts, start=1)]
    )


class TestBetweenDays:
    def test_tells_nothing_apart_within_one_regime(self) -> None:
        found = between_days(BOOK, date(2022, 9, 1), date(2023, 9, 30))
        assert found
        assert {one.difference for one in found} == {Difference.SAME}

    def test_shows_a_value_of_either_side_and_how_it_differs(self) -> None:
        found = {
            (one.name, one.scope): one
            for one in between_days(BOOK, date(2025, 11, 20), date(2025, 11, 21), HA_NOI)
            if one.difference is not Difference.SAME
        }
        own = found["admission.decision", "province:ha-noi"]
        assert (own.before, own.difference) == (None, Difference.ADDED)
        assert own.entry.value == 45
        assert ("admission.decision", CENTRAL) not in found

    @pytest.mark.parametrize(
        ("a", "b", "difference"),
        [
            # received in R3, issued in R5 (a lead)
            (date(2026, 1, 1), date(2026, 7, 26), Difference.VALUE),
            (date(2026, 7, 26), date(2026, 1, 1), Difference.VALUE),
            # the same words of two regulations
            (date(2025, 1, 19), date(2025, 1, 20), Difference.SOURCE),
            # carried into R4 without a text
            (date(2026, 4, 7), date(2026, 4, 8), Difference.STANDING),
            (date(2026, 4, 8), date(2026, 4, 8), Difference.SAME),
        ],
    )
    def test_tells_value_source_and_standing_apart(
        self, a: date, b: date, difference: Difference
    ) -> None:
        found = {one.name: one.difference for one in between_days(BOOK, a, b)}
        assert found["admission.ceremony.start"] is difference

    def test_shows_what_is_gone_when_looking_back(self) -> None:
        found = between_days(BOOK, date(2025, 11, 21), date(2025, 11, 20), HA_NOI)
        own = next(
            one for one in found if one.scope != CENTRAL and one.name == "admission.decision"
        )
        assert (own.after, own.difference) == (None, Difference.GONE)


class TestBetweenBooks:
    def test_is_empty_for_the_same_rules(self) -> None:
        assert between_books(BOOK, BOOK).empty

    def test_shows_one_value_and_its_document(self) -> None:
        found = between_books(BOOK, amended(SHORTER))
        (own,) = (one for one in found.values if one.entry.since == date(2021, 7, 30))
        assert (own.difference, own.entry.value) == (Difference.VALUE, 45)
        assert [key for key, _ in found.documents] == ["X99"]
        assert not found.regimes and not found.years

    def test_shows_a_comparison_as_a_change_of_standing(self) -> None:
        found = between_books(
            BOOK, amended('[[checked]]\nrule = "admission.ceremony"\nsince = 2026-07-26\n')
        )
        (own,) = found.values
        assert own.difference is Difference.STANDING

    def test_sets_apart_what_a_new_regime_only_carries_on(self) -> None:
        text = (
            '[regime.R6]\nsince = 2026-12-01\ntitle = "x"\ntitle_vi = "Quy định mới"\n'
            'confidence = "Q"\ndocuments = ["QD208"]\n'
        )
        found = between_books(BOOK, amended(text))
        ((before, after),) = found.regimes
        assert before is None
        assert after is not None and after.code == "R6"
        assert not found.values
        assert {one.entry.since for one in found.carried} == {date(2026, 12, 1)}

    def test_shows_a_calendar_year_with_what_stood_there(self) -> None:
        text = (
            '[calendar.2028]\nreplaces = true\noff = ["01-03"]\nworked = []\n'
            'cite = { doc = "DL", article = "", confidence = "K" }\n'
        )
        ((before, after),) = between_books(BOOK, amended(text)).years
        assert before is not None and after is not None
        assert (len(before.off), len(after.off)) == (12, 1)


class TestBetweenRoads:
    def test_finds_nothing_between_the_same_rules(self) -> None:
        today = date(2024, 5, 1)
        acts = until(Step.DECIDED)
        assert between_roads(replay(acts, CASE, BOOK, today), replay(acts, CASE, BOOK, today)) == ()

    def test_moves_the_last_day_of_an_open_clock(self) -> None:
        today = date(2024, 5, 1)
        acts = tuple(replace(act, edition=0) for act in until(Step.DECIDED))
        found = between_roads(
            replay(acts, CASE, BOOK, today), replay(acts, CASE, amended(SHORTER), today)
        )
        # 2 April 2024 and 60 working days, or 45; 18/4, 29/4, 30/4 and 1/5 off, 4/5 worked
        assert [(one.aspect, one.step, one.before, one.after) for one in found] == [
            (Aspect.LAST_DAY, Step.DECIDED, date(2024, 6, 28), date(2024, 6, 7)),
        ]

    def test_never_changes_a_closed_step(self) -> None:
        today = date(2026, 1, 1)
        acts = tuple(replace(act, edition=0) for act in WALKED)
        rewritten = DOCUMENT + "".join(
            f'[[rule."{name}".entries]]\nregime = "R1"\nreplaces = true\nvalue = {value}\n'
            'cite = { doc = "X99", article = "1", confidence = "V" }\n'
            for name, value in (
                ("admission.decision", 1),
                ("admission.ceremony", 1),
                ("age.minimum", 40),
                ("certificate.validity", 1),
                ("probation.length", 99),
                ("vote.cell", '{ share = "1/1", strict = false, base = "official_convened" }'),
            )
        )
        before = replay(acts, CASE, BOOK, today)
        after = replay(acts, CASE, amended(rewritten), today)
        assert before.status is after.status is RoadStatus.RECOGNISED
        assert _closed(before.stages) == _closed(after.stages)
        assert between_roads(before, after) == ()

    def test_tells_which_condition_is_no_longer_met(self) -> None:
        today = date(2024, 3, 20)
        acts = until(Step.CELL_VOTED)
        older = SHORTER.replace("admission.decision", "age.minimum").replace("45", "20")
        found = between_roads(
            replay(acts, CASE, BOOK, today), replay(acts, CASE, amended(older), today)
        )
        told = {(one.aspect, one.name): (one.before, one.after) for one in found}
        assert told[Aspect.CONDITION, "age"] == (Verdict.MET, Verdict.NOT_MET)
        assert told[Aspect.MET_FROM, "age"] == (date(2024, 3, 15), date(2026, 3, 15))
        assert told[Aspect.FIRST_DAY, ""] == (date(2024, 3, 15), date(2026, 3, 15))

    def test_tells_another_share_of_a_vote_to_come(self) -> None:
        text = SHORTER.replace("admission.decision", "vote.cell").replace(
            "45", '{ share = "3/4", strict = false, base = "official_convened" }'
        )
        today = date(2024, 3, 20)
        acts = until(Step.CELL_VOTED)
        found = between_roads(
            replay(acts, CASE, BOOK, today), replay(acts, CASE, amended(text), today)
        )
        (share,) = (one for one in found if one.step is Step.CELL_VOTED)
        assert (share.aspect, share.name) == (Aspect.SHARE, "vote.cell")

    def test_tells_a_step_and_a_paper_that_a_place_asks_for_anew(self) -> None:
        text = (
            DOCUMENT
            + '[[rule."parents.opinion".entries]]\nscope = "province:ha-noi"\nregime = "R1"\n'
            'value = true\ncite = { doc = "X99", article = "1", confidence = "V" }\n'
        )
        today = date(2023, 10, 10)
        case = replace(CASE, scopes=HA_NOI)
        acts = until(Step.LISTED)
        found = between_roads(
            replay(acts, case, BOOK, today), replay(acts, case, amended(text), today)
        )
        steps = {one.step: (one.before, one.after) for one in found if one.aspect is Aspect.STEP}
        assert steps[Step.PARENTS_HEARD] == (StageState.SKIPPED, StageState.NOW)
        assert steps[Step.LISTED] == (StageState.NOW, StageState.AHEAD)
        papers = [one for one in found if one.aspect is Aspect.PAPER]
        assert [(one.name, one.before, one.after) for one in papers] == [
            ("2-TN", None, comparing.PaperState.REQUIRED)
        ]

    def test_tells_the_longest_extension_where_the_last_day_stays(self) -> None:
        text = SHORTER.replace("admission.decision", "admission.decision.extension")
        today = date(2024, 5, 1)
        acts = tuple(replace(act, edition=0) for act in until(Step.DECIDED))
        found = between_roads(
            replay(acts, CASE, BOOK, today),
            replay(acts, CASE, amended(text.replace("45", "10")), today),
        )
        days = (date(2024, 8, 9), date(2024, 7, 12))
        assert found == (RoadChange(Aspect.EXTENSION, Step.DECIDED, "admission.decision", *days),)

    def test_tells_from_when_to_when_a_certificate_is_good(self) -> None:
        today = date(2024, 3, 20)
        acts = until(Step.CELL_VOTED)
        sooner = tuple(
            replace(one, on=date(2023, 12, 1)) if one.step is Step.TRAINED else one for one in acts
        )
        found = between_roads(replay(acts, CASE, BOOK, today), replay(sooner, CASE, BOOK, today))
        days = (date(2028, 12, 15), date(2028, 12, 1))
        assert found == (
            RoadChange(Aspect.LAST_DAY, Step.TRAINED, "certificate.validity", *days),
            RoadChange(Aspect.MET_FROM, None, "certificate", date(2023, 12, 15), date(2023, 12, 1)),
            RoadChange(Aspect.MET_UNTIL, None, "certificate", *days),
        )

    def test_tells_the_status_then_the_steps_in_their_order(self) -> None:
        today = date(2026, 1, 1)
        found = between_roads(
            replay(WALKED[:-1], CASE, BOOK, today), replay(WALKED, CASE, BOOK, today)
        )
        assert found == (
            RoadChange(Aspect.STATUS, None, "", RoadStatus.ADMITTED, RoadStatus.RECOGNISED),
            RoadChange(Aspect.STEP, Step.RECOGNISED, "", StageState.NOW, StageState.DONE),
            RoadChange(Aspect.STEP, Step.CARDED, "", StageState.AHEAD, StageState.NOW),
        )

    def test_tells_a_clock_that_only_one_of_them_has(self) -> None:
        today = date(2024, 5, 1)
        one = replay(until(Step.CELL_VOTED), CASE, BOOK, today)
        other = replay(until(Step.DECIDED), CASE, BOOK, today)
        there = (Aspect.LAST_DAY, Step.DECIDED, "admission.decision")
        assert RoadChange(*there, None, date(2024, 6, 28)) in between_roads(one, other)
        assert RoadChange(*there, date(2024, 6, 28), None) in between_roads(other, one)

    def test_tells_papers_that_are_too_old_later(self) -> None:
        acts = until(Step.CELL_VOTED)
        found = between_roads(
            replay(acts, CASE, BOOK, date(2024, 3, 20)), replay(acts, CASE, BOOK, date(2025, 2, 2))
        )
        papers = [one for one in found if one.aspect is Aspect.PAPER]
        assert {one.step: one.name for one in papers if one.step is not Step.VOUCHED} == {
            Step.APPLIED: "2-KNĐ",
            Step.OPINIONS: "5-KNĐ",
        }
        states = {(one.before, one.after) for one in papers}
        assert states == {(comparing.PaperState.THERE, comparing.PaperState.STALE)}


class TestBookChange:
    @pytest.mark.parametrize("part", ["values", "carried", "regimes", "years", "documents"])
    def test_is_not_empty_with_any_of_its_parts(self, part: str) -> None:
        nothing = between_books(BOOK, BOOK)
        assert nothing.empty
        change = ValueChange("vote.cell", CENTRAL, None, None)
        one: dict[str, object] = {"values": change, "carried": change}
        assert not replace(nothing, **{part: (one.get(part, (None, None)),)}).empty  # type: ignore[arg-type] # one part at a time


def _closed(stages: tuple[Stage, ...]) -> list[tuple[object, ...]]:
    """Return what a closed step is told with."""
    return [
        (stage.step, stage.state, stage.threshold, stage.entries, stage.last_day, stage.clocks)
        for stage in stages
        if stage.state is StageState.DONE
    ]
