"""Somebody is invited, chooses a password, sets up an app and a passkey, and signs in with each."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import time
from collections.abc import Callable

from playwright.sync_api import Page, expect

from donghanh.config import places
from donghanh.demonstration.load import PASSWORD
from tests.browser.house import Site
from tests.browser.readers import Reader
from tests.browser.widths import fits

Shot = Callable[[Page, str], None]
Axe = Callable[[Page], None]

GUIDE = places.ROOT / "docs" / "guide" / "dang-nhap.md"
CHOSEN, NEW = "con-duong-rat-dai-97", "dn.kiemtra.moi"


def _signs_in(page: Page, username: str, password: str = PASSWORD) -> None:
    page.goto("/dang-nhap")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", password)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.locator("main h1")).to_be_visible()


def _proves(page: Page, password: str) -> None:
    page.fill("input[name=password]", password)
    page.get_by_role("button", name="Tiếp tục").click()


def _code(secret: str) -> str:
    """Return the code an app shows now (RFC 6238)."""
    counter = (int(time.time()) // 30).to_bytes(8, "big")
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start : start + 4], 'big') & 0x7FFFFFFF) % 10**6:06d}"


def _is_good(page: Page, axe: Axe, shot: Shot, name: str) -> None:
    """The page can be used, and looks right at a desk and on a telephone."""
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        fits(page)
        axe(page)
        shot(page, f"{name}-{width}")
    page.set_viewport_size({"width": 1280, "height": 900})


def _invites(page: Page, axe: Axe, shot: Shot) -> str:
    """Invite an auditor as an administrator does, and return the link."""
    _signs_in(page, "dn.quantri")
    page.goto("/quan-ly-tai-khoan/moi")
    page.fill("input[name=name]", "Nguyễn Thị Phương Thảo Nguyên Hạnh")
    page.fill("input[name=username]", NEW)
    page.fill("input[name=unit_id]", "chi bo sao khue")
    page.select_option("select[name=role]", "auditor")
    _is_good(page, axe, shot, "account-invite")
    page.get_by_role("button", name="Tạo liên kết").click()
    link = re.search(r"/loi-moi/\w+/", page.locator(".link-slip").inner_text())
    assert link is not None
    _is_good(page, axe, shot, "account-slip")
    page.goto("/quan-ly-tai-khoan/")
    _is_good(page, axe, shot, "account-list")
    page.context.clear_cookies()
    return link[0]


def _sets_up_the_app(page: Page, axe: Axe, shot: Shot) -> str:
    """Set up an app on the own account, and return its key."""
    page.goto("/tai-khoan/lop-thu-hai")
    _is_good(page, axe, shot, "account-factors")
    page.get_by_role("link", name="Thiết lập ứng dụng").click()
    _is_good(page, axe, shot, "account-again")
    _proves(page, CHOSEN)
    secret = page.locator("code.secret").inner_text()
    _is_good(page, axe, shot, "account-app")
    page.fill("input[name=code]", _code(secret))
    page.get_by_role("button", name="Thiết lập").click()
    expect(page.locator(".recovery-codes li")).to_have_count(10)
    _is_good(page, axe, shot, "account-codes")
    return secret


class TestMember:
    def test_is_invited_and_secured_as_the_guide_tells(
        self, page: Page, axe: Axe, shot: Shot
    ) -> None:
        reader = Reader(page)
        page.goto(_invites(page, axe, shot))
        reader.reads()
        _is_good(page, axe, shot, "account-accept")
        page.fill("input[name=password1]", CHOSEN)
        page.fill("input[name=password2]", CHOSEN)
        page.get_by_role("button", name="Lưu mật khẩu").click()
        expect(page).to_have_url(re.compile("/$"))

        secret = _sets_up_the_app(page, axe, shot)
        reader.reads()
        page.context.clear_cookies()  # the machine is left behind, and its session with it

        _signs_in(page, NEW, CHOSEN)
        expect(page).to_have_url(re.compile("/dang-nhap/lop-thu-hai$"))
        _is_good(page, axe, shot, "account-second")
        page.fill("input[name=code]", _code(secret))
        page.get_by_role("button", name="Đăng nhập", exact=True).click()
        expect(page).to_have_url(re.compile("/$"))
        for address, name in (("phien", "sessions"), ("", "own"), ("mat-khau", "password")):
            reader.goes(f"/tai-khoan/{address}")
            _is_good(page, axe, shot, f"account-{name}")
        reader.goes("/tai-khoan/phien")
        page.get_by_role("button", name="Đăng xuất mọi nơi khác").click()
        expect(page.locator(".sessions li")).to_have_count(1)
        reader.goes("/nhat-ky/")
        expect(page.locator("main")).to_contain_text("với tư cách cá nhân")
        for address in ("/tai-khoan/lop-thu-hai", "/tai-khoan/lop-thu-hai/khoa"):
            reader.goes(address)
        page.context.clear_cookies()
        reader.goes("/dang-nhap")
        reader.has_read(GUIDE)

    def test_signs_in_by_a_passkey_alone(
        self, site: Site, page: Page, axe: Axe, shot: Shot
    ) -> None:
        here = site.url.replace("127.0.0.1", "localhost")  # a passkey belongs to a name
        machine = page.context.new_cdp_session(page)
        machine.send("WebAuthn.enable")
        options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
        options |= {"hasUserVerification": True, "isUserVerified": True}
        options |= {"automaticPresenceSimulation": True}
        machine.send("WebAuthn.addVirtualAuthenticator", {"options": options})

        page.goto(f"{here}/dang-nhap")
        page.fill("input[name=username]", "dn.saokhue.doan")
        page.fill("input[name=password]", PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
        page.goto(f"{here}/tai-khoan/lop-thu-hai/khoa")
        _proves(page, PASSWORD)
        _is_good(page, axe, shot, "account-passkey")
        page.get_by_role("button", name="Tạo khóa truy cập").click()
        expect(page.locator(".recovery-codes li")).to_have_count(10)

        page.context.clear_cookies()
        page.goto(f"{here}/dang-nhap")
        page.get_by_role("button", name="Dùng khóa truy cập").click()
        expect(page).to_have_url(f"{here}/")
        page.goto(f"{here}/tai-khoan/lop-thu-hai")
        expect(page.get_by_role("link", name="Gỡ", exact=False).first).to_be_visible()
        _is_good(page, axe, shot, "account-factors-full")
