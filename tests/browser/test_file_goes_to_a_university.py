"""A pupil leaves: asked, agreed, sent, and confirmed by a university through the link, once."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Browser, Page, expect

from donghanh.demonstration.load import OWN_CODE
from tests.browser.house import Site
from tests.browser.test_pupil_accepts_and_stops import sign_in


def begin(page: Page, axe: Callable[[Page], None]) -> str:
    """Ask the pupil of the own code about a university; return the address of the hand-over."""
    copy = page.request.get(f"/cua-em/{OWN_CODE}/ban-sao.json").json()
    sign_in(page, "dn.saokhue.bithu")
    page.goto(f"/con-duong/?q={copy['record']['full_name']}")
    page.locator("table a").first.click()
    page.get_by_role("link", name="Chuyển giao hồ sơ").click()
    axe(page)
    page.get_by_role("button", name="Hỏi ý kiến em").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Đại học, cao đẳng, trường nghề").check()
    page.get_by_label("Đơn vị, nếu không có trong danh sách").fill(
        "Đảng ủy Trường Đại học Tây Nguyên (mô phỏng)"
    )
    page.get_by_role("button", name="Hỏi ý kiến em").click()
    expect(page.locator("main")).to_contain_text("chờ ý kiến của em")
    axe(page)
    return page.url


def agree(phone: Page, axe: Callable[[Page], None], shot: Callable[[Page, str], None]) -> None:
    """Let the pupil read the question on the own page, and agree."""
    phone.goto(f"/cua-em/{OWN_CODE}/")
    axe(phone)
    shot(phone, "own-asked")
    phone.get_by_role("link", name="Đọc và trả lời").click()
    axe(phone)
    shot(phone, "own-handover")
    phone.get_by_role("button", name="Em đồng ý").click()
    expect(phone.locator("body")).to_contain_text("Em đã đồng ý ngày")


def confirm(
    browser: Browser,
    site: Site,
    secret: tuple[str, str],
    axe: Callable[[Page], None],
    shot: Callable[[Page, str], None],
) -> None:
    """Confirm at the university with link and code; the link opens nothing afterwards."""
    there = browser.new_context(base_url=site.url, locale="vi-VN").new_page()
    there.goto(secret[0])
    axe(there)
    shot(there, "link")
    there.get_by_label("Mã được đọc qua điện thoại").fill(secret[1].lower())
    there.get_by_role("button", name="Mở").click()
    axe(there)
    shot(there, "link-named")
    there.get_by_label("Người xác nhận").fill("Lê Thị Thu, Văn phòng Đảng ủy")
    there.get_by_role("button", name="Xác nhận đã nhận").click()
    expect(there.get_by_role("heading", level=1)).to_have_text("Đã xác nhận nhận hồ sơ")
    axe(there)
    there.goto(secret[0])
    expect(there.locator("body")).to_contain_text("Đường dẫn này không mở được gì")
    there.context.close()


class TestHandOver:
    def test_follows_the_file_until_the_university_confirms(
        self,
        page: Page,
        phone: Page,
        site: Site,
        browser: Browser,
        axe: Callable[[Page], None],
        shot: Callable[[Page, str], None],
    ) -> None:
        handover = begin(page, axe)

        agree(phone, axe, shot)

        page.goto(handover)
        axe(page)
        shot(page, "handover-agreed")
        page.get_by_role("button", name="Gửi hồ sơ đi").click()
        axe(page)
        shot(page, "handover-slip")
        link = re.search(r"/nhan-ho-so/\w+/", page.locator("main").inner_text())
        code = re.search(r"\b[A-Z2-9]{4}-[A-Z2-9]{4}\b", page.locator("main").inner_text())
        assert link is not None
        assert code is not None
        page.goto("/")
        expect(page.locator("main")).to_contain_text("Chưa ai xác nhận hồ sơ đã chuyển")

        confirm(browser, site, (link[0], code[0]), axe, shot)

        page.goto("/con-duong/chuyen-giao/")
        expect(page.locator("main")).to_contain_text("đã nhận")
        expect(page.locator("main")).to_contain_text("Hồ sơ số")
        axe(page)
        shot(page, "handover-done")
        phone.reload()
        expect(phone.locator("body")).to_contain_text("đã xác nhận nhận hồ sơ của em")
