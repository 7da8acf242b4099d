"""A practice is proposed, returned, mended, recognised, taken over, and given to a pupil."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from donghanh.demonstration.load import PASSWORD
from tests.browser.widths import fits

TITLE = "Góc đọc lớp dưới do học sinh lớp mười một giữ"
CHALLENGE = "Giữ góc đọc trong một học kỳ"
CHANGED = "Đặt góc đọc ở nhà sinh hoạt cộng đồng của buôn, mở cả ngày chủ nhật."


def sign_in(page: Page, username: str) -> None:
    page.context.clear_cookies()
    page.goto("/dang-nhap")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.locator("main h1")).to_be_visible()
    page.goto("/mo-hinh/")


def opened(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).first.click()


def propose(page: Page, axe: Callable[[Page], None]) -> None:
    """Let a school propose, once refused because the title is too long."""
    sign_in(page, "dn.hoaban.bithu")
    axe(page)
    page.get_by_role("link", name="Đề xuất mô hình").click()
    axe(page)
    page.get_by_label("Tên gọi").first.fill("Góc đọc " * 40)
    page.get_by_label("Mục đích").first.fill("Để học sinh lớp mười có sách đọc gần chỗ học.")
    page.get_by_label("Đối tượng").fill("Học sinh lớp 10")
    page.get_by_label("Các bước").first.fill("Hỏi các bạn cần sách gì\nMở góc đọc, xếp lịch giữ")
    page.get_by_text("Thêm một thử thách").click()
    fields = page.locator(".practice-fields").last
    fields.get_by_label("Tên gọi").fill(CHALLENGE)
    fields.get_by_label("Mục đích").fill("Tập giữ một việc cho đến cùng.")
    fields.get_by_label("Các việc").fill("Nhận lịch\nGiữ góc đọc\nBàn giao")
    fields.get_by_label("Điều em có thể kể lại sau đó").fill("Ngày nhận, ngày bàn giao")
    fields.get_by_label("Thời gian").fill("90")
    page.get_by_role("button", name="Đề xuất", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("nhiều nhất 150")
    page.get_by_label("Tên gọi").first.fill(TITLE)
    page.get_by_role("button", name="Đề xuất", exact=True).click()
    expect(page.locator("main")).to_contain_text("chờ xem xét")


def return_it(page: Page, axe: Callable[[Page], None]) -> None:
    """Let the officer send it back; first without a remark."""
    sign_in(page, "dn.chuyenvien")
    opened(page, TITLE)
    page.get_by_role("link", name="Xem xét").click()
    axe(page)
    page.get_by_role("button", name="Trả lại kèm nhận xét").click()
    expect(page.get_by_role("alert")).to_contain_text("chưa")
    page.get_by_label("Nhận xét").fill("Ghi rõ chi phí mua kệ sách.")
    page.get_by_role("button", name="Trả lại kèm nhận xét").click()
    expect(page.locator("main")).to_contain_text("bị trả lại")


def mend(page: Page, axe: Callable[[Page], None]) -> None:
    sign_in(page, "dn.hoaban.bithu")
    opened(page, TITLE)
    expect(page.locator("main")).to_contain_text("Ghi rõ chi phí mua kệ sách.")
    axe(page)
    page.get_by_role("link", name="Sửa và đề xuất lại").click()
    axe(page)
    page.get_by_label("Chi phí").fill("Kệ sách cũ của trường, không phải mua")
    page.get_by_role("button", name="Lưu thay đổi").click()
    expect(page.locator("main")).to_contain_text("chờ xem xét")


def recognise(page: Page, axe: Callable[[Page], None]) -> None:
    sign_in(page, "dn.chuyenvien")
    opened(page, TITLE)
    page.get_by_role("link", name="Xem xét").click()
    page.get_by_role("button", name="Đề nghị công nhận").click()
    page.get_by_role("link", name="Công nhận", exact=True).click()
    axe(page)
    page.get_by_label("Số quyết định").fill("318/QĐ-SGDĐT")
    page.get_by_label("Ngày quyết định").fill("20/11/2026")
    page.get_by_role("button", name="Công nhận", exact=True).click()
    expect(page.locator("main")).to_contain_text("đã công nhận")
    expect(page.locator("body")).to_contain_text("318/QĐ-SGDĐT")


def take_over(page: Page, axe: Callable[[Page], None]) -> None:
    """Let another school take it over and change it, and state what came of it."""
    sign_in(page, "dn.saokhue.bithu")
    opened(page, TITLE)
    page.get_by_role("link", name="Nhận về áp dụng").click()
    page.get_by_label("Đã sửa gì cho hợp nơi mình").fill(CHANGED)
    page.get_by_label("Áp dụng từ ngày").fill("20/11/2026")
    page.get_by_role("button", name="Nhận về áp dụng").click()
    expect(page.locator(".lineage-card.is-current")).to_contain_text(CHANGED)
    expect(page.locator(".lineage-node .lineage-node")).to_have_count(1)
    page.get_by_role("link", name="Ghi kết quả").click()
    axe(page)
    page.get_by_label("Kết quả gì").fill("Góc đọc đã mở")
    page.get_by_label("Số lượng").fill("1000000000")
    page.get_by_label("Đơn vị tính").fill("góc đọc")
    page.get_by_role("button", name="Lưu kết quả").click()
    expect(page.get_by_role("alert")).to_contain_text("Không đơn vị nào đạt tới số ấy")
    page.get_by_label("Số lượng").fill("2")
    page.get_by_role("button", name="Lưu kết quả").click()
    expect(page.locator("#so-sanh")).to_contain_text("2 góc đọc")
    axe(page)
    fits(page)


class TestSchool:
    def test_proposes_a_practice_that_another_takes_over_and_gives_to_a_pupil(
        self, page: Page, axe: Callable[[Page], None], shot: Callable[[Page, str], None]
    ) -> None:
        propose(page, axe)
        return_it(page, axe)
        mend(page, axe)
        recognise(page, axe)
        take_over(page, axe)
        shot(page, "practice-line")

        page.get_by_role("button", name="Đưa các thử thách vào thư viện của trường").click()
        expect(page.locator("main")).to_contain_text(CHALLENGE)
        section = page.locator("section.section").filter(has_text=CHALLENGE).first
        section.get_by_role("link", name="Giao thử thách này").click()
        expect(page.get_by_label(CHALLENGE)).to_be_checked()
        page.get_by_label("Phạm Gia Trí").check()
        page.get_by_role("button", name="Giao", exact=True).click()
        expect(page.locator("li.task").filter(has_text=CHALLENGE)).to_be_visible()
