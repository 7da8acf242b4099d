"""Units on a day: what they are called, what stands under what, who works where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import QuerySet

from donghanh.domain import names
from donghanh.domain.structure import Line, UnitKind
from donghanh.organisation.models import Link, Unit, UnitVersion
from donghanh.organisation.queries.successions import carried_to

#: The units under one unit along one line on one day, itself included.
_BELOW = """
WITH RECURSIVE below(id) AS (
    SELECT %(top)s::bigint
  UNION
    SELECT link.child_id
      FROM organisation_link AS link JOIN below ON link.parent_id = below.id
     WHERE link.line = %(line)s AND link.in_force @> %(on)s::date
)
SELECT id FROM below
"""

#: The unit that stands at the top above one unit along one line on one day.
_TOP = """
WITH RECURSIVE chain(id) AS (
    SELECT %(unit)s::bigint
  UNION
    SELECT link.parent_id
      FROM organisation_link AS link JOIN chain ON link.child_id = chain.id
     WHERE link.line = %(line)s AND link.in_force @> %(on)s::date
)
SELECT id FROM chain
 WHERE NOT EXISTS (
       SELECT FROM organisation_link AS link
        WHERE link.child_id = chain.id AND link.line = %(line)s AND link.in_force @> %(on)s::date)
"""


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """A unit as it is called on a day."""

    id: int
    code: str
    kind: UnitKind
    name: str
    short_name: str
    place: str
    superior: str
    symbol: str

    @property
    def order(self) -> tuple[str, int]:
        """Return what lists of units are sorted by: the name in Vietnamese order, then the id."""
        return names.title_key(self.name), self.id


def below(unit_id: int, line: Line, on: date) -> frozenset[int]:
    """Return the ids of the units under one along a line on a day, itself included."""
    with connection.cursor() as cursor:
        cursor.execute(_BELOW, {"top": unit_id, "line": line.value, "on": on})
        return frozenset(row[0] for row in cursor.fetchall())


def parent_of(unit_id: int, line: Line, on: date) -> int | None:
    """Return the id of the unit above along a line on a day, or ``None``."""
    links = Link.objects.filter(child_id=unit_id, line=line.value, in_force__contains=on)
    return links.values_list("parent_id", flat=True).first()


def parents_of(unit_id: int, lines: Iterable[Line], on: date) -> dict[Line, int]:
    """Return the ids of the units above along some lines on a day; none where there is none."""
    links = Link.objects.filter(
        child_id=unit_id, line__in=[line.value for line in lines], in_force__contains=on
    )
    return {Line(line): parent for line, parent in links.values_list("line", "parent_id")}


def top_of(unit_id: int, line: Line, on: date) -> int:
    """Return the id of the unit at the top above one along a line on a day; itself at the top."""
    with connection.cursor() as cursor:
        cursor.execute(_TOP, {"unit": unit_id, "line": line.value, "on": on})
        row = cursor.fetchone()
    return unit_id if row is None else int(row[0])


def hosted_at(school_id: int, kind: UnitKind, on: date) -> int | None:
    """
    Return the id of the cell or school Union that works at a school on a day, or ``None``.

    Where the last one there was carried on elsewhere, and nobody has come since, that heir.
    """
    links = Link.objects.filter(
        parent_id=carried_to(school_id, on),
        line=Line.HOST.value,
        in_force__contains=on,
        child__versions__kind=kind.value,
        child__versions__in_force__contains=on,
    )
    # After a merger two may work there: the one that has done so longer comes first.
    found = links.order_by("in_force", "child_id").values_list("child_id", flat=True).first()
    return found or _carried_away(school_id, kind, on)


def _carried_away(school_id: int, kind: UnitKind, on: date) -> int | None:
    """Return who carries on the last body that worked at a school, where it is another unit."""
    last = (
        Link.objects.filter(
            parent_id=carried_to(school_id, on),
            line=Line.HOST.value,
            in_force__endswith__lte=on,
            child__versions__kind=kind.value,
        )
        .order_by("-in_force", "child_id")
        .values_list("child_id", flat=True)
        .first()
    )
    if last is None:
        return None
    heir = carried_to(last, on)
    there = UnitVersion.objects.filter(unit_id=heir, in_force__contains=on)
    return heir if heir != last and there.exists() else None


def tree_on(line: Line, day: date) -> dict[int, int]:
    """Return the id of the parent of every unit that has one along a line on a day, by child."""
    links = Link.objects.filter(line=line.value, in_force__contains=day)
    return dict(links.values_list("child_id", "parent_id"))


def at(day: date) -> dict[int, UnitFacts]:
    """Return all units as they are called on a day, by id."""
    columns = ("kind", "name", "short_name", "place", "superior", "symbol")
    rows = UnitVersion.objects.filter(in_force__contains=day)
    return {
        unit: UnitFacts(unit, code, UnitKind(kind), *rest)
        for unit, code, kind, *rest in rows.values_list("unit_id", "unit__code", *columns)
    }


def facts_of(unit_ids: Iterable[int], on: date) -> dict[int, UnitFacts]:
    """
    Return the units as they are called on a day, by id.

    A unit that does not exist on that day is left out.
    """
    return _told(UnitVersion.objects.filter(unit_id__in=list(unit_ids), in_force__contains=on))


def known_as(unit_ids: Iterable[int], on: date) -> dict[int, UnitFacts]:
    """
    Return the units as they are called on a day, by id; one that has ended as it was called last.

    A unit that has not begun by that day is left out.
    """
    begun = UnitVersion.objects.filter(unit_id__in=list(unit_ids), in_force__startswith__lte=on)
    return _told(begun.order_by("unit_id", "-in_force").distinct("unit_id"))


def ended(unit_id: int, on: date) -> date | None:
    """Return since when a unit is no more, where it has ended by a day; ``None``: it has not."""
    versions = UnitVersion.objects.filter(unit_id=unit_id).order_by("-in_force")
    last = versions.values_list("in_force", flat=True).first()
    if last is None or last.upper is None or last.upper > on:
        return None
    until: date = last.upper
    return until


def existed(unit_ids: Iterable[int], since: date, last_day: date) -> frozenset[int]:
    """Return the units that were there on any day of a span, both ends included."""
    overlap = (since, last_day + timedelta(days=1))
    there = UnitVersion.objects.filter(unit_id__in=list(unit_ids), in_force__overlap=overlap)
    return frozenset(there.values_list("unit_id", flat=True))


def _told(versions: QuerySet[UnitVersion]) -> dict[int, UnitFacts]:
    return {
        version.unit_id: UnitFacts(
            id=version.unit_id,
            code=version.unit.code,
            kind=UnitKind(version.kind),
            name=version.name,
            short_name=version.short_name,
            place=version.place,
            superior=version.superior,
            symbol=version.symbol,
        )
        for version in versions.select_related("unit")
    }


def schools_under(unit_id: int, on: date) -> list[UnitFacts]:
    """Return the schools a department manages on a day, ordered by name, then id."""
    units = facts_of(below(unit_id, Line.EDUCATION, on), on).values()
    schools = [unit for unit in units if unit.kind is UnitKind.SCHOOL]
    return sorted(schools, key=lambda unit: unit.order)


def unit_by_code(code: str) -> Unit:
    """
    Return the unit with this code.

    Raises:
        Unit.DoesNotExist: No unit has it.
    """
    return Unit.objects.get(code=code)
