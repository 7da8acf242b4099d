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
#: How often it is looked whether a picture waits: who sent one is looking at it.
SOON = 1

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


def pictures(stopped: Callable[[], bool] = lambda: False) -> int:
    """Draw the pictures that wait in the sizes pages need; return how many were drawn."""
    draw = cast(Callable[..., int], import_string("donghanh.pictures.actions.make_waiting"))
    return draw(at=clock.now(), stopped=stopped)


@contextmanager
def meanwhile() -> Iterator[None]:
    """Do all of it beside everything inside, again and again, and end with it."""
    stop = threading.Event()
    works = [
        threading.Thread(target=_go_on, args=(stop, each, wait), name=name, daemon=True)
        for name, each, wait in (("refresh", once, EVERY), ("pictures", pictures, SOON))
    ]
    for work in works:
        work.start()
    try:
        yield
    finally:
        stop.set()
        for work in works:
            work.join()


def _go_on(stop: threading.Event, work: Callable[[Callable[[], bool]], int], wait: float) -> None:
    while True:
        try:
            work(stop.is_set)
        except Error:
            # The database is away or busy: pages do without until the next time.
            _log.exception("What lies beside the pages could not be done.")
        finally:
            connections.close_all()
        if stop.wait(wait):
            return
