"""Reads the scenarios: every key has to be known, so that a slip of the pen fails the test."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from donghanh.domain import rules
from donghanh.domain.acts import Act, Case, Destination, Move, Step
from donghanh.domain.amending import Amendment, amended
from donghanh.domain.rules import Rulebook
from donghanh.domain.timeline import CENTRAL
from donghanh.domain.voting import Exclusion, Tally

Table = Mapping[str, Any]  # one table of a TOML file: the only untyped thing here
HERE = Path(__file__).parent
FILES = sorted(HERE.glob("*.toml"))
ROADS = sorted((HERE / "roads").glob("*.toml"))

#: The keys that each kind of table may have; README.md explains every one of them.
KEYS: Mapping[str, tuple[str, ...]] = {
    "scenario": ("title", "on", "source", "given", "expect"),
    "given": (
        *("road", "before", "through", "without", "days", "edition", "case", "acts", "voided"),
        *("new", "void", "plans", "leaves_on", "amendments"),
    ),
    "road": ("title", "case", "acts"),
    "act": (
        *("step", "on", "form", "tally", "governed_by", "voided", "received_on", "about", "until"),
        "edition",
    ),
    "tally": (
        *("official", "excluded", "excluded_by", "convened", "present", "favour", "against"),
        "invalid",
    ),
    "move": (
        *("on", "to", "received_on", "scopes", "base_committee", "sub_committee", "delegated"),
    ),
    # What is expected of the new act, of the road as it stands on a day, and of the rules.
    "of_act": (
        *("refused", "facts", "passed", "needed", "base", "late", "late_locally", "judged_by"),
        "then",
    ),
    "of_road": (
        *("status", "now", "open", "states", "stale", "missing", "on_the_way", "calendar_ended"),
        *("conditions", "faults", "must_be_annulled", "probation_ends_on", "party_age_from"),
        *("last_days", "running", "overdue", "overdue_locally", "expired"),
        *("next", "outlook", "planned", "contradiction"),
    ),
    "of_void": ("reopens", "falls", "keeps"),
    "of_rules": ("rules", "regimes", "documents"),
    "lists": ("tried", "looked"),
    # The rows of those that are lists.
    "tried": ("on", "today", "tally", "governed_by", "received_on", "until", "form", "about"),
    "rule": ("on", "rule", "scope", "value", "settled", "regime", "document"),
    "regime": ("on", "code", "settled"),
    "documents": ("on", "signed", "not_yet"),
    "clock": (
        *("rule", "scope", "day", "settled", "granted", "extended", "done_on", "regime"),
        "document",
    ),
    "next": ("step", "form", "body", "missing", "conditions", "earliest_on", "last_day"),
    "outlook": ("step", "since", "last_day", "opened_by", "closed_by", "is_open"),
    "planned": ("step", "verdict", "refused", "late"),
}
#: The day amendments are kept on, and by whom: nothing in the rules depends on either.
_KEPT_ON, _KEPT_BY = date(2026, 11, 21), "quản trị viên"


def only(table: Table, *kinds: str) -> Table:
    """Return a table that has no key but those of some kinds."""
    unknown = set(table) - {key for kind in kinds for key in KEYS[kind]}
    assert not unknown, f"unknown: {sorted(unknown)}"
    return table


def part(table: Table, *kinds: str) -> Table:
    """Return what a table says under the keys of some kinds."""
    known = {key for kind in kinds for key in KEYS[kind]}
    return {key: value for key, value in table.items() if key in known}


@dataclass(frozen=True, slots=True)
class Scenario:
    """
    One case, ready to be judged.

    Attributes:
        on: The day it is looked at.
        case: The facts about the person.
        acts: What has been done so far.
        book: The rules.
        given: What the file gives.
        expect: What the file expects.
    """

    on: date
    case: Case
    acts: tuple[Act, ...]
    book: Rulebook
    given: Table
    expect: Table

    def new(self, changes: Table) -> Act:
        """Return the new act, some of it told otherwise."""
        return act_of({**self.given["new"], **changes}, len(self.acts) + 1)

    def named(self, name: str) -> Act:
        """Return the last act of a name: its form for a paper, its step otherwise."""
        return [act for act in self.acts if name_of(act) == name][-1]

    def names(self, numbers: Iterable[int]) -> list[str]:
        """Return the names of acts."""
        by_number = {act.number: act for act in self.acts}
        return [name_of(by_number[number]) for number in numbers]


def name_of(act: Act) -> str:
    """Return what a scenario calls an act: a paper by its form, anything else by its step."""
    return act.form if act.step is Step.PAPERS and act.form else act.step.value


def tally_of(row: Table) -> Tally:
    """Return counts; everybody was convened and came, where the file does not say otherwise."""
    only(row, "tally")
    reasons = tuple((Exclusion(key), value) for key, value in row.get("excluded_by", {}).items())
    excluded = row.get("excluded", sum(number for _, number in reasons))
    convened = row.get("convened", row["official"] - excluded)
    return Tally(
        official=row["official"],
        excluded=excluded,
        convened=convened,
        present=row.get("present", convened),
        favour=row["favour"],
        against=row.get("against", 0),
        invalid=row.get("invalid", 0),
        excluded_by=reasons,
    )


def act_of(row: Table, number: int) -> Act:
    """Return one act."""
    plain = {key: row[key] for key in only(row, "act") if key not in {"step", "tally"}}
    tally = tally_of(row["tally"]) if "tally" in row else None
    return Act(number=number, step=Step(row["step"]), tally=tally, **plain)


def case_of(row: Table) -> Case:
    """Return the facts about the person."""
    told = {**row, "scopes": tuple(row.get("scopes", (CENTRAL,)))}
    told["standards"] = tuple(row.get("standards", {}).items())
    told["moves"] = tuple(_move(move) for move in row.get("moves", ()))
    return Case(**{"consented_on": None, **told})


def _move(row: Table) -> Move:
    told = {**only(row, "move"), "to": Destination(row["to"])}
    return Move(**{**told, "scopes": tuple(row.get("scopes", (CENTRAL,)))})


def load(path: Path) -> Scenario:
    """Return the scenario of a file."""
    told = only(tomllib.loads(path.read_text(encoding="utf-8")), "scenario")
    missing = set(KEYS["scenario"]) - set(told)
    assert not missing, f"missing: {sorted(missing)}"
    assert told["title"]
    assert told["source"]
    given, expect = only(told["given"], "given"), told["expect"]
    assert expect, "nothing is expected"
    road = _table(HERE / "roads" / f"{given['road']}.toml") if "road" in given else {}
    acts = tuple(_acts(road, given))
    person = {**road.get("case", {}), **given.get("case", {})}
    assert "born" in person or not acts, "nobody is told of"
    return Scenario(
        on=told["on"],
        case=case_of({"born": told["on"], **person}),
        acts=acts,
        book=_book(given),
        given=given,
        expect=expect,
    )


def road_of(path: Path) -> tuple[Case, tuple[Act, ...]]:
    """Return the person and the acts of a named road."""
    road = _table(path)
    return case_of(road["case"]), tuple(_numbered(road["acts"]))


def _table(road: Path) -> Table:
    return only(tomllib.loads(road.read_text(encoding="utf-8")), "road")


def _numbered(rows: Sequence[Table]) -> list[Act]:
    return [act_of(row, number) for number, row in enumerate(rows, start=1)]


def _acts(road: Table, given: Table) -> list[Act]:
    """Return the road as far as it was walked, as changed, with what was done besides."""
    rows = _walked(road.get("acts", ()), given)
    rows += given.get("acts", ())
    acts = _numbered(rows)
    names = [name_of(act) for act in acts]
    invalid = [len(names) - names[::-1].index(name) for name in given.get("voided", ())]
    return [replace(act, voided=act.voided or act.number in invalid) for act in acts]


def _walked(rows: Sequence[Table], given: Table) -> list[Table]:
    names = [
        row.get("form", row["step"]) if row["step"] == "papers" else row["step"] for row in rows
    ]
    end = len(rows)
    if "before" in given:
        end = names.index(given["before"])
    elif "through" in given:
        end = names.index(given["through"]) + 1
    else:
        assert not rows, "the road is not told how far to go"
    without, days = list(given.get("without", ())), dict(given.get("days", {}))
    walked: list[Table] = []
    for name, row in list(zip(names, rows, strict=True))[:end]:
        if name in without:
            without.remove(name)
            continue
        told = {"edition": given["edition"]} if "edition" in given else {}
        walked.append({**row, **told, "on": days.pop(name, row["on"])})
    assert not without, f"not on the road so far: {without}"
    assert not days, f"not on the road so far: {sorted(days)}"
    return walked


def _book(given: Table) -> Rulebook:
    texts = given.get("amendments", ())
    return amended(
        rules.load(),
        [Amendment(number, text, _KEPT_ON, _KEPT_BY) for number, text in enumerate(texts, start=1)],
    )
