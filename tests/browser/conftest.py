"""
Journeys: a real server with the invented people, and a real browser in front of it.

Nothing here touches the database through Django: the server is a process of its own on its own copy
of the demonstration. So the browser's event loop and Django's refusal of it never meet.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import psycopg
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from donghanh.config import places
from tests import database

SHOTS = places.ROOT / "var" / "shots"
_SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
#: The day all journeys take place on, so that what they meet is the same on any day.
DAY = "2026-11-21"
_DESK = {"width": 1280, "height": 900}
_PHONE = {"width": 390, "height": 844}


@dataclass(frozen=True, slots=True)
class Site:
    """A running server; its database is a fresh copy of the demonstration."""

    url: str
    database: str


@pytest.fixture(scope="module")
def site(request: pytest.FixtureRequest) -> Iterator[Site]:
    """Serve a fresh copy of the demonstration for the tests of one file."""
    os.environ["DONGHANH_DAY"] = DAY
    source = database.template(
        f"demonstration{DAY.replace('-', '')}",
        "demo",
        source=os.environ["DONGHANH_TEST_TEMPLATE"],
        files="**/*.*",
    )
    name = f"site{os.getpid()}"
    with psycopg.connect(database.address("postgres"), autocommit=True) as door:
        database.copy(door, name, source)
    port = _free_port()
    process = _serve(port, name)
    try:
        _await(port, process)
        yield Site(f"http://127.0.0.1:{port}", database.address(name))
    finally:
        process.terminate()
        process.wait(20)
        with psycopg.connect(database.address("postgres"), autocommit=True) as door:
            database.drop(door, name)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Chromium for the tests of one file; it ends before tests with a database begin."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=_SWITCHES
        )
        yield started
        started.close()


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
def shot() -> Callable[[Page, str], Path]:
    """Return a function that keeps a picture of the whole page under a name."""

    def keep(page: Page, name: str) -> Path:
        path = SHOTS / f"{name}.png"
        page.screenshot(path=path, full_page=True)
        return path

    return keep


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Return a function that refuses a page people with a disability could not use."""

    def check(page: Page) -> None:
        found = Axe().run(page).response["violations"]
        grave = [
            f"{each['id']} ({each['impact']}): {node['target']} {node['html'][:120]}"
            for each in found
            if each["impact"] in {"serious", "critical"}
            for node in each["nodes"]
        ]
        assert grave == []

    return check


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


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _serve(port: int, name: str) -> subprocess.Popen[bytes]:
    settings = {
        "DATABASE_URL": database.address(name),
        "DATABASE_WEB_URL": database.web_address(name),
        "DONGHANH_LOGIN": "web",
        "DONGHANH_HTTPS": "0",
        "DONGHANH_DEMONSTRATION": "1",
        "DONGHANH_POOL": "4",
        "DJANGO_SETTINGS_MODULE": "donghanh.config.settings",
    }
    return subprocess.Popen(
        [
            *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"),
            *("--host", "127.0.0.1", "--port", str(port), "--log-level", "warning"),
            *("--workers", "1", "--blocking-threads", "4"),
            "donghanh.config.wsgi:application",
        ],
        env=os.environ | settings,
    )


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        assert process.poll() is None, "the server of the journeys did not start"
        door = HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            door.request("GET", "/dang-nhap")
            door.getresponse().read()
            return
        except ConnectionError:
            time.sleep(0.05)
        finally:
            door.close()
    raise TimeoutError("the server of the journeys does not answer")
