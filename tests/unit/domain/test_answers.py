"""What the rules say as plain values: a rule, a last day, a step."""

from __future__ import annotations

import json
from datetime import date

import pytest

from donghanh.domain import answers, rules, step_answers
from donghanh.domain.acts import Branch, Step
from donghanh.domain.amending import Amendment, amended
from donghanh.domain.calendar import CalendarEnds
from donghanh.domain.rules import Rulebook, UnknownRule
from donghanh.domain.timeline import NotInForce
from donghanh.domain.voting import Base, Threshold

BOOK = rules.load()
CENTRAL, HA_NOI = ("central",), ("central", "province:ha-noi")
#: A rule that must be there by this name, and what it says centrally on 1 August 2025.
NAMES = {
    "admission.decision": 60,
    "admission.ceremony": 30,
    "recognition.consider": 30,
    "recognition.decision": 30,
    "certificate.validity": 60,
    "dossier.ageing": 12,
    "transfer.official": 60,
    "age.minimum": 18,
    "vote.cell": {"share": "2/3", "strict": False, "base": "official_convened"},
    "vote.base_committee": {"share": "2/3", "strict": False, "base": "in_post"},
    "vote.competent_committee": {"share": "1/2", "strict": True, "base": "convened"},
}


def changed(text: str) -> Rulebook:
    """The shipped rules with an amendment."""
    return amended(BOOK, [Amendment(1, text, date(2026, 11, 21), "thử")])


class TestPlain:
    def test_leaves_nothing_that_json_does_not_have(self) -> None:
        values = (date(2026, 7, 26), Step.DECIDED, True, 3, None, "chữ", {Step.LISTED: (1, 2)})
        found = answers.plain(values)
        assert found == ["2026-07-26", "decided", True, 3, None, "chữ", {"listed": [1, 2]}]
        assert json.loads(json.dumps(found)) == found

    def test_writes_a_share_as_a_fraction(self) -> None:
        share = Threshold(2, 3, False, Base.IN_POST)
        assert answers.plain(share) == {"share": "2/3", "strict": False, "base": "in_post"}


class TestRule:
    @pytest.mark.parametrize("name", sorted(NAMES))
    def test_of_every_name_that_is_promised_has_a_value(self, name: str) -> None:
        assert answers.rule(name, date(2025, 8, 1), BOOK)["value"] == NAMES[name]

    def test_tells_value_source_span_and_use(self) -> None:
        found = answers.rule("admission.decision", date(2024, 4, 2), BOOK)
        assert found == {
            "rule": "admission.decision",
            "on": "2024-04-02",
            "title": "Thời hạn quyết định kết nạp, kể từ nghị quyết của chi bộ",
            "unit": "working_day",
            "regime": "R1",
            "value": 60,
            "scope": "central",
            "since": "2021-07-30",
            "until": "2025-01-20",
            "citation": {
                "issuer": "Ban Chấp hành Trung ương",
                "number": "24-QĐ/TW",
                "signed_on": "2021-07-30",
                "article": "4.3.1",
            },
            "confidence": "V",
            "checked": True,
            "carried": False,
            "also": [],
            "clock": {
                "kind": "due",
                "starts": "cell_voted",
                "start": "act",
                "ends": "decided",
                "steps": ["decided"],
                "forms": [],
                "extension": "admission.decision.extension",
                "consequence": "Quá hạn là vi phạm thời hạn xét kết nạp; trường hợp đặc biệt được "
                "gia hạn, phải nêu lý do.",
            },
            "used_by": [{"step": "decided", "title": "Quyết định kết nạp đảng viên"}],
        }

    def test_answers_for_the_place_and_names_the_central_value_beside_it(self) -> None:
        found = answers.rule("admission.decision", date(2025, 12, 1), BOOK, HA_NOI)
        assert (found["value"], found["scope"]) == (45, "province:ha-noi")
        assert isinstance(found["also"], list)
        (central,) = found["also"]
        assert (central["value"], central["scope"]) == (60, "central")
        assert (central["carried"], central["checked"]) == (True, False)

    def test_answers_centrally_and_names_the_places_beside_it(self) -> None:
        found = answers.rule("admission.decision", date(2025, 12, 1), BOOK)
        assert (found["value"], found["scope"]) == (60, "central")
        assert isinstance(found["also"], list)
        assert [one["scope"] for one in found["also"]] == ["province:ha-noi"]

    def test_that_only_a_place_sets_has_no_central_value(self) -> None:
        found = answers.rule("admission.base_resolution", date(2025, 12, 1), BOOK)
        assert (found["value"], found["citation"], found["regime"]) == (None, None, "R3")
        assert isinstance(found["also"], list)
        assert [one["value"] for one in found["also"]] == [25]

    def test_is_refused_before_anybody_set_a_value(self) -> None:
        with pytest.raises(NotInForce):
            answers.rule("transfer.official", date(2025, 6, 30), BOOK)
        with pytest.raises(UnknownRule):
            answers.rule("cell_vote", date(2025, 6, 30), BOOK)

    def test_tells_forms_and_rules_that_use_it(self) -> None:
        assert [one["step"] for one in answers.used_by("age.minimum", BOOK)] == ["cell_voted"]
        ageing = answers.used_by("dossier.ageing", BOOK)
        assert [one.get("form") for one in ageing] == [
            None,
            *("2-KNĐ", "TT-NX", "3-KNĐ", "4-KNĐ", "5-KNĐ"),
        ]
        extension = answers.used_by("admission.decision.extension", BOOK)
        assert [(one.get("step"), one.get("rule")) for one in extension] == [
            ("decided", None),
            (None, "admission.decision"),
        ]


class TestDue:
    def test_has_exactly_the_keys_that_are_promised(self) -> None:
        assert answers.due("admission.decision", date(2024, 4, 2), BOOK) == {
            "rule": "admission.decision",
            "from": "2024-04-02",
            "due": "2024-06-28",
            "scope": "central",
            "citation": {
                "issuer": "Ban Chấp hành Trung ương",
                "number": "24-QĐ/TW",
                "signed_on": "2021-07-30",
                "article": "4.3.1",
            },
            "checked": True,
        }

    @pytest.mark.parametrize(
        ("name", "start", "last_day"),
        [
            ("admission.ceremony", date(2024, 5, 15), "2024-06-26"),
            ("probation.length", date(2024, 5, 19), "2025-05-19"),
            ("certificate.validity", date(2024, 8, 31), "2029-08-31"),
            ("dossier.ageing", date(2024, 2, 29), "2025-02-28"),
            # from 26/7/2026 on, with Culture Day on 24/11
            ("transfer.official", date(2026, 8, 3), "2026-10-28"),
        ],
    )
    def test_counts_working_days_and_months(self, name: str, start: date, last_day: str) -> None:
        assert answers.due(name, start, BOOK)["due"] == last_day

    def test_takes_the_earlier_of_the_place_and_the_centre_and_says_which(self) -> None:
        start = date(2026, 1, 5)
        central, local = (
            answers.due("admission.decision", start, BOOK, one) for one in (CENTRAL, HA_NOI)
        )
        assert (central["due"], central["scope"]) == ("2026-04-03", "central")
        assert (local["due"], local["scope"]) == ("2026-03-13", "province:ha-noi")

    def test_stays_central_where_a_place_allows_as_much(self) -> None:
        found = answers.due("member.papers", date(2026, 1, 5), BOOK, HA_NOI)
        assert found["scope"] == "central"

    def test_of_a_wait_is_the_longer_one(self) -> None:
        book = changed(
            '[["rule"."probation.length".entries]]\nscope = "province:ha-noi"\nregime = "R3"\n'
            "since = 2025-12-01\nvalue = 14\n"
            'cite = { doc = "HN02", article = "", confidence = "V" }'
        )
        found = answers.due("probation.length", date(2026, 1, 5), book, HA_NOI)
        assert (found["due"], found["scope"]) == ("2027-03-05", "province:ha-noi")

    def test_is_not_checked_where_the_days_off_are_not_known(self) -> None:
        checked = answers.due("transfer.official", date(2025, 8, 1), BOOK)["checked"]
        assert checked is True
        lead = answers.due("admission.ceremony", date(2026, 8, 3), BOOK)["checked"]
        assert lead is False
        # the value is settled; the calendar of 2027 is told by third parties only
        book = changed('[[checked]]\nrule = "admission.ceremony"\nsince = 2026-07-26')
        assert answers.due("admission.ceremony", date(2026, 8, 3), book)["checked"] is True
        assert answers.due("admission.ceremony", date(2026, 12, 21), book)["checked"] is False

    def test_is_refused_where_the_calendar_or_the_rule_ends(self) -> None:
        with pytest.raises(CalendarEnds):
            answers.due("transfer.official", date(2028, 12, 1), BOOK)
        with pytest.raises(NotInForce):
            answers.due("transfer.official", date(2025, 6, 30), BOOK)
        with pytest.raises(NotInForce):
            answers.due("admission.base_resolution", date(2026, 1, 5), BOOK)


class TestDueOfAge:
    @pytest.mark.parametrize(
        ("born", "reached", "number"),
        [
            (date(2006, 4, 3), "2024-04-03", "24-QĐ/TW"),
            (date(2008, 2, 29), "2026-03-01", "294-QĐ/TW"),
            # one day before and on the first day of 294-QĐ/TW
            (date(2007, 6, 30), "2025-06-30", "232-QĐ/TW"),
            (date(2007, 7, 1), "2025-07-01", "294-QĐ/TW"),
        ],
    )
    def test_is_the_birthday_by_the_rule_of_that_day(
        self, born: date, reached: str, number: str
    ) -> None:
        found = answers.due("age.minimum", born, BOOK)
        assert found["due"] == reached
        assert isinstance(found["citation"], dict)
        assert found["citation"]["number"] == number

    def test_is_not_checked_while_nobody_has_settled_how_it_is_counted(self) -> None:
        assert answers.due("age.minimum", date(2006, 4, 3), BOOK)["checked"] is False
        book = changed('[[checked]]\nrule = "age.counting"\nsince = 2016-07-25')
        assert answers.due("age.minimum", date(2006, 4, 3), book)["checked"] is True

    def test_begins_with_the_month_where_the_rules_count_by_month(self) -> None:
        book = changed(
            '[["rule"."age.counting".entries]]\nregime = "R3"\nvalue = "month"\nsteady = true\n'
            'cite = { doc = "QD294", article = "", confidence = "V" }'
        )
        assert answers.due("age.minimum", date(2008, 3, 20), book)["due"] == "2026-03-01"
        assert answers.due("age.minimum", date(2006, 4, 3), book)["due"] == "2024-04-03"

    def test_follows_an_age_that_is_raised_or_lowered(self) -> None:
        text = (
            '[["rule"."age.minimum".entries]]\nregime = "R5"\nsince = 2026-10-01\nvalue = %s\n'
            'cite = { doc = "QD208", article = "", confidence = "V" }'
        )
        lowered, raised = changed(text % 16), changed(text % 19)
        assert answers.due("age.minimum", date(2009, 5, 1), lowered)["due"] == "2026-10-01"
        assert answers.due("age.minimum", date(2008, 9, 30), lowered)["due"] == "2026-09-30"
        assert answers.due("age.minimum", date(2008, 10, 1), raised)["due"] == "2027-10-01"
        assert answers.due("age.minimum", date(2008, 9, 30), raised)["due"] == "2026-09-30"

    def test_is_refused_for_who_was_old_enough_before_the_rules_begin(self) -> None:
        with pytest.raises(NotInForce):
            answers.due("age.minimum", date(1990, 1, 1), BOOK)


class TestIsSpan:
    def test_of_days_months_and_the_lowest_age_alone(self) -> None:
        spans = {name for name in BOOK.names() if answers.is_span(BOOK.head(name))}
        units = {BOOK.head(name).unit for name in spans - {"age.minimum"}}
        assert units == {"working_day", "day", "month"}
        assert {"age.minimum", "transfer.lost", "introducer.tie"} <= spans
        assert spans.isdisjoint({"age.maximum", "school_year.first_month", "vote.cell"})


class TestStep:
    def test_names_the_vote_the_smallest_body_and_the_conditions(self) -> None:
        found = step_answers.step(Step.CELL_VOTED, date(2026, 1, 5), BOOK, HA_NOI)
        assert isinstance(found["threshold"], dict)
        assert isinstance(found["minimum"], dict)
        assert isinstance(found["conditions"], list)
        assert (found["actor"], found["body"], found["vote"]) == ("secretary", "Chi bộ", "required")
        assert (found["threshold"]["rule"], found["minimum"]["value"]) == ("vote.cell", 3)
        assert [one["rule"] for one in found["conditions"]] == [
            *("age.minimum", "age.counting", "education.minimum", "union.membership"),
            *("pupil.study", "pupil.conduct", "pupil.activity", "certificate.validity"),
        ]

    def test_prints_the_papers_of_the_place(self) -> None:
        found = step_answers.step(Step.APPLIED, date(2026, 1, 5), BOOK, HA_NOI)
        assert isinstance(found["papers"], list)
        papers = {one["form"]: one["required"] for one in found["papers"]}
        assert papers == {"KS-BS": False, "BTN-BS": False, "1A-KNĐ": True, "2-KNĐ": True}

    def test_follows_the_branches(self) -> None:
        on, delegated = date(2026, 1, 5), frozenset({Branch.DELEGATED})
        found = step_answers.step(Step.DECIDED, on, BOOK, CENTRAL, delegated)
        assert (found["threshold"], found["vote"]) == (None, "none")
        assert found["body"] == "Đảng ủy cơ sở được ủy quyền"
        alone = frozenset({Branch.BASE_CELL})
        found = step_answers.step(Step.BASE_VOTED, on, BOOK, CENTRAL, alone)
        assert found["on_the_road"] is False

    def test_is_on_the_road_of_a_place_only_where_its_rule_holds(self) -> None:
        day, before = date(2025, 11, 21), date(2025, 11, 20)
        for on, scopes, holds in (
            (day, HA_NOI, True),
            (before, HA_NOI, False),
            (day, CENTRAL, False),
        ):
            found = step_answers.step(Step.PARENTS_HEARD, on, BOOK, scopes)
            assert found["on_the_road"] is holds

    def test_tells_central_and_local_clocks(self) -> None:
        found = step_answers.step(Step.DECIDED, date(2026, 1, 5), BOOK, HA_NOI)
        assert isinstance(found["clocks"], list)
        (clock,) = found["clocks"]
        assert [(one["scope"], one["value"]) for one in clock["values"]] == [
            ("central", 60),
            ("province:ha-noi", 45),
        ]

    def test_has_exactly_the_keys_that_are_promised(self) -> None:
        found = step_answers.step(Step.CELL_VOTED, date(2026, 1, 5), BOOK, HA_NOI)
        assert set(found) == {
            *("step", "on", "title", "kind", "order", "row", "phase", "actor", "body"),
            *("on_the_road", "blocks", "after", "form", "papers", "vote", "threshold", "minimum"),
            *("attempts", "conditions", "clocks", "also_judged_by", "branches", "citation"),
        }
        assert (found["step"], found["on"]) == ("cell_voted", "2026-01-05")
        assert (found["kind"], found["on_the_road"]) == ("act", True)
        assert isinstance(found["form"], dict)
        assert set(found["form"]) == {"form", "counts_as", "title", "signer", "citation"}

    def test_of_a_turn_has_exactly_the_keys_that_are_promised(self) -> None:
        found = step_answers.step(Step.UNLISTED, date(2026, 1, 5), BOOK, HA_NOI)
        assert set(found) == {
            *("step", "on", "title", "kind", "actor", "body", "after", "before", "undoes"),
            *("skips", "needs_failed", "ends", "form", "citation"),
        }
        assert (found["step"], found["on"]) == ("unlisted", "2026-01-05")

    def test_of_a_turn_tells_what_it_needs_and_what_it_undoes(self) -> None:
        found = step_answers.step(Step.UNLISTED, date(2026, 1, 5), BOOK, HA_NOI)
        assert (found["kind"], found["after"], found["before"]) == ("turn", ["listed"], ["decided"])
        assert isinstance(found["undoes"], list)
        assert "listed" in found["undoes"]


class TestLists:
    def test_name_every_rule_with_its_title_and_unit(self) -> None:
        found = answers.rules(BOOK)
        assert list(found) == ["rules"]
        assert isinstance(found["rules"], list)
        assert [one["rule"] for one in found["rules"]] == list(BOOK.names())
        (ceremony,) = [one for one in found["rules"] if one["rule"] == "admission.ceremony"]
        head = BOOK.head("admission.ceremony")
        assert ceremony == {
            "rule": "admission.ceremony",
            "title": head.title_vi,
            "unit": head.unit,
            "is_span": True,
        }

    def test_name_every_step_of_the_road_and_every_turn(self) -> None:
        found = step_answers.steps(BOOK)
        assert found == {
            "steps": [{"step": str(one.step), "title": one.title_vi} for one in BOOK.steps()],
            "turns": [
                {"step": str(one.step), "title": one.title_vi} for one in BOOK.catalogue.turns
            ],
        }
