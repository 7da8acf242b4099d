"""Where a dossier is while it is considered: with whom, on its way to whom, returned by whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import ClassVar

from donghanh.domain.acts import Step
from donghanh.domain.errors import RuleError

#: What a committee decides about a dossier it has before it.
DECIDING = frozenset(
    {
        Step.APPRAISED,
        Step.BASE_VOTED,
        Step.DECIDED,
        Step.RECOGNITION_APPRAISED,
        Step.RECOGNITION_BASE_VOTED,
        Step.RECOGNISED,
    }
)


class FaultKind(StrEnum):
    """What is wrong with one paper of a returned dossier."""

    MISSING = "missing"
    UNSIGNED = "unsigned"
    UNSEALED = "unsealed"
    WRONG_DAY = "wrong_day"
    WRONG_NUMBER = "wrong_number"
    CONTRADICTS = "contradicts"
    EXPIRED = "expired"
    WRONG_FORM = "wrong_form"
    INCOMPLETE = "incomplete"


class Returned(RuleError):
    """The committee returned the dossier and has not got it again, so it decides nothing in it."""

    code: ClassVar[str] = "whereabouts.returned"


class NotHere(RuleError):
    """The dossier is not with who wants to send or return it."""

    code: ClassVar[str] = "sending.not_here"


class NotOnTheWay(RuleError):
    """Nothing is on its way to who wants to receive it."""

    code: ClassVar[str] = "sending.not_on_the_way"


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """
    Where a dossier is.

    Attributes:
        unit: Id of the unit that has it, or to which it is on its way; None: with its own cell.
        since: The day it came, or was sent; None while it never left.
        on_the_way: Sent, and not received.
        returned: The units that returned it and have not got it again, each with the day.
    """

    unit: int | None = None
    since: date | None = None
    on_the_way: bool = False
    returned: Mapping[int, date] = field(default_factory=dict)

    def sent(self, to: int, on: date) -> Whereabouts:
        """Return where it is once it was sent to a unit on a day."""
        left = {unit: day for unit, day in self.returned.items() if unit != to}
        return Whereabouts(to, on, on_the_way=True, returned=left)

    def received(self, by: int, on: date, *, own: bool = False) -> Whereabouts:
        """
        Return where it is once a unit received it.

        Args:
            by: The unit.
            on: The day.
            own: Whether the unit is the pupil's own cell, to which it came down again.

        Raises:
            NotOnTheWay: It is not on its way to that unit.
        """
        if not self.on_the_way or self.unit != by:
            raise NotOnTheWay
        return replace(self, unit=None if own else by, since=on, on_the_way=False)

    def given_back(self, by: int, to: int | None, on: date) -> Whereabouts:
        """
        Return where it is once a unit returned it to who had sent it; None: to the own cell.

        Raises:
            NotHere: That unit has not got it.
        """
        if self.on_the_way or self.unit != by:
            raise NotHere
        return Whereabouts(to, on, returned={**self.returned, by: on})

    def check_decides(self, units: frozenset[int], step: Step) -> None:
        """
        Refuse a committee's decision about a dossier it returned and has not got again.

        Args:
            units: Ids of the units the actor acts for.
            step: What is to be recorded.

        Raises:
            Returned: One of the units returned it.
        """
        found = sorted(day for unit, day in self.returned.items() if unit in units)
        if step in DECIDING and found:
            raise Returned(on=found[-1])

    def held(self, by: Mapping[tuple[int, date | None], int | None]) -> Whereabouts:
        """
        Return where it is once units have ended, been divided or moved.

        Args:
            by: Who has by now what lay with a unit since a day, by both; where nobody has it, or
                nothing is told of it, the unit stays.
        """

        def now(unit: int, since: date | None) -> int:
            return by.get((unit, since)) or unit

        returned: dict[int, date] = {}
        for unit, day in self.returned.items():
            found = now(unit, day)
            returned[found] = max(day, returned.get(found, day))
        held = self.unit if self.unit is None else now(self.unit, self.since)
        return replace(self, unit=held, returned=returned)

    def record(self) -> dict[str, object]:
        """Return it as JSON values, as ``read`` takes them."""
        return {
            "unit": self.unit,
            "since": self.since.isoformat() if self.since else None,
            "on_the_way": self.on_the_way,
            "returned": {str(unit): day.isoformat() for unit, day in self.returned.items()},
        }


def read(kept: Mapping[str, object]) -> Whereabouts:
    """
    Return where a dossier is, out of JSON values; an empty record means that it never left.

    >>> read(Whereabouts().sent(7, date(2026, 3, 2)).record()).unit
    7
    """
    since, returned = kept.get("since"), kept.get("returned")
    told = returned if isinstance(returned, dict) else {}
    unit = kept.get("unit")
    return Whereabouts(
        unit=unit if isinstance(unit, int) else None,
        since=date.fromisoformat(str(since)) if since else None,
        on_the_way=bool(kept.get("on_the_way")),
        returned={int(one): date.fromisoformat(str(day)) for one, day in told.items()},
    )
