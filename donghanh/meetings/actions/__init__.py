"""Writes of the room of meetings."""

from __future__ import annotations

from donghanh.meetings.actions.erasing import forget
from donghanh.meetings.actions.planning import (
    NewMeeting,
    add_items,
    cancel_meeting,
    drop_item,
    plan_meeting,
    tell_attendance,
)
from donghanh.meetings.actions.reading import (
    open_agenda,
    open_item,
    open_meeting,
    take_contents,
    take_paper,
    take_register,
)
from donghanh.meetings.actions.refusals import (
    AlreadyClosed,
    BodyEnded,
    ClassUnknown,
    MeetingChanged,
    NobodyOnIt,
    NotReady,
    NotToBeDecided,
    NotYetHeld,
    OnItTwice,
    TooMany,
)
from donghanh.meetings.actions.sitting import close_meeting, keep_draft

__all__ = [
    "AlreadyClosed",
    "BodyEnded",
    "ClassUnknown",
    "MeetingChanged",
    "NewMeeting",
    "NobodyOnIt",
    "NotReady",
    "NotToBeDecided",
    "NotYetHeld",
    "OnItTwice",
    "TooMany",
    "add_items",
    "cancel_meeting",
    "close_meeting",
    "drop_item",
    "forget",
    "keep_draft",
    "open_agenda",
    "open_item",
    "open_meeting",
    "plan_meeting",
    "take_contents",
    "take_paper",
    "take_register",
    "tell_attendance",
]
