"""The targets of a school year as one unit sees them: its own, those below it, and what is left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from donghanh.amendments import queries as amendments
from donghanh.directives.models import UnitTarget
from donghanh.domain import indicators, names, targets
from donghanh.domain.authority import Actor, require
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.indicators import Indicator
from donghanh.domain.rights import FROM_THE_LIST, Right, Role
from donghanh.domain.structure import Line
from donghanh.domain.succession import View
from donghanh.organisation import queries as organisation
from donghanh.organisation.queries import UnitFacts
from donghanh.targets.models import Target
from donghanh.targets.queries import results, words
from donghanh.targets.queries.placing import Placed, place, place_own
from donghanh.targets.queries.results import Done
from donghanh.targets.queries.trees import Tree
from donghanh.targets.queries.words import Words

#: The posts that look at the units below their own; the others look at their school.
_LOOK_DOWN = frozenset({Role.OFFICER, Role.LEADER, Role.COMMITTEE, Role.BOARD, Role.UPPER_UNION})


@dataclass(frozen=True, slots=True)
class UnitLine:
    """
    One unit: what is asked of it, what it has shared out, what it has done.

    Attributes:
        unit_id: The unit.
        name: As it is called on the day looked at; one that has ended as it was called last.
        short_name: The same, short.
        was: Names of the units it carries on whose targets are in its own.
        carried: Their ids.
        amount: The target that holds; ``None``: none was given.
        said: How many letters and decisions stand behind it.
        shared: What it has given to the units below it; ``None``: nothing.
        result: What has been done.
        at_cutoff: The same on the day reports are counted to; ``None``: to come, or unknown.
        ahead: For how many it can still be done in time; ``None``: too few to be told.
        alone: It has ended and stands alone in this view.
        whole: It is the unit that looks: its numbers are those of all below it.
    """

    unit_id: int
    name: str
    short_name: str
    was: tuple[str, ...]
    carried: tuple[int, ...]
    amount: int | None
    said: int
    shared: int | None
    result: int
    at_cutoff: int | None
    ahead: int | None
    alone: bool = False
    whole: bool = False

    @property
    def rest(self) -> int | None:
        """Return how many of its target it has not shared out; below nought: too many."""
        if self.amount is None or self.shared is None:
            return None
        return self.amount - self.shared

    @property
    def share(self) -> Fraction | None:
        """Return the share of the target that is reached; ``None`` without a target."""
        return Fraction(self.result, self.amount) if self.amount else None

    @property
    def forecast(self) -> int | None:
        """Return what can be reached as far as dates tell; ``None``: too few to be told."""
        return None if self.ahead is None else self.result + self.ahead

    @property
    def order(self) -> tuple[str, int]:
        """Return what lists are sorted by: the name in Vietnamese order, then the id."""
        return names.title_key(self.name), self.unit_id


@dataclass(frozen=True, slots=True)
class Plan:
    """
    The targets of one figure and school year as one unit sees them.

    Attributes:
        year: The school year.
        years: Those that can be looked at, newest first.
        indicator: The figure.
        choices: The figures units can be asked for.
        view: By which structure.
        line: Along which line it shares out; ``None``: it looks at its own school only.
        own: The unit that looks, with all below it; ``None``: it looks at its own school only.
        rows: The units directly below, or those of the school, by name.
        cutoff: The day reports are counted to, where it is known.
        may_share: Whether the post shares out.
        from_above: Whether a unit above has decided what is asked of the own unit.
        digest: What tells this state of the targets apart.
        today: The day looked at.
    """

    year: SchoolYear
    years: tuple[str, ...]
    indicator: Indicator
    choices: tuple[Indicator, ...]
    view: View
    line: Line | None
    own: UnitLine | None
    rows: tuple[UnitLine, ...]
    cutoff: date | None
    may_share: bool
    from_above: bool
    digest: str
    today: date

    @property
    def shared(self) -> int:
        """Return what the units below are asked for together."""
        return sum(row.amount or 0 for row in self.rows)

    @property
    def rest(self) -> int | None:
        """Return how many are not shared out; below nought: too many; ``None``: no target."""
        if self.own is None or self.own.amount is None:
            return None
        return self.own.amount - self.shared

    @property
    def over(self) -> int:
        """Return by how many more than its own target it has shared out."""
        return max(0, -(self.rest or 0))

    @property
    def result(self) -> int:
        """Return what has been done by all units in the list together."""
        return sum(row.result for row in self.rows)

    @property
    def at_cutoff(self) -> int | None:
        """Return what had been done by the cut-off by all together; ``None``: to come."""
        known = [row.at_cutoff for row in self.rows if row.at_cutoff is not None]
        return sum(known) if known else None

    @property
    def forecast(self) -> int | None:
        """Return the sum of the forecasts; ``None`` where one of them may not be told."""
        told = [row.forecast for row in self.rows]
        return None if None in told else sum(one for one in told if one is not None)

    @property
    def passed(self) -> bool:
        """Tell whether the cut-off has passed."""
        return self.cutoff is not None and self.cutoff < self.today

    @property
    def longest(self) -> int:
        """Return the largest target or result of a row, for bars of one scale; at least 1."""
        return max([1, *(max(row.amount or 0, row.result) for row in self.rows)])

    @property
    def share(self) -> Fraction | None:
        """Return which share of what was asked is done; ``None`` without a target."""
        return Fraction(self.result, self.shared) if self.shared else None


class NoSuchFigure(LookupError):
    """No figure of this code that units can be asked for."""


def askable() -> tuple[tuple[Indicator, ...], str]:
    """Return the figures units can be asked for, the usual one first, and its code."""
    known = indicators.load(amendments.current())
    answers = next(one.code for one in known if one.answers_target)
    asked = [one for one in known if targets.may_be_asked(one)]
    return tuple(sorted(asked, key=lambda one: (one.code != answers, one.order))), answers


def plan(actor: Actor, school_year: str, code: str, today: date, view: View = View.BRIDGED) -> Plan:
    """
    Return the targets of a school year as the actor's unit sees them; statements are fixed.

    Args:
        actor: Who looks.
        school_year: Such as "2026-2027".
        code: The figure; empty for the one letters ask for.
        today: The day (Asia/Ho_Chi_Minh).
        view: By which structure units that were reorganised are counted.

    Raises:
        NotAllowed: The post reads no figures.
        BadSchoolYear: The year is not two years that follow each other.
        NoSuchFigure: Units cannot be asked for it.
    """
    require(actor, Right.READ_FIGURES)
    choices, answers = askable()
    indicator = next((one for one in choices if one.code == (code or answers)), None)
    if indicator is None:
        raise NoSuchFigure(code)
    year = SchoolYear.from_key(school_year)
    cutoff = results.cutoff_of(year)
    done = results.done_by(actor.schools, indicator, year, cutoff, today)
    said = words.said_about(None, indicator.code, year.key, answers)
    tree = tree_of(actor, view, min(today, year.last_day) if view is View.AS_WAS else today)
    looks_down = tree is not None
    placed = place(tree, said, done) if tree else place_own(actor, said, done)
    told = _Telling(placed, organisation.known_as(placed.named, tree.day if tree else today), actor)
    rows = sorted(map(told.line, placed.rows), key=lambda row: row.order)
    may_share = looks_down and actor.may(Right.SHARE_TARGETS) and targets.is_open(year, today)
    return Plan(
        year=year,
        years=_years(year.key, today),
        indicator=indicator,
        choices=choices,
        view=view,
        line=tree.line if tree else None,
        own=_whole(told.line(placed.top), rows) if looks_down else None,
        rows=tuple(rows),
        cutoff=cutoff,
        may_share=may_share and view is View.BRIDGED,
        from_above=_from_above(actor, said),
        digest=words.digest_of({*placed.rows, placed.top}, said),
        today=today,
    )


def tree_of(actor: Actor, view: View, day: date) -> Tree | None:
    """Return the units below an actor's own; ``None`` for who looks at the own school only."""
    if actor.post.role not in _LOOK_DOWN:
        return None
    world = organisation.world()
    version = world.version_on(actor.post.unit_id, day)
    line = targets.line_of(version.kind) if version else None
    return Tree(world, actor.post.unit_id, line, view, day) if line else None


@dataclass(frozen=True, slots=True)
class _Telling:
    """Makes lines of what was placed, in the words of a day."""

    placed: Placed
    known: Mapping[int, UnitFacts]
    actor: Actor

    def line(self, unit: int) -> UnitLine:
        """Return the line of one unit."""
        placed, known = self.placed, self.known.get(unit)
        done = placed.done.get(unit, Done(0, None, 0))
        sees = self.actor.may(Right.READ_CASES) and self.actor.post.role not in FROM_THE_LIST
        return UnitLine(
            unit_id=unit,
            name=known.name if known else f"#{unit}",
            short_name=known.short_name if known else f"#{unit}",
            was=tuple(
                sorted(self.known[one].name for one in placed.was(unit) if one in self.known)
            ),
            carried=placed.was(unit),
            amount=placed.amount(unit),
            said=placed.said(unit),
            shared=placed.shared.get(unit),
            result=done.result,
            at_cutoff=done.at_cutoff,
            ahead=targets.told(done.ahead, sees_cases=sees),
            alone=unit in placed.alone,
        )


def _whole(own: UnitLine, rows: list[UnitLine]) -> UnitLine:
    """Return the line of all below: without a forecast where one of its parts is not told."""
    told = all(row.ahead is not None for row in rows)
    return replace(own, ahead=own.ahead if told else None, whole=True)


def _from_above(actor: Actor, said: Words) -> bool:
    """Tell whether a unit above has decided the target of the actor's own unit."""
    decided = [word.decision for word in said.get(actor.post.unit_id, ()) if word.decision]
    return bool(decided) and decided[-1].given_by_id != actor.post.unit_id


def _years(key: str, today: date) -> tuple[str, ...]:
    """Return the school years there are targets in, the present and the next, newest first."""
    this = SchoolYear.of(today)
    asked = UnitTarget.objects.filter(directive__status="issued").values_list("school_year")
    decided = Target.objects.values_list("school_year")
    found = {year for (year,) in asked.union(decided)}
    return tuple(sorted({*found, key, this.key, SchoolYear.of(this.until).key}, reverse=True))
