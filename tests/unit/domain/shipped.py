"""The files of the rulebook as they are shipped, and with something changed in them."""

from __future__ import annotations

from datetime import date
from importlib.resources import files

import pytest

from donghanh.domain import rules
from donghanh.domain.amending import Amendment, amended
from donghanh.domain.errors import RuleError
from donghanh.domain.rules import Rulebook

_FOLDER = files("donghanh.domain") / "rulebook"
TEXTS = {
    name: (_FOLDER / name).read_text(encoding="utf-8")
    for name in sorted((*rules.RULE_FILES, *rules.OTHER_FILES))
}


def texts(file: str, old: str, new: str) -> dict[str, str]:
    """Every file; in one of them the first place of a text says something else."""
    assert old in TEXTS[file], f"{file} has no {old!r}"
    return TEXTS | {file: TEXTS[file].replace(old, new, 1)}


def refused(file: str, old: str, new: str) -> RuleError:
    """Why the files are refused with something changed in one."""
    with pytest.raises(RuleError) as refusal:
        rules.read(texts(file, old, new))
    return refusal.value


def added(file: str, text: str) -> RuleError:
    """Why the files are refused with something more at the end of one."""
    with pytest.raises(RuleError) as refusal:
        rules.read(TEXTS | {file: f"{TEXTS[file]}\n{text}\n"})
    return refusal.value


def amendment(text: str, number: int = 1, withdraws: int | None = None) -> Amendment:
    """An amendment of a text."""
    return Amendment(number, text, date(2026, 11, 1), "Người kiểm tra", withdraws)


def with_rules(*given: str) -> Rulebook:
    """The shipped rulebook with amendments, one after the other."""
    numbered = [amendment(text, number) for number, text in enumerate(given, start=1)]
    return amended(rules.load(), numbered)


def place(refusal: RuleError) -> tuple[str, object, object]:
    """Code, file and key of a refusal."""
    return refusal.code, refusal.facts.get("file"), refusal.facts.get("key")
