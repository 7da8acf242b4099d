"""Until when each step of one pupil can be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from donghanh.domain import leaving
from donghanh.domain.authority import Actor
from donghanh.dossiers import queries as dossiers
from donghanh.forecast import texts
from donghanh.forecast.queries import spans
from donghanh.forecast.queries.spans import Span


@dataclass(frozen=True, slots=True)
class PupilPage:
    """
    Until when each step of one pupil can be done.

    ``finishes`` is the school year in which the class finishes, empty where its name does not tell,
    or that year is over;
    ``leaves_on`` the day the school expects for it.
    """

    dossier_id: int
    name: str
    class_name: str
    timing_label: str
    timing_state: str
    finishes: str
    leaves_on: date | None
    stuck: Span | None
    steps: tuple[Span, ...]
    calendar_ended: bool
    simulated: bool


def pupil(actor: Actor, dossier_id: int, today: date) -> PupilPage:
    """
    Return until when each step of one pupil can be done.

    Raises:
        Dossier.DoesNotExist: Unknown, or not visible to the actor.
    """
    walk = dossiers.walk(actor, dossier_id, today)
    expected = spans.leaving_days([walk.dossier.school_id])
    found = spans.prospect(walk, expected)
    person = walk.dossier.person
    year = leaving.finishing(person.class_name, walk.road.case.consented_on or today)
    return PupilPage(
        dossier_id=walk.dossier.pk,
        name=person.full_name,
        class_name=person.class_name,
        timing_label=str(texts.TIMINGS[found.timing]),
        timing_state=texts.SHAPES[found.timing],
        finishes=year.key if year and today < year.until else "",
        leaves_on=spans.leaves_on(walk, expected),
        stuck=spans.span(found.stuck, walk.book, today) if found.stuck else None,
        steps=tuple(spans.span(one, walk.book, today) for one in found.steps),
        calendar_ended=walk.road.calendar_ended,
        simulated=walk.dossier.simulated,
    )
