"""The numbers Word draws in front of list paragraphs, which stand in no text of the file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

_SPACES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w:",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w:",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
}
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


class Reader(Protocol):
    """Takes what a streaming parser finds."""

    def start(self, full: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element."""

    def end(self, full: str) -> None:
        """Take the end of an element."""

    def letters(self, data: str) -> None:
        """Take text."""


def short(full: str) -> str:
    """Return ``w:p`` for a name of the Word vocabulary, in either of its two name spaces."""
    space, _, tag = full.rpartition(" ")
    return _SPACES.get(space, "?:") + tag


def value(attributes: dict[str, str], name: str = "val") -> str:
    """Return an attribute of the Word vocabulary, or an empty text."""
    return next((found for key, found in attributes.items() if key.endswith(f" {name}")), "")


@dataclass(slots=True)
class Level:
    """One level of a list: how it counts and how it looks."""

    form: str = "decimal"
    look: str = ""
    start: int = 1


@dataclass(slots=True)
class NumberingReader:
    """Gathers lists from ``numbering.xml``."""

    abstract: dict[str, dict[str, Level]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    _abstract: str = ""
    _list: str = ""
    _level: Level = field(default_factory=Level)

    def start(self, full: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element."""
        tag = short(full)
        if tag == "w:abstractNum":
            self._abstract = value(attributes, "abstractNumId")
            self._list = ""
        elif tag == "w:lvl" and not self._list:
            self._level = Level()
            levels = self.abstract.setdefault(self._abstract, {})
            levels[value(attributes, "ilvl")] = self._level
        elif tag == "w:num":
            self._list = value(attributes, "numId")
        elif tag == "w:abstractNumId":
            self.lists[self._list] = value(attributes)
        elif not self._list:
            self._look(tag, value(attributes))

    def _look(self, tag: str, said: str) -> None:
        if tag == "w:numFmt":
            self._level.form = said
        elif tag == "w:lvlText":
            self._level.look = said
        elif tag == "w:start" and said.isdigit():
            self._level.start = int(said)

    def end(self, full: str) -> None:
        """Take the end of an element: nothing to do."""

    def letters(self, data: str) -> None:
        """Take text: there is none."""


@dataclass(slots=True)
class StylesReader:
    """Gathers the lists that styles of paragraphs belong to."""

    styles: dict[str, dict[str, str]] = field(default_factory=dict)
    _style: str = ""

    def start(self, full: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element."""
        tag = short(full)
        if tag == "w:style":
            self._style = value(attributes, "styleId")
        elif tag in ("w:numId", "w:ilvl") and self._style:
            self.styles.setdefault(self._style, {})[tag] = value(attributes)

    def end(self, full: str) -> None:
        """Take the end of an element: nothing to do."""

    def letters(self, data: str) -> None:
        """Take text: there is none."""


class Lists:
    """Counts the list paragraphs of one document."""

    def __init__(self, numbering: NumberingReader, styles: StylesReader) -> None:
        """Take the lists and the styles of the document."""
        self._numbering = numbering
        self._styles = styles
        self._counts: dict[tuple[str, int], int] = {}

    def label(self, style: str | None, number: dict[str, str]) -> str:
        """
        Return what Word draws in front of a paragraph, counting it.

        Args:
            style: The paragraph's style, if it names one.
            number: Its own ``w:numId`` and ``w:ilvl``.

        Returns:
            Such as ``1.`` or ``a)``; ``-`` for bullets; empty for paragraphs outside lists.
        """
        found = {**self._styles.styles.get(style or "", {}), **number}
        kind = self._numbering.lists.get(found.get("w:numId", ""))
        depth = int(found.get("w:ilvl") or 0) if (found.get("w:ilvl") or "0").isdigit() else 0
        levels = self._numbering.abstract.get(kind or "", {})
        level = levels.get(str(depth))
        if kind is None or level is None or level.form == "none":
            return ""
        if level.form == "bullet":
            return "-"
        at = self._counts.get((kind, depth), level.start - 1) + 1
        self._counts[kind, depth] = at
        for key in [key for key in self._counts if key[0] == kind and key[1] > depth]:
            del self._counts[key]
        return self._drawn(kind, levels, level.look or f"%{depth + 1}.")

    def _drawn(self, kind: str, levels: dict[str, Level], look: str) -> str:
        for depth in range(9):
            if f"%{depth + 1}" in look:
                level = levels.get(str(depth), Level())
                at = self._counts.get((kind, depth), level.start)
                look = look.replace(f"%{depth + 1}", _figure(level.form, at))
        return look


def _figure(form: str, at: int) -> str:
    """Return a count in the form of its level."""
    if form in ("lowerLetter", "upperLetter") and 1 <= at <= 26:
        letter = chr(ord("a") + at - 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("upperRoman", "lowerRoman") and 1 <= at < 40:
        figure = ""
        for worth, sign in _ROMAN:
            figure += sign * (at // worth)
            at %= worth
        return figure if form == "upperRoman" else figure.lower()
    return str(at)
