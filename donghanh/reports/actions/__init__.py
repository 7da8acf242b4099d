"""Writes of the room of reports."""

from __future__ import annotations

from donghanh.reports.actions.department import Made, accept_report, consolidate, return_report
from donghanh.reports.actions.names import see_figure
from donghanh.reports.actions.refusals import (
    AlreadySent,
    ChangedMeanwhile,
    CommentMissing,
    ConsolidatedMeanwhile,
    FiguresMoved,
    NothingAccepted,
    NotOpen,
    NotSent,
    SentAgain,
    TooLong,
)
from donghanh.reports.actions.school import open_report, send_report, write_parts

__all__ = [
    "AlreadySent",
    "ChangedMeanwhile",
    "CommentMissing",
    "ConsolidatedMeanwhile",
    "FiguresMoved",
    "Made",
    "NotOpen",
    "NotSent",
    "NothingAccepted",
    "SentAgain",
    "TooLong",
    "accept_report",
    "consolidate",
    "open_report",
    "return_report",
    "see_figure",
    "send_report",
    "write_parts",
]
