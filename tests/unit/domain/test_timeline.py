"""Entries, citations and timelines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from donghanh.domain.timeline import (
    Citation,
    Confidence,
    Entry,
    MixedRules,
    NotInForce,
    Timeline,
    TwoValues,
)

CITE = Citation("Ban Bí thư", "01-HD/TW", date(2021, 9, 28), "3.8", Confidence.V)


def entry(value: int, since: date, scope: str = "central", name: str = "limit") -> Entry[int]:
    """A value of a rule from a day on."""
    return Entry(name, value, since, scope, CITE, "R1")


class TestCitation:
    @pytest.mark.parametrize(
        ("confidence", "settled"),
        [("V", True), ("S", False), ("Q", False), ("K", False), ("N", False)],
    )
    def test_is_settled_only_when_read_in_the_text(self, confidence: str, settled: bool) -> None:
        assert replace(CITE, confidence=Confidence(confidence)).settled is settled

    def test_is_settled_once_a_person_compared_it(self) -> None:
        checked = replace(CITE, confidence=Confidence.Q, checked_on=date(2026, 11, 1))
        assert checked.settled

    def test_differs_from_the_same_number_of_another_year(self) -> None:
        assert replace(CITE, signed_on=date(2026, 5, 19)) != CITE


class TestTimeline:
    line = Timeline([entry(30, date(2025, 7, 1)), entry(60, date(2021, 7, 30))])

    @pytest.mark.parametrize(
        ("day", "value"),
        [
            (date(2021, 7, 30), 60),  # the first day in force
            (date(2025, 6, 30), 60),  # the day before the change
            (date(2025, 7, 1), 30),  # the day of the change
            (date(2025, 7, 2), 30),  # the day after
        ],
    )
    def test_gives_the_value_of_the_day(self, day: date, value: int) -> None:
        assert self.line.on(day).value == value

    def test_refuses_a_day_before_the_first_entry(self) -> None:
        with pytest.raises(NotInForce) as refusal:
            self.line.on(date(2021, 7, 29))
        assert refusal.value.facts == {"name": "limit", "day": date(2021, 7, 29)}

    def test_finds_nothing_before_the_first_entry(self) -> None:
        assert self.line.find(date(2021, 7, 29)) is None
        assert self.line.find(date(2021, 7, 30)) == self.line.entries[0]

    def test_of_nothing_refuses_every_day(self) -> None:
        with pytest.raises(NotInForce) as refusal:
            Timeline[int]([]).on(date(2025, 7, 1))
        assert refusal.value.facts == {"name": "", "day": date(2025, 7, 1)}

    def test_stands_in_the_order_of_days(self) -> None:
        assert [one.value for one in self.line.entries] == [60, 30]

    def test_refuses_two_values_from_the_same_day(self) -> None:
        with pytest.raises(TwoValues) as refusal:
            Timeline([entry(30, date(2025, 7, 1)), entry(31, date(2025, 7, 1))])
        assert refusal.value.facts == {
            "name": "limit",
            "scope": "central",
            "since": date(2025, 7, 1),
        }

    def test_refuses_two_scopes_in_one_line(self) -> None:
        with pytest.raises(MixedRules):
            Timeline([entry(1, date(2025, 7, 1)), entry(2, date(2025, 8, 1), "province:ha-noi")])

    def test_refuses_two_rules_in_one_line(self) -> None:
        with pytest.raises(MixedRules) as refusal:
            Timeline([entry(1, date(2025, 7, 1)), entry(2, date(2025, 8, 1), name="another")])
        assert refusal.value.facts == {"names": ["another", "limit"]}

    def test_tells_until_when_an_entry_holds(self) -> None:
        first, second = self.line.entries
        assert self.line.until(first) == date(2025, 7, 1)
        assert self.line.until(second) is None


class TestEntry:
    def test_gives_a_plain_record_for_keeping(self) -> None:
        assert entry(60, date(2021, 7, 30)).record() == {
            "name": "limit",
            "value": "60",
            "since": "2021-07-30",
            "scope": "central",
            "regime": "R1",
            "issuer": "Ban Bí thư",
            "number": "01-HD/TW",
            "signed_on": "2021-09-28",
            "article": "3.8",
            "confidence": "V",
            "settled": True,
        }

    def test_is_settled_as_its_source_is(self) -> None:
        read = entry(60, date(2021, 7, 30))
        lead = replace(read, cite=replace(CITE, confidence=Confidence.Q))
        assert read.settled
        assert not lead.settled
        assert lead.record()["settled"] is False

    def test_is_another_when_its_value_is(self) -> None:
        one, other = entry(60, date(2021, 7, 30)), entry(61, date(2021, 7, 30))
        assert one != other
        assert len({one, other, entry(60, date(2021, 7, 30))}) == 2
