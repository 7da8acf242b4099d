"""Who has today what lay with a unit: the rules asked with what they need of the units alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import connection

from donghanh.domain import succession
from donghanh.domain.structure import Line, UnitKind
from donghanh.domain.succession import Lying

#: Some units with whom they work at, what works at them, and who carries each on; what those stood
#: under through time; and who is carried on by whom. One statement, told apart by the first column.
_KIN = """
WITH RECURSIVE kin(id) AS (
    SELECT unnest(%(units)s::bigint[])
  UNION
    SELECT next.id FROM kin CROSS JOIN LATERAL (
        SELECT child_id FROM organisation_link WHERE parent_id = kin.id AND line = 'host'
         UNION ALL
        SELECT after_id FROM organisation_successor WHERE before_id = kin.id
    ) AS next(id)
), ties AS (
    SELECT child_id, parent_id, line, lower(in_force) AS since, upper(in_force) AS until
      FROM organisation_link
     WHERE child_id IN (SELECT id FROM kin) AND line IN ('host', 'party', 'competent')
)
SELECT 'edge', before_id, after_id, how, on_date, NULL::date, takes, rest
  FROM organisation_successor WHERE before_id IN (SELECT id FROM kin)
UNION ALL
SELECT 'tie', child_id, parent_id, line, since, until, NULL, NULL FROM ties
UNION ALL
SELECT 'version', unit_id, NULL, kind, lower(in_force), upper(in_force), NULL, NULL
  FROM organisation_unitversion
 WHERE unit_id IN (SELECT id FROM kin UNION SELECT parent_id FROM ties)
 ORDER BY 1, 5
"""


def holders(things: Iterable[Lying], on: date) -> dict[Lying, int | None]:
    """
    Return who has each of some things on a day, ``None`` where nobody does; at most one statement.

    See ``domain.succession.holder``.
    """
    return {thing: who for (thing, _on), who in holders_on((one, on) for one in things).items()}


def holders_on(
    asked: Iterable[tuple[Lying, date]],
) -> dict[tuple[Lying, date], int | None]:
    """Return who has each thing on the day it is asked with; at most one statement."""
    wanted = set(asked)
    if not wanted:
        return {}
    units = {thing.unit for thing, _on in wanted}
    units |= {thing.school for thing, _on in wanted if thing.school is not None}
    known = _world(units)
    return {(thing, on): succession.holder(known, thing, on) for thing, on in wanted}


def _world(units: Iterable[int]) -> succession.World:
    """Return as much of the units through time as decides who has what lies with some of them."""
    versions: dict[int, list[succession.Version]] = {}
    ties: dict[succession.Key, list[succession.Tie]] = {}
    edges: dict[int, list[succession.Edge]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_KIN, {"units": sorted(units)})
        for what, unit, other, word, since, until, takes, rest in cursor.fetchall():
            if what == "edge":
                edge = succession.Edge(unit, other, since, word, frozenset(takes), rest)
                edges.setdefault(unit, []).append(edge)
                continue
            period = succession.Period(since, until)
            if what == "tie":
                tie = succession.Tie(unit, other, Line(word), period)
                ties.setdefault((unit, tie.line), []).append(tie)
            else:
                version = succession.Version(unit, UnitKind(word), "", "", "", period)
                versions.setdefault(unit, []).append(version)
    return succession.World(
        {unit: tuple(rows) for unit, rows in versions.items()},
        {key: tuple(rows) for key, rows in ties.items()},
        {unit: tuple(rows) for unit, rows in edges.items()},
    )
