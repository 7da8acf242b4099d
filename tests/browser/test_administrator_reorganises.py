"""An administrator looks at the trees on any day, on a desk and on a telephone."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from donghanh.demonstration.load import PASSWORD


def _signs_in(page: Page, username: str) -> None:
    page.goto("/dang-nhap")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.locator("main h1")).to_be_visible()


def _fits(page: Page) -> None:
    """Nothing stands beyond the right edge of the screen."""
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= (page.viewport_size or {"width": 0})["width"]


class TestTrees:
    def test_open_a_branch_without_leaving_the_page(
        self, page: Page, axe: Callable[[Page], None], shot: Callable[[Page, str], Path]
    ) -> None:
        _signs_in(page, "dn.quantri")
        page.goto("/to-chuc/")
        page.locator("details.tree-branch > summary").first.click()
        expect(page.locator(".tree .tree .tree-name").first).to_be_visible()
        _fits(page)
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
        self, phone: Page, axe: Callable[[Page], None], shot: Callable[[Page, str], Path]
    ) -> None:
        _signs_in(phone, "dn.saokhue.bithu")
        phone.goto("/to-chuc/?cay=party")
        _fits(phone)
        axe(phone)
        shot(phone, "trees-phone")
