"""A pupil's own page: where I stand, what I agreed to, who read my file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from donghanh.domain import rules
from donghanh.domain.consent import Purpose
from donghanh.domain.procedure import RoadStatus, Step
from donghanh.dossiers import texts
from donghanh.dossiers.queries import pages, wording
from donghanh.dossiers.queries import roads as reads
from donghanh.dossiers.queries.pages import Forecast, Reader
from donghanh.history import queries as history
from donghanh.organisation import queries as organisation
from donghanh.people import queries as people
from donghanh.people import texts as consent
from donghanh.people.models import Consent, Person


@dataclass(frozen=True, slots=True)
class Agreed:
    """One purpose the pupil agreed to."""

    sentence: str
    given: date
    withdrawn: date | None


@dataclass(frozen=True, slots=True)
class DoneStep:
    """A step behind the pupil."""

    title: str
    on: date | None


@dataclass(frozen=True, slots=True)
class MissingPaper:
    """A paper that is still to be made, and who makes it."""

    title: str
    signer: str


@dataclass(frozen=True, slots=True)
class OwnPage:
    """Everything on a pupil's own page."""

    given_name: str
    school: str
    class_name: str
    stopped: date | None
    started: bool
    number: int
    total: int
    strip: tuple[str, ...]
    title: str
    following: str
    missing: tuple[MissingPaper, ...]
    done: tuple[DoneStep, ...]
    forecast: tuple[Forecast, ...]
    agreed: tuple[Agreed, ...]
    readers: tuple[Reader, ...]
    simulated: bool


def own_page(code: str, today: date) -> OwnPage | None:
    """
    Return the page a pupil's own code opens, or ``None``.

    Args:
        code: The code of the pupil's invitation, as typed.
        today: The day the road is shown for (Asia/Ho_Chi_Minh).
    """
    person = people.own_record(code)
    if person is None:
        return None
    agreed = tuple(
        Agreed(str(consent.PURPOSES[Purpose(one.purpose)]), one.given_date, one.withdrawn_date)
        for one in sorted(person.consents.all(), key=_order)
    )
    standing = [one for one in agreed if one.withdrawn is None]
    stopped = None if standing else max(one.withdrawn for one in agreed if one.withdrawn)
    walk = reads.own_walk(person, today)
    return _page(person, walk, agreed, stopped, today)


def _page(
    person: Person,
    walk: reads.Walk | None,
    agreed: tuple[Agreed, ...],
    stopped: date | None,
    today: date,
) -> OwnPage:
    number, total = wording.place(walk.road) if walk else (0, len(Step))
    unit = organisation.facts_of([person.school_id], today).get(person.school_id)
    title, following = _next(walk)
    return OwnPage(
        given_name=person.full_name.split()[-1],
        school=unit.name if unit else "",
        class_name=person.class_name,
        stopped=stopped,
        started=walk is not None,
        number=number,
        total=total,
        strip=_strip(walk, total),
        title=title,
        following=following,
        missing=_missing(walk),
        done=_done(walk),
        forecast=pages.forecast(walk.road, today) if walk else (),
        agreed=agreed,
        readers=_readers(walk),
        simulated=person.simulated,
    )


def _order(one: Consent) -> tuple[int, int]:
    """Return where a consent stands: in the order the purposes are read in, then by age."""
    return list(Purpose).index(Purpose(one.purpose)), one.pk


def _next(walk: reads.Walk | None) -> tuple[str, str]:
    if walk is None:
        return _("You have agreed"), str(texts.OWN_STEPS[Step.SOURCED])
    if walk.road.status is RoadStatus.STOPPED:
        return "", ""
    current = walk.road.current
    if current is None:
        return _("You are an official member"), _("This road ends here. Well walked.")
    return texts.step_title(current.step), str(texts.OWN_STEPS[current.step])


def _strip(walk: reads.Walk | None, total: int) -> tuple[str, ...]:
    if walk is None:
        return ("ahead",) * total
    drawn = {"done": "past", "now": "here"}
    return tuple(drawn.get(one.state.value, "ahead") for one in wording.stages_of(walk.road))


def _missing(walk: reads.Walk | None) -> tuple[MissingPaper, ...]:
    if walk is None or walk.road.current is None:
        return ()
    scopes = tuple(walk.dossier.scopes)
    found = [
        rules.load().form(form, scopes) for form in wording.missing(walk.road, walk.road.current)
    ]
    return tuple(
        MissingPaper(f"{rule.code} · {rule.title_vi}", rule.signer_vi)
        for rule in found
        if rule is not None
    )


def _done(walk: reads.Walk | None) -> tuple[DoneStep, ...]:
    if walk is None:
        return ()
    return tuple(
        DoneStep(texts.step_title(one.step), one.history[-1].on if one.history else None)
        for one in wording.stages_of(walk.road)
        if one.state.value == "done"
    )


def _readers(walk: reads.Walk | None) -> tuple[Reader, ...]:
    if walk is None:
        return ()
    events = history.about("dossier", walk.dossier.pk).filter(action="dossiers.read")
    return pages.readers_of(events[:50])
