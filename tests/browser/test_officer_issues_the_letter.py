"""An officer hands a letter in, puts a misreading right, shares the target and issues it."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from donghanh.config import places
from donghanh.demonstration.load import PASSWORD
from tests.browser.widths import fits

_GIVEN = places.ROOT.parent / "shared" / "inputs" / "dispatch.txt"
_SAMPLE = places.ROOT / "tests" / "letters" / "misread.txt"
#: The real letter where it is at hand, else one of its kind.
LETTER = _GIVEN if _GIVEN.exists() else _SAMPLE


def sign_in(page: Page, username: str) -> None:
    """Begin as somebody of the demonstration."""
    page.context.clear_cookies()
    page.goto("/dang-nhap")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.locator("main h1")).to_be_visible()


def share_out(page: Page) -> None:
    """Give the first school the whole target and the others none."""
    fields = page.locator("main input[type=number]")
    for place in range(fields.count()):
        fields.nth(place).fill("2" if place == 0 else "0")


class TestOfficer:
    def test_corrects_the_misreading_shares_the_target_and_issues(
        self, page: Page, axe: Callable[[Page], None], shot: Callable[[Page, str], None]
    ) -> None:
        sign_in(page, "dn.chuyenvien")
        page.goto("/chi-dao/")
        axe(page)
        page.get_by_role("link", name="Đọc văn bản mới").click()
        axe(page)
        page.set_input_files("input[type=file]", LETTER)
        page.get_by_role("button", name="Đọc văn bản").click()
        self._sees_original_and_reading_side_by_side(page)
        axe(page)
        shot(page, "letter")
        self._corrects_the_misreading(page)
        page.get_by_role("button", name="Xác nhận và giao cho đơn vị").click()
        self._is_refused_with_too_small_a_share(page)
        axe(page)
        share_out(page)
        expect(page.locator("output[data-shared]")).to_have_text("2")
        expect(page.locator("aside")).to_contain_text("trước ngày 10/6/2024 – chậm nhất 09/6/2024")
        shot(page, "issue")
        page.get_by_role("button", name="Giao văn bản").click()

        expect(page.locator("main")).to_contain_text("Đã giao văn bản.")
        expect(page.locator("main table")).to_contain_text("chưa mở")
        axe(page)
        shot(page, "board")

    def _sees_original_and_reading_side_by_side(self, page: Page) -> None:
        expect(page.locator(".paper-text")).to_contain_text("quân chủng học sinh ưu tú")
        target = page.locator("#read-targets-0")
        expect(target).to_contain_text("có thể là “quần chúng”")
        target.hover()
        expect(page.locator("#lit-targets-0")).to_have_class(re.compile("is-lit"))

    def _corrects_the_misreading(self, page: Page) -> None:
        target = page.locator("#read-targets-0")
        target.locator("summary").click()
        target.get_by_label("Đối tượng").fill("quần chúng học sinh ưu tú")
        page.get_by_role("button", name="Lưu phần đọc").click()
        expect(page.locator("main")).to_contain_text("Đã lưu phần đọc.")
        expect(target).to_contain_text("ít nhất 2 quần chúng học sinh ưu tú")
        expect(target).to_contain_text("máy đọc là")
        # The original stays as it came.
        expect(page.locator(".paper-text")).to_contain_text("quân chủng học sinh ưu tú")

    def _is_refused_with_too_small_a_share(self, page: Page) -> None:
        expect(page.locator("main h1")).to_have_text("Giao cho đơn vị")
        page.locator("main input[type=number]").first.fill("1")
        expect(page.locator("output[data-shared]")).to_have_text("1")
        page.get_by_role("button", name="Giao văn bản").click()
        expect(page.get_by_role("alert")).to_contain_text("ít hơn 2 mà văn bản yêu cầu")

    def test_can_do_the_same_without_script(self, plain: Page) -> None:
        sign_in(plain, "dn.chuyenvien")
        plain.goto("/chi-dao/doc-moi")
        plain.fill("textarea[name=text]", LETTER.read_text(encoding="utf-8") + "\n")
        plain.get_by_role("button", name="Đọc văn bản").click()
        number = plain.locator("#read-number")
        number.locator("summary").click()
        number.get_by_label("Số").fill("217")
        plain.get_by_role("button", name="Xác nhận và giao cho đơn vị").click()
        share_out(plain)
        plain.get_by_role("button", name="Giao văn bản").click()

        expect(plain.locator("main")).to_contain_text("Đã giao văn bản.")
        expect(plain.locator(".crumbs")).to_contain_text("217/")

    def test_is_told_in_one_sentence_what_cannot_be_read(self, phone: Page) -> None:
        sign_in(phone, "dn.chuyenvien")
        phone.goto("/chi-dao/doc-moi")
        phone.set_input_files(
            "input[type=file]",
            {"name": "anh.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n0000"},
        )
        phone.get_by_role("button", name="Đọc văn bản").click()

        expect(phone.get_by_role("alert")).to_contain_text("Không đọc được loại tệp này")
        fits(phone)
