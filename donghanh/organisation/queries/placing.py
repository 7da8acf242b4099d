"""Where a unit may be put, and for how long: what is asked before a link or a post is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import connection

from donghanh.domain.structure import Line, NotThere, PlacedAlready, UnitKind, may_stand_under
from donghanh.domain.succession import Circle, Misplaced
from donghanh.organisation.models import Link, UnitVersion

#: Whether a unit comes to stand above another on any day of a period: every step up is followed
#: for the days it shares with those before it.
_ABOVE = """
WITH RECURSIVE above(id, during) AS (
    SELECT %(parent)s::bigint, daterange(%(since)s::date, %(until)s::date)
  UNION
    SELECT link.parent_id, above.during * link.in_force
      FROM organisation_link AS link
      JOIN above ON link.child_id = above.id AND link.in_force && above.during
     WHERE link.line = %(line)s
)
SELECT FROM above WHERE id = %(child)s LIMIT 1
"""


def lasting(unit_id: int, since: date) -> date | None:
    """
    Return the first day a unit no longer exists, or ``None``.

    Raises:
        NotThere: It does not exist on the day asked about.
    """
    return _lasting(unit_id, _versions(unit_id)[unit_id], since)


def _lasting(unit_id: int, versions: Sequence[UnitVersion], since: date) -> date | None:
    if not any(one.in_force.lower <= since for one in versions):
        raise NotThere(unit=unit_id, on=since)
    until: date | None = versions[-1].in_force.upper
    if until is not None and until <= since:
        raise NotThere(unit=unit_id, on=since)
    return until


def placeable(child: int, parent: int, line: Line, since: date) -> tuple[date, date | None]:
    """
    Return the days for which one unit can stand under another along a line from a day on.

    Raises:
        NotThere: One of the two does not exist then, or the parent ends before the child.
        Misplaced: A unit of that kind cannot stand under one of that kind, then or later.
        Circle: The child would stand under itself, then or later.
        PlacedAlready: The child already has a parent on that line in that period.
    """
    versions = _versions(child, parent)
    until, above = (_lasting(one, versions[one], since) for one in (child, parent))
    if above is not None and (until is None or until > above):
        raise NotThere(unit=parent, on=above)
    for kind, over in _pairs(versions[child], versions[parent], since):
        if not may_stand_under(line, kind, over):
            raise Misplaced(unit=child, parent=parent, line=line.value)
    given = {"child": child, "parent": parent, "line": line.value, "since": since, "until": until}
    with connection.cursor() as cursor:
        cursor.execute(_ABOVE, given)
        if cursor.fetchone() is not None:
            raise Circle(unit=child)
    taken = Link.objects.filter(
        child_id=child, line=line.value, in_force__overlap=(since, until)
    ).order_by("in_force")
    if (first := taken.first()) is not None:
        raise PlacedAlready(unit=child, on=max(since, first.in_force.lower))
    return since, until


def _versions(*unit_ids: int) -> dict[int, list[UnitVersion]]:
    """Return what units have been, in the order of days; nothing of one that is not known."""
    found: dict[int, list[UnitVersion]] = {unit_id: [] for unit_id in unit_ids}
    for one in UnitVersion.objects.filter(unit_id__in=unit_ids).order_by("in_force"):
        found[one.unit_id].append(one)
    return found


def _pairs(
    child: Sequence[UnitVersion], parent: Sequence[UnitVersion], since: date
) -> list[tuple[UnitKind, UnitKind]]:
    """Return the kinds the two are at the same time, from a day on."""
    return [
        (UnitKind(one.kind), UnitKind(other.kind))
        for one in child
        for other in parent
        if one.in_force.upper is None or one.in_force.upper > since
        if other.in_force.upper is None or other.in_force.upper > since
        if one.in_force.upper is None or other.in_force.lower < one.in_force.upper
        if other.in_force.upper is None or one.in_force.lower < other.in_force.upper
    ]
