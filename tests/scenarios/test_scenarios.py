"""Runs the cases a field officer can read: one test per TOML file in this folder."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from donghanh.domain import assessing, forecast, procedure, rules
from donghanh.domain.catalogue import ClockKind
from donghanh.domain.deadlines import Clock, ClockState
from donghanh.domain.errors import RuleError
from donghanh.domain.procedure import Judgement, Road, Step
from donghanh.domain.timeline import Entry
from tests.scenarios.telling import (
    FILES,
    ROADS,
    Scenario,
    Table,
    load,
    name_of,
    only,
    part,
    road_of,
)

_AWAITED = frozenset({ClockKind.DUE, ClockKind.WINDOW})


def check_entry(row: Table, entry: Entry[object] | None) -> None:
    """A value in force, or one that an act was judged by."""
    assert entry is not None, f"not in force: {row['rule']}"
    found: dict[str, object] = {
        "settled": entry.settled,
        "regime": entry.regime,
        "scope": entry.scope,
        "document": entry.cite.number,
    }
    for key in found.keys() & row.keys():
        assert found[key] == row[key], (row["rule"], key)
    if "value" in row:
        value = entry.value
        plain = value if isinstance(value, int | str) else None
        several = list(value) if isinstance(value, tuple) else str(value)
        assert row["value"] == (several if plain is None else plain), row["rule"]


def check_refusal(expect: Table, refusal: RuleError | None) -> None:
    assert (refusal and refusal.code) == expect.get("refused"), refusal and refusal.facts
    if refusal is None:
        assert "facts" not in expect
        return
    for name, value in expect.get("facts", {}).items():
        found = refusal.facts[name]
        assert (list(found) if isinstance(found, tuple) else found) == value
    for row in expect.get("judged_by", ()):
        entry = refusal.facts["entry"]
        assert isinstance(entry, Entry)
        assert entry.name == only(row, "rule")["rule"]
        check_entry(row, entry)


def check_judgement(expect: Table, judgement: Judgement) -> None:
    assert judgement.passed is expect.get("passed", True)
    late = [one.name for one in judgement.late if not one.is_local]
    assert late == expect.get("late", [])
    locally = [one.name for one in judgement.late if one.is_local]
    assert locally == expect.get("late_locally", [])
    for name in {"needed", "base"} & set(expect):
        assert judgement.outcome is not None
        assert getattr(judgement.outcome, name) == expect[name]
    for row in expect.get("judged_by", ()):
        by_name = {(one.name, one.scope): one for one in judgement.entries}
        scope = only(row, "rule").get("scope", "central")
        check_entry(row, by_name.get((row["rule"], scope)))


def check_act(told: Scenario, changes: Table, expect: Table, today: date) -> None:
    """The new act, as the file tells it or with some of it told otherwise."""
    new = told.new(changes)
    try:
        judgement = procedure.check(new, told.acts, told.case, told.book, today)
    except RuleError as refusal:
        check_refusal(expect, refusal)
        assert not set(expect) - {"refused", "facts", "judged_by"}
        return
    check_refusal(expect, None)
    check_judgement(expect, judgement)
    if "then" in expect:
        look(replace(told, acts=(*told.acts, new)), only(expect["then"], "of_road"), today)


def check_clocks(expect: Table, road: Road, on: date) -> None:
    every = {one: None for stage in road.stages for one in stage.clocks}
    found = {(one.name, one.entry.scope): one for one in every}
    for row in expect.get("last_days", ()):
        one = found[only(row, "clock")["rule"], row.get("scope", "central")]
        assert one.last_day == row["day"], row["rule"]
        check_clock(row, one)
    late = [one for one in road.clocks if one.state(on, near=0) is ClockState.LATE]
    awaited = [one for one in late if one.kind in _AWAITED]
    lists = {
        "running": [one.name for one in road.clocks if one.kind in _AWAITED],
        "overdue": [one.name for one in awaited if not one.is_local],
        "overdue_locally": [one.name for one in awaited if one.is_local],
        "expired": [one.name for one in late if one.kind is ClockKind.EXPIRY],
    }
    for key in lists.keys() & expect.keys():
        assert lists[key] == expect[key], key


def check_clock(row: Table, one: Clock) -> None:
    found: dict[str, object] = {
        "settled": one.settled,
        "granted": one.granted,
        "extended": one.extension_last_day,
        "done_on": one.done_on,
        "regime": one.entry.regime,
        "document": one.entry.cite.number,
    }
    for key in found.keys() & row.keys():
        assert found[key] == row[key], (row["rule"], key)


def check_road(road: Road, expect: Table) -> None:
    current = "nothing" if road.current is None else road.current.step.value
    found: dict[str, object] = {
        "now": current,
        "status": road.status.value,
        "open": [stage.step.value for stage in road.open],
        "missing": [form for stage in road.open for form in stage.missing],
        "faults": [fault.condition.name for fault in road.faults],
        "must_be_annulled": any(fault.annuls for fault in road.faults),
        "on_the_way": road.on_the_way is not None,
        "probation_ends_on": road.probation_ends_on,
        "party_age_from": road.party_age_from,
        "calendar_ended": road.calendar_ended,
        "stale": [stage.step.value for stage in road.stages if stage.stale]
        + [need.form for stage in road.stages for need in stage.papers if need.stale],
    }
    for key in found.keys() & expect.keys():
        assert found[key] == expect[key], key
    for step, state in expect.get("states", {}).items():
        assert road.stage(Step(step)).state == state, step
    conditions = {one.name: one.verdict.value for one in road.conditions}
    for name, verdict in expect.get("conditions", {}).items():
        assert conditions.get(name, "not_asked") == verdict, name


def check_next(told: Scenario, expect: Table, on: date) -> None:
    if "next" not in expect:
        return
    by_step = {one.step: one for one in assessing.assess(told.acts, told.case, told.book, on).next}
    for row in expect["next"]:
        one = by_step[Step(only(row, "next")["step"])]
        found: dict[str, object] = {
            "form": one.form,
            "body": one.body_vi,
            "missing": [need.form for need in one.missing],
            "conditions": [condition.name for condition in one.conditions],
            "earliest_on": one.earliest_on,
            "last_day": one.last_day,
        }
        for key in found.keys() & row.keys():
            assert found[key] == row[key], (row["step"], key)


def check_forecast(told: Scenario, road: Road, expect: Table, on: date) -> None:
    leaves_on = told.given.get("leaves_on")
    windows = {one.step: one for one in forecast.outlook(road, told.book, on, leaves_on)}
    for row in expect.get("outlook", ()):
        window = windows[Step(only(row, "outlook")["step"])]
        for key in row.keys() - {"step"}:
            assert getattr(window, key) == row[key], (row["step"], key)
    plans = {Step(step): day for step, day in told.given.get("plans", {}).items()}
    found = forecast.planned(plans, told.acts, told.case, told.book, on)
    answers = {one.step: one for one in found}
    for row in expect.get("planned", ()):
        answer = answers[Step(only(row, "planned")["step"])]
        assert answer.verdict == row["verdict"], row["step"]
        assert (answer.refusal and answer.refusal.code) == row.get("refused")
        assert [one.name for one in answer.late] == row.get("late", [])


def check_contradiction(told: Scenario, expect: Table) -> None:
    if "contradiction" not in expect:
        return
    with pytest.raises(RuleError) as refused:
        assessing.check_facts(told.acts, told.case, told.book)
    assert refused.value.code == "procedure.contradiction"
    for name, value in expect["contradiction"].items():
        assert refused.value.facts[name] == value


def look(told: Scenario, expect: Table, on: date) -> None:
    """The road as it stands on a day."""
    road = procedure.replay(told.acts, told.case, told.book, on)
    check_road(road, expect)
    check_clocks(expect, road, on)
    check_next(told, expect, on)
    check_forecast(told, road, expect, on)
    check_contradiction(told, expect)


def check_book(told: Scenario) -> None:
    for row in told.expect.get("rules", ()):
        scope = only(row, "rule").get("scope", "central")
        found = told.book.all_on(row["rule"], row["on"], (scope,))
        if row.get("value") == "none":
            assert not found, (row["rule"], row["on"])
        else:
            check_entry(row, found[0] if found else None)
    for row in told.expect.get("regimes", ()):
        only(row, "regime")
        known = [one for one in told.book.regimes() if one.since <= row["on"]]
        assert (known[-1].code if known else "none") == row["code"]
        assert "settled" not in row or known[-1].settled is row["settled"]
    for row in told.expect.get("documents", ()):
        only(row, "documents")
        cites = told.book.regime(row["on"]).citations
        signed = {one.number for one in cites if one.signed_on <= row["on"]}
        assert set(row.get("not_yet", ())) <= {one.number for one in cites}
        assert set(row.get("signed", ())) <= signed
        assert not set(row.get("not_yet", ())) & signed


def check_void(told: Scenario) -> Scenario:
    """What declaring an act invalid brings about; returns the case as it is afterwards."""
    act = told.named(told.given["void"])
    try:
        effect = procedure.check_void(act.number, told.acts, told.case, told.book, told.on)
    except RuleError as refusal:
        check_refusal(told.expect, refusal)
        return told
    assert "refused" not in told.expect
    assert effect.step == told.expect["reopens"]
    assert told.names(effect.falls) == told.expect["falls"]
    assert told.names(effect.keeps) == told.expect["keeps"]
    gone = {effect.number, *effect.falls}
    return replace(
        told, acts=tuple(replace(a, voided=a.voided or a.number in gone) for a in told.acts)
    )


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_goes_as_the_field_says(path: Path) -> None:
    told = load(path)
    expect = only(told.expect, "of_act", "of_road", "of_void", "of_rules", "lists")
    assert ("void" in told.given) or not part(expect, "of_void"), "nothing is declared invalid"
    if "void" in told.given:
        assert set(part(expect, "of_act")) <= {"refused", "facts"}
        told = check_void(told)
    elif "new" in told.given and "tried" not in expect:
        check_act(told, {}, part(expect, "of_act"), told.on)
    else:
        assert not part(expect, "of_act"), "nothing new is told"
    for row in expect.get("tried", ()):
        only(row, "tried", "of_act")
        changes = {key: value for key, value in part(row, "tried").items() if key != "today"}
        today = row.get("today", row.get("on", told.on))
        check_act(told, changes, part(row, "of_act"), today)
    look(told, part(expect, "of_road"), told.on)
    for row in expect.get("looked", ()):
        look(told, part(row, "of_road"), row["on"])
        assert not set(row) - set(part(row, "of_road")) - {"on"}
    check_book(told)


@pytest.mark.parametrize("path", ROADS, ids=lambda path: path.stem)
def test_a_road_is_smooth(path: Path) -> None:
    """Every act of a named road is let through on its day, carries and is in time."""
    case, acts = road_of(path)
    book = rules.load()
    for position, act in enumerate(acts):
        today = act.received_on or act.on
        judgement = procedure.check(act, acts[:position], case, book, today)
        assert judgement.passed, name_of(act)
        assert judgement.late == (), name_of(act)
    assessing.check_facts(acts, case, book)
