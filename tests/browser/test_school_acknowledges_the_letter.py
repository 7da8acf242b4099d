"""A school's secretary opens a letter, acknowledges it, and the department's board shows it."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.test_officer_issues_the_letter import LETTER, share_out, sign_in
from tests.browser.widths import fits


class TestSecretary:
    def test_opens_and_acknowledges_and_the_board_shows_it(
        self,
        page: Page,
        phone: Page,
        axe: Callable[[Page], None],
        shot: Callable[[Page, str], None],
    ) -> None:
        sign_in(page, "dn.chuyenvien")
        page.goto("/chi-dao/doc-moi")
        page.set_input_files("input[type=file]", LETTER)
        page.get_by_role("button", name="Đọc văn bản").click()
        page.get_by_role("button", name="Xác nhận và giao cho đơn vị").click()
        share_out(page)
        page.get_by_role("button", name="Giao văn bản").click()
        board = page.url
        row = page.locator("main tbody tr").filter(has_text="Sao Khuê")
        expect(row).to_contain_text("chưa mở")

        sign_in(phone, "dn.saokhue.bithu")
        phone.goto("/van-ban-den/")
        axe(phone)
        shot(phone, "inbox")
        phone.get_by_role("link", name="Đọc và xác nhận").first.click()
        expect(phone.locator(".paper-text")).to_contain_text("Kính gửi: Các đơn vị trực thuộc")
        expect(phone.locator("main")).to_contain_text("trước ngày 10/6/2024 – chậm nhất 09/6/2024")
        axe(phone)
        shot(phone, "received")
        fits(phone)
        page.goto(board)
        expect(row).to_contain_text("đã mở")

        phone.get_by_role("button", name="Xác nhận đã nhận").click()
        expect(phone.locator("main")).to_contain_text("Đã xác nhận; nơi ban hành thấy ngay.")
        expect(phone.get_by_role("button", name="Xác nhận đã nhận")).to_have_count(0)

        page.goto(f"{board}?q=sao+khue")
        expect(row).to_contain_text("đã xác nhận")
        page.get_by_role("button", name="Nhắc").click()
        expect(page.locator("main")).to_contain_text("Đã nhắc")
