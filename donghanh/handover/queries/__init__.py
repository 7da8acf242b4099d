"""Reads of the room of hand-over."""

from __future__ import annotations

from donghanh.handover.queries.handovers import (
    BeginPage,
    Listing,
    OwnHandover,
    Page,
    PaperLine,
    begin_page,
    is_away,
    listing,
    open_of,
    own,
    page,
    papers_of,
    since,
    state_of,
    visible_to,
    waiting,
)
from donghanh.handover.queries.linked import (
    LinkPage,
    digest_of,
    link_page,
    named_link_page,
)

__all__ = [
    "BeginPage",
    "LinkPage",
    "Listing",
    "OwnHandover",
    "Page",
    "PaperLine",
    "begin_page",
    "digest_of",
    "is_away",
    "link_page",
    "listing",
    "named_link_page",
    "open_of",
    "own",
    "page",
    "papers_of",
    "since",
    "state_of",
    "visible_to",
    "waiting",
]
