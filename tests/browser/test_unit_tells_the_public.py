"""A school keeps a picture and tells figures; everybody reads them, without script or account."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import FilePayload, Page, expect

from donghanh.demonstration import illustration
from donghanh.demonstration.load import PASSWORD
from tests.browser.widths import fits

Shot = Callable[[Page, str], None]
Axe = Callable[[Page], None]
SCHOOL = "Trường THPT Rừng Xanh (mô phỏng)"


def _sign_in(page: Page, username: str) -> None:
    page.goto("/dang-nhap")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.locator("main h1")).to_be_visible()


class TestPicture:
    def test_is_kept_described_and_taken_down(self, page: Page, axe: Axe, shot: Shot) -> None:
        _sign_in(page, "dn.rungxanh.doan")
        page.goto("/anh/thu-vien/")
        expect(page.get_by_text("Chưa có ảnh nào")).to_be_visible()
        axe(page)
        page.get_by_role("link", name="Thêm ảnh").first.click()
        script = FilePayload(name="a.jpg", mimeType="image/jpeg", buffer=b"<svg onload=alert(1)/>")
        page.set_input_files("input[name=file]", files=script)
        page.get_by_label("Mô tả ảnh").fill("Con đường qua đồi")
        page.get_by_role("button", name="Lưu").click()
        expect(page.get_by_role("alert")).to_contain_text("không phải ảnh JPEG")
        axe(page)
        drawn = FilePayload(name="a.jpg", mimeType="image/jpeg", buffer=illustration.drawn(3))
        page.set_input_files("input[name=file]", files=drawn)
        page.get_by_role("button", name="Lưu").click()
        expect(page.get_by_text("Đã lưu ảnh")).to_be_visible()
        axe(page)
        shot(page, "picture-1280")
        page.get_by_role("link", name="Gỡ ảnh…").click()
        axe(page)
        page.get_by_role("button", name="Gỡ ảnh").click()
        expect(page.get_by_text("Đã gỡ ảnh và xóa tệp ảnh.")).to_be_visible()
        expect(page.get_by_text("Chưa có ảnh nào")).to_be_visible()


class TestFigures:
    def test_are_looked_at_told_and_taken_back(
        self, page: Page, plain: Page, phone: Page, axe: Axe, shot: Shot
    ) -> None:
        _sign_in(page, "dn.rungxanh.bithu")
        page.goto("/cong-khai/")
        axe(page)
        page.get_by_label("Năm học", exact=True).select_option("2025-2026")
        page.get_by_role("button", name="Xem trước trang công khai").click()
        expect(page.get_by_text("Hiện chưa có gì được công khai")).to_be_visible()
        axe(page)
        page.get_by_role("button", name="Công khai", exact=True).click()
        expect(page.get_by_text("Số liệu đã được công khai.")).to_be_visible()
        shot(page, "open-figures-own-1280")

        plain.goto("/so-lieu-cong-khai/")
        plain.get_by_role("link", name=SCHOOL).click()
        expect(plain.get_by_role("heading", level=1)).to_have_text(SCHOOL)
        expect(plain.locator("script")).to_have_count(0)
        assert plain.context.cookies() == []
        data = plain.request.get(plain.url + "so-lieu.json").json()
        assert data["don_vi"] == SCHOOL
        for path in ("", "dn-rungxanh/2025-2026/", "dn-so/2025-2026/"):
            phone.goto(f"/so-lieu-cong-khai/{path}")
            fits(phone)
            axe(phone)
        shot(phone, "open-figures-390")

        page.get_by_role("link", name="Rút lại…").click()
        page.get_by_role("button", name="Rút lại").click()
        expect(page.get_by_text("Đã rút lại số liệu.")).to_be_visible()
        # A page that had been read may be given out again for a little while; another address of
        # the same page is made anew.
        assert plain.request.get(plain.url + "?q=khac").status == 404
