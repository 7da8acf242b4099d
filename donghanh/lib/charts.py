"""
Counts as pictures: what a chart says, and where its bars begin and end. No page, no table, no rule.

A page draws them as SVG without script, a Word paper as a chart of its own; the words, numbers
and order are the same in both, and in the table behind each.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Form(StrEnum):
    """How the series of a chart stand to each other."""

    #: One series, bar under bar, each no longer than the one above as a rule.
    FUNNEL = "funnel"
    #: The first series as bars, the second as a mark on each.
    MARKED = "marked"
    #: A bar for each series beside each other.
    GROUPED = "grouped"
    #: One bar in parts, a part for each series.
    STACKED = "stacked"


#: How each series is filled, in order: told apart without colour.
FILLS = ("solid", "hatch", "dots", "blank", "cross")


@dataclass(frozen=True, slots=True)
class Series:
    """Counts under one name, one for each label; ``None`` where there is none."""

    name: str
    values: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a bar: where it begins and how long it is, as SVG lengths, and its fill."""

    at: str
    width: str
    fill: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its parts, where its mark stands (empty: none), and what stands at its end."""

    name: str
    parts: tuple[Part, ...]
    mark: str
    text: str
    told: str


@dataclass(frozen=True, slots=True)
class Row:
    """A label with its bars."""

    label: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """
    A chart of counts.

    Attributes:
        key: What its parts are named by on a page; letters, digits, hyphens.
        title: What it shows.
        desc: What can be read off it, in a sentence or two; also its alternative text in Word.
        form: How the series stand to each other.
        head: What the labels are, as the head of the table's first column.
        labels: From top to bottom.
        series: At least one; of a marked chart exactly two.
    """

    key: str
    title: str
    desc: str
    form: Form
    head: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]

    def __post_init__(self) -> None:
        """Refuse series that are not as long as the labels."""
        if any(len(one.values) != len(self.labels) for one in self.series):
            msg = f"chart {self.key}: a series is not as long as the labels"
            raise ValueError(msg)

    @property
    def legend(self) -> tuple[tuple[str, str], ...]:
        """Return fill and name of each series; nothing where there is one only."""
        if len(self.series) < 2:
            return ()
        fills = ("solid", "mark") if self.form is Form.MARKED else FILLS
        return tuple((fill, one.name) for fill, one in zip(fills, self.series, strict=False))

    @property
    def longest(self) -> int:
        """Return the count that fills a row, at least 1."""
        if self.form is Form.STACKED:
            return max([1, *(sum(column) for column in self._columns)])
        return max([1, *(value for column in self._columns for value in column)])

    @property
    def _columns(self) -> list[list[int]]:
        return [
            [one.values[place] or 0 for one in self.series] for place in range(len(self.labels))
        ]

    @property
    def rows(self) -> tuple[Row, ...]:
        """Return the bars label by label, as they are drawn."""
        return tuple(
            Row(label, self._bars(label, place)) for place, label in enumerate(self.labels)
        )

    @property
    def table(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return the table behind it: each label with its counts as they are written."""
        return tuple(
            (label, tuple(number(one.values[place]) for one in self.series))
            for place, label in enumerate(self.labels)
        )

    def _bars(self, label: str, place: int) -> tuple[Bar, ...]:
        values = [one.values[place] for one in self.series]
        told = f"{label}: " + ", ".join(
            f"{one.name} {number(value)}" for one, value in zip(self.series, values, strict=True)
        )
        if self.form is Form.STACKED:
            text = " + ".join(number(value) for value in values if value)
            return (Bar("", self._stacked(values), "", text or number(0), told),)
        if self.form is Form.MARKED:
            result, mark = values
            text = f"{number(result)}/{number(mark)}"
            at = "" if mark is None else share(mark, self.longest)
            return (Bar("", (self._part(result, "solid"),), at, text, told),)
        grouped = self.form is Form.GROUPED
        return tuple(
            Bar(one.name if grouped else "", (self._part(value, fill),), "", number(value), told)
            for one, value, fill in zip(self.series, values, FILLS, strict=False)
        )

    def _part(self, value: int | None, fill: str) -> Part:
        return Part("0%", share(value or 0, self.longest), fill)

    def _stacked(self, values: Iterable[int | None]) -> tuple[Part, ...]:
        parts, before = [], 0
        for value, fill in zip(values, FILLS, strict=False):
            if value:
                at, width = share(before, self.longest), share(value, self.longest)
                parts.append(Part(at, width, fill))
                before += value
        return tuple(parts)


@dataclass(frozen=True, slots=True)
class Tile:
    """
    One unit in a map of tiles.

    ``share`` fills it from below, as an SVG length; ``state`` is the name of its shape and
    ``word`` says the same.
    """

    label: str
    text: str
    share: str
    state: str
    word: str


@dataclass(frozen=True, slots=True)
class TileMap:
    """
    Units as tiles of one size, group by group: by the tree they stand in, not by where they lie.

    ``heads`` are those of the table behind it: unit, count, state.
    """

    key: str
    title: str
    desc: str
    heads: tuple[str, str, str]
    groups: tuple[tuple[str, tuple[Tile, ...]], ...]

    @property
    def table(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return the table behind it: each unit with its count and its state."""
        return tuple(
            (tile.label, (tile.text, tile.word)) for _, tiles in self.groups for tile in tiles
        )


def share(part: int, whole: int) -> str:
    """
    Return a share as an SVG length between 0 % and 100 %.

    >>> share(3, 8), share(0, 8), share(9, 8), share(1, 0)
    ('37.5%', '0%', '100%', '0%')
    """
    if whole <= 0 or part <= 0:
        return "0%"
    return f"{float(min(Fraction(1), Fraction(part, whole)) * 100):.4g}%"


def number(value: int | None) -> str:
    """
    Return a count as it is written here: thousands parted by a point; a dash where there is none.

    >>> number(1234567), number(0), number(None)
    ('1.234.567', '0', '–')
    """
    return "–" if value is None else f"{value:,}".replace(",", ".")
