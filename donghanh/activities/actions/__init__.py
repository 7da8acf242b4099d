"""Writes of the room of activities."""

from __future__ import annotations

from donghanh.activities.actions.after import add_photo, look_back, remove_photo
from donghanh.activities.actions.erasing import forget
from donghanh.activities.actions.holding import (
    Plan,
    call_off,
    change_activity,
    close_check_in,
    open_check_in,
    plan_activity,
    state_number,
)
from donghanh.activities.actions.own import check_in, put_on_road, take_off_road
from donghanh.activities.actions.reading import open_road, take_list
from donghanh.activities.actions.refusals import (
    ChangedMeanwhile,
    CheckInClosed,
    SchoolMissing,
    SignOver,
    Stopped,
)

__all__ = [
    "ChangedMeanwhile",
    "CheckInClosed",
    "Plan",
    "SchoolMissing",
    "SignOver",
    "Stopped",
    "add_photo",
    "call_off",
    "change_activity",
    "check_in",
    "close_check_in",
    "forget",
    "look_back",
    "open_check_in",
    "open_road",
    "plan_activity",
    "put_on_road",
    "remove_photo",
    "state_number",
    "take_list",
    "take_off_road",
]
