"""Reads of the room of meetings."""

from __future__ import annotations

from donghanh.meetings.queries.agenda import (
    AgendaPage,
    NotCompetent,
    Sought,
    agenda_page,
    classes,
    refusing,
    title_of,
)
from donghanh.meetings.queries.contents import contents_paper
from donghanh.meetings.queries.found import (
    attendance_of,
    bodies,
    competence,
    ended,
    items_of,
    kept_counts,
    reasons,
    school_of,
    unit_for,
    visible_to,
)
from donghanh.meetings.queries.pages import (
    MeetingList,
    MeetingPage,
    meeting_page,
    meetings,
    one_item,
    reasons_of,
    seal_of,
)
from donghanh.meetings.queries.papers import paper
from donghanh.meetings.queries.registers import REGISTERS, register
from donghanh.meetings.queries.sitting import ItemPage, Row, in_order, item_page, left_out, rows

__all__ = [
    "REGISTERS",
    "AgendaPage",
    "ItemPage",
    "MeetingList",
    "MeetingPage",
    "NotCompetent",
    "Row",
    "Sought",
    "agenda_page",
    "attendance_of",
    "bodies",
    "classes",
    "competence",
    "contents_paper",
    "ended",
    "in_order",
    "item_page",
    "items_of",
    "kept_counts",
    "left_out",
    "meeting_page",
    "meetings",
    "one_item",
    "paper",
    "reasons",
    "reasons_of",
    "refusing",
    "register",
    "rows",
    "school_of",
    "seal_of",
    "title_of",
    "unit_for",
    "visible_to",
]
