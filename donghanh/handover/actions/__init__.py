"""Writes of the room of hand-over."""

from __future__ import annotations

from donghanh.handover.actions.erasing import forget
from donghanh.handover.actions.linked import open_by_link, receive_by_link
from donghanh.handover.actions.receiving import receive
from donghanh.handover.actions.refusals import (
    GraduatedLater,
    HandoverOver,
    LinkOver,
    OpenAlready,
    ReceiverMissing,
    WithACommittee,
    WrongCode,
)
from donghanh.handover.actions.sending import (
    WORDING,
    Begin,
    Noted,
    Secret,
    answer,
    begin,
    call_back,
    renew_link,
    see_handovers,
    send,
)

__all__ = [
    "WORDING",
    "Begin",
    "GraduatedLater",
    "HandoverOver",
    "LinkOver",
    "Noted",
    "OpenAlready",
    "ReceiverMissing",
    "Secret",
    "WithACommittee",
    "WrongCode",
    "answer",
    "begin",
    "call_back",
    "forget",
    "open_by_link",
    "receive",
    "receive_by_link",
    "renew_link",
    "see_handovers",
    "send",
]
