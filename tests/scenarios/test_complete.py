"""The cases taken together: none of the rules, deadlines and refusals is without one."""

from __future__ import annotations

import inspect
import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from datetime import date, timedelta
from types import ModuleType
from typing import Any

import pytest

from donghanh.domain import refusals, rules, voting
from donghanh.domain.acts import Case, Step
from donghanh.domain.errors import RuleError
from tests.scenarios.telling import FILES, HERE, KEYS, ROADS, Table, road_of

BOOK = rules.load()
TOLD = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in FILES}
EXPLAINED = (HERE / "README.md").read_text(encoding="utf-8")
#: What no case can meet: it refuses a fraction in the rulebook itself, not a vote.
NOT_MET_BY_CASES = {"voting.bad_threshold"}
AROUND = (timedelta(days=-1), timedelta(), timedelta(days=1))
CLOCKS = [head.name for head in BOOK.contents.heads.values() if head.clock is not None]


def codes(module: ModuleType) -> set[str]:
    """Return the codes of the refusals that a module declares."""
    found = [one for _, one in inspect.getmembers(module, inspect.isclass)]
    own = [one for one in found if one.__module__ == module.__name__ and issubclass(one, RuleError)]
    return {one.code for one in own} - NOT_MET_BY_CASES


def parts(value: Any) -> Iterator[Table]:
    """Go through every table inside a value, itself included."""
    if isinstance(value, dict):
        yield value
        for one in value.values():
            yield from parts(one)
    elif isinstance(value, list):
        for one in value:
            yield from parts(one)


def met() -> set[str]:
    """Return the codes of the refusals that some case expects."""
    tables = [part for told in TOLD.values() for part in parts(told["expect"])]
    found = {part["refused"] for part in tables if "refused" in part}
    return found | {"procedure.contradiction" for part in tables if "contradiction" in part}


def days_of(expect: Table) -> set[date]:
    """Return the days a case is tried or looked at on."""
    rows = [*expect.get("tried", ()), *expect.get("looked", ())]
    return {row[key] for row in rows for key in ("on", "until") if key in row}


def has_days_around(rule: str) -> bool:
    """Tell whether some case is tried the day before, of and after the last day of a clock."""
    for told in TOLD.values():
        expect = told["expect"]
        for row in expect.get("last_days", ()):
            if row["rule"] == rule and {row["day"] + one for one in AROUND} <= days_of(expect):
                return True
    return False


class TestTheCases:
    def test_are_many(self) -> None:
        assert len(FILES) >= 80

    def test_are_told_apart_by_their_titles(self) -> None:
        titles = [told["title"] for told in TOLD.values()]
        assert sorted(set(titles)) == sorted(titles)

    @pytest.mark.parametrize("name", TOLD)
    def test_cite_a_document(self, name: str) -> None:
        numbers = {one.number for one in BOOK.contents.documents.values()}
        source = TOLD[name]["source"]
        assert any(number in source for number in numbers)
        marks = re.findall(r"\[(.*?)\]", source)
        assert set(marks) <= {"S", "Q", "K", "N"}, "a source without a mark was read in the text"

    @pytest.mark.parametrize("name", TOLD)
    def test_are_named_without_marks(self, name: str) -> None:
        assert re.fullmatch(r"[a-z0-9_]+", name)

    def test_walk_every_named_road(self) -> None:
        named = {told["given"].get("road") for told in TOLD.values()}
        assert named - {None} == {path.stem for path in ROADS}


class TestEveryWord:
    """README.md tells people of the field what each word means."""

    @pytest.mark.parametrize("kind", KEYS)
    def test_of_a_case_is_explained(self, kind: str) -> None:
        names = {field.name for field in fields(Case)} if kind == "given" else set()
        missing = {key for key in (*KEYS[kind], *names) if f"`{key}`" not in EXPLAINED}
        assert missing == set()

    def test_for_a_step_or_turn_is_explained(self) -> None:
        assert [step for step in Step if f"`{step}`" not in EXPLAINED] == []


class TestEveryDay:
    @pytest.mark.parametrize("rule", CLOCKS)
    def test_before_of_and_after_the_last_day_of_a_deadline_is_met(self, rule: str) -> None:
        assert has_days_around(rule)

    @pytest.mark.parametrize("regime", BOOK.regimes(), ids=lambda regime: regime.code)
    def test_before_of_and_after_a_change_of_regulations_is_met(self, regime: Any) -> None:
        tables = [part for told in TOLD.values() for part in told["expect"].get("regimes", ())]
        seen = {(row["on"], row["code"]) for row in tables}
        position = BOOK.regimes().index(regime)
        before = "none" if position == 0 else BOOK.regimes()[position - 1].code
        for day, code in zip(AROUND, (before, regime.code, regime.code), strict=True):
            assert (regime.since + day, code) in seen


class TestEveryRule:
    @pytest.mark.parametrize("code", sorted(codes(refusals) | codes(voting)))
    def test_that_refuses_is_met(self, code: str) -> None:
        assert code in met()

    @pytest.mark.parametrize("rule", BOOK.names())
    def test_is_named(self, rule: str) -> None:
        tables = [part for told in TOLD.values() for part in parts(told["expect"])]
        assert rule in {part.get("rule") for part in tables}

    @pytest.mark.parametrize("step", [one for one in Step if one is not Step.PAPERS])
    def test_of_a_step_or_turn_is_walked(self, step: Step) -> None:
        if step in {rule.step for rule in BOOK.catalogue.steps if rule.papers}:
            tables = [part for told in TOLD.values() for part in parts(told["expect"])]
            named = {name for part in tables for name in part.get("states", ())}
            named |= {part.get("now") for part in tables}
        else:
            named = {part.get("step") for told in TOLD.values() for part in parts(told["given"])}
            named |= {act.step for path in ROADS for act in road_of(path)[1]}
        assert step in named
