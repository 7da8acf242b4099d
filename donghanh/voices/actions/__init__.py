"""Writes of the room of voices."""

from __future__ import annotations

from donghanh.voices.actions.answering import alarm, answer, flag, note, set_aside
from donghanh.voices.actions.forgetting import forget
from donghanh.voices.actions.publishing import Rewritten, confirm, promise, propose, withdraw
from donghanh.voices.actions.refusals import (
    Escalated,
    NobodyThere,
    NotAnswered,
    NotRewritten,
    NotTheModerator,
    NoYes,
    Over,
    PromiseOutOfBounds,
    ReasonMissing,
    SaysNothing,
    SecondPerson,
    TooLong,
    TooMany,
    WantsAnAnswer,
)
from donghanh.voices.actions.settling import settle
from donghanh.voices.actions.writing import New, close, new_code, write, write_on

__all__ = [
    "Escalated",
    "New",
    "NoYes",
    "NobodyThere",
    "NotAnswered",
    "NotRewritten",
    "NotTheModerator",
    "Over",
    "PromiseOutOfBounds",
    "ReasonMissing",
    "Rewritten",
    "SaysNothing",
    "SecondPerson",
    "TooLong",
    "TooMany",
    "WantsAnAnswer",
    "alarm",
    "answer",
    "close",
    "confirm",
    "flag",
    "forget",
    "new_code",
    "note",
    "promise",
    "propose",
    "set_aside",
    "settle",
    "withdraw",
    "write",
    "write_on",
]
