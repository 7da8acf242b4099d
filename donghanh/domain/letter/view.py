"""
One way to look at a text, whatever its line breaks, with the road back to the source.

The reader never searches the source itself. It searches ``fold``: the source with every run of
white space made one blank, dashes made alike, tone marks put in one place, and likely misreadings
put right. ``flat`` is the same length as ``fold`` and holds the letters as written; ``origin`` says
where each of them stands in the source. So a phrase is found however its lines are broken, its
words are kept as written, and its span is exact.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from donghanh.domain.letter import words
from donghanh.domain.letter.shape import Flag, Span

#: Characters that take no room: zero-width blanks and joiners, byte order mark, soft hyphen.
_NOTHING = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad")
#: Characters used as drawing or emphasis between words (``***``, ``____``), read as a blank.
_DRAWING = frozenset("*_\x00")
_BREAKS = frozenset("\n\r\x0b\x0c\x85\u2028\u2029")
_ALIKE = str.maketrans(
    {"‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-", "Ð": "Đ", "ð": "đ", "／": "/"}
)
#: Distance in characters within which a word supports a misreading.
_NEAR = 80


@dataclass(frozen=True, slots=True)
class Piece:
    """A found phrase: its words, single-blanked, and where it stands in the flat view."""

    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class View:
    """A text prepared for searching; all three strings and positions are of one length."""

    text: str
    flat: str
    fold: str
    origin: tuple[int, ...]
    breaks: tuple[int, ...]
    misreadings: tuple[tuple[int, int, str], ...]

    def span(self, start: int, end: int) -> Span:
        """Return the span in the source of ``[start, end)`` in the view, blanks trimmed."""
        while start < end and self.flat[start] == " ":
            start += 1
        while end > start and self.flat[end - 1] == " ":
            end -= 1
        if start >= end:
            at = self.origin[start] if start < len(self.origin) else len(self.text)
            return Span(at, at)
        return Span(self.origin[start], self.origin[end - 1] + 1)

    def piece(self, start: int, end: int) -> Piece:
        """Return the words as written between two positions of the view, blanks trimmed."""
        raw = self.flat[start:end]
        start += len(raw) - len(raw.lstrip())
        return Piece(raw.strip(), start, start + len(raw.strip()))

    def group(self, match: re.Match[str], name: str | int = 0) -> Piece:
        """Return a group of a match as a piece."""
        return self.piece(match.start(name), match.end(name))

    def is_empty_line(self, at: int) -> bool:
        """Say whether the blank at ``at`` stands for an empty line of the source."""
        until = self.origin[at + 1] if at + 1 < len(self.origin) else len(self.text)
        stretch = self.text[self.origin[at] : until]
        return max(stretch.count("\n"), stretch.count("\r")) >= 2


def look_at(text: str) -> View:
    """
    Prepare a text for searching.

    Args:
        text: Any text; it is composed (NFC) first, and spans refer to the composed text.

    Returns:
        The view.

    >>> view = look_at("Đắk  Nông,\\n ngày")
    >>> view.flat, view.span(4, 9)
    ('Đắk Nông, ngày', Span(start=5, end=10))
    """
    text = unicodedata.normalize("NFC", text)
    letters: list[str] = []
    origin: list[int] = []
    breaks: list[int] = []
    for at, letter in enumerate(text):
        if letter in _NOTHING:
            continue
        if letter.isspace() or letter in _DRAWING:
            if letters and letters[-1] != " ":
                letters.append(" ")
                origin.append(at)
            if letter in _BREAKS and letters and breaks[-1:] != [len(letters) - 1]:
                breaks.append(len(letters) - 1)
            continue
        letters.append(letter)
        origin.append(at)
    flat = "".join(letters)
    fold, misreadings = _put_right(_tones(flat.translate(_ALIKE)))
    return View(text, flat, fold, tuple(origin), tuple(breaks), misreadings)


_MARKS = ("\u0300", "\u0301", "\u0309", "\u0303", "\u0323")


def _tone_places() -> dict[str, str]:
    """Return each pair of vowels with its mark in the newer place, and in the older."""
    pairs: dict[str, str] = {}
    for first, second in ("oa", "oe", "uy"):
        for mark in _MARKS:
            new = first + unicodedata.normalize("NFC", second + mark)
            old = unicodedata.normalize("NFC", first + mark) + second
            pairs |= {new: old, new.upper(): old.upper(), new.capitalize(): old.capitalize()}
    return pairs


_TONES = _tone_places()
_TONE = re.compile(rf"(?<![qQ])(?:{'|'.join(_TONES)})(?!\w)")


def _tones(flat: str) -> str:
    """Put tone marks in the older place (``uỷ`` to ``ủy``, ``hoà`` to ``hòa``): same length."""
    return _TONE.sub(lambda found: _TONES[found.group()], flat)


def _put_right(fold: str) -> tuple[str, tuple[tuple[int, int, str], ...]]:
    """Put likely misreadings right where the words around support it; say where."""
    found: list[tuple[int, int, str]] = []
    for entry in words.MISREADINGS:
        for match in entry.pattern.finditer(fold):
            around = fold[max(0, match.start() - _NEAR) : match.end() + _NEAR]
            if entry.near and not any(word in around for word in entry.near):
                continue
            likely = entry.likely
            if match.group()[0].isupper():
                likely = likely[0].upper() + likely[1:]
            found.append((match.start(), match.end(), likely))
    letters = list(fold)
    for start, end, likely in found:
        letters[start:end] = likely
    return "".join(letters), tuple(sorted(found))


def masked(fold: str, pieces: list[tuple[int, int]]) -> str:
    """Return the view with some stretches struck out by NUL, the length unchanged."""
    letters = list(fold)
    for start, end in pieces:
        letters[start:end] = "\x00" * (end - start)
    return "".join(letters)


def misreading_flags(view: View, spans: dict[str, Span]) -> list[Flag]:
    """
    Flag each likely misreading once, at the narrowest field it stands in.

    Args:
        view: The view.
        spans: The fields found so far and where they stand.

    Returns:
        One flag for each pair of field and misread words, in order of the text.
    """
    flags: dict[tuple[str, str], Flag] = {}
    for start, end, likely in view.misreadings:
        span = view.span(start, end)
        holders = [
            (held.end - held.start, field)
            for field, held in spans.items()
            if held.start <= span.start and span.end <= held.end
        ]
        field = min(holders)[1] if holders else "text"
        found = view.flat[start:end]
        facts = {"found": found, "likely": likely}
        flags.setdefault((field, found), Flag(field, "misreading", facts, span))
    return list(flags.values())
