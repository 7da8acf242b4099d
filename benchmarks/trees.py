"""
Open the tree at any day, and preview and carry out a merger of two provinces, in a big world.

``python benchmarks/trees.py`` fills a database (see ``world``), opens every tree at many days and
levels, merges two provinces' departments, and prints the figures; each beside a floor measured in
the same run: the same read, or the same move of links, as one plain SQL statement.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
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
_WRITE = """
UPDATE organisation_link SET parent_id = 2 WHERE parent_id = 1 AND line = 'education'
"""


def timed(work: Callable[[], object]) -> float:
    """Return how many seconds a piece of work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main() -> int:
    """Run it and print the figures; 1 when one is over what is allowed."""
    scale = world.scale_of(argparse.ArgumentParser(description=__doc__))
    world.start()
    from django.db import connection, transaction

    from donghanh.domain import succession
    from donghanh.domain.authority import Actor, Post, Role
    from donghanh.domain.structure import Line
    from donghanh.reorganisation import actions, queries

    post = Post(id=1, role=Role.ADMINISTRATOR, unit_id=1, unit_code="so-1", unit_name="")
    actor = Actor(user_id=1, name="", post=post, schools=frozenset(), decides_for=frozenset())
    decision = succession.Decision("1/QĐ", TODAY, "Mô phỏng")
    order = succession.Operation(succession.Merge((1,), 2), decision, TODAY)
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
        look = timed(lambda: queries.preview(actor, order, TODAY))
        seen = queries.preview(actor, order, TODAY).digest
        with transaction.atomic():
            write = timed(lambda: cursor.execute(_WRITE))
            transaction.set_rollback(True)
        at = datetime(2026, 11, 27, 3, tzinfo=UTC)
        done = timed(
            lambda: actions.reorganise(actor=actor, operation=order, seen=seen, at=at, today=TODAY)
        )
    worst = max(trees)
    lines = (
        f"tree      {worst * 1000:.0f} ms at worst of {len(trees)}, allowed {TREE * 1000:.0f}",
        f"search    {search * 1000:.0f} ms over a whole tree",
        f"floor     {read * 1000:.1f} ms for the same level; ratio {worst / read:.0f}",
        f"preview   {look:.2f} s, allowed {PREVIEW}",
        f"apply     {done:.2f} s, allowed {APPLY}",
        f"floor     {write * 1000:.1f} ms for the same move; ratio {done / write:.0f}",
    )
    sys.stdout.write("\n".join(lines) + "\n")
    return int(worst > TREE or look > PREVIEW or done > APPLY)


if __name__ == "__main__":
    sys.exit(main())
