"""Runs the cases a field officer can read: one test per TOML file in this folder."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from donghanh.domain import procedure, rules
from donghanh.domain.errors import RuleError
from donghanh.domain.procedure import Act, Case, Judgement, Step
from donghanh.domain.voting import Tally

Table = Mapping[str, Any]
HERE = Path(__file__).parent
FILES = sorted(HERE.glob("*.toml"))
KNOWN = {"refused", "facts", "passed", "needed", "base", "late", "now", "status", "last_days"}


def tally_of(row: Table) -> Tally | None:
    counts = row.get("tally")
    if counts is None:
        return None
    return Tally(
        official=counts["official"],
        excluded=counts.get("excluded", 0),
        convened=counts["convened"],
        present=counts["present"],
        favour=counts["favour"],
        against=counts.get("against", 0),
        invalid=counts.get("invalid", 0),
    )


def act_of(row: Table, number: int) -> Act:
    plain = ("form", "governed_by", "voided", "received_on")
    given = {key: row[key] for key in plain if key in row}
    return Act(number, Step(row["step"]), row["on"], tally=tally_of(row), **given)


def case_of(row: Table) -> Case:
    row = {**row, "scopes": tuple(row.get("scopes", ("central",)))}
    return Case(**{"consented_on": None, **row})


def judge(told: Table) -> tuple[Judgement | None, RuleError | None]:
    if "new" not in told["given"]:
        return None, None
    given = told["given"]
    acts = [act_of(row, number) for number, row in enumerate(given.get("acts", ()), start=1)]
    new = act_of(given["new"], len(acts) + 1)
    try:
        case = case_of(given["case"])
        return procedure.check(new, acts, case, rules.load(), told["on"]), None
    except RuleError as refusal:
        return None, refusal


def check_refusal(expect: Table, refusal: RuleError | None) -> None:
    assert (refusal and refusal.code) == expect.get("refused")
    for name, value in expect.get("facts", {}).items():
        assert refusal is not None
        found = refusal.facts[name]
        assert (list(found) if isinstance(found, tuple) else found) == value


def check_judgement(expect: Table, judgement: Judgement | None) -> None:
    if not {"passed", "needed", "base", "late"} & set(expect):
        return
    assert judgement is not None
    assert judgement.passed is expect.get("passed", True)
    assert [one.name for one in judgement.late] == expect.get("late", [])
    for name in {"needed", "base"} & set(expect):
        assert getattr(judgement.outcome, name) == expect[name]


def check_road(told: Table) -> None:
    expect, given = told["expect"], told["given"]
    acts = [act_of(row, number) for number, row in enumerate(given.get("acts", ()), start=1)]
    road = procedure.replay(acts, case_of(given["case"]), rules.load(), told["on"])
    if "now" in expect:
        assert road.current is not None
        assert road.current.step == expect["now"]
    if "status" in expect:
        assert road.status == expect["status"]
    running = {(one.name, one.entry.scope): one.last_day for one in road.clocks}
    for row in expect.get("last_days", ()):
        assert running[row["rule"], row.get("scope", "central")] == row["day"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_goes_as_the_field_says(path: Path) -> None:
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    assert {"title", "on", "source", "given", "expect"} <= set(told)
    assert told["expect"]
    assert set(told["expect"]) <= KNOWN
    judgement, refusal = judge(told)
    check_refusal(told["expect"], refusal)
    check_judgement(told["expect"], judgement)
    check_road(told)


def test_there_are_cases_to_run() -> None:
    assert len(FILES) >= 8
