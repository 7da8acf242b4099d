"""All that a rulebook is made from, and how values are carried into regimes nobody has read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

from donghanh.domain.calendar import CalendarYear
from donghanh.domain.catalogue import Regime
from donghanh.domain.cataloguing import Catalogue
from donghanh.domain.errors import RuleError
from donghanh.domain.reading import Table
from donghanh.domain.tables import Document, Row, RuleHead, Value
from donghanh.domain.timeline import Confidence, Entry, TwoValues


class UnknownRule(RuleError):
    """The rulebook has no rule of that name."""

    code: ClassVar[str] = "rules.unknown_rule"


class UnknownRegime(RuleError):
    """The rulebook has no regime of that code."""

    code: ClassVar[str] = "rules.unknown_regime"


class WrongKind(RuleError):
    """A rule was asked for as a number, text or share, and is another kind."""

    code: ClassVar[str] = "rules.wrong_kind"


@dataclass(frozen=True, slots=True)
class Contents:
    """
    What a rulebook is made from.

    Attributes:
        documents: By short name.
        regimes: Oldest first.
        heads: What each rule is, by name.
        written: Every value that somebody wrote; none that is only carried on.
        years: The calendar, oldest first.
        catalogue: Steps, turns, clocks and forms.
        indicators: The tables of the indicators, as ``indicators.load`` reads them.
    """

    documents: Mapping[str, Document]
    regimes: tuple[Regime, ...]
    heads: Mapping[str, RuleHead]
    written: tuple[Entry[Value], ...]
    years: tuple[CalendarYear, ...]
    catalogue: Catalogue
    indicators: tuple[Table, ...]


def written_with(before: Iterable[Entry[Value]], rows: Iterable[Row]) -> tuple[Entry[Value], ...]:
    """
    Return values with more rows among them.

    Args:
        before: The values so far.
        rows: New ones; one that ``replaces`` takes the place of the value of the same rule, scope
            and day.

    Raises:
        TwoValues: A row begins on the same day as another value of its rule and scope.
    """
    found = {_mark(entry): entry for entry in before}
    for row in rows:
        mark = _mark(row.entry)
        if mark in found and not row.replaces:
            name, scope, since = mark
            raise TwoValues(name=name, scope=scope, since=since, file=row.file, key=row.key)
        found[mark] = row.entry
    return tuple(found.values())


def _mark(entry: Entry[Value]) -> tuple[str, str, object]:
    return entry.name, entry.scope, entry.since


def carried(
    written: Iterable[Entry[Value]], regimes: tuple[Regime, ...]
) -> tuple[Entry[Value], ...]:
    """
    Return values with those carried into the regimes that begin without one of their own.

    A carried value is the same and never settled; a steady one stands above the regimes.

    Args:
        written: The values somebody wrote.
        regimes: Oldest first.
    """
    lines: dict[tuple[str, str], list[Entry[Value]]] = {}
    for entry in sorted(written, key=lambda one: one.since):
        lines.setdefault((entry.name, entry.scope), []).append(entry)
    found: list[Entry[Value]] = []
    for line in lines.values():
        steady = any(entry.steady for entry in line)
        found += line if steady else _filled(line, regimes)
    return tuple(found)


def _filled(line: list[Entry[Value]], regimes: tuple[Regime, ...]) -> list[Entry[Value]]:
    filled = list(line)
    begun = {entry.since for entry in line}
    for regime in regimes:
        earlier = [entry for entry in line if entry.since < regime.since]
        if not earlier or regime.since in begun:
            continue
        last = earlier[-1]
        cite = replace(last.cite, confidence=Confidence.N, checked_on=None, checked_by="")
        filled.append(
            replace(last, since=regime.since, regime=regime.code, cite=cite, carried=True)
        )
    return sorted(filled, key=lambda entry: entry.since)
