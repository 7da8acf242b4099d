"""What the pages of docs say of commands that need a database is what those commands do."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from donghanh.config import places
from tests import database

LETTER = places.ROOT / "donghanh" / "demonstration" / "letters" / "dak-nong-2024.txt"
BACKUP = places.ROOT / "script" / "backup"


@pytest.fixture
def address() -> Iterator[str]:
    """A database with the tables of this code and one row in one of them."""
    name = f"kept{os.getpid()}"
    with psycopg.connect(database.address("postgres"), autocommit=True) as door:
        database.copy(door, name, os.environ["DONGHANH_TEST_TEMPLATE"])
        with psycopg.connect(database.address(name)) as inside:
            inside.execute(
                "insert into django_session (session_key, session_data, expire_date)"
                " values ('kept', '', now())"
            )
        yield database.address(name)
        database.drop(door, name)


def _run(*words: str, address: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"DATABASE_URL": address}
    return subprocess.run(
        [sys.executable, *words], env=environment, capture_output=True, text=True, check=False
    )


def _rows(address: str) -> list[str]:
    with psycopg.connect(address) as door:
        return [name for (name,) in door.execute("select session_key from django_session")]


class TestFirstPage:
    def test_shows_what_the_walk_really_says(self, tmp_path: Path) -> None:
        words = ("-m", "donghanh.config.cli", "walk", str(LETTER), "--out", str(tmp_path))
        said = _run(*words, address=database.address("postgres"))
        assert said.returncode == 0, said.stderr
        page = (places.ROOT / "README.md").read_text(encoding="utf-8")
        shown = re.search(r"```text\n(.*?)```", page, re.S)
        assert shown is not None
        assert said.stdout.replace(str(tmp_path), "var/walk") == shown[1]


class TestBackup:
    def test_puts_back_what_was_kept(self, address: str, tmp_path: Path) -> None:
        file = tmp_path / "kept.dump"
        assert _run(str(BACKUP), "keep", str(file), address=address).returncode == 0
        assert file.stat().st_mode & 0o077 == 0
        with psycopg.connect(address) as door:
            door.execute("delete from django_session")
        restored = _run(str(BACKUP), "restore", str(file), address=address)
        assert (restored.returncode, restored.stderr) == (0, "")
        assert _rows(address) == ["kept"]

    def test_changes_nothing_when_the_file_is_none(self, address: str, tmp_path: Path) -> None:
        file = tmp_path / "kept.dump"
        file.write_text("no backup")
        assert _run(str(BACKUP), "restore", str(file), address=address).returncode != 0
        assert _rows(address) == ["kept"]
