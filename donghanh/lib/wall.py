"""
Telling the database who looks, for one transaction: its role, and how far the role reaches.

The database's row-level security reads what is set here. Outside such a transaction nothing is set,
and nothing of a pupil can be read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from django.db import DatabaseError, connection, transaction

#: What a policy may ask for; each is empty unless a transaction says otherwise.
SETTINGS = ("schools", "early", "unit", "account", "code", "opened", "case", "whole")
#: What stands before the name of every role of the database that looks one way.
PREFIX = "donghanh_"

#: What a session of a job, of the shell and of a loader begins with: their role and its scope.
AS_JOB = f"-c role={PREFIX}job -c wall.whole=yes"

#: The state with which the database refuses what is recorded about a pupil whose work rests.
RESTS = "DH001"

_ROLE = "role"
_COUNTS = "counts"
_MAY_COUNT = frozenset({f"{PREFIX}cases", f"{PREFIX}emergency", f"{PREFIX}education"})
_NAMES = (_ROLE, *(f"wall.{name}" for name in SETTINGS))
_ASK = "SELECT " + ", ".join(f"current_setting('{name}', true)" for name in _NAMES)
_TELL = "SELECT " + ", ".join(f"set_config('{name}', %s, true)" for name in _NAMES)


@contextmanager
def looking(role: str, scope: Mapping[str, str]) -> Iterator[None]:
    """
    Do everything inside in one transaction, as a role of the database with a scope.

    Args:
        role: The way of looking; ``donghanh_`` and this is the database's role.
        scope: Values of ``SETTINGS``; what is missing is empty.

    Inside another transaction, what was set before holds again afterwards.
    """
    values = [f"{PREFIX}{role}", *(scope.get(name, "") for name in SETTINGS)]
    inner = connection.in_atomic_block
    with transaction.atomic():
        before = _said(_ASK) if inner else None
        _said(_TELL, values)
        yield
        if before is not None:
            _said(_TELL, before)


@contextmanager
def counting() -> Iterator[None]:
    """
    Do everything inside as those who only count, where somebody is about to count cases.

    In figures who stopped stays counted; nobody who looks at cases sees them otherwise. A
    department sees no case, and counts those of its schools. The scope stays as it is, and no
    column with a name can be asked for.
    """
    role, *scope = _said(_ASK)
    if role not in _MAY_COUNT:
        yield
        return
    told = {name: value or "" for name, value in zip(SETTINGS, scope, strict=True)}
    with looking(_COUNTS, told):
        yield


def refused_by(error: DatabaseError) -> str:
    """Return the state with which the database refused a statement; empty where it says none."""
    return str(getattr(error.__cause__, "sqlstate", None) or "")


def _said(statement: str, values: Sequence[str | None] = ()) -> Sequence[str | None]:
    """Return the one row a statement answers with."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row: Sequence[str | None] = cursor.fetchone()
        return row
