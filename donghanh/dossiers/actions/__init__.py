"""Writes of the room of dossiers."""

from __future__ import annotations

from donghanh.dossiers.actions.acts import NewAct, record_act, start_dossier, void_act
from donghanh.dossiers.actions.facts import set_facts
from donghanh.dossiers.actions.files import (
    export_list,
    note_list,
    open_facts,
    open_file,
    see_list,
)
from donghanh.dossiers.actions.refusals import (
    AlreadyOpen,
    BranchSettled,
    ChangedMeanwhile,
    HelperUnknown,
    NoBaseCommittee,
    NotYourStep,
    ReasonMissing,
    RegimeReasonMissing,
)
from donghanh.dossiers.actions.standings import (
    keep_standings,
    refresh_all,
    refresh_standings,
    renew_standings,
)

__all__ = [
    "AlreadyOpen",
    "BranchSettled",
    "ChangedMeanwhile",
    "HelperUnknown",
    "NewAct",
    "NoBaseCommittee",
    "NotYourStep",
    "ReasonMissing",
    "RegimeReasonMissing",
    "export_list",
    "keep_standings",
    "note_list",
    "open_facts",
    "open_file",
    "record_act",
    "refresh_all",
    "refresh_standings",
    "renew_standings",
    "see_list",
    "set_facts",
    "start_dossier",
    "void_act",
]
