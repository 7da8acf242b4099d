"""The trees on any day: one level at a time, with where each unit came from and went."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from donghanh.domain import names
from donghanh.domain.authority import Actor, NotAllowed
from donghanh.domain.rights import Right, Role
from donghanh.domain.structure import Line, UnitKind

#: The lines that are trees of their own; the others hang at them.
TREES = (Line.EDUCATION, Line.PARTY, Line.UNION)
#: How many units a search shows, and a level.
MOST_FOUND, MOST_BELOW = 50, 400
#: How many days of change are marked on the line of time: the newest.
MOST_DAYS = 24

_KINDS: dict[Line, list[UnitKind]] = {
    Line.EDUCATION: [UnitKind.DEPARTMENT, UnitKind.SCHOOL, UnitKind.POLITICAL_CENTRE],
    Line.UNION: [kind for kind in UnitKind if kind.value.endswith("union")],
    Line.PARTY: [kind for kind in UnitKind if kind.value.endswith(("committee", "cell"))],
}

_DAYS = """
SELECT day, count(DISTINCT unit) FROM (
    SELECT lower(in_force) AS day, unit_id AS unit FROM organisation_unitversion
     WHERE kind = ANY(%(kinds)s)
  UNION ALL
    SELECT upper(in_force), unit_id FROM organisation_unitversion
     WHERE kind = ANY(%(kinds)s) AND NOT upper_inf(in_force)
  UNION ALL
    SELECT lower(in_force), child_id FROM organisation_link WHERE line = %(line)s
  UNION ALL
    SELECT upper(in_force), child_id FROM organisation_link
     WHERE line = %(line)s AND NOT upper_inf(in_force)
) AS change WHERE day IS NOT NULL GROUP BY day ORDER BY day
"""

_NODE = """
SELECT version.unit_id, unit.code, version.kind, version.name, version.place, version.old_place,
       version.party_code, lower(version.in_force),
       (SELECT count(*) FROM organisation_link AS below
         WHERE below.parent_id = version.unit_id AND below.line = %(line)s
           AND below.in_force @> %(on)s::date)
  FROM organisation_unitversion AS version
  JOIN organisation_unit AS unit ON unit.id = version.unit_id
 WHERE version.in_force @> %(on)s::date AND
"""

_BELOW = """
 version.unit_id IN (SELECT child_id FROM organisation_link
   WHERE parent_id = %(top)s AND line = %(line)s AND in_force @> %(on)s::date)
"""

_ROOTS = """
 version.kind = ANY(%(kinds)s) AND NOT EXISTS (SELECT 1 FROM organisation_link AS above
   WHERE above.child_id = version.unit_id AND above.line = %(line)s
     AND above.in_force @> %(on)s::date)
"""

_NAMES = """
SELECT version.unit_id, version.name || ' ' || version.place || ' ' || unit.code
  FROM organisation_unitversion AS version
  JOIN organisation_unit AS unit ON unit.id = version.unit_id
 WHERE version.in_force @> %(on)s::date AND version.kind = ANY(%(kinds)s)
"""

_BESIDE = """
SELECT link.parent_id, link.child_id, host.name, guest.name, guest.kind
  FROM organisation_link AS link
  JOIN organisation_unitversion AS host
    ON host.unit_id = link.parent_id AND host.in_force @> %(on)s::date
  JOIN organisation_unitversion AS guest
    ON guest.unit_id = link.child_id AND guest.in_force @> %(on)s::date
 WHERE link.line = 'host' AND link.in_force @> %(on)s::date
   AND (link.parent_id = ANY(%(units)s) OR link.child_id = ANY(%(units)s))
 ORDER BY guest.kind, link.child_id
"""

_KIN = """
SELECT edge.before_id, edge.after_id, edge.on_date, edge.how,
       (SELECT name FROM organisation_unitversion WHERE unit_id = edge.before_id
           AND lower(in_force) < edge.on_date ORDER BY in_force DESC LIMIT 1),
       (SELECT name FROM organisation_unitversion WHERE unit_id = edge.after_id
           AND in_force @> edge.on_date)
  FROM organisation_successor AS edge
 WHERE edge.before_id = ANY(%(units)s) OR edge.after_id = ANY(%(units)s)
 ORDER BY edge.on_date, edge.id
"""

_PATH = """
WITH RECURSIVE up(id, steps) AS (
    SELECT %(top)s::bigint, 0
  UNION ALL
    SELECT link.parent_id, up.steps + 1
      FROM organisation_link AS link JOIN up ON link.child_id = up.id
     WHERE link.line = %(line)s AND link.in_force @> %(on)s::date AND up.steps < 20
)
SELECT up.id, version.name FROM up JOIN organisation_unitversion AS version
    ON version.unit_id = up.id AND version.in_force @> %(on)s::date
 ORDER BY up.steps DESC
"""


class NoSuchUnit(Exception):
    """The unit does not exist on that day."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A unit that works at another, or at which another works."""

    name: str
    kind: UnitKind | None


@dataclass(frozen=True, slots=True)
class Kin:
    """A unit another came from, or went into: its name, the day, and how."""

    name: str
    on: date
    how: str


@dataclass(frozen=True, slots=True)
class Node:
    """A unit as it is on the day; ``below`` counts the units directly under it."""

    id: int
    code: str
    kind: UnitKind
    name: str
    place: str
    old_place: str
    party_code: str
    since: date
    below: int
    beside: tuple[Beside, ...] = ()
    came_from: tuple[Kin, ...] = ()
    went_to: tuple[Kin, ...] = ()


@dataclass(frozen=True, slots=True)
class Level:
    """The units directly under one, in Vietnamese order; ``more`` are not shown."""

    line: Line
    day: date
    nodes: tuple[Node, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A day on the line of time: how many units changed, and how far from the first day."""

    day: date
    changes: int
    offset: int
    current: bool


@dataclass(frozen=True, slots=True)
class TreePage:
    """
    One tree on one day, from one unit down.

    ``span`` is how many days the line of time is long, ``offset`` where the day lies on it, counted
    from ``first``. ``path`` leads from the top to the unit the level hangs under.
    """

    level: Level
    path: tuple[tuple[int, str], ...]
    marks: tuple[Mark, ...]
    first: date
    last: date
    span: int
    offset: int
    earlier: Mark | None
    later: Mark | None
    words: str

    @property
    def top(self) -> int | None:
        """Return the id of the unit the level hangs under, or ``None`` at the top."""
        return self.path[-1][0] if self.path else None


def tree_page(
    actor: Actor,
    line: Line,
    day: date | int,
    today: date,
    *,
    top: int | None = None,
    words: str = "",
) -> TreePage:
    """
    Return one level of a tree on a day, with the line of time above it.

    Args:
        actor: Who looks; anybody but a pupil.
        line: One of ``TREES``.
        day: The day, or how many days it lies after the first day on the line of time.
        today: The present day, always on the line of time.
        top: The unit whose level is shown; the top of the tree where it is ``None``.
        words: Shows the units of the whole tree whose name, place or code holds these words.

    Raises:
        NotAllowed: The actor is a pupil.
        NoSuchUnit: The unit does not exist on that day.
    """
    _require_staff(actor)
    changes = [*_rows(_DAYS, line, today)]
    first = min([one[0] for one in changes], default=today)
    on = date.fromordinal(first.toordinal() + day) if isinstance(day, int) else day
    first, last = min(first, on), max([one[0] for one in changes] + [today, on])
    marks = tuple(
        Mark(when, number, (when - first).days, when == on) for when, number in changes[-MOST_DAYS:]
    )
    path: tuple[tuple[int, str], ...] = ()
    if top is not None and not words:
        path = tuple((row[0], row[1]) for row in _rows(_PATH, line, on, top=top))
        if not path or path[-1][0] != top:
            raise NoSuchUnit
    return TreePage(
        level=_found(line, on, words) if words else _below(line, on, top),
        path=path,
        marks=marks,
        first=first,
        last=last,
        span=(last - first).days,
        offset=(on - first).days,
        earlier=next((mark for mark in reversed(marks) if mark.day < on), None),
        later=next((mark for mark in marks if mark.day > on), None),
        words=words,
    )


def level(actor: Actor, line: Line, day: date, top: int) -> Level:
    """
    Return the units directly under one on a day.

    Raises:
        NotAllowed: The actor is a pupil.
    """
    _require_staff(actor)
    return _below(line, day, top)


def _require_staff(actor: Actor) -> None:
    if actor.post.role is Role.PUPIL:
        raise NotAllowed(right=Right.READ_RULES.value, role=actor.post.role.value)


def _below(line: Line, on: date, top: int | None) -> Level:
    where = _ROOTS if top is None else _BELOW
    return _level(line, on, _rows(_NODE + where, line, on, top=top), MOST_BELOW)


def _found(line: Line, on: date, words: str) -> Level:
    """Return the units of a tree whose name holds all the words, whatever their marks."""
    asked = names.search_key(words).split()
    ids = [
        unit
        for unit, told in _rows(_NAMES, line, on)
        if all(word in names.search_key(told) for word in asked)
    ]
    rows = _rows(_NODE + " version.unit_id = ANY(%(units)s)", line, on, units=ids)
    return _level(line, on, rows, MOST_FOUND)


def _level(line: Line, on: date, rows: list[Any], most: int) -> Level:
    ordered = sorted(rows, key=lambda row: (names.title_key(row[3]), row[0]))
    shown = [row[0] for row in ordered[:most]]
    beside = _beside(line, on, shown)
    came, went = _kin(line, on, shown)
    nodes = (
        Node(
            row[0],
            row[1],
            UnitKind(row[2]),
            row[3],
            row[4],
            row[5],
            row[6],
            row[7],
            row[8],
            beside=tuple(beside.get(row[0], ())),
            came_from=tuple(came.get(row[0], ())),
            went_to=tuple(went.get(row[0], ())),
        )
        for row in ordered[:most]
    )
    return Level(line, on, tuple(nodes), max(0, len(ordered) - most))


def _beside(line: Line, on: date, units: list[int]) -> dict[int, list[Beside]]:
    found: dict[int, list[Beside]] = {}
    for host, guest, host_name, guest_name, kind in _rows(_BESIDE, line, on, units=units):
        found.setdefault(host, []).append(Beside(guest_name, UnitKind(kind)))
        found.setdefault(guest, []).append(Beside(host_name, None))
    return found


def _kin(
    line: Line, on: date, units: list[int]
) -> tuple[dict[int, list[Kin]], dict[int, list[Kin]]]:
    came: dict[int, list[Kin]] = {}
    went: dict[int, list[Kin]] = {}
    for before, after, day, how, old, new in _rows(_KIN, line, on, units=units):
        if day <= on:
            came.setdefault(after, []).append(Kin(old or "", day, how))
        else:
            went.setdefault(before, []).append(Kin(new or "", day, how))
    return came, went


def _rows(
    statement: str,
    line: Line,
    on: date,
    *,
    top: int | None = None,
    units: Iterable[int] = (),
) -> list[Any]:
    kinds = [kind.value for kind in _KINDS[line]]
    given = {"line": line.value, "on": on, "top": top, "kinds": kinds, "units": list(units)}
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return list(cursor.fetchall())
