"""Reads of the room of the forecast."""

from __future__ import annotations

from donghanh.forecast.queries.calendars import (
    CalendarPage,
    Filters,
    Row,
    calendar,
    calendar_workbook,
    own_school,
)
from donghanh.forecast.queries.counting import still_possible
from donghanh.forecast.queries.pupils import PupilPage, pupil
from donghanh.forecast.queries.spans import expected

__all__ = [
    "CalendarPage",
    "Filters",
    "PupilPage",
    "Row",
    "calendar",
    "calendar_workbook",
    "expected",
    "own_school",
    "pupil",
    "still_possible",
]
