"""Reads of the room of campaigns."""

from __future__ import annotations

from donghanh.campaigns.queries.lists import CampaignList, Listed, listed
from donghanh.campaigns.queries.pages import (
    CampaignPage,
    UnitPage,
    YearOf,
    campaign_page,
    papers_of,
    unit_page,
)
from donghanh.campaigns.queries.reach import (
    answers_for,
    due_of,
    joinings_of,
    runs,
    schools_there,
    terms_of,
    visible_to,
    years_of,
)
from donghanh.campaigns.queries.tables import Row, Table
from donghanh.campaigns.queries.workbooks import campaign_workbook

__all__ = [
    "CampaignList",
    "CampaignPage",
    "Listed",
    "Row",
    "Table",
    "UnitPage",
    "YearOf",
    "answers_for",
    "campaign_page",
    "campaign_workbook",
    "due_of",
    "joinings_of",
    "listed",
    "papers_of",
    "runs",
    "schools_there",
    "terms_of",
    "unit_page",
    "visible_to",
    "years_of",
]
