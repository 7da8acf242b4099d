"""Reads of the rulebook: by day, by step, by rule, by form; and what a change would change."""

from __future__ import annotations

from donghanh.rulebook.queries.administering import (
    AmendmentLine,
    AmendmentsPage,
    amendment_line,
    amendments_page,
)
from donghanh.rulebook.queries.bites import Bite, bites, open_cases
from donghanh.rulebook.queries.days import (
    ComparePage,
    DayPage,
    compare_page,
    day_page,
    day_workbook,
)
from donghanh.rulebook.queries.papers import FormsPage, forms_page
from donghanh.rulebook.queries.previews import (
    KindChange,
    Preview,
    mark_of,
    preview,
    preview_without,
)
from donghanh.rulebook.queries.steps import (
    NoSuchStep,
    RoadPage,
    StepPage,
    TurnPage,
    road_page,
    step_page,
)
from donghanh.rulebook.queries.tomls import (
    NewRegime,
    NewValue,
    NewYear,
    Source,
    brought,
    exported,
    text_of_comparison,
    text_of_regime,
    text_of_value,
    text_of_year,
)
from donghanh.rulebook.queries.values import (
    DoubtsPage,
    NoSuchValue,
    RulePage,
    doubts_page,
    rule_page,
    value,
    value_start,
)

__all__ = [
    "AmendmentLine",
    "AmendmentsPage",
    "Bite",
    "ComparePage",
    "DayPage",
    "DoubtsPage",
    "FormsPage",
    "KindChange",
    "NewRegime",
    "NewValue",
    "NewYear",
    "NoSuchStep",
    "NoSuchValue",
    "Preview",
    "RoadPage",
    "RulePage",
    "Source",
    "StepPage",
    "TurnPage",
    "amendment_line",
    "amendments_page",
    "bites",
    "brought",
    "compare_page",
    "day_page",
    "day_workbook",
    "doubts_page",
    "exported",
    "forms_page",
    "mark_of",
    "open_cases",
    "preview",
    "preview_without",
    "road_page",
    "rule_page",
    "step_page",
    "text_of_comparison",
    "text_of_regime",
    "text_of_value",
    "text_of_year",
    "value",
    "value_start",
]
