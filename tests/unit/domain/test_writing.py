"""Rules written back as tables make the same rules; kept ones outlive a release that has them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import tomli_w

from donghanh.domain import amending, reading, rules, tables
from donghanh.domain.amending import Amendment, NoSuchValue, amended, lacking
from donghanh.domain.contents import Contents
from donghanh.domain.rules import Rulebook
from donghanh.domain.timeline import TwoValues
from donghanh.domain.writing import tables_of
from tests.unit.domain.test_comparing import DOCUMENT, SHORTER

BOOK = rules.load()
ON = date(2026, 11, 21)
ADDED = (
    DOCUMENT
    + """
[regime.R6]
since = 2026-12-01
title = "x"
title_vi = "Quy định mới"
confidence = "V"
documents = ["X99", "HD38"]

[rule."admission.notice"]
unit = "working_day"
title = "x"
title_vi = "Thông báo quyết định"
kind = "due"
steps = ["admitted"]
starts = "decided"
consequence_vi = "Chậm."
[[rule."admission.notice".entries]]
scope = "province:ha-noi"
regime = "R6"
value = 5
cite = { doc = "X99", article = "2", confidence = "V" }

[[rule."vote.cell".entries]]
since = 2026-12-15
value = { share = "3/4", strict = true, base = "in_post" }
cite = { doc = "X99", article = "3", confidence = "Q" }

[calendar.2029]
off = ["01-01", "04-30"]
worked = ["03-10"]
cite = { doc = "X99", article = "", confidence = "S" }

[[checked]]
rule = "admission.ceremony"
since = 2026-07-26
value = 30
"""
)


def book(*texts: str, shipped: Rulebook = BOOK, kept: int = 0) -> Rulebook:
    """Return a rulebook with some amendments."""
    changes = [Amendment(n, text, ON, "Quản trị") for n, text in enumerate(texts, start=1)]
    return amended(shipped, changes, kept)


def said(contents: Contents) -> tuple[object, ...]:
    """Return contents without what depends on the number of an amendment."""
    return (
        contents.documents,
        [replace(one, edition=0) for one in contents.regimes],
        contents.heads,
        {replace(one, edition=0) for one in contents.written},
        contents.years,
    )


def emptied() -> Rulebook:
    """Return a rulebook without documents, regimes, rules and years."""
    bare = replace(
        BOOK.contents, documents={}, regimes=(), heads={}, written=(), years=BOOK.contents.years[:1]
    )
    return Rulebook(bare)


class TestWriting:
    def test_of_the_whole_makes_the_whole(self) -> None:
        bare = replace(emptied().contents, years=())
        text = tomli_w.dumps(tables_of(BOOK.contents))
        again = amending.apply(bare, Amendment(1, text, ON, "Ai đó"))
        assert said(again) == said(BOOK.contents)

    @pytest.mark.parametrize("text", [SHORTER, ADDED])
    def test_of_a_difference_makes_the_other(self, text: str) -> None:
        after = book(text)
        difference = tomli_w.dumps(tables_of(after.contents, BOOK.contents))
        assert said(book(difference).contents) == said(after.contents)

    def test_of_nothing_is_nothing(self) -> None:
        assert tables_of(BOOK.contents, BOOK.contents) == {}

    def test_leaves_out_what_a_later_regime_only_carries(self) -> None:
        after = book('[[checked]]\nrule = "admission.decision"\nsince = 2026-07-26\n')
        assert tables_of(after.contents, BOOK.contents) == {
            "checked": [{"rule": "admission.decision", "since": date(2026, 7, 26), "value": 60}]
        }


class TestLacking:
    def test_is_nothing_of_what_is_there(self) -> None:
        after = book(ADDED)
        whole = tomli_w.dumps(tables_of(after.contents))
        assert lacking(whole, after.contents, "x") == {}
        assert lacking(ADDED, after.contents, "x") == {}

    def test_is_all_of_what_is_new(self) -> None:
        found = lacking(ADDED, BOOK.contents, "x")
        assert said(book(tomli_w.dumps(found)).contents) == said(book(ADDED).contents)

    def test_takes_the_place_of_what_differs(self) -> None:
        found = lacking(SHORTER.replace("replaces = true\n", ""), BOOK.contents, "x")
        (row,) = found["rule"]["admission.decision"]["entries"]
        assert (row["replaces"], row["value"]) == (True, 45)

    def test_gives_a_document_a_name_of_its_own_where_it_is_taken(self) -> None:
        text = SHORTER.replace("X99", "QD24")
        found = lacking(text, BOOK.contents, "x")
        assert list(found["document"]) == ["QD24_2"]
        (row,) = found["rule"]["admission.decision"]["entries"]
        assert row["cite"]["doc"] == "QD24_2"
        assert book(tomli_w.dumps(found)).on("admission.decision", date(2024, 1, 2)).value == 45

    @pytest.mark.parametrize(
        "text",
        ["a = [", "a = 1", "document = 1", "[rule.x]\nunit = 'flag'", '[regime.R9]\nsince = "x"'],
    )
    def test_refuses_what_cannot_be_used(self, text: str) -> None:
        with pytest.raises(reading.BadRulebook):
            lacking(text, BOOK.contents, "x")


class TestNewRelease:
    """What an administrator kept stays kept when a later release brings the same, or more."""

    def release(self, text: str) -> Rulebook:
        """Return a shipped rulebook that has a text within it."""
        return Rulebook(amending.apply(BOOK.contents, Amendment(0, text, ON, "")))

    @pytest.mark.parametrize("text", [SHORTER, ADDED])
    def test_that_brings_the_same_changes_nothing(self, text: str) -> None:
        found = book(text, shipped=self.release(text), kept=1)
        values = {(one.name, one.scope, one.since): one.value for one in found.entries()}
        assert values == {
            (one.name, one.scope, one.since): one.value for one in book(text).entries()
        }

    def test_that_brings_another_value_does_not_undo_what_was_kept(self) -> None:
        release = self.release(ADDED.replace('share = "3/4"', 'share = "4/5"'))
        found = book(ADDED, shipped=release, kept=1)
        assert str(found.on("vote.cell", date(2026, 12, 15)).value).count("3")

    def test_is_not_told_compared_where_it_says_something_else(self) -> None:
        compared = '[[checked]]\nrule = "admission.ceremony"\nsince = 2026-07-26\nvalue = 30\n'
        release = self.release(
            DOCUMENT
            + '[[rule."admission.ceremony".entries]]\nreplaces = true\nsince = 2026-07-26\n'
            'value = 45\ncite = { doc = "X99", article = "", confidence = "Q" }\n'
        )
        found = book(compared, shipped=release, kept=1)
        entry = found.on("admission.ceremony", ON)
        assert (entry.value, entry.settled) == (45, False)

    def test_is_refused_while_it_is_still_tried(self) -> None:
        for text, refusal in (
            (SHORTER.removeprefix(DOCUMENT).replace("replaces = true\n", ""), TwoValues),
            (ADDED, reading.BadValue),
            ('[[checked]]\nrule = "vote.cell"\nsince = 2020-01-01\n', NoSuchValue),
        ):
            with pytest.raises(refusal):
                book(text, shipped=self.release(ADDED))


class TestTables:
    @pytest.mark.parametrize(
        ("changed", "to"),
        [
            ('"province:ha-noi"', '"province:Hà Nội"'),
            ('"province:ha-noi"', '"xa:1"'),
            ("regime.R6", "regime.QUYDINH2026"),
            ('"admission.notice"', '"Admission Notice"'),
            ('"admission.notice"', '"' + "a" * 61 + '"'),
            ('unit = "working_day"', 'unit = "person"'),
            ('steps = ["admitted"]', 'steps = ["admitted"]\nextension = "khong.co"'),
            ("value = 5", "value = 1000"),
        ],
    )
    def test_refuse_what_could_not_be_kept_or_counted(self, changed: str, to: str) -> None:
        with pytest.raises(reading.BadValue):
            book(ADDED.replace(changed, to))

    @pytest.mark.parametrize(
        ("name", "value"),
        [("age.counting", '"week"'), ("school_year.first_month", "13"), ("seniority.start", '""')],
    )
    def test_refuse_what_a_rule_cannot_say(self, name: str, value: str) -> None:
        text = SHORTER.replace("admission.decision", name).replace("45", value)
        with pytest.raises(reading.BadValue):
            book(text)

    def test_refuse_texts_that_are_too_deep_or_too_long_for_python(self) -> None:
        for text in ("a = " + "[" * 5000, "a = " + "9" * 5000):
            with pytest.raises(reading.NotToml):
                book(text)

    def test_number_the_next_amendment_after_the_newest(self) -> None:
        with pytest.raises(amending.NotCounted):
            amending.one_more(BOOK, Amendment(2, SHORTER, ON, "A"))
        with pytest.raises(amending.NotCounted):
            amending.one_more(BOOK, Amendment(1, "", ON, "A", withdraws=1))


def test_heads_are_written_whole() -> None:
    made: dict[str, Any] = tables_of(BOOK.contents)["rule"]
    assert made["school_year.first_month"]["most"] == 12
    assert made["admission.ceremony"]["start"] == "received"
    assert "most" not in made["admission.decision"]
    assert tables.WHOLE_NUMBER_TO == 999
