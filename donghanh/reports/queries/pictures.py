"""The charts of the pages: the department's sheet, and a school's own reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from django.utils.translation import gettext as _

from donghanh.amendments import queries as amendments
from donghanh.domain import indicators
from donghanh.domain.authority import Actor
from donghanh.domain.rights import Right
from donghanh.lib import charts
from donghanh.lib.charts import Chart, Form, Series, Tile, TileMap
from donghanh.reports.queries import found
from donghanh.reports.queries.pages import Overview
from donghanh.reports.queries.sheets import Sheet, UnitLine
from donghanh.targets import queries as targets
from donghanh.targets import texts as target_texts

#: How many earlier school years stand beside one.
BEFORE = 3


def years_before(actor: Actor, school_year: str) -> tuple[tuple[str, Mapping[str, int]], ...]:
    """
    Return the totals of accepted reports of earlier school years, oldest first, in one statement.

    Args:
        actor: Of a department; others get nothing.
        school_year: The year they stand beside.

    Returns:
        At most ``BEFORE`` years, each with its totals by the indicator's code; of several accepted
        reports of a school and a year the newest counts.
    """
    if not actor.may(Right.REVIEW_REPORTS):
        return ()
    seen = found.visible_to(actor).order_by("id").select_related(None).prefetch_related(None)
    rows = seen.filter(status="accepted", school_year__lt=school_year)
    newest = {
        (year, school): figures
        for year, school, figures in rows.values_list("school_year", "school_id", "figures")
    }
    totals: dict[str, Counter[str]] = {}
    for (year, _school), figures in newest.items():
        for figure in figures:
            totals.setdefault(year, Counter())[figure["code"]] += figure["value"]
    return tuple((year, totals[year]) for year in sorted(totals)[-BEFORE:])


def sheet_charts(
    sheet: Sheet, before: Sequence[tuple[str, Mapping[str, int]]]
) -> tuple[Chart, ...]:
    """Return the charts of a department's sheet; none where no unit stands on it."""
    if not sheet.lines:
        return ()
    done = [(one, total) for total, one in sheet.total_cells if one.before is None]
    asked = [line for line in sheet.lines if line.target or line.result]
    drawn = [
        Chart(
            key="chart-road",
            title=_("How many came past each step, %(year)s") % {"year": sheet.year.key},
            desc=_("Added up from the accepted reports."),
            form=Form.FUNNEL,
            head=_("Step"),
            labels=tuple(one.short_vi for one, _total in done),
            series=(Series(_("Pupils"), tuple(total for _one, total in done)),),
        )
    ]
    if asked:
        against = [(line.unit.short_name, line.target, line.result) for line in asked]
        figure = _("Admitted, as reported")
        drawn.append(targets.against(against, year=sheet.year.key, figure=figure))
    if before:
        this = {one.code: total or 0 for one, total in done}
        told = [*before, (sheet.year.key, this)]
        codes = [(one.code, one.short_vi) for one, _total in done]
        drawn.append(side_by_side(told, codes))
    return (*drawn, _timeliness(sheet))


def side_by_side(
    years: Iterable[tuple[str, Mapping[str, int]]], codes: Sequence[tuple[str, str]]
) -> Chart:
    """
    Return school years side by side as a chart.

    Args:
        years: Each with its counts by code, oldest first; at most as many as there are fills.
        codes: The figures: code and name.
    """
    return Chart(
        key="chart-years",
        title=_("School years side by side"),
        desc=_("What was reported and accepted in each school year; a dash where nothing was."),
        form=Form.GROUPED,
        head=_("What is counted"),
        labels=tuple(name for _code, name in codes),
        series=tuple(
            Series(year, tuple(counts.get(code) for code, _name in codes))
            for year, counts in list(years)[-len(charts.FILLS) :]
        ),
    )


def _timeliness(sheet: Sheet) -> Chart:
    late, missing = sheet.sent - sheet.in_time, len(sheet.lines) - sheet.sent
    facts = {"in_time": sheet.in_time, "late": late, "missing": missing}
    return Chart(
        key="chart-time",
        title=_("Reports in time, late, and not sent yet"),
        desc=_("%(in_time)s in time, %(late)s late, %(missing)s not sent yet.") % facts,
        form=Form.STACKED,
        head=_("Reports"),
        labels=(_("Units"),),
        series=(
            Series(_("In time"), (sheet.in_time,)),
            Series(_("Late"), (late,)),
            Series(_("Not sent yet"), (missing,)),
        ),
    )


def sheet_tiles(sheet: Sheet) -> TileMap | None:
    """Return the units of a sheet as tiles, place by place; ``None``: fewer than two units."""
    if len(sheet.lines) < 2:
        return None
    by_place = sorted(sheet.lines, key=lambda line: (line.unit.place, line.unit.order))
    return TileMap(
        key="chart-units",
        title=_("Units by result, %(year)s") % {"year": sheet.year.key},
        desc=_(
            "A map of tiles: one for each unit, place by place, in the order of names. It shows "
            "how far each has come, not where it lies."
        ),
        heads=(_("Unit"), _("Result/target"), _("State")),
        groups=tuple(
            (place, tuple(map(_tile, lines)))
            for place, lines in groupby(by_place, key=lambda line: line.unit.place)
        ),
    )


def _tile(line: UnitLine) -> Tile:
    state, word = target_texts.reached(line.target, line.result)
    return Tile(
        label=line.unit.short_name,
        text=f"{charts.number(line.result)}/{charts.number(line.target)}",
        share=charts.share(line.result or 0, line.target),
        state=state,
        word=word,
    )


def own_years(page: Overview) -> Chart | None:
    """Return a school's sent reports side by side; ``None`` where none was sent."""
    sent = [one.report for one in page.listed if one.report.status in {"sent", "accepted"}]
    told = {report.school_year: report.figures for report in sent}
    if not told:
        return None
    years = [(year, {one["code"]: one["value"] for one in told[year]}) for year in sorted(told)]
    known = indicators.load(amendments.current())
    asked = [one for one in known if one.consolidated and one.before is None]
    return side_by_side(years, [(one.code, one.short_vi) for one in asked])
