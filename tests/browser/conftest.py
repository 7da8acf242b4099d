"""
Journeys: a real server with the invented people, and a real browser in front of it.

Nothing here touches the database through Django: the server is a process of its own on its own copy
of the demonstration. So the browser's event loop and Django's refusal of it never meet.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser import axes, pictures
from tests.browser.house import House, Site

_HERE = Path(__file__).parent
_HOUSE = House()
_DESK = {"width": 1280, "height": 900}
_PHONE = {"width": 390, "height": 844}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(nextitem: pytest.Item | None) -> Iterator[None]:
    """End Chromium and the server after the last journey: tests with a database may come next."""
    yield
    if nextitem is None or not nextitem.path.is_relative_to(_HERE):
        _HOUSE.close()


@pytest.fixture(scope="module")
def site() -> Site:
    """Serve a fresh copy of the demonstration for the tests of one file."""
    return _HOUSE.site()


@pytest.fixture(scope="module")
def browser() -> Browser:
    """Return the Chromium of this process; each test has a context of its own in it."""
    return _HOUSE.browser()


@pytest.fixture
def page(site: Site, browser: Browser) -> Iterator[Page]:
    """Open a page on a desk screen; anything the console complains about fails the test."""
    yield from _page(site, browser, viewport=_DESK)


@pytest.fixture
def phone(site: Site, browser: Browser) -> Iterator[Page]:
    """Open a page on a telephone."""
    yield from _page(site, browser, viewport=_PHONE, has_touch=True, is_mobile=True)


@pytest.fixture
def plain(site: Site, browser: Browser) -> Iterator[Page]:
    """Open a page on a desk screen with scripts switched off."""
    yield from _page(site, browser, viewport=_DESK, java_script_enabled=False)


@pytest.fixture
def shot() -> Callable[[Page, str], None]:
    """Return a function that keeps a picture of the whole page under a name, where asked for."""
    return pictures.shoot


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Return a function that refuses a page people with a disability could not use."""
    return axes.check


def _page(site: Site, browser: Browser, **options: object) -> Iterator[Page]:
    context: BrowserContext = browser.new_context(
        base_url=site.url,
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        **options,  # type: ignore[arg-type]
    )
    context.set_default_timeout(10_000)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda line: complaints.append(line.text) if _is_complaint(line.type, line.text) else None,
    )
    yield page
    context.close()
    assert complaints == []


def _is_complaint(kind: str, text: str) -> bool:
    # A page that answers "not here" or "not yours" is often the very thing a test asks for.
    expected = re.search(r"status of (400|403|404|409|422)", text)
    return kind == "error" and not expected
