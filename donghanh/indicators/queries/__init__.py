"""Reads of the room of indicators."""

from __future__ import annotations

from donghanh.indicators.queries.adding import Added, Sum, added, entered, usual_days, year_of
from donghanh.indicators.queries.answers import answer
from donghanh.indicators.queries.asking import Asked, CarriedOn, NotShown
from donghanh.indicators.queries.boards import Board, CasesPage, Row, Value, board, cases_page
from donghanh.indicators.queries.by_class import ClassesPage, OfClass, by_class
from donghanh.indicators.queries.held import Held, held
from donghanh.indicators.queries.marks import board_mark
from donghanh.indicators.queries.spans import Counted, behind, counted, passed, roads, schools
from donghanh.indicators.queries.unions import UnionPage, union_page

__all__ = [
    "Added",
    "Asked",
    "Board",
    "CarriedOn",
    "CasesPage",
    "ClassesPage",
    "Counted",
    "Held",
    "NotShown",
    "OfClass",
    "Row",
    "Sum",
    "UnionPage",
    "Value",
    "added",
    "answer",
    "behind",
    "board",
    "board_mark",
    "by_class",
    "cases_page",
    "counted",
    "entered",
    "held",
    "passed",
    "roads",
    "schools",
    "union_page",
    "usual_days",
    "year_of",
]
