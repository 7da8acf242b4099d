"""The room's sentences: one for each refusal that can reach it, and days in words."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

import donghanh.domain.letter
from donghanh.directives import actions, texts
from donghanh.domain import assignment, authority, calendar
from donghanh.domain.errors import RuleError
from donghanh.lib import textlayer, unreadable

#: Facts a refusal may carry, with a value of the right kind.
FACTS = {
    "size": 999_999_999,
    "limit": 20_000_000,
    "name": "cv.pdf",
    "seconds": 20,
    "pages": 3,
    "due": "---20",
    "key": "2023-2025",
    "length": 400_000,
    "target": 2,
    "shared": 1,
}


def _reaching() -> list[type[Exception]]:
    """Return every refusal of the modules this room calls."""
    modules = [assignment, authority, actions, unreadable]
    modules += [
        importlib.import_module(f"donghanh.domain.letter.{found.name}")
        for found in pkgutil.iter_modules(donghanh.domain.letter.__path__)
    ]
    found: set[type[Exception]] = {calendar.BadSchoolYear}
    for module in modules:
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, RuleError | textlayer.TextLayerError):
                found.add(value)
    return sorted(found - {RuleError, textlayer.TextLayerError}, key=lambda error: error.__name__)


class TestRefusal:
    @pytest.mark.parametrize("error", _reaching(), ids=lambda error: error.__name__)
    def test_has_a_sentence_for_every_code(self, error: type[RuleError]) -> None:
        assert error.code in texts.REFUSALS
        sentence = texts.refusal(error(**FACTS))
        assert "%(" not in sentence
        assert sentence.endswith(".")

    def test_names_the_pages_of_a_file_with_too_many(self) -> None:
        sentence = texts.refusal(unreadable.TooLarge(what="pages", size=312, limit=100))
        assert "312" in sentence
        assert "MB" not in sentence

    def test_names_the_limit_of_a_file_that_is_too_large(self) -> None:
        sentence = texts.refusal(unreadable.TooLarge(what="bytes", size=5, limit=20_000_000))
        assert "20 MB" in sentence

    def test_says_something_for_a_code_of_another_room(self) -> None:
        class Foreign(RuleError):
            code = "foreign.code"

        assert "foreign.code" in texts.refusal(Foreign())


class TestDays:
    @pytest.mark.parametrize(
        ("iso", "typed"),
        [
            ("2024-06-10", "10/6/2024"),
            ("2024-02", "2/2024"),
            ("--06-10", "10/6"),
            ("---20", "20"),
            (None, ""),
            ("", ""),
            ("sớm nhất", "sớm nhất"),
        ],
    )
    def test_are_written_the_way_people_type_them(self, iso: str | None, typed: str) -> None:
        assert texts.typed_day(iso) == typed
