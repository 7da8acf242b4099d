"""``donghanh history`` and the digest that is kept with a backup."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from donghanh.config import places
from tests import database

BACKUP = places.ROOT / "script" / "backup"
WRITE = """
INSERT INTO accounts_user (password, username, name, label, is_active, simulated)
VALUES ('', %(name)s, %(name)s, '', true, true);
SELECT history_record(now(), (SELECT max(id) FROM accounts_user), 'officer', 'so', 'tests.tried',
                      'unit', 1, '{"tên": "số"}')
"""


@pytest.fixture
def address() -> Iterator[str]:
    """A database with some lines of history."""
    name = f"chained{os.getpid()}"
    with psycopg.connect(database.address("postgres"), autocommit=True) as door:
        database.copy(door, name, os.environ["DONGHANH_TEST_TEMPLATE"])
        _written(database.address(name), "mot", "hai", "ba")
        yield database.address(name)
        database.drop(door, name)


def _written(address: str, *names: str) -> None:
    with psycopg.connect(address, cursor_factory=psycopg.ClientCursor) as door:
        for name in names:
            door.execute(WRITE, {"name": name})
            door.commit()


def _run(*words: str, address: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"DATABASE_URL": address}
    return subprocess.run(
        [sys.executable, *words], env=environment, capture_output=True, text=True, check=False
    )


def _history(*words: str, address: str) -> subprocess.CompletedProcess[str]:
    return _run("-m", "donghanh.config.cli", "history", *words, address=address)


class TestHistory:
    def test_says_that_every_line_holds_and_keeps_what_it_found(self, address: str) -> None:
        said = _history("verify", address=address)
        assert (said.returncode, said.stderr) == (0, "")
        told = json.loads(said.stdout)
        assert (told["holds"], told["lines"], told["broken"]) == (True, 3, None)
        head = json.loads(_history("head", address=address).stdout)
        assert head == {"lines": 3, "newest": told["newest"]}
        with psycopg.connect(address) as door:
            kept = door.execute("SELECT lines, digest, broken, why FROM history_verification")
            assert kept.fetchall() == [(3, told["newest"], None, "")]

    def test_names_the_first_line_that_was_changed_and_fails(self, address: str) -> None:
        with psycopg.connect(address) as door:
            door.execute("ALTER TABLE history_event DISABLE TRIGGER USER")
            door.execute("UPDATE history_event SET subject_id = 2 WHERE id = 2")
        said = _history("verify", address=address)
        assert said.returncode == 1
        assert said.stderr == "Chuỗi không toàn vẹn ở vị trí 2: dòng 2 đã bị sửa.\n"
        assert json.loads(said.stdout)["broken"] == {"position": 2, "line": 2, "why": "changed"}

    def test_refuses_what_is_no_digest(self, address: str) -> None:
        said = _history("verify", "--since", "abc", address=address)
        assert (said.returncode, said.stdout) == (2, "")
        assert "dấu kiểm gồm 64 ký tự" in said.stderr


class TestBackup:
    def test_keeps_the_newest_digest_beside_it_and_finds_a_chain_written_anew(
        self, address: str, tmp_path: Path
    ) -> None:
        file = tmp_path / "kept.dump"
        assert _run(str(BACKUP), "keep", str(file), address=address).returncode == 0
        beside = tmp_path / "kept.dump.digest"
        assert beside.stat().st_mode & 0o077 == 0
        digest = beside.read_text(encoding="ascii").strip()
        _written(address, "bon")
        said = _history("verify", "--since", digest, address=address)
        assert (said.returncode, said.stderr) == (0, "")
        assert json.loads(said.stdout)["since"] == {"digest": digest, "stands": True}

        restored = _run(str(BACKUP), "restore", str(file), address=address)
        assert (restored.returncode, restored.stderr) == (0, "")
        said = _history("verify", "--since", digest, address=address)
        assert (said.returncode, json.loads(said.stdout)["lines"]) == (0, 3)
        _written(address, "nam")  # a restored database goes on with its chain
        assert json.loads(_history("verify", address=address).stdout)["lines"] == 4

        other = "a" * 64
        said = _history("verify", "--since", other, address=address)
        assert said.returncode == 1
        assert "dấu kiểm giữ ở nơi khác không có trong chuỗi" in said.stderr
        assert json.loads(said.stdout)["since"] == {"digest": other, "stands": False}


class TestUpgrade:
    def test_links_the_lines_there_are_in_the_order_of_their_numbers(self) -> None:
        name = f"upgraded{os.getpid()}"
        where = database.address(name)
        manage = ("-m", "donghanh.config.cli", "manage", "migrate", "-v0")
        with psycopg.connect(database.address("postgres"), autocommit=True) as door:
            database.copy(door, name, "template0")
            try:
                before = _run(*manage, "history", "0003", address=where)
                assert before.returncode == 0, before.stderr
                with psycopg.connect(where) as inside:
                    inside.execute(
                        "INSERT INTO accounts_user (id, password, username, name, label,"
                        " is_active, simulated) VALUES (1, '', 'a', 'A', '', true, true);"
                        "INSERT INTO history_event (id, at, actor_id, role, unit_code, action,"
                        " subject, subject_id, facts, previous, digest) SELECT n, now(), 1,"
                        " 'officer', 'so', 'tests.tried', 'unit', n, '{}', n - 1, n"
                        " FROM unnest(ARRAY[3, 1, 2]) AS n"
                    )
                after = _run(*manage, address=where)
                assert after.returncode == 0, after.stderr
                said = json.loads(_history("verify", address=where).stdout)
                assert (said["holds"], said["lines"]) == (True, 3)
                with psycopg.connect(where) as inside:
                    found = inside.execute("SELECT position, event_id FROM history_link")
                    assert sorted(found.fetchall()) == [(1, 1), (2, 2), (3, 3)]
            finally:
                database.drop(door, name)
