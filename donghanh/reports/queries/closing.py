"""Which school years a department has closed, and who may still send for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from donghanh.domain.authority import Actor
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.rights import Right
from donghanh.organisation import queries as organisation
from donghanh.organisation.queries import UnitFacts
from donghanh.reports.models import Opening, Report, YearLock
from donghanh.reports.queries import sheets


@dataclass(frozen=True, slots=True)
class Closed:
    """Whether a report's year is closed, and the opening by which its school may still send."""

    lock: YearLock | None
    opening: Opening | None

    @property
    def bars(self) -> bool:
        """Tell whether nothing may be sent."""
        return self.lock is not None and self.opening is None


@dataclass(frozen=True, slots=True)
class Opened:
    """One opening with the name of its unit, and whether it still holds."""

    opening: Opening
    unit: str
    holds: bool


@dataclass(frozen=True, slots=True)
class ClosingPage:
    """A school year of a department: closed when and by whom, opened for whom until when."""

    year: SchoolYear
    lock: YearLock | None
    openings: tuple[Opened, ...]
    units: tuple[UnitFacts, ...]
    missing: tuple[str, ...]
    simulated: bool


def closed_for(report: Report, on: date) -> Closed:
    """Return whether a report's year is closed to its school on a day."""
    return closed_to(report.department_id, report.school_year, report.school_id, on)


def closed_to(receiver: int, school_year: str, unit: int, on: date) -> Closed:
    """Return whether a year of a receiver is closed to a unit on a day."""
    lock = YearLock.objects.filter(department_id=receiver, school_year=school_year).first()
    if lock is None:
        return Closed(None, None)
    opened = lock.openings.filter(school_id=unit, until_date__gte=on)
    return Closed(lock, opened.order_by("-until_date", "-id").first())


def is_closed(actor: Actor, school_year: str) -> bool:
    """Tell whether the actor's department has closed a school year."""
    locks = YearLock.objects.filter(department_id=actor.post.unit_id, school_year=school_year)
    return locks.exists()


def closing_page(actor: Actor, school_year: str, today: date) -> ClosingPage:
    """
    Return how a school year of the actor's department is closed; of no other post anything.

    Raises:
        BadSchoolYear: The year is not two years that follow each other.
    """
    sheet = sheets.sheet(actor, school_year, today)
    allowed = actor.units if actor.may(Right.REVIEW_REPORTS) else frozenset()
    locks = YearLock.objects.filter(department_id__in=allowed, school_year=school_year)
    made = Opening.objects.filter(lock__in=locks).select_related("opened_by").order_by("-id")
    names = organisation.known_as({one.school_id for one in made}, today)
    own = locks.filter(department_id=actor.post.unit_id).select_related("locked_by")
    return ClosingPage(
        year=sheet.year,
        lock=own.first(),
        openings=tuple(
            Opened(one, names[one.school_id].name, one.until_date >= today) for one in made
        ),
        units=tuple(line.unit for line in sheet.lines),
        missing=tuple(line.unit.short_name for line in sheet.missing),
        simulated=sheet.simulated,
    )
