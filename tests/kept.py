"""
What a set-up made, kept for all tests of a file: each test takes back only what it did itself.

A test runs in a savepoint inside the transaction of the set-up. It is for files in which no test
commits, and in which nothing a test does to the objects of the set-up changes the next test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests import chain

T = TypeVar("T")


@contextmanager
def kept(blocker: DjangoDbBlocker, make: Callable[[], T]) -> Iterator[T]:
    """
    Do a set-up, give what it made to all tests of a file, and take it back after the last one.

    Args:
        blocker: Of ``pytest-django``; the file's fixture asks for ``django_db_setup``, too.
        make: The set-up, through the real actions.
    """
    with blocker.unblock(), transaction.atomic():
        made = make()
        chain.close()  # once, and not at the end of each test
        yield made
        transaction.set_rollback(True)
