"""
Measure figures: how long all of all schools take, how that grows, and what keeping them costs.

``python -m benchmarks.indicators --cases 100000`` fills a world and asks, in one run and by turns:
all figures of all schools in one look and in one look for each figure; through the product's own
query and as a plain statement; the board of the nation and of a province, with and without what is
kept added up; the province's page as it is kept, beside an empty one; and acts written in bulk with
and without noting what turned. Medians, milliseconds. ``--compared CASES`` does so in two worlds,
and says how the nation's board grows from one to the other.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction

from benchmarks import world
from benchmarks.lists import BULK, asked, by_turns, say, whole

TIMES = 9
_SPANS = """
INSERT INTO indicators_span (dossier_id, school_id, since_date, until_date, counted)
SELECT dossier.id, dossier.school_id, told.since, told.until, told.counted
  FROM jsonb_to_recordset(%s) AS told(n int, since date, until date, counted bigint)
  JOIN dossiers_dossier AS dossier ON dossier.id %% {period} = told.n
"""
_ACTS = """
INSERT INTO dossiers_act
       (dossier_id, number, step, on_date, form, paper_number, excluded_by, passed, governed_by,
        judged_by, edition, about, reason, recorded_at, recorded_by_id)
SELECT n, 41, 'asked', '2026-01-05', '', '', '{}', true, '', '[]', 0, '', '', now(), 1
  FROM generate_series(1, %s) AS n
"""


def main() -> int:
    """Fill one world or two, measure, print."""
    parser = argparse.ArgumentParser(prog="benchmarks.indicators", description=__doc__)
    parser.add_argument("--compared", type=int, default=0, help="cases of a second, bigger world")
    compared = int(parser.parse_known_args()[0].compared)
    scale = world.scale_of(parser, world.Scale(cases=100_000))
    world.start()
    from donghanh.indicators.models import Span

    boards = []
    bigger = replace(scale, cases=compared, kept=scale.kept and f"{scale.kept}_{compared}")
    for size in (scale, bigger) if compared else (scale,):
        with world.filled(size) as took:
            say(f"world     {size.cases} cases, filled in {took:.1f} s")
            if not Span.objects.exists():
                fill_spans()
            boards.append(measured(size))
    if compared:
        for name, first in boards[0].items():
            say(f"growth    {name:34}{boards[1][name] / first:6.2f} x")
    return 0


def fill_spans() -> None:
    """Tell at once what every case counts for, as a telling of one case of each kind says."""
    from donghanh.domain import rules, spans
    from donghanh.indicators.models import Edition

    book, rows = rules.load(), []
    for n in range(world.PERIOD):
        for one in spans.spans(road_of(n, book), book):
            rows.append({"n": n, "since": one.since, "until": one.until, "counted": one.counted})
    with connection.cursor() as cursor:
        written = json.dumps(rows, default=str)
        cursor.execute(_SPANS.format(period=world.PERIOD), [written])
        cursor.execute("TRUNCATE indicators_turned")
        cursor.execute("VACUUM ANALYZE indicators_span")
        cursor.execute(
            "SELECT count(*), pg_total_relation_size('indicators_span') FROM indicators_span"
        )
        many, size = cursor.fetchone()
    Edition.objects.create(told_by=spans.key_of(book))
    say(f"spans     {many} rows, {size / 2**20:.0f} MB")


def road_of(n: int, book: Any) -> Any:
    """Return the road of the cases of one kind, as the world fills their acts."""
    from donghanh.domain.acts import Act, Case, Step
    from donghanh.domain.replaying import replay

    opened = date(2016, 9, 5) + timedelta(n)
    far = 14 if n % 8 == 0 else 6 + n % 5 if n % 2 == 0 else 2 + n % 3
    acts = [
        Act(place, Step(name), opened + timedelta(30 * place), edition=0)
        for place, name in enumerate(world.ROAD[:far], start=1)
    ]
    born = opened - timedelta(6205)
    case = Case(born=born, consented_on=opened, union_member=True, lower_secondary=True)
    return replay(acts, case, book, date(2030, 1, 1))


def measured(scale: world.Scale) -> dict[str, float]:
    """Measure one world; return how long the nation's boards took."""
    from donghanh.domain import rules, spans
    from donghanh.indicators import actions, queries

    book, day = rules.load(), date(2025, 6, 10)
    columns = ", ".join(
        f"count(*) FILTER (WHERE counted & {bit} > 0)" for bit in spans.bits(book).values()
    )
    statement = (
        f"SELECT school_id, {columns} FROM indicators_span"  # noqa: S608 - ours
        " WHERE since_date <= %(day)s AND until_date > %(day)s GROUP BY school_id"
    )
    each = [
        (
            "SELECT school_id, count(*) FROM indicators_span WHERE since_date <= %(day)s"  # noqa: S608 - ours
            f" AND until_date > %(day)s AND counted & {bit} > 0 GROUP BY school_id"
        )
        for bit in spans.bits(book).values()
    ]

    def one_by_one() -> None:
        for sql in each:
            asked(sql, {"day": day})()

    found = by_turns(
        {
            "all in one look, plain": whole(asked(statement, {"day": day})),
            "all in one look, the product's": whole(lambda: queries.passed(book, day)),
            "one look for each figure": whole(one_by_one),
        },
        TIMES,
    )
    told("nation", found, "one look for each figure")
    boards = nation(day)
    with transaction.atomic():
        began = time.perf_counter()
        kept = actions.keep_sums(today=day, book=book)
        say(f"sums      {kept} kept in {time.perf_counter() - began:.1f} s")
    boards |= {f"{name}, with sums": took for name, took in nation(day).items()}
    province(day)
    pages(TIMES)
    writing(scale.cases)
    return boards


def told(where: str, found: Mapping[str, float], floor: str) -> None:
    """Print what was measured beside one of it."""
    for name, took in found.items():
        say(f"{where:10}{name:34}{took:10.2f} ms   {took / found[floor]:6.3f} x {floor}")


def nation(day: date) -> dict[str, float]:
    """Measure the figures of all schools, and the whole board of the nation, as of a day."""
    from donghanh.domain import rules
    from donghanh.domain.structure import Line
    from donghanh.domain.succession import View
    from donghanh.indicators import queries

    book, schools = rules.load(), queries.schools()
    usual = queries.Asked("2024-2025", day, Line.EDUCATION, View.AS_WAS)
    found = by_turns(
        {
            "figures of all schools": whole(lambda: queries.counted(None, book, day, schools)),
            "board": whole(lambda: queries.board(None, usual, day)),
        },
        TIMES,
    )
    told("nation", found, "figures of all schools")
    return found


def province(day: date) -> None:
    """Measure the board of a department, and the same school by school and figure by figure."""
    from donghanh.domain import rules, spans
    from donghanh.domain.authority import Actor, Post
    from donghanh.domain.rights import Role
    from donghanh.indicators import queries

    book = rules.load()
    schools = sorted(queries.schools())[::34]
    post = Post(1, Role.OFFICER, 1, "so-1", "Sở")
    actor = Actor(1, "A", post, frozenset(schools))
    usual = queries.Asked("2024-2025", day)
    naive = (
        "SELECT count(*) FROM indicators_span WHERE school_id = %(school)s"
        " AND since_date <= %(day)s AND until_date > %(day)s AND counted & %(bit)s > 0"
    )

    def naively() -> None:
        for school in schools:
            for bit in spans.bits(book).values():
                for on in (day, day.replace(year=day.year - 1)):
                    asked(naive, {"school": school, "day": on, "bit": bit})()

    say(f"province  {len(schools)} schools")
    found = by_turns(
        {
            "board": walled(actor, lambda: queries.board(actor, usual, day)),
            "school by school, figure by figure": whole(naively),
        },
        5,
    )
    told("province", found, "school by school, figure by figure")


def pages(times: int) -> None:
    """Measure the page of a department through the product's own doors."""
    from benchmarks import boards

    boards.pages(times)


def walled(actor: Any, work: Callable[[], object]) -> Callable[[], object]:
    """Return some work done through the wall, as the actor looks."""
    from benchmarks.lists import through

    return through(actor, work)


def writing(cases: int) -> None:
    """Measure acts written in bulk with and without noting what turned."""
    many = min(BULK, cases)

    def written(*off: str) -> float:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE NONE")
            cursor.execute("SELECT set_config('wall.whole', 'yes', true)")
            for name in off:
                cursor.execute(f"ALTER TABLE dossiers_act DISABLE TRIGGER {name}")
            began = time.perf_counter()
            cursor.execute(_ACTS, [many])
            took = time.perf_counter() - began
            transaction.set_rollback(True)
        return took

    pairs = [(written("indicators_turn_insert"), written()) for _ in range(3)]
    without, noted = (statistics.median(one) for one in zip(*pairs, strict=True))
    say(
        f"bulk      {many} acts {without * 1000:9.0f} ms, noting what turned {noted * 1000:9.0f} ms"
    )
    say(f"bulk      ratio {noted / without:5.2f}")


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        sys.exit(main())
