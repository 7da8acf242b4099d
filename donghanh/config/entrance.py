"""What the environment says of signing in: the mail server, and an organisation's own providers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from donghanh.config import env

_SMTP = {"smtp": 587, "smtps": 465}
_PROVIDER = frozenset({"id", "name", "issuer", "client_id", "secret"})
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def mail(var: Path, *, demonstration: bool) -> dict[str, Any]:
    """
    Return the settings of mail; without a server the pages offer nothing that needs one.

    Args:
        var: Folder of everything written while running; a demonstration may keep its mail there.
        demonstration: Whether the people are invented.

    Raises:
        env.SettingError: ``DONGHANH_MAIL`` is no address of a mail server.
    """
    written = env.secret("DONGHANH_MAIL", "")
    sender = env.text("DONGHANH_MAIL_FROM", "donghanh@localhost")
    off = {"MAIL": False, "DEFAULT_FROM_EMAIL": sender}
    if not written:
        return off | {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    if written == "file" and demonstration:
        backend = "django.core.mail.backends.filebased.EmailBackend"
        return off | {"MAIL": True, "EMAIL_BACKEND": backend, "EMAIL_FILE_PATH": var / "mail"}
    parts = urlsplit(written)
    if parts.scheme not in _SMTP or not parts.hostname:
        raise env.SettingError(
            "DONGHANH_MAIL", "must be smtp://user:password@host:587 or smtps://…"
        )
    return off | {
        "MAIL": True,
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or _SMTP[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 10,
    }


def providers() -> list[dict[str, Any]]:
    """
    Return the providers somebody may sign in through, as the library wants them.

    Raises:
        env.SettingError: ``DONGHANH_PROVIDERS`` is no list of providers, or one is not complete.
    """
    written = env.secret("DONGHANH_PROVIDERS", "")
    try:
        found = json.loads(written) if written else []
    except ValueError:
        raise env.SettingError("DONGHANH_PROVIDERS", "must be written as JSON.") from None
    if not isinstance(found, list) or not all(_complete(each) for each in found):
        raise env.SettingError(
            "DONGHANH_PROVIDERS",
            "must be a list of objects with id, name, issuer (https), client_id and secret.",
        )
    return [
        {
            "provider_id": each["id"],
            "name": each["name"],
            "client_id": each["client_id"],
            "secret": each["secret"],
            "settings": {
                "server_url": each["issuer"],
                "oauth_pkce_enabled": True,
                "fetch_userinfo": False,
            },
        }
        for each in found
    ]


def origins(found: Sequence[dict[str, Any]]) -> list[str]:
    """Return the origins of providers: a form that begins to sign in may lead there."""
    addresses = [urlsplit(each["settings"]["server_url"]) for each in found]
    return sorted({f"{address.scheme}://{address.netloc}" for address in addresses})


def _complete(each: object) -> bool:
    if not isinstance(each, dict) or set(each) != _PROVIDER:
        return False
    if not all(isinstance(value, str) and value for value in each.values()):
        return False
    issuer = urlsplit(each["issuer"])
    safe = issuer.scheme == "https" or issuer.hostname in _LOOPBACK
    return safe and each["id"].replace("-", "").isalnum() and each["id"].isascii()
