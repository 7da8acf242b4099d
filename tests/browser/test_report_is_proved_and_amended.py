"""A school explains a figure, is returned on it, is accepted, amends; the department proves it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import docx
from playwright.sync_api import Page, expect

from donghanh.demonstration.load import PASSWORD
from tests.browser.answering import answer_checks
from tests.browser.widths import fits

YEAR = "2026-2027"
TITLE = "Số đoàn viên ưu tú được Đoàn giới thiệu"
WHY = "Một em được Đoàn khối giới thiệu trước khi nhập hồ sơ."

Look = Callable[[Page, str], None]


def _sign_in(page: Page, username: str) -> None:
    page.goto("/dang-nhap")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.locator("main h1")).to_be_visible()


def _opens(school: Page) -> None:
    school.goto("/bao-cao/")
    school.get_by_role("link", name=YEAR, exact=True).click()


def _sends(school: Page) -> None:
    school.get_by_role("button", name="Gửi báo cáo").click()
    school.get_by_role("button", name="Gửi báo cáo").click()
    expect(school.get_by_text("Đã gửi báo cáo; nội dung được giữ nguyên")).to_be_visible()


def _changes(school: Page, value: str) -> None:
    """Report another figure than counted, from the list behind it."""
    school.locator("tbody tr", has_text=TITLE).get_by_role("link").first.click()
    school.get_by_role("link", name="Báo cáo con số khác…").click()
    school.get_by_label("Con số báo cáo").fill(value)
    school.get_by_label("Vì sao khác số đếm từ hồ sơ").fill(WHY)


def _reviews(office: Page) -> None:
    office.goto(f"/tong-hop/{YEAR}/")
    office.locator("tbody th a").first.click()


class TestReport:
    def test_goes_back_and_forth_and_is_proved(
        self,
        page: Page,
        phone: Page,
        tmp_path: Path,
        axe: Callable[[Page], None],
        shot: Callable[[Page, str], None],
    ) -> None:
        def look(at: Page, name: str) -> None:
            axe(at)
            shot(at, f"reports-{name}")

        _sign_in(phone, "dn.saokhue.bithu")
        _sign_in(page, "dn.chuyenvien")
        self._school_explains(phone, look)
        self._department_returns_on_the_figure(page, look)
        self._school_finds_it_marked(phone, look)
        _reviews(page)
        page.get_by_role("button", name="Duyệt báo cáo").click()
        self._school_amends(phone, look)
        self._department_sees_the_difference(page, look)
        self._department_proves(page, tmp_path, look)
        self._department_closes(page, look)
        self._on_a_telephone(phone, look)

    def _school_explains(self, school: Page, look: Look) -> None:
        _opens(school)
        _changes(school, "9")
        look(school, "change-390")
        school.get_by_role("button", name="Lưu con số này").click()
        expect(school.get_by_text(WHY).first).to_be_visible()
        school.get_by_role("button", name="Gửi báo cáo").click()
        school.get_by_role("button", name="Gửi báo cáo").click()
        expect(school.get_by_text("cảnh báo chưa có trả lời")).to_be_visible()
        _opens(school)
        answer_checks(school)
        look(school, "explained-390")
        _sends(school)

    def _department_returns_on_the_figure(self, office: Page, look: Look) -> None:
        _reviews(office)
        expect(office.get_by_text(WHY).first).to_be_visible()
        office.get_by_label("Nội dung cần sửa").fill("Đề nghị đối chiếu lại con số này.")
        office.get_by_label(TITLE).check()
        look(office, "return-1280")
        office.get_by_role("button", name="Trả lại báo cáo").click()
        expect(office.get_by_text("Đã trả lại báo cáo")).to_be_visible()

    def _school_finds_it_marked(self, school: Page, look: Look) -> None:
        _opens(school)
        marked = school.locator("tbody tr", has_text="cần sửa")
        expect(marked).to_have_count(1)
        expect(marked).to_contain_text(TITLE)
        look(school, "marked-390")
        _changes(school, "8")
        school.get_by_role("button", name="Lưu con số này").click()
        answer_checks(school)
        _sends(school)

    def _school_amends(self, school: Page, look: Look) -> None:
        _opens(school)
        school.get_by_role("link", name="Bổ sung…").click()
        school.get_by_label("Lý do phải bổ sung").fill("Sót một nghị quyết của Đoàn trường.")
        look(school, "amend-390")
        school.get_by_role("button", name="Bắt đầu bổ sung").click()
        _changes(school, "10")
        school.get_by_role("button", name="Lưu con số này").click()
        expect(school.get_by_text(f"{TITLE}: 8 → 10")).to_be_visible()
        answer_checks(school)
        look(school, "amending-390")
        _sends(school)

    def _department_sees_the_difference(self, office: Page, look: Look) -> None:
        office.goto(f"/tong-hop/{YEAR}/")
        line = office.locator("tbody#don-vi tr", has_text="Sao Khuê")
        assert line.locator("td a").first.inner_text().startswith("8")
        _reviews(office)
        expect(office.get_by_text(f"{TITLE}: 8 → 10")).to_be_visible()
        look(office, "amended-1280")
        office.get_by_role("button", name="Duyệt báo cáo").click()
        expect(office.get_by_text("Đã duyệt báo cáo")).to_be_visible()

    def _department_proves(self, office: Page, folder: Path, look: Look) -> None:
        _reviews(office)
        with office.expect_download() as waiting:
            office.get_by_role("link", name="Tải bản Word").click()
        paper = folder / "bao-cao.docx"
        waiting.value.save_as(paper)
        office.goto("/bao-cao/doi-chieu/")
        office.get_by_label("Tệp báo cáo").set_input_files(paper)
        office.get_by_role("button", name="Đối chiếu").click()
        expect(office.get_by_text("Đúng như lúc niêm phong")).to_be_visible()
        look(office, "proved-1280")
        altered = docx.Document(str(paper))
        row = next(row for row in altered.tables[-1].rows if row.cells[1].text == TITLE)
        row.cells[2].text = "12"
        altered.save(str(paper))
        office.get_by_label("Tệp báo cáo").set_input_files(paper)
        office.get_by_role("button", name="Đối chiếu").click()
        expect(office.get_by_text("Đã bị sửa sau khi niêm phong.")).to_be_visible()
        expect(office.get_by_role("cell", name="12").first).to_be_visible()
        look(office, "altered-1280")

    def _department_closes(self, office: Page, look: Look) -> None:
        office.goto(f"/tong-hop/{YEAR}/")
        office.get_by_role("link", name="Khóa năm học…").click()
        look(office, "closing-1280")
        office.get_by_role("button", name="Khóa năm học").click()
        expect(office.get_by_text("Đã khóa năm học;")).to_be_visible()
        office.locator("select[name=unit]").select_option(index=2)
        office.get_by_label("Đến hết ngày").fill("30/11/2026")
        office.get_by_label("Lý do được gửi").fill("Trường bị mất điện vì bão.")
        office.get_by_role("button", name="Cho gửi").click()
        expect(office.get_by_text("Trường bị mất điện vì bão.")).to_be_visible()
        look(office, "closed-1280")
        office.goto(f"/tong-hop/{YEAR}/theo-mau/")
        look(office, "workbook-1280")

    def _on_a_telephone(self, phone: Page, look: Look) -> None:
        phone.context.clear_cookies()
        _sign_in(phone, "dn.chuyenvien")
        for name, path in (
            ("closed", f"/tong-hop/{YEAR}/khoa/"),
            ("workbook", f"/tong-hop/{YEAR}/theo-mau/"),
            ("prove", "/bao-cao/doi-chieu/"),
        ):
            phone.goto(path)
            fits(phone)
            look(phone, f"{name}-390")
