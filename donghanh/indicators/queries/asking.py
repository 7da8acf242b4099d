"""Which figures are asked for: of which year, up to which day, by which structure."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import date

from donghanh.domain.calendar import SchoolYear
from donghanh.domain.rules import Rulebook
from donghanh.domain.structure import Line
from donghanh.domain.succession import View, World
from donghanh.indicators.queries import adding
from donghanh.organisation import queries as organisation
from donghanh.organisation.models import Unit


class NotShown(Exception):
    """No such unit or figure in the reach of who asks."""


class CarriedOn(NotShown):
    """The unit has ended: its figures are carried to who carries it on."""

    def __init__(self, unit: int, name: str, code: str, was: str) -> None:
        """Keep the heir's id, name and code, and what the unit that ended was called."""
        super().__init__(unit)
        self.unit, self.name, self.code, self.was = unit, name, code, was


def missing(
    world: World, unit: int, view: View, today: date, shown: Container[int] | None = None
) -> NotShown:
    """
    Return why there are no figures of a unit.

    Args:
        world: All units through time.
        unit: The unit.
        view: By which structure it was asked for; by that of then and now it has no heir.
        today: The day whose structure counts.
        shown: The units whose figures the reader may see; ``None``: all.
    """
    if view is not View.BRIDGED or unit not in world.versions:
        return NotShown()
    heir = organisation.carried_to(unit, today)
    if heir == unit or (shown is not None and heir not in shown):
        return NotShown()
    code = Unit.objects.values_list("code", flat=True).get(pk=heir)
    return CarriedOn(heir, name_of(world, heir, today), code, name_of(world, unit, today))


def name_of(world: World, unit: int, day: date) -> str:
    """Return the name of a unit on a day, or the last it had before, or its first."""
    versions = world.versions[unit]
    begun = [one for one in versions if one.period.since <= day]
    return (begun or [versions[0]])[-1].name


@dataclass(frozen=True, slots=True)
class Asked:
    """Which figures: of a school year, up to a day, by a structure, of a unit; ``None``: usual."""

    school_year: str
    day: date | None = None
    line: Line = Line.EDUCATION
    view: View = View.AS_WAS
    unit: int | None = None


def days(book: Rulebook, asked: Asked, today: date) -> tuple[SchoolYear, date, SchoolYear, date]:
    """
    Return the school year asked for and its cut-off, and those it is compared with.

    Raises:
        BadSchoolYear: The year is not two years that follow each other.
    """
    year = adding.year_of(book, asked.school_year)
    day = max(year.since, min(asked.day or today, today, year.last_day))
    return year, day, *adding.same_day_before(book, year, day)
