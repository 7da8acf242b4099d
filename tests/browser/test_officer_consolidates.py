"""An officer consolidates without ever touching the mouse; a Union above consolidates, too."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import docx
from playwright.sync_api import Page, expect

from donghanh.demonstration.load import PASSWORD
from tests.browser.answering import answer_checks
from tests.browser.test_officer_issues_the_letter import sign_in

YEAR = "2026-2027"
OFFICER = "dn.chuyenvien"
SECRETARY = "dn.saokhue.bithu"
COMMENT = "Đề nghị ghi rõ phần IV."
#: More stops than any of the pages has.
_STOPS = 300
_NAME = """
() => {
  const node = document.activeElement;
  if (!node || node === document.body) return "";
  const label = node.labels && node.labels.length ? node.labels[0].innerText : "";
  return (node.getAttribute("aria-label") || label || node.innerText || "").trim();
}
"""


class Keyboard:
    """Somebody who uses a page by Tab, Enter and typing alone."""

    def __init__(self, page: Page) -> None:
        """Begin wherever the page is."""
        self.page = page

    def reach(self, name: str) -> None:
        """Press Tab until what begins with a name has the focus, and can be seen to have it."""
        for _ in range(_STOPS):
            self.page.keyboard.press("Tab")
            if str(self.page.evaluate(_NAME)).startswith(name):
                outline = "getComputedStyle(document.activeElement).outlineStyle"
                assert self.page.evaluate(outline) != "none"
                return
        raise AssertionError(f"Tab never reaches {name!r} on {self.page.url}")

    def press(self, name: str) -> None:
        """Reach a link or a button and press Enter."""
        self.reach(name)
        self.page.keyboard.press("Enter")

    def type(self, name: str, words: str) -> None:
        """Reach a field and type into it."""
        self.reach(name)
        self.page.keyboard.type(words)


def _school_sends(page: Page, words: str) -> None:
    """Let the school send its report, with the mouse and without scripts."""
    page.goto("/bao-cao/")
    if "/dang-nhap" in page.url:
        page.fill("input[name=username]", SECRETARY)
        page.fill("input[name=password]", PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
        page.goto("/bao-cao/")
    page.get_by_role("link", name=YEAR, exact=True).click()
    answer_checks(page)
    page.get_by_label("IV. Phương hướng, nhiệm vụ").fill(words)
    page.get_by_role("button", name="Gửi báo cáo").click()
    page.get_by_role("button", name="Gửi báo cáo").click()
    expect(page.get_by_text("Đã gửi báo cáo; nội dung được giữ nguyên")).to_be_visible()


class TestOfficer:
    def test_returns_accepts_consolidates_and_downloads_by_keyboard_alone(
        self,
        page: Page,
        plain: Page,
        tmp_path: Path,
        axe: Callable[[Page], None],
        shot: Callable[[Page, str], None],
    ) -> None:
        def look(name: str, title: str) -> None:
            expect(page.get_by_role("heading", level=1)).to_contain_text(title)
            axe(page)
            shot(page, f"reports-{name}-1280")

        _school_sends(plain, "")
        keys = Keyboard(page)
        self._signs_in(keys)
        keys.press("Tổng hợp")
        look("sheet", f"Tổng hợp năm học {YEAR}")
        school = page.locator("tbody th a").first.inner_text()
        keys.press(school)
        look("review", school)
        self._returns(keys)
        self._comes_again(plain)
        self._accepts(keys, school)
        keys.press("Lập báo cáo tổng hợp")
        look("consolidate", "Báo cáo tổng hợp")
        self._makes(keys)
        look("versions", "Các bản tổng hợp")
        with page.expect_download() as waiting:
            keys.press("Tải bản Word")
        path = tmp_path / "tong-hop.docx"
        waiting.value.save_as(path)
        self._check(path, school)

    def _signs_in(self, keys: Keyboard) -> None:
        keys.page.goto("/dang-nhap")
        keys.type("Tài khoản", OFFICER)
        keys.type("Mật khẩu", PASSWORD)
        keys.page.keyboard.press("Enter")
        expect(keys.page.locator("nav.rooms")).to_be_visible()

    def _returns(self, keys: Keyboard) -> None:
        keys.type("Nội dung cần sửa", COMMENT)
        keys.press("Trả lại báo cáo")
        expect(keys.page.get_by_text("Đã trả lại báo cáo")).to_be_visible()

    def _comes_again(self, plain: Page) -> None:
        """The school reads the comment above its report, corrects and sends again."""
        plain.goto("/bao-cao/")
        plain.get_by_role("link", name=YEAR, exact=True).click()
        expect(plain.get_by_text(COMMENT).first).to_be_visible()
        _school_sends(plain, "Tạo nguồn từ lớp 10.")

    def _accepts(self, keys: Keyboard, school: str) -> None:
        keys.press("Tổng hợp")
        expect(keys.page.get_by_role("heading", level=1)).to_contain_text("Tổng hợp")
        keys.press(school)
        expect(keys.page.get_by_text("Tạo nguồn từ lớp 10.")).to_be_visible()
        expect(keys.page.get_by_text("Trả lại bản số 1")).to_be_visible()
        keys.press("Duyệt báo cáo")
        expect(keys.page.get_by_text("Đã duyệt báo cáo")).to_be_visible()

    def _makes(self, keys: Keyboard) -> None:
        # What differs from the year before is explained first; the fields stand above the words.
        for field in keys.page.locator("textarea[id^=id_answer_]").all():
            label = keys.page.locator(f"label[for={field.get_attribute('id')}]").inner_text()
            keys.type(label.strip()[:40], "Mới có một đơn vị báo cáo.")
        keys.type("III. Đánh giá chung", "Các đơn vị đã chủ động.")
        keys.press("Lập bản này")
        expect(keys.page.get_by_text("Đã lập và lưu báo cáo tổng hợp.")).to_be_visible()

    def _check(self, path: Path, school: str) -> None:
        """Open the paper again: one unit counted, with its target against its result."""
        paper = docx.Document(str(path))
        rows = [[cell.text for cell in row.cells] for one in paper.tables for row in one.rows]
        totals = [row for row in rows if row[1:2] == ["Tổng cộng"]]
        assert totals[0][2].startswith("1/")
        assert any(school in row[1] and "Đã duyệt" in row[2] for row in rows if len(row) > 2)
        assert any(row[0].isdecimal() and school in row[1] and row[2] == "2" for row in rows)
        assert any("≤ 4" in row for row in rows)  # no small figure of a single unit is printed
        assert "Các đơn vị đã chủ động." in "\n".join(one.text for one in paper.paragraphs)


class TestUnion:
    def test_asks_the_schools_unions_accepts_quotes_and_consolidates(
        self,
        page: Page,
        phone: Page,
        tmp_path: Path,
        axe: Callable[[Page], None],
        shot: Callable[[Page, str], Path],
    ) -> None:
        self._asks(page)
        self._school_union_reports(phone, axe, shot)
        page.goto(f"/tong-hop/{YEAR}/")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Tổng hợp năm học")
        axe(page)
        shot(page, "union-sheet-1280")
        page.locator("tbody th a").first.click()
        expect(page.locator("h1")).to_contain_text("Đoàn")
        assert page.locator("main table a").count() == 0  # counts alone, no case behind them
        page.get_by_role("button", name="Duyệt báo cáo").click()
        page.get_by_role("link", name="Lập báo cáo tổng hợp").click()
        self._makes(page, axe, shot)
        with page.expect_download() as waiting:
            page.get_by_role("link", name="Tải bản Word").first.click()
        path = tmp_path / "tong-hop-doan.docx"
        waiting.value.save_as(path)
        paper = docx.Document(str(path))
        head = "\n".join(cell.text for row in paper.tables[0].rows for cell in row.cells)
        assert "ĐOÀN TNCS HỒ CHÍ MINH" in head
        assert "-BC/TĐTN" in head
        assert "TM. BAN THƯỜNG VỤ" in paper.tables[1].cell(0, 1).text
        said = "\n".join(one.text for one in paper.paragraphs)
        assert "“Giới thiệu 02 đoàn viên ưu tú.”" in said

    def _asks(self, page: Page) -> None:
        """The Union above writes a plan with a report to it, signs and issues it."""
        sign_in(page, "dn.tinhdoan")
        page.goto("/chi-dao/soan")
        page.locator("#id_kind").select_option("plan")
        page.fill("#id_subject", "Tạo nguồn phát triển đảng trong đoàn viên năm học 2026-2027")
        page.fill("#id_parts-0-text", "Giới thiệu đoàn viên ưu tú.")
        page.fill("#id_duties-0-text", "Báo cáo kết quả thực hiện")
        page.fill("#id_duties-0-due", "10/6")
        page.check("#id_duties-0-before")
        page.get_by_role("button", name="Lưu dự thảo").click()
        page.get_by_role("button", name="Trình ký").click()
        page.get_by_role("button", name="Ký văn bản").click()
        page.get_by_role("button", name="Cấp số và ban hành").click()
        expect(page.locator("main")).to_contain_text("Đã cấp số và ban hành")

    def _school_union_reports(
        self, phone: Page, axe: Callable[[Page], None], shot: Callable[[Page, str], Path]
    ) -> None:
        sign_in(phone, "dn.saokhue.doan")
        phone.goto("/bao-cao/")
        phone.get_by_role("button", name="Lập báo cáo").first.click()
        answer_checks(phone)
        phone.get_by_label("II. Kết quả").fill("Giới thiệu 02 đoàn viên ưu tú.")
        axe(phone)
        shot(phone, "union-report-390")
        phone.get_by_role("button", name="Gửi báo cáo").click()
        phone.get_by_role("button", name="Gửi báo cáo").click()
        expect(phone.get_by_text("Đã gửi báo cáo; nội dung được giữ nguyên")).to_be_visible()

    def _makes(
        self, page: Page, axe: Callable[[Page], None], shot: Callable[[Page, str], Path]
    ) -> None:
        expect(page.locator("main")).to_contain_text("Số nhỏ của từng đơn vị được che")
        page.locator("summary").filter(has_text="Các đơn vị viết ở phần này").click()
        page.locator("input[name=take]").first.check()
        axe(page)
        shot(page, "union-consolidate-1280")
        page.get_by_role("button", name="Đưa các đoạn đã chọn vào").click()
        expect(page.get_by_label("II. Kết quả")).to_have_value(
            re.compile("“Giới thiệu 02 đoàn viên ưu tú.”$")
        )
        for field in page.locator("textarea[id^=id_answer_]").all():
            field.fill("Mới có một đơn vị báo cáo.")
        page.get_by_role("button", name="Lập bản này").click()
        expect(page.get_by_text("Đã lập và lưu báo cáo tổng hợp.")).to_be_visible()
