"""The letters of the demonstration, written by us: they lie as files in ``letters``."""

from __future__ import annotations

from importlib.resources import files


def text_of(name: str) -> bytes:
    """Return a letter as its file holds it."""
    return (files("donghanh.demonstration") / "letters" / name).read_bytes()
