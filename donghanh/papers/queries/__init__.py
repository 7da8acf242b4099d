"""Reads of the room of papers."""

from __future__ import annotations

from donghanh.papers.queries.lists import (
    contents_workbook,
    latest_notes,
    papers_of,
    says_the_same,
)
from donghanh.papers.queries.pages import (
    REMIND_AFTER,
    answer_page,
    letter_page,
    note_page,
    papers_page,
    way_page,
)
from donghanh.papers.queries.shown import NotePage, PapersPage, WayPage
from donghanh.papers.queries.ways import (
    Waits,
    in_motion,
    last_way,
    lying_in,
    mark,
    own_unit,
    sender,
    unanswered,
    visible_to,
    ways_from,
)

__all__ = [
    "REMIND_AFTER",
    "NotePage",
    "PapersPage",
    "Waits",
    "WayPage",
    "answer_page",
    "contents_workbook",
    "in_motion",
    "last_way",
    "latest_notes",
    "letter_page",
    "lying_in",
    "mark",
    "note_page",
    "own_unit",
    "papers_of",
    "papers_page",
    "says_the_same",
    "sender",
    "unanswered",
    "visible_to",
    "way_page",
    "ways_from",
]
