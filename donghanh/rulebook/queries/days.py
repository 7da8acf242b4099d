"""The rules in force on a day, and what differs between two days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from donghanh.amendments import queries as amendments
from donghanh.domain import comparing, names
from donghanh.domain.authority import Actor, require
from donghanh.domain.catalogue import Regime
from donghanh.domain.comparing import Difference, ValueChange
from donghanh.domain.rights import Right
from donghanh.domain.rules import Rulebook
from donghanh.domain.tables import RuleHead, Value
from donghanh.domain.timeline import CENTRAL, Entry
from donghanh.lib.spreadsheet import Cell, Column, workbook
from donghanh.rulebook import texts
from donghanh.rulebook.queries.places import Place, place


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule on a day: its values in force, central first; the last one is what holds there."""

    head: RuleHead
    entries: tuple[Entry[Value], ...]


@dataclass(frozen=True, slots=True)
class RuleGroup:
    """Rules about one matter."""

    title: str
    lines: tuple[RuleLine, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """A regime with the day before the next one begins, if one does."""

    regime: Regime
    last_day: date | None
    current: bool


@dataclass(frozen=True, slots=True)
class DayPage:
    """
    The rulebook on a day.

    Attributes:
        day: The day shown.
        place: Whose rules.
        words: What the list was narrowed to.
        regime: The regime in force.
        spans: Every regime.
        groups: The rules in force, by matter; without those that were not looked for.
        shown: How many rules are shown.
        doubtful: How many of the values shown still await comparison.
        edition: Number of the newest amendment; 0 for the shipped rules.
        version: Short name of the rules.
    """

    day: date
    place: Place
    words: str
    regime: Regime
    spans: tuple[Span, ...]
    groups: tuple[RuleGroup, ...]
    shown: int
    doubtful: int
    edition: int
    version: str


def day_page(actor: Actor, day: date, where: str = "", words: str = "") -> DayPage:
    """
    Return the rules in force on a day, by matter, then by title.

    A day before the first regime shows the first day of that regime.

    Args:
        actor: Who reads.
        day: The day.
        where: Whose rules; see ``places.place``.
        words: Leaves only rules whose title or document holds them; marks do not matter.

    Raises:
        NotAllowed: The post does not read the rulebook.
    """
    require(actor, Right.READ_RULES)
    book = amendments.current()
    shown = max(day, book.regimes()[0].since)
    chosen = place(actor, book, shown, where)
    lines = _lines(book, shown, chosen, names.search_key(words))
    entries = [entry for line in lines for entry in line.entries]
    return DayPage(
        day=shown,
        place=chosen,
        words=words,
        regime=book.regime(shown),
        spans=spans(book, shown),
        groups=_grouped(lines),
        shown=len(lines),
        doubtful=sum(not entry.settled for entry in entries),
        edition=book.edition,
        version=book.version,
    )


def _lines(book: Rulebook, day: date, where: Place, words: str) -> list[RuleLine]:
    found = []
    for name in book.names():
        entries = book.all_on(name, day, where.scopes)
        line = RuleLine(book.head(name), entries)
        if entries and words in _searched(line):
            found.append(line)
    return sorted(found, key=lambda line: (texts.group_of(line.head.name), line.head.title_vi))


def _searched(line: RuleLine) -> str:
    cited = [f"{entry.cite.number} {entry.cite.issuer}" for entry in line.entries]
    return names.search_key(" ".join((line.head.title_vi, line.head.name, *cited)))


def _grouped(lines: list[RuleLine]) -> tuple[RuleGroup, ...]:
    return tuple(
        RuleGroup(str(texts.GROUPS[place][0]), tuple(group))
        for place, group in groupby(lines, key=lambda line: texts.group_of(line.head.name))
    )


def spans(book: Rulebook, day: date | None) -> tuple[Span, ...]:
    """
    Return every regime with its last day, oldest first.

    Args:
        book: The rules.
        day: The day whose regime is the current one; None for none.
    """
    regimes = book.regimes()
    later = [regime.since for regime in regimes[1:]]
    current = None if day is None else book.regime(day)
    return tuple(
        Span(
            regime,
            date.fromordinal(until.toordinal() - 1) if until is not None else None,
            regime is current,
        )
        for regime, until in zip(regimes, [*later, None], strict=True)
    )


def day_workbook(actor: Actor, day: date, where: str = "", words: str = "") -> bytes:
    """
    Return the rules in force on a day as an .xlsx.

    Raises:
        NotAllowed: The post does not read the rulebook.
    """
    page = day_page(actor, day, where, words)
    rows: list[list[Cell]] = [
        [
            group.title,
            line.head.title_vi,
            texts.scope(entry.scope),
            texts.value(entry),
            entry.since,
            entry.cite.number,
            entry.cite.issuer,
            entry.cite.article,
            str(texts.standing(entry)[1]),
        ]
        for group in page.groups
        for line in group.lines
        for entry in line.entries
    ]
    columns = [Column(str(title), width) for title, width in texts.COLUMNS]
    return workbook(str(texts.SHEET), columns, rows)


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """One value on two days, with the rule it is of."""

    head: RuleHead
    change: ValueChange


@dataclass(frozen=True, slots=True)
class ComparePage:
    """
    What differs between two days.

    Attributes:
        a: The one day.
        b: The other.
        regimes: The regime of each.
        place: Whose rules.
        whole: Whether what is the same is shown too.
        lines: The values, by matter and title.
        same: How many are the same on both days.
        differing: How many differ.
        spans: Every regime, to choose days from.
    """

    a: date
    b: date
    regimes: tuple[Regime, Regime]
    place: Place
    whole: bool
    lines: tuple[ComparedLine, ...]
    same: int
    differing: int
    spans: tuple[Span, ...]


def compare_page(
    actor: Actor, a: date | None, b: date, where: str = "", whole: bool = False
) -> ComparePage:
    """
    Return what differs between two days.

    Args:
        actor: Who reads.
        a: The one day; None for the last day of the regime before that of ``b``.
        b: The other.
        where: Whose rules; see ``places.place``.
        whole: Show what is the same too.

    Raises:
        NotAllowed: The post does not read the rulebook.
    """
    require(actor, Right.READ_RULES)
    book = amendments.current()
    first = book.regimes()[0].since
    later = max(b, first)
    earlier = max(a or date.fromordinal(book.regime(later).since.toordinal() - 1), first)
    chosen = place(actor, book, later, where)
    changes = comparing.between_days(book, earlier, later, chosen.scopes)
    differing = [one for one in changes if one.difference is not Difference.SAME]
    lines = [ComparedLine(book.head(one.name), one) for one in (changes if whole else differing)]
    return ComparePage(
        a=earlier,
        b=later,
        regimes=(book.regime(earlier), book.regime(later)),
        place=chosen,
        whole=whole,
        lines=tuple(sorted(lines, key=_order)),
        same=len(changes) - len(differing),
        differing=len(differing),
        spans=spans(book, None),
    )


def _order(line: ComparedLine) -> tuple[int, str, bool, str]:
    scope = line.change.scope
    return texts.group_of(line.head.name), line.head.title_vi, scope != CENTRAL, scope
