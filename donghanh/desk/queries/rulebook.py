"""The rules in force on a day, as a page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from donghanh.domain import rules
from donghanh.domain.authority import Actor, Right, require
from donghanh.domain.catalogue import Regime, StepRule
from donghanh.domain.timeline import CENTRAL, Entry


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule on a day: the central value, and the stricter ones of narrower scopes."""

    central: Entry[object] | None
    local: tuple[Entry[object], ...]

    @property
    def title(self) -> str:
        """Return what the rule is about, in Vietnamese."""
        return self.shown[0].title_vi

    @property
    def shown(self) -> tuple[Entry[object], ...]:
        """Return the entries in force, central first."""
        return (self.central, *self.local) if self.central else self.local


@dataclass(frozen=True, slots=True)
class RulePage:
    """The rulebook on a day."""

    day: date
    regime: Regime
    regimes: tuple[Regime, ...]
    steps: tuple[StepRule, ...]
    lines: tuple[RuleLine, ...]
    version: str


def rulebook(actor: Actor, day: date) -> RulePage:
    """
    Return the rules in force on a day: one line per rule, in alphabetical order of its title.

    A day before the first regime shows the first day of that regime.

    Raises:
        NotAllowed: The post does not read the rulebook.
    """
    require(actor, Right.READ_RULES)
    book = rules.load()
    shown = max(day, book.regimes()[0].since)
    lines = []
    for name, group in groupby(book.entries(), key=lambda entry: entry.name):
        scopes = dict.fromkeys(entry.scope for entry in group)
        found = [book.timeline(name, scope).find(shown) for scope in scopes]
        entries = tuple(entry for entry in found if entry is not None)
        if entries:
            central = next((entry for entry in entries if entry.scope == CENTRAL), None)
            lines.append(RuleLine(central, tuple(one for one in entries if one is not central)))
    return RulePage(
        day=shown,
        regime=book.regime(shown),
        regimes=book.regimes(),
        steps=book.steps(),
        lines=tuple(sorted(lines, key=lambda line: (line.title, line.shown[0].name))),
        version=book.version,
    )
