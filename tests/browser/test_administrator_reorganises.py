"""An administrator looks at the trees on any day, on a desk and on a telephone."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from donghanh.demonstration.load import PASSWORD
from tests.browser.widths import fits


def _signs_in(page: Page, username: str) -> None:
    page.goto("/dang-nhap")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.locator("main h1")).to_be_visible()


class TestTrees:
    def test_open_a_branch_without_leaving_the_page(
        self, page: Page, axe: Callable[[Page], None], shot: Callable[[Page, str], None]
    ) -> None:
        _signs_in(page, "dn.quantri")
        page.goto("/to-chuc/")
        page.locator("details.tree-branch > summary").first.click()
        expect(page.locator(".tree .tree .tree-name").first).to_be_visible()
        fits(page)
        axe(page)
        shot(page, "trees")

    def test_slide_to_an_earlier_day(self, page: Page) -> None:
        _signs_in(page, "dn.quantri")
        page.goto("/to-chuc/")
        page.locator("#id_keo").press("Home")
        expect(page.locator("#trees")).to_contain_text("đơn vị")
        expect(page.locator("#id_keo")).to_have_value("0")
        expect(page).to_have_url(re.compile("keo=0"))

    def test_can_be_used_on_a_telephone(
        self, phone: Page, axe: Callable[[Page], None], shot: Callable[[Page, str], None]
    ) -> None:
        _signs_in(phone, "dn.saokhue.bithu")
        phone.goto("/to-chuc/?cay=party")
        fits(phone)
        axe(phone)
        shot(phone, "trees-phone")


class TestReorganise:
    def test_previews_carries_out_and_undoes(
        self, page: Page, axe: Callable[[Page], None], shot: Callable[[Page, str], None]
    ) -> None:
        _signs_in(page, "dn.quantri")
        page.goto("/to-chuc/")
        page.get_by_role("link", name="Sắp xếp tổ chức").click()
        axe(page)
        page.get_by_role("link", name="Đổi tên").click()
        page.get_by_label("Mã đơn vị").fill("dn-hoaban")
        page.get_by_label("Tên mới").fill("Trường THPT Hoa Ban Mới (mô phỏng)")
        page.get_by_label("Số quyết định").fill("12/QĐ-UBND")
        page.get_by_label("Cơ quan ban hành").fill("Ủy ban nhân dân tỉnh (mô phỏng)")
        page.get_by_label("Ngày ký").fill("10/11/2026")
        page.get_by_label("Có hiệu lực từ ngày").fill("20/11/2026")
        shot(page, "reorganise-form")
        page.get_by_role("button", name="Xem những gì sẽ thay đổi").click()
        expect(page.get_by_role("main")).to_contain_text("Trường THPT Hoa Ban Mới")
        fits(page)
        axe(page)
        shot(page, "reorganise-preview")
        page.get_by_role("button", name="Thực hiện").click()
        expect(page.get_by_role("main")).to_contain_text("12/QĐ-UBND")
        shot(page, "operations")
        page.goto("/to-chuc/?q=hoa+ban+moi&ngay=2026-11-20")
        expect(page.locator("#trees")).to_contain_text("Hoa Ban Mới")
        page.goto("/to-chuc/?q=hoa+ban+moi&ngay=2026-11-19")
        expect(page.locator("#trees")).not_to_contain_text("Hoa Ban Mới")
        page.goto("/to-chuc/sap-xep/")
        page.get_by_role("link", name="Hoàn tác").click()
        axe(page)
        page.get_by_role("button", name="Hoàn tác").click()
        expect(page.get_by_role("main")).to_contain_text("đã hoàn tác")
