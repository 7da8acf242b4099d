"""The database's roles, made by an owner who is no superuser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import conninfo, sql

from donghanh.config import roles
from donghanh.config.embedded import FRAGILE, Server
from donghanh.config.errors import CannotRun
from donghanh.domain.looking import Way
from donghanh.lib.wall import PREFIX

_OURS = (roles.WEB, *(f"{PREFIX}{way.value}" for way in Way))


@pytest.fixture(scope="module")
def bare(var: Path) -> Iterator[dict[str, str]]:
    """How the superuser reaches a server without any role of ours, as somebody else's begins."""
    with Server(var, FRAGILE) as server:
        assert server.process is not None
        found = json.loads((var / "pg" / "connection.json").read_text(encoding="utf-8"))
        passwords = json.loads((var / "pg" / "passwords.json").read_text(encoding="utf-8"))
        way = found | {
            "user": "postgres",
            "password": passwords["postgres"],
            "dbname": "postgres",
        }
        with psycopg.connect(conninfo.make_conninfo(**way), autocommit=True) as door:
            for name in _OURS:
                door.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(name)))
            door.execute("CREATE ROLE clerk LOGIN PASSWORD 'clerk'")
            door.execute("CREATE ROLE keeper LOGIN CREATEROLE PASSWORD 'keeper'")
        yield way


def signed_in(way: dict[str, str], name: str) -> roles.Door:
    given = way | {"user": name, "password": name}
    return psycopg.connect(conninfo.make_conninfo(**given), autocommit=True)


def test_are_refused_to_an_owner_who_may_make_none(bare: dict[str, str]) -> None:
    with signed_in(bare, "clerk") as door:
        assert not roles.are_there(door, "clerk")
        with pytest.raises(CannotRun, match="clerk"):
            roles.ensure(door, "clerk")
        assert not roles.are_there(door, "clerk")


def test_are_made_by_an_owner_who_may_make_roles_and_is_no_superuser(bare: dict[str, str]) -> None:
    with signed_in(bare, "keeper") as door:
        for _ in range(2):  # a second run changes nothing
            roles.ensure(door, "keeper", "donghanh_web")
        assert roles.are_there(door, "keeper")
        rights = "SELECT rolname FROM pg_roles WHERE pg_has_role('keeper', oid, 'USAGE')"
        had = {str(name) for (name,) in door.execute(rights).fetchall()}
        assert had.intersection(_OURS) == {f"{PREFIX}{Way.JOB.value}"}  # before it takes a role
        for name in _OURS:
            door.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(name)))
            door.execute("RESET ROLE")
        found = door.execute(
            "SELECT bool_or(rolsuper OR rolcreaterole OR rolbypassrls) FROM pg_roles"
            " WHERE rolname = any(%s)",
            [list(_OURS)],
        )
        assert found.fetchone() == (False,)
    with signed_in(bare, roles.WEB) as door:
        for way in Way:
            role = sql.SQL("SET ROLE {}").format(sql.Identifier(f"{PREFIX}{way.value}"))
            if way is Way.JOB:
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    door.execute(role)
            else:
                door.execute(role)
            door.execute("RESET ROLE")
