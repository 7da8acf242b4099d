"""Writes of the room of indicators: what a school enters, and spans told anew out of cases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

from django.db import connection, transaction

from donghanh.amendments import queries as amendments
from donghanh.domain import authority, figures, spans
from donghanh.domain.authority import Actor
from donghanh.domain.rights import Right
from donghanh.domain.rules import Rulebook
from donghanh.dossiers import actions as dossiers
from donghanh.dossiers.models import Dossier, Standing
from donghanh.history import actions as history
from donghanh.indicators import queries
from donghanh.indicators.models import Edition, Entered, Span, Sum, Turned
from donghanh.indicators.queries import Asked, CasesPage, NotShown

#: How many cases a job tells anew in one transaction.
BATCH = 200
#: Schools and days of which no sum is kept, with what counts there; a school of nobody has noughts.
_ADD_UP = """
INSERT INTO indicators_sum (school_id, on_date, values)
SELECT missing.school, missing.day, ARRAY[%s]
  FROM (SELECT school, day
          FROM unnest(%%(schools)s::bigint[]) AS school, unnest(%%(days)s::date[]) AS day
        EXCEPT SELECT school_id, on_date FROM indicators_sum) AS missing
  LEFT JOIN indicators_span AS span
    ON span.school_id = missing.school
   AND span.since_date <= missing.day AND span.until_date > missing.day
 GROUP BY missing.school, missing.day
"""
#: The lock under which it is looked whether the rules are still those the spans were told by.
_LOCK = 7_040_610


@transaction.atomic
def enter_figures(
    *,
    actor: Actor,
    school_id: int,
    school_year: str,
    values: Mapping[str, int | None],
    at: datetime,
) -> int:
    """
    Keep figures of a school and year that no case tells; an earlier number is replaced.

    Args:
        actor: Who enters; sends that school's reports.
        school_id: The school.
        school_year: The school year, such as "2025-2026".
        values: Numbers by the figure's code; ``None``: not entered, and left as it is.
        at: The instant (aware, UTC).

    Returns:
        How many were new or changed; one line of history tells of all.

    Raises:
        NotAllowed: The post sends no reports, or not of this school.
        BadSchoolYear: The year is not two years that follow each other.
        NotEntered: A figure is counted, or unknown.
        NotANumber: A number that no school can have.
    """
    authority.require(actor, Right.SEND_REPORTS, school_id=school_id)
    book = amendments.current()
    year = queries.year_of(book, school_year).key
    given = {
        code: figures.entered(book, code, value)
        for code, value in values.items()
        if value is not None
    }
    known = queries.entered([school_id], year).get(school_id, {})
    changed = {code: value for code, value in given.items() if known.get(code) != value}
    for code, value in changed.items():
        Entered.objects.update_or_create(
            school_id=school_id,
            school_year=year,
            code=code,
            defaults={"value": value, "entered_at": at, "entered_by_id": actor.user_id},
        )
    if changed:
        history.record(
            at=at,
            actor=actor,
            action="indicators.entered",
            subject="unit",
            subject_id=school_id,
            facts={"year": year, "figures": sorted(changed)},
        )
    return len(changed)


@transaction.atomic
def see_cases(*, actor: Actor, asked: Asked, code: str, at: datetime, today: date) -> CasesPage:
    """
    Return the cases behind a figure that an actor may see; whose names are shown is written down.

    Args:
        actor: Who looks.
        asked: Year, day, structure and unit.
        code: The figure.
        at: The instant (aware, UTC).
        today: The day (Asia/Ho_Chi_Minh).

    Raises:
        NotAllowed: The post reads no cases.
        NotShown: No such unit or figure in the actor's reach.
        BadSchoolYear: The year is not two years that follow each other.
    """
    authority.require(actor, Right.READ_CASES)
    page = queries.cases_page(actor, asked, code, today)
    shown = [one.dossier_id for one in page.cases]
    dossiers.note_list(actor=actor, at=at, where="figure", dossiers=shown)
    return page


@transaction.atomic
def refresh_spans(*, today: date, book: Rulebook, most: int = BATCH) -> int | None:
    """
    Tell anew the spans of some cases that have turned; return how many, ``None`` where none has.

    For a job, again and again. A case is told under the lock of its standing's row, which every
    change of the case takes, too; what turns while it is told stays turned. Two at once share the
    work, and what is killed in the middle stays to be told.

    Args:
        today: The day (Asia/Ho_Chi_Minh); it decides nothing that is kept.
        book: The rules.
        most: How many at the most.
    """
    turned = Turned.objects.order_by().values("dossier_id").distinct()
    free = Standing.objects.select_for_update(skip_locked=True, no_key=True, of=("self",))
    ids = list(free.filter(pk__in=turned).order_by("pk").values_list("pk", flat=True)[:most])
    if not ids:
        return None
    _lock_sums(shared=True)
    # First taken away, then read: a change that is seen by neither leaves its row.
    Turned.objects.filter(dossier_id__in=ids).delete()
    before = Span.objects.filter(dossier_id__in=ids)
    schools = set(before.values_list("school_id", flat=True))
    before.delete()
    made = [
        Span(
            dossier_id=one.dossier_id,
            school_id=school,
            since_date=since,
            until_date=until,
            counted=span.counted,
        )
        for one, road in queries.roads(ids, book, today)
        for span in spans.spans(road, book)
        for since, until, school in one.parts(span.since, span.until)
    ]
    Span.objects.bulk_create(made)
    schools.update(one.school_id for one in made)
    Sum.objects.filter(school_id__in=schools).delete()
    return len(ids)


def _lock_sums(*, shared: bool) -> None:
    """Let many tell spans at once, or one add up what is told; until the transaction ends."""
    lock = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {lock}(%s)", [_LOCK + 1])


@transaction.atomic
def keep_sums(*, today: date, book: Rulebook) -> int:
    """
    Add up the figures of all schools for the days asked for most; return how many were missing.

    Those are the day itself, the same day a year before, and the last days of the years before.
    What is kept for other days goes. Only schools whose sums went are added up again.

    Args:
        today: The day (Asia/Ho_Chi_Minh).
        book: The rules.
    """
    _lock_sums(shared=False)
    days = queries.usual_days(book, today)
    Sum.objects.exclude(on_date__in=days).delete()
    columns = ", ".join(
        f"count(counted) FILTER (WHERE counted & {bit} > 0)" for bit in spans.bits(book).values()
    )
    with connection.cursor() as cursor:
        cursor.execute(_ADD_UP % columns, {"schools": list(queries.schools()), "days": list(days)})
        return int(cursor.rowcount)


@transaction.atomic
def _turn_all_by_other_rules(book: Rulebook) -> None:
    """Say of every case that it has turned, where the spans were told by other rules."""
    key = spans.key_of(book)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    told = Edition.objects.values_list("told_by", flat=True).first()
    if told == key:
        return
    if told is not None:
        everybody = Dossier.objects.values_list("pk", "school_id").iterator(10_000)
        rows = (Turned(dossier_id=one, school_id=school) for one, school in everybody)
        Turned.objects.bulk_create(rows, batch_size=10_000)
    Edition.objects.all().delete()
    Sum.objects.all().delete()
    Edition.objects.create(told_by=key)


def refresh_all(*, today: date, stopped: Callable[[], bool] = lambda: False) -> int:
    """
    Tell anew the spans of all cases that have turned, batch by batch; return how many.

    Args:
        today: The day (Asia/Ho_Chi_Minh).
        stopped: Asked after each batch; what is left then stays turned until the next run.
    """
    book, told = amendments.current(), 0
    _turn_all_by_other_rules(book)
    while not stopped():
        some = refresh_spans(today=today, book=book)
        if some is None:
            break
        told += some
    if not stopped():
        keep_sums(today=today, book=book)
    return told


__all__ = [
    "NotShown",
    "enter_figures",
    "keep_sums",
    "refresh_all",
    "refresh_spans",
    "see_cases",
]
