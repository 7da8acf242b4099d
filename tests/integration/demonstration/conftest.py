"""Walks begin with the tables the tests have already made."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from donghanh.demonstration import scratch


@pytest.fixture(scope="session", autouse=True)
def _tables_are_there() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scratch, "BEGINS_AS", os.environ["DONGHANH_TEST_TEMPLATE"])
        yield
