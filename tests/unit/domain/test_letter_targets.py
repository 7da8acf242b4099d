"""Targets: how many, of what, by whom, in which school year; and what is none."""

from __future__ import annotations

from decimal import Decimal

import pytest

from donghanh.domain import letter
from donghanh.domain.letter import Bound, Target

HEAD = (
    "Số: 5/SGDĐT\nĐà Lạt, ngày 02 tháng 01 năm 2024\nV/v B\nKính gửi: Các trường.\nTheo kế hoạch.\n"
)


def targets(body: str) -> list[Target]:
    """Return the targets of a body, each part checked against the words it stands on."""
    reading = letter.read(HEAD + body)
    for at, target in enumerate(reading.targets):
        for part in ("what", "of", "whom"):
            span = reading.spans.get(f"targets.{at}.{part}")
            words = " ".join(reading.text[span.start : span.end].split()) if span else None
            assert words == getattr(target, part)
    return list(reading.targets)


def amounts(body: str) -> list[int | Decimal]:
    return [target.amount for target in targets(body)]


class TestAmount:
    @pytest.mark.parametrize(
        ("written", "amount", "to", "bound"),
        [
            ("ít nhất 02", 2, None, Bound.AT_LEAST),
            ("Tối thiểu được 2", 2, None, Bound.AT_LEAST),
            ("không dưới mười hai", 12, None, Bound.AT_LEAST),
            ("tối đa 1.200", 1200, None, Bound.AT_MOST),
            ("không quá Mười", 10, None, Bound.AT_MOST),
            ("03 (ba)", 3, None, Bound.EXACTLY),
            ("từ 03", 3, None, Bound.AT_LEAST),
            ("trên 3", 3, None, Bound.AT_LEAST),
            ("từ 03 đến 05", 3, 5, Bound.BETWEEN),
            ("5-5", 5, 5, Bound.BETWEEN),
            ("3 trở lên", 3, None, Bound.AT_LEAST),
            ("năm (05)", 5, None, Bound.EXACTLY),
            ("ít nhất năm", 5, None, Bound.AT_LEAST),
        ],
    )
    def test_is_read_with_its_bound(
        self, written: str, amount: int, to: int | None, bound: Bound
    ) -> None:
        (target,) = targets(f"Phấn đấu kết nạp {written} học sinh.")
        assert (target.amount, target.to, target.bound) == (amount, to, bound)
        assert type(target.amount) is int
        assert not target.percent

    def test_may_be_bounded_behind_what_is_counted(self) -> None:
        (target,) = targets("Có 3 học sinh trở lên.")
        assert (target.amount, target.bound, target.of) == (3, Bound.AT_LEAST, "học sinh")

    @pytest.mark.parametrize(
        ("written", "amount"),
        [("12,5%", Decimal("12.5")), ("12,0 %", 12), ("5 phần trăm", 5), ("100%", 100)],
    )
    def test_of_a_percentage_is_exact(self, written: str, amount: int | Decimal) -> None:
        (target,) = targets(f"Phấn đấu {written} đoàn viên.")
        assert (target.amount, target.percent) == (amount, True)
        assert type(target.amount) is type(amount)

    @pytest.mark.parametrize(
        ("written", "doubts"),
        [
            ("02 (hai)", []),
            ("02 (ba)", ["amounts_differ"]),
            ("từ 3 đến 3", []),
            ("từ 3 đến 2", ["range_reversed"]),
        ],
    )
    def test_is_doubted_where_it_contradicts_itself(self, written: str, doubts: list[str]) -> None:
        flags = letter.read(f"{HEAD}Phấn đấu kết nạp {written} học sinh.").flags
        assert [f.code for f in flags if f.field == "targets.0.amount"] == doubts


class TestTarget:
    @pytest.mark.parametrize(
        "body",
        [
            # bounded
            "Kết nạp ít nhất 2 học sinh.",
            "Ít nhất 2 học sinh.",
            "Kết nạp từ 2 đến 5 học sinh.",
            "Kết nạp ít nhất năm học sinh.",
            "Có 2 trở lên học sinh.",
            # or set by the sentence
            "Phấn đấu kết nạp 2 học sinh.",
            "Phấn đấu trên 2 học sinh.",
            "Mỗi trường kết nạp 2 học sinh.",
            "Phấn đấu kết nạp năm (05) học sinh.",
            # what is told as past stands in another clause, or before the aim
            "Đã xong, kết nạp ít nhất 2 học sinh.",
            "Đã xong; kết nạp ít nhất 2 học sinh.",
            "Đã xong chỉ tiêu kết nạp 2 học sinh.",
        ],
    )
    def test_is_an_amount_that_is_set(self, body: str) -> None:
        assert len(amounts(body)) == 1

    @pytest.mark.parametrize(
        "body",
        [
            "Kết nạp 2 học sinh.",
            "Phấn đấu 2 học sinh.",
            "Kết nạp trên 2 học sinh.",
            "Kết nạp hơn 2 học sinh.",
            "Từ 2 học sinh.",
            "TỪ 2 học sinh.",
            "Có từ 2 đến 5 học sinh.",
            "Kết nạp 2-5 học sinh.",
            "Phấn đấu kết nạp năm học sinh.",  # the word is a year far more often than five
            "Phấn đấu kết nạp Năm học sinh.",
            "Đã kết nạp ít nhất 2 học sinh.",
            "Chỉ tiêu đã kết nạp 2 học sinh.",
            "Hiện có, đã kết nạp ít nhất 2 học sinh.",
        ],
    )
    def test_is_none_where_it_is_told_or_left_open(self, body: str) -> None:
        assert amounts(body) == []

    def test_is_one_of_several_in_the_order_of_the_text(self) -> None:
        body = "Kết nạp ít nhất 2 học sinh, ít nhất 3 giáo viên; bồi dưỡng tối đa 9 đoàn viên."
        assert [(t.amount, t.what, t.of) for t in targets(body)] == [
            (2, "Kết nạp", "học sinh"),
            (3, "Kết nạp", "giáo viên"),
            (9, "bồi dưỡng", "đoàn viên"),
        ]

    @pytest.mark.parametrize(
        ("body", "words"),
        [
            ("Để chuẩn bị, phấn đấu kết nạp 2 học sinh.", "phấn đấu kết nạp 2 học sinh"),
            ("Trường A; chi bộ kết nạp ít nhất 2 học sinh.", "chi bộ kết nạp ít nhất 2 học sinh"),
            ("Trường a; trường b; ít nhất 2 học sinh.", "ít nhất 2 học sinh"),
            ("Ít nhất 2 học sinh.", "Ít nhất 2 học sinh"),
            ("A, b; c, ít nhất 2 học sinh.", "ít nhất 2 học sinh"),
            (
                "Kết nạp học sinh, ít nhất 2 học sinh.",
                "Kết nạp học sinh, ít nhất 2 học sinh",  # from the clause of its verb
            ),
        ],
    )
    def test_stands_on_its_clause(self, body: str, words: str) -> None:
        reading = letter.read(HEAD + body)
        span = reading.spans["targets.0"]
        assert reading.text[span.start : span.end] == words

    def test_is_not_looked_for_in_head_and_foot(self) -> None:
        assert amounts("Xem.\nNơi nhận:\n- Phấn đấu kết nạp ít nhất 2 học sinh.") == []
        assert amounts("Chỉ tiêu.\nNơi nhận:\n- Trường THPT A: 2 học sinh.") == []


class TestWhom:
    @pytest.mark.parametrize(
        ("clause", "whom"),
        [
            ("Trường A; chi bộ phấn đấu kết nạp ít nhất", "chi bộ"),
            ("Trong năm học 2023-2024, toàn ngành phấn đấu kết nạp ít nhất", "toàn ngành"),
            ("Giao chỉ tiêu cho Chi bộ Trường A kết nạp ít nhất", "Chi bộ Trường A"),
            ("Đối với các trường: phấn đấu kết nạp ít nhất", "các trường"),
            ("Mỗi trường kết nạp ít nhất", "Mỗi trường"),
            ("Đoàn trường khóa X phấn đấu kết nạp ít nhất", "Đoàn trường khóa X"),
            ("Để hoàn thành chỉ tiêu, chi bộ giới thiệu ít nhất", "chi bộ"),
            # words that say for what are nobody; then those before the next verb
            ("Nhằm tạo nguồn các chi bộ giới thiệu ít nhất", "các chi bộ"),
            ("Phấn đấu kết nạp ít nhất", None),
            ("Em kết nạp ít nhất", "Em"),
            ("A kết nạp ít nhất", None),  # one letter names nobody
            (f"Đ{'a' * 99} kết nạp ít nhất", "Đ" + "a" * 99),
            (f"Đ{'a' * 100} kết nạp ít nhất", None),  # nor do so many
        ],
    )
    def test_is_named_before_the_first_verb_of_the_clause(
        self, clause: str, whom: str | None
    ) -> None:
        (target,) = targets(f"{clause} 2 học sinh.")
        assert target.whom == whom

    @pytest.mark.parametrize(
        ("body", "found"),
        [
            (
                "Chỉ tiêu:\n- Trường THPT A: 2 học sinh;\n- Chi bộ B: ba đoàn viên.",
                [("Trường THPT A", 2), ("Chi bộ B", 3)],
            ),
            ("Danh sách:\n- Trường THPT A: 2 học sinh.", []),
            (f"Chỉ tiêu {'x' * 580}:\n- Trường THPT A: 2 học sinh.", [("Trường THPT A", 2)]),
            (f"Chỉ tiêu {'x' * 600}:\n- Trường THPT A: 2 học sinh.", []),
            # what is a target already is none again
            ("Chỉ tiêu:\n- Trường THPT A: 2 học sinh trở lên.", [(None, 2)]),
            (
                "Chỉ tiêu kết nạp ít nhất 2 học sinh.\n- Trường THPT A: 2 học sinh.",
                [(None, 2), ("Trường THPT A", 2)],
            ),
        ],
    )
    def test_is_who_gets_a_share_in_a_list(
        self, body: str, found: list[tuple[str | None, int]]
    ) -> None:
        assert [(target.whom, target.amount) for target in targets(body)] == found


class TestYear:
    @pytest.mark.parametrize(
        ("body", "years"),
        [
            ("Năm học 2024-2025 kết nạp ít nhất 2 học sinh.", ["2024-2025"]),
            ("Kết nạp ít nhất 2 học sinh trong năm học 2024-2025.", ["2024-2025"]),
            # of its own clause, whatever the other clauses say
            (
                "Năm học 2024-2025 ít nhất 2 học sinh, năm học 2025-2026 ít nhất 3 học sinh.",
                ["2024-2025", "2025-2026"],
            ),
            (
                "Ít nhất 2 học sinh năm học 2024-2025, ít nhất 3 học sinh năm học 2025-2026.",
                ["2024-2025", "2025-2026"],
            ),
            # else the last one before it in the sentence, else the first one behind it
            (
                "Năm học 2023-2024 và năm học 2024-2025, ít nhất 2 học sinh, năm học 2025-2026.",
                ["2024-2025"],
            ),
            (
                "Ít nhất 2 học sinh, trong năm học 2024-2025, sau đó năm học 2025-2026.",
                ["2024-2025"],
            ),
            # else the only one of the letter
            ("Trong năm học 2024-2025 như sau. Ít nhất 2 học sinh.", ["2024-2025"]),
            ("Ít nhất 2 học sinh. Năm học 2024-2025; năm học 2024-25.", ["2024-2025"]),
            ("Năm học 2023-2024 và năm học 2024-2025. Ít nhất 2 học sinh.", [None]),
            # else the calendar year of the sentence
            (
                "Năm học 2023-2024 và năm học 2024-2025. Ít nhất 2 học sinh trong năm 2025.",
                ["2025"],
            ),
            ("Trong năm 2025 như sau. Ít nhất 2 học sinh.", [None]),
            ("Ít nhất 2 học sinh.", [None]),
        ],
    )
    def test_is_the_nearest_one_named(self, body: str, years: list[str | None]) -> None:
        reading = letter.read(HEAD + body)
        assert [target.year for target in reading.targets] == years
        for at, year in enumerate(years):
            span = reading.spans.get(f"targets.{at}.year")
            assert (reading.text[span.start : span.end] if span else None) == year
