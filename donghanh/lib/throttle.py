"""
Slowing down who tries and tries: failures are counted, successes never.

Counted in the cache that all processes share. A failure takes the next free place of a window of
time; whoever finds all places taken waits for the next window. Taking a place is one statement
that only one of two at once can win, so that nobody tries more often by trying at once.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from donghanh.lib import clock


@dataclass(frozen=True, slots=True)
class Limit:
    """
    How often something may fail.

    Attributes:
        name: What is tried.
        failures: After how many it is closed, for the rest of the window.
        seconds: How long a window is.
    """

    name: str
    failures: int
    seconds: int

    def closed(self, who: str) -> bool:
        """Tell whether somebody, an address or an account, has failed too often by now."""
        return len(cache.get_many(self._places(who))) >= self.failures

    def failed(self, who: str) -> None:
        """Count one failure of somebody."""
        for place in self._places(who):
            if cache.add(place, 1, self.seconds):
                return

    def _places(self, who: str) -> list[str]:
        window = int(clock.now().timestamp()) // self.seconds
        key = hashlib.sha256(f"{self.name}:{who}:{window}".encode()).hexdigest()
        return [f"{key}:{place}" for place in range(self.failures)]


def address(request: HttpRequest) -> str:
    """
    Return the address a request comes from.

    What a client says of itself is not believed; where there is a proxy, it is the address the
    proxy itself saw, which it writes last.
    """
    nearest = str(request.META.get("REMOTE_ADDR", ""))
    if not settings.PROXY:
        return nearest
    return str(request.headers.get("X-Forwarded-For", "")).split(",")[-1].strip() or nearest
