"""Reads of the room of the own file."""

from __future__ import annotations

from donghanh.ownfile.queries.copies import copy_of, copy_sheet
from donghanh.ownfile.queries.files import FilesPage, files_page
from donghanh.ownfile.queries.found import (
    answerable_by,
    candidates,
    due_of,
    erasable,
    open_for,
    value_of,
    visible_to,
)
from donghanh.ownfile.queries.pages import (
    CorrectPage,
    RequestPage,
    RequestRow,
    RequestsPage,
    RightsPage,
    correct_page,
    request_page,
    requests_page,
    rights_page,
)

__all__ = [
    "CorrectPage",
    "FilesPage",
    "RequestPage",
    "RequestRow",
    "RequestsPage",
    "RightsPage",
    "answerable_by",
    "candidates",
    "copy_of",
    "copy_sheet",
    "correct_page",
    "due_of",
    "erasable",
    "files_page",
    "open_for",
    "request_page",
    "requests_page",
    "rights_page",
    "value_of",
    "visible_to",
]
