"""The department came to share its target out; the school sees its own, and why it was changed."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from donghanh.demonstration.load import PASSWORD
from tests.browser.widths import fits

SCHOOL = "Trường THPT chuyên Sao Khuê (mô phỏng)"
PAGE = "/chi-tieu/2026-2027/admitted/"
WHY = "Bổ sung theo kế hoạch học kỳ II."


def _sign_in(page: Page, username: str) -> None:
    page.goto("/dang-nhap")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.locator("main h1")).to_be_visible()


class TestDepartment:
    def test_shares_out_and_changes_with_a_reason_that_the_school_reads(
        self,
        page: Page,
        phone: Page,
        axe: Callable[[Page], None],
        shot: Callable[[Page, str], None],
    ) -> None:
        _sign_in(page, "dn.chuyenvien")
        page.goto("/")
        page.get_by_role("navigation", name="Các phần việc", exact=True).get_by_role(
            "link", name="Số liệu"
        ).click()
        page.get_by_role("link", name="Chỉ tiêu", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Chỉ tiêu năm học 2026-2027")
        axe(page)
        shot(page, "targets-plan-1280")
        page.get_by_role("link", name="Giao chỉ tiêu").click()
        page.get_by_label("Cấp trên giao cho đơn vị mình").fill("9")
        page.get_by_label(SCHOOL).fill("3")
        page.get_by_label("Số quyết định hoặc văn bản").fill("125/QĐ-SGDĐT")
        page.get_by_label("Ngày ký").fill("20/11/2026")
        page.get_by_role("button", name="Giao các chỉ tiêu này").click()
        expect(page.get_by_role("alert")).to_contain_text("Hãy ghi lý do điều chỉnh")
        axe(page)
        shot(page, "targets-refused-1280")
        page.get_by_label("Lý do điều chỉnh").fill(WHY)
        page.get_by_role("button", name="Giao các chỉ tiêu này").click()
        expect(
            page.get_by_text("Đã giao chỉ tiêu; các đơn vị thấy chỉ tiêu của mình.")
        ).to_be_visible()
        expect(page.get_by_text("còn 2 chưa giao")).to_be_visible()
        page.get_by_text("Số liệu của biểu đồ").first.click()
        axe(page)
        shot(page, "targets-shared-1280")
        self._school_sees(phone, axe, shot)

    def _school_sees(
        self, phone: Page, axe: Callable[[Page], None], shot: Callable[[Page, str], None]
    ) -> None:
        """Look at the own target on a telephone: how it came about, and no name of a pupil."""
        _sign_in(phone, "dn.saokhue.bithu")
        phone.goto(PAGE)
        fits(phone)
        axe(phone)
        shot(phone, "targets-own-390")
        phone.get_by_role("link", name=SCHOOL).click()
        expect(phone.get_by_text(WHY)).to_be_visible()
        expect(phone.get_by_text("đã thay")).to_be_visible()
        fits(phone)
        axe(phone)
        shot(phone, "targets-unit-390")
