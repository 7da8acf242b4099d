"""An officer of the department that carries on reads the years before and after the merger."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.test_officer_issues_the_letter import sign_in
from tests.browser.widths import fits

YEARS = ("2023-2024", "2025-2026")
VIEWS = ("as_was", "as_is", "bridged")
OLD, NEW = "Sở Giáo dục và Đào tạo Đắk Nông", "Sở Giáo dục và Đào tạo Lâm Đồng (mô phỏng)"
#: Who stands at the top, by year and view; the merger took effect on 1 July 2025.
TOPS = {("2023-2024", "as_was"): OLD}
#: The accepted reports of each year, and the schools there are.
REPORTS, SCHOOLS = {"2023-2024": 5, "2025-2026": 6}, 6
CHOSEN = "con-duong-rat-dai-98"
_LINK = re.compile(r'href="([^"]+)"[^>]*>(\d+)<')


def _merges(page: Page) -> None:
    """The administrator enters the decision, late, with the day it took effect."""
    sign_in(page, "dn.quantri")
    page.goto("/to-chuc/sap-xep/moi/merge")
    page.get_by_label("Mã các đơn vị kết thúc").fill("dn-so")
    page.get_by_label("Mã đơn vị nhận").fill("ld-so")
    page.get_by_label("Số quyết định").fill("04/QĐ-UBND")
    page.get_by_label("Cơ quan ban hành").fill("UBND tỉnh Lâm Đồng (mô phỏng)")
    page.get_by_label("Ngày ký").fill("26/06/2025")
    page.get_by_label("Có hiệu lực từ ngày").fill("01/07/2025")
    page.locator("button[name=more]").click()
    page.locator("#id_n0-code").fill("ld-so")
    page.locator("#id_n0-kind").select_option("department")
    page.locator("#id_n0-name").fill(NEW)
    page.locator("#id_n0-short_name").fill("Sở GD&ĐT Lâm Đồng")
    page.locator("#id_n0-place").fill("Lâm Đồng")
    page.get_by_role("button", name="Xem những gì sẽ thay đổi").click()
    expect(page.get_by_role("main")).to_contain_text(NEW)
    fits(page)
    page.get_by_role("button", name="Thực hiện").click()
    expect(page.get_by_role("main")).to_contain_text("04/QĐ-UBND")


def _becomes_an_officer(page: Page) -> None:
    """Somebody is given the post of an officer there, and takes it up."""
    page.goto("/quan-ly-tai-khoan/moi")
    page.fill("input[name=name]", "Nguyễn Thị Phương Thảo")
    page.fill("input[name=username]", "ld.chuyenvien")
    page.fill("input[name=unit_id]", "lam dong")
    page.select_option("select[name=role]", "officer")
    page.get_by_role("button", name="Tạo liên kết").click()
    link = re.search(r"/loi-moi/\w+/", page.locator(".link-slip").inner_text())
    assert link is not None
    page.context.clear_cookies()
    page.goto(link[0])
    page.fill("input[name=password1]", CHOSEN)
    page.fill("input[name=password2]", CHOSEN)
    page.get_by_role("button", name="Lưu mật khẩu").click()
    expect(page.locator("nav.rooms")).to_be_visible()


def _body(page: Page, path: str) -> str:
    """The rows of the tables of a page, without going there."""
    answer = page.request.get(path)
    assert answer.status == 200, path
    found = re.findall(r"<tbody>(.*?)</tbody>", answer.text(), re.S)
    return "".join(found)


def _leaves(page: Page, path: str) -> Iterator[tuple[str, int]]:
    """Every figure of a page with where it leads, through the reports behind a sum."""
    for href, number in _LINK.findall(_body(page, path)):
        if "/so-lieu/" in href:
            yield href.replace("&amp;", "&"), int(number)
        else:
            below = list(_leaves(page, href.replace("&amp;", "&")))
            assert sum(value for _, value in below) == int(number), href
            yield from below


class TestYears:
    def test_are_read_in_three_views_down_to_the_cases(
        self, page: Page, axe: Callable[[Page], None], shot: Callable[[Page, str], Path]
    ) -> None:
        _merges(page)
        _becomes_an_officer(page)
        for year in YEARS:
            for view in VIEWS:
                self._reads_the_board(page, year, view)
                self._consolidates(page, year, view)
        axe(page)
        fits(page)
        shot(page, "merger-consolidation")
        self._is_told_why_no_case_opens(page)

    def _reads_the_board(self, page: Page, year: str, view: str) -> None:
        page.goto(f"/so-lieu/{year}/?cach={view}")
        expect(page.locator(".page-head")).to_contain_text(TOPS.get((year, view), NEW))
        expect(page.locator("[aria-current=page]").filter(has_text="ổ chức")).to_have_count(1)
        units = page.locator("main table").first.locator("tbody tr")
        expect(units).to_have_count(SCHOOLS)
        assert page.locator("main a[href*='/ho-so/']").count() == 0

    def _consolidates(self, page: Page, year: str, view: str) -> None:
        path = f"/tong-hop/{year}/qua-thoi-gian/?cach={view}"
        page.goto(path)
        table = page.locator("main table")
        expect(table.locator("tbody th").first).to_contain_text(TOPS.get((year, view), NEW))
        expect(table.locator("tfoot")).to_contain_text(f"{REPORTS[year]} báo cáo")
        seen = set()
        for leaf, number in _leaves(page, path):
            if leaf not in seen:
                seen.add(leaf)
                assert _body(page, leaf).count("<tr>") == number, leaf
        assert len(seen) == REPORTS[year] * 7

    def _is_told_why_no_case_opens(self, page: Page) -> None:
        page.goto("/so-lieu/2025-2026/")
        page.get_by_role("link", name="Sao Khuê").click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert page.locator("main a[href*='/ho-so/']").count() == 0
        said = "Ở đây chỉ có số liệu; hồ sơ phía sau mở được ở nhà trường và cấp ủy."
        expect(page.get_by_role("main")).to_contain_text(said)

    def test_open_at_the_school_a_list_as_long_as_each_figure(
        self, page: Page, axe: Callable[[Page], None]
    ) -> None:
        sign_in(page, "dn.saokhue.bithu")
        opened = 0
        for year in YEARS:
            for view in VIEWS:
                path = f"/so-lieu/{year}/?cach={view}"
                for href, number in _LINK.findall(_body(page, path)):
                    answer = page.request.get(href.replace("&amp;", "&")).text()
                    closed = re.search(r"(\d+) hồ sơ được đếm nay không còn mở", answer)
                    named = re.findall(r"<tbody>(.*?)</tbody>", answer, re.S)
                    rows = named[0].count("<tr>") if named else 0
                    assert rows + (int(closed[1]) if closed else 0) == int(number), href
                    opened += 1
        assert opened > 60
        page.goto("/so-lieu/2023-2024/ho-so/listed/")
        axe(page)
