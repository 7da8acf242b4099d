"""The lists of the room as Excel workbooks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _

from donghanh.domain.authority import Actor
from donghanh.lib import spreadsheet
from donghanh.lib.spreadsheet import Cell, Column
from donghanh.reports.models import Consolidation
from donghanh.reports.queries import consolidating, hiding, sheets
from donghanh.reports.queries.pages import FigurePage


def figure_workbook(page: FigurePage) -> tuple[str, bytes]:
    """Return the name and bytes of a workbook of what stands behind a figure, as it was shown."""
    return f"{page.figure.code}-{page.report.school_year}.xlsx", _figure(page)


def _figure(page: FigurePage) -> bytes:
    """Return names for the school, else numbers and days."""
    if not page.inside:
        return spreadsheet.workbook(
            page.figure.title,
            [Column(_("Case number"), 14), Column(_("Day"), 14)],
            [(case.dossier_id, case.on) for case in page.unnamed],
        )
    rows: list[Sequence[Cell]] = [
        (one.dossier.person.full_name, one.class_name, one.dossier.pk, one.on) for one in page.named
    ]
    heads = [
        Column(_("Full name"), 32),
        Column(_("Class"), 10),
        Column(_("Case number"), 14),
        Column(_("Day"), 14),
    ]
    return spreadsheet.workbook(page.figure.title, heads, rows)


def sheet_workbook(actor: Actor, school_year: str, today: date) -> bytes:
    """
    Return the sheet of the actor's body as it stands, as a workbook with its totals.

    It can be handed on: who has no right to the cases gets no small figure of a single unit.

    Raises:
        BadSchoolYear: The year is not two years that follow each other.
    """
    sheet = sheets.sheet(actor, school_year, today)
    answer = hiding.answering(sheet)
    rows: list[Sequence[Cell]] = [
        (
            line.unit.name,
            line.badge.text,
            *(mask.get(place, value) for place, value in enumerate(line.figures)),
            line.target,
            mask.get(answer, line.result),
            None if answer in mask else _rate(line.result, line.target),
        )
        for line, mask in zip(
            sheet.lines, hiding.masks(sheet, hiding.most_for(actor, today)), strict=True
        )
    ]
    return _table(
        sheet.year.key,
        [one.short_vi for one in sheet.columns],
        rows,
        (*sheet.totals, sheet.target, sheet.result, _rate(sheet.result, sheet.target)),
    )


def version_workbook(actor: Actor, consolidation_id: int) -> tuple[Consolidation, bytes]:
    """
    Return a consolidation and its table, as it was made, as a workbook with its totals.

    Raises:
        Consolidation.DoesNotExist: Unknown, or not the department's.
    """
    made = sheets.get_consolidation(actor, consolidation_id)
    content = made.content
    rows: list[Sequence[Cell]] = [
        (
            unit["name"],
            unit["status"],
            *consolidating.shown_figures(unit),
            unit["target"],
            unit["result"],
            _rate(unit["result"], unit["target"]),
        )
        for unit in content["units"]
    ]
    target, result = content["target"], content["result"]
    totals = (*content["totals"], target, result, _rate(result, target))
    return made, _table(content["school_year"], content["columns"], rows, totals)


def _table(
    year: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]], totals: Sequence[Cell]
) -> bytes:
    """Return units, figures and targets as one table that ends in its totals."""
    heads: list[Column | str] = [
        Column(_("Unit"), 44),
        Column(_("State"), 26),
        *columns,
        _("Target"),
        _("Result"),
        _("Share of the target"),
    ]
    total: Sequence[Cell] = (_("Total of the accepted reports"), None, *totals)
    return spreadsheet.workbook(_("Consolidation %(year)s") % {"year": year}, heads, [*rows, total])


def _rate(result: int | None, target: int) -> Fraction | None:
    """Return the share of a target that was reached; nothing without a target or a result."""
    return Fraction(result, target) if result is not None and target else None
