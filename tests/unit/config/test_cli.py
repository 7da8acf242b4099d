"""The command ``donghanh`` as a shell meets it."""

from __future__ import annotations

import subprocess
import sys

from donghanh.config import places

LETTER = places.ROOT / "tests" / "letters" / "plain.txt"


class TestRead:
    def test_ends_quietly_when_nobody_listens_any_more(self) -> None:
        process = subprocess.Popen(
            [sys.executable, "-m", "donghanh.config.cli", "read", str(LETTER)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()

        said = process.stderr.read()

        assert (process.wait(30), said) == (0, b"")
        process.stderr.close()
