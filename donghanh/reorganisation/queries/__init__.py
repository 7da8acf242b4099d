"""Reads of the room of reorganisation: what an operation touches, and the trees on any day."""

from __future__ import annotations

from donghanh.reorganisation.queries.obstacles import Obstacle, UndoPage, resting, undo_page
from donghanh.reorganisation.queries.operations import (
    ENDS,
    IS_OPEN,
    Became,
    CodeTaken,
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
    receipts,
)
from donghanh.reorganisation.queries.posts import Ending
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
    "CodeTaken",
    "Ending",
    "Level",
    "Look",
    "NoSuchUnit",
    "Node",
    "Obstacle",
    "Preview",
    "Receipts",
    "Route",
    "TreePage",
    "UndoPage",
    "ids_of",
    "level",
    "look",
    "open_cases",
    "preview",
    "preview_in",
    "receipts",
    "resting",
    "to_receive",
    "tree_page",
    "undo_page",
    "visible_to",
    "world",
]
