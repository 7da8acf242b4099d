"""Pages of the rulebook."""

from __future__ import annotations

from donghanh.rulebook.views.changing import (
    add_regime,
    add_value,
    add_year,
    amendment,
    amendments,
    check,
    doubts,
    draft,
    export,
    text,
    withdraw,
)
from donghanh.rulebook.views.reading import compare, day, forms, road, rule, step

__all__ = [
    "add_regime",
    "add_value",
    "add_year",
    "amendment",
    "amendments",
    "check",
    "compare",
    "day",
    "doubts",
    "draft",
    "export",
    "forms",
    "road",
    "rule",
    "step",
    "text",
    "withdraw",
]
