"""Who issues a letter: from the letterhead, else a sentence, else the symbol."""

from __future__ import annotations

import pytest

from donghanh.domain import letter

REST = "Số: 5/XY\nĐà Lạt, ngày 02 tháng 01 năm 2024\nV/v báo cáo\nKính gửi: Các trường\n"
BODY = f"{REST}Để chuẩn bị, các đơn vị báo cáo."


def named(text: str) -> tuple[str | None, str | None]:
    """Return the issuer and the superior, each checked against the words it stands on."""
    reading = letter.read(text)
    for name in ("issuer", "superior"):
        value, span = getattr(reading, name), reading.spans.get(name)
        assert (value is None) is (span is None)
        if value and span:
            words = reading.text[span.start : span.end].split()
            assert (words[0], words[-1]) == (value.split()[0], value.split()[-1])
    return reading.issuer, reading.superior


class TestLetterhead:
    @pytest.mark.parametrize(
        ("heading", "issuer", "superior"),
        [
            ("SỞ GIÁO DỤC VÀ ĐÀO TẠO", "SỞ GIÁO DỤC VÀ ĐÀO TẠO", None),
            # the lowest of several issues, the one above it is its superior
            (
                "ĐẢNG ỦY XÃ NAM BÌNH\nCHI BỘ TRƯỜNG THPT ĐĂK SONG",
                "CHI BỘ TRƯỜNG THPT ĐĂK SONG",
                "ĐẢNG ỦY XÃ NAM BÌNH",
            ),
            (
                "ĐẢNG BỘ TỈNH LÂM ĐỒNG\nĐẢNG ỦY CÁC CƠ QUAN\nCHI BỘ SỞ GIÁO DỤC",
                "CHI BỘ SỞ GIÁO DỤC",
                "ĐẢNG ỦY CÁC CƠ QUAN",
            ),
            (
                "ỦY BAN NHÂN DÂN\nTỈNH LÂM ĐỒNG\nSỞ GIÁO DỤC",
                "SỞ GIÁO DỤC",
                "ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG",
            ),
            # what is no name by itself takes what follows at once, and stands alone at the end
            ("ĐẢNG ỦY\nTRƯỜNG THPT CHU VĂN AN", "ĐẢNG ỦY TRƯỜNG THPT CHU VĂN AN", None),
            ("CHI BỘ ĐẢNG ỦY TRƯỜNG A B C D", "CHI BỘ ĐẢNG ỦY TRƯỜNG A B C D", None),
            ("VĂN PHÒNG", "VĂN PHÒNG", None),
            ("ĐẢNG ỦY KHỐI\nVĂN PHÒNG", "VĂN PHÒNG", "ĐẢNG ỦY KHỐI"),
            ("ĐẢNG ỦY: SỞ Y TẾ", "SỞ Y TẾ", "ĐẢNG ỦY"),
            (
                "BAN CHẤP HÀNH TRUNG ƯƠNG\nĐOÀN TNCS HỒ CHÍ MINH",
                "BAN CHẤP HÀNH TRUNG ƯƠNG ĐOÀN TNCS HỒ CHÍ MINH",
                None,
            ),
            (
                "BAN CHẤP HÀNH TRUNG ƯƠNG\nBAN TUYÊN GIÁO",
                "BAN TUYÊN GIÁO",
                "BAN CHẤP HÀNH TRUNG ƯƠNG",
            ),
            ("TỈNH ĐOÀN\nĐOÀN TRƯỜNG THPT A", "ĐOÀN TRƯỜNG THPT A", "TỈNH ĐOÀN"),
            # a word inside another name begins none
            ("BỘ NỘI VỤ", "BỘ NỘI VỤ", None),
            ("CƠ SỞ CHÍNH TRỊ. ĐẢNG ỦY XÃ", "ĐẢNG ỦY XÃ", None),
            (
                "SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI,",
                "SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI",
                None,
            ),
            # a rule drawn between two lines, or small letters, end a name
            ("BCH ĐOÀN TỈNH\n***\nBAN THƯỜNG VỤ -", "BAN THƯỜNG VỤ", "BCH ĐOÀN TỈNH"),
            ("SỞ GIÁO DỤC kính báo", "SỞ GIÁO DỤC", None),
        ],
    )
    def test_names_the_issuer_below_its_superior(
        self, heading: str, issuer: str, superior: str | None
    ) -> None:
        assert named(f"{heading}\n{BODY}") == (issuer, superior)

    def test_is_no_name_by_itself_where_nothing_follows(self) -> None:
        assert named("VĂN PHÒNG\nKính gửi: Các trường\nNơi nhận: A") == ("VĂN PHÒNG", None)

    def test_is_read_around_what_stands_in_the_other_column(self) -> None:
        text = "SỞ GIÁO DỤC Số: 5/XY VÀ ĐÀO TẠO Số\n" + BODY.partition("\n")[2]
        assert named(text)[0] == "SỞ GIÁO DỤC VÀ ĐÀO TẠO"

    @pytest.mark.parametrize(
        "text",
        [
            "BÁO CÁO\nCỦA BAN GIÁM HIỆU\nSố: 5/XY\nĐà Lạt, ngày 02 tháng 01 năm 2024\n",
            "Số: 5/XY\nĐà Lạt, ngày 02 tháng 01 năm 2024\nV/v báo cáo BAN GIÁM HIỆU",
            f"{REST}BAN GIÁM HIỆU báo cáo.",
        ],
    )
    def test_stands_above_title_greeting_and_subject_only(self, text: str) -> None:
        assert named(text) == (None, None)


class TestIssuer:
    @pytest.mark.parametrize(
        ("sentence", "issuer"),
        [
            ("Sở Giáo dục và Đào tạo yêu cầu các đơn vị", "Sở Giáo dục và Đào tạo"),
            ("Trong năm học, Trường THPT A đề nghị các lớp", "Trường THPT A"),
            # a word inside another name begins none
            ("Hiệp hội đề nghị, cán bộ đề nghị, Đảng ủy Khối thông báo", "Đảng ủy Khối"),
            ("Trong nội Bộ đề nghị, Đảng ủy Khối thông báo", "Đảng ủy Khối"),
            ("Sở Giáo dục để thực hiện, yêu cầu", None),
            # recipients do not issue the letter
            ("Các lớp báo cáo.\nNơi nhận:\n- Sở Tài chính yêu cầu", None),
        ],
    )
    def test_is_whoever_acts_in_a_sentence_where_there_is_no_letterhead(
        self, sentence: str, issuer: str | None
    ) -> None:
        assert named(REST + sentence) == (issuer, None)

    @pytest.mark.parametrize(
        ("heading", "issuer"),
        [
            ("Sở Giáo dục và Đào tạo Lâm Đồng", "Sở Giáo dục và Đào tạo Lâm Đồng"),
            ("Trường THPT Chu Văn An; năm", "Trường THPT Chu Văn An"),
        ],
    )
    def test_is_a_name_in_small_letters_at_the_top(self, heading: str, issuer: str) -> None:
        assert named(f"{heading}\n{BODY}") == (issuer, None)
        assert named(f"{BODY}\n{heading}") == (None, None)

    @pytest.mark.parametrize(
        ("symbol", "issuer", "words"),
        [
            ("SGDĐT-VP", "Sở Giáo dục và Đào tạo", "SGDĐT-VP"),
            ("TTr-UBND", "Ủy ban nhân dân", "TTr-UBND"),
            ("XYZ", None, None),
        ],
    )
    def test_is_what_the_symbol_stands_for_in_the_end(
        self, symbol: str, issuer: str | None, words: str | None
    ) -> None:
        reading = letter.read(BODY.replace("XY", symbol))
        span = reading.spans.get("issuer")
        assert reading.issuer == issuer
        assert (reading.text[span.start : span.end] if span else None) == words

    def test_is_open_where_nothing_names_it(self) -> None:
        assert named("V/v báo cáo\nKính gửi: Các trường\nĐể báo cáo.") == (None, None)
