"""What an operation does to the world, worked out before anything is done; and the way back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from donghanh.domain.structure import Line, party_code
from donghanh.domain.succession import checking
from donghanh.domain.succession.checking import Plan
from donghanh.domain.succession.operations import (
    ChangeKind,
    ChangesLater,
    Circle,
    Close,
    Dissolve,
    Found,
    IntoItself,
    LeftBehind,
    Merge,
    Move,
    NoDecision,
    NothingChanges,
    NotThen,
    Operation,
    Part,
    Rename,
    Split,
    TwiceOnOneDay,
)
from donghanh.domain.succession.world import Edge, Key, Period, Tie, Version, World


@dataclass(slots=True)
class _Draft:
    """The world as it is being changed; private to this module."""

    world: World
    on: date
    versions: dict[int, tuple[Version, ...]] = field(default_factory=dict)
    ties: dict[Key, tuple[Tie, ...]] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)
    ended: set[int] = field(default_factory=set)

    def versions_of(self, unit: int) -> tuple[Version, ...]:
        return self.versions.get(unit, self.world.versions.get(unit, ()))

    def version(self, unit: int) -> Version:
        """Return what a unit is on the day; refuse where it does not exist then."""
        for one in self.versions_of(unit):
            if one.period.holds(self.on):
                return one
        raise NotThen(unit=unit, on=self.on)

    def revise(self, unit: int, new: Version) -> None:
        """Let a unit be something else from the day to the end of its present version."""
        old = self.version(unit)
        if replace(new, period=old.period) == old:
            raise NothingChanges(unit=unit)
        begun = replace(new, period=Period(self.on, old.period.until))
        rows: list[Version] = []
        for one in self.versions_of(unit):
            if one is not old:
                rows.append(one)
                continue
            if old.period.since < self.on:
                rows.append(replace(old, period=Period(old.period.since, self.on)))
            rows.append(begun)
        self.versions[unit] = tuple(rows)

    def end(self, unit: int) -> None:
        """Let a unit end on the day with its own ties; refuse where it changes afterwards."""
        old = self.version(unit)
        if old.period.until is not None or old.period.since == self.on:
            raise ChangesLater(unit=unit, on=old.period.until or self.on)
        self.versions[unit] = (
            *self.versions_of(unit)[:-1],
            replace(old, period=Period(old.period.since, self.on)),
        )
        for line in Line:
            rows = self.ties.get((unit, line), self.world.ties.get((unit, line), ()))
            if rows:
                self.ties[unit, line] = _before(rows, self.on)
        self.ended.add(unit)

    def below(self, unit: int) -> list[Key]:
        """Return the children, with the line, that hang under a unit on the day or later."""
        keys = {**self.world.ties, **self.ties}
        return [
            key
            for key, ties in keys.items()
            if any(tie.parent == unit and tie.period.reaches(self.on) for tie in ties)
        ]

    def place(self, key: Key, old: int, parent: int) -> None:
        """Let a child stand under another wherever it stood under ``old`` from the day on."""
        rows: list[Tie] = []
        for tie in self.ties.get(key, self.world.ties.get(key, ())):
            if tie.parent != old or not tie.period.reaches(self.on):
                rows.append(tie)
                continue
            if tie.period.since < self.on:
                rows.append(replace(tie, period=Period(tie.period.since, self.on)))
            rest = Period(max(self.on, tie.period.since), tie.period.until)
            rows.append(replace(tie, parent=parent, period=rest))
        self.ties[key] = tuple(rows)

    def finished(self, operation: Operation) -> Plan:
        return Plan(
            operation,
            {
                unit: (self.world.versions.get(unit, ()), rows)
                for unit, rows in self.versions.items()
            },
            {key: (self.world.ties.get(key, ()), rows) for key, rows in self.ties.items()},
            tuple(self.edges),
            frozenset(self.ended),
        )


def plan(world: World, operation: Operation) -> Plan:
    """
    Return what an operation will change, or refuse it.

    Raises:
        NoDecision: The decision lacks its number or issuer.
        TwiceOnOneDay: Another operation touches one of the units on that day.
        NotThen: A unit does not exist on that day, or not long enough.
        IntoItself: A unit would be merged into itself.
        Circle: A unit would stand under itself.
        Misplaced: A unit cannot stand where the order puts it.
        LeftBehind: Units would hang under one that has ended.
        ChangesLater: A unit that should end changes afterwards.
        NothingChanges: The order leaves everything as it is.
        BadPartyCode: A Party code is not fourteen digits.
    """
    if not operation.decision.number.strip() or not operation.decision.issuer.strip():
        raise NoDecision
    if isinstance(operation.change, Found) and not operation.creates:
        raise NothingChanges
    for unit in sorted(operation.touched):
        if (unit, operation.on) in world.marks:
            raise TwiceOnOneDay(unit=unit, on=operation.on)
    draft = _Draft(world, operation.on)
    _found(draft, operation)
    _carry_out(draft, operation)
    found = draft.finished(operation)
    checking.check(checking.after(world, found), found)
    return found


def _found(draft: _Draft, operation: Operation) -> None:
    for new in operation.creates:
        code = party_code(new.party_code) if new.party_code else ""
        draft.versions[new.id] = (
            Version(
                new.id,
                new.kind,
                new.name,
                new.short_name,
                new.place,
                Period(operation.on),
                new.superior,
                new.symbol,
                code,
            ),
        )
        for line, parent in new.under:
            draft.ties[new.id, line] = (Tie(new.id, parent, line, Period(operation.on)),)


def _carry_out(draft: _Draft, operation: Operation) -> None:
    change = operation.change
    match change:
        case Rename():
            draft.revise(change.unit, _renamed(draft.version(change.unit), change))
        case ChangeKind():
            draft.revise(change.unit, replace(draft.version(change.unit), kind=change.kind))
        case Move():
            _move(draft, change)
        case Merge():
            _merge(draft, change)
        case Split():
            _divide(draft, change.unit, change.parts, "split", keeps=change.keeps)
        case Dissolve():
            _divide(draft, change.unit, change.parts, "dissolve", keeps=False)
        case Close():
            heirs = () if change.heir is None else (Part(change.heir),)
            _divide(draft, change.unit, heirs, "close", keeps=False)


def _renamed(old: Version, change: Rename) -> Version:
    """Return the version with the new values; the place it leaves is kept as the old one."""
    place = change.place or old.place
    return replace(
        old,
        name=change.name or old.name,
        short_name=change.short_name or old.short_name,
        place=place,
        old_place=old.place if place != old.place else old.old_place,
        superior=change.superior or old.superior,
        symbol=change.symbol or old.symbol,
        party_code=party_code(change.party_code) if change.party_code else old.party_code,
    )


def _move(draft: _Draft, change: Move) -> None:
    draft.version(change.unit)
    draft.version(change.parent)
    if change.unit == change.parent:
        raise Circle(unit=change.unit)
    key = (change.unit, change.line)
    rows = draft.world.ties.get(key, ())
    present = next((tie for tie in rows if tie.period.holds(draft.on)), None)
    if present is not None and present.parent == change.parent:
        raise NothingChanges(unit=change.unit)
    if present is not None:
        until = present.period.until
    else:
        until = min((tie.period.since for tie in rows if tie.period.since > draft.on), default=None)
    begun = Tie(change.unit, change.parent, change.line, Period(draft.on, until))
    before = _before(rows, draft.on)
    later = tuple(tie for tie in rows if tie.period.since > draft.on)
    draft.ties[key] = (*before, begun, *later)


def _merge(draft: _Draft, change: Merge) -> None:
    if change.into in change.units or len(set(change.units)) != len(change.units):
        raise IntoItself(unit=change.into)
    if not change.units:
        raise NothingChanges(unit=change.into)
    for unit in change.units:
        _divide(draft, unit, (Part(change.into),), "merge", keeps=False)


def _divide(draft: _Draft, unit: int, parts: tuple[Part, ...], how: str, *, keeps: bool) -> None:
    """End or go on with a unit, and let its parts take over what stood under it."""
    _check_parts(draft, unit, parts, how)
    if not keeps:
        draft.end(unit)
    takers = {child: part.into for part in parts for child in part.takes}
    rest = None if keeps or not parts else parts[0].into
    for child, line in draft.below(unit):
        taker = takers.get(child, rest)
        if taker == child:
            raise Circle(unit=child)
        if taker is not None:
            draft.place((child, line), unit, taker)
        elif not keeps:
            raise LeftBehind(unit=unit, child=child)
    draft.edges.extend(
        Edge(unit, part.into, draft.on, how, part.takes, not keeps and number == 0)
        for number, part in enumerate(parts)
    )


def _check_parts(draft: _Draft, unit: int, parts: tuple[Part, ...], how: str) -> None:
    draft.version(unit)
    heirs = [part.into for part in parts]
    if unit in heirs or len(set(heirs)) != len(heirs):
        raise IntoItself(unit=unit)
    if how == "split" and not parts:
        raise NothingChanges(unit=unit)
    for heir in heirs:
        draft.version(heir)
    taken = [child for part in parts for child in part.takes]
    if len(set(taken)) != len(taken):
        raise TwiceOnOneDay(unit=next(one for one in taken if taken.count(one) > 1), on=draft.on)


def _before(rows: Iterable[Tie], day: date) -> tuple[Tie, ...]:
    """Return the ties as they are when they all end on a day at the latest."""
    return tuple(
        replace(tie, period=Period(tie.period.since, day)) if tie.period.reaches(day) else tie
        for tie in rows
        if tie.period.since < day
    )


def apply(world: World, found: Plan) -> World:
    """
    Return the world after a plan.

    Raises:
        ChangesLater: The world is no longer the one the plan was made for.
    """
    for unit, (before, _) in found.versions.items():
        if world.versions.get(unit, ()) != before:
            raise ChangesLater(unit=unit, on=found.operation.on)
    for (child, line), (rows, _) in found.ties.items():
        if world.ties.get((child, line), ()) != rows:
            raise ChangesLater(unit=child, on=found.operation.on)
    return checking.after(world, found)


def undone(world: World, found: Plan) -> World:
    """
    Return the world as it was before a plan.

    Raises:
        ChangesLater: Something the plan made has been changed since, or somebody stands under it.
    """
    for unit, (_, after) in found.versions.items():
        if world.versions.get(unit, ()) != after:
            raise ChangesLater(unit=unit, on=found.operation.on)
    for key, (_, rows) in found.ties.items():
        if world.ties.get(key, ()) != rows:
            raise ChangesLater(unit=key[0], on=found.operation.on)
    _check_founded(world, found)
    versions = {**world.versions, **{unit: rows for unit, (rows, _) in found.versions.items()}}
    ties = {**world.ties, **{key: rows for key, (rows, _) in found.ties.items()}}
    edges = {
        unit: tuple(edge for edge in rows if edge not in found.edges)
        for unit, rows in world.edges.items()
    }
    return World(
        {unit: rows for unit, rows in versions.items() if rows},
        {key: rows for key, rows in ties.items() if rows},
        {unit: rows for unit, rows in edges.items() if rows},
        world.marks - found.marks,
    )


def _check_founded(world: World, found: Plan) -> None:
    """Refuse to take away a unit under which others have come to stand, or which carries on."""
    founded = {new.id for new in found.operation.creates}
    for key, rows in world.ties.items():
        if key not in found.ties and any(tie.parent in founded for tie in rows):
            raise ChangesLater(unit=key[0], on=found.operation.on)
    for rows_of in world.edges.values():
        for edge in rows_of:
            if edge.after in founded and edge not in found.edges:
                raise ChangesLater(unit=edge.after, on=edge.on)
