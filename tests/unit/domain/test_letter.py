"""Reading letters: the real one when it is at hand, and one of each style of our own."""

from __future__ import annotations

import unicodedata
from datetime import date
from pathlib import Path

import pytest

from donghanh.domain import letter
from donghanh.domain.letter import Bound, Reading, Recurs

ROOT = Path(__file__).parents[3]
LETTERS = ROOT / "tests" / "letters"
REAL = ROOT.parent / "shared" / "inputs" / "dispatch.txt"


def read(name: str) -> Reading:
    return letter.read((LETTERS / f"{name}.txt").read_text(encoding="utf-8"))


def source(reading: Reading, path: str) -> str:
    span = reading.spans[path]
    return reading.text[span.start : span.end]


def flags(reading: Reading) -> set[tuple[str, str]]:
    return {(flag.field, flag.code) for flag in reading.flags}


@pytest.fixture(scope="module")
def reading() -> Reading:
    return letter.read(REAL.read_text(encoding="utf-8"))


@pytest.mark.skipif(not REAL.exists(), reason="the real letter is not part of the repository")
class TestReadRealDispatch:
    def test_finds_the_head(self, reading: Reading) -> None:
        assert reading.number is None
        assert reading.symbol == "SGDDT-GDTC"
        assert reading.place == "Đắk Nông"
        assert reading.date == "2024-02"
        assert reading.kind == "Công văn"
        assert reading.subject == "phát triển đảng viên trong học sinh THPT trên địa bàn tỉnh"
        assert reading.issuer == "Sở Giáo dục và Đào tạo"
        assert reading.superior is None
        assert reading.addressees == ("Các đơn vị trực thuộc",)

    def test_finds_three_bases_with_kind_number_issuer_and_date(self, reading: Reading) -> None:
        assert [(b.kind, b.number, b.issuer, b.date) for b in reading.bases] == [
            ("Chỉ thị", "34-CT/TW", "Bộ Chính trị khóa VIII", "1998-05-30"),
            ("Nghị quyết", "21-NQ/TW", "Ban Chấp hành Trung ương khóa XIII", "2022-06-16"),
            (
                "Nghị quyết",
                "06-NQ/ĐUK",
                "Đảng ủy Khối các cơ quan và doanh nghiệp tỉnh",
                "2021-11-30",
            ),
        ]
        assert source(reading, "bases.0.date") == "30/5/1998"

    def test_finds_three_contents_and_the_named_school(self, reading: Reading) -> None:
        assert [text.split(".")[0][:22] for text in reading.contents] == [
            "Tăng cường công tác gi",
            "Tích cực tạo nguồn, là",
            "Cấp ủy nhà trường thực",
        ]
        assert reading.contents[2].endswith("học sinh ưu tú vào Đảng.")
        assert reading.units == ("trường THPT chuyên Nguyễn Chí Thanh",)

    def test_finds_the_target_in_its_own_words(self, reading: Reading) -> None:
        (target,) = reading.targets
        assert (target.amount, target.bound, target.year) == (2, Bound.AT_LEAST, "2023-2024")
        assert target.what == "kết nạp"
        assert target.of == "quân chủng học sinh ưu tú"
        assert target.whom == "ngành Giáo dục và Đào tạo tỉnh Đắk Nông"

    def test_finds_the_yearly_duty_and_its_next_day(self, reading: Reading) -> None:
        (duty,) = reading.duties
        assert (duty.due, duty.recurs, duty.before) == ("2024-06-10", Recurs.YEARLY, True)
        assert letter.last_day(date(2024, 6, 10), duty.before) == date(2024, 6, 9)
        assert duty.text.startswith("Trước ngày 10/6 hàng năm, báo cáo kết quả")

    def test_finds_recipients_and_signing(self, reading: Reading) -> None:
        assert reading.recipients == ("Như trên", "Lưu: VT, GDTX-CTTT (K)")
        assert reading.signing == letter.Signing("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Nguyễn Thị Thu")

    def test_flags_every_doubt_and_nothing_else(self, reading: Reading) -> None:
        assert flags(reading) == {
            ("number", "blank"),
            ("date", "blank_day"),
            ("issuer", "no_letterhead"),
            ("superior", "missing"),
            ("symbol", "differs"),
            ("symbol", "misreading"),
            ("targets.0", "misreading"),
            ("targets.0.of", "misreading"),
        }
        differs = next(flag for flag in reading.flags if flag.code == "differs")
        assert dict(differs.facts) == {"here": "GDTC", "there": "GDTX-CTTT"}
        misread = {
            flag.facts["found"]: flag.facts["likely"]
            for flag in reading.flags
            if flag.code == "misreading"
        }
        assert misread == {
            "quân chủng": "quần chúng",
            "phân đầu": "phấn đấu",
            "SGDDT": "SGDĐT",
        }


class TestReadLetterWithoutLetterhead:
    def test_flags_a_blank_number_and_a_blank_day(self) -> None:
        reading = read("plain")
        assert (reading.number, reading.date) == (None, "2025-03")
        assert {("number", "blank"), ("date", "blank_day")} <= flags(reading)
        assert source(reading, "number") == "Số:"

    def test_keeps_the_misread_words_and_flags_them_in_place(self) -> None:
        reading = read("plain")
        assert reading.targets[0].of == "quân chủng học sinh ưu tú"
        assert ("targets.0.of", "misreading") in flags(reading)

    def test_joins_a_sentence_broken_by_an_empty_line(self) -> None:
        assert read("plain").targets[0].year == "2024-2025"

    def test_explains_each_flag_in_vietnamese(self) -> None:
        why = [one["why"] for one in read("plain").as_dict()["flags"]]
        assert "Ký hiệu ghi “GDTC” nhưng nơi nhận lại ghi lưu “GDTX-CTTT”." in why
        assert all(sentence.endswith(".") and "{" not in sentence for sentence in why)


class TestReadStateLetter:
    def test_reads_letterhead_number_and_date(self) -> None:
        reading = read("state")
        assert reading.superior == "UBND TỈNH ĐẮK NÔNG"
        assert reading.issuer == "SỞ GIÁO DỤC VÀ ĐÀO TẠO"
        assert (reading.number, reading.symbol) == ("123", "SGDĐT-GDTX")
        assert (reading.place, reading.date) == ("Đắk Nông", "2024-09-05")
        assert len(reading.addressees) == 3
        assert flags(reading) == set()

    def test_reads_a_range_and_a_percentage(self) -> None:
        between, percent = read("state").targets
        assert (between.amount, between.to, between.kind()) == (3, 5, "between")
        assert between.whom == "Mỗi trường THPT"
        assert (percent.amount, percent.kind(), percent.bound) == (15, "percent", Bound.AT_LEAST)

    def test_counts_the_next_day_from_the_letter(self) -> None:
        # written 5/9/2024: the next 10/6 is in 2025, the next 10/12 in 2024
        assert [(d.due, d.recurs, d.before) for d in read("state").duties] == [
            ("2024-09-30", None, False),
            ("2025-01-15", None, False),
            ("2025-06-10", Recurs.YEARLY, True),
            ("2024-12-10", Recurs.YEARLY, True),
        ]

    def test_reads_a_signer_of_another_people(self) -> None:
        assert read("state").signing == letter.Signing(
            "TL. GIÁM ĐỐC", "TRƯỞNG PHÒNG GDTX", "H'Mai Niê"
        )


class TestReadPartyLetter:
    def test_reads_a_number_without_a_colon(self) -> None:
        reading = read("party")
        assert (reading.number, reading.symbol, reading.kind) == ("38", "HD/ĐUK", "Hướng dẫn")
        assert reading.issuer == "ĐẢNG ỦY KHỐI CÁC CƠ QUAN VÀ DOANH NGHIỆP"
        assert reading.superior == "ĐẢNG BỘ TỈNH ĐẮK NÔNG"

    def test_reads_signing_beside_the_recipients(self) -> None:
        reading = read("party")
        assert reading.signing == letter.Signing(
            "T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ THƯỜNG TRỰC", "Lê Văn Giả Định"
        )
        assert reading.recipients == ("Các chi bộ, đảng bộ cơ sở", "Lưu VP, BTC")

    def test_reads_issuer_before_date_and_a_charter_without_number(self) -> None:
        bases = read("party").bases
        assert bases[0].kind == "Điều lệ Đảng"
        assert (bases[2].number, bases[2].issuer, bases[2].date) == (
            "01-HD/TW",
            "Ban Bí thư",
            "2021-09-28",
        )

    def test_reads_an_amount_in_words_and_a_monthly_duty(self) -> None:
        reading = read("party")
        assert (reading.targets[0].amount, reading.targets[0].whom) == (2, "toàn Đảng bộ")
        assert (reading.duties[0].due, reading.duties[0].recurs) == ("2024-02-20", Recurs.MONTHLY)
        assert len(reading.contents) == 3


class TestReadUnionLetter:
    def test_reads_head_and_capital_name(self) -> None:
        reading = read("union")
        assert (reading.superior, reading.issuer) == ("TỈNH ĐOÀN TRÀ VINH", "BAN THƯỜNG VỤ")
        assert (reading.number, reading.symbol, reading.kind) == ("411", "KH/TĐTN-BTC", "Kế hoạch")
        assert reading.signing.name == "NGUYỄN VĂN MẪU"
        assert reading.units == ("Đoàn trường THPT Phạm Thái Bường",)

    def test_flags_days_that_do_not_exist(self) -> None:
        reading = read("union")
        assert reading.bases[0].date is None
        assert reading.duties[1].due is None
        assert {("bases.0.date", "invalid_date"), ("duties.1.due", "invalid_date")} <= flags(
            reading
        )

    def test_does_not_take_a_past_result_for_a_target(self) -> None:
        assert [target.amount for target in read("union").targets] == [4]


class TestReadDecision:
    def test_reads_a_name_over_two_lines_and_a_double_authority(self) -> None:
        reading = read("decision")
        assert reading.issuer == "ỦY BAN NHÂN DÂN TỈNH ĐẮK NÔNG"
        assert reading.subject == "giao chỉ tiêu phát triển đảng viên năm học 2024-2025"
        assert reading.signing.authority == "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH"
        assert reading.signing.title == "PHÓ CHỦ TỊCH"

    def test_reads_articles_a_law_and_who_gets_the_target(self) -> None:
        reading = read("decision")
        assert len(reading.contents) == 3
        assert (reading.bases[0].kind, reading.bases[0].date) == (
            "Luật Tổ chức chính quyền địa phương",
            "2015-06-19",
        )
        assert reading.targets[0].whom == "Trường THPT chuyên Nguyễn Chí Thanh"

    def test_keeps_the_year_of_a_date_without_month(self) -> None:
        reading = read("decision")
        assert reading.date == "2024"
        assert ("date", "blank_month") in flags(reading)


class TestReadLetterOfTheCentre:
    def test_joins_the_committee_with_its_union(self) -> None:
        assert read("centre").issuer == "BAN CHẤP HÀNH TRUNG ƯƠNG ĐOÀN TNCS HỒ CHÍ MINH"

    def test_reads_a_large_amount_and_an_allotment(self) -> None:
        first, allotted = read("centre").targets
        assert first.amount == 200_000
        assert (allotted.whom, allotted.amount) == ("Trường THPT Chu Văn An", 5)

    def test_reads_a_quarterly_duty(self) -> None:
        assert read("centre").duties[0].recurs == Recurs.QUARTERLY


class TestReadInterleavedColumns:
    def test_parts_the_two_columns(self) -> None:
        reading = read("columns")
        assert (reading.superior, reading.issuer) == (
            "UBND TỈNH TRÀ VINH",
            "SỞ GIÁO DỤC VÀ ĐÀO TẠO",
        )
        assert reading.recipients == ("Như trên", "Lưu: VT, CTTT")
        assert reading.signing == letter.Signing("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Phạm Thị Thí Dụ")
        assert reading.duties[0].due == "2025-05-31"


HEAD = "Số: 5/SGDĐT-VP\nĐà Lạt, ngày 02 tháng 01 năm 2024\nKính gửi: Các trường\n\nĐể thực hiện, "


class TestReadParts:
    @pytest.mark.parametrize(
        ("body", "due", "recurs", "before"),
        [
            ("báo cáo trước ngày 5/3/2024.", "2024-03-05", None, True),
            ("báo cáo chậm nhất ngày 5 tháng 3 năm 2024.", "2024-03-05", None, False),
            ("gửi báo cáo trước 16h30 ngày 5-3-2024.", "2024-03-05", None, False),
            ("nộp hồ sơ trước ngày 5/1.", "2024-01-05", None, True),
            ("nộp hồ sơ trước ngày 1/1.", "2025-01-01", None, True),
            ("báo cáo trước ngày 29/2 hằng năm.", "2024-02-29", Recurs.YEARLY, True),
            ("hàng năm gửi báo cáo trước ngày 10/6.", "2024-06-10", Recurs.YEARLY, True),
            ("hoàn thành trước tháng 5/2024.", "2024-05", None, True),
            ("báo cáo trước ngày 31/02/2024.", None, None, True),
            ("báo cáo trước\nngày 10 /\n6 hàng\nnăm.", "2024-06-10", Recurs.YEARLY, True),
        ],
    )
    def test_reads_due_days(
        self, body: str, due: str | None, recurs: Recurs | None, before: bool
    ) -> None:
        (duty,) = letter.read(HEAD + body).duties
        assert (duty.due, duty.recurs, duty.before) == (due, recurs, before)

    def test_leaves_the_year_open_when_none_can_be_known(self) -> None:
        text = "Số: /SGDĐT-VP\nKính gửi: Các trường\nĐể báo cáo kết quả trước ngày 10/6 hằng năm."
        reading = letter.read(text)
        assert reading.duties[0].due == "--06-10"
        assert ("duties.0.due", "year_not_known") in flags(reading)

    @pytest.mark.parametrize(
        ("body", "amount", "to", "kind"),
        [
            ("phấn đấu kết nạp 5 học sinh.", 5, None, "exactly"),
            ("kết nạp tối thiểu 02 quần chúng ưu tú vào Đảng.", 2, None, "at_least"),
            ("kết nạp ít nhất hai (02) học sinh.", 2, None, "at_least"),
            ("kết nạp không quá mười học sinh.", 10, None, "at_most"),
            ("kết nạp từ 03 đến 05 học sinh.", 3, 5, "between"),
            ("phấn đấu kết nạp 3-5 học sinh.", 3, 5, "between"),
            ("chỉ tiêu kết nạp 07 học sinh trở lên.", 7, None, "at_least"),
            ("phấn đấu 100% chi đoàn đạt loại tốt.", 100, None, "percent"),
        ],
    )
    def test_reads_amounts(self, body: str, amount: int, to: int | None, kind: str) -> None:
        (target,) = letter.read(HEAD + body).targets
        assert (target.amount, target.to, target.kind()) == (amount, to, kind)

    @pytest.mark.parametrize(
        "body",
        [
            "năm qua đã kết nạp 04 học sinh vào Đảng.",
            "đảng viên đủ ít nhất 12 tháng tuổi đảng.",
            "được ít nhất 2/3 số đảng viên tán thành.",
        ],
    )
    def test_takes_no_result_term_or_fraction_for_a_target(self, body: str) -> None:
        assert letter.read(HEAD + body).targets == ()

    def test_flags_words_and_figures_that_differ(self) -> None:
        reading = letter.read(HEAD + "kết nạp ít nhất 02 (ba) học sinh.")
        assert ("targets.0.amount", "amounts_differ") in flags(reading)

    def test_flags_a_school_year_that_skips(self) -> None:
        reading = letter.read(HEAD + "năm học 2023-2025 kết nạp ít nhất 02 học sinh.")
        assert ("targets.0.year", "school_year_odd") in flags(reading)

    def test_flags_a_basis_later_than_the_letter(self) -> None:
        reading = letter.read(HEAD + "theo Kế hoạch số 9-KH/TU ngày 3/1/2024 của Tỉnh ủy.")
        assert ("bases.0.date", "later_than_letter") in flags(reading)

    def test_flags_a_title_that_contradicts_the_symbol(self) -> None:
        text = "Số: 5/KH-SGDĐT\nĐà Lạt, ngày 02 tháng 01 năm 2024\nBÁO CÁO\nvề kết quả\n"
        assert ("kind", "kind_differs") in flags(letter.read(text))

    def test_does_not_touch_an_arm_of_the_forces(self) -> None:
        reading = letter.read(HEAD + "mời đại diện quân chủng Hải quân nói chuyện.")
        assert flags(reading) & {("text", "misreading"), ("contents.0", "misreading")} == set()

    def test_reads_composed_and_decomposed_text_alike(self) -> None:
        text = (LETTERS / "state.txt").read_text(encoding="utf-8")
        assert letter.read(unicodedata.normalize("NFD", text)) == letter.read(text)


class TestRefuseToRead:
    @pytest.mark.parametrize("text", ["", " \n\t ", "\ufeff", "***"])
    def test_refuses_an_empty_text(self, text: str) -> None:
        with pytest.raises(letter.EmptyLetter):
            letter.read(text)

    @pytest.mark.parametrize(
        "text",
        [
            "Dear Sir or Madam, please report before June 10.",
            "Hôm nay trời đẹp.",
            "关于发展党员的通知",
        ],
    )
    def test_refuses_what_bears_no_mark_of_a_letter(self, text: str) -> None:
        with pytest.raises(letter.NotALetter) as refusal:
            letter.read(text)
        assert refusal.value.code == "letter.not_a_letter"

    def test_refuses_a_text_longer_than_any_letter(self) -> None:
        with pytest.raises(letter.TooLong):
            letter.read("a" * (letter.LONGEST + 1))


class TestAsDict:
    def test_has_exactly_the_agreed_keys(self) -> None:
        data = read("state").as_dict()
        assert set(data) == {
            *("issuer", "superior", "number", "symbol", "place", "date", "kind", "subject"),
            *("addressees", "bases", "contents", "units", "duties", "targets", "recipients"),
            *("signing", "flags", "spans", "source"),
        }
        assert set(data["bases"][0]) == {"kind", "number", "issuer", "date"}

    @pytest.mark.parametrize("name", ["plain", "state", "party", "union", "columns"])
    def test_comes_back_as_it_was(self, name: str) -> None:
        reading = read(name)
        assert Reading.from_dict(reading.as_dict(), reading.text) == reading

    @pytest.mark.parametrize("name", ["plain", "state", "party", "union", "columns"])
    def test_gives_a_span_to_every_value(self, name: str) -> None:
        data = read(name).as_dict()
        for field in ("issuer", "symbol", "place", "date", "kind", "subject"):
            assert data[field] is None or field in data["spans"]
        for field in ("addressees", "bases", "contents", "units", "duties", "targets"):
            assert all(f"{field}.{at}" in data["spans"] for at in range(len(data[field])))
