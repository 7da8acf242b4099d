"""The first page: on a desk, on a telephone, without scripts, and for everybody."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.widths import fits

Shot = Callable[[Page, str], None]
Axe = Callable[[Page], None]


class TestSignIn:
    def test_is_where_a_stranger_is_sent(self, page: Page, shot: Shot, axe: Axe) -> None:
        page.goto("/")
        expect(page).to_have_url(f"{page.url.split('/dang-nhap')[0]}/dang-nhap?next=/")
        expect(page.locator("input[name=username]")).to_be_visible()
        axe(page)
        shot(page, "sign-in-1280")

    def test_fits_a_telephone(self, phone: Page, shot: Shot, axe: Axe) -> None:
        phone.goto("/dang-nhap")
        fits(phone)
        axe(phone)
        shot(phone, "sign-in-390")

    def test_works_without_scripts(self, plain: Page) -> None:
        plain.goto("/dang-nhap")
        plain.fill("input[name=username]", "nobody")
        plain.fill("input[name=password]", "nothing")
        plain.locator("main form button, form button[type=submit]").first.click()
        expect(plain.locator("input[name=username]")).to_be_visible()
