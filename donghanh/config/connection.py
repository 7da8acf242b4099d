"""How to reach the database: the given address, or the embedded server of this folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import psycopg
from psycopg import conninfo

from donghanh.config import env

#: Where the running embedded server says how to reach it, below the folder ``var``.
FILE = Path("pg") / "connection.json"


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
    parameters = _given() or _embedded(var)
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


def _given() -> dict[str, str]:
    url = env.secret("DATABASE_URL", "")
    if not url:
        return {}
    try:
        parsed = conninfo.conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        raise env.SettingError("DATABASE_URL", "is not an address of PostgreSQL.") from None
    if not parsed.get("dbname"):
        raise env.SettingError("DATABASE_URL", "must name a database.")
    return {name: str(value) for name, value in parsed.items()}


def _embedded(var: Path) -> dict[str, str]:
    try:
        loaded: dict[str, str] = json.loads((var / FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {"dbname": "donghanh"}
    return loaded
