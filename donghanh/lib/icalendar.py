"""Calendar files as RFC 5545 has them: days other calendars can read."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

#: Octets of a line at most, its end not counted (RFC 5545, 3.1).
_LONGEST = 75
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


@dataclass(frozen=True, slots=True)
class Entry:
    """
    One day of a calendar.

    ``uid`` names it in the whole world and stays the same when it is given again; ``starts`` and
    ``ends`` are aware. ``cancelled``: it takes place no more.
    """

    uid: str
    starts: datetime
    ends: datetime
    summary: str
    place: str = ""
    words: str = ""
    cancelled: bool = False


def calendar(name: str, entries: Iterable[Entry], made: datetime) -> bytes:
    """
    Return a calendar file.

    Args:
        name: What programs call the calendar.
        entries: What stands in it, in any order.
        made: The instant it was made (aware).
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Dong Hanh//Hoat dong//VI",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
    ]
    for one in entries:
        lines.extend(_lines(one, made))
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _lines(one: Entry, made: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(one.uid)}"
    yield f"DTSTAMP:{_instant(made)}"
    yield f"DTSTART:{_instant(one.starts)}"
    yield f"DTEND:{_instant(one.ends)}"
    yield f"SUMMARY:{_text(one.summary)}"
    if one.place:
        yield f"LOCATION:{_text(one.place)}"
    if one.words:
        yield f"DESCRIPTION:{_text(one.words)}"
    yield f"STATUS:{'CANCELLED' if one.cancelled else 'CONFIRMED'}"
    yield "END:VEVENT"


def _instant(at: datetime) -> str:
    """
    Write an instant; in UTC, so that no table of zones has to be sent along.

    >>> _instant(datetime(2026, 11, 20, 7, 5, tzinfo=UTC))
    '20261120T070500Z'
    """
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(told: str) -> str:
    r"""
    Return a text as a value: its marks escaped, its lines told, no sign that steers a machine.

    >>> print(_text("Sân trường, khu A;\r\nmang mũ"))
    Sân trường\, khu A\;\nmang mũ
    """
    lines = told.replace("\r\n", "\n").replace("\r", "\n")
    clean = "".join(one for one in lines if one == "\n" or unicodedata.category(one) != "Cc")
    return clean.translate(_ESCAPED)


def _folded(line: str) -> str:
    r"""
    Break a line that is too long, never within a sign.

    >>> [len(part.encode()) for part in _folded("ữ" * 60).split("\r\n")]
    [75, 73, 34]
    """
    parts, room = [""], 0
    for sign in line:
        size = len(sign.encode())
        if room + size > _LONGEST:
            # The blank with which a line goes on counts, too.
            parts.append(" ")
            room = 1
        parts[-1] += sign
        room += size
    return "\r\n".join(parts)
