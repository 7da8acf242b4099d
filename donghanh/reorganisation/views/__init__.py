"""Pages of the room of reorganisation."""

from __future__ import annotations

from donghanh.reorganisation.views.trees import branch, trees

__all__ = ["branch", "trees"]
