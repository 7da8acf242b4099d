"""Reads of the room of reports: the reports, their figures, the sheet, and the papers of them."""

from __future__ import annotations

from donghanh.reports.queries.building import Built, NothingToBuild, built
from donghanh.reports.queries.checks import Check, checks_now, unanswered
from donghanh.reports.queries.closing import ClosingPage, closed_for, closing_page
from donghanh.reports.queries.consolidating import (
    Own,
    PaperChanged,
    consolidated_docx,
    consolidated_paper,
    content_of,
)
from donghanh.reports.queries.consolidating import docx_of as consolidation_docx
from donghanh.reports.queries.found import next_version, tasks_to_report, visible_to, years_of
from donghanh.reports.queries.named_cells import (
    TemplatePage,
    filled_report,
    filled_sheet,
    report_names,
    sheet_names,
)
from donghanh.reports.queries.numbers import (
    OPEN,
    Changed,
    Counted,
    Counting,
    Figure,
    Shown,
    count,
    counted_to,
    counting,
    digest_of,
    figures_of,
    records,
    sent_content,
    shown,
    stated,
    year_of,
)
from donghanh.reports.queries.pages import (
    Comparison,
    FigurePage,
    Overview,
    ReportPage,
    figure_page,
    overview,
    report_page,
)
from donghanh.reports.queries.papers import school_paper
from donghanh.reports.queries.pictures import own_years, sheet_charts, sheet_tiles, years_before
from donghanh.reports.queries.proving import (
    Known,
    NoProof,
    Outcome,
    Proof,
    known_to,
    known_to_all,
    prove,
    prove_code,
)
from donghanh.reports.queries.seals import content_of as sealed_content
from donghanh.reports.queries.seals import school_docx, seal_seen
from donghanh.reports.queries.sheets import (
    Sheet,
    UnitLine,
    columns,
    consolidations_of,
    get_consolidation,
    sheet,
)
from donghanh.reports.queries.through_time import RolledUp, rolled_up
from donghanh.reports.queries.time_pages import (
    GatheredPage,
    NothingThere,
    TimePage,
    gathered_page,
    time_page,
)
from donghanh.reports.queries.workbooks import figure_workbook, sheet_workbook, version_workbook
from donghanh.reports.queries.year_pages import (
    SheetPage,
    VersionsPage,
    sheet_page,
    versions_page,
)

__all__ = [
    "OPEN",
    "Built",
    "Changed",
    "Check",
    "ClosingPage",
    "Comparison",
    "Counted",
    "Counting",
    "Figure",
    "FigurePage",
    "GatheredPage",
    "Known",
    "NoProof",
    "NothingThere",
    "NothingToBuild",
    "Outcome",
    "Overview",
    "Own",
    "PaperChanged",
    "Proof",
    "ReportPage",
    "RolledUp",
    "Sheet",
    "SheetPage",
    "Shown",
    "TemplatePage",
    "TimePage",
    "UnitLine",
    "VersionsPage",
    "built",
    "checks_now",
    "closed_for",
    "closing_page",
    "columns",
    "consolidated_docx",
    "consolidated_paper",
    "consolidation_docx",
    "consolidations_of",
    "content_of",
    "count",
    "counted_to",
    "counting",
    "digest_of",
    "figure_page",
    "figure_workbook",
    "figures_of",
    "filled_report",
    "filled_sheet",
    "gathered_page",
    "get_consolidation",
    "known_to",
    "known_to_all",
    "next_version",
    "overview",
    "own_years",
    "prove",
    "prove_code",
    "records",
    "report_names",
    "report_page",
    "rolled_up",
    "school_docx",
    "school_paper",
    "seal_seen",
    "sealed_content",
    "sent_content",
    "sheet",
    "sheet_charts",
    "sheet_names",
    "sheet_page",
    "sheet_tiles",
    "sheet_workbook",
    "shown",
    "stated",
    "tasks_to_report",
    "time_page",
    "unanswered",
    "version_workbook",
    "versions_page",
    "visible_to",
    "year_of",
    "years_before",
    "years_of",
]
