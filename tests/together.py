"""Several deeds at the same moment, each on a connection of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from threading import Barrier, Thread

from django.db import connection

from donghanh.domain.errors import RuleError

Deed = Callable[[], object]


def outcomes(*deeds: Deed) -> list[object]:
    """Do some things at once; return what each returned, or the code of its refusal, as it came."""
    start, ended = Barrier(len(deeds)), list[object]()

    def do(deed: Deed) -> None:
        try:
            start.wait(10)
            ended.append(deed())
        except RuleError as refused:
            ended.append(refused.code)
        finally:
            connection.close()

    threads = [Thread(target=do, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return ended


def together(*deeds: Deed) -> list[str]:
    """Do some things at once; return “done” for each, or the code of its refusal, in order."""
    return sorted(str(one) for one in outcomes(*(partial(_done, deed) for deed in deeds)))


def _done(deed: Deed) -> str:
    deed()
    return "done"
