"""Reads of the room of targets."""

from __future__ import annotations

from donghanh.targets.queries.pictures import against, pictures, tiles
from donghanh.targets.queries.plans import NoSuchFigure, Plan, UnitLine, askable, plan, tree_of
from donghanh.targets.queries.told import Line, UnitPage, unit_page
from donghanh.targets.queries.words import digest_of, held_by, said_about
from donghanh.targets.queries.workbooks import plan_workbook

__all__ = [
    "Line",
    "NoSuchFigure",
    "Plan",
    "UnitLine",
    "UnitPage",
    "against",
    "askable",
    "digest_of",
    "held_by",
    "pictures",
    "plan",
    "plan_workbook",
    "said_about",
    "tiles",
    "tree_of",
    "unit_page",
]
