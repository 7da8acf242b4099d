"""Keeps where cases stand: after each act, and when a day has come on which it may have turned."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction

from donghanh.amendments import queries as amendments
from donghanh.domain.authority import Actor
from donghanh.domain.looking import Way
from donghanh.domain.rights import LOOKS
from donghanh.domain.rules import Rulebook
from donghanh.dossiers.models import Dossier, Standing
from donghanh.dossiers.queries import roads, standings

#: How many cases a job tells anew in one transaction.
BATCH = 500
_WRITE = """
UPDATE dossiers_standing AS standing SET ({columns}) = ROW ({values})
  FROM jsonb_populate_recordset(NULL::dossiers_standing, %s::jsonb) AS told
 WHERE standing.id = told.id
""".format(
    columns=", ".join(standings.TOLD), values=", ".join(f"told.{name}" for name in standings.TOLD)
)


def keep_standings(dossier_ids: Iterable[int], today: date, book: Rulebook | None = None) -> int:
    """
    Tell anew where some cases stand; every action that changes one calls it when it is done.

    An action that forgets it does no harm but to speed: the database has marked the row already.

    Args:
        dossier_ids: The cases; locked by whoever calls, or by what was changed of them.
        today: The day they are told for (Asia/Ho_Chi_Minh).
        book: The rules, where they have been asked for already.

    Returns:
        How many were told; those out of sight by now are left to the next reader.
    """
    book = book or amendments.current()
    found = roads.nameless(Dossier.objects.filter(pk__in=list(dossier_ids)))
    return tell([roads.Walk(one, roads.road_of(one, book, today), book, today) for one in found])


def tell(walks: Sequence[roads.Walk]) -> int:
    """
    Write where some cases stand whose roads have been replayed in this transaction already.

    Args:
        walks: As they stand now, each once; the cases are locked.

    Returns:
        How many were told; those out of sight by now are left to the next reader.
    """
    if not walks:
        return 0
    rows = []
    for walk in walks:
        kept = standings.row(walk)
        rows.append(
            {"id": kept.dossier_id} | {name: getattr(kept, name) for name in standings.TOLD}
        )
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, [json.dumps(rows, cls=DjangoJSONEncoder)])
        return int(cursor.rowcount)


@transaction.atomic
def renew_standings(*, actor: Actor, today: date, book: Rulebook | None = None) -> int:
    """
    Tell anew what is old of the cases an actor sees, as far as one look may; returns how many.

    Nothing is waited for: a row somebody else is about to tell is left alone. Who looks in a way
    that may not write leaves everything to the next who may, or to the job.

    Args:
        actor: Who looks.
        today: The day (Asia/Ho_Chi_Minh).
        book: The rules, where they have been asked for already.
    """
    if LOOKS.get(actor.post.role) is not Way.CASES or actor.emergency is not None:
        return 0
    book = book or amendments.current()
    old = standings.in_reach(actor).filter(standings.ended(book, today))
    return _renewed(_locked(old, standings.BOUND), today, book)


@dataclass(frozen=True, slots=True)
class Refreshed:
    """Some cases that were told anew, by their numbers; ``last`` is ``None`` where none was old."""

    told: int
    last: int | None


@transaction.atomic
def refresh_standings(*, today: date, after: int = 0, most: int = BATCH) -> Refreshed:
    """
    Tell anew what is old of all cases, some at a time in the order of their numbers.

    For a job, again and again from what was ``last`` on, until none is left. Killed in the middle,
    what it had not ended stays old; two at once share the work.

    Args:
        today: The day (Asia/Ho_Chi_Minh).
        after: The number after which to begin.
        most: How many at the most.
    """
    book = amendments.current()
    old = Standing.objects.filter(standings.ended(book, today), pk__gt=after)
    ids = _locked(old.order_by("pk"), most)
    return Refreshed(_renewed(ids, today, book), ids[-1] if ids else None)


def refresh_all(*, today: date, stopped: Callable[[], bool] = lambda: False) -> int:
    """
    Tell anew whatever is old, batch by batch, each in a transaction of its own; return how many.

    Args:
        today: The day (Asia/Ho_Chi_Minh).
        stopped: Asked after each batch; what is left then stays old until the next run.
    """
    told, after = 0, 0
    while not stopped():
        some = refresh_standings(today=today, after=after)
        told += some.told
        if some.last is None:
            break
        after = some.last
    return told


def _locked(old: standings.Rows, most: int) -> list[int]:
    """
    Lock some rows that nobody else holds, before anything of their cases is read.

    Whoever changes a case holds its row until the end, so that a row that is free tells of a case
    whose changes can all be read.
    """
    free = old.select_for_update(skip_locked=True, no_key=True, of=("self",))
    return list(free.values_list("pk", flat=True)[:most])


def _renewed(ids: Sequence[int], today: date, book: Rulebook) -> int:
    return keep_standings(ids, today, book) if ids else 0
