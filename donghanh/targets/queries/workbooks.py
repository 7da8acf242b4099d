"""The targets of a school year as an Excel workbook."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from donghanh.lib import spreadsheet
from donghanh.lib.spreadsheet import Cell, Column
from donghanh.targets import texts
from donghanh.targets.queries.plans import Plan, UnitLine


def plan_workbook(page: Plan) -> bytes:
    """Return the rows of a plan as the bytes of an .xlsx, in the same order, with the totals."""
    heads = [
        Column(_("Unit"), 44),
        Column(_("Target"), 10),
        Column(_("Shared further"), 14),
        Column(_("Left to share"), 14),
        Column(_("Result today"), 14),
        Column(_("Result at the cut-off"), 16),
        Column(_("Forecast"), 14),
        Column(_("Share of the target"), 14),
        Column(_("Carries on"), 44),
    ]
    rows: list[Sequence[Cell]] = [_row(row) for row in page.rows]
    together: list[Cell] = [_("Together"), page.shared, None, None, page.result, page.at_cutoff]
    rows.append([*together, page.forecast, page.share, None])
    if page.own is not None:
        rows.append([page.own.name, page.own.amount, page.shared, page.rest, *([None] * 5)])
    return spreadsheet.workbook(texts.title(page.indicator, page.year), heads, rows)


def _row(row: UnitLine) -> list[Cell]:
    return [
        row.name,
        row.amount,
        row.shared,
        row.rest,
        row.result,
        row.at_cutoff,
        row.forecast if row.ahead is not None else texts.forecast(row.result, None),
        row.share,
        "; ".join(row.was) or None,
    ]
