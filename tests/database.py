"""The database of the tests: its own embedded server, and one migrated template to copy from."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from types import MappingProxyType

import psycopg
from django.conf import settings
from psycopg import conninfo, sql

from donghanh.config import connection, places
from donghanh.config.embedded import FRAGILE, Server

VAR = places.var() / "test-pg"
PACKAGE = places.ROOT / "donghanh"


class TestDatabase:
    """
    A server for this run of the tests, or the one another run has already started.

    ``DATABASE_URL`` chooses another server instead; its role must be allowed to make databases.
    """

    __test__ = False

    def __init__(self) -> None:
        """Nothing is started yet."""
        self._server: Server | None = None
        VAR.mkdir(parents=True, exist_ok=True)
        self._guests = (VAR / "guests").open("ab")

    def start(self) -> None:
        """Start the server, make the template, and tell the workers through the environment."""
        # Held while this run lasts: the run that owns the server waits for the others.
        fcntl.flock(self._guests, fcntl.LOCK_SH)
        if not os.environ.get("DATABASE_URL"):
            self._server = Server(VAR, FRAGILE)
            found = self._server.start()
            os.environ["DATABASE_URL"] = conninfo.make_conninfo("", **found)
            pages = json.loads((VAR / connection.WEB_FILE).read_text(encoding="utf-8"))
            os.environ["DATABASE_WEB_URL"] = conninfo.make_conninfo("", **pages)
        # Tests make and look at everything themselves; what the walls hide is asked role by role.
        os.environ["DATABASE_URL"] = conninfo.make_conninfo(
            os.environ["DATABASE_URL"], options="-c wall.whole=yes"
        )
        os.environ["DONGHANH_POOL"] = "0"
        os.environ["DONGHANH_TEST_TEMPLATE"] = template("tables", "manage", "migrate", "-v0")
        # A name of its own, so that two runs at once do not take each other's tables away.
        os.environ["DATABASE_URL"] = address(f"run{os.getpid()}")
        entry = settings.DATABASES["default"]
        fresh = connection.settings(VAR)
        entry.update(fresh | {"TEST": entry.get("TEST", {}) | fresh["TEST"]})

    def stop(self) -> None:
        """Stop the server if this run started it and no other run uses it."""
        fcntl.flock(self._guests, fcntl.LOCK_UN)
        if self._server is not None and self._server.process is not None:
            fcntl.flock(self._guests, fcntl.LOCK_EX)
            self._server.stop()
        self._guests.close()


def address(name: str) -> str:
    """Return the address of a database on the server of the tests."""
    return conninfo.make_conninfo(os.environ["DATABASE_URL"], dbname=name)


def web_address(name: str) -> str:
    """Return the address of a database as the pages sign in; empty where they have no account."""
    url = os.environ.get("DATABASE_WEB_URL", "")
    return conninfo.make_conninfo(url, dbname=name) if url else ""


def template(
    kind: str,
    *words: str,
    source: str = "template0",
    files: str = "*/migrations/*.py",
    told: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """
    Return a database that a command of ours has filled; made once for each state of the files.

    Args:
        kind: What it is for; the beginning of its name.
        words: The words of the command ``donghanh`` that fills it.
        source: The database to begin with.
        files: The files below the package whose change makes it anew.
        told: What the command finds in its environment besides.
    """
    name = f"{kind}_{_mark(files)}"
    with (VAR / f"{kind}.lock").open("w") as file, _door() as door:
        fcntl.flock(file, fcntl.LOCK_EX)
        old = door.execute(
            "select datname from pg_database where datname like %s", [f"{kind}\\_%"]
        ).fetchall()
        if (name,) in old:
            return name
        for (gone,) in old:
            drop(door, gone)
        draft = f"{kind}_draft"
        copy(door, draft, source)
        environment = os.environ | told | {"DATABASE_URL": address(draft)}
        subprocess.run(
            [sys.executable, "-m", "donghanh.config.cli", *words], env=environment, check=True
        )
        door.execute(
            sql.SQL("alter database {} rename to {}").format(
                sql.Identifier(draft), sql.Identifier(name)
            )
        )
    return name


def copy(door: psycopg.Connection[tuple[str]], name: str, source: str) -> None:
    """Make a database as the copy of another, in the place of an older one of that name."""
    drop(door, name)
    door.execute(
        sql.SQL("create database {} template {}").format(
            sql.Identifier(name), sql.Identifier(source)
        )
    )


def drop(door: psycopg.Connection[tuple[str]], name: str) -> None:
    """Take a database away, and whoever still uses it."""
    door.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


def _door() -> psycopg.Connection[tuple[str]]:
    return psycopg.connect(address("postgres"), autocommit=True)


def _mark(files: str) -> str:
    digest = hashlib.sha256()
    for path in sorted(PACKAGE.glob(files)):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(str(path.relative_to(PACKAGE)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]
