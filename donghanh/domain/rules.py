"""Reads rulebook/*.toml into timelines: the only file reading of the rules."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import ClassVar, cast

from donghanh.domain import tables
from donghanh.domain.acts import Step
from donghanh.domain.calendar import SchoolYear, Workdays
from donghanh.domain.catalogue import FormRule, Regime, StepRule
from donghanh.domain.errors import RuleError
from donghanh.domain.tables import Table, Value
from donghanh.domain.timeline import CENTRAL, Entry, NotInForce, Timeline
from donghanh.domain.voting import Threshold

RULE_FILES = ("deadlines.toml", "eligibility.toml", "handling.toml", "voting.toml")
OTHER_FILES = (
    "calendar.toml",
    "documents.toml",
    "forms.toml",
    "indicators.toml",
    "procedure.toml",
    "regimes.toml",
)
VERSION_LENGTH = 12


class UnknownRule(RuleError):
    """The rulebook has no rule of that name."""

    code: ClassVar[str] = "rules.unknown_rule"


class UnknownRegime(RuleError):
    """The rulebook has no regime of that code."""

    code: ClassVar[str] = "rules.unknown_regime"


class WrongKind(RuleError):
    """A rule was asked for as a number, text or share, and is another kind."""

    code: ClassVar[str] = "rules.wrong_kind"


class Rulebook:
    """Every rule, regime, step, form and day off, ready to be asked for a day."""

    __slots__ = (
        "_forms",
        "_indicators",
        "_lines",
        "_names",
        "_regimes",
        "_steps",
        "_workdays",
        "version",
    )

    version: str

    def __init__(
        self,
        entries: Iterable[Entry[Value]],
        regimes: Iterable[Regime],
        steps: Iterable[StepRule],
        forms: Iterable[FormRule],
        workdays: Workdays,
        indicators: tuple[Table, ...] = (),
        version: str = "",
    ) -> None:
        """
        Lay the entries out as one timeline per rule and scope.

        Args:
            entries: Values of the rules; where they come from does not matter.
            regimes: The regimes, in any order.
            steps: The steps, in any order.
            forms: The catalogue of forms, in the order they are shown.
            workdays: The official calendar.
            indicators: The tables of the indicators, as ``indicators.load`` reads them.
            version: Short hash of the data.

        Raises:
            TwoValues: One rule and scope has two values from the same day.
        """
        grouped: dict[tuple[str, str], list[Entry[Value]]] = {}
        for entry in entries:
            grouped.setdefault((entry.name, entry.scope), []).append(entry)
        self._lines = {key: Timeline(group) for key, group in grouped.items()}
        self._names = frozenset(name for name, _ in grouped)
        self._regimes = tuple(sorted(regimes, key=lambda regime: regime.since))
        self._steps = tuple(sorted(steps, key=lambda rule: rule.order))
        self._forms = tuple(forms)
        self._workdays = workdays
        self._indicators = indicators
        self.version = version

    def with_entries(self, extra: Iterable[Entry[Value]]) -> Rulebook:
        """
        Return the same rulebook with more entries, such as those an administrator typed.

        Args:
            extra: Entries of the same shape as the shipped ones.

        Raises:
            TwoValues: An entry begins on the same day as another of its rule and scope.
        """
        added = tuple(extra)
        marks = [str(sorted(entry.record().items())).encode() for entry in added]
        version = self.version if not added else _short_hash([self.version.encode(), *marks])
        entries = (*self.entries(), *added)
        return Rulebook(
            entries,
            self._regimes,
            self._steps,
            self._forms,
            self._workdays,
            self._indicators,
            version,
        )

    def entries(self) -> tuple[Entry[Value], ...]:
        """Return every entry: by rule, then scope with central first, then day."""
        keys = sorted(self._lines, key=lambda key: (key[0], key[1] != CENTRAL, key[1]))
        return tuple(entry for key in keys for entry in self._lines[key].entries)

    def names(self) -> tuple[str, ...]:
        """Return the name of every rule, in alphabetical order."""
        return tuple(sorted(self._names))

    def timeline(self, name: str, scope: str = CENTRAL) -> Timeline[Value]:
        """
        Return the values of one rule in one scope.

        Raises:
            UnknownRule: There is no such rule in that scope.
        """
        if (name, scope) not in self._lines:
            raise UnknownRule(name=name, scope=scope)
        return self._lines[name, scope]

    def all_on(
        self, name: str, day: date, scopes: tuple[str, ...] = (CENTRAL,)
    ) -> tuple[Entry[Value], ...]:
        """
        Return the entry of each scope that has one in force, in the order of ``scopes``.

        Args:
            name: The rule.
            day: The governing day.
            scopes: Central first, then narrower ones.

        Raises:
            UnknownRule: No scope at all knows the rule.
        """
        if name not in self._names:
            raise UnknownRule(name=name, scope=",".join(scopes))
        lines = [self._lines[name, scope] for scope in scopes if (name, scope) in self._lines]
        found = [line.find(day) for line in lines]
        return tuple(entry for entry in found if entry is not None)

    def on(self, name: str, day: date, scopes: tuple[str, ...] = (CENTRAL,)) -> Entry[Value]:
        """
        Return the entry in force of the narrowest scope that has one.

        Args:
            name: The rule.
            day: The governing day.
            scopes: Central first, then narrower ones; the last with an entry wins. Ask with
                the default alone to decide a violation.

        Raises:
            UnknownRule: No scope at all knows the rule.
            NotInForce: None is in force yet on the day.
        """
        found = self.all_on(name, day, scopes)
        if not found:
            raise NotInForce(name=name, day=day)
        return found[-1]

    def find_number(
        self, name: str, day: date, scopes: tuple[str, ...] = (CENTRAL,)
    ) -> Entry[int] | None:
        """Return the entry of a rule that is a number, or None when none is in force."""
        found = self.all_on(name, day, scopes)
        return _as_number(found[-1]) if found else None

    def find_text(
        self, name: str, day: date, scopes: tuple[str, ...] = (CENTRAL,)
    ) -> Entry[str] | None:
        """Return the entry of a rule that is a choice, or None when none is in force."""
        found = self.all_on(name, day, scopes)
        if not found:
            return None
        if not isinstance(found[-1].value, str):
            raise WrongKind(name=name, wanted="choice")
        return cast("Entry[str]", found[-1])

    def find_flag(
        self, name: str, day: date, scopes: tuple[str, ...] = (CENTRAL,)
    ) -> Entry[bool] | None:
        """Return the entry of a rule that is yes or no, or None when none is in force."""
        found = self.all_on(name, day, scopes)
        if not found:
            return None
        if not isinstance(found[-1].value, bool):
            raise WrongKind(name=name, wanted="flag")
        return cast("Entry[bool]", found[-1])

    def find_threshold(
        self, name: str, day: date, scopes: tuple[str, ...] = (CENTRAL,)
    ) -> Entry[Threshold] | None:
        """Return the entry of a rule that is a share, or None when none is in force."""
        found = self.all_on(name, day, scopes)
        if not found:
            return None
        if not isinstance(found[-1].value, Threshold):
            raise WrongKind(name=name, wanted="threshold")
        return cast("Entry[Threshold]", found[-1])

    def numbers_on(
        self, name: str, day: date, scopes: tuple[str, ...] = (CENTRAL,)
    ) -> tuple[Entry[int], ...]:
        """Return, as ``all_on``, the entries of a rule that is a number."""
        return tuple(_as_number(entry) for entry in self.all_on(name, day, scopes))

    def regime(self, day: date) -> Regime:
        """
        Return the regime in force on a day.

        Raises:
            NotInForce: The day is before the first regime.
        """
        found = [regime for regime in self._regimes if regime.since <= day]
        if not found:
            raise NotInForce(name="regime", day=day)
        return found[-1]

    def regimes(self) -> tuple[Regime, ...]:
        """Return every regime, oldest first."""
        return self._regimes

    def governing_day(self, day: date, governed_by: str | None) -> date:
        """
        Return the day to ask the rules for.

        Args:
            day: The day of the act.
            governed_by: Code of the regime a person chose; None for the day's own.

        Returns:
            The day itself when it lies inside the chosen regime; otherwise the nearest day
            that does.

        Raises:
            UnknownRegime: There is no such regime.
        """
        if governed_by is None:
            return day
        codes = [regime.code for regime in self._regimes]
        if governed_by not in codes:
            raise UnknownRegime(code=governed_by)
        position = codes.index(governed_by)
        first = self._regimes[position].since
        if position + 1 == len(codes):
            return max(day, first)
        last = self._regimes[position + 1].since - timedelta(days=1)
        return min(max(day, first), last)

    def steps(self) -> tuple[StepRule, ...]:
        """Return the steps in their order."""
        return self._steps

    def step(self, step: Step) -> StepRule:
        """Return the rules of one step."""
        return next(rule for rule in self._steps if rule.step is step)

    def forms(self) -> tuple[FormRule, ...]:
        """Return the catalogue of forms, in the order they are shown."""
        return self._forms

    def form(self, code: str, scopes: tuple[str, ...] = (CENTRAL,)) -> FormRule | None:
        """Return a form of the given scopes by its number, or None."""
        found = [rule for rule in self._forms if rule.code == code and rule.scope in scopes]
        return found[-1] if found else None

    def papers_of(self, step: Step, scopes: tuple[str, ...] = (CENTRAL,)) -> tuple[FormRule, ...]:
        """Return the papers of their own a step asks for, in the order of the catalogue."""
        return tuple(
            rule
            for rule in self._forms
            if rule.step is step and not rule.is_act and rule.scope in scopes
        )

    def workdays(self) -> Workdays:
        """Return the official calendar of working days."""
        return self._workdays

    def indicators(self) -> tuple[Table, ...]:
        """Return the tables of the indicators; ``indicators.load`` makes them of use."""
        return self._indicators

    def school_year(self, day: date) -> SchoolYear:
        """Return the school year a day belongs to, by the rulebook's own first month."""
        entry = self.find_number("school_year_first_month", day)
        return SchoolYear.of(day) if entry is None else SchoolYear.of(day, entry.value)


def _as_number(entry: Entry[Value]) -> Entry[int]:
    if isinstance(entry.value, bool) or not isinstance(entry.value, int):
        raise WrongKind(name=entry.name, wanted="number")
    return cast("Entry[int]", entry)


def _short_hash(parts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.hexdigest()[:VERSION_LENGTH]


@cache
def load() -> Rulebook:
    """
    Return the shipped rulebook, read once.

    Raises:
        TwoValues: One rule and scope has two values from the same day.

    >>> load().regime(date(2024, 4, 1)).code
    'R1'
    """
    folder = files("donghanh.domain") / "rulebook"
    raw = {name: (folder / name).read_bytes() for name in sorted((*RULE_FILES, *OTHER_FILES))}
    read = {name: tomllib.loads(data.decode()) for name, data in raw.items()}
    documents = read["documents.toml"]
    regimes = tables.regimes(read["regimes.toml"], documents)
    entries = [
        entry for name in RULE_FILES for entry in tables.entries(read[name], documents, regimes)
    ]
    return Rulebook(
        entries,
        regimes,
        tables.steps(read["procedure.toml"], documents),
        tables.forms(read["forms.toml"], documents),
        tables.workdays(read["calendar.toml"], documents),
        tuple({"code": code, **table} for code, table in read["indicators.toml"].items()),
        _short_hash(part for name, data in raw.items() for part in (name.encode(), data)),
    )
