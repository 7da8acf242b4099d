"""A campaign's figures of all years as an Excel workbook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from donghanh.campaigns.queries.reach import joinings_of, visible_to, years_of
from donghanh.campaigns.queries.tables import Table, given_of, school_names, table
from donghanh.domain import authority
from donghanh.domain.authority import Actor
from donghanh.domain.rights import Right
from donghanh.lib import spreadsheet
from donghanh.lib.spreadsheet import Cell, Column


def campaign_workbook(actor: Actor, campaign_id: int, today: date) -> bytes:
    """
    Return the figures of all years of a campaign as the bytes of an .xlsx.

    A row for each school somebody sees, a column for each figure of each year; below, what they add
    up to, of how many schools, and who gave none: a cell without a number is never a nought.

    Args:
        actor: Who takes it.
        campaign_id: The campaign.
        today: The day (Asia/Ho_Chi_Minh).

    Raises:
        NotAllowed: The post reads no campaigns.
        Campaign.DoesNotExist: Unknown, or not in sight.
    """
    authority.require(actor, Right.READ_CAMPAIGNS)
    campaign = visible_to(actor).get(pk=campaign_id)
    figures = tuple(campaign.figures.order_by("place"))
    joinings = list(joinings_of(actor).filter(campaign=campaign))
    closed = set(campaign.closings.values_list("school_year", flat=True))
    years, names = years_of(campaign, today), school_names(joinings, today)
    given = given_of([one.pk for one in joinings], [year.key for year in years])
    tables = [
        table(campaign, figures, joinings, year, given, names, closed, today) for year in years
    ]
    heads = [Column(_("Unit"), 44), Column(_("Answer"), 20), Column(_("In charge"), 30)]
    for one in tables:
        heads += [Column(f"{one.year.key}: {each.figure.label}", 24) for each in one.sums]
        heads += [
            Column(_("%(year)s: state") % {"year": one.year.key}, 20),
            Column(_("%(year)s: note") % {"year": one.year.key}, 30),
        ]
    lines = [_line(tables, place) for place in range(len(joinings))] if tables else []
    return spreadsheet.workbook(_("Campaign"), heads, [*lines, *_below(tables)])


def _line(tables: Sequence[Table], place: int) -> list[Cell]:
    first = tables[0].rows[place]
    cells: list[Cell] = [first.school, first.answer[1], first.lead or first.reason or None]
    for one in tables:
        row = one.rows[place]
        cells += [*(cell.number for cell in row.cells), row.badge[1], row.note or None]
    return cells


def _below(tables: Sequence[Table]) -> list[list[Cell]]:
    if not tables:
        return []
    sums: list[Cell] = [_("Together"), None, None]
    schools: list[Cell] = [_("Added up from how many schools"), None, None]
    missing: list[Cell] = [_("Not in the sum: gave no figure"), None, None]
    for one in tables:
        sums += [*(each.sum for each in one.sums), None, None]
        schools += [*(each.of for each in one.sums), None, None]
        missing += [*("; ".join(each.missing) or None for each in one.sums), None, None]
    return [sums, schools, missing]
