"""Reads of the room of reports: the reports, their figures, the sheet, and the papers of them."""

from __future__ import annotations

from donghanh.reports.queries.found import tasks_to_report, visible_to, years_of
from donghanh.reports.queries.numbers import (
    Counted,
    Counting,
    Figure,
    Shown,
    count,
    counted_to,
    counting,
    digest_of,
    figures_of,
    sent_content,
    shown,
    year_of,
)
from donghanh.reports.queries.pages import (
    Comparison,
    FigurePage,
    Overview,
    ReportPage,
    SheetPage,
    VersionsPage,
    figure_page,
    overview,
    report_page,
    sheet_page,
    versions_page,
)
from donghanh.reports.queries.papers import (
    PaperChanged,
    consolidated_docx,
    consolidated_paper,
    content_of,
    school_docx,
    school_paper,
)
from donghanh.reports.queries.sheets import (
    Sheet,
    UnitLine,
    consolidations_of,
    get_consolidation,
    sheet,
)
from donghanh.reports.queries.through_time import RolledUp, rolled_up
from donghanh.reports.queries.workbooks import figure_workbook, sheet_workbook, version_workbook

__all__ = [
    "Comparison",
    "Counted",
    "Counting",
    "Figure",
    "FigurePage",
    "Overview",
    "PaperChanged",
    "ReportPage",
    "RolledUp",
    "Sheet",
    "SheetPage",
    "Shown",
    "UnitLine",
    "VersionsPage",
    "consolidated_docx",
    "consolidated_paper",
    "consolidations_of",
    "content_of",
    "count",
    "counted_to",
    "counting",
    "digest_of",
    "figure_page",
    "figure_workbook",
    "figures_of",
    "get_consolidation",
    "overview",
    "report_page",
    "rolled_up",
    "school_docx",
    "school_paper",
    "sent_content",
    "sheet",
    "sheet_page",
    "sheet_workbook",
    "shown",
    "tasks_to_report",
    "version_workbook",
    "versions_page",
    "visible_to",
    "year_of",
    "years_of",
]
