"""Writes of the room of campaigns."""

from __future__ import annotations

from donghanh.campaigns.actions.joining import Plan, decline, evaluate, join, state_figures
from donghanh.campaigns.actions.running import (
    ask_more,
    call_off,
    close_year,
    draft_campaign,
    end_campaign,
    mend_campaign,
    open_campaign,
)

__all__ = [
    "Plan",
    "ask_more",
    "call_off",
    "close_year",
    "decline",
    "draft_campaign",
    "end_campaign",
    "evaluate",
    "join",
    "mend_campaign",
    "open_campaign",
    "state_figures",
]
