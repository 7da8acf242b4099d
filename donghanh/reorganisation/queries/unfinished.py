"""What is under way at the units an operation touches, counted, and what becomes of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from donghanh.classes.models import Course
from donghanh.domain import succession
from donghanh.domain.succession import Lying
from donghanh.handover.models import Handover
from donghanh.meetings.models import Meeting
from donghanh.papers.models import Sending


@dataclass(frozen=True, slots=True)
class Taken:
    """
    Some dossiers or meetings that another unit has from the day on, and how many.

    ``what`` is ``dossier`` or ``meeting``; ``after`` is ``None`` where nobody has them. ``case``
    are the open ones of a school, ``before``, that has no cell any more.
    """

    what: str
    before: int
    after: int | None
    count: int


@dataclass(frozen=True, slots=True)
class Unfinished:
    """
    What is under way at the units touched, in numbers.

    ``meetings``, ``classes``, ``handovers`` and ``sendings`` go on as they are, with whoever
    carries the units on. ``taken`` lie with another unit from the day on, ``left`` with nobody.
    ``not_held`` are meetings of a body that will be no more on the day it was to meet. ``marks``
    tell each way of a dossier and each meeting that is taken, as it stood.
    """

    meetings: int = 0
    classes: int = 0
    handovers: int = 0
    sendings: int = 0
    not_held: int = 0
    taken: tuple[Taken, ...] = ()
    left: tuple[Taken, ...] = ()
    marks: tuple[tuple[str, int, str], ...] = ()

    @property
    def any(self) -> bool:
        """Tell whether anything is under way."""
        return self != Unfinished()


@dataclass(frozen=True, slots=True)
class _Open:
    """A dossier's present way, or an open meeting, with what lies where by it."""

    what: str
    id: int
    thing: Lying
    state: str
    on: date | None = None


def unfinished(
    now: succession.World,
    after: succession.World,
    found: succession.Plan,
    schools: AbstractSet[int],
    bare: Mapping[int, int],
) -> Unfinished:
    """
    Return what is under way at the units an operation touches.

    Args:
        now: The units before it.
        after: The units after it.
        found: What it changes.
        schools: Ids of the schools among them, and of those where the others work.
        bare: How many open cases there are at each school that is left without a cell.
    """
    units = {*found.versions, *(child for child, _ in found.ties)}
    held = Meeting.objects.filter(closed_at=None, cancelled_at=None)
    moved = Handover.objects.filter(
        Q(from_school_id__in=schools) | Q(to_school_id__in=schools),
        stands=True,
        sent_date__isnull=False,
        received_at=None,
        called_back_at=None,
    )
    waiting = Course.objects.filter(school_id__in=schools, seats__passed=None).exclude(seats=None)
    every = [*_meetings(units), *ways(schools)]
    day, things = found.operation.on, [one.thing for one in every]
    now, after = succession.around(now, things), succession.around(after, things)
    lost = set(succession.left(after, things, day))
    went = {
        one: (
            succession.holder(now, one.thing, day - timedelta(days=1)) or one.thing.unit,
            None if one.thing in lost else succession.holder(after, one.thing, day),
        )
        for one in every
    }
    gone = {one: way for one, way in went.items() if way[0] != way[1]}
    stays = [one for one in every if one not in gone]
    return Unfinished(
        meetings=held.filter(school_id__in=schools).count()
        + sum(one.what == "meeting" for one in stays),
        classes=waiting.distinct().count(),
        handovers=moved.count(),
        sendings=sum(one.state == "sent" for one in stays),
        not_held=sum(
            one.on is not None and after.version_on(one.thing.unit, one.on) is None for one in gone
        ),
        taken=_counted((one, way) for one, way in gone.items() if way[1] is not None),
        left=(
            *(Taken("case", school, None, cases) for school, cases in sorted(bare.items())),
            *_counted((one, way) for one, way in gone.items() if way[1] is None),
        ),
        marks=tuple(sorted((one.what, one.id, one.state) for one in gone)),
    )


def bared(
    now: succession.World, after: succession.World, schools: AbstractSet[int], day: date
) -> set[int]:
    """Return the schools that have a cell before a day and nobody who carries it on from then."""
    eve = day - timedelta(days=1)
    things = [Lying(school, eve, school) for school in schools]
    now, after = succession.around(now, things), succession.around(after, things)
    had = {school: succession.cell_of(now, school, eve) for school in schools}
    return {
        school
        for school, cell in had.items()
        if cell is not None and succession.holder(after, Lying(cell, eve, school), day) is None
    }


def _counted(gone: Iterable[tuple[_Open, tuple[int, int | None]]]) -> tuple[Taken, ...]:
    found = Counter((one.what, *way) for one, way in gone)
    rows = (Taken(*key, count) for key, count in found.items())
    return tuple(sorted(rows, key=lambda row: (row.what, row.before, row.after or 0)))


def _meetings(units: AbstractSet[int]) -> list[_Open]:
    """Return the open meetings of committees among some units."""
    rows = Meeting.objects.filter(
        school=None, unit_id__in=units, closed_at=None, cancelled_at=None
    ).order_by("id")
    return [
        _Open("meeting", number, Lying(unit, date.min), "open", on)
        for number, unit, on in rows.values_list("id", "unit_id", "on_date")
    ]


def ways(schools: AbstractSet[int]) -> list[_Open]:
    """Return where the dossiers of some schools are, that ever went up: the last way of each."""
    rows = Sending.objects.filter(dossier__school_id__in=schools).order_by("dossier_id", "-id")
    asked = rows.values_list(
        "id",
        "dossier_id",
        "to_unit_id",
        "dossier__school_id",
        "sent_date",
        "received_date",
        "returned_date",
    )
    found: dict[int, _Open] = {}
    for number, dossier, to, school, sent, received, returned in asked:
        if returned is None and dossier not in found:
            state = "sent" if received is None else "received"
            found[dossier] = _Open("dossier", number, Lying(to, received or sent, school), state)
    return list(found.values())


def turned(marks: Iterable[tuple[str, int, str]]) -> int:
    """Return how many ways and meetings, marked as they stood, stand otherwise now."""
    told: list[tuple[str, int, str]] = [(str(one[0]), int(one[1]), str(one[2])) for one in marks]
    meetings = [number for what, number, _state in told if what == "meeting"]
    asked = {number: state for what, number, state in told if what == "dossier"}
    still = Meeting.objects.filter(pk__in=meetings, closed_at=None, cancelled_at=None).count()
    rows = Sending.objects.filter(pk__in=asked, returned_date=None)
    same = sum(
        asked[number] == ("sent" if received is None else "received")
        for number, received in rows.values_list("id", "received_date")
    )
    return len(meetings) - still + len(asked) - same
