"""One rule through time, and one value of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from donghanh.amendments import queries as amendments
from donghanh.domain.authority import Actor, require
from donghanh.domain.catalogue import Regime
from donghanh.domain.errors import RuleError
from donghanh.domain.rights import Right
from donghanh.domain.rules import Rulebook
from donghanh.domain.tables import RuleHead, Value
from donghanh.domain.timeline import CENTRAL, Confidence, Entry
from donghanh.domain.voting import Threshold
from donghanh.rulebook.queries.bites import Bite, bites, open_cases


class NoSuchValue(RuleError):
    """The rulebook has no such rule, or no such value of it."""

    code: ClassVar[str] = "rulebook.no_such_value"


@dataclass(frozen=True, slots=True)
class ValueLine:
    """
    One value in its line.

    Attributes:
        entry: The value.
        regime: The regime it belongs to.
        last_day: Last day in force; None while no later value is known.
        current: Whether it is in force on the day of the page.
    """

    entry: Entry[Value]
    regime: Regime
    last_day: date | None
    current: bool


@dataclass(frozen=True, slots=True)
class ScopeLine:
    """The values of one scope, newest first."""

    scope: str
    values: tuple[ValueLine, ...]


@dataclass(frozen=True, slots=True)
class RulePage:
    """
    One rule.

    Attributes:
        head: What it is.
        today: The day of the page.
        now: Its values in force on that day, central first.
        scopes: Every value it has had, has and will have, central first.
        bites: What uses it.
        cases: How many open cases in the reader's reach it sets something for; None for whom no
            case is open.
        keeps: Whether the reader may change it.
    """

    head: RuleHead
    today: date
    now: tuple[Entry[Value], ...]
    scopes: tuple[ScopeLine, ...]
    bites: tuple[Bite, ...]
    cases: int | None
    keeps: bool


def rule_page(actor: Actor, name: str, today: date) -> RulePage:
    """
    Return one rule through time.

    Raises:
        NotAllowed: The post does not read the rulebook.
        NoSuchValue: There is no such rule.
    """
    require(actor, Right.READ_RULES)
    book = amendments.current()
    if name not in book.contents.heads:
        raise NoSuchValue(rule=name)
    scopes = tuple(scope for scope in book.scopes() if book.ever(name, (scope,)))
    return RulePage(
        head=book.head(name),
        today=today,
        now=book.all_on(name, today, scopes),
        scopes=tuple(ScopeLine(scope, _values(book, name, scope, today)) for scope in scopes),
        bites=bites(book, name),
        cases=open_cases(actor, name, today),
        keeps=actor.may(Right.KEEP_RULES),
    )


def _values(book: Rulebook, name: str, scope: str, today: date) -> tuple[ValueLine, ...]:
    line = book.timeline(name, scope)
    current = line.find(today)
    found = []
    for entry in line.entries:
        until = line.until(entry)
        regime = next(one for one in book.regimes() if one.code == entry.regime)
        last = None if until is None else until - timedelta(days=1)
        found.append(ValueLine(entry, regime, last, entry is current))
    return tuple(reversed(found))


def value(actor: Actor, name: str, scope: str, since: date) -> Entry[Value]:
    """
    Return one value of the newest edition.

    Raises:
        NotAllowed: The post does not change rules.
        NoSuchValue: There is none of that rule, scope and day.
    """
    require(actor, Right.KEEP_RULES)
    book = amendments.current()
    found = book.timeline(name, scope).entries if book.ever(name, (scope,)) else ()
    for entry in found:
        if entry.since == since:
            return entry
    raise NoSuchValue(rule=name, scope=scope, since=since)


def value_start(actor: Actor, name: str, scope: str, since: str) -> dict[str, object]:
    """
    Return what a form for a value begins with: what is there on that day, in that scope.

    Args:
        actor: Who adds the value.
        name: The rule.
        scope: The scope; the central one where there is no such value.
        since: The day in ISO form; empty or no day for none.

    Raises:
        NotAllowed: The post does not change rules.
    """
    require(actor, Right.KEEP_RULES)
    start: dict[str, object] = {"scope": scope or CENTRAL}
    try:
        start["since"] = date.fromisoformat(since)
        entry = value(actor, name, scope or CENTRAL, date.fromisoformat(since))
    except (ValueError, NoSuchValue):
        return start
    said = entry.value
    if isinstance(said, Threshold):
        share = f"{said.numerator}/{said.denominator}"
        return {**start, "share": share, "strict": said.strict, "base": said.base.value}
    if isinstance(said, bool):
        return {**start, "value": "yes" if said else "no"}
    return {**start, "value": said}


@dataclass(frozen=True, slots=True)
class DoubtfulDocument:
    """
    The values of one document that await comparison, by rule, scope and day.

    ``found`` is False for what was set by us: there is no document to compare with.
    """

    document: str
    issuer: str
    signed_on: date
    values: tuple[ValueLine, ...]
    found: bool


@dataclass(frozen=True, slots=True)
class DoubtsPage:
    """
    What awaits comparison with the originals.

    Attributes:
        documents: The values, by the document they cite.
        carried: Those that a regime nobody has read carries on, by rule.
        settled: How many values need none.
        compared: How many of these an administrator has compared.
    """

    documents: tuple[DoubtfulDocument, ...]
    carried: tuple[ValueLine, ...]
    settled: int
    compared: int


def doubts_page(actor: Actor, today: date) -> DoubtsPage:
    """
    Return every value that nobody has compared with the original.

    Raises:
        NotAllowed: The post does not change rules.
    """
    require(actor, Right.KEEP_RULES)
    book = amendments.current()
    doubtful = [entry for entry in book.entries() if not entry.settled]
    every = {
        (line.entry.name, line.entry.scope, line.entry.since): line
        for name, scope in dict.fromkeys((entry.name, entry.scope) for entry in doubtful)
        for line in _values(book, name, scope, today)
    }
    marked = [every[entry.name, entry.scope, entry.since] for entry in doubtful]
    cited: dict[tuple[date, str, str], list[ValueLine]] = {}
    for line in marked:
        if not line.entry.carried:
            cited.setdefault(_key(line.entry), []).append(line)
    guessed = {Confidence.K, Confidence.N}
    read = {_key(entry) for entry in book.entries() if entry.cite.confidence not in guessed}
    documents = [
        DoubtfulDocument(number, issuer, signed_on, tuple(lines), _key(lines[0].entry) in read)
        for (signed_on, number, issuer), lines in sorted(cited.items(), reverse=True)
    ]
    settled = [entry for entry in book.entries() if entry.settled]
    return DoubtsPage(
        documents=tuple(sorted(documents, key=lambda one: not one.found)),
        carried=tuple(line for line in marked if line.entry.carried),
        settled=len(settled),
        compared=sum(entry.cite.checked_on is not None for entry in settled),
    )


def _key(entry: Entry[Value]) -> tuple[date, str, str]:
    return entry.cite.signed_on, entry.cite.number, entry.cite.issuer
