"""The landmarks of a letter: each where it stands, and nothing taken for one that is none."""

from __future__ import annotations

import pytest

from donghanh.domain.letter import layout
from donghanh.domain.letter.layout import Layout
from donghanh.domain.letter.view import look_at

DATE = "Đà Lạt, ngày 02 tháng 01 năm 2024\n"
CITED_DATE = "ngày 03 tháng 02 năm 2025"
HEAD = f"Số: 5/A\n{DATE}V/v B\nKính gửi: A\nĐể C.\n"


def found(text: str) -> Layout:
    return layout.find(look_at(text))


def words(text: str, mark: str) -> str | None:
    match = getattr(found(text), mark)
    return match.group().strip() if match else None


def rest(text: str, place: str) -> str:
    """Return what stands from a position of the layout on."""
    view = look_at(text)
    return view.fold[getattr(layout.find(view), place) :].strip()


class TestNumber:
    @pytest.mark.parametrize(
        ("text", "number"),
        [
            (f"Số: 5/SGDĐT\n{DATE}Kính gửi: A", "Số: 5/SGDĐT"),
            (f"Số: 5\n{DATE}Kính gửi: A", "Số: 5"),
            # not the number of a document it cites, however far the own one is
            (f"Kế hoạch số 7/KH-A\nSố: 5/A\n{DATE}Kính gửi: A", "Số: 5/A"),
            (f"Kế hoạch\nsố 7/KH-A\n{DATE}Kính gửi: A", None),
            (f"theo Số: 7/KH-A\n{DATE}Kính gửi: A", None),
            (f"Kế hoạch Số: 7/KH-A; Số: 5/A\n{DATE}Kính gửi: A", "Số: 5/A"),
            (f"Thực hiện Chương trình hành động số 7/CTr\n{DATE}Kính gửi: A", None),
            # not one of the body
            (f"{DATE}Kính gửi: A\nĐể xem số 5/A", None),
        ],
    )
    def test_is_the_letters_own(self, text: str, number: str | None) -> None:
        assert words(text, "number") == number


class TestDate:
    @pytest.mark.parametrize(
        ("text", "dated"),
        [
            (f"{DATE}Kính gửi: A", DATE.strip()),
            (f"{CITED_DATE}\n{DATE}Kính gửi: A", DATE.strip()),  # the one with a place comes first
            (f"V/v A {CITED_DATE}\n{CITED_DATE.replace('03', '04')}", CITED_DATE),
            # not the date of a document it cites
            (f"Kế hoạch số 5-KH/TU của Tỉnh ủy Đắk Nông, {CITED_DATE}\nV/v A", None),
            (f"Công văn số: 5-KH/TU, {CITED_DATE}\nV/v A", None),
            (f"số 5-KH/TU của {'x' * 36}, {CITED_DATE}\nV/v A", None),
            (f"số 5-KH/TU của {'x' * 41}, {CITED_DATE}\nV/v A", CITED_DATE),
            # not one of the body
            (f"Số: 5/A\nKính gửi: A\nĐể xem, {CITED_DATE}", None),
        ],
    )
    def test_is_the_letters_own(self, text: str, dated: str | None) -> None:
        assert words(text, "dated") == dated


class TestTitle:
    @pytest.mark.parametrize(
        ("text", "title"),
        [
            (f"KẾ HOẠCH\nvề A\n{DATE}", "KẾ HOẠCH"),
            (f"Số: 5/A\n{DATE}CHƯƠNG TRÌNH HÀNH ĐỘNG\nB\nKính gửi: A", "CHƯƠNG TRÌNH HÀNH ĐỘNG"),
            (f"Số: 5/A\n{DATE}Kính gửi: A\nKẾ HOẠCH\nB", None),  # not below the greeting
            # a sentence with a title in it is none, where the letter greets
            (f"Số: 5/A\n{DATE}Để thực hiện BÁO CÁO\nKính gửi: A", None),
            (f"Số: 5/A\n{DATE}Để thực hiện BÁO CÁO\nA", "BÁO CÁO"),
            (f"BÁO CÁO\nĐể A\nSố: 5/A\n{DATE}Kính gửi: A", "BÁO CÁO"),
            (f"Để BÁO CÁO\n{DATE}Kính gửi: A", "BÁO CÁO"),
            (f"1234 Để BÁO CÁO\n{DATE}Kính gửi: A", None),
        ],
    )
    def test_stands_above_greeting_and_sentences(self, text: str, title: str | None) -> None:
        assert words(text, "title") == title


class TestSubject:
    @pytest.mark.parametrize(
        ("text", "subject"),
        [
            ("V/v A\nKính gửi: B", "V/v"),
            ("Số: 5/A\nVề việc: A\nKính gửi: B", "Về việc:"),
            ("Số: 5/A\nKính gửi: B\nV/v A", None),
        ],
    )
    def test_is_announced_above_the_greeting(self, text: str, subject: str | None) -> None:
        assert words(text, "subject") == subject


class TestBody:
    @pytest.mark.parametrize(
        ("text", "body"),
        [
            (f"{HEAD}", "A Để C."),
            (f"Số: 5/A\n{DATE}V/v B C", "B C"),
            (f"{DATE}Số: 5/A B", "B"),
            (f"Số: 5/A\n{DATE}KẾ HOẠCH B", "B"),
            ("A B", "A B"),
        ],
    )
    def test_begins_behind_the_last_landmark_of_the_head(self, text: str, body: str) -> None:
        assert rest(text, "body") == body


FAR = "x" * 400


class TestFoot:
    @pytest.mark.parametrize(
        ("text", "foot", "authority"),
        [
            ("Nơi nhận:\n- A.\nTM. BAN\nBÍ THƯ", "Nơi nhận: - A. TM. BAN BÍ THƯ", "TM."),
            ("TM. BAN\nBÍ THƯ\nNơi nhận: A", "TM. BAN BÍ THƯ Nơi nhận: A", "TM."),
            # of two in a row the first signs; one far above the recipients does not
            ("TM. BAN A\nKT. BÍ THƯ", "TM. BAN A KT. BÍ THƯ", "TM."),
            ("Nơi nhận: A\nTM. BAN A\nKT. BÍ THƯ", "Nơi nhận: A TM. BAN A KT. BÍ THƯ", "TM."),
            (f"TM. BAN A\n{FAR}\nKT. BÍ THƯ", "KT. BÍ THƯ", "KT."),
            (f"TM. BAN A\n{FAR}\nKT. BÍ THƯ\nNơi nhận: B", "KT. BÍ THƯ Nơi nhận: B", "KT."),
            (f"TM. BAN A\n{FAR}\nNơi nhận: B", f"TM. BAN A {FAR} Nơi nhận: B", "TM."),
            # of two at the recipients the first, however far the other
            (
                f"Nơi nhận: A\nTM. BAN A\n{FAR}\nKT. BÍ THƯ",
                f"Nơi nhận: A TM. BAN A {FAR} KT. BÍ THƯ",
                "TM.",
            ),
            # without recipients and authority the title of who signs begins it
            ("HIỆU TRƯỞNG\nLê Văn A", "HIỆU TRƯỞNG Lê Văn A", None),
            ("BÍ THƯ A\nHIỆU TRƯỞNG", "HIỆU TRƯỞNG", None),
            ("Nơi nhận: A\nHIỆU TRƯỞNG", "Nơi nhận: A HIỆU TRƯỞNG", None),
            ("HIỆU TRƯỞNG\nNơi nhận: A", "Nơi nhận: A", None),
            ("Xem Nơi nhận: A\nB\nNơi nhận: C", "Nơi nhận: C", None),
            ("D", "", None),
        ],
    )
    def test_begins_with_the_recipients_or_the_signing(
        self, text: str, foot: str, authority: str | None
    ) -> None:
        assert rest(HEAD + text, "foot") == foot
        assert words(HEAD + text, "authority") == authority

    def test_is_not_looked_for_in_the_head(self) -> None:
        text = f"HIỆU TRƯỞNG\nTM. BAN\nNơi nhận:\nSố: 5/A\n{DATE}Kính gửi: A\nĐể"
        assert rest(text, "foot") == ""
        assert words(text, "authority") is None

    @pytest.mark.parametrize(
        ("text", "annex"),
        [
            ("Nơi nhận: A\nKT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nB\nPHỤ LỤC\n1", "PHỤ LỤC 1"),
            ("xem PHỤ LỤC\nNơi nhận: A\nKT. GIÁM ĐỐC\nB", ""),  # named in the body
            ("xem PHỤ LỤC\nNơi nhận: A\nPHỤ LỤC 2", "PHỤ LỤC 2"),
            ("KT. BÍ THƯ\nB\nPHỤ LỤC 1\nGIÁM ĐỐC", "PHỤ LỤC 1 GIÁM ĐỐC"),
        ],
    )
    def test_ends_where_annexes_begin(self, text: str, annex: str) -> None:
        assert rest(HEAD + text, "end") == annex


class TestHead:
    @pytest.mark.parametrize(
        ("text", "head"),
        [
            ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỞ A", "SỞ A"),
            ("SỞ A\nĐộc lập - Tự do - Hạnh phúc.", "SỞ A"),
            ("ĐẢNG CỘNG SẢN VIỆT NAM\nĐẢNG ỦY A", "ĐẢNG ỦY A"),
            ("TỈNH ĐOÀN A\nĐOÀN TNCS HỒ CHÍ MINH", "TỈNH ĐOÀN A"),
            # the Union's name belongs to the name of one of its organisations
            ("ĐOÀN TNCS HỒ CHÍ MINH TỈNH A", "ĐOÀN TNCS HỒ CHÍ MINH TỈNH A"),
            ("BCH TW ĐOÀN TNCS HỒ CHÍ MINH", "BCH TW ĐOÀN TNCS HỒ CHÍ MINH"),
            (f"SỞ A Số: 5/A B\n{DATE}C KẾ HOẠCH", "SỞ A B C"),
        ],
    )
    def test_strikes_out_headings_number_date_and_title(self, text: str, head: str) -> None:
        assert layout.strip_nul(found(f"{text}\nKính gửi: A").head) == f"{head} Kính gửi: A"

    def test_strikes_out_headings_that_come_up_to_3000_characters_late(self) -> None:
        heading = "Độc lập - Tự do - Hạnh phúc"
        for far, struck in ((2_950, True), (3_000, False)):
            view = look_at(f"Kính gửi: {'x' * far} {heading}")
            assert (heading not in layout.find(view).head) is struck
