"""What narrows the list of the cohort: for the rows of the database, and for replayed ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q

from donghanh.domain import standings as rules
from donghanh.domain.acts import Step
from donghanh.domain.authority import Actor
from donghanh.domain.deadlines import ClockKind
from donghanh.domain.roads import RoadStatus
from donghanh.dossiers.models import Standing
from donghanh.dossiers.queries import roads as reads
from donghanh.dossiers.queries import standings, wording
from donghanh.dossiers.queries.standings import Rows, Sight, Told


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows the list; an empty value narrows nothing."""

    q: str = ""
    step: str = ""
    past: str = ""
    class_name: str = ""
    state: str = ""

    @property
    def by_standing(self) -> bool:
        """Tell whether it goes by where the roads stand, not by names and classes alone."""
        return bool(_step(self.step) or _step(self.past) or self.state in _STATES)


def _step(name: str) -> Step | None:
    return Step(name) if name in set(Step) else None


def narrowed(
    seen: Sight, filters: Filters, actor: Actor, today: date
) -> tuple[Rows, tuple[Told, ...]]:
    """
    Return the rows of a list and the replayed ones beside them, both narrowed alike.

    Args:
        seen: What the actor sees.
        filters: What narrows it; a step or state that does not exist narrows nothing.
        actor: Who looks.
        today: The day the roads are shown for (Asia/Ho_Chi_Minh).
    """
    rows, told = seen.fresh, seen.told
    if seen.left and not filters.by_standing:
        # Names and classes hold, however old a standing is: everybody is listed.
        rows, told = Standing.objects.filter(pk__in=reads.visible_to(actor).values("pk")), ()
    rows = standings.named(actor, rows, filters.q)
    if filters.class_name:
        rows = rows.filter(class_name=filters.class_name)
    for column, name in (("open_steps", filters.step), ("past_steps", filters.past)):
        step = _step(name)
        if step is not None:
            rows = rows.alias(**{f"in_{column}": F(column).bitand(rules.bit(step))})
            rows = rows.filter(**{f"in_{column}__gt": 0})
    if filters.state in _STATES:
        rows = rows.filter(_STATES[filters.state].asked(today))
    return rows, tuple(one for one in told if _fits(one, filters, today))


def _fits(told: Told, filters: Filters, today: date) -> bool:
    """Tell whether a replayed row fits; what ``narrowed`` asks of the others."""
    kept, person = told.standing, told.walk.dossier.person
    step, past = _step(filters.step), _step(filters.past)
    return (
        told.bears(filters.q)
        and (not filters.class_name or person.class_name == filters.class_name)
        and (step is None or bool(kept.open_steps & rules.bit(step)))
        and (past is None or bool(kept.past_steps & rules.bit(past)))
        and (filters.state not in _STATES or _STATES[filters.state].holds(kept, today))
    )


def last_day(kept: Standing, today: date) -> tuple[date, bool] | None:
    """
    Return the last day a list shows beside a name, and whether it is something that runs out.

    The soonest that is awaited, or what runs out soon; see ``wording.pressing``.
    """
    due, expires = kept.due_date, kept.expiry_date
    if expires is not None and expires > today + timedelta(wording.NEAR[ClockKind.EXPIRY]):
        expires = None
    if expires is not None and (due is None or expires < due):
        return expires, True
    return None if due is None else (due, False)


@dataclass(frozen=True, slots=True)
class _State:
    """One state: as the database asks for it, and as a row is asked."""

    asked: Callable[[date], Q]
    holds: Callable[[Standing, date], bool]


def _late(today: date) -> Q:
    return Q(due_date__lt=today) | Q(expiry_date__lt=today)


def _near(today: date) -> Q:
    due = Q(due_date__gte=today, due_date__lte=today + timedelta(wording.NEAR[ClockKind.DUE]))
    soon = today + timedelta(wording.NEAR[ClockKind.EXPIRY])
    first = Q(due_date=None) | Q(expiry_date__lt=F("due_date"))
    expires = Q(expiry_date__gte=today, expiry_date__lte=soon) & first
    late = Q(due_date__isnull=False, due_date__lt=today)
    late |= Q(expiry_date__isnull=False, expiry_date__lt=today)
    return (due | expires) & ~late


def _is_late(kept: Standing, today: date) -> bool:
    found = last_day(kept, today)
    return found is not None and found[0] < today


def _is_near(kept: Standing, today: date) -> bool:
    found = last_day(kept, today)
    if found is None or found[0] < today:
        return False
    day, expires = found
    return expires or day <= today + timedelta(wording.NEAR[ClockKind.DUE])


def _of(*statuses: RoadStatus) -> _State:
    names = frozenset(status.value for status in statuses)
    return _State(lambda today: Q(status__in=names), lambda kept, today: kept.status in names)


#: By the word in the address of the list.
_STATES = {
    "tre": _State(_late, _is_late),
    "gan": _State(_near, _is_near),
    "vuong": _State(lambda today: Q(blocked=True), lambda kept, today: kept.blocked),
    "du-bi": _of(RoadStatus.ADMITTED),
    "chinh-thuc": _of(RoadStatus.RECOGNISED),
    "ngung": _of(*wording.HALTED),
}
