"""What holds for any text: spans are exact, reading never breaks, line breaks do not matter."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from donghanh.domain import letter
from donghanh.domain.errors import RuleError
from donghanh.domain.letter import Reading, words

LETTERS = Path(__file__).parents[2] / "letters"
TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(LETTERS.glob("*.txt"))}
#: Pieces of letters, shuffled into texts that look like letters and are none.
PIECES = [
    "Số: ",
    "Số ",
    "12/",
    "/SGDĐT-GDTX",
    "38-HD/TW",
    "Đắk Nông, ngày ",
    "tháng 02 năm 2024",
    "31/02",
    "V/v ",
    "Kính gửi: ",
    "Nơi nhận:",
    "- Như trên;",
    "Lưu: VT, ",
    "KT. GIÁM ĐỐC",
    "PHÓ GIÁM ĐỐC",
    "Nguyễn Văn Mẫu",
    "1. Một",
    "2. Hai",
    "I. MỘT",
    "II. HAI",
    "ít nhất 02 quân chủng ưu tú",
    "từ ",
    "trước ngày 10/6 hàng năm báo cáo",
    "năm học 2023-2024",
    "Chỉ thị số 34-CT/TW, ngày 30/5/1998",
    "của Bộ Chính trị",
    "; ",
    ". ",
    "\n\n",
    "\r\n",
    "\u00a0",
    "\u200b",
    "SỞ GIÁO DỤC",
    "KẾ HOẠCH",
    "5%",
    "phấn đấu kết nạp ",
    "chậm nhất ngày 30 tháng 2",
    "PHỤ LỤC",
    "***",
    "Y",
    "H'Mai",
    "(hai)",
    "99999",
]


def check(reading: Reading) -> None:
    """Every span lies in the text and holds the words of its field, single-blanked."""
    data = reading.as_dict()
    for path, (start, end) in data["spans"].items():
        assert 0 <= start <= end <= len(reading.text)
        value: Any = data
        for key in path.split("."):
            value = value[int(key)] if isinstance(value, list) else value.get(key)
            if value is None:
                break
        if isinstance(value, str) and path.split(".")[-1] in VERBATIM and not doubted(data, path):
            assert squeeze(reading.text[start:end]).startswith(squeeze(value)[:10])


VERBATIM = {"symbol", "place", "issuer", "text", "of", "whom", "what", "name", "title"}


def doubted(data: dict[str, Any], path: str) -> bool:
    """Say whether a value stands elsewhere than its words: an issuer taken from the symbol."""
    return path == "issuer" and "ký hiệu" in str(data["flags"])


def squeeze(text: str) -> str:
    return re.sub(r"[\s*_\u200b\x00]+|(?<=[-/]) | (?=[-/])", "", text)


class TestAnyText:
    @settings(max_examples=2 * settings().max_examples, deadline=None)
    @given(st.text(max_size=400))
    def test_is_read_or_refused_by_name(self, text: str) -> None:
        try:
            check(letter.read(text))
        except RuleError as refusal:
            assert refusal.code.startswith("letter.")

    @settings(max_examples=3 * settings().max_examples, deadline=None)
    @given(st.lists(st.sampled_from(PIECES), max_size=40))
    def test_made_of_pieces_of_letters_has_exact_spans(self, pieces: list[str]) -> None:
        try:
            check(letter.read("".join(pieces)))
        except RuleError as refusal:
            assert refusal.code.startswith("letter.")

    @pytest.mark.parametrize(
        "unit", ["Đảng ủy ", "1. A", "- ", "ngày ", "ít nhất 02 ", "SỞ ", "a, "]
    )
    def test_of_one_repeated_phrase_is_read_in_time(self, unit: str) -> None:
        text = TEXTS["state"] + unit * (20_000 // len(unit)) + TEXTS["party"]
        check(letter.read(text))


def reflowed(text: str, breaks: list[int]) -> str:
    """Return a text with every blank replaced by a blank, a line break or a paragraph break."""
    kinds = [" ", "\n", "\n\n", "\r\n", "\u00a0", "  \n "]
    at = iter(breaks)
    return re.sub(r"\s+", lambda _: kinds[next(at, 0) % len(kinds)], text.strip())


class TestReflowedLetter:
    @pytest.mark.parametrize("name", sorted(TEXTS))
    @settings(max_examples=settings().max_examples // 4, deadline=None)
    @given(breaks=st.lists(st.integers(0, 5), min_size=150, max_size=400))
    def test_keeps_numbers_dates_targets_duties_and_bases(
        self, name: str, breaks: list[int]
    ) -> None:
        expected = letter.read(TEXTS[name])
        found = letter.read(reflowed(TEXTS[name], breaks))
        check(found)
        for field in ("number", "symbol", "date", "place", "targets", "duties", "bases"):
            assert getattr(found, field) == getattr(expected, field)
        assert found.signing == expected.signing
        assert found.recipients == expected.recipients

    @pytest.mark.parametrize("name", sorted(TEXTS))
    def test_on_one_line_keeps_everything_but_the_ends_of_paragraphs(self, name: str) -> None:
        expected = letter.read(TEXTS[name])
        found = letter.read(" ".join(TEXTS[name].split()))
        for field in ("issuer", "superior", "kind", "addressees", "units", "contents"):
            assert getattr(found, field) == getattr(expected, field)


class TestWords:
    def test_pair_every_misreading_with_one_of_the_same_length(self) -> None:
        for entry in words.MISREADINGS:
            assert len(entry.found) == len(entry.likely)
            assert entry.found != entry.likely
            assert unicodedata.is_normalized("NFC", entry.found + entry.likely)
