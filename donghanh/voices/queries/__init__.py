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
    "Figures",
    "Line",
    "ListPage",
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
    "promised",
    "published",
    "published_one",
    "rows_of",
    "schools",
    "visible_to",
    "waiting",
    "whereto",
    "writing",
]
