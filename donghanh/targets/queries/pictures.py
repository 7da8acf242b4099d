"""The targets of a school year as charts: against results by unit, and units as tiles."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from donghanh.lib import charts
from donghanh.lib.charts import Chart, Form, Series, Tile, TileMap
from donghanh.targets import texts
from donghanh.targets.queries.plans import Plan, UnitLine


def pictures(page: Plan) -> tuple[Chart, ...]:
    """Return the charts of a plan; none where there is nothing to compare."""
    rows = [row for row in page.rows if row.amount is not None or row.result]
    if not rows:
        return ()
    return (
        against(
            [(row.short_name, row.amount, row.result) for row in rows],
            year=page.year.key,
            figure=page.indicator.short_vi,
        ),
    )


def against(rows: Sequence[tuple[str, int | None, int | None]], *, year: str, figure: str) -> Chart:
    """
    Return targets against results by unit as a chart.

    Args:
        rows: Name, target and result of each unit, in the order they are listed.
        year: The school year.
        figure: What is counted, short.
    """
    reached = sum(bool(target) and (result or 0) >= (target or 0) for _n, target, result in rows)
    asked = sum(bool(target) for _n, target, _r in rows)
    return Chart(
        key="chart-targets",
        title=_("Results against targets by unit, %(year)s") % {"year": year},
        desc=_("%(figure)s: %(reached)s of %(asked)s units with a target have reached it.")
        % {"figure": figure, "reached": reached, "asked": asked},
        form=Form.MARKED,
        head=_("Unit"),
        labels=tuple(name for name, _target, _result in rows),
        series=(
            Series(_("Result"), tuple(result for _n, _t, result in rows)),
            Series(_("Target"), tuple(target for _n, target, _r in rows)),
        ),
    )


def tiles(page: Plan) -> TileMap | None:
    """Return the units of a plan as tiles under the unit above; ``None``: fewer than two."""
    if page.own is None or len(page.rows) < 2:
        return None
    return TileMap(
        key="chart-units",
        title=_("Units by result, %(year)s") % {"year": page.year.key},
        desc=_(
            "A map of tiles: one for each unit under %(unit)s, in the order of names. It shows how "
            "far each has come, not where it lies."
        )
        % {"unit": page.own.name},
        heads=(_("Unit"), _("Result/target"), _("State")),
        groups=(("", tuple(map(_tile, page.rows))),),
    )


def _tile(row: UnitLine) -> Tile:
    state, word = texts.reached(row.amount, row.result)
    return Tile(
        label=row.short_name,
        text=f"{charts.number(row.result)}/{charts.number(row.amount)}",
        share=charts.share(row.result, row.amount or 0),
        state=state,
        word=word,
    )
