"""Reads of the room of activities."""

from __future__ import annotations

from donghanh.activities.queries.checking import (
    Screen,
    Sign,
    agreed_on,
    is_open,
    screen,
    sign_of,
    signed,
)
from donghanh.activities.queries.figures import counted
from donghanh.activities.queries.found import (
    Activities,
    Filters,
    Row,
    held_by,
    holding_schools,
    hours_of,
    listing,
    listing_workbook,
    local,
    visible_to,
    waiting,
)
from donghanh.activities.queries.months import Day, Month, calendar_file, month_of
from donghanh.activities.queries.pages import Page, activity_page, plan_of
from donghanh.activities.queries.photos import (
    Photographed,
    photo_bytes,
    photographed,
    photos_in_sight,
)
from donghanh.activities.queries.roads import (
    CheckInPage,
    OwnPage,
    OwnRow,
    PupilPage,
    Shown,
    check_in_page,
    own_page,
    pupil_page,
    scanned,
)

__all__ = [
    "Activities",
    "CheckInPage",
    "Day",
    "Filters",
    "Month",
    "OwnPage",
    "OwnRow",
    "Page",
    "Photographed",
    "PupilPage",
    "Row",
    "Screen",
    "Shown",
    "Sign",
    "activity_page",
    "agreed_on",
    "calendar_file",
    "check_in_page",
    "counted",
    "held_by",
    "holding_schools",
    "hours_of",
    "is_open",
    "listing",
    "listing_workbook",
    "local",
    "month_of",
    "own_page",
    "photo_bytes",
    "photographed",
    "photos_in_sight",
    "plan_of",
    "pupil_page",
    "scanned",
    "screen",
    "sign_of",
    "signed",
    "visible_to",
    "waiting",
]
