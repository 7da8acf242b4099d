"""How a letter's duties and targets become tasks and targets of units."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, ClassVar

from donghanh.domain.calendar import (
    MONDAY_TO_FRIDAY,
    BadSchoolYear,
    SchoolYear,
    Workdays,
    add_months,
)
from donghanh.domain.errors import RuleError
from donghanh.domain.names import search_key

#: What a target counts when it counts people who may be admitted, without marks and case.
_PERSONS = ("hoc sinh", "quan chung", "doan vien", "dang vien")


class NoRecipients(RuleError):
    """A directive is issued to nobody."""

    code: ClassVar[str] = "assignment.no_recipients"


class NoTarget(RuleError):
    """The letter names no target, and nobody said that none is meant."""

    code: ClassVar[str] = "assignment.no_target"


class SharedTooLittle(RuleError):
    """What the units are given does not add up to what the letter asks of them together."""

    code: ClassVar[str] = "assignment.shared_too_little"


class DueUnreadable(RuleError):
    """A duty's day is neither a day nor a day of every year."""

    code: ClassVar[str] = "assignment.due_unreadable"


@dataclass(frozen=True, slots=True)
class Duty:
    """
    One duty as an officer confirmed it.

    ``due`` is an ISO day (``2024-06-10``), a month (``2024-05``: its last day), a day of every year
    (``--06-10``), or ``None``; with ``before`` the named day itself is already late. ``shift`` is
    what the letter itself says of a last day that is no working day: ``""`` nothing, so the day
    stays; ``earlier`` or ``later``: the nearest working day on that side.
    """

    text: str
    due: str | None
    recurs: bool
    before: bool
    shift: str = ""


@dataclass(frozen=True, slots=True)
class Dated:
    """A duty with its days in one school year."""

    position: int
    duty: Duty
    school_year: str
    due: date
    #: The last day that is still in time.
    last: date
    #: Whether the answer is a report.
    asks_report: bool


_BRACKETS = re.compile(r"\([^)]*\)")


def dated(
    duties: Sequence[Duty], *, year: SchoolYear, workdays: Workdays | None = None
) -> tuple[Dated, ...]:
    """
    Return the duties that have a day, with that day in a school year.

    Args:
        duties: As confirmed, in the letter's order.
        year: The school year a yearly duty is laid in.
        workdays: The official calendar; asked only where a duty says that its last day moves.

    Returns:
        One entry per duty with a day, in the letter's order; duties without one are left out.

    Raises:
        DueUnreadable: A day that is no day.

    >>> year = SchoolYear.of(date(2024, 2, 1))
    >>> task = dated([Duty("Báo cáo", "--06-10", True, True)], year=year)[0]
    >>> task.due, task.last
    (datetime.date(2024, 6, 10), datetime.date(2024, 6, 9))
    """
    tasks = []
    for position, duty in enumerate(duties):
        if not duty.due:
            continue
        due = _day(duty.due, year)
        last = _moved(due - timedelta(days=1) if duty.before else due, duty.shift, workdays)
        tasks.append(
            Dated(
                position=position,
                duty=duty,
                school_year=year.key,
                due=max(due, last),
                last=last,
                asks_report="báo cáo" in duty.text.lower(),
            )
        )
    return tuple(tasks)


def again(duties: Sequence[Duty], year: SchoolYear) -> tuple[Duty, ...]:
    """
    Return the duties as another school year asks them: a full day that comes back is of that year.

    Duties that do not come back keep their place but have no day.

    >>> year = SchoolYear.from_key("2025-2026")
    >>> [one.due for one in again([Duty("a", "2024-06-10", True, True),
    ...                            Duty("b", "2024-05-01", False, False)], year)]
    ['--06-10', None]
    """
    return tuple(
        replace(duty, due=_of_any_year(duty.due) if duty.recurs else None) for duty in duties
    )


def _of_any_year(due: str | None) -> str | None:
    if due and len(due) == len("2024-06-10"):
        return f"-{due[4:]}"
    return due if due and due.startswith("--") and not due.startswith("---") else None


def _moved(last: date, shift: str, workdays: Workdays | None) -> date:
    """Return the working day a last day moves to; beyond the calendar weekends alone are known."""
    if not shift or workdays is None:
        return last
    step = timedelta(days=1 if shift == "later" else -1)
    moved = last
    while not works(moved, workdays):
        moved += step
    return moved


def works(day: date, workdays: Workdays) -> bool:
    """
    Tell whether a day is a working day; beyond the calendar Monday to Friday are taken for such.

    Args:
        day: The day.
        workdays: The official calendar.
    """
    if workdays.since <= day < workdays.until:
        return workdays.is_working(day)
    return day.weekday() in MONDAY_TO_FRIDAY


def _day(due: str, year: SchoolYear) -> date:
    """Return the day a text names, laid in the school year where it names none."""
    try:
        if len(due) == len("2024-05") and not due.startswith("--"):
            first = date.fromisoformat(f"{due}-01")
            return add_months(first, 1) - timedelta(days=1)
        if not due.startswith("--"):
            return date.fromisoformat(due)
        first = date.fromisoformat(f"{year.since.year}{due[1:]}")
        day = first if first >= year.since else date.fromisoformat(f"{year.until.year}{due[1:]}")
    except ValueError as unreadable:
        raise DueUnreadable(due=due) from unreadable
    return day


def check_shares(shares: Mapping[int, int], *, target: int | None, without_target: bool) -> None:
    """
    Refuse a sharing out that cannot stand.

    Args:
        shares: Amount per unit id; units that only receive the letter have 0.
        target: What the letter asks of all together (pupils admitted), or ``None``.
        without_target: Whether the officer said that no target is given.

    Raises:
        NoRecipients: No unit.
        NoTarget: The letter names none and the officer did not say that none is meant.
        SharedTooLittle: The shares add up to less than the letter asks.
    """
    if not shares:
        raise NoRecipients
    if target is None and not without_target and not any(shares.values()):
        raise NoTarget
    if target is not None and not without_target and sum(shares.values()) < target:
        raise SharedTooLittle(target=target, shared=sum(shares.values()))


def duties_of(reading: Mapping[str, Any]) -> tuple[Duty, ...]:
    """Return the duties of a confirmed reading, in the letter's order."""
    return tuple(
        Duty(
            text=str(duty["text"]),
            due=duty.get("due") or None,
            recurs=bool(duty.get("recurs")),
            before=bool(duty.get("before")),
            shift=str(duty.get("shift") or ""),
        )
        for duty in reading.get("duties", ())
    )


def target_of(reading: Mapping[str, Any]) -> int | None:
    """
    Return the number of admissions a confirmed reading asks for, or ``None`` where it is mute.

    Shares in percent, upper bounds, and amounts of other things than admissions are no such number;
    of targets for several school years those of the first one named count.

    >>> target_of({"targets": [{"amount": 2, "kind": "at_least", "year": "2023-2024"},
    ...                        {"amount": 15, "kind": "percent", "year": "2023-2024"}]})
    2
    """
    asked = [target for target in reading.get("targets", ()) if _asks_admissions(target)]
    years = [target.get("year") for target in asked]
    amounts = [target["amount"] for target in asked if target.get("year") == years[0]]
    return sum(amounts) if amounts else None


def _asks_admissions(target: Mapping[str, Any]) -> bool:
    """Tell whether a target says how many are to be admitted at the least."""
    counted = target.get("kind") != "percent" and target.get("bound") != "at_most"
    return counted and _is_of_admissions(target) and isinstance(target.get("amount"), int)


def _is_of_admissions(target: Mapping[str, Any]) -> bool:
    """Tell by its verb, else by what it counts, whether a target asks for admissions."""
    if target.get("what"):
        return "kết nạp" in str(target["what"]).casefold()
    of = search_key(str(target.get("of") or ""))
    return not of or any(word in of for word in _PERSONS)


def school_year_of(reading: Mapping[str, Any], on: date) -> SchoolYear:
    """
    Return the school year a confirmed reading speaks of.

    The year of its first target that names a school year; else the year of its first full due day;
    else that of the day it is issued.

    >>> school_year_of({"targets": [{"year": "2023-2024"}]}, date(2026, 1, 1)).key
    '2023-2024'
    >>> school_year_of({"targets": [{"year": "2024"}]}, date(2026, 1, 1)).key
    '2025-2026'
    """
    for target in reading.get("targets", ()):
        try:
            return SchoolYear.from_key(target.get("year") or "")
        except BadSchoolYear:  # a calendar year, or none: no school year follows from it
            continue
    for duty in duties_of(reading):
        try:
            return SchoolYear.of(date.fromisoformat(duty.due or ""))
        except ValueError:  # a day of every year, or none
            continue
    return SchoolYear.of(on)


def named_among(named: Sequence[str], names_by_id: Mapping[int, str]) -> frozenset[int]:
    """
    Return the ids of the units a letter names, whatever case and marks it writes them in.

    Args:
        named: The units as the letter writes them.
        names_by_id: Full names of the units by id.

    Returns:
        Ids of the units whose name holds a name of the letter as whole words, or the reverse;
        what stands in brackets is no part of a name.

    >>> sorted(named_among(["trường THPT chuyên Nguyễn Chí Thanh"],
    ...                    {1: "Trường THPT Chuyên Nguyễn Chí Thanh", 2: "Trường THPT Đức Lập"}))
    [1]
    """
    wanted = [key for key in map(_key, named) if key]
    return frozenset(
        unit_id
        for unit_id, name in names_by_id.items()
        if any(_holds(_key(name), key) or _holds(key, _key(name)) for key in wanted)
    )


def _key(name: str) -> str:
    """Return a name for comparing: without what stands in brackets, marks and case."""
    return search_key(_BRACKETS.sub(" ", name))


def _holds(longer: str, shorter: str) -> bool:
    """Tell whether one search key stands in another as whole words."""
    return bool(shorter) and f" {shorter} " in f" {longer} "


def proposal(target: int | None, named: Sequence[int]) -> dict[int, int]:
    """
    Return a first sharing out of a target: among the units the letter names, as evenly as can be.

    >>> proposal(3, [7, 9]), proposal(None, [7]), proposal(2, [])
    ({7: 2, 9: 1}, {}, {})
    """
    if not target or not named:
        return {}
    each, rest = divmod(target, len(named))
    shares = {unit_id: each + (place < rest) for place, unit_id in enumerate(named)}
    return {unit_id: amount for unit_id, amount in shares.items() if amount}
