"""The web server of the pages: a child that is started, awaited, watched and stopped."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
from django.conf import settings
from django.utils.translation import gettext as _

from donghanh.config import places
from donghanh.config.errors import CannotRun

#: Only this machine reaches the pages; a place with more readers puts a proxy in front.
HOST = "127.0.0.1"
#: Seconds the web server may take to answer its first page.
_PATIENCE = 60


def make_way(port: int) -> None:
    """
    End a web server whose owner was killed, and refuse a port that is taken.

    Raises:
        CannotRun: Something else uses the port.
    """
    _end_left_behind(_note(port))
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError):
            raise CannotRun(
                _("Port %(port)s is in use; stop what uses it, or choose another with PORT=…."),
                port=port,
            ) from None


@contextmanager
def served(port: int, workers: int = 1) -> Iterator[subprocess.Popen[bytes]]:
    """
    Start the web server and wait for its first page; stop it at the end.

    Args:
        port: Where it listens, on this machine alone.
        workers: Processes. One is enough for one machine; its threads wait for the database.
    """
    process = subprocess.Popen(
        command(port, workers),
        env=os.environ | environment(workers),
        stdin=subprocess.DEVNULL,
        # Its own session: Ctrl-C reaches the owner first, which stops things in order.
        start_new_session=True,
    )
    try:
        _note(port).write_text(f"{process.pid} {os.getpid()}", encoding="ascii")
        _await(port, process)
        yield process
    finally:
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, signal.SIG_IGN)  # being stopped already
        _end(process)
        _note(port).unlink(missing_ok=True)


def command(port: int, workers: int = 1) -> list[str]:
    """Return what starts the web server: so many processes, with four threads each."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"),
        *("--host", HOST, "--port", str(port), "--log-level", "warning"),
        *("--workers", str(workers), "--blocking-threads", "4"),
        *("--workers-kill-timeout", "5"),
        "donghanh.config.wsgi:application",
    ]


def environment(workers: int = 1) -> dict[str, str]:
    """Return what its processes are told: as whom they sign in, and how many they are."""
    processes = max(workers, settings.WEB_PROCESSES)
    return {"DONGHANH_LOGIN": "web", "DONGHANH_WEB_PROCESSES": str(processes)}


def _note(port: int) -> Path:
    return places.var() / f"pages-{port}.pid"


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and process.poll() is None:
        door = http.client.HTTPConnection(HOST, port, timeout=_PATIENCE)
        try:
            door.request("GET", settings.LOGIN_URL)
            answer = door.getresponse()
            answer.read()
            if answer.status >= http.client.INTERNAL_SERVER_ERROR:
                break
            return
        except ConnectionError:
            time.sleep(0.05)
        finally:
            door.close()
    raise CannotRun(_("The web server did not start; the reason stands above."))


def _end(process: subprocess.Popen[bytes]) -> None:
    # The whole group: a server that was killed leaves its worker, and the worker keeps the port.
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _end_left_behind(note: Path) -> None:
    try:
        group, owner = (int(part) for part in note.read_text(encoding="ascii").split())
    except (FileNotFoundError, ValueError):
        return
    if not _alive(owner):
        left = [process for process in psutil.process_iter() if _serves(process, group)]
        for process in left:
            process.terminate()
        for process in psutil.wait_procs(left, timeout=10)[1]:
            process.kill()


def _serves(process: psutil.Process, group: int) -> bool:
    try:
        return os.getpgid(process.pid) == group and "granian" in process.cmdline()
    except (ProcessLookupError, psutil.Error):
        return False


def _alive(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return False
