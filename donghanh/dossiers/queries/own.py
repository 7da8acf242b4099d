"""A pupil's own page: where I stand, what I agreed to, who read my file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from donghanh.amendments import queries as amendments
from donghanh.domain import requests, rules
from donghanh.domain.consent import Purpose
from donghanh.domain.procedure import RoadStatus, Stage, StageState, Step
from donghanh.domain.rights import Role
from donghanh.dossiers import texts
from donghanh.dossiers.queries import pages, wording
from donghanh.dossiers.queries import roads as reads
from donghanh.dossiers.queries.pages import Forecast, Reader
from donghanh.history import queries as history
from donghanh.history.queries import Viewing
from donghanh.organisation import queries as organisation
from donghanh.organisation import texts as offices
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
class AlsoStep:
    """A step that can be done beside the present one, and by when."""

    title: str
    by: date | None


@dataclass(frozen=True, slots=True)
class OwnPage:
    """
    Everything on a pupil's own page.

    ``strip`` has one piece for each phase of the road; ``number`` and ``total`` count the steps it
    needs. ``going``: there is a present step. ``readers`` opened the file; ``listed`` saw the name
    in lists, each person once a day.
    ``again`` are sentences whose wording is newer than what the pupil agreed to.
    ``erased_by`` is the last day to erase who stopped; ``renewed`` made a new code.
    ``rests_since``: the pupil wished that nothing more is recorded for a while.
    """

    given_name: str
    school: str
    class_name: str
    stopped: date | None
    erased_by: date | None
    started: bool
    going: bool
    number: int
    total: int
    phase: str
    strip: tuple[str, ...]
    title: str
    following: str
    also: tuple[AlsoStep, ...]
    missing: tuple[MissingPaper, ...]
    done: tuple[DoneStep, ...]
    forecast: tuple[Forecast, ...]
    agreed: tuple[Agreed, ...]
    readers: tuple[Reader, ...]
    listed: tuple[Viewing, ...]
    renewed: tuple[Reader, ...]
    simulated: bool
    handing_over: bool = False
    again: tuple[people.Again, ...] = ()
    rests_since: date | None = None


#: How many days of somebody seeing the pupil in lists the page tells; the newest.
_LISTED = 60


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
    number, total = wording.place(walk.road) if walk else (0, 0)
    unit = organisation.known_as([person.school_id], today).get(person.school_id)
    title, following = _next(walk)
    phases = _phases(walk)
    return OwnPage(
        given_name=person.full_name.split()[-1],
        school=unit.name if unit else "",
        class_name=person.class_name,
        stopped=stopped,
        erased_by=_erased_by(stopped, today),
        started=walk is not None,
        going=walk is not None and _present(walk) is not None,
        number=number,
        total=total,
        phase=next((title for title, state in phases if state == "here"), ""),
        strip=tuple(state for _, state in phases),
        title=title,
        following=following,
        also=_also(walk),
        missing=_missing(walk),
        done=_done(walk),
        forecast=pages.forecast(walk.road, today) if walk else (),
        agreed=agreed,
        readers=_readers(walk),
        listed=_listed(walk, person),
        renewed=_renewed(person),
        simulated=person.simulated,
        handing_over=walk is not None and walk.dossier.handing_over,
        again=people.asked_again(person),
        rests_since=person.rests_since,
    )


def _erased_by(stopped: date | None, today: date) -> date | None:
    """Return the last day to erase who stopped, where a rule sets one."""
    if stopped is None:
        return None
    found = requests.erase_on(stopped, today, amendments.current())
    return None if found is None else found[0]


def _order(one: Consent) -> tuple[int, int]:
    """Return where a consent stands: in the order the purposes are read in, then by age."""
    return list(Purpose).index(Purpose(one.purpose)), one.pk


def _present(walk: reads.Walk) -> Stage | None:
    """Return the step the pupil stands at, or none where the road does not go on."""
    return None if walk.road.status in wording.HALTED else walk.road.current


def _next(walk: reads.Walk | None) -> tuple[str, str]:
    if walk is None:
        return _("You have agreed"), str(texts.OWN_STEPS[Step.SOURCED])
    if walk.road.status is RoadStatus.STOPPED:
        return "", ""
    present = _present(walk)
    if present is None:
        title, following = texts.OWN_ENDS[walk.road.status]
        return str(title), str(following)
    return present.rule.title_vi, str(texts.OWN_STEPS[present.step])


def _phases(walk: reads.Walk | None) -> list[tuple[str, str]]:
    """Return each phase of the road with how it is drawn: past, here or ahead."""
    if walk is None:
        return [(phase.title_vi, "ahead") for phase in rules.load().phases()]
    present = _present(walk)
    needed = wording.blocking(walk.road)
    found = []
    for phase in walk.book.phases():
        own = [stage for stage in needed if stage.rule.phase == phase.code]
        if present is not None and present in own:
            found.append((phase.title_vi, "here"))
        elif own:
            past = all(stage.state is StageState.DONE for stage in own)
            found.append((phase.title_vi, "past" if past else "ahead"))
    return found


def _also(walk: reads.Walk | None) -> tuple[AlsoStep, ...]:
    """Return what else can be done now and has a last day."""
    if walk is None or _present(walk) is None:
        return ()
    open_ = [stage for stage in walk.road.open if stage is not walk.road.current]
    return tuple(
        AlsoStep(stage.rule.title_vi, stage.last_day)
        for stage in open_
        if stage.last_day is not None and wording.ahead(stage.earliest_on, walk.today) is None
    )


def _missing(walk: reads.Walk | None) -> tuple[MissingPaper, ...]:
    present = None if walk is None else _present(walk)
    if walk is None or present is None:
        return ()
    scopes = walk.road.case.at(walk.today).scopes
    found = [walk.book.form(form, scopes) for form in wording.missing(present)]
    return tuple(
        MissingPaper(f"{rule.code} · {rule.title_vi}", rule.signer_vi)
        for rule in found
        if rule is not None
    )


def _done(walk: reads.Walk | None) -> tuple[DoneStep, ...]:
    if walk is None:
        return ()
    return tuple(
        DoneStep(one.rule.title_vi, one.history[-1].on if one.history else None)
        for one in wording.stages_of(walk.road)
        if one.state is StageState.DONE
    )


def _readers(walk: reads.Walk | None) -> tuple[Reader, ...]:
    if walk is None:
        return ()
    events = history.about("dossier", walk.dossier.pk).filter(action="dossiers.read")
    return pages.readers_of(events[:50])


def _renewed(person: Person) -> tuple[Reader, ...]:
    """Return who made a new code for the pupil's slip, newest first."""
    if person.invitation_id is None:
        return ()
    events = history.about("invitation", person.invitation_id).filter(action="people.code_renewed")
    return pages.readers_of(events)


def _listed(walk: reads.Walk | None, person: Person) -> tuple[Viewing, ...]:
    dossier_id = None if walk is None else walk.dossier.pk
    found = history.viewings(dossier_id=dossier_id, person_id=person.pk, most=_LISTED)
    return tuple(replace(one, role=str(offices.ROLES[Role(one.role)])) for one in found)
