"""Reads of the room of directives: one file for each kind of page, and what other rooms read."""

from __future__ import annotations

from donghanh.directives.queries.books import (
    BookPage,
    book_page,
    book_sheet,
    numbers_of,
)
from donghanh.directives.queries.drafting import (
    addressed_units,
    draft_of,
    duties_on,
    issued_content,
    signer_for,
    text_of,
    units_of,
)
from donghanh.directives.queries.drafts import (
    Desk,
    DraftPage,
    draft_page,
    writing_desk,
)
from donghanh.directives.queries.follow_up import (
    Board,
    BoardRow,
    board_page,
    board_sheet,
)
from donghanh.directives.queries.inbox import (
    InboxRow,
    ReceivedPage,
    inbox,
    received_page,
)
from donghanh.directives.queries.issued import (
    Late,
    addressed_to,
    board,
    issued_by,
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
    number_of,
    reading_page,
)
from donghanh.directives.queries.library import (
    LibraryPage,
    library_page,
    library_texts,
)
from donghanh.directives.queries.links import (
    LinksPage,
    links_page,
)
from donghanh.directives.queries.overall import (
    Overall,
    overall_page,
    overall_sheet,
)
from donghanh.directives.queries.papers import (
    directive_paper,
)

__all__ = [
    "Board",
    "BoardRow",
    "BookPage",
    "Desk",
    "DraftPage",
    "InboxRow",
    "IssuePage",
    "Late",
    "LibraryPage",
    "LinksPage",
    "ListedLetter",
    "Overall",
    "ReadingPage",
    "ReceivedPage",
    "Row",
    "SchoolShare",
    "addressed_to",
    "addressed_units",
    "board",
    "board_page",
    "board_sheet",
    "book_page",
    "book_sheet",
    "directive_paper",
    "draft_of",
    "draft_page",
    "duties_on",
    "inbox",
    "issue_page",
    "issued_by",
    "issued_content",
    "late_tasks",
    "letters",
    "library_page",
    "library_texts",
    "links_page",
    "listing",
    "number_of",
    "numbers_of",
    "open_tasks",
    "overall_page",
    "overall_sheet",
    "reading_page",
    "received_by",
    "received_page",
    "signer_for",
    "text_of",
    "unacknowledged",
    "units_of",
    "visible_to",
    "writing_desk",
]
