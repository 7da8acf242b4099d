"""The clocks of a member who moves: until when the transfer is done, the papers handed in."""

from __future__ import annotations

from datetime import date

from donghanh.domain import deadlines
from donghanh.domain.calendar import CalendarEnds
from donghanh.domain.handing_over import Stand
from donghanh.dossiers import queries as roads
from donghanh.dossiers.queries import Walk, wording
from donghanh.dossiers.queries.wording import ClockRow
from donghanh.handover.models import Handover

#: What is counted from the day the pupil had to leave, and what from the day the file left.
_FROM_LEAVING = ("transfer.official",)
_FROM_SENDING = ("transfer.papers", "transfer.lost")


def clocks_of(walk: Walk, one: Handover) -> tuple[ClockRow, ...]:
    """
    Return the clocks that run for a member whose file is handed over; none before admission.

    Args:
        walk: The dossier with its road.
        one: Its hand-over.

    Source:
        rulebook/deadlines.toml [transfer.official], [transfer.papers], [transfer.lost]
    """
    if one.stand != Stand.MEMBER.value:
        return ()
    left = roads.case_of(walk.dossier).graduated_on
    begins = [(name, left) for name in _FROM_LEAVING]
    begins += [(name, one.sent_date) for name in _FROM_SENDING]
    found: list[ClockRow] = []
    for name, start in begins:
        if start is not None:
            found += _running(walk, name, start)
    return tuple(found)


def _running(walk: Walk, name: str, start: date) -> list[ClockRow]:
    """Return the clocks of one rule from a day on, central before local."""
    scopes = tuple(walk.dossier.scopes)
    found = []
    for entry in walk.book.numbers_on(name, start, scopes):
        try:
            clock = deadlines.clock(deadlines.ClockKind.DUE, start, entry, walk.book.workdays())
        except CalendarEnds:
            continue
        found.append(wording.clock_row(clock, walk.today))
    return found
