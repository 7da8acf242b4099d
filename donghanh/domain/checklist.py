"""The papers of a dossier one by one: there, to be made again, expiring, missing, not needed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import ClassVar

from donghanh.domain.acts import Act, Case
from donghanh.domain.dossier_contents import ContentsGap, ContentsRow, contents
from donghanh.domain.errors import RuleError
from donghanh.domain.rules import Rulebook
from donghanh.domain.timeline import Entry


class ListedState(StrEnum):
    """How one paper of the list stands."""

    THERE = "there"
    EXPIRING = "expiring"
    AGAIN = "again"
    MISSING = "missing"
    LATER = "later"
    NOT_NEEDED = "not_needed"


class NeededPaper(RuleError):
    """The rules ask for the paper; nobody may say that it is not needed."""

    code: ClassVar[str] = "checklist.needed"


class PaperUnknown(RuleError):
    """The list of the dossier has no such paper."""

    code: ClassVar[str] = "checklist.unknown"


class ValidBeforeMade(RuleError):
    """A paper cannot be valid until a day before it was made."""

    code: ClassVar[str] = "checklist.valid_before_made"


@dataclass(frozen=True, slots=True)
class ListedPaper:
    """
    One line of the list.

    Attributes:
        form: The number it is printed with.
        counts_as: The central number it answers for; with ``number`` its key.
        title_vi: Its title.
        place: Its place in the official order.
        act: The act that recorded it: day and number; None where it is not there.
        required: Whether the rules ask for it on this road, or it is there.
        state: How it stands.
        valid_until: Last day it is good, by a rule or as the paper says.
        entry: The rule that ages it, where it does.
        replaced: A later one took its place.
    """

    form: str
    counts_as: str
    title_vi: str
    place: str
    act: Act | None
    required: bool
    state: ListedState
    valid_until: date | None = None
    entry: Entry[int] | None = None
    replaced: bool = False

    @property
    def number(self) -> int:
        """Return the number of its act; nought where it is not there."""
        return 0 if self.act is None else self.act.number


def listed(
    acts: Sequence[Act],
    case: Case,
    book: Rulebook,
    on: date,
    *,
    near: int,
    spared: Collection[str] = (),
    until: Mapping[tuple[str, int], date] | None = None,
) -> tuple[ListedPaper, ...]:
    """
    Return the papers of a dossier in the official order: what is there, then what is to come.

    Args:
        acts: Every act of the case.
        case: The facts about the person.
        book: The rules.
        on: The day asked about (Asia/Ho_Chi_Minh).
        near: Days before the last day from which a paper counts as expiring.
        spared: Central numbers of papers the unit says are not needed.
        until: Last days that stand on the papers themselves, by central number and act.

    Source:
        rulebook/forms.toml [place]
    """
    found = contents(acts, case, book, on)
    mine = until or {}
    horizon = on + timedelta(days=near)
    lines = [_there(row, mine, on, horizon) for row in found.rows]
    acts_leave = {form.code for form in book.forms() if form.is_act}
    lines += [_gap(gap, spared, gap.counts_as in acts_leave) for gap in found.missing]
    order = {form.code: place for place, form in enumerate(book.forms())}
    return tuple(sorted(lines, key=lambda one: _key(one, order)))


def _key(line: ListedPaper, order: Mapping[str, int]) -> tuple[str, bool, int, int, bool]:
    part, number = line.place[0], line.place[1:]
    late = line.act is None
    return part, not number.startswith("0"), int(number), order.get(line.counts_as, 0), late


def _there(
    row: ContentsRow, until: Mapping[tuple[str, int], date], on: date, horizon: date
) -> ListedPaper:
    own = until.get((row.counts_as, row.act.number))
    last = None if row.judged_on is not None else row.valid_until
    if own is not None and (last is None or own < last):
        last = own
    state = ListedState.THERE
    if last is not None and not row.replaced:
        state = _by_day(last, on, horizon)
    return ListedPaper(
        form=row.form,
        counts_as=row.counts_as,
        title_vi=row.title_vi,
        place=row.place,
        act=row.act,
        required=True,
        state=state,
        valid_until=last,
        entry=row.entry if last == row.valid_until else None,
        replaced=row.replaced,
    )


def _by_day(last: date, on: date, horizon: date) -> ListedState:
    if last < on:
        return ListedState.AGAIN
    return ListedState.EXPIRING if last <= horizon else ListedState.THERE


def _gap(gap: ContentsGap, spared: Collection[str], is_act: bool) -> ListedPaper:
    """Return a paper that is to come; what the step itself leaves is not missing before it."""
    state = ListedState.MISSING if gap.now and not is_act else ListedState.LATER
    if gap.again:
        state = ListedState.AGAIN
    elif not gap.required and gap.counts_as in spared:
        state = ListedState.NOT_NEEDED
    return ListedPaper(
        form=gap.form,
        counts_as=gap.counts_as,
        title_vi=gap.title_vi,
        place=gap.place,
        act=None,
        required=gap.required,
        state=state,
    )


def check_note(
    line: ListedPaper | None, *, not_needed: bool, valid_until: date | None
) -> ListedPaper:
    """
    Return the line something is noted of.

    Raises:
        PaperUnknown: There is no such line.
        NeededPaper: The rules ask for it, or it is there.
        ValidBeforeMade: Its last day lies before its own day.
    """
    if line is None:
        raise PaperUnknown
    if not_needed and (line.required or line.act is not None):
        raise NeededPaper(form=line.form)
    if line.act is not None and valid_until is not None and valid_until < line.act.on:
        raise ValidBeforeMade(on=line.act.on, until=valid_until)
    return line
