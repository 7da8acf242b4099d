"""The key that signs sessions."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from donghanh.config import secret


class TestKey:
    def test_is_made_once_for_its_owner_only(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.delenv("DONGHANH_SECRET_KEY", raising=False)
        first = secret.key(tmp_path / "var")
        assert len(first) >= 50
        assert secret.key(tmp_path / "var") == first
        assert stat.S_IMODE((tmp_path / "var" / "secret").stat().st_mode) == 0o600

    def test_is_the_given_one_and_none_is_written(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("DONGHANH_SECRET_KEY", "given")
        assert secret.key(tmp_path) == "given"
        assert list(tmp_path.iterdir()) == []
