"""A secretary came to send the report of the school year: figures filled, words added, sent."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import docx
from playwright.sync_api import Page, expect

from donghanh.demonstration.load import PASSWORD
from tests.browser.answering import answer_checks
from tests.browser.widths import fits

YEAR = "2026-2027"
SECRETARY = "dn.saokhue.bithu"


def _sign_in(page: Page, username: str) -> None:
    page.goto("/dang-nhap")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.locator("main h1")).to_be_visible()


class TestSecretary:
    def test_writes_sends_and_takes_the_paper_home(
        self,
        page: Page,
        tmp_path: Path,
        axe: Callable[[Page], None],
        shot: Callable[[Page, str], None],
    ) -> None:
        _sign_in(page, SECRETARY)
        page.goto("/bao-cao/")
        axe(page)
        shot(page, "reports-listing-1280")
        page.get_by_role("link", name=YEAR, exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Báo cáo năm học {YEAR}")
        self._sees_every_figure(page)
        counted = self._opens_a_figure(page)
        axe(page)
        shot(page, "reports-figure-1280")
        page.go_back()
        answer_checks(page)
        self._writes(page)
        axe(page)
        shot(page, "reports-writing-1280")
        page.get_by_role("button", name="Gửi báo cáo").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Gửi báo cáo năm học {YEAR}?")
        axe(page)
        shot(page, "reports-confirm-1280")
        page.get_by_role("button", name="Gửi báo cáo").click()
        self._is_frozen(page)
        axe(page)
        shot(page, "reports-sent-1280")
        assert str(counted) in self._paper(page, tmp_path / "bao-cao.docx")

    def _opens_a_figure(self, page: Page) -> int:
        """Open the list behind a figure; it holds as many as the figure says."""
        row = page.locator("tbody tr", has_text="đoàn viên ưu tú được Đoàn giới thiệu")
        figure = row.get_by_role("link").first
        counted = int(re.findall(r"\d+", figure.inner_text())[0])
        figure.click()
        # A pupil who stopped stays counted, and is named nowhere, not even as one who stopped.
        expect(page.locator("tbody th a").first).to_be_visible()
        assert page.locator("tbody th a").count() <= counted
        assert "dừng" not in page.locator("main table").inner_text()
        return counted

    def _sees_every_figure(self, page: Page) -> None:
        """No row of the figures is hidden behind a bar of its own."""
        box = page.locator(".table-box").first
        hidden = box.evaluate("box => box.scrollHeight - box.clientHeight")
        assert hidden <= 1

    def _writes(self, page: Page) -> None:
        """Write one part and keep it."""
        page.get_by_label("III. Đánh giá chung").fill("Nguồn bảo đảm chất lượng.")
        page.get_by_role("button", name="Lưu").click()
        expect(page.get_by_text("Đã lưu nội dung.")).to_be_visible()
        expect(page.get_by_label("III. Đánh giá chung")).to_have_value("Nguồn bảo đảm chất lượng.")

    def _is_frozen(self, page: Page) -> None:
        """The page holds the words and no field to change them."""
        expect(page.get_by_text("Đã gửi báo cáo; nội dung được giữ nguyên")).to_be_visible()
        expect(page.get_by_text("Nguồn bảo đảm chất lượng.")).to_be_visible()
        expect(page.locator("textarea")).to_have_count(0)

    def _paper(self, page: Page, path: Path) -> list[str]:
        """Take the paper home; return its line on introductions."""
        with page.expect_download() as waiting:
            page.get_by_role("link", name="Tải bản Word").click()
        waiting.value.save_as(path)
        tables = docx.Document(str(path)).tables
        rows = [[cell.text for cell in row.cells] for table in tables for row in table.rows]
        return next(row for row in rows if "Số đoàn viên ưu tú được Đoàn giới thiệu" in row)

    def test_sees_it_sent_on_a_telephone(
        self, phone: Page, axe: Callable[[Page], None], shot: Callable[[Page, str], None]
    ) -> None:
        _sign_in(phone, SECRETARY)
        phone.goto("/bao-cao/")
        axe(phone)
        shot(phone, "reports-listing-390")
        phone.get_by_role("link", name=YEAR, exact=True).click()
        expect(phone.get_by_role("heading", name="Bản đã gửi")).to_be_visible()
        fits(phone)
        axe(phone)
        shot(phone, "reports-sent-390")
