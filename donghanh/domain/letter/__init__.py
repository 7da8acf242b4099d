"""
Reading official letters.

``read(text)`` finds the fields of a Vietnamese official letter, each with the exact span it came
from and a doubt where it is blank, unusual or contradictory. ``view`` makes line breaks, dashes and
tone marks harmless; ``layout`` finds the landmarks; ``head``, ``issuer``, ``body``, ``duties``,
``targets`` and ``foot`` read the fields; ``shape`` is what comes out.
"""

from __future__ import annotations

from donghanh.domain.letter.reader import LONGEST, read
from donghanh.domain.letter.segments import Mark, Segment, segments
from donghanh.domain.letter.shape import (
    Basis,
    Bound,
    Duty,
    EmptyLetter,
    Flag,
    NotALetter,
    Reading,
    Recurs,
    Signing,
    Span,
    Target,
    TooLong,
    last_day,
)

__all__ = [
    "LONGEST",
    "Basis",
    "Bound",
    "Duty",
    "EmptyLetter",
    "Flag",
    "Mark",
    "NotALetter",
    "Reading",
    "Recurs",
    "Segment",
    "Signing",
    "Span",
    "Target",
    "TooLong",
    "last_day",
    "read",
    "segments",
]
