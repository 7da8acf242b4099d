"""Writes of the room of accompaniment."""

from __future__ import annotations

from donghanh.accompaniment.actions.challenges import (
    answer_challenge,
    give_challenges,
    keep_model,
)
from donghanh.accompaniment.actions.clubs import found_club, invite_members, keep_meeting, see_club
from donghanh.accompaniment.actions.erasing import forget
from donghanh.accompaniment.actions.notes import (
    open_accompaniment,
    open_challenge,
    see_choices,
    see_overview,
    write_comment,
    write_note,
)
from donghanh.accompaniment.actions.own import (
    accept,
    answer_note,
    decline,
    finish,
    join_club,
    leave_club,
    show_attendance,
    tell,
)
from donghanh.accompaniment.actions.refusals import (
    AnsweredAlready,
    LeaderUnknown,
    MeetingBeforeFounding,
    ModelUnknown,
    NobodyChosen,
    NotAMember,
    NotDone,
    NotUnderWay,
    Over,
    PupilsGone,
    StepUnknown,
    Stopped,
)

__all__ = [
    "AnsweredAlready",
    "LeaderUnknown",
    "MeetingBeforeFounding",
    "ModelUnknown",
    "NobodyChosen",
    "NotAMember",
    "NotDone",
    "NotUnderWay",
    "Over",
    "PupilsGone",
    "StepUnknown",
    "Stopped",
    "accept",
    "answer_challenge",
    "answer_note",
    "decline",
    "finish",
    "forget",
    "found_club",
    "give_challenges",
    "invite_members",
    "join_club",
    "keep_meeting",
    "keep_model",
    "leave_club",
    "open_accompaniment",
    "open_challenge",
    "see_choices",
    "see_club",
    "see_overview",
    "show_attendance",
    "tell",
    "write_comment",
    "write_note",
]
