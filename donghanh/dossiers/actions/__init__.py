"""Writes of the room of dossiers."""

from __future__ import annotations

from donghanh.dossiers.actions.acts import (
    NewAct,
    placed_at,
    record_act,
    start_dossier,
    void_act,
)
from donghanh.dossiers.actions.facts import set_facts
from donghanh.dossiers.actions.files import (
    export_list,
    note_list,
    note_reading,
    open_facts,
    open_file,
    open_walk,
    see_list,
)
from donghanh.dossiers.actions.refusals import (
    AlreadyOpen,
    BranchSettled,
    ChangedMeanwhile,
    HelperUnknown,
    ItemRefused,
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
from donghanh.dossiers.actions.together import Entry, Recorded, record_acts

__all__ = [
    "AlreadyOpen",
    "BranchSettled",
    "ChangedMeanwhile",
    "Entry",
    "HelperUnknown",
    "ItemRefused",
    "NewAct",
    "NoBaseCommittee",
    "NotYourStep",
    "ReasonMissing",
    "Recorded",
    "RegimeReasonMissing",
    "export_list",
    "keep_standings",
    "note_list",
    "note_reading",
    "open_facts",
    "open_file",
    "open_walk",
    "placed_at",
    "record_act",
    "record_acts",
    "refresh_all",
    "refresh_standings",
    "renew_standings",
    "see_list",
    "set_facts",
    "start_dossier",
    "void_act",
]
