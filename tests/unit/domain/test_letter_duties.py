"""Duties with a day: which day, how often, what sentence, and what is no duty."""

from __future__ import annotations

import pytest

from donghanh.domain import letter
from donghanh.domain.letter import Reading, Recurs

WRITTEN = "ngày 20 tháng 11 năm 2024"
HEAD = f"Số: 5/SGDĐT\nĐà Lạt, {WRITTEN}\nV/v B\nKính gửi: Các trường.\n"
UNDATED = "Số: 5/SGDĐT\nKính gửi: Các trường.\n"


def read(body: str, head: str = HEAD) -> Reading:
    return letter.read(f"{head}Theo kế hoạch: {body}")


def due(body: str, head: str = HEAD) -> list[str | None]:
    return [duty.due for duty in read(body, head).duties]


class TestDue:
    @pytest.mark.parametrize(
        ("day", "iso"),
        [
            # the next such day from the letter's on
            ("trước ngày 20/11", "2024-11-20"),
            ("trước ngày 19/11", "2025-11-19"),
            ("chậm nhất 30 tháng 4", "2025-04-30"),
            # with a year, that day
            ("hạn cuối: ngày 20/11/2024", "2024-11-20"),
            ("Thời hạn là ngày 5 tháng 3 năm 2026", "2026-03-05"),
            # a month, its first and last
            ("trước tháng 1/2025", "2025-01"),
            ("hết tháng 12 năm 2025", "2025-12"),
            ("trước tháng 0/2025", None),
            # a day of each month, the next one there is
            ("trước ngày 20 hằng tháng", "2024-11-20"),
            ("trước ngày 19 hằng tháng", "2024-12-19"),
            ("trước ngày mồng 1 hàng tháng", "2024-12-01"),
            ("trước ngày 31 hằng tháng", "2024-12-31"),
            ("trước ngày 0 hằng tháng", None),
            ("trước ngày 30 hằng quý", "---30"),  # which month of the quarter is not said
        ],
    )
    def test_is_the_next_day_so_named(self, day: str, iso: str | None) -> None:
        assert due(f"báo cáo {day}.") == [iso]

    @pytest.mark.parametrize(
        ("day", "iso"),
        [
            ("trước ngày 19 hằng tháng", "2025-01-19"),
            ("trước ngày 31 hằng tháng", "2024-12-31"),
            ("trước ngày 1/1", "2025-01-01"),
        ],
    )
    def test_follows_in_the_next_year_where_this_one_ends(self, day: str, iso: str) -> None:
        assert due(f"báo cáo {day}.", HEAD.replace("11 năm", "12 năm")) == [iso]

    def test_skips_months_that_are_too_short(self) -> None:
        head = HEAD.replace("20 tháng 11", "31 tháng 01").replace("2024", "2025")
        assert due("báo cáo trước ngày 30 hằng tháng.", head) == ["2025-03-30"]
        assert due("báo cáo trước ngày 29/2.", head) == ["2028-02-29"]

    @pytest.mark.parametrize(
        ("years", "day", "iso"),
        [
            # without a date of the letter, from the August of the one school year it names
            ("năm học 2023-2024", "31/7", "2024-07-31"),
            ("năm học 2023-2024", "1/8", "2023-08-01"),
            ("năm học 2023-2024; năm học 2023 - 2024", "1/8", "2023-08-01"),
            ("năm học 2023-2024; năm học 2024-2025", "1/8", "--08-01"),
            ("năm học 2023-2025", "1/8", "--08-01"),
            ("năm học 2023-2024", "20 hằng tháng", "---20"),
            ("", "1/8", "--08-01"),
        ],
    )
    def test_is_counted_from_the_school_year_where_the_letter_has_no_day(
        self, years: str, day: str, iso: str
    ) -> None:
        assert due(f"báo cáo trước ngày {day}. Trong {years}", UNDATED) == [iso]

    @pytest.mark.parametrize(
        ("written", "day", "iso"),
        [
            # a letter of a month counts from its first day, one of a year not at all
            ("ngày tháng 02 năm 2024", "1/2", "2024-02-01"),
            ("ngày tháng 02 năm 2024", "31/1", "2025-01-31"),
            ("ngày tháng 02 năm 2024", "20 hằng tháng", "---20"),
            ("ngày tháng năm 2024", "1/2", "--02-01"),
        ],
    )
    def test_is_counted_from_what_the_letters_date_tells(
        self, written: str, day: str, iso: str
    ) -> None:
        assert due(f"báo cáo trước ngày {day}.", HEAD.replace(WRITTEN, written)) == [iso]

    def test_of_a_letter_of_a_month_is_not_held_against_its_day(self) -> None:
        reading = read(
            "báo cáo trước ngày 1/1/2024.", HEAD.replace(WRITTEN, "ngày tháng 02 năm 2024")
        )
        assert "due_before_letter" not in {flag.code for flag in reading.flags}

    @pytest.mark.parametrize(
        ("body", "days"),
        [
            ("báo cáo trước ngày 15/3 và ngày 15/9.", ["2025-03-15", "2025-09-15"]),
            ("báo cáo trước ngày 15/3, trước ngày 31/2/2025.", ["2025-03-15", None]),
            ("báo cáo trước ngày 20 hằng tháng, hạn cuối 15/3.", ["2024-11-20", "2025-03-15"]),
            ("báo cáo hạn cuối 15/3; gửi trước tháng 2/2025.", ["2025-03-15", "2025-02"]),
        ],
    )
    def test_is_one_for_each_day_in_the_order_of_the_text(
        self, body: str, days: list[str | None]
    ) -> None:
        assert due(body) == days

    def test_stands_on_the_words_that_name_it(self) -> None:
        reading = read(
            "gửi trước ngày 15/3/2025; gửi trước tháng 2 năm 2026; nộp trước ngày 9 hằng quý."
        )
        spans = [reading.spans[f"duties.{at}.due"] for at in range(3)]
        shown = [reading.text[span.start : span.end] for span in spans]
        assert shown == ["15/3/2025", "2 năm 2026", "9"]


class TestBefore:
    @pytest.mark.parametrize(
        ("day", "before"),
        [
            ("trước ngày 15/3", True),
            ("Trước 15/3", True),
            ("trước ngày 20 hằng tháng", True),
            ("trước tháng 2/2025", True),
            ("chậm nhất trước ngày 15/3", True),
            ("chậm nhất ngày 15/3", False),
            ("vào ngày 20 hằng tháng", False),
            ("hết tháng 2/2025", False),
            # an hour of that day is named, so the day itself is in time
            ("trước 16h30 ngày 15/3", False),
            ("trước 17 giờ ngày 5 hằng tháng", False),
            # a second day does not speak for the first
            ("đến hết 15/3 và trước ngày 15/9", False),
        ],
    )
    def test_is_what_the_letter_says(self, day: str, before: bool) -> None:
        (duty, *_) = read(f"báo cáo {day}.").duties or read(f"báo cáo hạn {day}.").duties
        assert duty.before is before


class TestRecurs:
    @pytest.mark.parametrize(
        ("body", "recurs", "words"),
        [
            ("báo cáo trước ngày 15/3.", None, None),
            ("báo cáo trước ngày 15/3 hằng năm.", Recurs.YEARLY, "hằng năm"),
            ("báo cáo trước ngày 15/3 (mỗi năm).", Recurs.YEARLY, "mỗi năm"),
            ("báo cáo trước ngày 15/3 từng quý.", Recurs.QUARTERLY, "từng quý"),
            ("báo cáo trước ngày 9 từng tháng.", Recurs.MONTHLY, "từng tháng"),
            # said elsewhere in the sentence, not far from the day
            ("Mỗi quý báo cáo trước ngày 15/3.", Recurs.QUARTERLY, "Mỗi quý"),
            ("báo cáo trước ngày 15/3, hàng năm.", Recurs.YEARLY, "hàng năm"),
            (f"Mỗi quý {'x' * 103} gửi trước ngày 15/3.", Recurs.QUARTERLY, "Mỗi quý"),
            (f"Mỗi quý {'x' * 113} gửi trước ngày 15/3.", None, None),
            ("Hằng năm báo cáo. Gửi trước ngày 15/3. Hằng năm", None, None),
            # a day with a year comes once, unless it is said right behind it
            ("Hằng năm báo cáo trước ngày 15/3/2025.", None, None),
            ("Hằng năm báo cáo trước ngày 15 tháng 3 năm 2025.", None, None),
            ("Hằng năm báo cáo trước tháng 3/2025.", None, None),
            ("báo cáo trước ngày 15/3/2025 hằng năm.", Recurs.YEARLY, "hằng năm"),
            ("Hằng tháng nộp, quý nộp trước ngày 15/3 hằng quý.", Recurs.QUARTERLY, "hằng quý"),
        ],
    )
    def test_is_said_behind_the_day_or_near_it(
        self, body: str, recurs: Recurs | None, words: str | None
    ) -> None:
        reading = letter.read(f"{HEAD}Theo kế hoạch.\n{body}")
        (duty,) = reading.duties
        span = reading.spans.get("duties.0.recurs")
        assert duty.recurs == recurs
        assert (reading.text[span.start : span.end] if span else None) == words

    def test_with_a_year_is_doubted_only_where_both_are_said(self) -> None:
        codes = [flag.code for flag in read("Hằng năm báo cáo trước ngày 15/3/2025.").flags]
        assert "recurs_with_year" not in codes


class TestText:
    @pytest.mark.parametrize(
        ("body", "texts"),
        [
            ("Xem. Báo cáo trước ngày 15/3. Xong.", ["Báo cáo trước ngày 15/3."]),
            # the part between semicolons that says what to do by the day
            ("Rà soát; gửi trước ngày 15/3; tổ chức.", ["gửi trước ngày 15/3"]),
            ("Rà soát; nộp; gửi trước ngày 15/3; tổ chức; cử.", ["gửi trước ngày 15/3"]),
            ("Rà soát; gửi trước ngày 15/3.", ["gửi trước ngày 15/3."]),
            # the whole sentence where that part says nothing
            ("Rà soát; trước ngày 15/3; xem.", ["Rà soát; trước ngày 15/3; xem."]),
            ("Xem; trước ngày 15/3; rà soát.", ["Xem; trước ngày 15/3; rà soát."]),
            # nothing to do by the day, or nothing any more
            ("Xem trước ngày 15/3. Báo cáo.", []),
            ("Xem trước ngày 15/3. Gửi trước ngày 16/3.", ["Gửi trước ngày 16/3."]),
            ("Đã xem. Trường đã báo cáo trước ngày 15/3.", []),
            ("Trường đã nộp; gửi trước ngày 15/3.", ["gửi trước ngày 15/3."]),
            ("Báo cáo trước ngày 15/3 việc đã làm.", ["Báo cáo trước ngày 15/3 việc đã làm."]),
            ("Tính đến trước ngày 15/3 báo cáo.", ["Tính đến trước ngày 15/3 báo cáo."]),
            ("Số liệu tính đến hết ngày 15/3 báo cáo.", []),
        ],
    )
    def test_is_the_sentence_that_says_what_to_do(self, body: str, texts: list[str]) -> None:
        reading = letter.read(f"{HEAD}Theo kế hoạch.\n{body}")
        assert [duty.text for duty in reading.duties] == texts
        for at, text in enumerate(texts):
            span = reading.spans[f"duties.{at}.text"]
            assert reading.text[span.start : span.end] == text

    def test_is_not_looked_for_in_head_and_foot(self) -> None:
        foot = "Nơi nhận:\n- Gửi báo cáo trước ngày 15/3."
        assert due(f"xem.\n{foot}") == []
        head = HEAD.replace("V/v B", "V/v báo cáo trước ngày 15/3")
        assert due("xem.", head) == []
