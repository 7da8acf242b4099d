"""What the pages of reorganising show: a preview in names, operations, and cases to receive."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from donghanh.domain import succession
from donghanh.domain.authority import Actor, require
from donghanh.domain.rights import Right
from donghanh.domain.structure import Line
from donghanh.organisation import texts as organisation
from donghanh.organisation.models import Unit, UnitVersion
from donghanh.reorganisation.models import Reorganisation, Rerouting
from donghanh.reorganisation.queries.operations import Preview, preview, to_receive, visible_to

#: How many units, and cases, a page lists.
MOST = 200


@dataclass(frozen=True, slots=True)
class Placed:
    """A unit that will stand under another along a line."""

    child: str
    parent: str
    line: Line


@dataclass(frozen=True, slots=True)
class Way:
    """Open cases of a school that go from one unit to another."""

    school: str
    line: str
    before: str
    after: str
    cases: int


@dataclass(frozen=True, slots=True)
class Takeover:
    """Dossiers or meetings that lie with another unit from the day on; blank ``after``: nobody."""

    what: str
    before: str
    after: str
    count: int


@dataclass(frozen=True, slots=True)
class Held:
    """A post that ends with its unit, in names; blank ``after``: it goes on nowhere."""

    name: str
    post: str
    before: str
    after: str
    always: bool


@dataclass(frozen=True, slots=True)
class Look:
    """A preview with the names of all it touches; ``more`` units are not listed."""

    preview: Preview
    placed: tuple[Placed, ...]
    ways: tuple[Way, ...]
    taken: tuple[Takeover, ...]
    posts: tuple[Held, ...]
    more: int

    @property
    def may_go_on(self) -> bool:
        """Tell whether the keeper has to say if posts go on."""
        return any(one.after and not one.always for one in self.posts)

    @property
    def end(self) -> bool:
        """Tell whether some post goes on nowhere, whatever the keeper says."""
        return any(not one.after for one in self.posts)


@dataclass(frozen=True, slots=True)
class Receipts:
    """The cases that wait for receipt in the actor's unit; ``more`` are not listed."""

    rows: tuple[Rerouting, ...]
    more: int


def ids_of(codes: Iterable[str]) -> dict[str, int]:
    """Return the ids of the units with these codes; an unknown code is left out."""
    return dict(Unit.objects.filter(code__in=list(codes)).values_list("code", "id"))


def look(actor: Actor, operation: succession.Operation, today: date) -> Look:
    """Return a preview in names; arguments and errors are those of ``preview``."""
    found = preview(actor, operation, today)
    ties = found.ties
    units = {unit for tie in ties for unit in (tie.child, tie.parent)}
    units |= {unit for one in found.routes for unit in (one.school, one.before, one.after)}
    under_way = (*found.unfinished.left, *found.unfinished.taken)
    units |= {unit for one in under_way for unit in (one.before, one.after) if unit is not None}
    units |= {unit for one in found.ending_posts for unit in (one.unit, one.heir) if unit}
    names = _names(units) | {new.id: new.name for new in operation.creates}
    return Look(
        found,
        tuple(Placed(names[tie.child], names[tie.parent], tie.line) for tie in ties[:MOST]),
        tuple(
            Way(names[one.school], one.line, names[one.before], names[one.after], one.cases)
            for one in found.routes[:MOST]
        ),
        tuple(
            Takeover(
                one.what,
                names[one.before],
                "" if one.after is None else names[one.after],
                one.count,
            )
            for one in under_way
        ),
        tuple(
            Held(
                one.name,
                str(organisation.ROLES[one.role]),
                names[one.unit],
                "" if one.heir is None else names[one.heir],
                one.always,
            )
            for one in found.ending_posts
        ),
        max(0, len(ties) - MOST),
    )


def operation_of(actor: Actor, number: int) -> Reorganisation:
    """
    Return one operation that was carried out.

    Raises:
        NotAllowed: The actor does not keep the structure.
        Reorganisation.DoesNotExist: There is no such operation.
    """
    require(actor, Right.KEEP_STRUCTURE)
    return visible_to(actor).get(pk=number)


def receipts(actor: Actor, today: date) -> Receipts:
    """
    Return the cases that wait for receipt, told by number.

    Raises:
        NotAllowed: The actor records no acts.
    """
    require(actor, Right.RECORD_ACTS)
    waiting = to_receive(actor, today).select_related("reorganisation")
    rows = tuple(waiting[: MOST + 1])
    more = waiting.count() - MOST if len(rows) > MOST else 0
    return Receipts(rows[:MOST], more)


def _names(units: Iterable[int]) -> dict[int, str]:
    """Return the newest name of each unit."""
    rows = UnitVersion.objects.filter(unit_id__in=list(units)).order_by("unit_id", "in_force")
    return dict(rows.values_list("unit_id", "name"))
