"""How to reach the database: the given address, or the embedded server of this folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import psycopg
from psycopg import conninfo

from donghanh.config import env
from donghanh.lib.wall import PREFIX

#: Where the running embedded server says how its owner reaches it, below the folder ``var``.
FILE = Path("pg") / "connection.json"
#: The same for the pages, which own nothing.
WEB_FILE = Path("pg") / "web.json"


def settings(var: Path) -> dict[str, Any]:
    """
    Return Django's entry of ``DATABASES``.

    Args:
        var: Folder of everything written while running.

    Returns:
        The entry; when neither an address is given nor the embedded server has ever run, one
        without a host, so that whatever needs no database still works.

    Raises:
        env.SettingError: ``DATABASE_URL`` cannot be read.
    """
    web = is_web()
    parameters = _given(web) or _embedded(var / (WEB_FILE if web else FILE))
    size = env.number("DONGHANH_POOL", 8)
    options: dict[str, Any] = {
        name: value for name, value in parameters.items() if name not in _NAMES
    }
    if size:
        options["pool"] = {"min_size": 1, "max_size": size, "timeout": 10}
    entry: dict[str, Any] = {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
        "OPTIONS": options,
        "TEST": {"TEMPLATE": env.text("DONGHANH_TEST_TEMPLATE", "") or None},
    }
    return entry | {django: parameters.get(name, "") for name, django in _NAMES.items()}


_NAMES = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}


def is_web() -> bool:
    """
    Tell whether this process serves pages, and so signs in as the role that owns nothing.

    Raises:
        env.SettingError: ``DONGHANH_LOGIN`` is neither ``web`` nor ``owner``.
    """
    login = env.text("DONGHANH_LOGIN", "owner")
    if login not in {"owner", "web"}:
        raise env.SettingError("DONGHANH_LOGIN", "must be “web” or “owner”.")
    return login == "web"


def _given(web: bool) -> dict[str, str]:
    owners, pages = env.secret("DATABASE_URL", ""), env.secret("DATABASE_WEB_URL", "")
    if not owners:
        return {}
    if web and pages:
        return _parsed("DATABASE_WEB_URL", pages)
    found = _parsed("DATABASE_URL", owners)
    # Without an account of their own the pages lay the owner's rights down when they begin.
    return found | {"options": f"-c role={PREFIX}web"} if web else found


def _parsed(name: str, url: str) -> dict[str, str]:
    try:
        parsed = conninfo.conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        raise env.SettingError(name, "is not an address of PostgreSQL.") from None
    if not parsed.get("dbname"):
        raise env.SettingError(name, "must name a database.")
    return {key: str(value) for key, value in parsed.items()}


def _embedded(file: Path) -> dict[str, str]:
    try:
        loaded: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {"dbname": "donghanh"}
    return loaded
