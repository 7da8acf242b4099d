"""
Measure what the second wall costs: the same statements with and without it, in one run.

``python -m benchmarks.walls --cases 1000000`` fills a big world, then asks each statement in turn
without a wall (as the owner, where the wall is not forced) and through it (as the role of the post,
told the schools in reach), and prints both medians with their ratio and difference. Each way of
looking is measured as far as a post reaches: names by a cell, by a committee of a province and by
one of the largest province; the whole country is only counted.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable

from django.db import transaction

from benchmarks import world


def _named(*words: str) -> str:
    """Return the search of the desk: every word begins one of the name's, first twenty."""
    bearing = "".join(
        " AND id IN (SELECT person_id FROM people_nameword WHERE school_id = ANY (%(schools)s)"  # noqa: S608 - ours
        f" AND word >= '{word}' AND word < '{word}~')"
        for word in words
    )
    where = f"school_id = ANY (%(schools)s){bearing}"
    return f"SELECT id FROM people_person WHERE {where} ORDER BY sort_key, id LIMIT 20"  # noqa: S608 - ours


#: What everybody asks for; the schools in reach are said by the first wall, too.
COUNTS: dict[str, str] = {
    "count of cases": "SELECT count(*) FROM dossiers_dossier WHERE school_id = ANY (%(schools)s)",
    "cases by year": (
        "SELECT date_trunc('year', opened_date), count(*) FROM dossiers_dossier"
        " WHERE school_id = ANY (%(schools)s) GROUP BY 1"
    ),
}
#: What those ask for besides who read names.
NAMES: dict[str, str] = {
    "first fifty by name": (
        "SELECT id, sort_key FROM people_person WHERE school_id = ANY (%(schools)s)"
        " ORDER BY sort_key, id LIMIT 50"
    ),
    "search by given name": _named("dao"),
    "search by three words": _named("dao", "thi", "ng"),
    "acts of one case": (
        "SELECT id, step, on_date FROM dossiers_act WHERE dossier_id ="
        " (SELECT min(id) FROM dossiers_dossier WHERE school_id = (%(schools)s::bigint[])[1])"
    ),
}
TIMES = 9
#: Upper secondary schools of the province that has most of them: Hà Nội.
LARGEST = 281


def main() -> int:
    """Fill the world, measure, print."""
    scale = world.scale_of(argparse.ArgumentParser(prog="benchmarks.walls", description=__doc__))
    world.start()
    with world.filled(scale) as took:
        sys.stdout.write(f"world     {scale.cases} cases, filled in {took:.1f} s\n")
        measure()
    return 0


def measure() -> None:
    """Print, for the schools of a cell, a province and the country, what each statement takes."""
    from django.db import connection

    from donghanh.domain.looking import Reach, Way
    from donghanh.lib import wall

    with connection.cursor() as cursor:
        for table in world.TABLES:
            cursor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        cursor.execute("SELECT array_agg(DISTINCT school_id) FROM dossiers_dossier")
        everywhere = sorted(cursor.fetchone()[0])
    # Before the list, so that both sides give the same rows.
    reaches = {
        "one school": (Reach(Way.CASES, everywhere[:1], early=True), COUNTS | NAMES),
        "88 schools": (Reach(Way.CASES, everywhere[::34][:88], early=True), COUNTS | NAMES),
        "281 schools": (Reach(Way.CASES, everywhere[::10][:LARGEST], early=True), COUNTS | NAMES),
        "all": (Reach(Way.COUNTS, everywhere), COUNTS),
    }
    for where, (reach, statements) in reaches.items():
        schools = list(reach.schools)
        for what, statement in statements.items():

            def ask(statement: str = statement, schools: list[int] = schools) -> None:
                with connection.cursor() as cursor:
                    cursor.execute(statement, {"schools": schools})
                    cursor.fetchall()

            def plain(ask: Callable[[], None] = ask) -> float:
                with transaction.atomic():
                    return seconds(ask)

            def walled(ask: Callable[[], None] = ask, reach: Reach = reach) -> float:
                with wall.looking(reach.way, reach.settings):
                    return seconds(ask)

            plain(), walled()  # what is read once stays at hand for both
            pairs = [(plain(), walled()) for _ in range(TIMES)]
            without = statistics.median(pair[0] for pair in pairs) * 1000
            through = statistics.median(pair[1] for pair in pairs) * 1000
            sys.stdout.write(
                f"{where:12}{what:24}{without:9.2f} ms{through:9.2f} ms"
                f"   ratio {through / without:5.2f}   {through - without:+7.2f} ms\n"
            )


def seconds(work: Callable[[], None]) -> float:
    """Return how long some work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main())
