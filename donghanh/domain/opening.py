"""What of figures may be told to everybody: nothing small, nothing small to be worked out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from donghanh.domain import checking
from donghanh.domain.errors import RuleError
from donghanh.domain.figures import Line

#: What nobody counts cases for, and may be told: it is about what was held, not about persons.
BESIDE = frozenset({"activities", "activity_turns", "models", "clubs"})
#: Who waits is told by who was decided on and who was admitted already; it is not told again.
_TOLD_ALREADY = frozenset({"awaiting_ceremony"})


class NothingChosen(RuleError):
    """No figure was chosen that may be told to everybody."""

    code: ClassVar[str] = "opening.nothing_chosen"


@dataclass(frozen=True, slots=True)
class Fact:
    """Something everybody can read: so many persons at these schools together."""

    schools: frozenset[int]
    value: int


@dataclass(frozen=True, slots=True)
class Part:
    """One school beside the total of several; ``value`` is ``None`` where it is hidden already."""

    school: int
    value: int | None


@dataclass(frozen=True, slots=True)
class Opened:
    """What is told: the total or not, and the schools whose own figures are not."""

    total: bool
    hidden: frozenset[int]


def offered(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return the figures a unit may tell everybody, in their order."""
    return tuple(
        one
        for one in lines
        if (one.consolidated and one.code not in _TOLD_ALREADY) or one.code in BESIDE
    )


def leaks(facts: Collection[Fact], most: int) -> bool:
    """
    Tell whether what everybody can read tells a small figure, by itself or by taking away.

    Args:
        facts: All of it, of one figure and school year.
        most: Figures from 1 up to this are small.

    >>> whole, one, other = (Fact(frozenset(of), value)
    ...                      for of, value in (({1, 2, 3}, 20), ({1}, 9), ({2}, 8)))
    >>> leaks([whole, one], 4), leaks([whole, one, other], 4)
    (False, True)
    """
    alone = {next(iter(one.schools)): one.value for one in facts if len(one.schools) == 1}
    wholes = [one for one in facts if len(one.schools) > 1]
    found = [checking.is_small(one.value, most) for one in facts]
    found += [_tells(one.schools, one.value, alone, most) for one in wholes]
    found += [
        _tells(one.schools - other.schools, one.value - other.value, alone, most)
        for one in wholes
        for other in wholes
        if other.schools < one.schools
    ]
    return any(found)


def _tells(schools: frozenset[int], value: int, alone: dict[int, int], most: int) -> bool:
    """Tell whether the rest beside the schools that stand alone is small."""
    rest = value - sum(alone[school] for school in schools & alone.keys())
    return bool(schools - alone.keys()) and checking.is_small(rest, most)


def opened(total: Fact | None, parts: Sequence[Part], known: Collection[Fact], most: int) -> Opened:
    """
    Return what may be told of a total and of the schools beside it.

    Args:
        total: The figure of all of them; of one school where it is that school's; ``None`` where
            it is hidden already.
        parts: Its schools one by one; none where they are not to be told.
        known: What everybody can read already of the same figure and year.
        most: Figures from 1 up to this are small.

    Returns:
        As much as does not tell a small figure, not even by taking away: what is hidden beside a
        small one is the smallest of the others.
    """
    shown = {one.school: one.value for one in parts if one.value is not None}
    hidden = {one.school for one in parts} - shown.keys()
    hidden |= {school for school, value in shown.items() if checking.is_small(value, most)}
    whole = [] if total is None or leaks([*known, total], most) else [total]
    open_ = {school: value for school, value in shown.items() if school not in hidden}
    while open_:
        facts = [Fact(frozenset({school}), value) for school, value in open_.items()]
        if not leaks([*known, *facts, *whole], most):
            break
        # What is nought tells nobody, and hides nobody: it goes last.
        least = min(open_, key=lambda school: (open_[school] == 0, open_[school], school))
        del open_[least]
        hidden.add(least)
    return Opened(bool(whole), frozenset(hidden))
