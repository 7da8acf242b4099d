"""A road leaves the usual way: other introducers, more time, off the list, and back."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.test_pupil_accepts_and_stops import sign_in
from tests.browser.widths import fits

#: Names as the demonstration has them: decided, ceremony overdue; applied; waits for the Union.
OVERDUE, APPLIED, SOURCED = "Trần Thành Toàn", "Lý Hữu Hiếu", "Phan Bảo Quyên"


def opens(page: Page, username: str, name: str) -> None:
    """Open the road of somebody as somebody else."""
    sign_in(page, username)
    page.goto("/con-duong/")
    page.get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def present(page: Page) -> Locator:
    """Return the step the road waits for."""
    return page.locator("[aria-current=step]")


class TestSecretary:
    def test_lets_two_members_introduce_instead_of_the_union(
        self, page: Page, axe: Callable[[Page], None], shot: Callable[[Page, str], None]
    ) -> None:
        opens(page, "dn.saokhue.bithu", SOURCED)
        expect(present(page)).to_contain_text("Đoàn giới thiệu")
        page.get_by_role("link", name="Sửa thông tin").click()
        axe(page)
        shot(page, "facts")
        page.locator("input[name=by_members]").check()
        page.locator("main form button").first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text(SOURCED)
        expect(present(page)).to_contain_text("cảm tình Đảng")
        axe(page)

    def test_takes_a_pupil_off_the_list_and_declares_it_invalid(
        self,
        page: Page,
        phone: Page,
        axe: Callable[[Page], None],
        shot: Callable[[Page, str], None],
    ) -> None:
        opens(page, "dn.saokhue.bithu", APPLIED)
        before = present(page).inner_text()
        page.get_by_role("link", name="Đưa ra khỏi danh sách cảm tình Đảng").click()
        axe(page)
        page.get_by_role("button", name="Ghi", exact=True).click()
        expect(page.locator("main")).to_contain_text("chi bộ đã đưa em ra khỏi danh sách")
        expect(present(page)).to_have_count(0)
        axe(page)
        shot(page, "road-unlisted")
        opens(phone, "dn.saokhue.bithu", APPLIED)
        fits(phone)
        page.get_by_role("link", name="Tuyên bố không hợp lệ Đưa ra").click()
        axe(page)
        page.get_by_label("Lý do").fill("Ghi nhầm hồ sơ.")
        page.locator("main form button").first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text(APPLIED)
        assert present(page).inner_text() == before


class TestCommittee:
    def test_allows_more_time_for_a_ceremony_that_is_overdue(
        self, page: Page, axe: Callable[[Page], None], shot: Callable[[Page, str], None]
    ) -> None:
        opens(page, "dn.capuy", OVERDUE)
        expect(present(page)).to_contain_text("trễ 10 ngày")
        page.get_by_role("link", name="Gia hạn").click()
        axe(page)
        shot(page, "record-more-time")
        page.get_by_label("Hạn mới").fill("01/01/2026")
        page.get_by_role("button", name="Ghi", exact=True).click()
        expect(page.get_by_role("alert")).to_be_visible()
        axe(page)
        page.get_by_label("Hạn mới").fill("25/12/2026")
        page.get_by_role("button", name="Ghi", exact=True).click()
        expect(page.locator("aside")).to_contain_text("đã được gia hạn")
        expect(page.locator("aside")).to_contain_text("25/12/2026")
        axe(page)
        shot(page, "road-more-time")
