"""The ten-minute walk of docs/walk.md can be walked as it is written."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from donghanh.config import places
from donghanh.demonstration.load import OPEN_CODE, OWN_CODE
from tests.browser.readers import Reader

WALK = places.ROOT / "docs" / "walk.md"
SCHOOL = "Trường THPT chuyên Sao Khuê"


class TestWalk:
    def test_leads_from_the_letter_to_the_report(self, page: Page) -> None:
        reader = Reader(page)
        for stretch in (_officer, _secretary, _pupil, _union, _report, _department):
            stretch(reader)
        reader.has_read(WALK, "*")


def _officer(reader: Reader) -> None:
    reader.signs_in("dn.chuyenvien")
    reader.opens("Xem lại")
    reader.presses("Xác nhận và giao cho đơn vị")
    row = reader.page.locator("main tr", has_text=SCHOOL)
    row.locator("input[type=checkbox]").check()
    row.locator("input[type=number]").fill("4")
    reader.presses("Giao văn bản")
    reader.goes("/chi-dao/")
    reader.opens("Mở câu lạc bộ đồng hành")
    expect(reader.page.locator("main")).to_contain_text("chưa mở")


def _secretary(reader: Reader) -> None:
    reader.signs_in("dn.saokhue.bithu")
    reader.goes("/van-ban-den/")
    reader.opens("Mở")
    reader.presses("Xác nhận đã nhận")
    expect(reader.page.locator("main")).to_contain_text("Đã xác nhận")


def _pupil(reader: Reader) -> None:
    reader.page.context.clear_cookies()
    reader.goes("/tham-gia")
    reader.page.locator("main input:not([type=hidden])").first.fill(OPEN_CODE)
    reader.presses("Đọc lời mời")
    for purpose in reader.page.locator("input[name=purposes]").all():
        purpose.check()
    reader.page.fill("input[name=full_name]", "Nguyễn Thị Ánh Dương")
    reader.page.fill("input[name=birth_date]", "02/9/2008")
    reader.presses("Em đồng ý và gửi")
    expect(reader.page.locator("main")).to_contain_text("Chào Dương")
    reader.goes(f"/cua-em/{OWN_CODE}/")


def _union(reader: Reader) -> None:
    reader.signs_in("dn.saokhue.doan")
    reader.opens("Con đường")
    expect(reader.page.locator("main")).to_contain_text("Nguyễn Thị Ánh Dương")
    reader.opens("Đưa vào nguồn")
    reader.goes("/con-duong/")
    reader.opens("Phan Bảo Quyên")
    reader.opens("Ghi bước này")
    reader.page.fill("input[name=on]", "01/9/2023")
    for name in ("official", "convened", "present", "favour"):
        reader.page.fill(f"input[name={name}]", "15")
    reader.page.fill("input[name=against]", "0")
    reader.presses("Ghi")
    expect(reader.page.locator("main")).to_contain_text("trước ngày")


def _report(reader: Reader) -> None:
    reader.signs_in("dn.saokhue.bithu")
    reader.opens("Con đường")
    reader.opens("Trần Thành Toàn")
    reader.opens("Ghi bước này")
    reader.presses("Ghi")
    reader.opens("Báo cáo")
    reader.opens("2026-2027")
    reader.opens("Kiểm tra và trả lời")
    for asked in reader.page.locator("main textarea").all():
        asked.fill("Khối 10 được rà soát sớm hơn năm trước.")
    reader.presses("Lưu trả lời")
    reader.opens("Báo cáo")
    reader.opens("2026-2027")
    for part in reader.page.locator("main textarea:not([name=attachments])").all():
        part.fill("Đã thực hiện theo kế hoạch.")
    reader.presses("Gửi báo cáo")
    reader.presses("Gửi báo cáo")


def _department(reader: Reader) -> None:
    reader.signs_in("dn.chuyenvien")
    reader.opens("Tổng hợp")
    reader.opens("THPT chuyên Sao Khuê")
    reader.presses("Duyệt báo cáo")
    reader.goes("/tong-hop/2026-2027/")
    reader.opens("Lập báo cáo tổng hợp")
    for field in reader.page.locator("textarea[id^=id_answer_]").all():
        field.fill("Mới có một đơn vị báo cáo.")
    reader.presses("Lập bản này")
    expect(reader.page.get_by_role("link", name="Tải bản Word").first).to_be_visible()
