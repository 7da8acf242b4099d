"""Labels and sentences of the room of dossiers."""

from __future__ import annotations

from donghanh.dossiers.texts.labels import (
    ASKED,
    BASES,
    BRANCHES,
    CONDITIONS,
    EXCLUSIONS,
    FACTS,
    NEEDS,
    ROAD_STATUSES,
    STATES,
    VERDICTS,
    citation_full,
    citation_label,
    left,
    paper_title,
    rule_title,
    shape,
    step_title,
    steps,
    threshold,
)
from donghanh.dossiers.texts.own import OWN_ENDS, OWN_STEPS
from donghanh.dossiers.texts.refusals import REFUSALS, refusal

__all__ = [
    "ASKED",
    "BASES",
    "BRANCHES",
    "CONDITIONS",
    "EXCLUSIONS",
    "FACTS",
    "NEEDS",
    "OWN_ENDS",
    "OWN_STEPS",
    "REFUSALS",
    "ROAD_STATUSES",
    "STATES",
    "VERDICTS",
    "citation_full",
    "citation_label",
    "left",
    "paper_title",
    "refusal",
    "rule_title",
    "shape",
    "step_title",
    "steps",
    "threshold",
]
