"""In which order files are taken, where several processes share the work."""

from __future__ import annotations

from pathlib import Path

import pytest

_HERE = Path(__file__).parent
#: The files that take longest: begun first, so that no process is left alone with one at the end.
LONGEST = (
    "demonstration/test_load.py",
    "config/test_addresses.py",
    "demonstration/test_cohort.py",
    "ownfile/test_no_trace.py",
    "config/test_serve.py",
    "demonstration/test_walk.py",
    "history/test_command.py",
    "dossiers/test_matrix_holds.py",
    "docs/test_commands.py",
    "accounts/test_throttle.py",
)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest files; each stays in one process, which makes its set-up once."""
    ranks = {_HERE / name: rank for rank, name in enumerate(LONGEST)}
    items.sort(key=lambda item: ranks.get(item.path, len(ranks)))
