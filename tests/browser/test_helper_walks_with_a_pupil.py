"""A helper gives a challenge; the pupil accepts, does, reflects; the helper answers in words."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from donghanh.demonstration.load import OWN_CODE, PASSWORD
from tests.browser.widths import fits

OWN = f"/cua-em/{OWN_CODE}/"
NAME = "Phạm Gia Trí"
CHALLENGE = "Kèm một bạn cùng tiến"


def sign_in(page: Page, username: str) -> None:
    page.context.clear_cookies()
    page.goto("/dang-nhap")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.locator("main h1")).to_be_visible()


def give(page: Page, axe: Callable[[Page], None]) -> None:
    """Let the helper give the pupil a challenge."""
    sign_in(page, "dn.saokhue.giupdo1")
    page.goto("/con-duong/")
    page.get_by_role("link", name="Đồng hành", exact=True).click()
    axe(page)
    page.get_by_role("link", name="Giao thử thách").first.click()
    axe(page)
    page.get_by_label(CHALLENGE).check()
    page.get_by_role("button", name="Giao", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Chọn ít nhất một học sinh")
    expect(page.get_by_label(CHALLENGE)).to_be_checked()
    page.get_by_label(NAME).check()
    page.get_by_role("button", name="Giao", exact=True).click()
    row = page.locator("li.task").filter(has_text=CHALLENGE)
    expect(row).to_contain_text("chưa thực hiện")


def do(phone: Page, axe: Callable[[Page], None]) -> None:
    """Let the pupil accept, tell, be refused once, and reflect."""
    phone.goto(OWN)
    axe(phone)
    phone.get_by_role("link", name="Đồng hành", exact=True).click()
    axe(phone)
    phone.get_by_role("link", name=CHALLENGE).click()
    axe(phone)
    phone.get_by_role("button", name="Em nhận", exact=True).click()
    phone.get_by_label("Việc nào").select_option("1")
    phone.get_by_label("Em đã làm gì").fill("Hai đứa hẹn chiều thứ ba")
    phone.get_by_label("Ngày nào").fill("01/01/2030")
    phone.get_by_role("button", name="Lưu dòng này").click()
    expect(phone.get_by_role("alert")).to_contain_text("chưa tới")
    expect(phone.get_by_label("Em đã làm gì")).to_have_value("Hai đứa hẹn chiều thứ ba")
    phone.get_by_label("Ngày nào").fill("21/11/2026")
    phone.get_by_role("button", name="Lưu dòng này").click()
    expect(phone.locator("main")).to_contain_text("Điều em đã kể")
    axe(phone)
    fits(phone)
    phone.get_by_label("Điều em nhận được").fill("Em biết chờ bạn nghĩ.")
    phone.get_by_role("button", name="Em đã làm xong, gửi đi").click()
    expect(phone.locator("main")).to_contain_text("đã gửi, chờ đọc")


class TestHelper:
    def test_walks_with_a_pupil_who_reads_every_word_and_who_saw_the_file(
        self,
        page: Page,
        phone: Page,
        axe: Callable[[Page], None],
        shot: Callable[[Page, str], None],
    ) -> None:
        give(page, axe)
        do(phone, axe)

        page.goto("/")
        page.locator("li.task").filter(has_text=CHALLENGE).get_by_role("link").last.click()
        expect(page.locator("main")).to_contain_text("Em biết chờ bạn nghĩ.")
        axe(page)
        page.get_by_label("Câu trả lời").fill("Em bền bỉ lắm.")
        page.get_by_role("button", name="Gửi trả lời").click()
        page.get_by_role("link", name=NAME).click()
        page.get_by_role("link", name="Viết ghi chú").click()
        axe(page)
        page.get_by_label("Nội dung").fill("Chiều thứ ba gặp em ở thư viện.")
        page.get_by_role("button", name="Lưu ghi chú").click()
        expect(page.locator("main")).to_contain_text("gặp em ở thư viện")
        axe(page)
        shot(page, "accompaniment-pupil")

        phone.goto(f"{OWN}dong-hanh/")
        expect(phone.locator("main")).to_contain_text("gặp em ở thư viện")
        shot(phone, "accompaniment-own")
        phone.get_by_role("link", name=CHALLENGE).click()
        expect(phone.locator("main")).to_contain_text("Em bền bỉ lắm.")
        phone.goto(OWN)
        readers = phone.locator("section.card").filter(has_text="Ai đã xem hồ sơ của em")
        expect(readers).to_contain_text("Đảng viên giúp đỡ")
