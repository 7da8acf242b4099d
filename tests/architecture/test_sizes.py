"""No file of ours is longer than a person reads at one sitting."""

from __future__ import annotations

from tests.architecture import ours

LIMIT = 400
_KINDS = {".py", ".css", ".js", ".html", ".sh"}
_SCRIPTS = ours.ROOT / "script"


class TestFiles:
    def test_have_at_most_400_lines(self) -> None:
        long = {}
        for path in ours.kept():
            parts = set(path.relative_to(ours.ROOT).parts)
            written_by_us = path.suffix in _KINDS or path.parent == _SCRIPTS
            if not written_by_us or parts & {"vendor", "migrations"}:
                continue
            lines = len(path.read_text(encoding="utf-8").splitlines())
            if lines > LIMIT:
                long[str(path.relative_to(ours.ROOT))] = lines
        assert long == {}
