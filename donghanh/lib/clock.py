"""The only place that asks what time it is."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

#: Every legal day is a day in this zone.
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return the present day in Asia/Ho_Chi_Minh."""
    return now().astimezone(ZONE).date()
