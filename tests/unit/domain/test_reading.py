"""Tables are taken apart key by key; what is wrong is told with its place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from donghanh.domain.acts import Branch, Step
from donghanh.domain.errors import RuleError
from donghanh.domain.reading import (
    BadRulebook,
    BadValue,
    CitationMissing,
    KeyMissing,
    NotToml,
    Section,
    UnknownKey,
    parse,
)

TEXT = """
name = "x"
number = 3
flag = true
day = 2024-01-02
moment = 2024-01-02T10:00:00
names = ["a", "b"]
step = "listed"
steps = ["listed", "trained"]
[table]
inner = 1
[table.deep]
innermost = "y"
[[rows]]
value = 1
[[rows]]
value = 2
"""


def section() -> Section:
    """The text above, at the top of a file."""
    return parse(TEXT, "some.toml")


def refusal(ask: Callable[[Section], object]) -> RuleError:
    """Why something asked of the text is refused."""
    with pytest.raises(BadRulebook) as refused:
        ask(section())
    assert refused.value.facts["file"] == "some.toml"
    return refused.value


class TestParse:
    def test_refuses_what_is_not_toml_with_line_and_column(self) -> None:
        with pytest.raises(NotToml) as refused:
            parse('a = 1\nb = "\n', "some.toml")
        assert refused.value.facts["file"] == "some.toml"
        assert refused.value.facts["key"] == ""
        assert "line 2" in str(refused.value.facts["problem"])

    def test_gives_the_tables_of_the_top(self) -> None:
        top = section()
        assert (top.file, top.path) == ("some.toml", "")
        assert top.at("name") == "name"
        assert top.has("name")
        assert not top.has("other")


class TestTake:
    def test_gives_a_value_of_its_kind(self) -> None:
        top = section()
        assert top.take("name", str) == "x"
        assert top.take("number", int) == 3
        assert top.take("flag", bool) is True
        assert top.take("day", date) == date(2024, 1, 2)

    @pytest.mark.parametrize(
        ("key", "kind", "problem", "wanted"),
        [
            ("number", str, "3", "text"),
            ("name", int, "x", "number"),
            ("flag", int, "True", "number"),  # a flag is no number
            ("number", bool, "3", "flag"),
            ("name", date, "x", "day"),
            ("moment", date, "2024-01-02 10:00:00", "day"),  # an instant is no day
            ("name", list, "x", "list"),
            ("name", dict, "x", "table"),
        ],
    )
    def test_refuses_another_kind(self, key: str, kind: type, problem: str, wanted: str) -> None:
        refused = refusal(lambda top: top.take(key, kind))
        assert isinstance(refused, BadValue)
        assert (refused.facts["key"], refused.facts["problem"]) == (key, problem)
        assert refused.facts["wanted"] == wanted

    def test_refuses_what_is_missing(self) -> None:
        for ask in (
            lambda top: top.take("other", str),
            lambda top: top.raw("other"),
            lambda top: top.sub("other"),
            lambda top: top.make("other", Step),
        ):
            refused = refusal(ask)
            assert isinstance(refused, KeyMissing)
            assert refused.facts["key"] == "other"

    def test_gives_a_default_only_for_what_is_missing(self) -> None:
        top = section()
        assert top.maybe("other", int, 7) == 7
        assert top.maybe("number", int, 7) == 3
        assert isinstance(refusal(lambda top: top.maybe("name", int, 7)), BadValue)

    def test_gives_a_value_of_any_kind(self) -> None:
        assert section().raw("moment") is not None


class TestTexts:
    def test_are_a_list_of_texts(self) -> None:
        assert section().texts("names") == ("a", "b")
        assert section().texts("other") == ()

    def test_refuse_anything_else_in_the_list(self) -> None:
        with pytest.raises(BadValue) as refused:
            parse('names = ["a", 1]', "some.toml").texts("names")
        assert refused.value.facts["problem"] == "1"
        assert refused.value.facts["key"] == "names"
        assert isinstance(refusal(lambda top: top.texts("name")), BadValue)


class TestMake:
    def test_makes_members_of_an_enumeration(self) -> None:
        top = section()
        assert top.make("step", Step) is Step.LISTED
        assert top.maybe_make("other", Step) is None
        assert top.maybe_make("step", Step) is Step.LISTED
        assert top.make_all("steps", Step) == (Step.LISTED, Step.TRAINED)
        assert top.make_all("other", Step) == ()

    def test_refuses_what_nothing_can_be_made_of(self) -> None:
        for ask in (
            lambda top: top.make("step", Branch),
            lambda top: top.maybe_make("step", Branch),
        ):
            refused = refusal(ask)
            assert isinstance(refused, BadValue)
            assert (refused.facts["key"], refused.facts["problem"]) == ("step", "listed")
        refused = refusal(lambda top: top.make_all("steps", {"listed": 1}.__getitem__))
        assert (refused.facts["key"], refused.facts["problem"]) == ("steps", "trained")


class TestSub:
    def test_knows_where_it_stands(self) -> None:
        deep = section().sub("table").sub("deep")
        assert (deep.path, deep.at("innermost")) == ("table.deep", "table.deep.innermost")
        assert deep.take("innermost", str) == "y"
        assert deep.bad("innermost", "y").facts == {
            "file": "some.toml",
            "key": "table.deep.innermost",
            "problem": "y",
        }

    def test_of_a_list_is_counted_from_one(self) -> None:
        rows = section().subs("rows")
        assert [row.path for row in rows] == ["rows[1]", "rows[2]"]
        assert [row.take("value", int) for row in rows] == [1, 2]
        assert section().subs("other") == ()
        assert isinstance(refusal(lambda top: top.subs("names")), BadValue)
        assert isinstance(refusal(lambda top: top.subs("table")), BadValue)

    def test_of_each_key_is_given_in_order(self) -> None:
        tables = parse("[b]\nx = 1\n[a]\nx = 2\n", "some.toml")
        assert [(key, table.path) for key, table in tables.each()] == [("b", "b"), ("a", "a")]
        tables.done()
        assert isinstance(refusal(lambda top: list(top.each())), BadValue)


class TestDone:
    def test_refuses_what_nobody_took(self) -> None:
        top = parse("a = 1\nb = 2\n[c]\nd = 1\n", "some.toml")
        with pytest.raises(UnknownKey) as refused:
            top.done()
        assert refused.value.facts == {"file": "some.toml", "key": "a"}
        top.take("a", int)
        top.maybe("b", int, 0)
        inner = top.sub("c")
        top.done()
        with pytest.raises(UnknownKey) as refused:
            inner.done()
        assert refused.value.facts["key"] == "c.d"

    def test_counts_whatever_was_read_as_taken(self) -> None:
        top = section()
        for key in ("name", "number", "flag", "day", "moment"):
            top.raw(key)
        top.texts("names")
        top.make("step", Step)
        top.make_all("steps", Step)
        top.sub("table")
        top.subs("rows")
        top.done()


class TestRefusals:
    def test_are_all_of_one_family(self) -> None:
        kinds = (NotToml, UnknownKey, KeyMissing, CitationMissing, BadValue)
        assert all(issubclass(kind, BadRulebook) for kind in kinds)
        assert {kind.code for kind in kinds} == {
            "rules.not_toml",
            "rules.unknown_key",
            "rules.key_missing",
            "rules.citation_missing",
            "rules.bad_value",
        }
