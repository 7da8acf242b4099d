"""Keeps what lists and figures go by fresh beside the pages: at the start, and once a minute."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import cast

from django.db import Error, connections
from django.utils.module_loading import import_string

from donghanh.lib import clock

#: How often it is looked whether something is old, in seconds. Nothing is told where nothing is.
EVERY = 60

_log = logging.getLogger(__name__)


def once(stopped: Callable[[], bool] = lambda: False) -> int:
    """
    Tell anew where cases stand and for which figures they count, where that is old; return both.

    Besides, the yearly duties of directives are opened once their school year has begun, and
    articles are published that were planned for an instant that has come.

    Args:
        stopped: Asked after each time; what is left then stays old until the next run.
    """
    # By name: this module holds tables, and those can be loaded only after the framework started.
    told = 0
    for one in ("donghanh.dossiers.actions.refresh_all", "donghanh.indicators.actions.refresh_all"):
        everything = cast(Callable[..., int], import_string(one))
        told += everything(today=clock.today(), stopped=stopped)
    yearly = cast(Callable[..., int], import_string("donghanh.directives.actions.open_next_year"))
    due = cast(Callable[..., int], import_string("donghanh.news.actions.publish_due"))
    due(at=clock.now(), stopped=stopped)
    yearly(today=clock.today(), at=clock.now(), stopped=stopped)
    return told


@contextmanager
def meanwhile() -> Iterator[None]:
    """Do so beside everything inside, again and again, and end with it."""
    stop = threading.Event()
    work = threading.Thread(target=_go_on, args=(stop,), name="refresh", daemon=True)
    work.start()
    try:
        yield
    finally:
        stop.set()
        work.join()


def _go_on(stop: threading.Event) -> None:
    while True:
        try:
            once(stop.is_set)
        except Error:
            # The database is away or busy: readers replay by themselves until the next time.
            _log.exception("Standings could not be told anew.")
        finally:
            connections.close_all()
        if stop.wait(EVERY):
            return
