"""Reads of the room of voices."""

from __future__ import annotations

from donghanh.voices.queries.asking import (
    MOST_SCHOOLS,
    Receipt,
    Where,
    Writing,
    follow,
    published,
    schools,
    whereto,
    writing,
)
from donghanh.voices.queries.counting import Figures, figures
from donghanh.voices.queries.reading import (
    Line,
    ListPage,
    Row,
    VoicePage,
    listing,
    page,
    promised,
    rows_of,
    visible_to,
    waiting,
)

__all__ = [
    "MOST_SCHOOLS",
    "Figures",
    "Line",
    "ListPage",
    "Receipt",
    "Row",
    "VoicePage",
    "Where",
    "Writing",
    "figures",
    "follow",
    "listing",
    "page",
    "promised",
    "published",
    "rows_of",
    "schools",
    "visible_to",
    "waiting",
    "whereto",
    "writing",
]
