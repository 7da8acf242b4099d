"""What holds as the target of a unit: letters add to it, a decision says it anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from donghanh.domain.calendar import SchoolYear
from donghanh.domain.errors import RuleError
from donghanh.domain.indicators import Indicator, Kind
from donghanh.domain.structure import STANDS_UNDER, Line, UnitKind

#: No unit is ever asked for more; ours, against a number typed wrongly.
MOST = 10_000
#: A forecast of fewer persons is not told to who may not see the cases; ours.
SMALLEST_TOLD = 5


class Absurd(RuleError):
    """The amount is below nought, or more than any unit is ever asked for."""

    code: ClassVar[str] = "targets.absurd"


class NotBelow(RuleError):
    """The unit is unknown, or does not stand directly under who shares out."""

    code: ClassVar[str] = "targets.not_below"


class NotThen(RuleError):
    """The unit does not exist in that school year."""

    code: ClassVar[str] = "targets.not_then"


class NoReason(RuleError):
    """A target that holds is to be changed, and nobody says why."""

    code: ClassVar[str] = "targets.no_reason"


class NoPaper(RuleError):
    """The paper behind it lacks its number."""

    code: ClassVar[str] = "targets.no_paper"


class PaperNotYet(RuleError):
    """The paper behind it is of a day to come, or older than what holds already."""

    code: ClassVar[str] = "targets.paper_day"


class YearClosed(RuleError):
    """The school year is over, or lies further ahead than the next one."""

    code: ClassVar[str] = "targets.year_closed"


class NothingChanges(RuleError):
    """Every amount is the one that holds already."""

    code: ClassVar[str] = "targets.nothing_changes"


class GivenFromAbove(RuleError):
    """The unit above has set the target here; only that unit changes it."""

    code: ClassVar[str] = "targets.given_from_above"


@dataclass(frozen=True, slots=True)
class Said:
    """
    One thing that was said about the target of a unit.

    Attributes:
        on: The day of the letter or the decision.
        at: The instant it came to be known here; of two on one day the later counts.
        amount: How many.
        adds: A letter adds to what holds; a decision says the whole of it.
        number: Of decisions about one unit the first, the second …; 0 for a letter.
    """

    on: date
    at: datetime
    amount: int
    adds: bool
    number: int = 0

    @property
    def order(self) -> tuple[date, datetime, int]:
        """Return what tells which of two was said earlier."""
        return self.on, self.at, self.number


def held(said: Iterable[Said]) -> int | None:
    """
    Return the target that follows from all that was said; ``None`` where nothing was.

    Args:
        said: In any order.
    """
    amount: int | None = None
    for one in sorted(said, key=lambda one: one.order):
        amount = (amount or 0) + one.amount if one.adds else one.amount
    return amount


def together(own: Iterable[Said], carried: Iterable[tuple[date, Iterable[Said]]]) -> int | None:
    """
    Return the target of a unit together with those of the units it carries on.

    Args:
        own: What was said about the unit itself.
        carried: Of each unit it carries on: from which day, and what was said about that one.

    Returns:
        A decision about the unit itself of the day it took over, or later, says the whole; before
        that, what the others had is added. ``None`` where nothing was said about any of them.
    """
    own = list(own)
    decided = max((one.on for one in own if not one.adds), default=None)
    parts = [held(own)]
    parts += [held(said) for since, said in carried if decided is None or decided < since]
    known = [part for part in parts if part is not None]
    return sum(known) if known else None


def check(
    amounts: Mapping[int, int],
    before: Mapping[int, int | None],
    *,
    number: str,
    reason: str,
) -> dict[int, int]:
    """
    Return which amounts are new, or refuse what cannot stand.

    Args:
        amounts: Amount by unit id.
        before: What holds, by unit id; ``None`` or absent: nothing.
        number: Number of the decision or letter behind it.
        reason: Why what holds is changed; may be empty where nothing held before.

    Raises:
        Absurd: An amount below nought or above ``MOST``.
        NothingChanges: All amounts are those that hold.
        NoPaper: No number.
        NoReason: Something that holds is changed without a reason.
    """
    wrong = next((one for one in amounts.values() if not 0 <= one <= MOST), None)
    if wrong is not None:
        raise Absurd(amount=wrong, most=MOST)
    new = {unit: amount for unit, amount in amounts.items() if before.get(unit) != amount}
    if not new:
        raise NothingChanges
    if not number:
        raise NoPaper
    if not reason and any(before.get(unit) is not None for unit in new):
        raise NoReason
    return new


def check_day(on: date, today: date, holding: Iterable[date]) -> None:
    """
    Refuse a paper of a day to come, or older than what it would replace.

    Args:
        on: The day of the paper.
        today: The day it is recorded on.
        holding: The days of the newest word about each unit that is changed.

    Raises:
        PaperNotYet: It is.
    """
    newest = max(holding, default=on)
    if not newest <= on <= today:
        raise PaperNotYet(day=on, since=newest, today=today)


def is_open(year: SchoolYear, today: date) -> bool:
    """
    Tell whether targets of a school year are still set: of the present one and of the next.

    >>> this = SchoolYear.of(date(2026, 11, 27))
    >>> is_open(this, date(2026, 11, 27)), is_open(this, date(2027, 8, 1))
    (True, False)
    """
    return today <= year.last_day and year.since <= SchoolYear.of(today).until


def check_year(year: SchoolYear, today: date) -> None:
    """
    Refuse a school year that is over, or that comes after the next one.

    Raises:
        YearClosed: It is.
    """
    if not is_open(year, today):
        raise YearClosed(year=year.key)


def line_of(kind: UnitKind) -> Line | None:
    """
    Return along which line a kind of unit is given targets and shares them out.

    >>> line_of(UnitKind.SCHOOL), line_of(UnitKind.CELL), line_of(UnitKind.PROVINCE_UNION)
    (<Line.EDUCATION: 'education'>, <Line.PARTY: 'party'>, <Line.UNION: 'union'>)
    """
    for line in (Line.EDUCATION, Line.PARTY, Line.UNION):
        under = STANDS_UNDER[line]
        if kind in under or any(kind in above for above in under.values()):
            return line
    return None


def may_be_asked(indicator: Indicator) -> bool:
    """Tell whether units can be given a target for a figure: what is done in the year, no wait."""
    return indicator.kind is Kind.EVENT and indicator.consolidated


def told(count: int, *, sees_cases: bool) -> int | None:
    """
    Return a forecast as it may be told; ``None``: too few persons to tell who does not see cases.

    >>> told(3, sees_cases=False), told(0, sees_cases=False), told(3, sees_cases=True)
    (None, 0, 3)
    """
    return count if sees_cases or count == 0 or count >= SMALLEST_TOLD else None
