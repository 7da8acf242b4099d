"""What comes out of a reading, and what is refused."""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from donghanh.domain import letter
from donghanh.domain.letter import Bound, Duty, Reading, Target

LETTER = "Số: 5/SGDĐT-VP\nĐà Lạt, ngày 02 tháng 01 năm 2024\nKính gửi: Các trường\nĐể báo cáo."


def target(amount: int | Decimal, to: int | Decimal | None = None) -> Target:
    return Target(amount, to, Bound.EXACTLY, True, None, "đoàn viên", None, None)


class TestRead:
    def test_takes_a_text_of_the_greatest_length_and_refuses_one_more(self) -> None:
        text = LETTER.ljust(letter.LONGEST)
        assert letter.read(text).number == "5"
        with pytest.raises(letter.TooLong) as refused:
            letter.read(text + " ")
        assert refused.value.facts == {"length": 300_001, "limit": 300_000}

    @pytest.mark.parametrize(
        ("text", "marks"),
        [
            ("Hôm nay trời đẹp.", []),
            ("Số: 5", ["number"]),
            ("Đà Lạt, ngày 02 tháng 01 năm 2024", ["date"]),
            ("BÁO CÁO\nvề kết quả", ["title"]),
            ("V/v báo cáo", ["subject"]),
            ("Kính gửi: Các trường", ["greeting"]),
            ("Nơi nhận: Như trên", ["recipients"]),
            ("TM. BAN THƯỜNG VỤ", ["authority"]),
            ("Độc lập - Tự do - Hạnh phúc", ["heading"]),
        ],
    )
    def test_refuses_what_bears_one_mark_and_names_it(self, text: str, marks: list[str]) -> None:
        with pytest.raises(letter.NotALetter) as refused:
            letter.read(text)
        assert refused.value.facts == {"marks": marks}

    @pytest.mark.parametrize(
        "text",
        ["Số: 5\nV/v báo cáo", "Độc lập - Tự do - Hạnh phúc\nTM. BAN THƯỜNG VỤ"],
    )
    def test_takes_what_bears_two_marks(self, text: str) -> None:
        assert letter.read(text).text == text


class TestDuty:
    @pytest.mark.parametrize(
        ("due", "day"),
        [
            ("2024-06-10", date(2024, 6, 10)),
            ("2024-06", None),
            ("--06-10", None),
            ("---20", None),
            (None, None),
        ],
    )
    def test_has_a_day_where_the_letter_names_a_whole_one(
        self, due: str | None, day: date | None
    ) -> None:
        assert Duty("báo cáo", due, None, False).day() == day


class TestLastDay:
    @pytest.mark.parametrize(
        ("before", "last"), [(True, date(2024, 5, 31)), (False, date(2024, 6, 1))]
    )
    def test_is_the_day_before_where_the_letter_says_before(self, before: bool, last: date) -> None:
        assert letter.last_day(date(2024, 6, 1), before) == last


class TestAsDict:
    def test_identifies_the_text_it_was_read_from(self) -> None:
        assert Reading(text="Số").as_dict()["source"] == {
            "form": "NFC",
            "length": 2,
            "sha256": hashlib.sha256("Số".encode()).hexdigest(),
        }

    def test_identifies_even_a_text_no_file_can_hold(self) -> None:
        assert len(Reading(text="Số \ud800").as_dict()["source"]["sha256"]) == 64

    @pytest.mark.parametrize(
        ("amount", "to", "written"),
        [
            (5, None, {"amount": 5, "to": None}),
            (5, 10, {"amount": 5, "to": 10}),
            (Decimal("12.5"), Decimal("15.1"), {"amount": 12.5, "to": 15.1}),
        ],
    )
    def test_writes_amounts_as_numbers_and_takes_them_back_exactly(
        self, amount: int | Decimal, to: int | Decimal | None, written: dict[str, Any]
    ) -> None:
        reading = Reading(text="", targets=(target(amount, to),))
        data = reading.as_dict()
        (found,) = data["targets"]
        assert {key: found[key] for key in written} == written
        assert type(found["amount"]) is type(written["amount"])
        (back,) = Reading.from_dict(data).targets
        assert back == target(amount, to)
        assert type(back.amount) is type(amount)

    def test_comes_back_without_its_text_where_none_is_given(self) -> None:
        data = letter.read(LETTER).as_dict()
        assert Reading.from_dict(data).text == ""
        assert Reading.from_dict(data, LETTER) == letter.read(LETTER)
