"""Who carries whom on, and all units through time as the rules read them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.db import connection

from donghanh.domain import succession
from donghanh.domain.structure import Line, UnitKind
from donghanh.organisation.models import Edition, Successor

#: Who carries one unit on until a day, itself first; each succession once.
_CARRIED = """
WITH RECURSIVE chain(id, since, steps) AS (
    SELECT %(unit)s::bigint, '-infinity'::date, 0
  UNION ALL
    SELECT next.after_id, next.on_date, chain.steps + 1
      FROM chain CROSS JOIN LATERAL (
        SELECT after_id, on_date FROM organisation_successor
         WHERE before_id = chain.id AND rest AND on_date >= chain.since AND on_date <= %(on)s::date
         ORDER BY on_date LIMIT 1
      ) AS next
     WHERE chain.steps < 100
)
SELECT id FROM chain ORDER BY steps DESC LIMIT 1
"""

#: The units that some units carry on until a day, themselves included.
_CARRIED_ON = """
WITH RECURSIVE chain(id) AS (
    SELECT unnest(%(units)s::bigint[])
  UNION
    SELECT before_id FROM organisation_successor JOIN chain ON after_id = chain.id
     WHERE rest AND on_date <= %(on)s::date
)
SELECT id FROM chain
"""


def carried_to(unit_id: int, on: date) -> int:
    """Return the id of who carries a unit on until a day: itself while it goes on."""
    with connection.cursor() as cursor:
        cursor.execute(_CARRIED, {"unit": unit_id, "on": on})
        return int(cursor.fetchone()[0])


def carried_on_by(unit_ids: Iterable[int], on: date) -> frozenset[int]:
    """Return the ids of units with all that they carry on until a day."""
    with connection.cursor() as cursor:
        cursor.execute(_CARRIED_ON, {"units": list(unit_ids), "on": on})
        return frozenset(row[0] for row in cursor.fetchall())


_ALL_VERSIONS = """
SELECT lower(in_force), upper(in_force), unit_id, kind, name, short_name, place, superior, symbol,
       party_code, old_place
  FROM organisation_unitversion
 ORDER BY unit_id, lower(in_force)
"""
_ALL_LINKS = """
SELECT lower(in_force), upper(in_force), child_id, parent_id, line
  FROM organisation_link
 ORDER BY child_id, line, lower(in_force)
"""
_KIND = {kind.value: kind for kind in UnitKind}
_LINE = {line.value: line for line in Line}


def world(marks: frozenset[tuple[int, date]] = frozenset()) -> succession.World:
    """
    Return all units through time as the rules read them; one statement while none has changed.

    Args:
        marks: The units that operations have touched, with the day of each.
    """
    state = Edition.objects.values_list("mark", flat=True).first()
    key = (str(connection.settings_dict["NAME"]), state)
    kept = _kept.get(key) if state is not None else None
    if kept is None:
        kept = _read()
        if state is not None:
            _kept.clear()
            _kept[key] = kept
    return replace(kept, marks=marks) if marks else kept


#: The units as this process read them last, by the database and the state they were in.
_kept: dict[tuple[str, UUID | None], succession.World] = {}


def _read() -> succession.World:
    versions: dict[int, tuple[succession.Version, ...]] = {}
    ties: dict[succession.Key, tuple[succession.Tie, ...]] = {}
    # Nearly all units and ties share a few periods: each is made once.
    period = lru_cache(maxsize=None)(succession.Period)
    with connection.cursor() as cursor:
        cursor.execute(_ALL_VERSIONS)
        for since, until, unit, kind, *said in cursor.fetchall():
            name, short, place, *others = said
            one = succession.Version(
                unit, _KIND[kind], name, short, place, period(since, until), *others
            )
            before = versions.get(unit)
            versions[unit] = (one,) if before is None else (*before, one)
        cursor.execute(_ALL_LINKS)
        for since, until, child, parent, of in cursor.fetchall():
            line = _LINE[of]
            tie = succession.Tie(child, parent, line, period(since, until))
            had = ties.get((child, line))
            ties[child, line] = (tie,) if had is None else (*had, tie)
    edges: dict[int, list[succession.Edge]] = {}
    for edge in Successor.objects.order_by("before_id", "on_date", "id"):
        edges.setdefault(edge.before_id, []).append(
            succession.Edge(
                edge.before_id,
                edge.after_id,
                edge.on_date,
                edge.how,
                frozenset(edge.takes),
                edge.rest,
            )
        )
    return succession.World(versions, ties, {unit: tuple(rows) for unit, rows in edges.items()})
