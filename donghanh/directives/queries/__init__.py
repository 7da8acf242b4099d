"""Reads of the room of directives: one file for each kind of page, and what other rooms read."""

from __future__ import annotations

from donghanh.directives.queries.follow_up import Board, BoardRow, board_page, board_sheet
from donghanh.directives.queries.inbox import InboxRow, ReceivedPage, inbox, received_page
from donghanh.directives.queries.issued import (
    Late,
    board,
    late_tasks,
    listing,
    open_tasks,
    received_by,
    unacknowledged,
    visible_to,
)
from donghanh.directives.queries.letters import (
    IssuePage,
    ListedLetter,
    ReadingPage,
    Row,
    SchoolShare,
    issue_page,
    letters,
    reading_page,
)

__all__ = [
    "Board",
    "BoardRow",
    "InboxRow",
    "IssuePage",
    "Late",
    "ListedLetter",
    "ReadingPage",
    "ReceivedPage",
    "Row",
    "SchoolShare",
    "board",
    "board_page",
    "board_sheet",
    "inbox",
    "issue_page",
    "late_tasks",
    "letters",
    "listing",
    "open_tasks",
    "reading_page",
    "received_by",
    "received_page",
    "unacknowledged",
    "visible_to",
]
