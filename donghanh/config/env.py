"""Typed readers of the environment: they fail loudly, with the name of the variable."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from donghanh.config.errors import CannotRun

_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"0", "false", "no", "off"})


class SettingError(CannotRun):
    """A variable of the environment is missing or cannot be read."""

    def __init__(self, name: str, problem: str) -> None:
        """Name the variable and say what is wrong with it."""
        super().__init__("%(name)s %(problem)s", name=name, problem=problem)


def text(name: str, default: str | None = None) -> str:
    """Return a variable as text; without a default it must be given."""
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise SettingError(name, "must be set.")
    return default


def day(name: str) -> date | None:
    """
    Return a variable that is a day, or ``None`` where it is not set.

    Raises:
        SettingError: It is no day of the form 2026-11-21.
    """
    written = os.environ.get(name, "")
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise SettingError(name, "must be a day such as 2026-11-21.") from None


def flag(name: str, *, default: bool) -> bool:
    """Return a variable as yes or no: 1, true, yes, on or 0, false, no, off."""
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in _TRUE:
        return True
    if value in _FALSE:
        return False
    raise SettingError(name, f"must be 1 or 0, not {value!r}.")


def number(name: str, default: int | None = None) -> int:
    """Return a variable as a whole number; without a default it must be given."""
    value = text(name, None if default is None else str(default))
    try:
        return int(value)
    except ValueError:
        raise SettingError(name, f"must be a whole number, not {value!r}.") from None


def count(name: str, default: int) -> int:
    """Return a variable as how many there are of something: one at least."""
    value = number(name, default)
    if value < 1:
        raise SettingError(name, f"must be 1 or more, not {value}.")
    return value


def names(name: str, default: str) -> list[str]:
    """Return a variable as a list: parts between commas, empty parts left out."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def secret(name: str, default: str | None = None) -> str:
    """Return a secret given as ``NAME`` or as the path of a file in ``NAME_FILE``."""
    path = os.environ.get(f"{name}_FILE", "").strip()
    if not path:
        return text(name, default)
    if os.environ.get(name, "").strip():
        raise SettingError(name, f"and {name}_FILE are both set; give one of them.")
    try:
        value = Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SettingError(f"{name}_FILE", f"cannot be read: {error.strerror}.") from None
    if not value:
        raise SettingError(f"{name}_FILE", "points to an empty file.")
    return value
