"""Reads of the room of duplicates: which records may be of one pupil, and what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import QuerySet

from donghanh.domain import authority
from donghanh.domain.authority import Actor
from donghanh.domain.rights import Right
from donghanh.duplicates.models import Decision
from donghanh.lib import days
from donghanh.organisation import queries as organisation
from donghanh.people import queries as people
from donghanh.people.models import Person

#: How many pairs, and how many decisions, a page shows.
_MOST = 50

#: Two records in sight with one name, marks or not, one day of birth or its day and month turned,
#: at one school or where one school carries on the other; about which nothing stands decided.
_PAIRS = """
WITH RECURSIVE seen AS ({seen}),
carried(before_id, after_id) AS (
    SELECT before_id, after_id FROM organisation_successor
  UNION
    SELECT carried.before_id, next.after_id
      FROM carried JOIN organisation_successor AS next ON next.before_id = carried.after_id
)
SELECT one.id, two.id
  FROM seen AS one
  JOIN seen AS two ON two.search_key = one.search_key AND two.id > one.id
 WHERE date_part('year', one.birth_date) = date_part('year', two.birth_date)
   AND (one.birth_date = two.birth_date
        OR (date_part('month', one.birth_date) = date_part('day', two.birth_date)
            AND date_part('day', one.birth_date) = date_part('month', two.birth_date)))
   AND (one.school_id = two.school_id
        OR EXISTS (SELECT FROM carried
                    WHERE (before_id, after_id) IN ((one.school_id, two.school_id),
                                                    (two.school_id, one.school_id))))
   AND NOT EXISTS (SELECT FROM duplicates_decision AS decision
                    WHERE decision.undone_at IS NULL
                      AND decision.lead_id IN (one.id, two.id)
                      AND decision.other_id IN (one.id, two.id))
 ORDER BY one.sort_key, one.id, two.id
 LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Record:
    """One of two records, with what tells it from the other."""

    id: int
    name: str
    class_name: str
    school: str
    born: date
    agreed: date
    acts: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be of one pupil; what has more acts stands first."""

    records: tuple[Record, Record]


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided about two records, by whom; ``other`` is blank for one put aside."""

    id: int
    same: bool
    name: str
    class_name: str
    number: int
    who: str
    on: date


@dataclass(frozen=True, slots=True)
class PairsPage:
    """Everything on the page of duplicates."""

    pairs: tuple[Pair, ...]
    decided: tuple[Decided, ...]
    simulated: bool

    @property
    def named(self) -> list[int]:
        """Return whose names it shows, each once."""
        return sorted({record.id for pair in self.pairs for record in pair.records})


def pairs(actor: Actor) -> list[tuple[int, int]]:
    """
    Return the pairs of records that may be of one pupil, found by one statement.

    Raises:
        NotAllowed: The post does not decide about duplicates.
    """
    authority.require(actor, Right.DECIDE_DUPLICATES)
    wanted = ("id", "school_id", "search_key", "sort_key", "birth_date")
    seen, values = people.visible_to(actor).values(*wanted).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_PAIRS.format(seen=seen), [*values, _MOST])
        return [(one, two) for one, two in cursor.fetchall()]


def standing(actor: Actor) -> QuerySet[Decision]:
    """
    Return the decisions that stand about records an actor sees, in no order.

    Raises:
        NotAllowed: The post does not decide about duplicates.
    """
    authority.require(actor, Right.DECIDE_DUPLICATES)
    seen = people.visible_to(actor).values("pk")
    found = Decision.objects.filter(undone_at=None, lead__in=seen)
    return found.filter(same=True) | found.filter(same=False, other__in=seen)


def pairs_page(actor: Actor, today: date) -> PairsPage:
    """
    Return the pairs to be decided and what was decided, in a fixed number of statements.

    Raises:
        NotAllowed: The post does not decide about duplicates.
    """
    found = pairs(actor)
    ids = {number for pair in found for number in pair}
    records = _records(actor, ids, today)
    decided = standing(actor).select_related("lead", "decided_by").order_by("-decided_at", "-id")
    shown = list(decided[:_MOST])
    return PairsPage(
        pairs=tuple(
            Pair(_ordered(records[one], records[two]))
            for one, two in found
            if one in records and two in records
        ),
        decided=tuple(
            Decided(
                id=one.pk,
                same=one.same,
                name=one.lead.full_name,
                class_name=one.lead.class_name,
                number=one.other_id,
                who=one.decided_by.name,
                on=days.local(one.decided_at),
            )
            for one in shown
        ),
        simulated=any(one.lead.simulated for one in shown) or bool(records),
    )


def _records(actor: Actor, ids: set[int], today: date) -> dict[int, Record]:
    persons = people.visible_to(actor).filter(pk__in=ids).select_related("dossier")
    found = list(persons.prefetch_related("consents"))
    schools = organisation.known_as({person.school_id for person in found}, today)
    return {person.pk: _record(person, schools) for person in found}


def _record(person: Person, schools: dict[int, organisation.UnitFacts]) -> Record:
    school = schools.get(person.school_id)
    dossier = getattr(person, "dossier", None)
    return Record(
        id=person.pk,
        name=person.full_name,
        class_name=person.class_name,
        school=school.name if school else "",
        born=person.birth_date,
        agreed=min(one.given_date for one in person.consents.all()),
        acts=dossier.acts_recorded if dossier else 0,
    )


def _ordered(one: Record, two: Record) -> tuple[Record, Record]:
    return (one, two) if one.acts >= two.acts else (two, one)
