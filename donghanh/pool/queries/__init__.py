"""Reads of the room of the pool."""

from __future__ import annotations

from donghanh.pool.queries.lists import (
    Filters,
    Pool,
    Rated,
    RatePage,
    Row,
    own_ratings,
    pool,
    pool_workbook,
    rate_page,
    scale_on,
)

__all__ = [
    "Filters",
    "Pool",
    "RatePage",
    "Rated",
    "Row",
    "own_ratings",
    "pool",
    "pool_workbook",
    "rate_page",
    "scale_on",
]
