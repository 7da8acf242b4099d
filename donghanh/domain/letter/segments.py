"""A text cut into stretches, each with the innermost thing that was read out of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby, pairwise


@dataclass(frozen=True, slots=True)
class Mark:
    """Something read out of ``[start, end)`` of a text: under which key, and of what kind."""

    key: str
    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Segment:
    """
    A stretch of a text with one mark or none.

    ``part`` counts the stretches of one key from nought, so that each can be named apart.
    """

    text: str
    key: str | None = None
    kind: str = ""
    part: int = 0


def segments(text: str, marks: Iterable[Mark]) -> tuple[Segment, ...]:
    """
    Cut a text where marks begin and end.

    Where marks lie over each other the shortest wins; of equal ones the one given last. What
    reaches out of the text is cut off at its ends.

    Args:
        text: The text the marks refer to.
        marks: In any order; they may overlap and stand within each other.

    Returns:
        Stretches in order, none empty; together they are the text. Neighbours of one key and kind
        are one stretch; a stretch of blanks alone carries no mark.

    >>> [(s.text, s.key) for s in segments("Số: 12/A", [Mark("all", "read", 4, 8),
    ...                                                Mark("number", "read", 4, 6)])]
    [('Số: ', None), ('12', 'number'), ('/A', 'all')]
    """
    length = len(text)
    clipped = [
        Mark(mark.key, mark.kind, max(0, mark.start), min(length, mark.end)) for mark in marks
    ]
    # Longest first, so that what is written later is further in.
    drawn = sorted(clipped, key=lambda mark: mark.start - mark.end)
    owners: list[Mark | None] = [None] * length
    for mark in drawn:
        for at in range(mark.start, mark.end):
            owners[at] = mark
    return tuple(_stretches(text, owners))


def _stretches(text: str, owners: list[Mark | None]) -> Iterable[Segment]:
    """Yield the runs of characters that one key and kind holds."""
    faces = [(owner.key, owner.kind) if owner else None for owner in owners]
    start = 0
    for _, run in groupby(faces):
        end = start + len(list(run))
        if text[start:end].isspace():  # nothing to see, and a link without a name
            faces[start:end] = [None] * (end - start)
        start = end
    lengths = [(face, len(list(run))) for face, run in groupby(faces)]
    edges = [0]
    for _, size in lengths:
        edges.append(edges[-1] + size)
    parts: dict[str, int] = {}
    for (face, _), (start, end) in zip(lengths, pairwise(edges), strict=True):
        if face is None:
            yield Segment(text[start:end])
            continue
        key, kind = face
        yield Segment(text[start:end], key, kind, parts.get(key, 0))
        parts[key] = parts.get(key, 0) + 1
