"""What a pupil may ask about the own data, and by when it is answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from donghanh.domain import deadlines
from donghanh.domain.calendar import CalendarEnds
from donghanh.domain.errors import RuleError
from donghanh.domain.rules import Rulebook
from donghanh.domain.timeline import Entry


class Kind(StrEnum):
    """What is asked (Law 91/2025/QH15, article 4)."""

    #: A copy of what is kept.
    ACCESS = "access"
    #: One fact put right.
    RECTIFY = "rectify"
    #: Work on the file rests, or a use of it ends.
    RESTRICT = "restrict"
    #: Everything that names the pupil is erased.
    DELETE = "delete"


class Outcome(StrEnum):
    """How a request ended; an open one has none."""

    DONE = "done"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"


class Datum(StrEnum):
    """A fact about themselves that a pupil may have put right."""

    NAME = "full_name"
    BORN = "birth_date"
    CLASS = "class_name"
    UNION_MEMBER = "union_member"
    LOWER_SECONDARY = "lower_secondary"


class DatumUnreadable(RuleError):
    """The new value is not one the fact can have."""

    code: ClassVar[str] = "requests.datum_unreadable"


#: The rule that sets the last day of each kind.
RULES = {
    Kind.ACCESS: "data.access",
    Kind.RECTIFY: "data.rectify",
    Kind.RESTRICT: "data.restrict",
    Kind.DELETE: "data.delete",
}
ACKNOWLEDGE = "data.acknowledge"
_EXTENSION = "%s.extension"
_LONGEST = {Datum.NAME: 150, Datum.CLASS: 20}
_SAID = {"yes": True, "no": False, "": None}


@dataclass(frozen=True, slots=True)
class Due:
    """
    By when a request is acknowledged and answered; ``None`` where no rule says so on its day.

    Attributes:
        acknowledge_by: Last day to say that it has arrived.
        last_day: Last day to answer, with the extension where one was taken.
        extendable: Last day if the extension there is were taken; ``None`` where there is none.
        entry: The rule of the last day.
        acknowledge_entry: The rule of the first.
    """

    acknowledge_by: date | None
    last_day: date | None
    extendable: date | None
    entry: Entry[int] | None
    acknowledge_entry: Entry[int] | None


def due(kind: Kind, asked: date, extended: bool, book: Rulebook) -> Due:
    """
    Return by when a request is answered, by the rules of the day it was made.

    Args:
        kind: What is asked.
        asked: The day (Asia/Ho_Chi_Minh).
        extended: Whether the one extension was taken.
        book: The rules.

    Source:
        rulebook/handling.toml [data.…]
    """
    acknowledge = book.find_number(ACKNOWLEDGE, asked)
    entry = book.find_number(RULES[kind], asked)
    last = _end(asked, entry, book)
    name = _EXTENSION % RULES[kind]
    more = book.find_number(name, asked) if name in book.contents.heads else None
    later = None if last is None else _end(last, more, book)
    return Due(
        acknowledge_by=_end(asked, acknowledge, book),
        last_day=later if extended and later is not None else last,
        extendable=None if extended else later,
        entry=entry,
        acknowledge_entry=acknowledge,
    )


def erase_on(stopped: date, today: date, book: Rulebook) -> tuple[date, Entry[int]] | None:
    """
    Return the last day to erase who stopped, and its rule; ``None`` where no rule says so yet.

    Who stopped before there was a rule is erased by the rule of today, counted from that day.

    Args:
        stopped: The day of stopping (Asia/Ho_Chi_Minh).
        today: The day asked about.
        book: The rules.
    """
    name = RULES[Kind.DELETE]
    entry = book.find_number(name, stopped) or book.find_number(name, today)
    last = _end(stopped, entry, book)
    return None if last is None or entry is None else (last, entry)


def read(datum: Datum, written: str) -> str | date | bool | None:
    """
    Return the value somebody wrote for a fact.

    Args:
        datum: Which fact.
        written: As it is kept: text, a day in ISO form, ``yes``, ``no`` or nothing.

    Raises:
        DatumUnreadable: It is too long, no day, or no answer.

    >>> read(Datum.UNION_MEMBER, "yes")
    True
    """
    if datum in {Datum.UNION_MEMBER, Datum.LOWER_SECONDARY}:
        if written not in _SAID:
            raise DatumUnreadable(datum=datum.value)
        return _SAID[written]
    if datum is Datum.BORN:
        try:
            return date.fromisoformat(written)
        except ValueError:
            raise DatumUnreadable(datum=datum.value) from None
    if not written or len(written) > _LONGEST[datum]:
        raise DatumUnreadable(datum=datum.value)
    return written


def _end(start: date, entry: Entry[int] | None, book: Rulebook) -> date | None:
    if entry is None:
        return None
    try:
        return deadlines.span_end(start, entry, book.workdays())
    except CalendarEnds:
        return None
