"""The embedded PostgreSQL: started, shared, killed, mended."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import conninfo

from donghanh.config.embedded import FRAGILE, Server
from donghanh.config.errors import CannotRun

_OWNER = """
import sys, time
from pathlib import Path
from donghanh.config.embedded import FRAGILE, Server
server = Server(Path(sys.argv[1]), FRAGILE)
server.start()
print(server.process.pid, flush=True)
time.sleep(60)
"""


def _ask(found: dict[str, str], question: str) -> object:
    with psycopg.connect(conninfo.make_conninfo(**found)) as door:
        row = door.execute(question).fetchone()
        return row and row[0]


def _wait(until: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not until():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.fixture
def owner(var: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that owns the server."""
    with subprocess.Popen(
        [sys.executable, "-c", _OWNER, str(var)], stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        process.kill()


def _first_line(owner: subprocess.Popen[str]) -> int:
    assert owner.stdout is not None
    return int(owner.stdout.readline())


class TestStart:
    def test_gives_version_18_with_checksums_and_letters_in_one_order(self, var: Path) -> None:
        with Server(var, FRAGILE):
            found = _written(var)
            assert str(_ask(found, "show server_version")).startswith("18")
            assert _ask(found, "show data_checksums") == "on"
            assert _ask(found, "select lower('ĐỀ ƯỚC')") == "đề ước"
            assert _ask(found, "show listen_addresses") == ""

    def test_gives_a_role_that_is_no_superuser(self, var: Path) -> None:
        with Server(var, FRAGILE):
            sentence = "select rolsuper::int + rolbypassrls::int from pg_roles where rolname = user"
            assert _ask(_written(var), sentence) == 0

    def test_asks_for_the_password_even_on_the_socket(self, var: Path) -> None:
        with Server(var, FRAGILE), pytest.raises(psycopg.OperationalError, match="password"):
            _ask(_written(var) | {"password": "guessed"}, "select 1")

    def test_keeps_passwords_and_socket_for_the_owner_only(self, var: Path) -> None:
        with Server(var, FRAGILE):
            sockets = Path(_written(var)["host"])
            assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
            for name in ("passwords.json", "connection.json"):
                assert stat.S_IMODE((var / "pg" / name).stat().st_mode) == 0o600

    def test_refuses_data_of_another_version_in_one_sentence(self, var: Path) -> None:
        with Server(var, FRAGILE):
            place = Path(str(_ask_superuser(var, "show data_directory")))
        version = place / "PG_VERSION"
        version.write_text("16\n")
        try:
            with pytest.raises(CannotRun, match="PostgreSQL 16"):
                Server(var, FRAGILE).start()
        finally:
            version.write_text("18\n")


class TestASecondProcess:
    def test_is_given_the_way_and_leaves_the_server_running(
        self, var: Path, owner: subprocess.Popen[str]
    ) -> None:
        pid = _first_line(owner)
        try:
            with Server(var, FRAGILE) as guest:
                assert guest.process is None
                assert _ask(_written(var), "select 1") == 1
            os.kill(pid, 0)
            assert _ask(_written(var), "select 1") == 1
        finally:
            owner.kill()
            owner.wait()
            os.kill(pid, signal.SIGINT)


class TestAfterAKill:
    def test_of_the_owner_the_next_one_ends_the_old_server_and_keeps_the_data(
        self, var: Path, owner: subprocess.Popen[str]
    ) -> None:
        pid = _first_line(owner)
        with psycopg.connect(conninfo.make_conninfo(**_written(var))) as door:
            door.execute("create table if not exists kept (n int)")
            door.execute("insert into kept values (1)")
        owner.kill()
        owner.wait()
        with Server(var, FRAGILE) as server:
            assert server.process is not None
            assert server.process.pid != pid
            assert _ask(_written(var), "select count(*) from kept") == 1

    def test_of_the_server_the_owner_sees_it_and_the_next_start_recovers(self, var: Path) -> None:
        with Server(var, FRAGILE) as server:
            process = server.process
            assert process is not None
            process.kill()
            _wait(lambda: process.poll() is not None)
        with Server(var, FRAGILE):
            assert _ask(_written(var), "select 1") == 1

    def test_of_both_the_next_start_recovers(self, var: Path, owner: subprocess.Popen[str]) -> None:
        pid = _first_line(owner)
        os.kill(pid, signal.SIGKILL)
        owner.kill()
        owner.wait()
        with Server(var, FRAGILE):
            assert _ask(_written(var), "select 1") == 1


def _written(var: Path) -> dict[str, str]:
    loaded: dict[str, str] = json.loads((var / "pg" / "connection.json").read_text())
    return loaded


def _ask_superuser(var: Path, question: str) -> object:
    password = json.loads((var / "pg" / "passwords.json").read_text())["postgres"]
    return _ask(_written(var) | {"user": "postgres", "password": password}, question)
