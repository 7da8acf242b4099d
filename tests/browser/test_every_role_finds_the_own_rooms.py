"""Every role opens the own rooms, at a desk and on a telephone, and can use what it finds."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from donghanh.demonstration.load import PASSWORD
from tests.browser.widths import fits

#: Who signs in, and a page beside those of the navigation; names as the demonstration has them.
ROLES = {
    "dn.chuyenvien": ["/tong-hop/2023-2024/", "/tim?q=hoa+ban"],
    "dn.lanhdao": ["/chi-dao/"],
    "dn.saokhue.bithu": ["/tim?q=tran"],
    "dn.saokhue.doan": ["/con-duong/moi"],
    "dn.coso": ["/con-duong/"],
    "dn.capuy": ["/con-duong/"],
    "tv.doankhoi": ["/?nam=2020-2021"],
    "dn.tochuc": ["/con-duong/"],
    "dn.saokhue.giupdo1": ["/con-duong/"],
    "dn.kiemtra": ["/quy-dinh/buoc/"],
    "dn.quantri": ["/quy-dinh/?ngay=2024-06-09"],
}


def _signs_in(page: Page, username: str) -> None:
    page.goto("/dang-nhap")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.locator("main h1")).to_be_visible()


def _rooms(page: Page) -> list[str]:
    links = page.locator("nav.rooms a, nav.bottom a")
    return sorted({str(link.get_attribute("href")) for link in links.all()})


@pytest.mark.parametrize("username", ROLES)
class TestRooms:
    def test_answer_and_can_be_used_at_a_desk(
        self, page: Page, axe: Callable[[Page], None], username: str
    ) -> None:
        _signs_in(page, username)
        for address in [*_rooms(page), *ROLES[username]]:
            answer = page.goto(address)
            assert answer is not None
            assert answer.status == 200, address
            axe(page)

    def test_fit_a_telephone(self, phone: Page, axe: Callable[[Page], None], username: str) -> None:
        _signs_in(phone, username)
        for address in [*_rooms(phone), *ROLES[username]]:
            phone.goto(address)
            fits(phone)
            axe(phone)
