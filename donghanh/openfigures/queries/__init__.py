"""Reads of the room of open figures."""

from __future__ import annotations

from donghanh.openfigures.queries.drafting import (
    BeingCounted,
    Chosen,
    Draft,
    draft,
    is_above,
    offered,
    visible_to,
    years,
)
from donghanh.openfigures.queries.reading import (
    LICENCE,
    Found,
    Line,
    Page,
    as_data,
    columns,
    current,
    found,
    one,
    own,
    page_of,
)

__all__ = [
    "LICENCE",
    "BeingCounted",
    "Chosen",
    "Draft",
    "Found",
    "Line",
    "Page",
    "as_data",
    "columns",
    "current",
    "draft",
    "found",
    "is_above",
    "offered",
    "one",
    "own",
    "page_of",
    "visible_to",
    "years",
]
