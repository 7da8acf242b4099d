"""Reads of the room of reorganisation: what an operation touches, and the trees on any day."""

from __future__ import annotations

from donghanh.reorganisation.queries.operations import (
    ENDS,
    Became,
    Preview,
    Route,
    open_cases,
    preview,
    preview_in,
    to_receive,
    visible_to,
    world,
)
from donghanh.reorganisation.queries.trees import (
    TREES,
    Level,
    Node,
    NoSuchUnit,
    TreePage,
    level,
    tree_page,
)

__all__ = [
    "ENDS",
    "TREES",
    "Became",
    "Level",
    "NoSuchUnit",
    "Node",
    "Preview",
    "Route",
    "TreePage",
    "level",
    "open_cases",
    "preview",
    "preview_in",
    "to_receive",
    "tree_page",
    "visible_to",
    "world",
]
