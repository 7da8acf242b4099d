"""A pupil reads an invitation on a telephone, agrees, sees who read the file, and stops."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from donghanh.demonstration.load import OPEN_CODE, PASSWORD
from tests.browser.widths import fits

NAME = "Hoàng Thị Ngọc Ánh"


def sign_in(page: Page, username: str) -> None:
    """Begin as somebody of the demonstration."""
    page.context.clear_cookies()
    page.goto("/dang-nhap")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.locator("main h1")).to_be_visible()


def agree(phone: Page, axe: Callable[[Page], None]) -> str:
    """Let the pupil of the open invitation agree; return the address of the own page."""
    phone.goto("/tham-gia")
    axe(phone)
    phone.get_by_label("Mã trên phiếu của em").fill(f"{OPEN_CODE[:5].lower()}-{OPEN_CODE[5:]}")
    phone.get_by_role("button", name="Đọc lời mời").click()
    boxes = phone.get_by_role("checkbox")
    expect(boxes).to_have_count(3)
    for box in boxes.all():
        expect(box).not_to_be_checked()
    axe(phone)
    phone.get_by_label("Họ và tên của em").fill(NAME)
    phone.get_by_label("Ngày sinh của em").fill("05/01/2008")
    phone.get_by_role("button", name="Em đồng ý và gửi").click()
    expect(phone.get_by_role("alert")).to_contain_text("cần đủ cả ba điều đồng ý")
    expect(phone.get_by_label("Họ và tên của em")).to_have_value(NAME)
    for box in phone.get_by_role("checkbox").all():
        box.check()
    for group in phone.get_by_role("group").filter(has_text="Em là đoàn viên").all():
        group.get_by_label("Có", exact=True).check()
    phone.get_by_role("button", name="Em đồng ý và gửi").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Chào Ánh")
    return phone.url


class TestPupil:
    def test_agrees_sees_who_read_the_file_and_stops_in_two_clicks(
        self,
        page: Page,
        phone: Page,
        axe: Callable[[Page], None],
        shot: Callable[[Page, str], None],
    ) -> None:
        own = agree(phone, axe)
        axe(phone)

        sign_in(page, "dn.saokhue.doan")
        page.goto("/con-duong/")
        row = page.locator("li.task").filter(has_text=NAME)
        row.get_by_role("link", name="Đưa vào nguồn").click()
        page.get_by_role("button", name="Đưa vào nguồn").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(NAME)
        road = page.url

        phone.goto(own)
        expect(phone.locator("main")).to_contain_text("bước 2 trên 18")
        expect(phone.locator("main")).to_contain_text("Ban Thường vụ Đoàn trường")
        fits(phone)
        shot(phone, "own")
        phone.get_by_role("link", name="Dừng lại").click()
        axe(phone)
        phone.get_by_role("button", name="Dừng lại").click()
        expect(phone.locator("main")).to_contain_text("Em đã dừng lại ngày")
        axe(phone)
        shot(phone, "own-stopped")

        answer = page.goto(road)
        assert answer is not None
        assert answer.status == 404
        page.goto("/con-duong/")
        expect(page.locator("main")).not_to_contain_text(NAME)

    def test_finds_no_place_behind_a_code_that_is_not_theirs(self, phone: Page) -> None:
        phone.goto("/tham-gia")
        phone.get_by_label("Mã trên phiếu của em").fill("AAAAA-BBBBB")
        phone.get_by_role("button", name="Đọc lời mời").click()
        expect(phone.get_by_role("alert")).to_contain_text(re.compile("không mở được lời mời nào"))
