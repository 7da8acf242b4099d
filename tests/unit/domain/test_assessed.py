"""The whole answer about one person on one day, as plain values."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from donghanh.domain import assessed
from donghanh.domain.acts import Act, Case, Step
from donghanh.domain.casefile import CaseFile
from donghanh.domain.errors import RuleError
from donghanh.domain.refusals import Contradiction
from tests.unit.domain.walked import BOOK, CASE, GOOD, WALKED, act, until

VOTE = act(Step.CELL_VOTED)


def answer(
    acts: Sequence[Act], on: date, case: Case = CASE, new: Act | None = None, **more: Any
) -> dict[str, Any]:
    file = CaseFile(case, tuple(acts), new, more.get("plans", {}), more.get("leaves_on"))
    found = assessed.answer(file, BOOK, on, lambda error: f"câu của {error.code}")
    json.dumps(found)  # plain values only
    return found


class TestAnswer:
    def test_tells_what_is_next_who_acts_what_is_missing_and_by_when(self) -> None:
        found = answer((*until(Step.CELL_VOTED), VOTE), date(2024, 4, 10))
        assert (found["status"], found["current"]) == ("walking", "base_voted")
        (one,) = [each for each in found["next"] if each["step"] == "base_voted"]
        assert (one["actor"], one["body"], one["form"]) == ("committee", "Đảng ủy cơ sở", "8-KNĐ")
        assert one["rules"][0]["rule"] == "vote.base_committee"
        assert one["citation"]["number"] == "06-HD/TW"
        assert [(each["rule"], each["last_day"]) for each in found["clocks"]] == [
            ("admission.decision", "2024-06-28")
        ]
        assert (found["edition"], found["version"]) == (0, BOOK.version)

    def test_names_the_papers_that_are_missing_or_too_old(self) -> None:
        acts = [one for one in until(Step.CELL_VOTED) if one.form != "4-KNĐ"]
        found = answer(acts, date(2024, 3, 5))
        (one,) = [each for each in found["next"] if each["step"] == "vouched"]
        assert one["missing"] == [
            {
                "form": "4-KNĐ",
                "printed": "4-KNĐ",
                "title": "Nghị quyết giới thiệu đoàn viên ưu tú vào Đảng",
                "stale": False,
                "copies": 1,
                "have": 0,
            }
        ]
        stale = answer(until(Step.CELL_VOTED), date(2025, 2, 2))["next"]
        assert [need["form"] for each in stale for need in each["missing"] if need["stale"]] == [
            *("2-KNĐ", "3-KNĐ", "4-KNĐ", "5-KNĐ"),
        ]

    def test_lists_every_step_with_its_state_and_its_day(self) -> None:
        stages = answer(WALKED, date(2025, 7, 1))["stages"]
        by_step = {one["step"]: (one["state"], one["on"]) for one in stages}
        assert len(by_step) == 27
        assert by_step["cell_voted"] == ("done", "2024-04-02")
        assert by_step["appraised"] == ("skipped", None)
        assert by_step["carded"] == ("now", None)

    def test_names_conditions_that_are_not_met_or_not_known_where_they_are_judged(self) -> None:
        case = replace(CASE, union_member=None)
        found = answer(until(Step.CELL_VOTED), date(2024, 3, 10), case)
        (one,) = [each for each in found["next"] if each["step"] == "cell_voted"]
        verdicts = {each["name"]: each["verdict"] for each in one["conditions"]}
        assert verdicts == {"age": "not_met", "union_member": "not_known"}
        assert one["earliest_on"] == "2024-03-15"

    def test_tells_the_day_of_recognition_and_the_start_of_seniority(self) -> None:
        found = answer(WALKED, date(2025, 7, 1))
        assert found["probation_ends_on"] == "2025-05-19"
        assert found["party_age_from"] == "2024-05-10"
        assert found["status"] == "recognised"

    def test_lists_what_lies_in_the_dossier(self) -> None:
        found = answer(WALKED, date(2025, 7, 1))["contents"]
        assert [row["form"] for row in found["rows"]][:2] == ["CN-NTVĐ", "1-KNĐ"]
        assert found["rows"][0]["valid_until"] == "2028-12-15"
        assert found["rows"][0]["rule"]["rule"] == "certificate.validity"
        assert [gap["form"] for gap in found["missing"]] == ["1-HSĐV", "2-HSĐV"]

    def test_tells_what_has_to_be_annulled(self) -> None:
        found = answer(WALKED[:15], date(2024, 5, 20), replace(CASE, born=date(2006, 4, 3)))
        (fault,) = found["faults"]
        assert (fault["act"]["step"], fault["annuls"]) == ("cell_voted", True)
        assert fault["condition"]["from_day"] == "2024-04-03"

    def test_leaves_out_what_had_not_happened_on_the_day_and_says_so(self) -> None:
        found = answer(WALKED, date(2024, 4, 2))
        assert found["current"] == "base_voted"
        assert found["not_yet"][0] == {
            "number": 13,
            "step": "base_voted",
            "form": None,
            "on": "2024-04-20",
        }
        assert len(found["not_yet"]) == len(WALKED) - 12


class TestNewAct:
    def test_is_judged(self) -> None:
        found = answer(until(Step.CELL_VOTED), VOTE.on, new=VOTE)
        assert found["refusal"] is None
        assert found["judgement"]["passed"] is True
        assert found["judgement"]["outcome"] == {
            "passed": True,
            "favour": 9,
            "needed": 6,
            "base": 9,
            "threshold": {"share": "2/3", "strict": False, "base": "official_convened"},
        }
        assert "vote.cell" in {one["rule"] for one in found["judgement"]["rules"]}

    def test_that_misses_a_last_day_is_late(self) -> None:
        late = replace(act(Step.ADMITTED), on=date(2024, 6, 27))
        found = answer(until(Step.ADMITTED), late.on, new=late)["judgement"]
        assert [(one["rule"], one["last_day"]) for one in found["late"]] == [
            ("admission.ceremony", "2024-06-26")
        ]

    def test_is_refused_with_the_sentence_the_facts_and_the_source(self) -> None:
        case = replace(CASE, born=date(2006, 4, 3))
        found = answer(until(Step.CELL_VOTED), VOTE.on, case, VOTE)
        assert found["judgement"] is None
        assert found["refusal"]["code"] == "procedure.too_young"
        assert found["refusal"]["sentence"] == "câu của procedure.too_young"
        assert found["refusal"]["facts"] == {"on": "2024-04-02", "from_day": "2024-04-03"}
        assert found["refusal"]["citation"]["number"] == "24-QĐ/TW"
        assert found["refusal"]["rule"]["rule"] == "age.minimum"

    def test_that_misses_a_paper_or_a_step_is_refused_with_the_source_of_that(self) -> None:
        acts = [one for one in until(Step.CELL_VOTED) if one.form != "4-KNĐ"]
        refusal = answer(acts, VOTE.on, new=VOTE)["refusal"]
        assert refusal["facts"]["forms"] == ["4-KNĐ"]
        assert (refusal["rule"], refusal["citation"]["number"]) == (None, "12-HD/BTCTW")
        refusal = answer(until(Step.TRAINED), VOTE.on, new=VOTE)["refusal"]
        assert refusal["facts"] == {"step": "cell_voted", "missing": "trained"}
        assert refusal["citation"]["number"] == "02-HD/BTCTU"

    def test_of_who_never_agreed_is_refused_without_any_text(self) -> None:
        found = answer((), VOTE.on, replace(CASE, consented_on=None), act(Step.SOURCED))["refusal"]
        assert (found["code"], found["citation"]) == ("procedure.no_consent", None)

    def test_that_is_not_asked_about_is_neither(self) -> None:
        found = answer((), date(2024, 1, 1))
        assert (found["judgement"], found["refusal"]) == (None, None)


class TestForecast:
    def test_tells_from_when_to_when_each_step_can_be_done(self) -> None:
        found = answer(until(Step.CELL_VOTED), date(2024, 3, 10), leaves_on=date(2024, 7, 1))
        by_step = {one["step"]: one for one in found["forecast"]["steps"]}
        assert by_step["cell_voted"]["since"] == "2024-03-15"
        assert by_step["cell_voted"]["opened_by"] == "age"
        assert by_step["admitted"]["last_day"] == "2024-06-30"
        assert by_step["admitted"]["closed_by"] == "leaving"

    def test_tells_what_planned_days_run_into(self) -> None:
        plans = {Step.CELL_VOTED: date(2024, 3, 14), Step.BASE_VOTED: date(2024, 4, 1)}
        found = answer(until(Step.CELL_VOTED), date(2024, 3, 10), plans=plans)["forecast"][
            "planned"
        ]
        assert [(one["step"], one["verdict"]) for one in found] == [
            ("cell_voted", "too_early"),
            ("base_voted", "blocked"),
        ]
        assert found[0]["refusal"]["code"] == "procedure.too_young"


class TestContradictions:
    def test_are_refused_with_both_facts(self) -> None:
        acts = [
            replace(one, on=date(2024, 5, 9)) if one.step is Step.ADMITTED else one
            for one in WALKED
        ]
        with pytest.raises(Contradiction) as refused:
            answer(acts, date(2025, 7, 1))
        assert refused.value.facts == {
            "step": Step.ADMITTED,
            "on": date(2024, 5, 9),
            "previous": Step.DECIDED,
            "since": date(2024, 5, 10),
        }

    def test_among_counts_are_refused(self) -> None:
        wrong = replace(VOTE, tally=replace(GOOD, present=8))
        with pytest.raises(RuleError):
            answer((*until(Step.CELL_VOTED), wrong), date(2024, 5, 1))
