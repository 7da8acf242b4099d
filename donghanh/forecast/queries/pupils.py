"""Until when each step of one pupil can be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from donghanh.domain import leaving
from donghanh.domain.authority import Actor
from donghanh.domain.leaving import Basis, Finish
from donghanh.dossiers import queries as dossiers
from donghanh.forecast import texts
from donghanh.forecast.queries import spans
from donghanh.forecast.queries.spans import Span
from donghanh.people import queries as people


@dataclass(frozen=True, slots=True)
class PupilPage:
    """
    Until when each step of one pupil can be done.

    ``finishes`` is the school year in which the pupil finishes, empty where that year is over;
    ``at_the_latest`` where only the day of agreeing tells it; ``earlier`` the class of an earlier
    year, in words, that tells it in place of the newest; ``leaves_on`` the day the school expects.
    """

    dossier_id: int
    name: str
    class_name: str
    timing_label: str
    timing_state: str
    finishes: str
    at_the_latest: bool
    earlier: str
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
    person = walk.dossier.person
    classes = people.classes_of([person.pk])[person.pk]
    found = spans.prospect(walk, classes, expected)
    end = leaving.finish(classes, walk.road.case.consented_on or today)
    return PupilPage(
        dossier_id=walk.dossier.pk,
        name=person.full_name,
        class_name=person.class_name,
        timing_label=str(texts.TIMINGS[found.timing]),
        timing_state=texts.SHAPES[found.timing],
        finishes=end.year.key if today < end.year.until else "",
        at_the_latest=end.basis is Basis.AGREED,
        earlier=_earlier(end),
        leaves_on=spans.leaves_on(walk, classes, expected),
        stuck=spans.span(found.stuck, walk.book, today) if found.stuck else None,
        steps=tuple(spans.span(one, walk.book, today) for one in found.steps),
        calendar_ended=walk.road.calendar_ended,
        simulated=walk.dossier.simulated,
    )


def _earlier(end: Finish) -> str:
    if end.basis is not Basis.EARLIER or end.told_by is None:
        return ""
    told = {"class_name": end.told_by.class_name, "year": end.told_by.year.key}
    return _("%(class_name)s of the school year %(year)s") % told
