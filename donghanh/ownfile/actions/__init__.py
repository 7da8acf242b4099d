"""Writes of the room of the own file."""

from __future__ import annotations

from donghanh.ownfile.actions.answering import (
    acknowledge,
    answer,
    extend,
    see_request,
    see_requests,
)
from donghanh.ownfile.actions.asking import (
    ask,
    ask_correction,
    ask_deletion,
    go_on,
    take_back,
    take_copy,
)
from donghanh.ownfile.actions.erasing import erase, purge
from donghanh.ownfile.actions.refusals import (
    NoExtension,
    NothingChanges,
    NotOpen,
    RestStands,
    SentenceMissing,
    Stopped,
)

__all__ = [
    "NoExtension",
    "NotOpen",
    "NothingChanges",
    "RestStands",
    "SentenceMissing",
    "Stopped",
    "acknowledge",
    "answer",
    "ask",
    "ask_correction",
    "ask_deletion",
    "erase",
    "extend",
    "go_on",
    "purge",
    "see_request",
    "see_requests",
    "take_back",
    "take_copy",
]
