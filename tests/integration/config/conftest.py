"""A place of its own for a database that is started, killed and thrown away."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from donghanh.config.ground import Ground


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder whose data are made once and stand, for the superuser, outside of it."""
    folder = tmp_path_factory.mktemp("var")
    yield folder
    data = Ground.of(folder / "pg").data
    if not data.is_relative_to(folder):
        shutil.rmtree(data.parent)
