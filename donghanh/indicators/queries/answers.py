"""All figures of a unit, or of each unit at the top, as plain values for a script."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from donghanh.amendments import queries as amendments
from donghanh.domain import figures
from donghanh.domain.authority import Actor
from donghanh.domain.figures import Source
from donghanh.domain.structure import Line, UnitKind, of_party
from donghanh.domain.succession import View
from donghanh.indicators.queries import adding
from donghanh.indicators.queries.adding import Added, Sum
from donghanh.indicators.queries.asking import NotShown, missing, name_of
from donghanh.organisation import queries as organisation
from donghanh.organisation.models import Unit

_NOBODY: Actor | None = None


def line_of(kinds: set[UnitKind]) -> Line:
    """Return along which line a unit of some kinds is added up."""
    if kinds & {UnitKind.SCHOOL, UnitKind.DEPARTMENT}:
        return Line.EDUCATION
    return Line.PARTY if any(of_party(kind) for kind in kinds) else Line.UNION


def answer(
    unit: str | None, school_year: str, day: date | None, view: View, today: date
) -> dict[str, Any]:
    """
    Return all figures of a unit for a school year beside the same period a year before.

    For a job, which sees all schools: nothing is hidden.

    Args:
        unit: The unit's code; ``None``: each unit at the top of education.
        school_year: The school year, such as "2025-2026".
        day: The cut-off; ``None``: today. A day outside the year is taken as its nearest day.
        view: By which structure.
        today: The day (Asia/Ho_Chi_Minh).

    Raises:
        NotShown: No unit has the code, or it has no school in that year; ``CarriedOn``
            where it has ended and its figures are carried to another.
        BadSchoolYear: The year is not two years that follow each other.
    """
    book, world = amendments.current(), organisation.world()
    year = adding.year_of(book, school_year)
    cutoff = max(year.since, min(day or today, today, year.last_day))
    before, same_day = adding.same_day_before(book, year, cutoff)
    asked = None if unit is None else Unit.objects.filter(code=unit).values_list("pk", flat=True)
    wanted = None if asked is None else asked.first()
    if asked is not None and wanted is None:
        raise NotShown
    kinds = {one.kind for one in world.versions.get(wanted, ())} if wanted else {UnitKind.SCHOOL}
    line = line_of(kinds)
    now = adding.added(_NOBODY, book, world, year, cutoff, line, view, today)
    then = adding.added(_NOBODY, book, world, before, same_day, line, view, today)
    if wanted is not None and wanted not in now.sums:
        raise missing(world, wanted, view, today)
    chosen = list(now.below.get(None, ())) if wanted is None else [wanted]
    codes = dict(Unit.objects.filter(pk__in=chosen).values_list("pk", "code"))
    on = cutoff if view is View.AS_WAS else today
    known = figures.lines(book)
    return {
        "school_year": year.key,
        "on": cutoff.isoformat(),
        "compared_with": same_day.isoformat(),
        "view": view.value,
        "line": line.value,
        "being_counted_anew": now.left,
        "units": [
            {
                "unit": codes[one],
                "name": name_of(world, one, on),
                "schools": len(now.sums[one].schools),
                "figures": _figures(known, one, now, then),
            }
            for one in sorted(chosen, key=codes.__getitem__)
        ],
    }


def _figures(
    known: tuple[figures.Line, ...], unit: int, now: Added, then: Added
) -> list[Mapping[str, Any]]:
    total, was = now.sums[unit], then.sums.get(unit, Sum())
    found: list[Mapping[str, Any]] = []
    for one in known:
        value, before = _value(total, one), _value(was, one)
        more = None if value is None or before is None else value - before
        told: dict[str, Any] = {
            "code": one.code,
            "number": one.number,
            "title": one.title_vi,
            "source": one.source.value,
            "value": value,
            "before": before,
            "difference": more,
        }
        if one.source is Source.ENTERED:
            told["schools_missing"] = len(total.schools) - total.given.get(one.code, 0)
        found.append(told)
    return found


def _value(total: Sum, figure: figures.Line) -> int | None:
    """Return a value; ``None``: no school entered it."""
    number = total.values.get(figure.code)
    return number if figure.source is Source.ENTERED else number or 0
