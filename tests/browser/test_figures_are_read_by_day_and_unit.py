"""A secretary completes the figures of the school; the department reads them without names."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.test_officer_issues_the_letter import sign_in
from tests.browser.widths import fits


class TestFigures:
    def test_are_entered_opened_and_shown_above_without_small_numbers(
        self,
        page: Page,
        phone: Page,
        axe: Callable[[Page], None],
        shot: Callable[[Page, str], None],
    ) -> None:
        sign_in(phone, "dn.saokhue.bithu")
        phone.goto("/so-lieu/2026-2027/")
        row = phone.locator("main tbody tr").filter(has_text="Tổng số học sinh")
        expect(row).to_have_count(0)
        blank = phone.locator("details").filter(has_text="mà chưa nhập")
        blank.locator("summary").click()
        expect(blank).to_contain_text("Tổng số học sinh")
        axe(phone)
        fits(phone)
        phone.get_by_role("link", name="Nhập số liệu không có trong hồ sơ").click()
        phone.get_by_label("Tổng số học sinh").fill("-3")
        phone.get_by_role("button", name="Lưu số liệu").click()
        expect(phone.locator(".field-error").first).to_be_visible()
        phone.get_by_label("Tổng số học sinh").fill("812")
        phone.get_by_role("button", name="Lưu số liệu").click()
        expect(row).to_contain_text("812")
        shot(phone, "figures-phone")
        introduced = phone.locator("main tbody tr").filter(has_text="Đoàn giới thiệu").last
        introduced.get_by_role("link").click()
        expect(phone.locator("main tbody tr").first).to_be_visible()
        axe(phone)
        _reads_above(page, axe, shot)


def _reads_above(
    page: Page, axe: Callable[[Page], None], shot: Callable[[Page, str], None]
) -> None:
    """Read the same figures as an officer, who sees no small ones."""
    sign_in(page, "dn.chuyenvien")
    page.goto("/so-lieu/2026-2027/")
    expect(page.locator("main tbody tr").filter(has_text="Sao Khuê")).to_be_visible()
    expect(page.locator("main")).to_contain_text("ẩn")
    axe(page)
    shot(page, "figures")
    page.get_by_role("link", name="Quy về tổ chức hiện nay").click()
    page.get_by_role("link", name="Giới thiệu và kết nạp qua các năm học").click()
    expect(page.locator("main")).to_contain_text("Tỷ lệ kết nạp trên giới thiệu")
    axe(page)
