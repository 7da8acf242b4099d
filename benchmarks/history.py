"""
Measure what history costs: the chain, the guard and reading the chain, beside what is not guarded.

``python -m benchmarks.history --lines 200000`` makes a database of its own and prints, from one
run: actions a second (a changed row and a line of history, committed) of one writer and of two,
with plain INSERTs as the floor and with chain and guard; a load of many rows in one statement with
and without the guard; and how many lines a second are linked, and verified.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from benchmarks import world

if TYPE_CHECKING:
    import psycopg

    Door = psycopg.Connection[Any]
    Where = Mapping[str, Any]

#: Rounds of every measurement; each round measures every kind once, in turn.
ROUNDS = 5
_LINE = "now(), 1, 'officer', 'so', 'benchmarks.done', 'unit', %(number)s, '{\"a\": 1}'"
_COLUMNS = "at, actor_id, role, unit_code, action, subject, subject_id, facts"
_CHANGE = "UPDATE {table} SET simulated = true WHERE id = %(number)s"
#: What one action does, from the least there can be to what it does here.
KINDS: Mapping[str, tuple[str, str]] = {
    "plain INSERTs": (
        _CHANGE.format(table="bare_unit"),
        f"INSERT INTO bare_event ({_COLUMNS}) VALUES ({_LINE})",  # noqa: S608 - ours
    ),
    "chain and guard": (
        _CHANGE.format(table="organisation_unit"),
        f"SELECT history_record({_LINE}::jsonb)",
    ),
}
_WORLD = """
INSERT INTO accounts_user (id, password, username, name, label, is_active, simulated)
VALUES (1, '', 'so', 'Cán bộ (mô phỏng)', '', true, true);
INSERT INTO organisation_unit (id, code, simulated)
SELECT n, 'u' || n, true FROM generate_series(1, 1000) AS n;
SELECT history_record(now(), 1, 'officer', 'so', 'benchmarks.began', 'unit', 1, '{}');
CREATE TABLE bare_event (LIKE history_event INCLUDING ALL);
CREATE TABLE bare_unit (LIKE organisation_unit INCLUDING ALL);
INSERT INTO bare_unit SELECT * FROM organisation_unit;
"""
_LOAD = """
INSERT INTO {table} (id, code, simulated)
SELECT {first} + n, 'm' || {first} + n, true FROM generate_series(1, {rows}) AS n
"""


def main() -> int:
    """Fill a database, measure, print."""
    parser = argparse.ArgumentParser(prog="benchmarks.history", description=__doc__)
    parser.add_argument("--actions", type=int, default=500, help="of each kind in a round")
    parser.add_argument("--rows", type=int, default=100_000, help="of one load")
    parser.add_argument("--lines", type=int, default=200_000, help="to verify")
    given = parser.parse_args()
    world.start()
    from django.db import connection

    from donghanh.config import running
    from donghanh.demonstration import scratch

    with running.database(), scratch.database():
        where = connection.get_connection_params()  # for writers: a thread would ask elsewhere
        with _door(where) as door:
            door.execute(_WORLD)
            door.commit()
            for writers in (1, 2):
                _print_actions(where, writers, given.actions)
            _print_load(door, given.rows)
            _print_verified(door, given.lines)
    return 0


def _print_actions(where: Where, writers: int, actions: int) -> None:
    """Print how many actions a second some writers do, kind by kind, as medians of the rounds."""
    found: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for _ in range(ROUNDS):
        for kind, statements in KINDS.items():
            took = _writing(where, writers, actions, statements)
            found[kind].append(writers * actions / took)
    floor = statistics.median(found["plain INSERTs"])
    for kind, rates in found.items():
        rate = statistics.median(rates)
        sys.stdout.write(
            f"{writers} writer{'s' if writers > 1 else ' '}  {kind:18}{rate:9.0f} actions/s"
            f"   of the floor {rate / floor:5.2f}   {1000 * writers / rate:6.2f} ms each\n"
        )


def _writing(where: Where, writers: int, actions: int, statements: tuple[str, str]) -> float:
    """Return the seconds in which some writers do their actions, each committed by itself."""

    def write(writer: int) -> None:
        with _door(where) as door:
            for number in range(actions):
                for statement in statements:
                    # Writers change rows of their own: what they wait for is the chain alone.
                    door.execute(statement, {"number": 1 + 2 * (number % 400) + writer})
                door.commit()

    with ThreadPoolExecutor(writers) as pool:
        return seconds(lambda: list(pool.map(write, range(writers))))


def _print_load(door: Door, rows: int) -> None:
    """Print how long a load of many rows takes, with its line, through the guard and without."""
    found: dict[str, list[float]] = {"bare_unit": [], "organisation_unit": []}
    first = 1_000_000
    for _ in range(ROUNDS):
        for table, times in found.items():
            first += rows

            def load(table: str = table, first: int = first) -> None:
                door.execute(_LOAD.format(table=table, first=first, rows=rows))
                if table == "organisation_unit":
                    door.execute(f"SELECT history_record({_LINE}::jsonb)", {"number": 1})
                door.commit()

            times.append(seconds(load))
    bare, guarded = (statistics.median(times) for times in found.values())
    sys.stdout.write(
        f"load of {rows} rows   unguarded {bare * 1000:7.0f} ms   guarded {guarded * 1000:7.0f} ms"
        f"   ratio {guarded / bare:5.2f}\n"
    )


def _print_verified(door: Door, lines: int) -> None:
    """Print how fast many lines are linked in one transaction, and how fast they are verified."""
    from donghanh.history import queries

    def write() -> None:
        door.execute(
            "SELECT count(history_record(now(), 1, 'officer', 'so', 'benchmarks.done', 'unit', n,"
            " '{\"a\": 1}')) FROM generate_series(1, %s) AS n",
            [lines],
        )
        door.commit()

    took = seconds(write)
    sys.stdout.write(
        f"{lines} lines in one transaction   {lines / took:9.0f} lines/s written and linked\n"
    )
    began = time.perf_counter()
    found = queries.verify()
    took = time.perf_counter() - began
    if found.broken is not None:
        sys.exit(f"The chain does not hold: {found.broken}")
    sys.stdout.write(
        f"{found.lines} lines verified in {took:.1f} s   {found.lines / took:9.0f}/s\n"
    )


@contextmanager
def _door(where: Where) -> Iterator[Door]:
    """Open a session of its own on the database in use."""
    import psycopg

    door: Door = psycopg.connect(**where)
    try:
        door.execute("SET ROLE NONE")  # the owner: whoever it is, the guard holds
        door.commit()
        yield door
    finally:
        door.close()


def seconds(work: Callable[[], object]) -> float:
    """Return how long some work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main())
