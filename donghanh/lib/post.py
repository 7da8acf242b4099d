"""
Mail that leaves behind the answer: a page takes as long where there is none to send.

What cannot be sent is written into the log without whom it was for; who waits asks again.
"""

from __future__ import annotations

import logging
from concurrent.futures import Future, ThreadPoolExecutor, wait
from threading import Lock

from django.core.mail import EmailMessage

_log = logging.getLogger(__name__)
_office = ThreadPoolExecutor(max_workers=1, thread_name_prefix="post")
_waiting: set[Future[None]] = set()
_lock = Lock()


def send(message: EmailMessage | None) -> None:
    """
    Hand over a mail, or the want of one: both take the caller the same time.

    Args:
        message: The mail; ``None`` where nobody is written to.
    """
    with _lock:
        sent = _office.submit(_send, message)
        _waiting.add(sent)
    sent.add_done_callback(_waiting.discard)


def settle() -> None:
    """Wait until everything handed over has left."""
    with _lock:
        waiting = set(_waiting)
    wait(waiting)


def _send(message: EmailMessage | None) -> None:
    if message is None:
        return
    try:
        message.send()
    except OSError as error:  # of the network, and of smtplib, whose errors are of this kind
        _log.error("a mail could not be sent: %s", type(error).__name__)
