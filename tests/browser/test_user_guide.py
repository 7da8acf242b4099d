"""
The user guide: each of its readers meets the pages it tells of, and the words it names are there.

With ``DONGHANH_PICTURES=1`` (``script/pictures``) the pictures of the guide are taken anew;
otherwise they are only compared for being there, since the days in them move on.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page

from donghanh.config import places
from donghanh.demonstration import illustration
from donghanh.demonstration.load import OPEN_CODE, OWN_CODE, PASSWORD
from tests.browser.answering import answer_checks
from tests.browser.readers import PICTURES, Reader

GUIDE = places.ROOT / "docs" / "guide"


@pytest.fixture
def reader(page: Page) -> Reader:
    """Return somebody at a desk."""
    return Reader(page)


@pytest.fixture
def pupil(phone: Page) -> Reader:
    """Return somebody with a telephone."""
    return Reader(phone)


def _lets_somebody_sign(reader: Reader) -> None:
    reader.signs_in("dn.lanhdao")
    reader.goes("/ky-thay/")
    reader.page.get_by_label("Ký thừa lệnh").check()
    reader.presses("Giao quyền ký")
    reader.presses("Thôi từ hôm nay")


def _counts_at_a_meeting(reader: Reader) -> None:
    """Sit in the meeting that is planned, up to the share of one vote as it is typed."""
    reader.goes("/con-duong/hop/")
    reader.opens("Mở")
    for name, number in (("official", "18"), ("convened", "18"), ("present", "17")):
        reader.page.fill(f"#id_{name}", number)
    reader.presses("Giữ thành phần")
    reader.opens("Xét lần lượt")
    reader.page.fill("#id_favour", "16")
    reader.page.fill("#id_against", "1")
    reader.page.get_by_text("Đủ phiếu").wait_for()
    reader.sees("meeting")


def _holds_a_meeting(reader: Reader, what: str) -> None:
    """Read of a meeting about one pupil, whose turn is put off."""
    reader.goes("/con-duong/hop/")
    reader.opens("Lập cuộc họp")
    reader.page.fill("#id_taker", "Lò Văn Tấn")
    reader.presses("Lập, rồi đặt chương trình")
    reader.page.select_option("#id_viec", what)
    reader.presses("Hiện học sinh")
    reader.page.locator("input[name=dossier]").first.check()
    reader.presses("Đưa vào chương trình")
    reader.opens("Xét lần lượt")
    reader.page.locator("details.fold > summary").last.click()
    reader.page.check("#id_delayed")
    reader.page.fill("#id_word", "Chờ xác nhận")
    reader.presses("Lưu, về chương trình")
    reader.opens("Kết thúc cuộc họp")
    reader.presses("Kết thúc và ghi")


def _follows_a_file(reader: Reader) -> None:
    """Read of the papers of a pupil, a class, and a hand-over."""
    reader.goes("/con-duong/")
    reader.opens("Trần Thành Toàn")
    reader.opens("Giấy tờ trong hồ sơ")
    reader.sees("papers")
    reader.opens("Ghi công văn")
    reader.page.get_by_label("Gửi đến đơn vị").fill("Chi ủy thôn 3 (mô phỏng)")
    reader.page.get_by_label("Công văn về việc").select_option("residence")
    reader.presses("Lưu")
    reader.goes("/con-duong/lop/")
    reader.goes("/con-duong/")
    reader.opens("Trần Thành Toàn")
    reader.opens("Chuyển giao hồ sơ")
    reader.page.get_by_label("Địa phương").check()
    reader.page.get_by_label("Đơn vị, nếu không có").fill("Đảng ủy xã (mô phỏng)")
    reader.presses("Hỏi ý kiến em")
    reader.presses("Rút lại")


def _writes_a_directive(reader: Reader) -> None:
    """Read of a draft, up to its submission, and of the registers beside."""
    reader.goes("/chi-dao/")
    reader.goes("/chi-dao/soan")
    reader.page.fill("#id_subject", "Phát triển đảng viên trong học sinh")
    reader.page.fill("#id_parts-0-text", "Tạo nguồn.")
    reader.presses("Lưu dự thảo")
    reader.presses("Trình ký")
    for register in ("bang/", "so/", "thu-vien/"):
        reader.goes(f"/chi-dao/{register}")


def _recognises_a_practice(reader: Reader) -> None:
    """Look at a practice that a school proposed, as far as the decision."""
    reader.signs_in("dn.chuyenvien")
    reader.goes("/mo-hinh/")
    reader.opens("Mười lăm phút kể chuyện")
    reader.opens("Xem xét")
    reader.presses("Đề nghị công nhận")


def _follows_a_line_of_practices(reader: Reader) -> None:
    """Read of a practice of the library, and of one that was taken over, with its line."""
    reader.goes("/mo-hinh/thu-vien/thu-thach-va-dong-hanh/")
    reader.goes("/mo-hinh/")
    reader.opens("Thử thách và đồng hành")
    reader.goes(f"{reader.page.url}#dong")
    reader.sees("lineage")


def _joins_a_campaign(reader: Reader) -> None:
    """Read of a campaign the school takes part in, with what it gave."""
    reader.goes("/cuoc-van-dong/")
    reader.opens("Đoàn viên thanh niên phấn đấu")
    reader.sees("campaign")
    reader.opens("Sửa số liệu")


def _moves_classes_up(reader: Reader) -> None:
    """Read of moving up, up to its being undone."""
    reader.goes("/con-duong/lich/")
    reader.opens("Lên lớp")
    reader.sees("promotion")
    reader.presses("Xem trước")
    reader.presses("Ghi lớp mới")
    reader.presses("Hủy lần này")


def _reads_the_report(reader: Reader) -> None:
    reader.goes("/bao-cao/")
    reader.opens("2026-2027")
    reader.sees("report")
    reader.page.locator("main tbody a").first.click()
    reader.reads()
    reader.goes("/so-lieu/2026-2027/")
    reader.opens("Nhập số liệu không có trong hồ sơ")


def _tells_everybody(reader: Reader) -> None:
    reader.goes("/cong-khai/")
    reader.presses("Xem trước trang công khai")
    reader.goes("/anh/thu-vien/them")
    photograph = FilePayload(name="a.jpg", mimeType="image/jpeg", buffer=illustration.drawn(1))
    reader.page.set_input_files("input[name=file]", files=photograph)
    reader.page.fill("input[name=alt]", "Con đường qua đồi")
    reader.presses("Lưu")


class TestGuide:
    def test_tells_the_officer_what_the_officer_meets(self, reader: Reader) -> None:
        reader.signs_in("dn.hoaban.bithu")  # somebody has to have sent a report
        reader.opens("Báo cáo")
        reader.presses("Lập báo cáo")
        answer_checks(reader.page)
        reader.presses("Gửi báo cáo")
        reader.presses("Gửi báo cáo")
        reader.signs_in("dn.chuyenvien")
        reader.sees("desk-officer")
        reader.goes("/chi-dao/doc-moi")
        reader.goes("/")
        reader.opens("Xem lại")
        reader.sees("letter")
        reader.presses("Xác nhận và giao cho đơn vị")
        reader.sees("issue")
        reader.goes("/")
        reader.opens("Theo dõi")
        reader.sees("board")
        _writes_a_directive(reader)
        reader.goes("/chi-tieu/2026-2027/admitted/")
        reader.opens("Giao chỉ tiêu")
        reader.goes("/tong-hop/2026-2027/")
        reader.opens("THPT Hoa Ban")
        reader.sees("review")
        reader.goes("/tong-hop/2023-2024/")
        reader.sees("consolidation")
        for page in ("lap", "cac-ban", "theo-mau", "khoa", "qua-thoi-gian"):
            reader.goes(f"/tong-hop/2023-2024/{page}/")
        for page in ("/bao-cao/doi-chieu/", "/so-lieu/2023-2024/", "/quy-dinh/"):
            reader.goes(page)
        for does in (_tells_everybody, _lets_somebody_sign, _recognises_a_practice):
            does(reader)
        reader.goes("/tieng-noi/")
        reader.has_read(GUIDE / "can-bo-so.md")

    def test_tells_the_secretary_what_the_secretary_meets(self, reader: Reader) -> None:
        reader.signs_in("dn.nangmoi.bithu")  # whose school expects no day yet
        reader.goes("/con-duong/lich/")
        reader.goes(f"/cua-em/{OWN_CODE}/sua")
        reader.page.fill("input[name=class_name]", "12A9")
        reader.presses("Gửi đề nghị sửa")
        reader.signs_in("dn.saokhue.bithu")
        reader.sees("desk")
        reader.goes("/van-ban-den/cung-noi-dung/")
        reader.goes("/van-ban-den/")
        reader.opens("Mở")
        reader.goes("/con-duong/")
        reader.sees("cohort")
        reader.opens("Trần Thành Toàn")
        reader.sees("road")
        reader.opens("Ghi bước này")
        _follows_a_file(reader)
        _counts_at_a_meeting(reader)
        _holds_a_meeting(reader, "helper_changed")
        reader.goes("/con-duong/")
        reader.opens("Lý Hữu Hiếu")
        reader.opens("Tuyên bố không hợp lệ")
        _moves_classes_up(reader)
        for page in ("/con-duong/trung-lap/", "/tin-bai/", "/tieng-noi/", "/con-duong/yeu-cau/"):
            reader.goes(page)
        reader.opens("Mở")
        reader.goes("/chi-tieu/2026-2027/admitted/")
        reader.opens("Trường THPT chuyên Sao Khuê")
        _reads_the_report(reader)
        reader.has_read(GUIDE / "bi-thu-chi-bo.md")

    def test_tells_the_union_what_the_union_meets(self, reader: Reader) -> None:
        reader.signs_in("dn.saokhue.doan")
        reader.goes("/con-duong/moi")
        reader.sees("invite")
        reader.goes("/con-duong/")
        reader.opens("Đưa vào nguồn")
        reader.goes("/con-duong/")
        reader.opens("Phan Bảo Quyên")
        reader.opens("Ghi bước này")
        reader.sees("introduce")
        _holds_a_meeting(reader, "introduced")
        reader.goes("/con-duong/nguon/")
        reader.opens("Xếp loại")
        reader.goes("/con-duong/dong-hanh/")
        reader.opens("Xem thư viện")
        reader.goes("/con-duong/dong-hanh/")
        reader.opens("Thành lập câu lạc bộ")
        reader.page.get_by_label("Tên câu lạc bộ").fill("Bạn đọc")
        reader.page.get_by_label("Hoạt động để làm gì").fill("Đọc sách cùng nhau mỗi tháng")
        reader.presses("Thành lập")
        for page in ("", "moi"):
            reader.goes(f"/hoat-dong/{page}")
        _follows_a_line_of_practices(reader)
        _joins_a_campaign(reader)
        reader.goes("/so-lieu/2026-2027/")
        reader.opens("Giới thiệu và kết nạp qua các năm học")
        reader.goes("/tin-bai/")
        reader.opens("Viết bài")
        reader.goes("/tin/")
        reader.sees("news")
        reader.has_read(GUIDE / "doan-truong.md")

    def test_tells_the_union_above_what_it_meets(self, reader: Reader) -> None:
        reader.signs_in("dn.tinhdoan")
        reader.goes("/tieng-noi/")
        reader.goes("/cuoc-van-dong/")
        reader.opens("Soạn cuộc vận động")
        reader.goes("/cuoc-van-dong/")
        reader.opens("Mỗi đoàn viên một việc tốt")
        reader.opens("Phát động cuộc vận động")
        reader.goes("/cuoc-van-dong/")
        reader.opens("Đoàn viên thanh niên phấn đấu")
        reader.opens("Kết thúc và tổng kết")
        reader.has_read(GUIDE / "doan-cap-tren.md")

    def test_tells_who_reads_and_records_nothing_what_they_meet(self, reader: Reader) -> None:
        for username, rooms, page in (
            ("dn.saokhue.giupdo1", ("/con-duong/", "/quy-dinh/"), "nguoi-giup-do.md"),
            ("dn.tochuc", ("/con-duong/", "/to-chuc/", "/khan-cap/"), "ban-to-chuc.md"),
            ("dn.kiemtra", ("/nhat-ky/", "/quy-dinh/"), "kiem-tra.md"),
        ):
            reader.begins_anew()
            reader.signs_in(username)
            for room in rooms:
                reader.goes(room)
            if username == "dn.saokhue.giupdo1":
                reader.goes("/con-duong/dong-hanh/")
                reader.opens("Giao thử thách")
                reader.page.get_by_label("Kèm một bạn cùng tiến").check()
                reader.page.get_by_label("Phạm Gia Trí").check()
                reader.presses("Giao")
                reader.opens("Mở")
                reader.opens("Phạm Gia Trí")
            if username == "dn.tochuc":
                reader.goes("/con-duong/")
                reader.page.locator("main table a").first.click()
                reader.reads()
                reader.opens("Giấy tờ trong hồ sơ")
                reader.goes("/khan-cap/")
                reader.page.fill("textarea[name=reason]", "Phải xem trước cuộc họp")
                reader.page.fill("input[name=password]", PASSWORD)
                reader.presses("Mở hồ sơ")
                reader.goes("/khan-cap/")
            reader.has_read(GUIDE / page)

    def test_tells_the_pupil_what_the_pupil_meets(self, pupil: Reader) -> None:
        pupil.goes("/tham-gia")
        pupil.page.locator("main input:not([type=hidden])").first.fill(OPEN_CODE)
        pupil.presses("Đọc lời mời")
        pupil.sees("join")
        pupil.goes("/tham-gia")
        pupil.page.locator("main input:not([type=hidden])").first.fill(OWN_CODE.lower())
        pupil.presses("Đọc lời mời")
        pupil.sees("own")
        pupil.goes(f"/cua-em/{OWN_CODE}/dong-hanh/")
        pupil.goes(f"/cua-em/{OWN_CODE}/hoat-dong/")
        pupil.goes(f"/cua-em/{OWN_CODE}/")
        pupil.opens("Xem quyền của em")
        pupil.presses("Đề nghị tạm ngừng")
        pupil.goes(f"/cua-em/{OWN_CODE}/")
        pupil.opens("Dừng lại")
        pupil.sees("stop")
        pupil.has_read(GUIDE / "hoc-sinh.md")

    def test_shows_no_picture_that_nobody_takes(self) -> None:
        taken = set(re.findall(r"\.sees\(\"([\w-]+)\"\)", Path(__file__).read_text("utf-8")))
        assert {path.stem for path in PICTURES.glob("*.png")} == taken
