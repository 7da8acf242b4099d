"""Reads of the room of practices."""

from __future__ import annotations

from donghanh.practices.queries.counting import kept_on
from donghanh.practices.queries.library import OF_LIBRARY, Shipped, Stated, shipped
from donghanh.practices.queries.lines import Compared, Node, comparison_workbook, houses_above
from donghanh.practices.queries.lists import Listed, PracticeList, Waiting, listed, waiting
from donghanh.practices.queries.pages import (
    LibraryPage,
    PracticePage,
    library_page,
    practice_page,
    start_from,
)
from donghanh.practices.queries.reach import (
    house_of,
    in_use_at,
    judge_of,
    judges,
    owns,
    telling_of,
    visible_to,
)

__all__ = [
    "OF_LIBRARY",
    "Compared",
    "LibraryPage",
    "Listed",
    "Node",
    "PracticeList",
    "PracticePage",
    "Shipped",
    "Stated",
    "Waiting",
    "comparison_workbook",
    "house_of",
    "houses_above",
    "in_use_at",
    "judge_of",
    "judges",
    "kept_on",
    "library_page",
    "listed",
    "owns",
    "practice_page",
    "shipped",
    "start_from",
    "telling_of",
    "visible_to",
    "waiting",
]
