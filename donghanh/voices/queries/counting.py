"""Figures by topic: from five upwards, and nothing that lets the rest be subtracted."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db import connection

from donghanh.amendments import queries as amendments
from donghanh.domain import checking, voices
from donghanh.domain.authority import Actor, NotAllowed
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.rights import Right
from donghanh.domain.voices import Topic
from donghanh.organisation import queries as organisation
from donghanh.voices import texts
from donghanh.voices.queries.reading import units_of

_COUNTED = "SELECT unit_id, topic, number FROM voices_counted(%s::bigint[], %s::date, %s::date)"


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """The figures of one unit: by topic, and in all; ``None`` is too small to be shown."""

    name: str
    by_topic: list[int | None]
    total: int | None

    @property
    def cells(self) -> list[tuple[str, int | None]]:
        """Return each figure with what its topic is called."""
        return [(str(texts.TOPICS[one]), n) for one, n in zip(Topic, self.by_topic, strict=True)]


@dataclass(frozen=True, slots=True)
class Figures:
    """Voices of a school year, a row a unit; no sum over units, by which one could subtract."""

    year: SchoolYear
    topics: list[Topic]
    rows: list[UnitFigures]
    below: int


def figures(actor: Actor, year: SchoolYear, today: date) -> Figures:
    """
    Return the voices of a school year by unit written to and topic, up to yesterday.

    Raises:
        NotAllowed: The post neither answers nor moderates.
    """
    if not actor.may(Right.ANSWER_VOICES) and not actor.may(Right.MODERATE_VOICES):
        raise NotAllowed(right=Right.ANSWER_VOICES.value, role=actor.post.role.value)
    own = units_of(actor, today)
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, [sorted(own), year.since, min(year.until, today)])
        found = cursor.fetchall()
    counts: dict[int, dict[Topic, int]] = defaultdict(dict)
    for unit_id, topic, number in found:
        counts[unit_id][Topic(topic)] = number
    known = organisation.known_as(counts, today)
    most = checking.persons(amendments.current(), checking.SMALL, today)
    rows = [
        UnitFigures(
            known[unit_id].name,
            list(voices.shown(part, most).values()),
            voices.total_shown(part, most),
        )
        for unit_id, part in sorted(counts.items(), key=lambda one: known[one[0]].order)
    ]
    return Figures(year, list(Topic), rows, most + 1)
