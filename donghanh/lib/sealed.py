"""
Texts that can be read with the installation's secret alone, and marks of texts that cannot be read.

Where the secret was replaced, what earlier ones sealed is still opened by them while they are named
in ``SECRET_KEY_FALLBACKS``.
"""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac


def seal(text: str, purpose: str) -> str:
    """
    Return a text sealed for one purpose; sealed again it looks different.

    Args:
        text: What nobody is to read in a table or a copy of it.
        purpose: What it is kept for; opened for another it is unreadable.
    """
    return _locks(_keys(), purpose).encrypt(text.encode()).decode()


def opened(sealed: str, purpose: str) -> str | None:
    """Return a sealed text, or ``None``: changed, of another purpose or of a secret long gone."""
    try:
        return _locks(_keys(), purpose).decrypt(sealed.encode()).decode()
    except (InvalidToken, UnicodeError):
        return None


def mark(text: str, purpose: str) -> str:
    """Return 64 signs that tell equal texts, and of which nobody without the secret finds any."""
    return salted_hmac(purpose, text, algorithm="sha256").hexdigest()


def _keys() -> tuple[str, ...]:
    return tuple(str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


@lru_cache(maxsize=16)
def _locks(secrets: tuple[str, ...], purpose: str) -> MultiFernet:
    keys = [hashlib.sha256(f"{purpose}\n{secret}".encode()).digest() for secret in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])
