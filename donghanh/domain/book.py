"""One edition of the rules, ready to be asked for a day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from datetime import date, timedelta
from typing import TypeVar, cast

from donghanh.domain.acts import Branch, Step
from donghanh.domain.calendar import SchoolYear, Workdays
from donghanh.domain.catalogue import ClockRule, FormRule, Phase, Regime, StepRule
from donghanh.domain.cataloguing import Catalogue
from donghanh.domain.contents import Contents, UnknownRegime, UnknownRule, WrongKind, carried
from donghanh.domain.reading import Table
from donghanh.domain.tables import RuleHead, Value
from donghanh.domain.timeline import CENTRAL, Entry, NotInForce, Timeline
from donghanh.domain.voting import Threshold

T = TypeVar("T")
Entries = tuple[Entry[Value], ...]
#: The share a step's vote must reach, and every rule the step itself names.
StepEntries = tuple[Entry[Threshold] | None, tuple[Entry[object], ...]]

MOVES_CONSIDERATION = "graduation.moves_consideration"
NO_BRANCH: frozenset[Branch] = frozenset()


class Rulebook:
    """One edition of the rules, with the editions before it. It never changes."""

    __slots__ = (
        "_begins",
        "_clocks",
        "_earlier",
        "_entries",
        "_found",
        "_lines",
        "_numbers",
        "_plans",
        "_started",
        "_steps",
        "_workdays",
        "contents",
        "edition",
        "version",
    )

    def __init__(
        self, contents: Contents, version: str = "", earlier: tuple[Rulebook, ...] = ()
    ) -> None:
        """
        Lay the values out as one timeline per rule and scope.

        Args:
            contents: All that it is made from.
            version: Short hash of the data.
            earlier: The editions before it, from the shipped one on.

        Raises:
            TwoValues: One rule and scope has two values from the same day.
        """
        self.contents = contents
        self.version = version
        self.edition = len(earlier)
        self._earlier = earlier
        grouped: dict[tuple[str, str], list[Entry[Value]]] = {}
        for entry in carried(contents.written, contents.regimes):
            grouped.setdefault((entry.name, entry.scope), []).append(entry)
        self._lines = {key: Timeline(group) for key, group in sorted(grouped.items())}
        self._begins = sorted({one.since for line in self._lines.values() for one in line.entries})
        self._found: dict[tuple[int, tuple[str, ...]], Mapping[str, Entries]] = {}
        self._steps: dict[frozenset[Branch], tuple[StepRule, ...]] = {}
        self._clocks: dict[Step, tuple[ClockRule, ...]] = {}
        self._numbers: dict[tuple[str, int, tuple[str, ...]], tuple[Entry[int], ...]] = {}
        self._plans: dict[frozenset[Branch], tuple[tuple[StepRule, bool], ...]] = {}
        self._started: dict[Step, tuple[Step, ...]] = {}
        self._entries: dict[tuple[object, ...], StepEntries] = {}
        self._workdays = Workdays(contents.years)

    @property
    def editions(self) -> tuple[Rulebook, ...]:
        """Every edition up to this one, from the shipped one on."""
        return (*self._earlier, self)

    def at(self, edition: int | None) -> Rulebook:
        """Return the rulebook as it was in an edition; this one for None or a later number."""
        if edition is None or edition >= self.edition:
            return self
        return self._earlier[edition]

    def entries(self) -> Entries:
        """Return every entry: by rule, then scope with central first, then day."""
        keys = sorted(self._lines, key=lambda key: (key[0], key[1] != CENTRAL, key[1]))
        return tuple(entry for key in keys for entry in self._lines[key].entries)

    def names(self) -> tuple[str, ...]:
        """Return the name of every rule, in alphabetical order."""
        return tuple(sorted(self.contents.heads))

    def scopes(self) -> tuple[str, ...]:
        """Return every scope that sets a value, central first."""
        found = {scope for _, scope in self._lines}
        return tuple(sorted(found, key=lambda scope: (scope != CENTRAL, scope)))

    def head(self, name: str) -> RuleHead:
        """
        Return what a rule is.

        Raises:
            UnknownRule: There is no such rule.
        """
        if name not in self.contents.heads:
            raise UnknownRule(name=name, scope="")
        return self.contents.heads[name]

    def timeline(self, name: str, scope: str = CENTRAL) -> Timeline[Value]:
        """
        Return the values of one rule in one scope.

        Raises:
            UnknownRule: There is no such rule in that scope.
        """
        if (name, scope) not in self._lines:
            raise UnknownRule(name=name, scope=scope)
        return self._lines[name, scope]

    def all_on(self, name: str, day: date, scopes: tuple[str, ...] = (CENTRAL,)) -> Entries:
        """
        Return the entry of each scope that has one in force, in the order of ``scopes``.

        Args:
            name: The rule.
            day: The governing day.
            scopes: Central first, then narrower ones.

        Raises:
            UnknownRule: No scope at all knows the rule.
        """
        key = (self.segment(day), scopes)
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = self._in_force(day, scopes)
        if name not in found:
            raise UnknownRule(name=name, scope=",".join(scopes))
        return found[name]

    def _in_force(self, day: date, scopes: tuple[str, ...]) -> Mapping[str, Entries]:
        """Return what is in force on a day; the same until the next value of any rule begins."""
        return {
            name: tuple(
                entry
                for scope in scopes
                if (name, scope) in self._lines
                and (entry := self._lines[name, scope].find(day)) is not None
            )
            for name in self.contents.heads
        }

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
        return _last_as(self.all_on(name, day, scopes), int)

    def find_text(
        self, name: str, day: date, scopes: tuple[str, ...] = (CENTRAL,)
    ) -> Entry[str] | None:
        """Return the entry of a rule that is a choice, or None when none is in force."""
        return _last_as(self.all_on(name, day, scopes), str)

    def find_flag(
        self, name: str, day: date, scopes: tuple[str, ...] = (CENTRAL,)
    ) -> Entry[bool] | None:
        """Return the entry of a rule that is yes or no, or None when none is in force."""
        return _last_as(self.all_on(name, day, scopes), bool)

    def find_threshold(
        self, name: str, day: date, scopes: tuple[str, ...] = (CENTRAL,)
    ) -> Entry[Threshold] | None:
        """Return the entry of a rule that is a share, or None when none is in force."""
        return _last_as(self.all_on(name, day, scopes), Threshold)

    def find_reasons(
        self, name: str, day: date, scopes: tuple[str, ...] = (CENTRAL,)
    ) -> Entry[tuple[str, ...]] | None:
        """Return the entry of a rule that is a list, or None when none is in force."""
        found = _last_as(self.all_on(name, day, scopes), tuple)
        return cast("Entry[tuple[str, ...]] | None", found)

    def numbers_on(
        self, name: str, day: date, scopes: tuple[str, ...] = (CENTRAL,)
    ) -> tuple[Entry[int], ...]:
        """Return, as ``all_on``, the entries of a rule that is a number."""
        key = (name, self.segment(day), scopes)
        found = self._numbers.get(key)
        if found is None:
            every = self.all_on(name, day, scopes)
            found = self._numbers[key] = tuple(_as(entry, int) for entry in every)
        return found

    def regime(self, day: date) -> Regime:
        """
        Return the regime in force on a day.

        Raises:
            NotInForce: The day is before the first regime.
        """
        found = [regime for regime in self.contents.regimes if regime.since <= day]
        if not found:
            raise NotInForce(name="regime", day=day)
        return found[-1]

    def regimes(self) -> tuple[Regime, ...]:
        """Return every regime, oldest first."""
        return self.contents.regimes

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
        codes = [regime.code for regime in self.contents.regimes]
        if governed_by not in codes:
            raise UnknownRegime(code=governed_by)
        position = codes.index(governed_by)
        first = self.contents.regimes[position].since
        if position + 1 == len(codes):
            return max(day, first)
        last = self.contents.regimes[position + 1].since - timedelta(days=1)
        return min(max(day, first), last)

    @property
    def catalogue(self) -> Catalogue:
        """Steps, turns, clocks and forms."""
        return self.contents.catalogue

    def phases(self) -> tuple[Phase, ...]:
        """Return the phases in their order."""
        return tuple(self.catalogue.phases.values())

    def steps(self, branches: frozenset[Branch] = NO_BRANCH) -> tuple[StepRule, ...]:
        """Return the steps in their order, as they are done on some branches."""
        found = self._steps.get(branches)
        if found is None:
            found = tuple(rule.on(branches) for rule in self.catalogue.steps)
            self._steps[branches] = found
        return found

    def step(self, step: Step, branches: frozenset[Branch] = NO_BRANCH) -> StepRule:
        """Return the rules of one step of the road, as it is done on some branches."""
        return self.steps(branches)[self.catalogue.step(step).order - 1]

    def plan(self, branches: frozenset[Branch]) -> tuple[tuple[StepRule, bool], ...]:
        """Return the steps as they are done on some branches, and whether those leave them out."""
        found = self._plans.get(branches)
        if found is None:
            found = tuple((rule, rule.skipped_on(branches)) for rule in self.steps(branches))
            self._plans[branches] = found
        return found

    def clocks_of(self, step: Step) -> tuple[ClockRule, ...]:
        """Return the clocks that belong to a step."""
        found = self._clocks.get(step)
        if found is None:
            heads = self.contents.heads.values()
            rules = [head.clock for head in heads if head.clock is not None]
            found = tuple(rule for rule in rules if step in rule.steps)
            self._clocks[step] = found
        return found

    def segment(self, day: date) -> int:
        """Return a number that is the same for days between which no rule changes."""
        return bisect_right(self._begins, day)

    def first_day(self, segment: int) -> date:
        """Return a day on which the rules are those of a segment."""
        return self._begins[segment - 1] if segment else date.min

    def begins_after(self, day: date) -> date | None:
        """Return the first day after a day on which any rule of any edition has a new value."""
        found = (bisect_right(book._begins, day) for book in self.editions)
        later = [
            book._begins[place]
            for book, place in zip(self.editions, found, strict=True)
            if place < len(book._begins)
        ]
        return min(later, default=None)

    def entries_of(self, rule: StepRule, day: date, scopes: tuple[str, ...]) -> StepEntries:
        """
        Return the share a step's vote must reach on a day, and every rule the step names.

        Args:
            rule: The step, as it is done on its branches.
            day: The governing day.
            scopes: Whose rules apply, central first.
        """
        key = (rule.step, rule.threshold, self.segment(day), scopes)
        found = self._entries.get(key)
        if found is None:
            found = self._entries[key] = self._named_by(rule, day, scopes)
        return found

    def _named_by(self, rule: StepRule, day: date, scopes: tuple[str, ...]) -> StepEntries:
        share = self.find_threshold(rule.threshold, day, scopes) if rule.threshold else None
        named = (rule.minimum, rule.attempts, rule.only_where)
        names = [name for name in named if name is not None]
        names += [MOVES_CONSIDERATION] if rule.ends_at_graduation else []
        found = [self.all_on(name, day, scopes) for name in names]
        entries = tuple(cast("Entry[object]", one[-1]) for one in found if one)
        return share, entries if share is None else (cast("Entry[object]", share), *entries)

    def ever(self, name: str, scopes: tuple[str, ...]) -> bool:
        """Tell whether any of some scopes ever sets a rule."""
        return any((name, scope) in self._lines for scope in scopes)

    def started_by(self, step: Step) -> tuple[Step, ...]:
        """Return the steps that have a clock which an act of a step starts."""
        found = self._started.get(step)
        if found is None:
            clocks = [head.clock for head in self.contents.heads.values() if head.clock]
            awaited = [one for clock in clocks if clock.starts is step for one in clock.steps]
            found = self._started[step] = tuple(dict.fromkeys(awaited))
        return found

    def forms(self) -> tuple[FormRule, ...]:
        """Return the catalogue of forms, in the order they are shown."""
        return self.catalogue.forms

    def form(self, code: str, scopes: tuple[str, ...] = (CENTRAL,)) -> FormRule | None:
        """Return a form of the given scopes by its number, or None."""
        return self.catalogue.form(code, scopes)

    def papers_of(
        self,
        step: Step,
        scopes: tuple[str, ...] = (CENTRAL,),
        branches: frozenset[Branch] = NO_BRANCH,
    ) -> tuple[FormRule, ...]:
        """Return the papers a step asks for, in the order of the catalogue."""
        return self.catalogue.papers_of(step, scopes, branches)

    def workdays(self) -> Workdays:
        """Return the official calendar of working days."""
        return self._workdays

    def indicators(self) -> tuple[Table, ...]:
        """Return the tables of the indicators; ``indicators.load`` makes them of use."""
        return self.contents.indicators

    def school_year(self, day: date) -> SchoolYear:
        """Return the school year a day belongs to, by the rulebook's own first month."""
        entry = self.find_number("school_year.first_month", day)
        return SchoolYear.of(day) if entry is None else SchoolYear.of(day, entry.value)


def _last_as(found: Entries, kind: type[T]) -> Entry[T] | None:
    return _as(found[-1], kind) if found else None


def _as(entry: Entry[Value], kind: type[T]) -> Entry[T]:
    if not isinstance(entry.value, kind) or (kind is int and isinstance(entry.value, bool)):
        raise WrongKind(name=entry.name, wanted=kind.__name__)
    return cast("Entry[T]", entry)
