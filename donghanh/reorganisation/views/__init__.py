"""Pages of the room of reorganisation."""

from __future__ import annotations

from donghanh.reorganisation.views.changing import operations, receive, reorganise, undo
from donghanh.reorganisation.views.trees import branch, trees

__all__ = ["branch", "operations", "receive", "reorganise", "trees", "undo"]
