"""What a walk will do with a letter: who, how many, from when to when; worked out beforehand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar

from donghanh.demonstration import days
from donghanh.domain import assignment, rules
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.errors import RuleError

#: Fewest days in which a road is walked; with less, it began before the letter came.
_SHORTEST = 80
_USUAL = 170
#: Days between the last ceremony and the cut-off, and between the letter and the first list.
_BEFORE_CUTOFF = 12
_AFTER_LETTER = 5
#: So many are walked at most: a larger target is answered by a smaller result.
MOST = 40
#: Units a letter names that are made into schools, at most.
_NAMED = 6
_OTHERS = ("Trường THPT Hoa Ban (mô phỏng)", "Trường THPT Suối Ngọc (mô phỏng)")
_MARK = "(mô phỏng)"
#: Stands for a day nobody knows: no letter speaks of this year.
_NOWHERE = date(9000, 1, 1)


class NoReportDue(RuleError):
    """No duty of the letter asks for a report by a day."""

    code: ClassVar[str] = "demonstration.no_report_due"


class NoYear(RuleError):
    """The letter names neither a school year, nor a full day, nor its own date."""

    code: ClassVar[str] = "demonstration.no_year"


class NoRules(RuleError):
    """The rulebook has no rules for the school year."""

    code: ClassVar[str] = "demonstration.no_rules"


class DueOutsideYear(RuleError):
    """The report is due before the school year begins, or before the letter was issued."""

    code: ClassVar[str] = "demonstration.due_outside_year"


@dataclass(frozen=True, slots=True)
class Plan:
    """
    How a letter is walked.

    Attributes:
        year: The school year of its target.
        target: Admissions asked for.
        issued: Day it is issued.
        dated: Whether the letter itself gives that day; otherwise it is assumed.
        last: Last day the report is in time.
        cutoff: Last day counted: ``last``, or the last day of the school year.
        begin: Day of the first list.
        end: Day of the last ceremony.
        schools: Full names of the schools, those the letter names first.
        named: How many of them the letter names.
    """

    year: SchoolYear
    target: int
    issued: date
    dated: bool
    last: date
    cutoff: date
    begin: date
    end: date
    schools: tuple[str, ...]
    named: int

    def shares(self) -> tuple[int, ...]:
        """Return the share of each school: the target among those named, else among all."""
        receiving = range(self.named or len(self.schools))
        shared = assignment.proposal(self.target, list(receiving))
        return tuple(shared.get(place, 0) for place in range(len(self.schools)))


def of(reading: Mapping[str, Any]) -> Plan:
    """
    Return the plan of a letter.

    Args:
        reading: The letter as read.

    Raises:
        NoTarget: It asks for no number of admissions.
        NoYear, NoReportDue, DueUnreadable, DueOutsideYear: Its days lead nowhere.
        NoRules: The rulebook does not reach its school year.
    """
    target = assignment.target_of(reading)
    if not target:
        raise assignment.NoTarget
    day, full = _day_of(reading.get("date"))
    year = _year(reading, day)
    tasks = assignment.dated(assignment.duties_of(reading), year=year)
    last = max((task.last for task in tasks if task.asks_report), default=None)
    if last is None:
        raise NoReportDue
    if last < year.since or (day is not None and last <= day):
        raise DueOutsideYear(due=last, year=year.key)
    cutoff = min(last, year.last_day)
    issued = day or days.on_or_before(cutoff - timedelta(days=_USUAL // 2 + 20))
    begin, end = _span(issued, cutoff, year)
    known = rules.load().regimes()[0].since
    if begin < known:
        raise NoRules(since=known, year=year.key)
    named = _named(reading)
    return Plan(
        year=year,
        target=target,
        issued=issued,
        dated=full,
        last=last,
        cutoff=cutoff,
        begin=begin,
        end=end,
        schools=(*named, *(name for name in _OTHERS if name not in named)),
        named=len(named),
    )


def _day_of(written: str | None) -> tuple[date | None, bool]:
    """Return the letter's day, and whether it is complete; the middle of a month without a day."""
    try:
        return date.fromisoformat(written or ""), True
    except ValueError:
        pass
    try:
        return days.on_or_after(date.fromisoformat(f"{written}-15")), False
    except ValueError:
        return None, False


def _year(reading: Mapping[str, Any], day: date | None) -> SchoolYear:
    asked = assignment.school_year_of(reading, day or _NOWHERE)
    if day is None and _NOWHERE in asked:
        raise NoYear
    return asked


def _span(issued: date, cutoff: date, year: SchoolYear) -> tuple[date, date]:
    end = days.on_or_before(cutoff - timedelta(days=_BEFORE_CUTOFF))
    end = max(end, min(days.on_or_after(year.since), cutoff))
    begin = issued + timedelta(days=_AFTER_LETTER)
    if (end - begin).days < _SHORTEST:
        begin = end - timedelta(days=_USUAL)
    return days.on_or_after(begin), end


def _named(reading: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the schools a letter names, each marked as simulated."""
    names = [str(name).strip() for name in reading.get("units", ())]
    schools = [name for name in names if name.lower().startswith("trường ")]
    marked = [name if _MARK in name else f"{name} {_MARK}" for name in schools]
    return tuple(dict.fromkeys(name[:1].upper() + name[1:] for name in marked))[:_NAMED]
