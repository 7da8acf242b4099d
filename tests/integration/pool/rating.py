"""A rating as the school's Union records it, for the tests of the pool."""

from __future__ import annotations

from datetime import date

from donghanh.domain.calendar import SchoolYear
from donghanh.domain.rating import Body
from donghanh.people.models import Person
from donghanh.pool import actions, queries
from donghanh.pool.models import Rating
from tests import factory
from tests.factory import Cast


def rated(cast: Cast, person: Person, *, today: date, **changed: object) -> Rating:
    """Let the school's Union record a rating of the present school year, met today."""
    scale = queries.scale_on(today)
    assert scale is not None
    told: dict[str, object] = {
        "year": SchoolYear.of(today).key,
        "body": Body.CHAPTER,
        "level": scale.value[0],
        "met": today,
    }
    return actions.rate(
        actor=factory.actor(cast.union, today),
        person_id=person.pk,
        new=actions.NewRating(**(told | changed)),  # type: ignore[arg-type]  # by their names
        at=factory.instant(today, 10),
        today=today,
    )
