"""The words by which a letter is read, from ``rulebook/letter.toml``, and the alphabet."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

_BOOK: dict[str, Any] = tomllib.loads(
    (files("donghanh.domain") / "rulebook" / "letter.toml").read_text(encoding="utf-8")
)


@dataclass(frozen=True, slots=True)
class Misreading:
    """Words a scanner is likely to have misread, what was likely meant, and what supports it."""

    found: str
    likely: str
    near: tuple[str, ...]
    pattern: re.Pattern[str]


_LETTERS = [chr(code) for code in (*range(0x41, 0x1B1), *range(0x1EA0, 0x1EFA))]
#: Capital and small letters of Vietnamese, for use inside a character class.
U = "".join(letter for letter in _LETTERS if letter.isupper())
L = "".join(letter for letter in _LETTERS if letter.islower())

KINDS: dict[str, str] = dict(_BOOK["kinds"])
TITLES: tuple[str, ...] = tuple(sorted(_BOOK["titles"]["names"], key=len, reverse=True))
NAMED: tuple[str, ...] = tuple(_BOOK["titles"]["named"])
BODIES: dict[str, str] = dict(_BOOK["bodies"])
ORGANISATIONS: tuple[str, ...] = tuple(
    sorted(_BOOK["organisations"]["starts"], key=len, reverse=True)
)
INCOMPLETE: frozenset[str] = frozenset(_BOOK["organisations"]["incomplete"])
NOT_AFTER: tuple[str, ...] = tuple(_BOOK["organisations"]["not_after"])
VERBS: tuple[str, ...] = tuple(_BOOK["organisations"]["verbs"])
OPENERS: tuple[str, ...] = tuple(sorted(_BOOK["openers"]["words"], key=len, reverse=True))
CLOSERS: tuple[str, ...] = tuple(sorted(_BOOK["closers"]["words"], key=len, reverse=True))
SIGNING_TITLES: tuple[str, ...] = tuple(sorted(_BOOK["signing"]["titles"], key=len, reverse=True))
SURNAMES: frozenset[str] = frozenset(_BOOK["signing"]["surnames"])
NEVER_NAMES: frozenset[str] = frozenset(_BOOK["signing"]["never"])
GLOSS: dict[str, str] = dict(_BOOK["gloss"])
MISREADINGS: tuple[Misreading, ...] = tuple(
    Misreading(
        entry["found"],
        entry["likely"],
        tuple(entry["near"]),
        re.compile(
            rf"(?<!\w)[{entry['found'][0].lower()}{entry['found'][0].upper()}]"
            rf"{re.escape(entry['found'][1:])}(?!\w)"
        ),
    )
    for entry in _BOOK["misreadings"]
)


def any_of(phrases: tuple[str, ...]) -> str:
    """Return a pattern for any of the phrases as written, and never for the beginning of one."""
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, reverse=True))
