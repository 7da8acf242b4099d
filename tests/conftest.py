"""What all tests share: one embedded database, migrated once, copied for each worker."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from tests.database import TestDatabase

_HERE = Path(__file__).parent
_NEED_DATABASE = (_HERE / "integration", _HERE / "browser")
_KEY = pytest.StashKey[TestDatabase]()

#: Tests speak to the pages without https, and hash invented passwords without taking their time.
_OVERRIDES: dict[str, object] = {
    "SECURE_SSL_REDIRECT": False,
    "SESSION_COOKIE_SECURE": False,
    "CSRF_COOKIE_SECURE": False,
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
}


def pytest_configure(config: pytest.Config) -> None:
    """Start the database, once, when any of the chosen tests needs it."""
    for name, value in _OVERRIDES.items():
        setattr(settings, name, value)
    if not hasattr(config, "workerinput") and _needs_database(config):
        config.stash[_KEY] = TestDatabase()
        config.stash[_KEY].start()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the database where it was started."""
    database = config.stash.get(_KEY, None)
    if database is not None:
        database.stop()


def _needs_database(config: pytest.Config) -> bool:
    for argument in config.args:
        chosen = (config.invocation_params.dir / argument.split("::")[0]).resolve()
        if any(
            chosen.is_relative_to(need) or need.is_relative_to(chosen) for need in _NEED_DATABASE
        ):
            return True
    return False
