"""
Open the tree at any day, and preview and carry out a merger of two provinces, in a big world.

``python benchmarks/trees.py`` fills a database (see ``world``), opens every tree at many days and
levels, merges two provinces of a hundred schools each — their departments, their Party committees
with the cases these decide on, their Unions — and prints the figures; each beside a floor measured
in the same run: the same read, or the same moves of links, as plain SQL. ``structure`` is what it
takes to read all units through time, which every preview and every rolled-up report does once.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import world

#: Seconds that are allowed: a tree, a preview, carrying out.
TREE, PREVIEW, APPLY = 0.150, 2.0, 5.0
DAYS = (date(2016, 7, 1), date(2020, 1, 1), date(2025, 7, 1), date(2026, 11, 27))
TODAY = date(2026, 11, 27)

_READ = """
SELECT version.name FROM organisation_link AS link
  JOIN organisation_unitversion AS version ON version.unit_id = link.child_id
 WHERE link.parent_id = 1 AND link.line = 'education' AND link.in_force @> %s::date
   AND version.in_force @> %s::date
"""
_WRITE = "UPDATE organisation_link SET parent_id = parent_id + 1 WHERE parent_id = ANY(%s)"


def timed(work: Callable[[], object]) -> float:
    """Return how many seconds a piece of work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


@dataclass(frozen=True, slots=True)
class Measured:
    """How many seconds each thing took; ``handed`` is how many cases were handed over."""

    trees: list[float]
    search: float
    read: float
    structure: float
    write: float
    look: float
    done: float
    handed: int


def measure(scale: world.Scale) -> Measured:
    """Fill a database and return how long everything took in it."""
    from django.db import connection, transaction

    from donghanh.domain import succession
    from donghanh.domain.authority import Actor, Post
    from donghanh.domain.rights import Role
    from donghanh.domain.structure import Line
    from donghanh.reorganisation import actions, queries
    from donghanh.reorganisation.models import Rerouting

    post = Post(id=1, role=Role.ADMINISTRATOR, unit_id=1, unit_code="so-1", unit_name="")
    actor = Actor(user_id=1, name="", post=post, schools=frozenset(), decides_for=frozenset())
    decision = succession.Decision("1/QĐ", TODAY, "Mô phỏng")
    ending = (1, world.UPPER + 1, world.PROVINCE_UNION + 1)
    orders = [
        succession.Operation(succession.Merge((unit,), unit + 1), decision, TODAY)
        for unit in ending
    ]
    at = datetime(2026, 11, 27, 3, tzinfo=UTC)

    def carry_out(order: succession.Operation, seen: str) -> None:
        actions.reorganise(actor=actor, operation=order, seen=seen, at=at, today=TODAY)

    with world.filled(scale), connection.cursor() as cursor:
        trees = [
            timed(partial(queries.tree_page, actor, line, day, TODAY, top=top))
            for _ in range(5)
            for day in DAYS
            for line, top in (
                (Line.EDUCATION, None),
                (Line.EDUCATION, 1),
                (Line.PARTY, world.BASE + 1),
                (Line.UNION, None),
            )
        ]
        search = timed(
            lambda: queries.tree_page(actor, Line.EDUCATION, TODAY, TODAY, words="truong 77")
        )
        read = min(timed(lambda: cursor.execute(_READ, [TODAY, TODAY])) for _ in range(5))
        structure = min(timed(queries.world) for _ in range(5))
        with transaction.atomic():
            write = timed(lambda: cursor.execute(_WRITE, [list(ending)]))
            transaction.set_rollback(True)
        look = done = 0.0
        for order in orders:
            look += timed(partial(queries.preview, actor, order, TODAY))
            seen = queries.preview(actor, order, TODAY).digest
            done += timed(partial(carry_out, order, seen))
        handed = Rerouting.objects.count()
    return Measured(trees, search, read, structure, write, look, done, handed)


def main() -> int:
    """Run it and print the figures; 1 when one is over what is allowed."""
    usual = world.Scale(schools=3_400)
    scale = world.scale_of(argparse.ArgumentParser(description=__doc__), usual)
    world.start()
    took = measure(scale)
    worst = max(took.trees)
    lines = (
        f"tree      {worst * 1000:.0f} ms at worst of {len(took.trees)}, allowed {TREE * 1000:.0f}",
        f"search    {took.search * 1000:.0f} ms over a whole tree",
        f"floor     {took.read * 1000:.1f} ms for the same level; ratio {worst / took.read:.0f}",
        f"structure {took.structure * 1000:.0f} ms for all units through time, once a preview",
        f"preview   {took.look:.2f} s for three mergers, allowed {PREVIEW}",
        f"apply     {took.done:.2f} s with {took.handed} cases handed over, allowed {APPLY}",
        f"floor     {took.write * 1000:.1f} ms for these moves; ratio {took.done / took.write:.0f}",
    )
    sys.stdout.write("\n".join(lines) + "\n")
    late = took.look > PREVIEW or took.done > APPLY
    return int(late or worst > TREE)


if __name__ == "__main__":
    sys.exit(main())
