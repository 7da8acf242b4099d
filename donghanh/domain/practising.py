"""Good practices: where one stands, what may be told of it, and the line from one to the next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from donghanh.domain import accompanying
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.errors import RuleError

#: How many signs a title may have, a line, and how many challenges fit; limits of the product.
LONGEST_TITLE = 150
MOST_CHALLENGES = 8
#: No result of one unit and one year is larger; the product's own bound.
MOST_RESULT = 1_000_000


class Stage(StrEnum):
    """Where a practice stands."""

    #: Sent to who looks at it.
    PROPOSED = "proposed"
    #: Sent back with a remark.
    RETURNED = "returned"
    #: Looked at, and found good; the decision is still to come.
    RECOMMENDED = "recommended"
    #: Recognised by a decision.
    RECOGNISED = "recognised"
    #: Taken over from another unit, and in use here.
    IN_USE = "in_use"
    #: No longer in use, or taken back.
    WITHDRAWN = "withdrawn"


#: What everybody who reads practices sees, and what can be taken over.
IN_FORCE = frozenset({Stage.RECOGNISED, Stage.IN_USE})
#: Where one may still be changed in its words by who proposed it or took it over.
OPEN = frozenset({Stage.RETURNED, Stage.IN_USE})
#: Where somebody looks at one.
WAITS = frozenset({Stage.PROPOSED, Stage.RECOMMENDED})


class NotNow(RuleError):
    """Where the practice stands, this is not done with it: somebody was quicker, or it is over."""

    code: ClassVar[str] = "practices.not_now"


class OwnPractice(RuleError):
    """A unit neither recognises nor takes over what is its own."""

    code: ClassVar[str] = "practices.own_practice"


class Circle(RuleError):
    """The practice was made from one of the unit's own: taking it over would close a circle."""

    code: ClassVar[str] = "practices.circle"


class TakenAlready(RuleError):
    """The unit has a practice of the same line."""

    code: ClassVar[str] = "practices.taken_already"


class Withdrawn(RuleError):
    """The practice is no longer in force, so nobody takes it over."""

    code: ClassVar[str] = "practices.withdrawn"


class NobodyAbove(RuleError):
    """Nobody stands above the unit who could recognise its practice."""

    code: ClassVar[str] = "practices.nobody_above"


class DayToCome(RuleError):
    """A day that has not come yet."""

    code: ClassVar[str] = "practices.day_to_come"


class BeforeBegin(RuleError):
    """A practice ends before it began."""

    code: ClassVar[str] = "practices.before_begin"


class YearToCome(RuleError):
    """A result of a school year that has not begun."""

    code: ClassVar[str] = "practices.year_to_come"


class ResultOutside(RuleError):
    """A result is a whole number from nought up to a bound."""

    code: ClassVar[str] = "practices.result_outside"


class ResultKnown(RuleError):
    """The same result of the same year is stated already, with another number."""

    code: ClassVar[str] = "practices.result_known"


class TooManyChallenges(RuleError):
    """More challenges than a practice holds."""

    code: ClassVar[str] = "practices.too_many_challenges"


class TimeOutside(RuleError):
    """A challenge has at least a day, and at most so many as one may be given for."""

    code: ClassVar[str] = "practices.time_outside"


class NoChallenges(RuleError):
    """The practice has no challenge that could be kept."""

    code: ClassVar[str] = "practices.no_challenges"


class NotInLibrary(RuleError):
    """The library of the product has no such practice."""

    code: ClassVar[str] = "practices.not_in_library"


@dataclass(frozen=True, slots=True)
class Challenge:
    """
    A challenge of a practice; ``origin`` names the example of the product it was made from.

    ``days`` is how much time there is for it.
    """

    title: str
    aim: str
    steps: tuple[str, ...]
    evidence: str
    days: int
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Telling:
    """
    What a practice is told as: every text NFC, no text of it about a person.

    ``steps`` has at least one line; ``cost`` and ``watch_for`` may be empty.
    """

    title: str
    aim: str
    for_whom: str
    steps: tuple[str, ...]
    challenges: tuple[Challenge, ...] = ()
    roles: str = ""
    cost: str = ""
    watch_for: str = ""


def told(telling: Telling) -> Telling:
    """
    Return a telling as it is kept.

    Raises:
        TextMissing, TextTooLong, StepsMissing: See ``domain.accompanying``.
        TooManyChallenges, TimeOutside: See above.
    """
    if len(telling.challenges) > MOST_CHALLENGES:
        raise TooManyChallenges(most=MOST_CHALLENGES)
    return Telling(
        title=accompanying.written(telling.title, LONGEST_TITLE),
        aim=accompanying.written(telling.aim),
        for_whom=accompanying.written(telling.for_whom, accompanying.LONGEST_LINE),
        steps=accompanying.steps_of("\n".join(telling.steps)),
        challenges=tuple(_challenge(one) for one in telling.challenges),
        roles=_perhaps(telling.roles, accompanying.LONGEST_TEXT),
        cost=_perhaps(telling.cost, accompanying.LONGEST_LINE),
        watch_for=_perhaps(telling.watch_for, accompanying.LONGEST_TEXT),
    )


def _challenge(one: Challenge) -> Challenge:
    if not 0 < one.days <= accompanying.MOST_DAYS:
        raise TimeOutside(most=accompanying.MOST_DAYS)
    return Challenge(
        title=accompanying.written(one.title, LONGEST_TITLE),
        aim=accompanying.written(one.aim),
        steps=accompanying.steps_of("\n".join(one.steps)),
        evidence=accompanying.written(one.evidence, accompanying.LONGEST_LINE),
        days=one.days,
        origin=one.origin,
    )


def _perhaps(text: str, longest: int) -> str:
    return accompanying.written(text, longest) if text.strip() else ""


def check_result(number: int, year: SchoolYear, today: date) -> None:
    """
    Refuse a result that cannot have been.

    Args:
        number: What was counted.
        year: The school year it was counted in.
        today: The present day (Asia/Ho_Chi_Minh).

    Raises:
        ResultOutside: Below nought or beyond the bound.
        YearToCome: The year has not begun.
    """
    if not 0 <= number <= MOST_RESULT:
        raise ResultOutside(most=MOST_RESULT)
    if year.since > today:
        raise YearToCome(year=year.key)


def check_taking(
    house: int, parents: Sequence[tuple[int, Stage]], *, holds: bool, found: Stage | None
) -> None:
    """
    Refuse taking a practice over where a unit cannot.

    Args:
        house: Whose it would become: the school of a body that works at one, else the unit.
        parents: House and stage of the practice itself, then of what it was made from, upwards.
        holds: Whether the house has a practice of this line in hand already.
        found: Where the practice itself stands; ``None`` for one of the product's library.

    Raises:
        Withdrawn: It is not in force, or no more.
        OwnPractice, Circle, TakenAlready: The house has it, or what it was made from.
    """
    if parents and parents[0][0] == house:
        raise OwnPractice
    if found is not None and found not in IN_FORCE:
        raise Withdrawn
    if any(one == house and stage is not Stage.WITHDRAWN for one, stage in parents):
        raise Circle
    if holds:
        raise TakenAlready


def in_force(began: date | None, ended: date | None, on: date) -> bool:
    """
    Tell whether a practice is in force on a day: begun by then, and not ended by then.

    Args:
        began: Day of the decision, or since when it is in use; ``None``: never recognised.
        ended: The first day it is no longer in use; ``None``: it still is.
        on: The day.

    >>> in_force(date(2026, 9, 1), date(2026, 9, 2), date(2026, 9, 2))
    False
    """
    return began is not None and began <= on and (ended is None or on < ended)


@dataclass(frozen=True, slots=True)
class Leaf:
    """One place of a line as it is drawn: how deep, and the number of who comes right after it."""

    key: str
    depth: int
    below: tuple[str, ...]


def laid_out(parents: Mapping[str, str | None]) -> tuple[Leaf, ...]:
    """
    Return a line from the top down, each before those made from it, in the order given.

    Args:
        parents: What each was made from, by key; who has none there stands at the top.

    Returns:
        Every key once, whatever the mapping says: what hangs on a circle stands at the end.

    >>> [(one.key, one.depth) for one in laid_out({"a": None, "b": "a", "c": "a", "d": "b"})]
    [('a', 0), ('b', 1), ('d', 2), ('c', 1)]
    """
    below: dict[str | None, list[str]] = {}
    for key, parent in parents.items():
        below.setdefault(parent if parent in parents else None, []).append(key)
    seen: dict[str, Leaf] = {}
    _walk(below.get(None, []), below, seen)
    _walk([key for key in parents if key not in seen], below, seen)
    return tuple(seen.values())


def _walk(
    tops: Sequence[str], below: Mapping[str | None, Sequence[str]], seen: dict[str, Leaf]
) -> None:
    """Put down what hangs under some tops, without calling itself: lines may be long."""
    ahead: list[tuple[str, int]] = [(key, 0) for key in reversed(tops)]
    while ahead:
        key, depth = ahead.pop()
        if key in seen:
            continue
        under = tuple(below.get(key, ()))
        seen[key] = Leaf(key, depth, under)
        ahead.extend((each, depth + 1) for each in reversed(under))


def upwards(key: str, parents: Mapping[str, str | None]) -> Iterator[str]:
    """Yield one and what it was made from, up to the first; each once."""
    seen: set[str] = set()
    at: str | None = key
    while at is not None and at not in seen:
        seen.add(at)
        yield at
        at = parents.get(at)
