"""Writes of the room of reports."""

from __future__ import annotations

from donghanh.reports.actions.amending import amend_report, drop_amendment
from donghanh.reports.actions.closing import close_year, open_for_unit
from donghanh.reports.actions.department import Made, accept_report, consolidate, return_report
from donghanh.reports.actions.figures import MOST, answer_checks, change_figure
from donghanh.reports.actions.names import see_figure
from donghanh.reports.actions.refusals import (
    AlreadySent,
    AmendmentInFlight,
    AnsweredElsewhere,
    BelowZero,
    ChangedMeanwhile,
    ClosedAlready,
    CommentMissing,
    ConsolidatedMeanwhile,
    FiguresMoved,
    NotAccepted,
    NotClosed,
    NothingAccepted,
    NotOpen,
    NotSent,
    NotThereThen,
    OpeningPast,
    ReasonMissing,
    SentAgain,
    SumToExplain,
    TooLong,
    UnknownFigure,
    UnknownUnit,
    WarningsOpen,
    YearClosed,
)
from donghanh.reports.actions.school import open_report, send_report, write_parts

__all__ = [
    "MOST",
    "AlreadySent",
    "AmendmentInFlight",
    "AnsweredElsewhere",
    "BelowZero",
    "ChangedMeanwhile",
    "ClosedAlready",
    "CommentMissing",
    "ConsolidatedMeanwhile",
    "FiguresMoved",
    "Made",
    "NotAccepted",
    "NotClosed",
    "NotOpen",
    "NotSent",
    "NotThereThen",
    "NothingAccepted",
    "OpeningPast",
    "ReasonMissing",
    "SentAgain",
    "SumToExplain",
    "TooLong",
    "UnknownFigure",
    "UnknownUnit",
    "WarningsOpen",
    "YearClosed",
    "accept_report",
    "amend_report",
    "answer_checks",
    "change_figure",
    "close_year",
    "consolidate",
    "drop_amendment",
    "open_for_unit",
    "open_report",
    "return_report",
    "see_figure",
    "send_report",
    "write_parts",
]
