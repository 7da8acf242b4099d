"""Writes of the room of directives."""

from __future__ import annotations

from donghanh.directives.actions.drafts import (
    Written,
    discard_draft,
    issue_draft,
    send_back,
    sign_draft,
    submit_draft,
    write_draft,
)
from donghanh.directives.actions.duties import (
    answer_task,
    link_tasks,
    mark_answered,
    open_next_year,
    unlink_tasks,
)
from donghanh.directives.actions.endings import recall_directive
from donghanh.directives.actions.letters import (
    acknowledge,
    correct_reading,
    issue_directive,
    keep_letter,
    open_received,
    remind_late,
)
from donghanh.directives.actions.numbers import take_number, void_number
from donghanh.directives.actions.plans import add_text, send_plan
from donghanh.directives.actions.refusals import (
    AlreadyAnswered,
    AlreadyIssued,
    AnsweredByReport,
    LinkedBefore,
    NoLongerAsked,
    NotASchool,
    OneAlone,
    ReadingChanged,
)

__all__ = [
    "AlreadyAnswered",
    "AlreadyIssued",
    "AnsweredByReport",
    "LinkedBefore",
    "NoLongerAsked",
    "NotASchool",
    "OneAlone",
    "ReadingChanged",
    "Written",
    "acknowledge",
    "add_text",
    "answer_task",
    "correct_reading",
    "discard_draft",
    "issue_directive",
    "issue_draft",
    "keep_letter",
    "link_tasks",
    "mark_answered",
    "open_next_year",
    "open_received",
    "recall_directive",
    "remind_late",
    "send_back",
    "send_plan",
    "sign_draft",
    "submit_draft",
    "take_number",
    "unlink_tasks",
    "void_number",
    "write_draft",
]
