"""The database's roles: who owns, who serves the pages, and one for each way of looking."""

from __future__ import annotations

import psycopg
from django.utils.translation import gettext_lazy as _
from psycopg import errors, sql

from donghanh.config.errors import CannotRun
from donghanh.domain.looking import Way
from donghanh.lib.wall import PREFIX

#: The role the pages sign in as: it owns nothing, and sees no pupil until it takes another role.
WEB = f"{PREFIX}web"

#: The ways that may whatever everybody may, and more.
_AND_PLAIN = frozenset({Way.EMERGENCY})

Door = psycopg.Connection[tuple[object, ...]]


def ensure(door: Door, owner: str, password: str | None = None) -> None:
    """
    Make the roles that are missing, and let the owner and the pages take them.

    Run once for a server, however many databases it holds. The owner is a job too, so that it sees
    rows only when it says so, and another way of looking only once it takes its role; the pages may
    take every role but a job's.

    Args:
        door: A session that may make roles, with autocommit.
        owner: The role that owns the tables.
        password: What the pages sign in with; ``None`` leaves it as it is.

    Raises:
        CannotRun: The session may not make roles; the sentence says what to do.
    """
    try:
        for statement in statements(owner):
            door.execute(statement)
        if password is not None:
            door.execute(
                sql.SQL("ALTER ROLE {} PASSWORD {}").format(
                    sql.Identifier(WEB), sql.Literal(password)
                )
            )
    except errors.InsufficientPrivilege:
        raise CannotRun(
            _(
                "The database's roles are missing and %(owner)s may not make them. Let an "
                "administrator of the database run what “script/donghanh roles” prints."
            ),
            owner=owner,
        ) from None


def are_there(door: Door, owner: str) -> bool:
    """Tell whether every role exists and the owner may take each way of looking."""
    found = door.execute(
        "SELECT count(*) FROM pg_roles WHERE rolname = any(%s) AND pg_has_role(%s, oid, 'MEMBER')",
        [[WEB, *(f"{PREFIX}{way.value}" for way in Way)], owner],
    ).fetchone()
    return found == (len(Way) + 1,)


def statements(owner: str) -> list[sql.Composed]:
    """Return what makes the roles, one statement each; a second run changes nothing."""
    ways = {way: sql.Identifier(f"{PREFIX}{way.value}") for way in Way}
    looking = [name for way, name in ways.items() if way is not Way.JOB]
    kinds = {way: "INHERIT" if way in _AND_PLAIN else "NOINHERIT" for way in Way}
    made = [_made(name, f"NOLOGIN {kinds[way]}") for way, name in ways.items()]
    made.append(_made(sql.Identifier(WEB), "LOGIN NOINHERIT"))
    web = sql.Identifier(WEB)
    granted = [
        sql.SQL("GRANT {} TO {}").format(ways[Way.PLAIN], ways[way]) for way in sorted(_AND_PLAIN)
    ]
    granted.append(sql.SQL("GRANT {} TO {}").format(ways[Way.JOB], sql.Identifier(owner)))
    granted += [_lent(name, sql.Identifier(owner)) for name in (*looking, web)]
    granted += [sql.SQL("GRANT {} TO {}").format(name, web) for name in looking]
    return made + granted


def _made(name: sql.Identifier, kind: str) -> sql.Composed:
    return sql.SQL(
        "DO $$ BEGIN CREATE ROLE {} {kind}; EXCEPTION WHEN duplicate_object THEN NULL; END $$"
    ).format(name, kind=sql.SQL(kind))


def _lent(role: sql.Identifier, owner: sql.Identifier) -> sql.Composed:
    """
    Let the owner take a role without having its rights before.

    Else every policy of every way would be planned into each statement of the owner, and of the
    functions that run as the owner: ten times the work. PostgreSQL 15 cannot tell the two apart.
    """
    grant = sql.SQL("GRANT {} TO {}").format(role, owner)
    return sql.SQL(
        "DO $$ BEGIN EXECUTE {} || CASE WHEN current_setting('server_version_num')::int >= 160000"
        " THEN ' WITH INHERIT FALSE' ELSE '' END; END $$"
    ).format(sql.Literal(grant.as_string()))
