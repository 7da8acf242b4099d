"""Writes of the room of papers."""

from __future__ import annotations

from donghanh.papers.actions.erasing import forget
from donghanh.papers.actions.letters import (
    AlreadyAnswered,
    AnsweredBeforeSent,
    NewLetter,
    RemindBeforeSent,
    answer_letter,
    send_letter,
)
from donghanh.papers.actions.notes import NewNote, export_papers, note_paper, open_papers
from donghanh.papers.actions.ways import (
    BeforeLast,
    FaultMissing,
    NewFault,
    NotListed,
    NowhereTo,
    receive_dossier,
    return_dossier,
    send_dossier,
)

__all__ = [
    "AlreadyAnswered",
    "AnsweredBeforeSent",
    "BeforeLast",
    "FaultMissing",
    "NewFault",
    "NewLetter",
    "NewNote",
    "NotListed",
    "NowhereTo",
    "RemindBeforeSent",
    "answer_letter",
    "export_papers",
    "forget",
    "note_paper",
    "open_papers",
    "receive_dossier",
    "return_dossier",
    "send_dossier",
    "send_letter",
]
