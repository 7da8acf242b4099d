"""Whose posts end with their unit, and which of them may go on at the one that carries it on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from donghanh.domain import succession
from donghanh.domain.rights import GO_ON, Role
from donghanh.organisation.models import Post


@dataclass(frozen=True, slots=True)
class Ending:
    """
    A post that ends with its unit.

    Attributes:
        post: Its id.
        name: Who holds it.
        role: The post.
        unit: The unit that ends.
        heir: Where it may go on under the same role; ``None``: nowhere.
        always: Whether it goes on whatever the keeper says: who keeps the system itself.
        period: The days (half-open) it would be held there.
    """

    post: int
    name: str
    role: Role
    unit: int
    heir: int | None
    always: bool
    period: tuple[date, date | None]

    def goes_on(self, *, all_of_them: bool) -> bool:
        """Tell whether it goes on, where the keeper lets all go on that may."""
        return self.heir is not None and (self.always or all_of_them)


def ending(
    now: succession.World, after: succession.World, found: succession.Plan
) -> tuple[Ending, ...]:
    """
    Return the posts an operation ends, in the order they were given; two statements.

    One goes on where its unit has one heir of the rest, of the same kind, at which the holder has
    not the same post already. Who keeps the system goes on at an heir of another kind, too.

    Args:
        now: The units before it.
        after: The units with it.
        found: The operation, planned.
    """
    on = found.operation.on
    heirs = {edge.before: edge.after for edge in found.edges if edge.rest}
    posts = Post.objects.filter(unit_id__in=found.ended, in_force__overlap=(on, None))
    held: dict[tuple[int, int, str], list[tuple[date, date | None]]] = {}
    for one in Post.objects.filter(
        Q(unit_id__in=set(heirs.values())), in_force__overlap=(on, None)
    ):
        days = (one.in_force.lower, one.in_force.upper)
        held.setdefault((one.user_id, one.unit_id, one.role), []).append(days)
    told = []
    for one in posts.select_related("user").order_by("id"):
        period = (max(on, one.in_force.lower or on), one.in_force.upper)
        heir = heirs.get(one.unit_id)
        always = Role(one.role) in GO_ON
        if heir is not None:
            others = held.setdefault((one.user_id, heir, one.role), [])
            fits = always or _same_kind(now, after, one.unit_id, heir, on)
            if not fits or any(_overlap(period, other) for other in others):
                heir = None
            else:
                others.append(period)
        told.append(
            Ending(one.pk, one.user.name, Role(one.role), one.unit_id, heir, always, period)
        )
    return tuple(told)


def _same_kind(
    now: succession.World, after: succession.World, unit: int, heir: int, on: date
) -> bool:
    was, will = now.version_on(unit, on - timedelta(days=1)), after.version_on(heir, on)
    return was is not None and will is not None and was.kind is will.kind


def _overlap(one: tuple[date, date | None], other: tuple[date, date | None]) -> bool:
    return (other[1] is None or one[0] < other[1]) and (one[1] is None or other[0] < one[1])
