"""
Slowing down who comes again and again, without keeping who: in the memory of this process alone.

An address is never kept. What is counted is a digest of it under a key that is drawn by chance for
each window of time and thrown away with all counts when the window ends; neither is written
anywhere. So nothing in the database or on a disk tells who came, or when.
"""

from __future__ import annotations

import hashlib
import ipaddress
import secrets
import threading
from collections import Counter
from datetime import datetime


class Passing:
    """How often one address, or one thing, may come in a window of time."""

    def __init__(self, *, most: int, seconds: int, entries: int = 100_000) -> None:
        """
        Begin with nothing counted.

        Args:
            most: How often within a window.
            seconds: How long a window is.
            entries: How many are told apart at most; those beyond share one count.
        """
        self._most, self._seconds, self._entries = most, seconds, entries
        self._lock = threading.Lock()
        self._window = -1
        self._key = b""
        self._counts: Counter[bytes] = Counter()

    def closed(self, who: str, at: datetime) -> bool:
        """Tell whether somebody has come too often in the window of an instant (aware)."""
        with self._lock:
            return self._counts[self._digest(who, at)] >= self._most

    def take(self, who: str, at: datetime) -> bool:
        """Count one coming at an instant (aware); ``False``: it is one too many."""
        with self._lock:
            digest = self._digest(who, at)
            if self._counts[digest] >= self._most:
                return False
            self._counts[digest] += 1
            return True

    def _digest(self, who: str, at: datetime) -> bytes:
        window = int(at.timestamp()) // self._seconds
        if window != self._window:
            self._window, self._key = window, secrets.token_bytes(32)
            self._counts = Counter()
        digest = hashlib.blake2b(who.encode(), key=self._key, digest_size=16).digest()
        known = digest in self._counts or len(self._counts) < self._entries
        return digest if known else b""


def share(most: int, processes: int) -> int:
    """
    Return how often one of several processes lets through, so that all together do not more.

    Each counts alone, because what they could share would be written somewhere. At least one gets
    through each.

    >>> share(20, 1), share(20, 3), share(20, 40)
    (20, 6, 1)
    """
    return max(1, most // processes)


def network(address: str) -> str:
    """
    Return what of an address is counted: of IPv6 the network of one connection, else all.

    >>> network("2001:db8:1:2:3:4:5:6"), network("203.0.113.9"), network("?")
    ('2001:db8:1:2::', '203.0.113.9', '?')
    """
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if known.version == 4:
        return str(known)
    return str(ipaddress.ip_network((known, 64), strict=False).network_address)
