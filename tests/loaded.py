"""
The demonstration as the program itself loads it: once a day and state of the program.

All parts of the tests copy the same database, the journeys included; loading takes half a minute.
"""

from __future__ import annotations

import os
from datetime import date

from tests import database

#: The day all journeys take place on, so that what they meet is the same on any day.
DAY = date(2026, 11, 21)


def template(day: date) -> str:
    """
    Return a database to copy from: the demonstration as ``donghanh demo`` leaves it on a day.

    It is made anew whenever any file of the program has changed, by a process of its own.
    """
    return database.template(
        f"demonstration{day:%Y%m%d}",
        "demo",
        source=os.environ["DONGHANH_TEST_TEMPLATE"],
        files="**/*.*",
        told={"DONGHANH_DAY": day.isoformat()},
    )
