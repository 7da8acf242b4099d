"""Reads of the room of reorganisation: what an operation touches, and the trees on any day."""

from __future__ import annotations

from donghanh.reorganisation.queries.operations import (
    ENDS,
    IS_OPEN,
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
from donghanh.reorganisation.queries.pages import (
    Look,
    Receipts,
    ids_of,
    look,
    operation_of,
    receipts,
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
    "IS_OPEN",
    "TREES",
    "Became",
    "Level",
    "Look",
    "NoSuchUnit",
    "Node",
    "Preview",
    "Receipts",
    "Route",
    "TreePage",
    "ids_of",
    "level",
    "look",
    "open_cases",
    "operation_of",
    "preview",
    "preview_in",
    "receipts",
    "to_receive",
    "tree_page",
    "visible_to",
    "world",
]
