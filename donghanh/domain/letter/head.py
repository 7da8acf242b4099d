"""The head of a letter: number, symbol, place, date, kind, subject, addressees, issuer."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from donghanh.domain.letter import dates, words
from donghanh.domain.letter.layout import Layout, as_written, opener_after, strip_nul
from donghanh.domain.letter.shape import Flag, Span
from donghanh.domain.letter.view import Piece, View
from donghanh.domain.letter.words import U


@dataclass(slots=True)
class Notes:
    """What is being gathered while one letter is read: spans by field path, and doubts."""

    view: View
    spans: dict[str, Span] = field(default_factory=dict)
    flags: list[Flag] = field(default_factory=list)

    def keep(self, path: str, piece: Piece) -> str:
        """Note where a field stands, and return its words."""
        self.spans[path] = self.view.span(piece.start, piece.end)
        return piece.value

    def doubt(self, path: str, code: str, at: tuple[int, int] | None = None, **facts: str) -> None:
        """Note a doubt, where it is seen if anywhere."""
        span = self.view.span(*at) if at else self.spans.get(path)
        self.flags.append(Flag(path, code, facts, span))


def number_and_symbol(notes: Notes, layout: Layout) -> tuple[str | None, str | None]:
    """Return the number and the symbol; flag what is blank or missing."""
    found = layout.number
    if found is None:
        notes.doubt("number", "missing")
        notes.doubt("symbol", "missing")
        return None, None
    number = symbol = None
    if found.group("number"):
        number = closed(notes.keep("number", notes.view.group(found, "number")))
    else:
        notes.keep("number", notes.view.group(found, "label"))
        notes.doubt("number", "blank")
    if found.group("symbol"):
        symbol = closed(notes.keep("symbol", notes.view.group(found, "symbol")))
    else:
        notes.doubt("symbol", "blank", found.span("label"))
    return number, symbol


def closed(written: str) -> str:
    """Close the gaps a line break leaves around dashes and strokes."""
    return re.sub(r" ?([-/‐‑–—]) ?", r"\1", written)


def place_and_date(notes: Notes, layout: Layout) -> tuple[str | None, str | None]:
    """Return the place and the ISO date, reduced when parts are blank; flag what is wrong."""
    found = layout.dated
    if found is None:
        notes.doubt("place", "missing")
        notes.doubt("date", "missing")
        return None, None
    place = None
    if found.group("place"):
        place = notes.keep("place", notes.view.group(found, "place"))
    else:
        notes.doubt("place", "missing")
    written = notes.keep("date", notes.view.group(found, "date"))
    full = dates.written(found, "n")
    day, month, year = found.group("d"), found.group("m"), found.group("y")
    if full:
        day, month, year = str(full.day), str(full.month), str(full.year) if full.year else None
    return place, _iso(notes, day, month, year, written)


def _iso(
    notes: Notes, day: str | None, month: str | None, year: str | None, written: str
) -> str | None:
    """Return an ISO date, whole or reduced."""
    if year is None:
        notes.doubt("date", "blank")
        return None
    if month is None:
        notes.doubt("date", "blank_month", written=written)
        return year
    if not 1 <= int(month) <= 12:
        notes.doubt("date", "invalid_date", written=written)
        return None
    if day is None:
        notes.doubt("date", "blank_day", written=written)
        return f"{year}-{int(month):02d}"
    iso = dates.Written(int(day), int(month), int(year)).iso()
    if iso is None:
        notes.doubt("date", "invalid_date", written=written)
    return iso


def kind(notes: Notes, layout: Layout) -> str | None:
    """Return the kind of document, from its title, its symbol, or its form."""
    coded = _coded_kind(notes.view, layout)
    if layout.title:
        names = {name.upper(): name for name in words.TITLES}
        named = names[layout.title.group()]
        notes.keep("kind", notes.view.group(layout.title))
        if coded and coded[0] != named and not _same_letters(coded[0], named):
            notes.doubt("kind", "kind_differs", here=named, there=coded[0])
        return named
    if coded:
        notes.keep("kind", coded[1])
        return coded[0]
    form = layout.subject or (layout.number and layout.greeting)
    if form:
        said = re.compile(r"[Cc]ông văn(?= này)").search(notes.view.fold, layout.body)
        notes.keep("kind", notes.view.group(said or form))
        return "Công văn"
    notes.doubt("kind", "missing")
    return None


def _same_letters(first: str, second: str) -> bool:
    """Say whether two kinds share their abbreviation (Quyết định and Quy định are both QĐ)."""
    pair = {first, second}
    return pair <= {"Quyết định", "Quy định"} or pair <= {"Chương trình", "Chương trình hành động"}


def _coded_kind(view: View, layout: Layout) -> tuple[str, Piece] | None:
    """Return the kind that the first part of the symbol stands for."""
    if layout.number is None or not layout.number.group("symbol"):
        return None
    first = re.split(r"[-/ ]", layout.number.group("symbol"))[0]
    start = layout.number.start("symbol")
    name = words.KINDS.get(first)
    return (name, view.piece(start, start + len(first))) if name else None


def subject(notes: Notes, layout: Layout) -> str | None:
    """Return what the letter is about; flag it when another column runs through it."""
    begin = layout.subject or layout.title
    if begin is None:
        notes.doubt("subject", "missing")
        return None
    start = begin.end()
    kept = layout.head[start : _subject_end(notes.view, layout, start)].rstrip("\x00 .;:-")
    end = start + len(kept)
    start = end - len(kept.lstrip("\x00 "))
    if start == end:
        notes.doubt("subject", "missing")
        return None
    notes.keep("subject", notes.view.piece(start, end))
    if "\x00" in layout.head[start:end]:
        notes.doubt("subject", "interleaved")
    return as_written(notes.view, layout.head, start, end)


#: Sections, rules drawn below a title, and the title of who decides ("CHỦ TỊCH ỦY BAN …").
_SECTION = re.compile(
    rf"(?<!\w)(?:I\. ?|1\. ?|Điều 1|PHẦN |-{{3,}}"
    rf"|(?:{words.any_of(words.SIGNING_TITLES)}) [{U}]{{2}})"
)


def _subject_end(view: View, layout: Layout, start: int) -> int:
    """Return where the subject ends: at the greeting, the first sentence or section."""
    limit = min(layout.foot, start + 600)
    if layout.greeting and layout.greeting.start() >= start:
        limit = min(limit, layout.greeting.start())
    ends = [limit]
    opener = opener_after(view.fold, start + 3, limit)
    section = _SECTION.search(view.fold, start)
    ends += [opener] if opener else []
    ends += [section.start()] if section else []
    if layout.subject is None or layout.greeting is None:
        ends += _paragraph_ends(view, start)
    return min(ends)


def _paragraph_ends(view: View, start: int) -> list[int]:
    """Return the empty lines after a position, as far as lines are kept."""
    return [at for at in view.breaks if start + 5 < at and view.is_empty_line(at)]


def addressees(notes: Notes, layout: Layout) -> tuple[str, ...]:
    """Return whom the letter is addressed to, one by one."""
    if layout.greeting is None:
        if layout.title is None:
            notes.doubt("addressees", "missing")
        return ()
    start = layout.greeting.end()
    end = _addressees_end(notes.view, layout, start)
    found: list[str] = []
    for piece in items(notes.view, notes.view.fold, start, end):
        notes.keep(f"addressees.{len(found)}", piece)
        found.append(piece.value)
    if not found:
        notes.doubt("addressees", "blank", layout.greeting.span())
    return tuple(found)


def _addressees_end(view: View, layout: Layout, start: int) -> int:
    """Return where the addressees end: at the first sentence, else at a full stop or empty line."""
    limit = min(layout.foot, start + 1500)
    opener = opener_after(view.fold, start, limit)
    if opener is not None:
        return opener
    stop = re.compile(rf"\.(?= [{U}])").search(view.fold, start)
    return min([limit, *_paragraph_ends(view, start), *([stop.start()] if stop else [])])


def items(view: View, fold: str, start: int, end: int) -> list[Piece]:
    """Split a list at semicolons and leading dashes into pieces without their punctuation."""
    pieces: list[Piece] = []
    at = start
    for stop in [*re.finditer(r";|(?:(?<=^)|(?<=[ .;:,]))[-+•] ", fold[start:end]), None]:
        until = start + stop.start() if stop else end
        if strip_nul(fold[at:until]):
            raw = fold[at:until]
            lead = len(raw) - len(raw.lstrip(" \x00-+•,."))
            tail = len(raw.rstrip(" \x00.,;:"))
            piece = view.piece(at + lead, at + tail)
            value = as_written(view, fold, piece.start, piece.end)
            pieces += [Piece(value, piece.start, piece.end)] if value else []
        at = start + stop.end() if stop else end
    return pieces
