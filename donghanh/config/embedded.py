"""
The embedded PostgreSQL: one owner starts it, everybody else connects to it.

The server is a direct child of its owner, listens on one private socket and nowhere else, and asks
for a password even there. Whoever holds the lock may start, mend and stop it; a second process
finds the lock taken and is given the way to the running server instead.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import signal
import subprocess
import time
from contextlib import suppress
from io import FileIO
from pathlib import Path
from types import TracebackType

import psutil
import psycopg
from django.utils.translation import gettext_lazy as _
from psycopg import conninfo, sql

from donghanh.config import connection, roles
from donghanh.config.errors import CannotRun
from donghanh.config.ground import Ground

#: The version of the data this program can read.
VERSION = "18"
#: Seconds to wait for the server, or for another process that is starting it.
PATIENCE = 60
#: The role of the application; it may make databases, and is no superuser.
ROLE = "donghanh"

_SUPERUSER = "postgres"
#: Larger than any process number: a lock file that names it counts as left behind.
_NOBODYS_PID = 1 << 22

#: Speed instead of safety, for data that tests throw away.
FRAGILE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class Server:
    """The embedded server of one folder; a context manager that stops only what it started."""

    def __init__(self, var: Path, options: tuple[str, ...] = ()) -> None:
        """
        Describe the server; nothing is started yet.

        Args:
            var: Folder of everything written while running.
            options: Further settings of the server, as ``name=value``.
        """
        self.folder = var / "pg"
        self.options = options
        self.process: subprocess.Popen[bytes] | None = None
        self._lock: FileIO | None = None
        self._ground: Ground | None = None

    def __enter__(self) -> Server:
        """Start the server, or find it running."""
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop what was started here."""
        self.stop()

    def start(self) -> dict[str, str]:
        """
        Start the server unless another process owns it, and wait until it answers.

        Returns:
            How to reach it, in the words of libpq; the same as in the file of connections.

        Raises:
            CannotRun: It cannot be started; the sentence says why.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        until = time.monotonic() + PATIENCE
        while not self._take_lock():
            found = self._answering()
            if found:
                return found
            if time.monotonic() > until:
                raise CannotRun(_("Another process holds the database but it does not answer."))
            time.sleep(0.1)
        try:
            return self._own()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop the server cleanly if it was started here, and let go of the lock."""
        process, self.process = self.process, None
        if process is not None:
            _end(process)
        if process is not None and self._ground is not None:
            with suppress(OSError):  # not empty after a server that was killed
                self._ground.sockets.rmdir()
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _take_lock(self) -> bool:
        # The descriptor is not inherited, so the lock ends with this process, however it ends.
        file = (self.folder / "lock").open("ab", buffering=0)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return False
        self._lock = file
        return True

    def _answering(self) -> dict[str, str]:
        try:
            found: dict[str, str] = json.loads((self.folder / connection.FILE.name).read_text())
            with psycopg.connect(conninfo.make_conninfo(**found), connect_timeout=5):
                return found
        except (FileNotFoundError, psycopg.OperationalError):
            return {}

    def _own(self) -> dict[str, str]:
        passwords = _passwords(self.folder / "passwords.json")
        self._ground = ground = Ground.of(self.folder)
        ground.prepare(passwords[_SUPERUSER])
        written = (ground.data / "PG_VERSION").read_text().strip()
        if written != VERSION:
            raise CannotRun(
                _(
                    "The data in %(folder)s were written by PostgreSQL %(written)s; this program"
                    " needs %(needed)s. Move the folder away or upgrade the data first."
                ),
                folder=ground.data,
                written=written,
                needed=VERSION,
            )
        _end_left_behind(ground.data / "postmaster.pid", ground.sockets)
        self._launch(ground)
        found = {
            "host": str(ground.sockets),
            "port": "5432",
            "user": ROLE,
            "password": passwords[ROLE],
            "dbname": ROLE,
        }
        self._await(found, passwords)
        _keep(self.folder / connection.FILE.name, found)
        pages = {"user": roles.WEB, "password": passwords[roles.WEB]}
        _keep(self.folder / connection.WEB_FILE.name, found | pages)
        return found

    def _launch(self, ground: Ground) -> None:
        settings = (
            "listen_addresses=",
            f"unix_socket_directories={ground.sockets}",
            "unix_socket_permissions=0700",
            "max_connections=60",
            "timezone=UTC",
            *self.options,
        )
        with (self.folder / "server.log").open("wb") as log:
            self.process = subprocess.Popen(
                [
                    str(ground.programs / "postgres"),
                    *("-D", str(ground.data)),
                    *(part for setting in settings for part in ("-c", setting)),
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd="/",
                # Its own session: Ctrl-C reaches the owner first, which stops things in order.
                start_new_session=True,
                **ground.identity(),
            )

    def _await(self, found: dict[str, str], passwords: dict[str, str]) -> None:
        superuser = {"user": _SUPERUSER, "password": passwords[_SUPERUSER], "dbname": "postgres"}
        as_superuser = found | superuser
        way = conninfo.make_conninfo(**as_superuser)
        until = time.monotonic() + PATIENCE
        while True:
            try:
                with psycopg.connect(way, autocommit=True) as door:
                    _furnish(door, found["password"])
                    roles.ensure(door, ROLE, passwords[roles.WEB])
                    return
            except psycopg.OperationalError as error:
                if self.process is None or self.process.poll() is not None:
                    raise CannotRun(
                        _("The database stopped while starting: %(last)s"), last=self._last_words()
                    ) from None
                if time.monotonic() > until:
                    raise CannotRun(
                        _("The database does not answer: %(last)s"), last=str(error).strip()
                    ) from None
            time.sleep(0.02)

    def _last_words(self) -> str:
        lines = (self.folder / "server.log").read_text(errors="replace").splitlines()
        return " / ".join(lines[-3:])


def _furnish(door: psycopg.Connection[tuple[object, ...]], password: str) -> None:
    # Each step asks first, so a start that was cut off is finished by the next one.
    role, database = sql.Identifier(ROLE), sql.Identifier(ROLE)
    if not door.execute("select 1 from pg_roles where rolname = %s", [ROLE]).fetchone():
        door.execute(
            sql.SQL("create role {} login createdb password {}").format(role, sql.Literal(password))
        )
    if not door.execute("select 1 from pg_database where datname = %s", [ROLE]).fetchone():
        door.execute(sql.SQL("create database {} owner {}").format(database, role))


def _passwords(path: Path) -> dict[str, str]:
    known: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    missing = [name for name in (_SUPERUSER, ROLE, roles.WEB) if name not in known]
    if missing:
        known |= {name: secrets.token_urlsafe(24) for name in missing}
        _keep(path, known)
    return known


def _keep(path: Path, values: dict[str, str]) -> None:
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(values, file)
    os.replace(draft, path)


def _end(process: subprocess.Popen[bytes]) -> None:
    # SIGINT ends sessions and writes everything down; the rest is for a server that cannot.
    for way, seconds in ((signal.SIGINT, 30), (signal.SIGQUIT, 10), (signal.SIGKILL, 10)):
        if process.poll() is None:
            process.send_signal(way)
        try:
            process.wait(seconds)
            return
        except subprocess.TimeoutExpired:
            continue


def _end_left_behind(path: Path, sockets: Path) -> None:
    """
    End a server whose owner was killed, so that this process can start it as its own child.

    Only called under the lock, so no owner is alive. A process that nobody reaps, or another
    program that got the number, would make the new server refuse; the lock file then names a number
    no process can have, and the server itself checks that no shared memory is in use.
    """
    try:
        lines = path.read_text().splitlines()
        pid = int(lines[0])
    except (FileNotFoundError, ValueError, IndexError):
        return
    left = _postgres(pid)
    for way, seconds in ((signal.SIGINT, 30), (signal.SIGQUIT, 10)):
        if left is not None:
            left.send_signal(way)
            left = _gone(pid, seconds)
    if path.exists() and psutil.pid_exists(pid) and left is None:
        path.write_text("\n".join([str(_NOBODYS_PID), *lines[1:], ""]))
        for name in sockets.glob(".s.PGSQL.*"):
            name.unlink()


def _postgres(pid: int) -> psutil.Process | None:
    try:
        process = psutil.Process(pid)
        alive = process.status() != psutil.STATUS_ZOMBIE and "postgres" in process.name()
    except psutil.Error:
        return None
    return process if alive else None


def _gone(pid: int, seconds: int) -> psutil.Process | None:
    until = time.monotonic() + seconds
    while (left := _postgres(pid)) is not None and time.monotonic() < until:
        time.sleep(0.05)
    return left
