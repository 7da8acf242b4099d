"""The rules import the standard library and themselves, and nothing else."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.architecture import ours

DOMAIN = ours.PACKAGE / "domain"


class TestDomain:
    @pytest.mark.parametrize(
        "path", list(ours.python(DOMAIN)), ids=lambda path: str(path.relative_to(DOMAIN))
    )
    def test_imports_the_standard_library_and_itself_only(self, path: Path) -> None:
        foreign = [
            name
            for name in sorted(ours.imported(path))
            if name.split(".")[0] not in sys.stdlib_module_names
            and name != "donghanh.domain"
            and not name.startswith("donghanh.domain.")
        ]
        assert foreign == []
