"""Where things stand on the disk: the project, and the folder of everything it writes."""

from __future__ import annotations

from pathlib import Path

from donghanh.config import env

#: The folder that holds the package, the messages and the scripts.
ROOT = Path(__file__).resolve().parents[2]


def var() -> Path:
    """Return the folder of everything written while running: database, secret, static files."""
    return Path(env.text("DONGHANH_VAR", str(ROOT / "var"))).resolve()
