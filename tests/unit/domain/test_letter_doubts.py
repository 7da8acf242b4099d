"""A letter without a doubt, and what each change to it makes doubtful: where, why, how."""

from __future__ import annotations

import pytest

from donghanh.domain import letter
from donghanh.domain.letter import words

WHOLE = """UBND TỈNH LÂM ĐỒNG
SỞ GIÁO DỤC VÀ ĐÀO TẠO
Số: 5/SGDĐT-GDTX
V/v kết nạp đảng viên trong học sinh
Đà Lạt, ngày 02 tháng 01 năm 2024

Kính gửi: Các trường THPT

Thực hiện Kế hoạch số 45-KH/TU ngày 01/12/2023 của Tỉnh ủy; Sở đề nghị các đơn vị:

1. Phấn đấu kết nạp ít nhất 02 (hai) học sinh trong năm học 2023-2024.
2. Báo cáo trước ngày 10/6 hằng năm.
3. Rà soát nguồn chậm nhất ngày 30/4/2024.

Trên đây là nội dung đề nghị các đơn vị thực hiện./.

Nơi nhận:
- Như trên;
- Lưu: VT, GDTX.

KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC

Trần Thị Mẫu
"""
HEADING = "UBND TỈNH LÂM ĐỒNG\nSỞ GIÁO DỤC VÀ ĐÀO TẠO\n"
DATE = "ngày 02 tháng 01 năm 2024"
SUBJECT = "V/v kết nạp đảng viên trong học sinh\n"
GREETING = "Kính gửi: Các trường THPT\n"

#: Field, code, facts, and the words at which it is seen.
Doubt = tuple[str, str, dict[str, str], str | None]


def changed(*changes: tuple[str, str]) -> str:
    text = WHOLE
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


def doubts(text: str) -> list[Doubt]:
    reading = letter.read(text)
    return [
        (
            flag.field,
            flag.code,
            dict(flag.facts),
            None if flag.span is None else reading.text[flag.span.start : flag.span.end],
        )
        for flag in reading.flags
    ]


CASES: list[tuple[list[tuple[str, str]], list[Doubt]]] = [
    # number and symbol
    (
        [("Số: 5/SGDĐT-GDTX\n", "")],
        [("number", "missing", {}, None), ("symbol", "missing", {}, None)],
    ),
    ([("Số: 5/", "Số: /")], [("number", "blank", {}, "Số:")]),
    ([("5/SGDĐT-GDTX", "5")], [("symbol", "blank", {}, "Số:")]),
    # place and date
    ([("Đà Lạt, ngày", "ngày")], [("place", "missing", {}, None)]),
    (
        [(f"Đà Lạt, {DATE}\n", "")],
        [("place", "missing", {}, None), ("date", "missing", {}, None)],
    ),
    ([(" năm 2024\n", " năm\n")], [("date", "blank", {}, "ngày 02 tháng 01 năm")]),
    ([(DATE, "ngày 02/01")], [("date", "blank", {}, "ngày 02/01")]),
    (
        [(DATE, "ngày tháng 01 năm 2024")],
        [("date", "blank_day", {"written": "ngày tháng 01 năm 2024"}, "ngày tháng 01 năm 2024")],
    ),
    (
        [(DATE, "ngày tháng năm 2024")],
        [("date", "blank_month", {"written": "ngày tháng năm 2024"}, "ngày tháng năm 2024")],
    ),
    (
        [(DATE, "ngày tháng 13 năm 2024")],
        [("date", "invalid_date", {"written": "ngày tháng 13 năm 2024"}, "ngày tháng 13 năm 2024")],
    ),
    (
        [(DATE, "ngày 31/4/2024")],
        [("date", "invalid_date", {"written": "ngày 31/4/2024"}, "ngày 31/4/2024")],
    ),
    # kind, subject, addressees
    (
        [("5/SGDĐT", "5/KH-SGDĐT"), (SUBJECT, ""), (GREETING, "BÁO CÁO\nvề kết quả\n")],
        [("kind", "kind_differs", {"here": "Báo cáo", "there": "Kế hoạch"}, "BÁO CÁO")],
    ),
    (
        [(SUBJECT, ""), (GREETING, "")],
        [
            ("kind", "missing", {}, None),
            ("subject", "missing", {}, None),
            ("addressees", "missing", {}, None),
        ],
    ),
    (
        [("Số: 5/SGDĐT-GDTX\n", ""), (SUBJECT, "")],
        [
            ("number", "missing", {}, None),
            ("symbol", "missing", {}, None),
            ("kind", "missing", {}, None),
            ("subject", "missing", {}, None),
        ],
    ),
    ([(SUBJECT, "")], [("subject", "missing", {}, None)]),
    ([(SUBJECT, ""), (GREETING, f"V/v :\n{GREETING}")], [("subject", "missing", {}, None)]),
    (
        [(SUBJECT, "V/v kết nạp đảng viên "), ("2024\n\nKính", "2024 trong học sinh\n\nKính")],
        [("subject", "interleaved", {}, f"kết nạp đảng viên Đà Lạt, {DATE} trong học sinh")],
    ),
    ([(GREETING, "")], [("addressees", "missing", {}, None)]),
    ([("Các trường THPT", "")], [("addressees", "blank", {}, "Kính gửi:")]),
    # issuer
    (
        [(HEADING, ""), ("Sở đề nghị", "Đề nghị")],
        [("issuer", "no_letterhead", {"where": "ký hiệu"}, "SGDĐT-GDTX")],
    ),
    (
        [(HEADING, ""), ("Sở đề nghị", "Đề nghị"), ("SGDĐT", "XYZ")],
        [("issuer", "missing", {}, None)],
    ),
    (
        [(HEADING, ""), ("Sở đề nghị", "Sở Giáo dục và Đào tạo đề nghị")],
        [
            ("issuer", "no_letterhead", {"where": "thân văn bản"}, "Sở Giáo dục và Đào tạo"),
            ("superior", "missing", {}, None),
        ],
    ),
    # bases
    ([(" ngày 01/12/2023", "")], [("bases.0.date", "missing", {}, "Kế hoạch số 45-KH/TU")]),
    (
        [("01/12/2023", "31/11/2023")],
        [("bases.0.date", "invalid_date", {"written": "31/11/2023"}, "31/11/2023")],
    ),
    (
        [("01/12/2023", "03/1/2024")],
        [
            (
                "bases.0.date",
                "later_than_letter",
                {"here": "2024-01-02", "there": "2024-01-03"},
                "03/1/2024",
            )
        ],
    ),
    (
        [
            ("Kế hoạch số 45-KH/TU", "Luật Giáo dục; Kế hoạch số 45-KH/TU"),
            ("01/12/2023", "03/1/2024"),
        ],
        [
            (
                "bases.1.date",
                "later_than_letter",
                {"here": "2024-01-02", "there": "2024-01-03"},
                "03/1/2024",
            )
        ],
    ),
    ([("Kế hoạch số 45-KH", "số 45-XX")], [("bases.0.kind", "missing", {}, "số 45-XX/TU")]),
    # targets
    (
        [("02 (hai)", "02 (ba)")],
        [("targets.0.amount", "amounts_differ", {"written": "02 (ba)"}, "02")],
    ),
    (
        [("ít nhất 02 (hai)", "từ 05 đến 03")],
        [("targets.0.amount", "range_reversed", {"written": "từ 05 đến 03 học sinh"}, "05")],
    ),
    (
        [("2023-2024", "2023-2025")],
        [("targets.0.year", "school_year_odd", {"written": "2023-2025"}, "2023-2025")],
    ),
    ([(" trong năm học 2023-2024", "")], [("targets.0.year", "school_year_not_known", {}, None)]),
    # duties
    (
        [("10/6 hằng năm", "10/6/2024 hằng năm")],
        [("duties.0.recurs", "recurs_with_year", {"written": "10/6/2024"}, "hằng năm")],
    ),
    (
        [("30/4/2024", "01/1/2024")],
        [
            (
                "duties.1.due",
                "due_before_letter",
                {"here": "2024-01-02", "there": "2024-01-01"},
                "01/1/2024",
            )
        ],
    ),
    (
        [("30/4/2024", "31/4/2024")],
        [("duties.1.due", "invalid_date", {"written": "31/4/2024"}, "31/4/2024")],
    ),
    (
        [("ngày 30/4/2024", "tháng 13/2024")],
        [("duties.1.due", "invalid_date", {"written": "13/2024"}, "13/2024")],
    ),
    (
        [("ngày 30/4/2024", "ngày 32 hằng tháng")],
        [("duties.1.due", "invalid_date", {"written": "32"}, "32")],
    ),
    (
        [(f"Đà Lạt, {DATE}\n", ""), (" trong năm học 2023-2024", "")],
        [
            ("place", "missing", {}, None),
            ("date", "missing", {}, None),
            ("duties.0.due", "year_not_known", {"written": "10/6"}, "10/6"),
            ("targets.0.year", "school_year_not_known", {}, None),
        ],
    ),
    # recipients and signing
    (
        [("VT, GDTX", "VT, GDTrH, KHTC-ĐT")],
        [("symbol", "differs", {"here": "GDTX", "there": "GDTrH, KHTC-ĐT"}, "SGDĐT-GDTX")],
    ),
    ([("Nơi nhận:\n- Như trên;\n- Lưu: VT, GDTX.\n", "")], [("recipients", "missing", {}, None)]),
    ([("- Như trên;\n- Lưu: VT, GDTX.\n", "")], [("recipients", "blank", {}, "Nơi nhận:")]),
    (
        [("PHÓ GIÁM ĐỐC\n\nTrần Thị Mẫu\n", "")],
        [("signing.title", "missing", {}, None), ("signing.name", "missing", {}, None)],
    ),
    ([("Trần Thị Mẫu\n", "")], [("signing.name", "missing", {}, None)]),
    # misreadings
    (
        [("Phấn đấu", "Phân đầu"), ("học sinh trong năm", "quân chủng trong năm")],
        [
            (
                "targets.0",
                "misreading",
                {"found": "Phân đầu", "likely": "Phấn đấu"},
                "Phân đầu",
            ),
            (
                "targets.0.of",
                "misreading",
                {"found": "quân chủng", "likely": "quần chúng"},
                "quân chủng",
            ),
        ],
    ),
]

#: Changes that leave nothing to doubt.
SOUND: list[list[tuple[str, str]]] = [
    [],
    [(DATE, "ngày 31/12/2023")],
    [(DATE, "ngày 15 tháng 12 năm 2023")],
    [(" trong năm học 2023-2024", " trong năm 2024")],
    [("01/12/2023", "02/1/2024")],  # a basis of the same day
    [("30/4/2024", "02/1/2024")],  # a duty due on the day itself
    [("Kế hoạch số 45-KH", "số 45-KH")],  # the kind follows from the symbol
    [("ít nhất 02 (hai)", "từ 03 đến 03")],
    [("VT, GDTX", "VT, GDTX-CTTT, KHTC")],
    [("VT, GDTX", "VT")],  # the registry alone says nothing of the unit
    [("5/SGDĐT-GDTX", "5/SGDĐT"), ("VT, GDTX", "VT, GDTrH")],
    [(HEADING, "Sở Giáo dục và Đào tạo Lâm Đồng\n"), ("Sở đề nghị", "Đề nghị")],
    [("5/SGDĐT", "5/QĐ-SGDĐT"), (SUBJECT, ""), (GREETING, "QUY ĐỊNH\nvề kết quả\n")],
    [("5/SGDĐT", "5/QyĐ-SGDĐT"), (SUBJECT, ""), (GREETING, "QUYẾT ĐỊNH\nvề kết quả\n")],
    [("5/SGDĐT", "5/CTr-SGDĐT"), (SUBJECT, ""), (GREETING, "CHƯƠNG TRÌNH HÀNH ĐỘNG\nnăm\n")],
    [("5/SGDĐT", "5/CTHĐ-SGDĐT"), (SUBJECT, ""), (GREETING, "CHƯƠNG TRÌNH\nnăm\n")],
    [("5/SGDĐT", "5/KH-SGDĐT"), (SUBJECT, ""), (GREETING, "KẾ HOẠCH\nnăm\n")],
]


class TestDoubts:
    @pytest.mark.parametrize(("changes", "expected"), CASES)
    def test_name_the_field_the_facts_and_the_place(
        self, changes: list[tuple[str, str]], expected: list[Doubt]
    ) -> None:
        assert doubts(changed(*changes)) == expected

    @pytest.mark.parametrize("changes", SOUND)
    def test_are_not_raised_where_there_is_no_reason(self, changes: list[tuple[str, str]]) -> None:
        assert doubts(changed(*changes)) == []

    def test_are_all_shown_here(self) -> None:
        assert {code for _, expected in CASES for _, code, _, _ in expected} == set(words.GLOSS)

    def test_leave_open_what_they_concern(self) -> None:
        no_head = letter.read(changed(("Số: 5/SGDĐT-GDTX\n", ""), (f"Đà Lạt, {DATE}\n", "")))
        assert (no_head.number, no_head.symbol, no_head.place, no_head.date) == (None,) * 4
        no_place = letter.read(changed(("Đà Lạt, ngày", "ngày")))
        assert (no_place.place, no_place.date) == (None, "2024-01-02")
        nothing = letter.read(changed((SUBJECT, ""), (GREETING, "")))
        assert (nothing.kind, nothing.subject, nothing.addressees) == (None, None, ())
        unsigned = letter.read(changed(("KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n\nTrần Thị Mẫu\n", "")))
        assert unsigned.signing == letter.Signing()
