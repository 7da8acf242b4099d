"""The Union plans an activity and opens checking in; a pupil checks in and shows it."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import FilePayload, Page, expect

from donghanh.demonstration.illustration import drawn
from donghanh.demonstration.load import OWN_CODE
from donghanh.lib import days
from tests import loaded
from tests.browser.test_helper_walks_with_a_pupil import NAME, sign_in
from tests.browser.widths import fits

TITLE = "Đọc thư chiến sĩ gửi từ đảo xa, viết lời đáp"
WORDS = "Em viết thư cho một anh chỉ hơn em hai tuổi."


def plan(page: Page, axe: Callable[[Page], None]) -> None:
    """Plan an activity of today: refused once for its hours, then kept."""
    sign_in(page, "dn.saokhue.doan")
    page.goto("/hoat-dong/")
    axe(page)
    fits(page)
    page.get_by_role("link", name="Lịch tháng").click()
    axe(page)
    fits(page)
    page.goto("/hoat-dong/moi")
    axe(page)
    page.get_by_label("Loại hoạt động").select_option("tradition")
    page.get_by_label("Tên hoạt động").fill(TITLE)
    page.get_by_label("Ngày", exact=True).fill(days.day(loaded.DAY))
    page.get_by_label("Bắt đầu lúc").fill("23:59")
    page.get_by_label("Kết thúc lúc").fill("00:00")
    page.get_by_label("Địa điểm").fill("Hội trường")
    page.get_by_label("Dành cho ai").fill("Học sinh khối 12")
    page.get_by_role("button", name="Lưu hoạt động").click()
    expect(page.get_by_role("alert")).to_contain_text("Hãy sửa lại giờ")
    page.get_by_label("Bắt đầu lúc").fill("00:00")
    page.get_by_label("Kết thúc lúc").fill("23:59")
    page.get_by_role("button", name="Lưu hoạt động").click()
    expect(page.locator("main h1")).to_have_text(TITLE)
    axe(page)


def look_back(page: Page, axe: Callable[[Page], None]) -> None:
    """State the number, write what was learnt, keep a photo: refused once, then kept."""
    sign_in(page, "dn.saokhue.doan")
    page.goto("/hoat-dong/")
    page.get_by_role("link", name=TITLE).click()
    page.get_by_label("Số tham gia").fill("30")
    page.get_by_role("button", name="Lưu số tham gia").click()
    page.get_by_role("link", name="Ghi rút kinh nghiệm").click()
    axe(page)
    page.get_by_label("Lần sau cần gì").fill("Mượn thêm một micrô.")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.locator("#rut-kinh-nghiem")).to_contain_text("Mượn thêm một micrô.")
    page.get_by_role("link", name="Thêm ảnh").click()
    axe(page)
    fits(page)
    photo: FilePayload = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": drawn(7)}
    page.get_by_label("Ảnh", exact=True).set_input_files(photo)
    page.get_by_label("Ảnh chụp gì").fill("Con đường lên đồi")
    page.get_by_role("button", name="Lưu ảnh").click()
    expect(page.get_by_role("alert")).to_contain_text("nhận ra ai")
    page.get_by_label("Ảnh", exact=True).set_input_files(photo)
    page.get_by_label("Không nhận ra ai").check()
    page.get_by_role("button", name="Lưu ảnh").click()
    expect(page.get_by_role("img", name="Con đường lên đồi")).to_be_visible()
    axe(page)
    fits(page)


class TestPupil:
    def test_checks_in_once_and_shows_it_by_own_word(
        self, page: Page, phone: Page, axe: Callable[[Page], None]
    ) -> None:
        plan(page, axe)
        page.get_by_role("button", name="Mở điểm danh").click()
        axe(page)
        scanned = page.locator(".check-in-address").inner_text()

        phone.goto(scanned)
        axe(phone)
        phone.get_by_label("Mã của em").fill(OWN_CODE)
        phone.get_by_role("button", name="Tiếp tục").click()
        axe(phone)
        phone.get_by_role("button", name="Em có mặt").click()
        expect(phone.locator("main")).to_contain_text("Em đã được điểm danh")
        axe(phone)
        phone.get_by_role("link", name="Hoạt động của em").click()
        axe(phone)
        fits(phone)
        card = phone.locator(".card").filter(has_text=TITLE)
        card.get_by_label("Lời của em").fill(WORDS)
        card.get_by_role("button", name="Đưa vào con đường của em").click()
        expect(card).to_contain_text(WORDS)

        sign_in(page, "dn.saokhue.giupdo1")
        page.goto("/con-duong/")
        page.get_by_role("link", name=NAME).first.click()
        page.get_by_role("link", name="Hoạt động", exact=True).last.click()
        expect(page.locator("main")).to_contain_text(WORDS)
        axe(page)
        fits(page)

        look_back(page, axe)
