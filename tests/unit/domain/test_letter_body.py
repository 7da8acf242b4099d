"""The body of a letter: what it stands on, what it asks point by point, whom it names."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from donghanh.domain import letter
from donghanh.domain.letter import Basis
from donghanh.domain.letter.body import sentence_at, sentences

HEAD = "Số: 5/SGDĐT-VP\nĐà Lạt, ngày 02 tháng 01 năm 2024\n"
GREETED = f"{HEAD}V/v B\nKính gửi: A\n"
FOOT = "\nNơi nhận:\n- Như trên."


def bases(body: str) -> list[Basis]:
    return list(letter.read(GREETED + body + FOOT).bases)


class TestBases:
    @pytest.mark.parametrize(
        ("body", "basis"),
        [
            # date and issuer, in either order, each once
            (
                "Căn cứ Kế hoạch số 5-KH/TU ngày 03/1/2022 của Tỉnh ủy về học sinh.",
                Basis("Kế hoạch", "5-KH/TU", "Tỉnh ủy", "2022-01-03"),
            ),
            (
                "Căn cứ Kế hoạch số 5-KH/TU của Tỉnh ủy, ban hành ngày 03/1/2022 của Huyện ủy.",
                Basis("Kế hoạch", "5-KH/TU", "Tỉnh ủy", "2022-01-03"),
            ),
            (
                "Căn cứ Kế hoạch số 5-KH/TU (03/1/2022) của Tỉnh ủy, ngày 04/1/2022.",
                Basis("Kế hoạch", "5-KH/TU", "Tỉnh ủy", "2022-01-03"),
            ),
            ("Căn cứ Kế hoạch 5-KH/TU.", Basis("Kế hoạch", "5-KH/TU", None, None)),
            # a number keeps no gaps, whatever its form
            (
                "Căn cứ Kế hoạch số 57 /2020/KH -TU ngày 10 tháng 2 năm 2022 tại B.",
                Basis("Kế hoạch", "57/2020/KH-TU", None, "2022-02-10"),
            ),
            # the kind is written with a capital, or follows from the symbol, or is open
            ("theo văn bản số 5-KH/TU.", Basis("Văn bản", "5-KH/TU", None, None)),
            ("theo số 5-KH/TU.", Basis("Kế hoạch", "5-KH/TU", None, None)),
            ("theo số 5/SGDĐT-BC.", Basis("Báo cáo", "5/SGDĐT-BC", None, None)),
            ("theo số 5-XX/TU.", Basis(None, "5-XX/TU", None, None)),
            # laws and charters are cited by name, with a number or without
            ("Thực hiện Luật Giáo dục; các", Basis("Luật Giáo dục", None, None, None)),
            (
                "Thực hiện Luật Thanh niên số 57/2020/QH14 ngày 16/6/2020 của Quốc hội.",
                Basis("Luật Thanh niên", "57/2020/QH14", "Quốc hội", "2020-06-16"),
            ),
        ],
    )
    def test_tell_kind_number_issuer_and_day(self, body: str, basis: Basis) -> None:
        assert bases(body) == [basis]

    def test_show_the_symbol_a_kind_follows_from(self) -> None:
        reading = letter.read(f"{GREETED}Theo số 5-KH/TU.{FOOT}")
        span = reading.spans["bases.0.kind"]
        assert reading.text[span.start : span.end] == "5-KH/TU"

    def test_take_no_date_or_issuer_from_the_next(self) -> None:
        body = "Căn cứ Kế hoạch số 5-KH/TU, Chỉ thị số 6-CT/TU ngày 03/1/2022 của Tỉnh ủy."
        assert bases(body) == [
            Basis("Kế hoạch", "5-KH/TU", None, None),
            Basis("Chỉ thị", "6-CT/TU", "Tỉnh ủy", "2022-01-03"),
        ]
        assert bases("Kế hoạch số 5-KH/TU (Chỉ thị 6-CT/TU của Tỉnh ủy)")[0].issuer is None

    @pytest.mark.parametrize(
        ("body", "days"),
        [
            # the first that gives a day stands for its number
            ("Kế hoạch số 5-KH/TU; Kế hoạch số 5 - KH/TU ngày 03/1/2022.", ["2022-01-03"]),
            ("Kế hoạch số 5-KH/TU ngày 03/1/2022; số 5-KH/TU ngày 04/1/2022.", ["2022-01-03"]),
            ("Kế hoạch số 5-KH/TU; Kế hoạch số 5-KH/TU của Tỉnh ủy.", [None]),
            (
                "Kế hoạch số 5-KH/TU; Chỉ thị 6-CT/TU ngày 02/1/2022; số 5-KH/TU ngày 03/1/2022.",
                ["2022-01-02", "2022-01-03"],  # in the order of the text
            ),
        ],
    )
    def test_keep_one_of_each_number(self, body: str, days: list[str | None]) -> None:
        assert [basis.date for basis in bases(body)] == days

    @pytest.mark.parametrize(
        ("body", "numbers"),
        [
            ("Căn cứ Kế hoạch số 5-KH/TU.\n1. Theo số 6-CT/TU.\n2. Hai.", ["5-KH/TU"]),
            # where nothing stands above the points, what they cite
            ("1. Theo số 5-KH/TU.\n2. Theo số 6-CT/TU.", ["5-KH/TU", "6-CT/TU"]),
            ("Để báo cáo.", []),
        ],
    )
    def test_stand_above_the_points(self, body: str, numbers: list[str]) -> None:
        assert [basis.number for basis in bases(body)] == numbers

    def test_are_no_recipients_and_nothing_in_the_head(self) -> None:
        text = f"{GREETED}Để báo cáo.{FOOT}\n- Kế hoạch số 5-KH/TU."
        assert letter.read(text).bases == ()
        text = f"{HEAD}KẾ HOẠCH\nTheo số 6-CT/TU V/v B\nKế hoạch số 7-KH/TU"
        assert [basis.number for basis in letter.read(text).bases] == ["6-CT/TU", "7-KH/TU"]


class TestContents:
    @pytest.mark.parametrize(
        ("body", "contents"),
        [
            ("1. A\n2. B", ["A", "B"]),
            ("1) A\n2) B", ["A", "B"]),
            ("Điều 1. A\nĐiều 2. B", ["A", "B"]),
            (
                "a) A\nb) B\nc) C\nd) D\nđ) Đ\ne) E\ng) G\nh) H\ni) I\nk) K\nl) L",
                ["A", "B", "C", "D", "Đ", "E", "G", "H", "I", "K", "L"],
            ),
            ("I. A\nII. B\nIII. C\nIV. D", ["A", "B", "C", "D"]),
            # the highest order of points counts, and only what counts up from one
            ("I. A\n1. B\n2. C\nII. D\n1. E", ["A 1. B 2. C", "D 1. E"]),
            ("1. A\na) B\nb) C\n2. D", ["A a) B b) C", "D"]),
            ("1. A\n1. B\n3. C\n2. D", ["A 1. B 3. C", "D"]),
            ("1. A", []),
            ("Để", []),
            ("f) A\nw) B", []),
            # the last ends at a closing sentence, or at the next paragraph
            ("1. A.\n2. B.\nTrên đây là C", ["A.", "B."]),
            ("1. A.\n2. B.\n\nC", ["A.", "B."]),
            ("1. A.\n2. B;\n\nC", ["A.", "B;"]),
            ("1. A.\n2. B\n\nC", ["A.", "B C"]),  # a paragraph that goes on
            ("1. A.\n2. B.\nC", ["A.", "B. C"]),
            ("1. A.\n2. Khóa X\n\nB", ["A.", "Khóa X B"]),
            ("1. A.\n2. B.\n\n- C.\n\nD", ["A.", "B. - C."]),  # points of the last
            ("1. A.\n2. B.\n\nb) C.\n\nD", ["A.", "B. b) C."]),
            ("1. A.\n2. B.\n\n3.1 C.\n\nD", ["A.", "B. 3.1 C."]),
            ("1. A.\n2.\n\nB.\n\nC", ["A.", "B."]),
            ("1. A.\n2. B. Trên đây là C.\n\nD", ["A.", "B."]),
        ],
    )
    def test_are_the_points_of_the_highest_order(self, body: str, contents: list[str]) -> None:
        reading = letter.read(GREETED + body + FOOT)
        assert list(reading.contents) == contents
        spans = [reading.spans[f"contents.{at}"] for at in range(len(contents))]
        shown = [" ".join(reading.text[span.start : span.end].split()) for span in spans]
        assert shown == contents

    def test_end_at_the_foot_whatever_stands_there(self) -> None:
        text = f"{GREETED}1. A.\n2. B\nNơi nhận: Đề nghị lưu."
        assert letter.read(text).contents == ("A.", "B")

    def test_are_looked_for_between_title_and_foot(self) -> None:
        text = f"{HEAD}KẾ HOẠCH\nI. MỤC ĐÍCH V/v\nII. YÊU CẦU{FOOT}\nIII. KHÁC"
        assert letter.read(text).contents == ("MỤC ĐÍCH V/v", "YÊU CẦU")
        assert letter.read(f"1. X\n{GREETED}2. Y{FOOT}").contents == ()


class TestUnits:
    @pytest.mark.parametrize(
        ("body", "units"),
        [
            ("Để trường THPT Đức Lập và Trường THPT Gia Nghĩa", 2),
            ("Để trường THPT Đức Lập; Trường THPT Đức Lập", 1),  # once, however written
            ("Để các trường THPT trong tỉnh", 0),
        ],
    )
    def test_are_named_one_by_one_and_once(self, body: str, units: int) -> None:
        reading = letter.read(GREETED + body + FOOT)
        assert len(reading.units) == units
        assert all(f"units.{at}" in reading.spans for at in range(units))

    def test_are_named_below_the_greeting_of_a_letter(self) -> None:
        text = GREETED.replace("V/v B", "V/v Trường THPT Đắk Song")
        text += f"Để trường THPT Đức Lập{FOOT}\n- Trường THPT Gia Nghĩa."
        assert letter.read(text).units == ("trường THPT Đức Lập",)

    def test_are_recipients_too_where_a_plan_greets_nobody(self) -> None:
        text = f"{HEAD}KẾ HOẠCH\nTrường THPT Đắk Song\n\nĐể trường THPT Đức Lập.{FOOT}"
        text += "\n- Trường THPT Gia Nghĩa.\nKT. GIÁM ĐỐC\nPHỤ LỤC\nTrường THPT Krông Nô"
        named = ("Trường THPT Đắk Song", "trường THPT Đức Lập", "Trường THPT Gia Nghĩa")
        assert letter.read(text).units == named


class TestSentences:
    @pytest.mark.parametrize(
        ("fold", "found"),
        [
            ("Một. Hai; Ba", ["Một.", "Hai;", "Ba"]),
            ("Một! Hai? Ba: Bốn", ["Một!", "Hai?", "Ba:", "Bốn"]),
            ("Một (“hai.”) “Ba”", ["Một (“hai.”) “Ba”"]),
            ("Nói “hai.” “Ba” bốn", ["Nói “hai.”", "“Ba” bốn"]),
            ("Một./. Hai", ["Một./.", "Hai"]),
            # not at abbreviations, but at a section
            (
                "TP. Đà Lạt và T. Lâm, ThS. Lê; PGS.TS. Trần",
                ["TP. Đà Lạt và T. Lâm, ThS. Lê;", "PGS.TS. Trần"],
            ),
            ("Gồm A. Hai", ["Gồm A. Hai"]),
            ("Mục I. Hai", ["Mục I.", "Hai"]),
            ("Mục V. Hai", ["Mục V.", "Hai"]),
            ("khu A. Một. Hai", ["khu A. Một.", "Hai"]),
            ("một. hai", ["một. hai"]),
            # marks and bullets begin a sentence, and are left out of it
            ("1. Một", ["1.", "Một"]),
            ("Một. - Hai; + Ba; • Bốn", ["Một.", "Hai;", "Ba;", "Bốn"]),
            ("Một; - - Hai", ["Một;", "Hai"]),
            ("Một; - + - • Hai", ["Một;", "• Hai"]),
            ("Một; a) Hai", ["Một;", "a) Hai"]),
            # and so is a heading in capitals
            ("I. MỤC ĐÍCH YÊU CẦU Một. Hai", ["I.", "Một.", "Hai"]),
            ("MỤC ĐÍCH - Một", ["Một"]),
            ("THPT GDTX Một", ["THPT GDTX Một"]),  # abbreviations are none
            ("ĐOÀN Một", ["ĐOÀN Một"]),
            ("", []),
            ("   ", []),
            ("  Một.  ", ["Một."]),
        ],
    )
    def test_end_at_full_stops_and_semicolons(self, fold: str, found: list[str]) -> None:
        assert [fold[a:b] for a, b in sentences(fold, 0, len(fold))] == found

    def test_are_split_within_a_stretch_only(self) -> None:
        fold = "Một. Hai. Ba TP. Bốn. Năm. Sáu"
        assert [fold[a:b] for a, b in sentences(fold, 2, 12)] == ["t.", "Hai.", "Ba"]
        assert [fold[a:b] for a, b in sentences(fold, 14, 20)] == ["P.", "Bốn"]

    @given(st.text(alphabet="aAĐ.;:- 1)“”", max_size=40))
    def test_follow_each_other_and_lose_no_letter(self, fold: str) -> None:
        found = sentences(fold, 0, len(fold))
        assert all(0 <= begin < end <= len(fold) for begin, end in found)
        assert all(one[1] <= other[0] for one, other in pairwise(found))
        held = {at for begin, end in found for at in range(begin, end)}
        assert all(at in held for at, sign in enumerate(fold) if sign in "a1)")

    def test_hold_the_positions_from_their_beginning_on(self) -> None:
        found = [(2, 6), (8, 12)]
        holders = [sentence_at(found, at) for at in (0, 2, 5, 7, 8, 11, 99)]
        assert holders == [(2, 6), (2, 6), (2, 6), (2, 6), (8, 12), (8, 12), (8, 12)]
