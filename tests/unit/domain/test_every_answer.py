"""Every rule and every step, on many days and in two places, against the files read anew."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

import pytest

from donghanh.domain import answers, rules, step_answers
from donghanh.domain.acts import Step
from donghanh.domain.calendar import CalendarEnds
from donghanh.domain.timeline import NotInForce

Table = Mapping[str, Any]
BOOK = rules.load()
HERE = files("donghanh.domain") / "rulebook"
PLACES = {"central": ("central",), "ha-noi": ("central", "province:ha-noi")}
#: The first day of every regime and of Hà Nội's guidance, the day before each, and days between.
DAYS = [
    *(date(2016, 7, 25), date(2020, 3, 2), date(2021, 7, 29), date(2021, 7, 30)),
    *(date(2021, 9, 27), date(2021, 9, 28), date(2022, 1, 18), date(2024, 2, 29)),
    *(date(2025, 1, 19), date(2025, 1, 20), date(2025, 6, 30), date(2025, 7, 1)),
    *(date(2025, 11, 20), date(2025, 11, 21), date(2026, 4, 7), date(2026, 4, 8)),
    *(date(2026, 7, 25), date(2026, 7, 26), date(2026, 12, 31), date(2028, 6, 1)),
]


def toml(name: str) -> Table:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


REGIMES = {code: table["since"] for code, table in toml("regimes.toml").items()}
DOCUMENTS = toml("documents.toml")
RULES: dict[str, Table] = {
    name: table
    for file in ("deadlines.toml", "eligibility.toml", "handling.toml", "voting.toml")
    for name, table in toml(file).items()
}
STEPS, TURNS = toml("procedure.toml")["step"], toml("procedure.toml")["turn"]
FORMS = toml("forms.toml")
CALENDAR = toml("calendar.toml")


def in_force(name: str, scope: str, day: date) -> Table | None:
    """The row of a rule and scope that holds on a day, read without the rulebook's own reader."""
    rows = [
        {**row, "since": row.get("since") or REGIMES[row["regime"]]}
        for row in RULES[name]["entries"]
        if row.get("scope", "central") == scope
    ]
    begun = [row for row in rows if row["since"] <= day]
    if not begun:
        return None
    row = max(begun, key=lambda one: one["since"])
    later = [since for since in REGIMES.values() if row["since"] < since <= day]
    if not later or any(one.get("steady") for one in rows):
        return {**row, "carried": False}
    return {**row, "since": max(later), "carried": True}


def cited(row: Table) -> Table:
    document = DOCUMENTS[row["cite"]["doc"]]
    return {
        "issuer": document["issuer"],
        "number": document["number"],
        "signed_on": document["signed_on"].isoformat(),
        "article": row["cite"]["article"],
    }


def settled(row: Table) -> bool:
    return row["cite"]["confidence"] == "V" and not row["carried"]


def is_working(day: date) -> bool:
    year = CALENDAR[str(day.year)]
    mark = f"{day:%m-%d}"
    return mark in year["worked"] or (day.weekday() < 5 and mark not in year["off"])


def last_day(start: date, number: int, unit: str) -> date | None:
    """The last day of a span, counted day by day; None past the end of the calendar."""
    if unit == "month":
        return same_day(start, number)
    if unit == "day":
        return start + timedelta(days=number)
    if str(start.year) not in CALENDAR:
        return None
    day = start
    while number:
        day += timedelta(days=1)
        if str(day.year) not in CALENDAR:
            return None
        number -= is_working(day)
    return day


def same_day(start: date, months: int) -> date:
    """The same day some months later, or the last one of a shorter month."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    for day in range(start.day, 0, -1):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    raise AssertionError


def days_off_known(start: date, end: date) -> bool:
    years = [str(year) for year in range(start.year, end.year + 1)]
    return all(CALENDAR[year]["cite"]["confidence"] in {"V", "S"} for year in years)


@pytest.mark.parametrize("place", sorted(PLACES))
@pytest.mark.parametrize("name", sorted(RULES))
class TestRule:
    def test_says_what_the_file_says(self, name: str, place: str) -> None:
        for day in DAYS:
            rows = [row for scope in PLACES[place] if (row := in_force(name, scope, day))]
            try:
                found = answers.rule(name, day, BOOK, PLACES[place])
            except NotInForce:
                scopes = {row.get("scope", "central") for row in RULES[name]["entries"]}
                assert not any(in_force(name, scope, day) for scope in scopes), day
                continue
            assert found["title"] == RULES[name]["title_vi"]
            assert (found["clock"] is None) is ("kind" not in RULES[name])
            if not rows:
                assert (found["value"], found["citation"]) == (None, None)
                continue
            row = rows[-1]
            assert found["value"] == row["value"], day
            assert found["citation"] == cited(row), day
            assert found["since"] == row["since"].isoformat(), day
            assert found["scope"] == row.get("scope", "central")
            assert (found["carried"], found["checked"]) == (row["carried"], settled(row)), day

    def test_gives_the_last_day_that_counting_gives(self, name: str, place: str) -> None:
        head = RULES[name]
        if not answers.is_span(BOOK.head(name)) or head["unit"] == "year":
            assert head["unit"] not in {"working_day", "day", "month"} or name.startswith(
                "school_year"
            )
            return
        for day in DAYS:
            rows = [row for scope in PLACES[place] if (row := in_force(name, scope, day))]
            ends = [last_day(day, row["value"], head["unit"]) for row in rows]
            try:
                found = answers.due(name, day, BOOK, PLACES[place])
            except (NotInForce, CalendarEnds):
                assert None in ends or not rows, day
                continue
            end = min(each for each in ends if each is not None)
            row = rows[ends.index(end)]
            assert found["due"] == end.isoformat(), day
            assert found["citation"] == cited(row), day
            assert found["scope"] == row.get("scope", "central")
            known = head["unit"] in {"day", "month"} or days_off_known(day, end)
            assert found["checked"] is (settled(row) and known), day


@pytest.mark.parametrize("place", sorted(PLACES))
@pytest.mark.parametrize("name", [*STEPS, *TURNS])
def test_every_step_says_what_the_file_says(name: str, place: str) -> None:
    scopes = PLACES[place]
    told = STEPS.get(name) or TURNS[name]
    for day in DAYS:
        found = step_answers.step(Step(name), day, BOOK, scopes)
        assert found["title"] == told["title_vi"]
        assert (found["actor"], found["body"]) == (told["actor"], told["body_vi"])
        assert found["citation"] == cited(told)
        if name in TURNS:
            continue
        papers = [
            (form.get("code", key), form.get("required", False))
            for key, form in FORMS.items()
            if form["step"] == name
            and not form.get("is_act")
            and "instead_of" not in form
            and form.get("scope", "central") in scopes
        ]
        assert isinstance(found["papers"], list)
        assert [(one["counts_as"], one["required"]) for one in found["papers"]] == papers
        clocks = [key for key, rule in RULES.items() if name in rule.get("steps", ())]
        assert isinstance(found["clocks"], list)
        assert [one["rule"] for one in found["clocks"]] == clocks
        for key in ("threshold", "minimum", "attempts"):
            row = in_force(told[key], "central", day) if key in told else None
            value = found[key]
            assert (value is None) is (row is None), (key, day)
            if isinstance(value, dict) and row is not None:
                assert (value["value"], value["citation"]) == (row["value"], cited(row))


def test_the_files_hold_the_rules_that_are_asked_for() -> None:
    assert set(RULES) == set(BOOK.names())
    assert {*STEPS, *TURNS} == {step.value for step in Step if step is not Step.PAPERS}
