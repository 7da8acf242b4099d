"""A committee returns a dossier with what is wrong, gets it again, and decides."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.test_pupil_accepts_and_stops import sign_in
from tests.browser.widths import fits


def papers(page: Page, username: str, road: str) -> None:
    """Open the papers of a dossier as somebody."""
    sign_in(page, username)
    page.goto(road)
    page.get_by_role("link", name="Giấy tờ trong hồ sơ").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Giấy tờ trong hồ sơ")


def send(page: Page, road: str) -> None:
    """Send the dossier to the committee that decides."""
    papers(page, "dn.saokhue.bithu", road)
    page.get_by_role("link", name="Gửi hồ sơ").click()
    page.get_by_label("Gửi đến").select_option(index=1)
    page.get_by_role("button", name="Gửi hồ sơ").click()
    expect(page.locator("main")).to_contain_text("chưa được xác nhận")


def decide(page: Page, road: str) -> None:
    """Record the decision of the committee."""
    page.goto(road)
    page.get_by_role("link", name="Ghi bước này").click()
    votes = {"official": 11, "convened": 11, "present": 11, "favour": 11, "against": 0}
    for name, number in votes.items():
        page.fill(f"#id_{name}", str(number))
    page.get_by_role("button", name="Ghi", exact=True).click()


def give_back(
    page: Page, road: str, axe: Callable[[Page], None], shot: Callable[[Page, str], None]
) -> None:
    """Receive the dossier, and return it with what is wrong."""
    papers(page, "dn.capuy", road)
    page.get_by_role("link", name="Xác nhận đã nhận").click()
    axe(page)
    page.get_by_role("button", name="Xác nhận đã nhận").click()
    page.get_by_role("link", name="Trả lại hồ sơ").click()
    axe(page)
    page.get_by_role("button", name="Trả lại hồ sơ").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.select_option("[name=form_1]", "2-KNĐ")
    page.select_option("[name=kind_1]", "unsealed")
    page.fill("[name=sentence_1]", "Đóng dấu giáp lai ảnh và các trang lý lịch.")
    shot(page, "papers-return")
    page.get_by_role("button", name="Trả lại hồ sơ").click()
    expect(page.locator("main")).to_contain_text("Đã trả lại chi bộ trường")
    axe(page)
    shot(page, "papers-returned")


class TestCommittee:
    def test_returns_a_dossier_gets_it_again_and_decides(
        self,
        page: Page,
        phone: Page,
        axe: Callable[[Page], None],
        shot: Callable[[Page, str], None],
    ) -> None:
        sign_in(page, "dn.saokhue.bithu")
        page.goto("/con-duong/?buoc=decided")
        page.locator("table a").first.click()
        name = page.get_by_role("heading", level=1).inner_text()
        road = page.url
        send(page, road)
        axe(page)

        give_back(page, road, axe, shot)

        decide(page, road)
        expect(page.get_by_role("alert")).to_contain_text("chưa nhận lại nên chưa quyết định gì")

        sign_in(page, "dn.saokhue.bithu")
        page.goto("/")
        expect(page.locator("main")).to_contain_text("Hoàn thiện hồ sơ bị trả lại")
        shot(page, "desk-returned")
        send(page, road)
        papers(phone, "dn.saokhue.bithu", road)
        fits(phone)
        shot(phone, "papers-phone")

        sign_in(page, "dn.capuy")
        decide(page, road)
        expect(page.get_by_role("heading", level=1)).to_have_text(name)
        expect(page.locator("main")).to_contain_text("Đã ghi")
        axe(page)
