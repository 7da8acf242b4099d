"""How a day is written, and on which day an instant falls."""

from __future__ import annotations

from datetime import date, datetime

from donghanh.lib import clock


def local(value: date) -> date:
    """Return a day as it is, and of an instant the day it falls on in Asia/Ho_Chi_Minh."""
    return value.astimezone(clock.ZONE).date() if isinstance(value, datetime) else value


def day(value: date) -> str:
    """
    Write a day, or the day of an instant, as official papers do: 10/6/2024, 09/6/2024, 05/02/2024.

    Source: Decree 30/2020/NĐ-CP, appendix I: a nought before days under ten and months one and two.
    """
    on = local(value)
    month = f"{on.month:02d}" if on.month < 3 else str(on.month)
    return f"{on.day:02d}/{month}/{on.year}"
