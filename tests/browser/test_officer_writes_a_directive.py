"""An officer writes a directive, it is signed and issued; a school answers; it is recalled."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.test_officer_issues_the_letter import sign_in
from tests.browser.widths import fits

Axe = Callable[[Page], None]
Shot = Callable[[Page, str], None]


class TestOfficer:
    def test_writes_issues_follows_up_and_recalls(
        self, page: Page, phone: Page, axe: Axe, shot: Shot
    ) -> None:
        draft = self._writes(page, axe, shot)
        board = self._has_it_signed_and_issues(page, draft)
        row = page.locator("main tbody tr").filter(has_text="Sao Khuê")
        expect(row).to_contain_text("chưa gửi")
        self._school_answers(phone, board, axe, shot)
        page.goto(board)
        expect(row).to_contain_text("15/KH-THPTSK")
        axe(page)
        shot(page, "board-directive")
        for address in ("bang/", "so/?loai=plan", "thu-vien/"):
            page.goto(f"/chi-dao/{address}")
            axe(page)
        page.goto(board)
        page.get_by_role("link", name="Thu hồi").click()
        axe(page)
        page.fill("#id_reason", "Nhầm thời hạn")
        page.get_by_role("button", name="Thu hồi văn bản").click()
        expect(page.locator("main")).to_contain_text("Đã thu hồi ngày")
        expect(row).to_contain_text("15/KH-THPTSK")
        phone.goto("/van-ban-den/")
        expect(phone.locator("main")).to_contain_text("thu hồi")

    def _writes(self, page: Page, axe: Axe, shot: Shot) -> str:
        sign_in(page, "dn.chuyenvien")
        page.goto("/chi-dao/soan")
        axe(page)
        page.locator("#id_kind").select_option("plan")
        page.fill("#id_subject", "Phát triển đảng viên trong học sinh năm học 2026-2027")
        page.locator("summary").filter(has_text="Căn cứ văn bản trong thư viện").click()
        page.locator("input[value=HD12]").check()
        page.fill("#id_parts-0-text", "Tạo nguồn, bồi dưỡng đoàn viên ưu tú.")
        page.fill("#id_duties-0-text", "Báo cáo kết quả thực hiện")
        page.fill("#id_duties-0-due", "10/6")
        page.check("#id_duties-0-before")
        page.check("#id_asks_plan")
        page.get_by_role("button", name="Lưu dự thảo").click()
        expect(page.locator("main")).to_contain_text("được thay thế bởi 38-HD/BTCTW")
        axe(page)
        shot(page, "draft-directive")
        page.get_by_role("button", name="Trình ký").click()
        expect(page.locator("main")).to_contain_text("Đã trình, chờ ký.")
        return page.url

    def _has_it_signed_and_issues(self, page: Page, draft: str) -> str:
        sign_in(page, "dn.lanhdao")
        page.goto(draft)
        page.get_by_role("button", name="Ký văn bản").click()
        expect(page.locator("main")).to_contain_text("Đã ký")
        sign_in(page, "dn.chuyenvien")
        page.goto(draft)
        page.get_by_role("button", name="Cấp số và ban hành").click()
        expect(page.locator("main")).to_contain_text("Đã cấp số và ban hành")
        return page.url

    def _school_answers(self, phone: Page, board: str, axe: Axe, shot: Shot) -> None:
        sign_in(phone, "dn.saokhue.bithu")
        phone.goto(board.replace("chi-dao", "van-ban-den").replace("theo-doi", ""))
        phone.get_by_role("button", name="Xác nhận đã nhận").click()
        phone.fill("#id_plan_number", "15/KH-THPTSK")
        phone.get_by_role("button", name="Ghi nhận kế hoạch").click()
        expect(phone.locator("main")).to_contain_text("kế hoạch 15/KH-THPTSK")
        axe(phone)
        fits(phone)
        shot(phone, "answer-directive")
