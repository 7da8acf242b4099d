"""An unnamed pupil writes on a telephone without script; the Union answers; all may read it."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Browser, Page, expect

from tests.browser.house import Site
from tests.browser.test_pupil_accepts_and_stops import sign_in
from tests.browser.widths import fits

TEXT = "Tay vịn cầu thang khu B gãy rồi, hôm qua suýt có bạn ngã xuống sân ạ."
ASKED = "Tay vịn cầu thang khu B bao giờ được sửa?"
ANSWER = "Trường đã rào cầu thang và sửa tay vịn trong tuần này (mô phỏng)."


def writes(pupil: Page) -> str:
    """Find the school without diacritics, write unnamed, and return the code."""
    pupil.goto("/gui-tieng-noi/")
    expect(pupil.locator("main")).to_contain_text("Tổng đài quốc gia bảo vệ trẻ em")
    pupil.get_by_label("Tên trường hoặc một phần tên").fill("sao khue")
    pupil.get_by_role("button", name="Tìm trường").click()
    pupil.get_by_role("link", name="Sao Khuê").first.click()
    pupil.get_by_role("button", name="Gửi").click()
    expect(pupil.get_by_role("alert")).to_contain_text("Chưa có nội dung")
    pupil.get_by_label("Đoàn Trường THPT chuyên Sao Khuê").check()
    pupil.get_by_label("Chủ đề").select_option("place")
    pupil.get_by_label("Em muốn nói điều gì?").fill(TEXT)
    box = pupil.get_by_label("Được công khai câu hỏi")
    expect(box).not_to_be_checked()
    box.check()
    pupil.get_by_label("Có người gặp nguy hiểm").check()
    pupil.get_by_role("button", name="Gửi").click()
    expect(pupil.get_by_role("heading", level=1)).to_have_text("Đã gửi")
    return pupil.locator(".voice-code").inner_text()


def reads(pupil: Page, code: str) -> None:
    """Open the voice by its code."""
    pupil.goto("/gui-tieng-noi/theo-doi")
    pupil.get_by_label("Mã của em").fill(code.lower())
    pupil.get_by_role("button", name="Mở").click()


def answers(page: Page, axe: Callable[[Page], None], shot: Callable[[Page, str], None]) -> None:
    """Answer as the school's Union, and write it anew for everybody."""
    sign_in(page, "dn.saokhue.doan")
    page.goto("/tieng-noi/")
    axe(page)
    shot(page, "voices")
    page.get_by_role("link", name=TEXT[:40]).click()
    axe(page)
    page.get_by_label("Câu trả lời", exact=True).fill(ANSWER)
    page.get_by_role("button", name="Gửi trả lời").click()
    page.get_by_text("Công khai câu hỏi và trả lời bằng lời khác").click()
    page.get_by_label("Câu hỏi, viết bằng lời khác").fill(ASKED)
    page.get_by_label("Câu trả lời", exact=True).fill(ANSWER)
    axe(page)
    page.get_by_role("button", name="Trình người thứ hai xem").click()
    expect(page.locator("main")).to_contain_text("Chờ người thứ hai xác nhận")
    shot(page, "voice")


def looks_well(phone: Page, code: str, axe: Callable[[Page], None]) -> None:
    """Every public page stays within a telephone, and is read by everybody."""
    for address in ("/gui-tieng-noi/?q=sao+khue", "/gui-tieng-noi/theo-doi", "/hoi-dap/"):
        phone.goto(address)
        axe(phone)
        fits(phone)
    phone.goto("/gui-tieng-noi/?q=sao+khue")
    phone.get_by_role("link", name="Sao Khuê").first.click()
    axe(phone)
    fits(phone)
    reads(phone, code)
    axe(phone)
    fits(phone)


class TestUnnamedPupil:
    def test_is_answered_by_code_and_then_in_public(
        self,
        browser: Browser,
        site: Site,
        page: Page,
        phone: Page,
        axe: Callable[[Page], None],
        shot: Callable[[Page, str], None],
    ) -> None:
        pupil = browser.new_context(
            base_url=site.url,
            locale="vi-VN",
            java_script_enabled=False,
            viewport={"width": 390, "height": 844},
        ).new_page()
        code = writes(pupil)
        reads(pupil, "AAAA-BBBB-CCCC-DDDD")
        expect(pupil.get_by_role("alert")).to_contain_text("Mã này không mở được gì")
        answers(page, axe, shot)
        reads(pupil, code)
        expect(pupil.locator("main")).to_contain_text(ANSWER)
        pupil.goto("/hoi-dap/")
        expect(pupil.locator("main")).not_to_contain_text(ASKED)
        sign_in(page, "dn.tinhdoan")
        page.goto("/tieng-noi/")
        page.get_by_role("button", name="Công khai").click()
        page.goto("/tieng-noi/so-lieu/")
        axe(page)
        pupil.goto("/hoi-dap/?chu-de=place")  # not the page from before, which is kept a while
        expect(pupil.locator("main")).to_contain_text(ASKED)
        phone.goto("/hoi-dap/?chu-de=place&page=1")
        phone.get_by_role("link", name=ASKED).click()
        expect(phone.get_by_role("heading", level=1)).to_have_text(ASKED)
        axe(phone)
        fits(phone)
        expect(pupil.locator("main")).not_to_contain_text(TEXT)
        pupil.context.close()
        looks_well(phone, code, axe)
