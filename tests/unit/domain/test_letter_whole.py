"""
Whole letters, as a person reads them: every field, every doubt, every place.

Beside each ``tests/letters/NAME.txt`` stands ``NAME.json``: what ``donghanh read`` has to say,
with the words that stand at each span in place of its offsets.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from donghanh.domain import letter

LETTERS = Path(__file__).parents[2] / "letters"
NAMES = sorted(path.stem for path in LETTERS.glob("*.json"))


def shown(reading: letter.Reading) -> dict[str, Any]:
    """Return a reading in its JSON shape, its spans as words, without what the words repeat."""
    data = reading.as_dict()
    del data["source"]
    data["spans"] = {path: reading.text[a:b] for path, (a, b) in data["spans"].items()}
    for flag in data["flags"]:
        del flag["why"]
    return data


class TestWholeLetter:
    @pytest.mark.parametrize("name", NAMES)
    def test_is_read_as_a_person_reads_it(self, name: str) -> None:
        text = (LETTERS / f"{name}.txt").read_text(encoding="utf-8")
        expected = json.loads((LETTERS / f"{name}.json").read_text(encoding="utf-8"))
        found = shown(letter.read(text))
        assert {field: found[field] for field in expected} == expected
        assert set(found) == set(expected)

    def test_has_a_reading_beside_every_text(self) -> None:
        assert sorted(path.stem for path in LETTERS.glob("*.txt")) == NAMES
