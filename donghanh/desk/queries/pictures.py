"""What a Union above sees, as charts: the road, school by school, and years side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from donghanh.lib.charts import Chart, Form, Series


@dataclass(frozen=True, slots=True)
class SchoolLine:
    """What a Union above sees of one school: counts alone."""

    name: str
    introduced: int
    decided: int
    admitted: int


def union(
    lines: Sequence[SchoolLine], year: str, years: Sequence[tuple[str, tuple[int, ...]]]
) -> tuple[Chart, ...]:
    """
    Return the charts of what a Union above sees; none where no school stands under it.

    Args:
        lines: Its schools, in the order they are listed.
        year: The school year looked at.
        years: School years, oldest first: introduced, decided, admitted.
    """
    if not lines:
        return ()
    steps = (_("Introduced by the Union"), _("Decided"), _("Admitted"))
    counts = [(line.introduced, line.decided, line.admitted) for line in lines]
    road = Chart(
        key="chart-road",
        title=_("How many came past each step, %(year)s") % {"year": year},
        desc=_("All schools together, from introduction to admission."),
        form=Form.FUNNEL,
        head=_("Step"),
        labels=steps,
        series=(Series(_("Pupils"), tuple(map(sum, zip(*counts, strict=True)))),),
    )
    schools = Chart(
        key="chart-schools",
        title=_("School by school, %(year)s") % {"year": year},
        desc=_("Introduced, decided and admitted at each school."),
        form=Form.GROUPED,
        head=_("School"),
        labels=tuple(line.name for line in lines),
        series=tuple(
            Series(name, tuple(count[place] for count in counts))
            for place, name in enumerate(steps)
        ),
    )
    beside = Chart(
        key="chart-years",
        title=_("School years side by side"),
        desc=_("All schools together, in each school year."),
        form=Form.GROUPED,
        head=_("Step"),
        labels=steps,
        series=tuple(Series(name, told) for name, told in years),
    )
    return (road, schools, beside) if len(years) > 1 else (road, schools)
