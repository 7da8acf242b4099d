"""Whether a page of figures is still what it was: one statement instead of all its figures."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from django.db import connection

from donghanh.amendments import queries as amendments
from donghanh.domain import spans as domain_spans
from donghanh.domain.authority import Actor, require
from donghanh.domain.rights import Right
from donghanh.indicators.queries.asking import Asked, days
from donghanh.lib import wall

#: Everything that figures of some schools, on two days and of two years, are made of.
_STATE = """
SELECT (SELECT mark FROM organisation_edition LIMIT 1),
       (SELECT told_by FROM indicators_edition LIMIT 1),
       (SELECT count(*) FROM indicators_turned WHERE school_id = ANY (%(schools)s)),
       sums.many, sums.last, entered.many, entered.last, clubs.many, clubs.last,
       held.many, held.last, practices.many, practices.last
  FROM (SELECT count(*), max(id) FROM indicators_sum
         WHERE school_id = ANY (%(schools)s) AND on_date = ANY (%(days)s)) AS sums(many, last),
       (SELECT count(*), max(entered_at) FROM indicators_entered
         WHERE school_id = ANY (%(schools)s) AND school_year = ANY (%(years)s))
       AS entered(many, last),
       (SELECT count(*), max(id) FROM accompaniment_club
         WHERE school_id = ANY (%(schools)s)) AS clubs(many, last),
       (SELECT count(*), max(held_at) FROM activities_activity
         WHERE school_id = ANY (%(schools)s) AND school_year = ANY (%(years)s)
           AND held_at IS NOT NULL) AS held(many, last),
       (SELECT count(*), max(changed_at) FROM practices_practice
         WHERE house_id = ANY (%(schools)s)) AS practices(many, last)
"""


def board_mark(actor: Actor, asked: Asked, today: date) -> str:
    """
    Return what tells a page of figures apart from every other one, and from itself once it changes.

    Nothing is returned where figures are not kept added up for both of its days, or a case has
    turned since: that page has to be counted. A sum that is added up again is another row; that is
    what tells of every change of a case.

    Args:
        actor: Who looks.
        asked: What is asked.
        today: The day (Asia/Ho_Chi_Minh).

    Raises:
        NotAllowed: The post reads no figures.
        BadSchoolYear: The year is not two years that follow each other.
    """
    require(actor, Right.READ_FIGURES)
    if actor.emergency is not None or not actor.schools:
        return ""
    book = amendments.current()
    year, day, before, same_day = days(book, asked, today)
    schools = sorted(actor.schools)
    values: dict[str, Any] = {
        "schools": schools,
        "days": [day, same_day],
        "years": [year.key, before.key],
    }
    with wall.counting(), connection.cursor() as cursor:
        cursor.execute(_STATE, values)
        state = cursor.fetchone()
    _, told_by, turned, sums, *_ = state
    if turned or sums != 2 * len(schools) or told_by not in (None, domain_spans.key_of(book)):
        return ""
    looks = (actor.post.role, actor.post.unit_id, actor.reach.way, schools, sorted(actor.units))
    told = repr((state, book.version, today, day, asked, looks))
    return hashlib.sha256(told.encode()).hexdigest()
