"""The only place that asks what time it is."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

#: Every legal day is a day in this zone.
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


class _Offset:
    """How far the clock is moved; nought everywhere but in a demonstration that says a day."""

    value = timedelta(0)


def pretend(day: date) -> None:
    """
    Move the clock so that it is now another day; the hours go on as they are.

    For a demonstration alone: its stories stand still on the day it is told.
    """
    _Offset.value = timedelta(days=(day - datetime.now(UTC).astimezone(ZONE).date()).days)


def now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return datetime.now(UTC) + _Offset.value


def today() -> date:
    """Return the present day in Asia/Ho_Chi_Minh."""
    return now().astimezone(ZONE).date()
