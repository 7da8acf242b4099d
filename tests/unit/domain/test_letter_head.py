"""The head of a letter: number, symbol, kind, subject, addressees, each with its words."""

from __future__ import annotations

import pytest

from donghanh.domain import letter

DATE = "Đà Lạt, ngày 02 tháng 01 năm 2024\n"
NUMBER = "Số: 5/SGDĐT\n"
TO = "Kính gửi: Các trường\n"


def field(text: str, name: str) -> tuple[object, str | None]:
    """Return what is read as a field, and the words it stands on, single-blanked."""
    reading = letter.read(text)
    span = reading.spans.get(name)
    words = None if span is None else " ".join(reading.text[span.start : span.end].split())
    return getattr(reading, name), words


class TestNumberAndSymbol:
    @pytest.mark.parametrize(
        ("written", "number", "symbol"),
        [
            ("Số: 5/SGDĐT-VP", "5", "SGDĐT-VP"),
            ("Số 38-HD/ĐUK", "38", "HD/ĐUK"),
            ("Số: 5 / SGDĐT -\nVP", "5", "SGDĐT-VP"),  # a break leaves no gap at a dash
            ("Số: 57 / 2020/QH14", "57 / 2020", "QH14"),
            ("Số:..../SGDĐT", None, "SGDĐT"),
        ],
    )
    def test_are_read_without_the_gaps_of_line_breaks(
        self, written: str, number: str | None, symbol: str
    ) -> None:
        reading = letter.read(f"{written}\n{DATE}{TO}")
        expected = number.replace(" ", "") if number else None
        assert (reading.number, reading.symbol) == (expected, symbol)


class TestKind:
    @pytest.mark.parametrize(
        ("text", "kind", "words"),
        [
            # a title says it, whatever else does
            (f"Số: 5/BC-A\n{DATE}BÁO CÁO\nkết quả", "Báo cáo", "BÁO CÁO"),
            # else the first part of the symbol, and no other part
            (f"Số: 5/BC-A\n{DATE}{TO}", "Báo cáo", "BC"),
            (f"Số: 5-CV/TU\n{DATE}{TO}", "Công văn", "CV"),
            (f"Số: 5/A-BC\n{DATE}V/v báo cáo\n{TO}", "Công văn", "V/v"),
            # else the form: it calls itself one, has a subject, or greets and is numbered
            (f"{NUMBER}{DATE}{TO}Để thực hiện Công văn này,", "Công văn", "Công văn"),
            (f"{NUMBER}{DATE}V/v công văn này\n{TO}Để", "Công văn", "V/v"),
            (f"{DATE}V/v báo cáo\nTrường", "Công văn", "V/v"),
            (f"{NUMBER}{DATE}{TO}Để", "Công văn", "Kính gửi:"),
            (f"{DATE}{TO}Để", None, None),
            (f"{NUMBER}{DATE}Các trường", None, None),
        ],
    )
    def test_comes_from_the_title_the_symbol_or_the_form(
        self, text: str, kind: str | None, words: str | None
    ) -> None:
        assert field(text, "kind") == (kind, words)


class TestSubject:
    @pytest.mark.parametrize(
        ("text", "subject"),
        [
            # it ends at the greeting, over empty lines, without the punctuation around
            (f"{NUMBER}{DATE}V/v báo cáo; -\n\nnăm thứ IX.\n{TO}", "báo cáo; - năm thứ IX"),
            # without a greeting at the first empty line, but not at the one below the title
            (f"{NUMBER}{DATE}V/v báo cáo\n\nCác trường\n\nnăm", "báo cáo"),
            (f"{NUMBER}{DATE}KẾ HOẠCH\n\ncông tác\n\nTrường", "công tác"),
            (f"{NUMBER}{DATE}KẾ HOẠCH\ncông tác\nđảng\n\n{TO}", "công tác đảng"),
            # at the first sentence of the body, which may begin like a subject does
            (f"{NUMBER}{DATE}KẾ HOẠCH\nTriển khai công tác\nCăn cứ", "Triển khai công tác"),
            (f"{NUMBER}{DATE}V/v công tác Căn cứ Kế hoạch", "công tác"),
            # at the first section, a line drawn below, or the title of who decides
            (f"{NUMBER}{DATE}KẾ HOẠCH\ncông tác\nI. MỤC ĐÍCH", "công tác"),
            (f"{NUMBER}{DATE}KẾ HOẠCH\ncông tác\n-----\nĐảng", "công tác"),
            (f"{NUMBER}{DATE}QUYẾT ĐỊNH\nVề việc thi đua\nCHỦ TỊCH ỦY BAN", "thi đua"),
            # what runs through it from another column is left out
            (f"V/v {DATE}công tác {NUMBER}{TO}", "công tác"),
            (f"{NUMBER}V/v thi đua {DATE}khen thưởng\n{TO}", "thi đua khen thưởng"),
        ],
    )
    def test_ends_where_something_else_begins(self, text: str, subject: str) -> None:
        assert letter.read(text).subject == subject

    def test_is_never_longer_than_600_characters(self) -> None:
        subject = letter.read(f"{NUMBER}{DATE}V/v {'a' * 700} {TO}").subject
        assert subject == "a" * 600

    def test_stands_on_its_own_words(self) -> None:
        text = f"V/v {DATE}công tác, {NUMBER}{TO}"
        assert field(text, "subject") == ("công tác,", "công tác,")


class TestAddressees:
    @pytest.mark.parametrize(
        ("text", "addressees"),
        [
            ("Kính gửi: Trường A; Trường B.\nCăn cứ Kế hoạch", ["Trường A", "Trường B"]),
            ("Kính gửi:\n- Trường A;\n- Trường B.\nĐể", ["Trường A", "Trường B"]),
            (
                "Kính gửi:\n+ Trường A\n+ Trường B\n• Trường C\nĐể",
                ["Trường A", "Trường B", "Trường C"],
            ),
            ("Kính gửi: Trường A; ,; - Trường B;\nĐể", ["Trường A", "Trường B"]),
            # they end at a full stop or an empty line where no known sentence begins
            ("Kính gửi: Các trường. Sở đề nghị báo cáo. Các", ["Các trường"]),
            ("Kính gửi: Các trường\n\nSở đề nghị báo cáo. Các", ["Các trường"]),
            ("Kính gửi: Tr. THPT số 5.2, các trường", ["Tr"]),
        ],
    )
    def test_are_told_apart(self, text: str, addressees: list[str]) -> None:
        reading = letter.read(f"{NUMBER}{DATE}V/v báo cáo\n{text}")
        assert list(reading.addressees) == addressees
        spans = [reading.spans[f"addressees.{at}"] for at in range(len(addressees))]
        assert [reading.text[span.start : span.end] for span in spans] == addressees

    def test_are_never_longer_than_1500_characters(self) -> None:
        reading = letter.read(f"{NUMBER}{DATE}V/v báo cáo\nKính gửi: {'a' * 1600}")
        assert reading.addressees == ("a" * 1500,)
