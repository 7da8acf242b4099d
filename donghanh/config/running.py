"""What a command needs before it can do its work: words, database, tables, invented people."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Protocol, cast

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils.module_loading import import_string

from donghanh.config import connection as way
from donghanh.config import env, messages, places, roles
from donghanh.config.embedded import Server
from donghanh.config.errors import CannotRun
from donghanh.domain.errors import RuleError
from donghanh.lib import clock
from donghanh.lib.wall import AS_JOB


class Account(Protocol):
    """Somebody invented who can sign in."""

    username: str
    password: str
    title: str


def words() -> None:
    """Start the framework, with the Vietnamese words compiled first."""
    if messages.stale():
        with messages.locked():
            messages.compile_catalogue()
    django.setup()


@contextmanager
def database() -> Iterator[Server | None]:
    """
    Start the framework, and the embedded database unless another one is given.

    Raises:
        CannotRun: The database cannot be started; the sentence says why.
    """
    words()
    if env.secret("DATABASE_URL", ""):
        _ensure_roles()
        yield None
        return
    with Server(places.var()) as server:
        # The settings were read before the server had written how to reach it.
        settings.DATABASES["default"].update(way.settings(places.var()))
        try:
            yield server
        finally:
            connections.close_all()
            _close_pool()


def _ensure_roles() -> None:
    """Make the roles of a server that was given, unless they are there."""
    connection.ensure_connection()
    door, owner = connection.connection, connection.settings_dict["USER"]
    if not owner:
        with connection.cursor() as cursor:
            cursor.execute("SELECT session_user")
            owner = cursor.fetchone()[0]
    if not roles.are_there(door, owner):
        roles.ensure(door, owner)


def as_job() -> None:
    """Go on as a job does, with its role and the scope that it says itself."""
    connections.close_all()
    _close_pool()
    settings.DATABASES["default"]["OPTIONS"]["options"] = AS_JOB


def _close_pool() -> None:
    close: Callable[[], None] | None = getattr(connection, "close_pool", None)
    if close is not None:
        close()


def prepare() -> None:
    """Bring the tables to the state of this code; quick when they are there already."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)


def demonstration() -> Sequence[Account]:
    """
    Load the invented schools and people unless they are there, and return their accounts.

    Raises:
        CannotRun: They may not be loaded here; the sentence says why.
    """
    # By name: these modules hold tables, and those can be loaded only after the framework started.
    ensure = cast(
        Callable[[date], Sequence[Account]],
        import_string("donghanh.demonstration.load.ensure"),
    )
    try:
        return ensure(clock.today())
    except RuleError as error:
        sentence = cast(
            Callable[[RuleError], str], import_string("donghanh.demonstration.texts.refusal")
        )
        raise CannotRun("%(said)s", said=sentence(error)) from None
