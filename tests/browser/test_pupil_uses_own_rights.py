"""A pupil says no; another agrees, sees who read the file, asks for a copy, and stops untraced."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from donghanh.demonstration.load import PASSWORD

Look = Callable[[Page, str], None]

NO, YES = "Phùng Thị Ngọc Huyền Trân", "Nguyễn Đặng Hoàng Phương Uyên"


def sign_in(page: Page, username: str) -> None:
    """Begin as somebody of the demonstration."""
    page.context.clear_cookies()
    page.goto("/dang-nhap")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.locator("main h1")).to_be_visible()


def invite(page: Page, name: str) -> str:
    """Invite somebody and return the code on the slip."""
    page.goto("/con-duong/moi")
    page.get_by_label("Họ và tên học sinh").fill(name)
    page.get_by_label("Lớp").fill("12A3")
    page.get_by_role("button", name="Tạo lời mời").click()
    code = page.locator(".code").inner_text()
    assert re.fullmatch(r"[A-Z2-9]{5}-[A-Z2-9]{5}", code)
    return code


def enter(phone: Page, code: str) -> None:
    phone.goto("/tham-gia")
    phone.get_by_label("Mã trên phiếu của em").fill(code)
    phone.get_by_role("button", name="Đọc lời mời").click()


def listing(page: Page) -> str:
    """Return what the Union's page of the road says."""
    page.goto("/con-duong/")
    return page.locator("main").inner_text()


def declines(phone: Page, code: str, look: Look) -> None:
    """Say no, and read that nothing was kept."""
    enter(phone, code)
    phone.get_by_role("link", name="Em không tham gia").click()
    expect(phone.locator("main")).to_contain_text("Không có gì được lưu")
    look(phone, "declined")


def agrees(phone: Page, code: str) -> str:
    """Say yes, and return the address of the own page."""
    enter(phone, code)
    for box in phone.get_by_role("checkbox").all():
        box.check()
    phone.get_by_label("Họ và tên của em").fill(YES)
    phone.get_by_label("Ngày sinh của em").fill("05/01/2009")
    phone.get_by_role("button", name="Em đồng ý và gửi").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Chào Uyên")
    return phone.url


def asks(phone: Page, look: Look) -> None:
    """Read who saw the name, ask for a copy, take one, and ask for a correction."""
    phone.reload()
    expect(phone.locator("main")).to_contain_text("Ai thấy tên em trong danh sách")
    phone.get_by_role("link", name="Xem quyền của em").click()
    phone.get_by_role("button", name="Đề nghị trường cung cấp bản sao").click()
    expect(phone.locator("main")).to_contain_text("đã gửi; trường trả lời chậm nhất ngày")
    look(phone, "rights")
    with phone.expect_download() as taken:
        phone.get_by_role("link", name="Tải bản Excel").click()
    assert taken.value.suggested_filename == "ho-so-cua-em.xlsx"
    phone.get_by_role("link", name="Đề nghị sửa").click()
    look(phone, "correct")
    phone.get_by_label("Lớp").fill("12A4")
    phone.get_by_role("button", name="Gửi đề nghị sửa").click()
    expect(phone.locator("main")).to_contain_text("Lớp → 12A4")


def answers(page: Page, look: Look) -> None:
    """Acknowledge the correction and confirm it."""
    page.goto("/con-duong/yeu-cau/")
    expect(page.locator("main")).to_contain_text(YES)
    look(page, "requests")
    row = page.locator("li.task").filter(has_text="Sửa dữ liệu của em")
    row.get_by_role("link", name="Mở", exact=True).click()
    look(page, "request")
    page.get_by_role("button", name="Báo cho em là đã nhận").click()
    page.get_by_label("Đã thực hiện").check()
    page.get_by_role("button", name="Gửi trả lời").click()
    expect(page.locator("main")).to_contain_text("đã xong")


def stops(phone: Page, own: str, look: Look) -> None:
    """Stop in two clicks, and read by when everything is erased."""
    phone.goto(own)
    phone.get_by_role("link", name="Xem quyền của em").click()
    expect(phone.locator(".fact").filter(has_text="Lớp")).to_contain_text("12A4")
    phone.get_by_role("link", name="Về trang của em").click()
    phone.get_by_role("link", name="Dừng lại").click()
    phone.get_by_role("button", name="Dừng lại").click()
    expect(phone.locator("main")).to_contain_text("Em đã dừng lại ngày")
    expect(phone.locator("main")).to_contain_text("được xóa chậm nhất ngày")
    look(phone, "stopped")


class TestPupil:
    def test_says_no_or_yes_and_leaves_no_trace(
        self,
        page: Page,
        phone: Page,
        axe: Callable[[Page], None],
        shot: Callable[[Page, str], None],
    ) -> None:
        def look(at: Page, name: str) -> None:
            axe(at)
            shot(at, f"rights-{name}")

        sign_in(page, "dn.saokhue.doan")
        no, yes = invite(page, NO), invite(page, YES)
        before = listing(page)
        assert NO in before
        assert YES in before
        declines(phone, no, look)
        assert listing(page) == before
        own = agrees(phone, yes)
        assert listing(page) != before
        asks(phone, look)
        answers(page, look)
        stops(phone, own, look)
        assert listing(page) == before
        page.goto("/con-duong/yeu-cau/")
        expect(page.locator("main")).not_to_contain_text(YES)
        sign_in(page, "dn.saokhue.bithu")
        for path in ("/", "/con-duong/yeu-cau/", "/con-duong/trung-lap/"):
            page.goto(path)
            expect(page.locator("main")).not_to_contain_text("Uyên")
            axe(page)
