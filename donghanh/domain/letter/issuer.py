"""Who issues a letter: from the letterhead, else a sentence, else the symbol."""

from __future__ import annotations

import re

from donghanh.domain.letter import words
from donghanh.domain.letter.head import Notes
from donghanh.domain.letter.layout import Layout, as_written, strip_nul
from donghanh.domain.letter.view import Piece, View
from donghanh.domain.letter.words import U


def _guard(upper: bool) -> str:
    """Return look-behinds for words after which a beginning is none."""
    found = [word.upper() if upper else word for word in words.NOT_AFTER]
    return "".join(rf"(?<!(?<!\w){word} )" for word in found)


_STARTS = tuple(dict.fromkeys(start.upper() for start in words.ORGANISATIONS))
_CAPITAL = re.compile(rf"{_guard(True)}(?<!\w)(?:{words.any_of(_STARTS)})(?!\w)")
_WORD = re.compile(rf"[ \x00]*[{U}][{U}0-9.,&'’()-]*(?![\w/])|[ \x00]+-(?= [{U}]{{2}})")
_INCOMPLETE = frozenset(word.upper() for word in words.INCOMPLETE)
_ACTING = re.compile(
    rf"{_guard(False)}(?<!\w)(?P<org>(?:{words.any_of(words.ORGANISATIONS)})"
    rf"(?: (?!(?:để|về|được|là|phải|thì|nhằm|có|đã|theo|tại)(?!\w))[^\s,.;:]{{1,20}}){{0,12}}?)"
    rf" (?:{words.any_of(words.VERBS)})(?!\w)"
)
_PLAIN = re.compile(
    rf"{_guard(False)}(?<!\w)(?:{words.any_of(words.ORGANISATIONS)})"
    rf"(?: [^\s,.;:\x00]{{1,20}}){{0,12}}"
)


def issuer_and_superior(
    notes: Notes, layout: Layout, symbol: str | None
) -> tuple[str | None, str | None]:
    """
    Return who issues the letter and whom the letterhead places above it.

    Args:
        notes: Where spans and doubts go. Without a letterhead the issuer is flagged
            ``no_letterhead`` with the place it was read from instead.
        layout: The landmarks.
        symbol: The symbol as read.

    Returns:
        Issuer and superior as written; unknown is ``None``.
    """
    found = _letterhead(notes.view, layout)
    if found:
        superior = notes.keep("superior", found[-2]) if len(found) > 1 else None
        return notes.keep("issuer", found[-1]), superior
    acting = _ACTING.search(notes.view.fold, layout.body, layout.foot)
    if acting:
        name = notes.keep("issuer", notes.view.group(acting, "org"))
        notes.doubt("issuer", "no_letterhead", where="thân văn bản")
        notes.doubt("superior", "missing")
        return name, None
    return _from_symbol(notes, layout, symbol), None


def _letterhead(view: View, layout: Layout) -> list[Piece]:
    """Return the organisations named in capitals above the letter, from the highest."""
    limit = min(_head_end(layout), layout.foot)
    found: list[Piece] = []
    pending: int | None = None
    begins = list(_CAPITAL.finditer(layout.head, 0, limit))
    for at, begin in enumerate(begins):
        until = begins[at + 1].start() if at + 1 < len(begins) else limit
        end = _run_end(layout.head, begin.end(), until)
        start = begin.start() if pending is None else pending
        name = strip_nul(layout.head[begin.start() : end])
        touches = at + 1 < len(begins) and not layout.head[end:until].strip(" ")
        union = name.endswith("TRUNG ƯƠNG") and layout.head.startswith("ĐOÀN", until)
        if (name in _INCOMPLETE or union) and touches:
            pending = start
            continue
        pending = None
        found.append(_named(view, layout.head, start, end))
    return found


def _named(view: View, head: str, start: int, end: int) -> Piece:
    """Return a name as written, without what is struck out within it."""
    end = start + len(head[start:end].rstrip(" \x00.,-"))
    return Piece(as_written(view, head, start, end), start, end)


def _run_end(head: str, at: int, until: int) -> int:
    """Return where a run of words in capitals ends."""
    while at < until:
        word = _WORD.match(head, at, until)
        if word is None:
            return at
        at = word.end()
    return until


def _head_end(layout: Layout) -> int:
    """Return where a letterhead can no longer stand."""
    marks = (layout.greeting, layout.title)
    starts = [mark.start() for mark in marks if mark]
    if not starts:
        starts = [m.end() for m in (layout.number, layout.dated, layout.subject) if m]
        return max(starts, default=0)
    return min(starts)


def _from_symbol(notes: Notes, layout: Layout, symbol: str | None) -> str | None:
    """Return the issuer from an ordinary-case letterhead or a well-known abbreviation."""
    first = min((m.start() for m in (layout.number, layout.dated) if m), default=0)
    plain = _PLAIN.search(layout.head, 0, first)
    if plain:
        return notes.keep("issuer", notes.view.group(plain))
    for part in re.split(r"[-/]", symbol or ""):
        if part in words.BODIES and layout.number:
            notes.keep("issuer", notes.view.group(layout.number, "symbol"))
            notes.doubt("issuer", "no_letterhead", where="ký hiệu")
            return words.BODIES[part]
    notes.doubt("issuer", "missing")
    return None
