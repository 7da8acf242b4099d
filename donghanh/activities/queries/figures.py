"""What the figures of schools count of activities."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Count, Q, Sum

from donghanh.activities.models import Activity
from donghanh.lib.many import among


def counted(
    school_ids: Collection[int] | None, school_year: str, day: date
) -> dict[int, tuple[int, int]]:
    """
    Return how many activities schools held in a year up to a day, and how many took part in all.

    Args:
        school_ids: Which schools; ``None``: all.
        school_year: The year's name.
        day: The last day counted, inclusive.

    Returns:
        One pair for each school of which a held activity of the year is kept, of whatever day;
        whoever is not there keeps what was entered by hand.
    """
    rows = Activity.objects.filter(
        held_at__isnull=False, school_id__isnull=False, school_year=school_year
    )
    if school_ids is not None:
        rows = rows.filter(among("school_id", school_ids))
    by_then = Q(on_date__lte=day)
    told = rows.order_by().values("school_id")
    found = told.annotate(many=Count("id", filter=by_then), turns=Sum("turns", filter=by_then))
    return {one["school_id"]: (one["many"], one["turns"] or 0) for one in found}
