"""The command that serves everything at once."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

_COMMAND = [sys.executable, "-m", "donghanh.config.cli", "serve"]


@pytest.fixture(scope="module")
def place(var: Path) -> dict[str, str]:
    """The environment of a fresh place, with a free port and without invented people."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    ours = {
        "DONGHANH_VAR": str(var),
        "DONGHANH_DEMONSTRATION": "0",
        "PORT": port,
    }
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return kept | ours


@pytest.fixture
def served(place: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """A server that has said it is ready."""
    with subprocess.Popen(
        _COMMAND, env=place, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert place["PORT"] in process.stdout.readline()
        yield process
        process.terminate()
        _ended(process)


def _ended(process: subprocess.Popen[str]) -> None:
    try:
        process.wait(20)
    finally:
        process.kill()  # a server that does not listen fails its test, and does not stay


def _status(place: dict[str, str]) -> int:
    door = http.client.HTTPConnection("127.0.0.1", int(place["PORT"]), timeout=20)
    try:
        door.request("GET", "/dang-nhap")
        return door.getresponse().status
    finally:
        door.close()


def _left(place: dict[str, str]) -> list[int]:
    """Processes that still speak of this place."""
    words = {place["PORT"], str(Path(place["DONGHANH_VAR"]) / "pg" / "data")}
    return [
        process.pid
        for process in psutil.process_iter(["cmdline"])
        if words & set(process.info["cmdline"] or ())
    ]


class TestServe:
    def test_answers_and_stops_everything_when_told(
        self, place: dict[str, str], served: subprocess.Popen[str]
    ) -> None:
        assert _status(place) == 200
        assert len(_left(place)) >= 2
        served.send_signal(signal.SIGINT)
        assert served.wait(20) == 0
        assert _left(place) == []

    def test_says_in_one_sentence_that_the_port_is_taken(
        self, place: dict[str, str], served: subprocess.Popen[str]
    ) -> None:
        second = subprocess.run(_COMMAND, env=place, capture_output=True, text=True, check=False)
        assert second.returncode == 1
        assert second.stderr.startswith(f"Cổng {place['PORT']} đang được dùng")
        assert second.stderr.count("\n") == 1
        assert _status(place) == 200

    def test_says_so_and_ends_when_the_web_server_dies(
        self, place: dict[str, str], served: subprocess.Popen[str]
    ) -> None:
        note = Path(place["DONGHANH_VAR"]) / f"pages-{place['PORT']}.pid"
        os.kill(int(note.read_text().split()[0]), signal.SIGKILL)
        assert served.wait(20) == 1
        assert served.stderr is not None
        assert "Máy chủ web đã tự dừng" in served.stderr.read()
        assert _left(place) == []

    def test_starts_again_after_it_was_killed_itself(
        self, place: dict[str, str], served: subprocess.Popen[str]
    ) -> None:
        served.kill()
        served.wait()
        assert _left(place) != []
        with subprocess.Popen(
            _COMMAND, env=place, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as again:
            assert again.stdout is not None
            assert place["PORT"] in again.stdout.readline()
            assert _status(place) == 200
            again.terminate()
            _ended(again)
        assert _left(place) == []
