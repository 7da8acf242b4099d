"""Which process tests run in, and in which order, where several share the work."""

from __future__ import annotations

from pathlib import Path

import pytest

_HERE = Path(__file__).parent
#: The files that take longest: begun first, so that no process is left alone with one at the end.
LONGEST = (
    "config/test_addresses.py",
    "demonstration/test_cohort.py",
    "dossiers/test_matrix_holds.py",
    "demonstration/test_walk.py",
    "demonstration/test_load.py",
    "ownfile/test_no_trace.py",
    "accounts/test_throttle.py",
)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep each file in one process, which makes its set-up once; the longest files first."""
    ranks = {_HERE / name: rank for rank, name in enumerate(LONGEST)}
    for item in items:
        if item.path.is_relative_to(_HERE) and item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(str(item.path.relative_to(_HERE))))
    items.sort(key=lambda item: ranks.get(item.path, len(ranks)))
