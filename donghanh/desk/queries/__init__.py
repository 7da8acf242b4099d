"""Reads of the desk: what is due, for whom, gathered from the rooms below; and the search."""

from __future__ import annotations

from donghanh.desk.queries.desks import Bar, Desk, desk
from donghanh.desk.queries.items import Item
from donghanh.desk.queries.pictures import SchoolLine
from donghanh.desk.queries.search import Found, search

__all__ = [
    "Bar",
    "Desk",
    "Found",
    "Item",
    "SchoolLine",
    "desk",
    "search",
]
