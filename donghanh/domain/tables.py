"""Turns the tables of the rulebook into entries, regimes, steps, forms and days off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from donghanh.domain.acts import Step
from donghanh.domain.calendar import CalendarYear, Workdays
from donghanh.domain.catalogue import DueRule, FormRule, Regime, StepRule
from donghanh.domain.timeline import CENTRAL, Citation, Confidence, Entry
from donghanh.domain.voting import Base, Threshold

Table = Mapping[str, Any]  # one table of a TOML file: the only untyped thing here
Value = int | str | bool | Threshold
Documents = Mapping[str, Table]


def citation(cite: Table, documents: Documents) -> Citation:
    """
    Return the full citation of a short one.

    Args:
        cite: ``doc``, ``article``, ``confidence`` and, once compared, ``checked_on``.
        documents: The table of documents, by short name.
    """
    document = documents[cite["doc"]]
    return Citation(
        issuer=document["issuer"],
        number=document["number"],
        signed_on=document["signed_on"],
        article=cite["article"],
        confidence=Confidence(cite["confidence"]),
        checked_on=cite.get("checked_on"),
    )


def regimes(tables: Table, documents: Documents) -> tuple[Regime, ...]:
    """Return the regimes, oldest first."""
    found = []
    for code, table in tables.items():
        confidence = table["confidence"]
        cites = [
            citation({"doc": doc, "article": "", "confidence": confidence}, documents)
            for doc in table["documents"]
        ]
        found.append(
            Regime(
                code=code,
                since=table["since"],
                citations=tuple(cites),
                title_vi=table["title_vi"],
                title=table["title"],
                settled=cites[0].settled,
            )
        )
    return tuple(sorted(found, key=lambda regime: regime.since))


def _value(raw: int | str | bool | Table) -> Value:
    if isinstance(raw, Mapping):
        numerator, _, denominator = raw["share"].partition("/")
        return Threshold(int(numerator), int(denominator), raw["strict"], Base(raw["base"]))
    return raw


def entries(
    rules: Table, documents: Documents, order: tuple[Regime, ...]
) -> tuple[Entry[Value], ...]:
    """
    Return every value of every rule, with the unconfirmed ones carried into later regimes.

    Args:
        rules: One table per rule, as in rulebook/deadlines.toml.
        documents: The table of documents, by short name.
        order: The regimes, oldest first.
    """
    starts = {regime.code: regime.since for regime in order}
    found: list[Entry[Value]] = []
    for name, rule in rules.items():
        written: dict[str, list[Entry[Value]]] = {}
        steady = set[str]()
        for row in rule["entries"]:
            entry = Entry(
                name=name,
                value=_value(row["value"]),
                since=row.get("since", starts[row["regime"]]),
                scope=row.get("scope", CENTRAL),
                cite=citation(row["cite"], documents),
                regime=row["regime"],
                unit=rule["unit"],
                title=rule["title"],
                title_vi=rule["title_vi"],
            )
            written.setdefault(entry.scope, []).append(entry)
            if row.get("steady", False):
                steady.add(entry.scope)
        for scope, line in written.items():
            found += line if scope in steady else _carried(line, order)
    return tuple(found)


def _carried(line: list[Entry[Value]], order: tuple[Regime, ...]) -> list[Entry[Value]]:
    """Carry each value into the regimes that nobody has read: the same value, never settled."""
    by_regime = {entry.regime: entry for entry in line}
    filled: list[Entry[Value]] = []
    for regime in order:
        if regime.code in by_regime:
            filled.append(by_regime[regime.code])
        elif filled:
            last = filled[-1]
            cite = replace(last.cite, confidence=Confidence.N, checked_on=None)
            filled.append(
                replace(last, since=regime.since, regime=regime.code, cite=cite, carried=True)
            )
    return filled


def steps(tables: Table, documents: Documents) -> tuple[StepRule, ...]:
    """Return the steps, in the order they are written."""
    return tuple(
        StepRule(
            step=Step(code),
            order=order,
            actor=table["actor"],
            title=table["title"],
            title_vi=table["title_vi"],
            short_vi=table["short_vi"],
            body_vi=table["body_vi"],
            form=table.get("form"),
            threshold=table.get("threshold"),
            minimum=table.get("minimum"),
            vote=table.get("vote", "none"),
            dues=tuple(_due(row) for row in table.get("dues", ())),
            decides=table.get("decides", False),
            needs_base_committee=table.get("needs_base_committee", False),
            ends_at_graduation=table.get("ends_at_graduation", False),
            judges_person=table.get("judges_person", False),
            waits_for_probation=table.get("waits_for_probation", False),
            falls=tuple(Step(step) for step in table["falls"]),
            cite=citation(table["cite"], documents),
        )
        for order, (code, table) in enumerate(tables.items(), start=1)
    )


def _due(row: Table) -> DueRule:
    return DueRule(
        rule=row["rule"],
        extension=row.get("extension"),
        after=Step(row["after"]),
        start=row.get("start", "act"),
        papers=tuple(row.get("papers", ())),
    )


def forms(tables: Table, documents: Documents) -> tuple[FormRule, ...]:
    """Return the catalogue of forms, in the order it is written."""
    return tuple(
        FormRule(
            code=code,
            title=table["title"],
            title_vi=table["title_vi"],
            signer_vi=table["signer_vi"],
            step=Step(table["step"]),
            is_act=table.get("is_act", False),
            required=table.get("required", False),
            required_if=table.get("required_if"),
            not_later_than=table.get("not_later_than"),
            opens_dossier=table.get("opens_dossier", False),
            redo_when_aged=table.get("redo_when_aged", False),
            scope=table.get("scope", CENTRAL),
            cite=citation(table["cite"], documents),
        )
        for code, table in tables.items()
    )


def workdays(tables: Table, documents: Documents) -> Workdays:
    """Return the calendar of working days; days are written ``MM-DD`` under their year."""
    return Workdays(
        CalendarYear(
            year=int(year),
            off=_days(year, table["off"]),
            worked=_days(year, table["worked"]),
            cite=citation(table["cite"], documents),
        )
        for year, table in tables.items()
    )


def _days(year: str, written: Iterable[str]) -> frozenset[date]:
    return frozenset(date.fromisoformat(f"{year}-{day}") for day in written)
