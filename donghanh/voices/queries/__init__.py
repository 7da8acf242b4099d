"""Reads of the room of voices."""

from __future__ import annotations

from donghanh.voices.queries.asking import (
    Receipt,
    Schools,
    Where,
    Writing,
    follow,
    published,
    published_one,
    schools,
    whereto,
    writing,
)
from donghanh.voices.queries.counting import Figures, figures
from donghanh.voices.queries.reading import (
    Line,
    ListPage,
    Pressing,
    Row,
    VoicePage,
    listing,
    page,
    pressing,
    promised,
    rows_of,
    visible_to,
)

__all__ = [
    "Figures",
    "Line",
    "ListPage",
    "Pressing",
    "Receipt",
    "Row",
    "Schools",
    "VoicePage",
    "Where",
    "Writing",
    "figures",
    "follow",
    "listing",
    "page",
    "pressing",
    "promised",
    "published",
    "published_one",
    "rows_of",
    "schools",
    "visible_to",
    "whereto",
    "writing",
]
