"""Writes what a rulebook is made from back as tables, in the form an amendment has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from donghanh.domain.calendar import CalendarYear
from donghanh.domain.catalogue import ClockRule, Regime, Start
from donghanh.domain.contents import Contents, carried
from donghanh.domain.tables import WHOLE_NUMBER_TO, Document, RuleHead, Value
from donghanh.domain.timeline import CENTRAL, Citation, Entry
from donghanh.domain.voting import Threshold

#: The tables of a TOML text: the only untyped thing here.
Tables = dict[str, Any]
Mark = tuple[str, str, object]


def tables_of(after: Contents, before: Contents | None = None) -> Tables:
    """
    Return the tables that make some contents out of others.

    Args:
        after: What is to be.
        before: What is there already; None writes everything. Nothing of it is ever left out.

    Returns:
        As ``amending.apply`` takes them: ``document``, ``regime``, ``rule``, ``calendar``,
        ``checked``; only those with something in them.
    """
    names = _Names(after.documents)
    rule, checked = _rules(after, before, names)
    found: Tables = {
        "document": {
            key: _document(one)
            for key, one in after.documents.items()
            if before is None or key not in before.documents
        },
        "regime": _regimes(after, before, names),
        "rule": rule,
        "calendar": _years(after, before, names),
        "checked": checked,
    }
    return {key: table for key, table in found.items() if table}


class _Names:
    """Finds the short name of the document that a citation names."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._known = {
            (one.issuer, one.number, one.signed_on): key for key, one in documents.items()
        }

    def of(self, cite: Citation) -> str:
        return self._known[cite.issuer, cite.number, cite.signed_on]

    def cited(self, cite: Citation) -> Tables:
        return {
            "doc": self.of(cite),
            "article": cite.article,
            "confidence": cite.confidence.value,
        }


def _document(one: Document) -> Tables:
    return {
        "issuer": one.issuer,
        "number": one.number,
        "signed_on": one.signed_on,
        "title_vi": one.title_vi,
    }


def _regimes(after: Contents, before: Contents | None, names: _Names) -> Tables:
    there = {} if before is None else {one.code: one for one in before.regimes}
    return {
        one.code: _regime(one, names, one.code in there)
        for one in after.regimes
        if one.code not in there or not _same_regime(one, there[one.code])
    }


def _same_regime(one: Regime, other: Regime) -> bool:
    return replace(one, edition=0) == replace(other, edition=0)


def _regime(one: Regime, names: _Names, takes_place: bool) -> Tables:
    table: Tables = {"replaces": True} if takes_place else {}
    return table | {
        "since": one.since,
        "title": one.title,
        "title_vi": one.title_vi,
        "confidence": one.citations[0].confidence.value,
        "documents": [names.of(cite) for cite in one.citations],
    }


def _rules(after: Contents, before: Contents | None, names: _Names) -> tuple[Tables, list[Tables]]:
    """Return the tables of the rules, and the values that are marked as compared."""
    known = {} if before is None else before.heads
    there = {} if before is None else {_mark(one): one for one in before.written}
    on_the_way = {} if before is None else _carried(before, after.regimes)
    rule: Tables = {}
    checked: list[Tables] = []
    for entry in sorted(after.written, key=_order):
        old = there.get(_mark(entry))
        stands = old or on_the_way.get(_mark(entry))
        if stands is None or not same_value(entry, stands):
            table = rule.setdefault(entry.name, _head(after.heads[entry.name], known))
            table.setdefault("entries", []).append(_entry(entry, names, old is not None))
        if entry.cite.checked_on is not None and (old is None or old.cite != entry.cite):
            checked.append(compared(entry))
    return rule, checked


def _carried(before: Contents, regimes: tuple[Regime, ...]) -> dict[Mark, Entry[Value]]:
    return {_mark(one): one for one in carried(before.written, regimes) if one.carried}


def _mark(entry: Entry[Value]) -> Mark:
    return entry.name, entry.scope, entry.since


def _order(entry: Entry[Value]) -> tuple[str, bool, str, object]:
    return entry.name, entry.scope != CENTRAL, entry.scope, entry.since


def same_value(one: Entry[Value], other: Entry[Value]) -> bool:
    """
    Tell whether two entries say the same out of the same place.

    Who compared it, whether it was carried and which amendment brought it do not matter.
    """
    return _said(one) == _said(other)


def _said(entry: Entry[Value]) -> tuple[object, ...]:
    cite = replace(entry.cite, checked_on=None, checked_by="")
    return entry.value, entry.since, entry.scope, entry.regime, entry.steady, cite


def _head(head: RuleHead, known: Mapping[str, RuleHead]) -> Tables:
    if head.name in known:
        return {}
    table: Tables = {"unit": head.unit, "title": head.title, "title_vi": head.title_vi}
    if head.choices:
        table["choices"] = list(head.choices)
    if head.most != WHOLE_NUMBER_TO:
        table["most"] = head.most
    return table | ({} if head.clock is None else _clock(head.clock))


def _clock(clock: ClockRule) -> Tables:
    table: Tables = {
        "kind": clock.kind.value,
        "steps": [step.value for step in clock.steps],
        "starts": clock.starts.value,
        "consequence_vi": clock.consequence_vi,
    }
    if clock.start is not Start.ACT:
        table["start"] = clock.start.value
    if clock.ends is not clock.steps[0]:
        table["ends"] = clock.ends.value
    if clock.forms:
        table["forms"] = list(clock.forms)
    if clock.extension is not None:
        table["extension"] = clock.extension
    if clock.by_consent:
        table["by_consent"] = True
    return table


def _entry(entry: Entry[Value], names: _Names, takes_place: bool) -> Tables:
    table: Tables = {"replaces": True} if takes_place else {}
    if entry.scope != CENTRAL:
        table["scope"] = entry.scope
    table |= {"regime": entry.regime, "since": entry.since, "value": _value(entry.value)}
    if entry.steady:
        table["steady"] = True
    return table | {"cite": names.cited(entry.cite)}


def _value(value: Value) -> object:
    if isinstance(value, Threshold):
        share = f"{value.numerator}/{value.denominator}"
        return {"share": share, "strict": value.strict, "base": value.base.value}
    return list(value) if isinstance(value, tuple) else value


def compared(entry: Entry[Value]) -> Tables:
    """Return the row of ``checked`` that says that a value was compared with the original."""
    scope = {} if entry.scope == CENTRAL else {"scope": entry.scope}
    return {"rule": entry.name, **scope, "since": entry.since, "value": _value(entry.value)}


def _years(after: Contents, before: Contents | None, names: _Names) -> Tables:
    there = {} if before is None else {one.year: one for one in before.years}
    return {
        str(one.year): _year(one, names, one.year in there)
        for one in after.years
        if there.get(one.year) != one
    }


def _year(one: CalendarYear, names: _Names, takes_place: bool) -> Tables:
    table: Tables = {"replaces": True} if takes_place else {}
    return table | {
        "off": [f"{day:%m-%d}" for day in sorted(one.off)],
        "worked": [f"{day:%m-%d}" for day in sorted(one.worked)],
        "cite": names.cited(one.cite),
    }
