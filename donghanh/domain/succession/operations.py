"""What a decision can order, and the refusals of an order that cannot be carried out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from donghanh.domain.errors import RuleError
from donghanh.domain.structure import Line, UnitKind


class Circle(RuleError):
    """A unit would stand under itself."""

    code: ClassVar[str] = "succession.circle"


class IntoItself(RuleError):
    """A unit would be merged into itself, or be divided into itself alone."""

    code: ClassVar[str] = "succession.into_itself"


class NotThen(RuleError):
    """A unit does not exist on the day, or not for as long as it is needed."""

    code: ClassVar[str] = "succession.not_then"


class TwiceOnOneDay(RuleError):
    """Another operation touches the unit on the same day."""

    code: ClassVar[str] = "succession.twice_on_one_day"


class Misplaced(RuleError):
    """A unit of this kind cannot stand under one of that kind on this line."""

    code: ClassVar[str] = "succession.misplaced"


class LeftBehind(RuleError):
    """Units would hang under one that has ended: the order must say where they go."""

    code: ClassVar[str] = "succession.left_behind"


class ChangesLater(RuleError):
    """Something about the unit changes later; that later change has to be undone first."""

    code: ClassVar[str] = "succession.changes_later"


class NothingChanges(RuleError):
    """The order leaves everything as it is."""

    code: ClassVar[str] = "succession.nothing_changes"


class NoDecision(RuleError):
    """The decision that orders it lacks its number or its issuer."""

    code: ClassVar[str] = "succession.no_decision"


@dataclass(frozen=True, slots=True)
class Decision:
    """The paper that orders an operation."""

    number: str
    day: date
    issuer: str


@dataclass(frozen=True, slots=True)
class New:
    """
    A unit that an operation founds. Its ``id`` is below zero until it is kept.

    ``under`` are the units it stands under, with the line.
    """

    id: int
    code: str
    kind: UnitKind
    name: str
    short_name: str
    place: str
    superior: str = ""
    symbol: str = ""
    party_code: str = ""
    under: tuple[tuple[Line, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Rename:
    """A unit is called otherwise; an empty value stays as it was."""

    unit: int
    name: str = ""
    short_name: str = ""
    place: str = ""
    superior: str = ""
    symbol: str = ""
    party_code: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """A unit stands under another along one line."""

    unit: int
    line: Line
    parent: int


@dataclass(frozen=True, slots=True)
class Merge:
    """Units end, and one carries them on with all that stood under them."""

    units: tuple[int, ...]
    into: int


@dataclass(frozen=True, slots=True)
class Part:
    """One heir in a division: who, and which of the units below go there."""

    into: int
    takes: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Split:
    """
    A unit is divided.

    Where it does not go on itself (``keeps``), the first part takes all that none is named for.
    """

    unit: int
    parts: tuple[Part, ...]
    keeps: bool = False


@dataclass(frozen=True, slots=True)
class Close:
    """A unit ends; ``heir`` carries on what it had, where somebody does."""

    unit: int
    heir: int | None = None


@dataclass(frozen=True, slots=True)
class Dissolve:
    """A unit is dissolved, and those below it go to one or several others."""

    unit: int
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeKind:
    """A unit becomes another kind: a cell a committee, a committee a cell, a joint cell."""

    unit: int
    kind: UnitKind


@dataclass(frozen=True, slots=True)
class Found:
    """Nothing becomes of any unit; those that the operation creates are founded."""


Change = Rename | Move | Merge | Split | Close | Dissolve | ChangeKind | Found


@dataclass(frozen=True, slots=True)
class Operation:
    """One change that one decision orders from one day on, with the units it founds."""

    change: Change
    decision: Decision
    on: date
    creates: tuple[New, ...] = ()

    @property
    def touched(self) -> frozenset[int]:
        """Return the units the order is about; those that merely follow are not among them."""
        if isinstance(self.change, Merge):
            return frozenset({*self.change.units, self.change.into})
        if isinstance(self.change, Found):
            return frozenset()
        return frozenset({self.change.unit})

    @property
    def kind(self) -> str:
        """Return the name of the change."""
        return _NAMES[type(self.change)]


_NAMES: dict[type, str] = {
    Rename: "rename",
    Move: "move",
    Merge: "merge",
    Split: "split",
    Close: "close",
    Dissolve: "dissolve",
    ChangeKind: "change_kind",
    Found: "found",
}
