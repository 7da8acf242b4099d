"""How to reach the database."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from donghanh.config import connection, env


class TestSettings:
    def test_take_the_given_address_apart(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("DATABASE_URL", "postgresql://me:s%2Fh@host:5433/base?sslmode=require")
        entry = connection.settings(tmp_path)
        parts = [entry[name] for name in ("USER", "PASSWORD", "HOST", "PORT", "NAME")]
        assert parts == ["me", "s/h", "host", "5433", "base"]
        assert entry["OPTIONS"]["sslmode"] == "require"
        assert entry["CONN_HEALTH_CHECKS"] is True

    def test_take_what_the_embedded_server_wrote(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.delenv("DATABASE_URL", raising=False)
        path = tmp_path / connection.FILE
        path.parent.mkdir()
        path.write_text(json.dumps({"host": "sockets", "dbname": "base"}), encoding="utf-8")
        entry = connection.settings(tmp_path)
        assert (entry["HOST"], entry["NAME"]) == ("sockets", "base")

    def test_can_be_read_before_any_database_has_run(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.delenv("DATABASE_URL", raising=False)
        assert connection.settings(tmp_path)["HOST"] == ""

    @pytest.mark.parametrize("given", ["nonsense", "postgresql://host"])
    def test_refuse_an_address_that_names_no_database(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, given: str
    ) -> None:
        monkeypatch.setenv("DATABASE_URL", given)
        with pytest.raises(env.SettingError, match="DATABASE_URL"):
            connection.settings(tmp_path)
