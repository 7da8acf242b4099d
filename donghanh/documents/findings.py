"""What a layout check reports."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not follow the layout: a code, and the words by which to find it."""

    code: str
    where: str
