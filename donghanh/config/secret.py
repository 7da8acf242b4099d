"""The key that signs sessions: given by the place, or made once and kept."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from donghanh.config import env


def key(var: Path) -> str:
    """
    Return the secret key: ``DONGHANH_SECRET_KEY``, or the one kept in the folder ``var``.

    Args:
        var: Folder of everything written while running; made when missing.

    Raises:
        env.SettingError: No key is given, and none can be kept there.
    """
    given = env.secret("DONGHANH_SECRET_KEY", "")
    return given or _kept(var / "secret")


def _kept(path: Path) -> str:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _keep(path, secrets.token_urlsafe(48))
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise env.SettingError(
            "DONGHANH_SECRET_KEY", f"is not set, and {path} cannot be used: {error.strerror}."
        ) from None


def _keep(path: Path, value: str) -> None:
    # Two processes may start at once: each writes its own draft whole, and only the first links it.
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(value)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # the other process was first; its key is the one
    finally:
        draft.unlink()
