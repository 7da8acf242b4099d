"""By when a pupil's request is answered, and what a fact can be."""

from __future__ import annotations

from datetime import date

import pytest

from donghanh.domain import requests, rules
from donghanh.domain.requests import Datum, Kind

BOOK = rules.load()
#: A Friday; Tuesday the 24th is a day off.
ASKED = date(2026, 11, 20)


class TestDue:
    @pytest.mark.parametrize(
        ("kind", "last"),
        [
            (Kind.ACCESS, date(2026, 11, 30)),  # 20 + 10 days
            (Kind.RECTIFY, date(2026, 11, 30)),
            (Kind.RESTRICT, date(2026, 12, 5)),  # 20 + 15
            (Kind.DELETE, date(2026, 12, 10)),  # 20 + 20
        ],
    )
    def test_is_counted_in_days_and_acknowledged_in_working_days(
        self, kind: Kind, last: date
    ) -> None:
        found = requests.due(kind, ASKED, False, BOOK)
        assert found.last_day == last
        assert found.acknowledge_by == date(2026, 11, 25)  # Monday, Wednesday
        assert found.entry is not None
        assert not found.entry.settled
        assert found.entry.cite.number == "356/2025/NĐ-CP"

    def test_is_extended_once_where_a_rule_says_so(self) -> None:
        found = requests.due(Kind.RESTRICT, ASKED, False, BOOK)
        assert found.extendable == date(2026, 12, 20)
        more = requests.due(Kind.RESTRICT, ASKED, True, BOOK)
        assert (more.last_day, more.extendable) == (date(2026, 12, 20), None)
        assert requests.due(Kind.ACCESS, ASKED, False, BOOK).extendable is None

    @pytest.mark.parametrize(
        ("asked", "there"), [(date(2025, 12, 31), False), (date(2026, 1, 1), True)]
    )
    def test_begins_with_the_law(self, asked: date, there: bool) -> None:
        found = requests.due(Kind.ACCESS, asked, False, BOOK)
        assert (found.last_day is not None) is there
        assert (found.acknowledge_by is not None) is there

    def test_knows_a_rule_for_every_kind(self) -> None:
        assert set(requests.RULES) == set(Kind)
        assert set(requests.RULES.values()) | {requests.ACKNOWLEDGE} <= set(BOOK.names())


class TestEraseOn:
    def test_is_counted_from_the_day_of_stopping(self) -> None:
        found = requests.erase_on(ASKED, ASKED, BOOK)
        assert found is not None
        assert found[0] == date(2026, 12, 10)

    def test_takes_the_rule_of_today_for_who_stopped_before_there_was_one(self) -> None:
        assert requests.erase_on(date(2025, 6, 1), date(2025, 12, 31), BOOK) is None
        found = requests.erase_on(date(2025, 6, 1), date(2026, 1, 1), BOOK)
        assert found is not None
        assert found[0] == date(2025, 6, 21)


class TestRead:
    @pytest.mark.parametrize(
        ("datum", "written", "value"),
        [
            (Datum.NAME, "Trần Thị Đào", "Trần Thị Đào"),
            (Datum.BORN, "2008-02-29", date(2008, 2, 29)),
            (Datum.UNION_MEMBER, "no", False),
            (Datum.LOWER_SECONDARY, "", None),
        ],
    )
    def test_gives_the_value(self, datum: Datum, written: str, value: object) -> None:
        assert requests.read(datum, written) == value

    @pytest.mark.parametrize(
        ("datum", "written"),
        [
            (Datum.NAME, "A" * 151),
            (Datum.NAME, ""),
            (Datum.BORN, "29/2/2007"),
            (Datum.CLASS, "12A" * 7),
            (Datum.UNION_MEMBER, "perhaps"),
        ],
    )
    def test_refuses_what_the_fact_cannot_be(self, datum: Datum, written: str) -> None:
        with pytest.raises(requests.DatumUnreadable):
            requests.read(datum, written)
