"""
Measure lists of cases: how long a page takes, how deep one may turn, and what keeping them costs.

``python -m benchmarks.lists --persons 3000000 --cases 1000000`` fills a big world and asks, in one
run and by turns: the first, the hundredth and the last page of the list of a school and of a
province; the first fifty of a province whose last day is over, joined before and after they are
cut; a name of two and three words in one school, in 88, in 281 and in all of them, as the product
looks it up and by a plain full-text index, of all persons and of those with a case alone; a desk;
and what it costs to keep where cases stand. Medians, in milliseconds.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db import connection, transaction

from benchmarks import world

TIMES = 11
ROWS = 60
#: A name as it is typed: two words, and three.
SEARCHES = ("nguyen an", "ho thi tuyet", "le thi h", "tran gia")
#: How many cases are written at once.
BULK = 100_000

_PLAIN = """
CREATE TABLE plain_words AS
SELECT id, school_id, sort_key, to_tsvector('simple', search_key) AS words FROM people_person;
CREATE INDEX ON plain_words USING gin (words);
CREATE INDEX ON plain_words (school_id);
ANALYZE plain_words;
CREATE TABLE plain_words_of_cases AS
SELECT dossier.id, word.school_id, word.sort_key, word.words
  FROM dossiers_dossier AS dossier JOIN plain_words AS word ON word.id = dossier.person_id;
CREATE INDEX ON plain_words_of_cases USING gin (words);
CREATE INDEX ON plain_words_of_cases (school_id);
ANALYZE plain_words_of_cases
"""
_BY_INDEX = """
SELECT id FROM plain_words
 WHERE words @@ to_tsquery('simple', %(query)s) AND school_id = ANY (%(schools)s)
 ORDER BY sort_key, id LIMIT 20
"""
#: The floors say to cut what a word finds before it is sorted, lest names are walked in order.
_BY_INDEX_CUT = f"""
WITH found AS MATERIALIZED ({_BY_INDEX.replace("LIMIT 20", "")}) SELECT id FROM found LIMIT 20
"""  # noqa: S608 - ours
_BY_INDEX_OF_CASES = _BY_INDEX.replace("plain_words", "plain_words_of_cases")
_NAMED = "SELECT case_id FROM wall_named(%(typed)s::text[], %(schools)s::bigint[], 0, 20)"
_LATE = """
SELECT standing.id, standing.due_date, person.full_name
  FROM dossiers_standing AS standing
  JOIN dossiers_dossier AS dossier ON dossier.id = standing.id
  JOIN people_person AS person ON person.id = dossier.person_id
 WHERE standing.school_id = ANY (%(schools)s) AND standing.due_date < %(today)s
 ORDER BY standing.due_date, standing.id LIMIT 50
"""
_LATE_CUT = """
SELECT late.id, late.due_date, person.full_name
  FROM (SELECT id, due_date FROM dossiers_standing
         WHERE school_id = ANY (%(schools)s) AND due_date < %(today)s
         ORDER BY due_date, id LIMIT 50) AS late
  JOIN dossiers_dossier AS dossier ON dossier.id = late.id
  JOIN people_person AS person ON person.id = dossier.person_id
 ORDER BY late.due_date, late.id
"""
_ACTS = """
INSERT INTO dossiers_act
       (dossier_id, number, step, on_date, form, paper_number, excluded_by, passed, governed_by,
        judged_by, edition, about, reason, recorded_at, recorded_by_id)
SELECT n, 40, 'asked', '2026-01-05', '', '', '{}', true, '', '[]', 0, '', '', now(), 1
  FROM generate_series(1, %(many)s) AS n
"""

Work = Callable[[], object]


def main() -> int:
    """Fill the world, measure, print."""
    parser = argparse.ArgumentParser(prog="benchmarks.lists", description=__doc__)
    scale = world.scale_of(parser)
    world.start()
    with world.filled(scale) as took:
        say(f"world     {scale.people} persons, {scale.cases} cases, filled in {took:.1f} s")
        checked()
        for where, actor in actors().items():
            pages(where, actor)
        province = actors()["province"]
        late(province)
        with connection.cursor() as cursor:
            cursor.execute(_PLAIN)
        for where, actor in {**actors(), **wider(province)}.items():
            searches(where, actor)
        desk(province)
        keeping(scale.cases)
    return 0


def say(text: str) -> None:
    """Print a line at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def actors() -> Mapping[str, Any]:
    """Return who looks: the cell of one school, the committee above 88."""
    from donghanh.domain.authority import Actor, Post
    from donghanh.domain.rights import Role

    with connection.cursor() as cursor:
        cursor.execute("SELECT array_agg(DISTINCT school_id) FROM dossiers_dossier")
        schools = sorted(cursor.fetchone()[0])
    chosen = frozenset(schools[::34][:88])
    cell = Post(1, Role.SECRETARY, world.CELL + 1, "chi-bo-1", "Chi bộ")
    above = Post(2, Role.COMMITTEE, world.UPPER + 1, "tren-1", "Đảng ủy cấp trên")
    return {
        "school": Actor(1, "A", cell, frozenset(schools[:1])),
        "province": Actor(1, "B", above, chosen, chosen),
    }


def through(actor: Any, work: Work) -> Work:
    """Return some work done through the wall, as the actor looks."""
    from donghanh.lib import wall

    def walled() -> object:
        with wall.looking(actor.reach.way, actor.reach.settings):
            began = time.perf_counter()
            work()
            return time.perf_counter() - began

    return walled


def asked(statement: str, values: Mapping[str, Any]) -> Work:
    """Return a statement as work."""

    def ask() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            cursor.fetchall()

    return ask


def whole(work: Work) -> Work:
    """Return some work as the job does it, in a transaction of its own."""

    def done() -> object:
        with transaction.atomic():
            began = time.perf_counter()
            work()
            return time.perf_counter() - began

    return done


def by_turns(works: Mapping[str, Work], times: int = TIMES) -> dict[str, float]:
    """Return the median milliseconds of each work, all done by turns."""
    for work in works.values():
        work()  # what is read once stays at hand for all
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(times):
        for name, work in works.items():
            taken[name].append(float(str(work())))
    return {name: statistics.median(found) * 1000 for name, found in taken.items()}


def told(where: str, found: Mapping[str, float], floor: str) -> None:
    """Print what was measured beside one of it."""
    for name, took in found.items():
        say(f"{where:12}{name:46}{took:10.2f} ms   {took / found[floor]:6.2f} x {floor}")


def checked() -> None:
    """Compare what stands in some rows with a replay of their acts."""
    from donghanh.amendments import queries as amendments
    from donghanh.dossiers import queries
    from donghanh.dossiers.models import Dossier, Standing
    from donghanh.dossiers.queries import Walk, standings
    from donghanh.lib import clock

    book, today = amendments.current(), clock.today()
    some = list(Dossier.objects.order_by("?").values_list("pk", flat=True)[:2_000])
    rows = Standing.objects.in_bulk(some)
    dossiers = list(queries.nameless(Dossier.objects.filter(pk__in=some)))
    began = time.perf_counter()
    found = [
        standings.row(Walk(one, queries.road_of(one, book, today), book, today)) for one in dossiers
    ]
    took = (time.perf_counter() - began) / len(found) * 1e6
    for row in found:
        for name in standings.TOLD:
            kept, anew = getattr(rows[row.pk], name), getattr(row, name)
            if kept != anew:
                raise SystemExit(f"dossier {row.pk}: {name} is {kept}, a replay says {anew}")
    say(f"replay    {len(found)} rows are those of a replay; one takes {took:.0f} µs")


def pages(where: str, actor: Any) -> None:
    """Measure pages of the list of the cohort: all of the page's words, and its rows alone."""
    from django.core.paginator import Paginator

    from donghanh.amendments import queries as amendments
    from donghanh.dossiers import queries
    from donghanh.dossiers.queries import Filters, standings
    from donghanh.dossiers.queries.narrowing import narrowed
    from donghanh.lib import clock, wall

    today, book = clock.today(), amendments.current()

    def page(number: int) -> Work:
        def work() -> None:
            found = queries.cohort(actor, today, Filters(), book)
            list(Paginator(found.rows, ROWS).get_page(number))  # type: ignore[arg-type]

        return through(actor, work)

    def rows(number: int) -> Work:
        def work() -> None:
            seen = standings.sight(actor, book, today)
            fresh, replayed = narrowed(seen, Filters(), actor, today)
            standings.page_of(fresh, replayed, (number - 1) * ROWS, ROWS)

        return through(actor, work)

    with wall.looking(actor.reach.way, actor.reach.settings):
        count = queries.cohort(actor, today, Filters(), book).rows.count()
    last = max(1, -(-count // ROWS))
    say(f"{where:12}{count} cases, {last} pages of {ROWS}")
    chosen = sorted({1, min(100, last), last})
    for what, work in (("whole page", page), ("its rows", rows)):
        found = by_turns({f"{what} {number}": work(number) for number in chosen})
        told(where, found, f"{what} 1")
    book_of = through(
        actor, lambda: queries.list_workbook(queries.cohort(actor, today, Filters(), book))
    )
    say(f"{where:12}{'workbook of everybody':46}{float(str(book_of())) * 1000:10.2f} ms")
    old = through(actor, lambda: len(queries.walks(actor, today, book)))
    say(f"{where:12}{'replay of everybody, as before':46}{float(str(old())) * 1000:10.2f} ms")


def late(actor: Any) -> None:
    """Measure the first fifty whose last day is over."""
    from donghanh.amendments import queries as amendments
    from donghanh.dossiers import queries
    from donghanh.dossiers.queries import Filters
    from donghanh.dossiers.queries.desks import pressed
    from donghanh.lib import clock

    today, book = clock.today(), amendments.current()
    values = {"schools": sorted(actor.schools), "today": today}

    def product() -> None:
        _, chosen, _ = pressed(actor, book, today, today.isoformat(), 50)
        queries.behind(actor, chosen)

    def listed() -> None:
        queries.cohort(actor, today, Filters(state="tre"), book).rows[:50]

    found = by_turns(
        {
            "late: joined, then cut": through(actor, asked(_LATE, values)),
            "late: cut, then joined": through(actor, asked(_LATE_CUT, values)),
            "late: the product": through(actor, product),
            "late: page of the list": through(actor, listed),
        }
    )
    told("province", found, "late: joined, then cut")


def wider(actor: Any) -> Mapping[str, Any]:
    """Return the actor's likes above 281 schools, and above all of them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT array_agg(DISTINCT school_id) FROM dossiers_dossier")
        schools = sorted(cursor.fetchone()[0])
    reaches = {"281 schools": frozenset(schools[::10][:281]), "country": frozenset(schools)}
    return {
        where: replace(actor, schools=reach, decides_for=reach) for where, reach in reaches.items()
    }


def searches(where: str, actor: Any) -> None:
    """Measure names of two and three words, against plain full-text indexes."""
    from donghanh.domain import names
    from donghanh.dossiers import queries
    from donghanh.dossiers.queries import standings
    from donghanh.lib import clock

    today, schools = clock.today(), sorted(actor.schools)
    for words in SEARCHES:
        *first, last = words.split()
        values = {"schools": schools, "query": " & ".join([*first, f"{last}:*"])}
        typed = {"typed": names.search_key(words).split(), "schools": schools}

        def product(words: str = words) -> None:
            queries.found(actor, words, today, 20)

        def everybody(words: str = words) -> None:
            standings.named(actor, standings.in_reach(actor), words).count()

        works = {
            "full text": whole(asked(_BY_INDEX, values)),
            "full text, cut first": whole(asked(_BY_INDEX_CUT, values)),
            "full text of cases alone": whole(asked(_BY_INDEX_OF_CASES, values)),
            "its statement": through(actor, asked(_NAMED, typed)),
        }
        if where != "country":  # nobody stands above all: no page is asked for so many
            works["count of all it names"] = through(actor, everybody)
            works["the product, 20 roads replayed"] = through(actor, product)
        told(
            where,
            {f"{words}: {name}": took for name, took in by_turns(works).items()},
            f"{words}: full text",
        )


def desk(actor: Any) -> None:
    """Measure what a desk says of cases."""
    from donghanh.amendments import queries as amendments
    from donghanh.dossiers import queries
    from donghanh.lib import clock

    today, book = clock.today(), amendments.current()
    work = through(actor, lambda: queries.duties(actor, book, today, 7))
    told("province", by_turns({"desk": work}), "desk")


def keeping(cases: int) -> None:
    """Measure acts written in bulk with and without marking, and standings told anew."""
    from donghanh.dossiers import actions
    from donghanh.lib import clock

    many = min(BULK, cases)

    def written(*off: str) -> float:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE NONE")
            cursor.execute("SELECT set_config('wall.whole', 'yes', true)")
            for name in off:
                cursor.execute(f"ALTER TABLE dossiers_act DISABLE TRIGGER {name}")
            began = time.perf_counter()
            cursor.execute(_ACTS, {"many": many})
            took = time.perf_counter() - began
            transaction.set_rollback(True)
        return took

    pairs: Sequence[tuple[float, float]] = [
        (written("standing_turns"), written()) for _ in range(3)
    ]
    without, marked = (statistics.median(one) for one in zip(*pairs, strict=True))
    say(
        f"bulk        {many} acts {without * 1000:9.0f} ms without, {marked * 1000:9.0f} ms marking"
        f" standings   ratio {marked / without:5.2f}"
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE dossiers_standing SET until_date = '0001-01-01' WHERE id <= %s", [10_000]
        )
        began = time.perf_counter()
        anew = actions.refresh_all(today=clock.today())
        took = time.perf_counter() - began
        say(f"refresh     {anew} told anew, {took / max(anew, 1) * 1e6:.0f} µs each")
        transaction.set_rollback(True)


if __name__ == "__main__":
    sys.exit(main())
