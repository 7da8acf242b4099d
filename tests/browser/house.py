"""
One server and one Chromium for all the journeys of a process, and fresh data for each file.

Starting either costs as much as a journey; a copy of a database costs next to nothing.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException

import psycopg
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests import database, loaded

_SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
#: Seconds the server has to answer after it was started, or after its data were exchanged.
_PATIENCE = 60


@dataclass(frozen=True, slots=True)
class Site:
    """A running server; its database is a fresh copy of the demonstration."""

    url: str
    database: str


class House:
    """What a process keeps between its journeys; nothing is started before it is asked for."""

    def __init__(self) -> None:
        """Nothing runs yet."""
        self._name = f"site{os.getpid()}"
        self._port = 0
        self._server: subprocess.Popen[bytes] | None = None
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None

    def site(self) -> Site:
        """
        Put a fresh copy of the demonstration in the place of the data, and serve it.

        The server stays: its pool finds its connections gone and makes new ones.
        """
        source = loaded.template(loaded.DAY)
        self._send_away()
        with _door() as door:
            database.copy(door, self._name, source)
        if self._server is None:
            self._port = _free_port()
            self._server = _serve(self._port, self._name)
        _await(self._port, self._server)
        return Site(f"http://127.0.0.1:{self._port}", database.address(self._name))

    def _send_away(self) -> None:
        """End the sessions of the pages: nobody but their own role, or a superuser, may do it."""
        way = database.web_address("postgres")
        if self._server is not None and way:
            with psycopg.connect(way, autocommit=True) as own:
                own.execute(
                    "select pg_terminate_backend(pid, 5000) from pg_stat_activity"
                    " where datname = %s and usename = current_user",
                    [self._name],
                )

    def browser(self) -> Browser:
        """Return Chromium, started at the first call."""
        if self._browser is None:
            self._playwright = sync_playwright().start()
            self._browser = self._playwright.chromium.launch(
                executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=_SWITCHES
            )
        return self._browser

    def close(self) -> None:
        """End whatever was started, and take the data away."""
        if self._browser is not None:
            self._browser.close()
            self._browser = None
        if self._playwright is not None:
            self._playwright.stop()
            self._playwright = None
        if self._server is not None:
            self._server.terminate()
            self._server.wait(20)
            self._server = None
            with _door() as door:
                database.drop(door, self._name)


def _door() -> psycopg.Connection[tuple[str]]:
    return psycopg.connect(database.address("postgres"), autocommit=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _serve(port: int, name: str) -> subprocess.Popen[bytes]:
    settings = {
        "DATABASE_URL": database.address(name),
        "DATABASE_WEB_URL": database.web_address(name),
        "DONGHANH_DAY": loaded.DAY.isoformat(),
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
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        assert process.poll() is None, "the server of the journeys does not run"
        with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as door:
            try:
                door.request("GET", "/dang-nhap")
                if door.getresponse().status == 200:
                    return
            except (OSError, HTTPException):
                pass
        time.sleep(0.05)
    raise TimeoutError("the server of the journeys does not answer")
