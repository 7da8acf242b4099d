"""Serve the pages on this machine: database, tables, invented people, web server; all at once."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import threading
from collections.abc import Sequence
from types import FrameType
from typing import NoReturn

from django.conf import settings
from django.utils.translation import gettext as _

from donghanh.config import env, pages, refreshing, running
from donghanh.config.embedded import Server
from donghanh.config.errors import CannotRun


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--port", type=int, default=None, help="default: PORT, or 8000")


def run(given: argparse.Namespace) -> int:
    """Do it until it is told to stop, and return the exit code."""
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, _told_to_stop)
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # with nohup it lives on
        signal.signal(signal.SIGHUP, _told_to_stop)
    # Only this machine reaches the pages, without https; a place that is reached says so itself.
    os.environ.setdefault("DONGHANH_HTTPS", "0")
    os.environ.setdefault("DONGHANH_DEMONSTRATION", "1")
    port: int = given.port or env.number("PORT", 8000)
    try:
        running.words()
        pages.make_way(port)
        with running.database() as server:
            running.prepare()
            running.as_job()
            accounts = running.demonstration() if settings.DEMONSTRATION else []
            with pages.served(port) as process, refreshing.meanwhile():
                _announce(port, accounts)
                _watch(process, server)
    except KeyboardInterrupt:
        pass  # told to stop
    return 0


#: Set when told to stop: an exception raised by a signal is lost when it meets a finaliser.
_STOPPING = threading.Event()


def _told_to_stop(number: int, frame: FrameType | None) -> NoReturn:
    _STOPPING.set()
    raise KeyboardInterrupt


def _announce(port: int, accounts: Sequence[running.Account]) -> None:
    print(_("The pages are ready at %(url)s") % {"url": f"http://{pages.HOST}:{port}/"})
    if accounts:
        print(_("Simulated data: sign in as one of these people."))
    width = max((len(account.username) for account in accounts), default=0)
    for account in accounts:
        print(f"  {account.username:<{width}}  {account.password}  {account.title}")
    print(_("Stop with Ctrl-C."), flush=True)


def _watch(process: subprocess.Popen[bytes], server: Server | None) -> None:
    while not _STOPPING.wait(0.3):
        if process.poll() is not None:
            raise CannotRun(_("The web server stopped by itself; everything is being stopped."))
        database = server.process if server else None
        if database is not None and database.poll() is not None:
            raise CannotRun(_("The database stopped by itself; everything is being stopped."))
