"""How many practices houses have in force on a day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Count, Q

from donghanh.lib.many import among
from donghanh.practices.models import Practice


def kept_on(house_ids: Collection[int] | None, day: date) -> dict[int, int]:
    """
    Return how many practices are in force on a day, by house; who has none is left out.

    Recognised, or taken over and in use: of one line a house has one.

    Args:
        house_ids: Of which schools; ``None``: of all.
        day: The day.
    """
    rows = Practice.objects.filter(Q(ended_date=None) | Q(ended_date__gt=day), began_date__lte=day)
    if house_ids is not None:
        rows = rows.filter(among("house_id", house_ids))
    many = Count("line", distinct=True)
    return dict(rows.values_list("house_id").annotate(many=many).order_by())
