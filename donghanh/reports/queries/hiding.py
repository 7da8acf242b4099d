"""Small figures of single units, in what leaves the office of who has no right to the cases."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from donghanh.amendments import queries as amendments
from donghanh.domain import checking
from donghanh.domain.authority import Actor
from donghanh.domain.rights import Right
from donghanh.reports.queries.sheets import Sheet

#: Stands for a figure that is hidden only lest the total tells another.
BESIDE = "ẩn"
#: What is said under a table with hidden figures.
_NOTE = (
    "Dấu “≤ {most}”: số của đơn vị không quá {most}, được che; “" + BESIDE + "”: được che kèm để "
    "tổng không làm lộ số ấy. Số tổng cộng giữ nguyên."
)


def most_for(actor: Actor, on: date, *, asked: bool = False) -> int:
    """
    Return up to which figure those of single units are hidden in an actor's papers; 0 hides none.

    Args:
        actor: Who makes them; one without a right to the cases always hides.
        on: The day whose rules count.
        asked: Whether who has that right wants them hidden, for a reader who has not.
    """
    if actor.may(Right.READ_CASES) and not asked:
        return 0
    return checking.persons(amendments.current(), checking.SMALL, on)


def masks(sheet: Sheet, most: int) -> tuple[Mapping[int, str], ...]:
    """
    Return what stands in place of figures, one mapping per line by the place of the column.

    Args:
        sheet: The figures.
        most: Figures up to this are hidden; of a column with one hidden figure a second is.
    """
    counted = [place for place, line in enumerate(sheet.lines) if line.counts]
    found: list[dict[int, str]] = [{} for _ in sheet.lines]
    for column in range(len(sheet.columns)):
        values = [sheet.lines[place].figures[column] or 0 for place in counted]
        for at in checking.hidden(values, most):
            found[counted[at]][column] = small(most) if values[at] <= most else BESIDE
    return tuple(found)


def small(most: int) -> str:
    """Return what stands in place of a small figure."""
    return f"≤ {most}"


def note(most: int) -> str:
    """Return what is said under a table with hidden figures."""
    return _NOTE.format(most=most)


def answering(sheet: Sheet) -> int:
    """Return the place of the column that answers the target."""
    return next((place for place, one in enumerate(sheet.columns) if one.answers_target), -1)
