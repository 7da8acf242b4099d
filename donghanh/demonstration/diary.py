"""The diary: what is to happen on which day, played in the order of time up to today."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from donghanh.demonstration import days

#: What happens: told the day and the instant.
Deed = Callable[[date, datetime], None]


@dataclass(slots=True)
class Diary:
    """
    Everything that is to happen, in any order of writing.

    What is dated after ``today`` does not happen: a story runs on by itself as the days go by.
    """

    today: date
    _pages: list[tuple[datetime, int, date, Deed]] = field(default_factory=list)

    def write(self, on: date, hour: int, deed: Deed) -> None:
        """Write down that something happens at an hour of a day."""
        if on > self.today:
            return
        self._pages.append((days.instant(on, hour), len(self._pages), on, deed))

    def play(self) -> None:
        """Let everything happen, the earliest first."""
        for at, place, on, deed in sorted(self._pages, key=lambda page: page[:2]):
            deed(on, at + timedelta(seconds=place))  # one after the other within the hour
        self._pages.clear()
