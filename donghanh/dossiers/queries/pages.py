"""One pupil's road as the page of staff shows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from donghanh.domain import year_classes
from donghanh.domain.authority import Actor
from donghanh.domain.procedure import Road, RoadStatus, Step
from donghanh.domain.rights import Right, Role
from donghanh.dossiers import texts
from donghanh.dossiers.models import Act, Dossier
from donghanh.dossiers.queries import facts as facts_read
from donghanh.dossiers.queries import placing, resting, rows, turns, wording
from donghanh.dossiers.queries import roads as reads
from donghanh.dossiers.queries.facts import FactLine
from donghanh.dossiers.queries.resting import Rest
from donghanh.dossiers.queries.roads import Walk
from donghanh.dossiers.queries.rows import PhaseRow, StageRow
from donghanh.dossiers.queries.turns import Notice, TurnRow
from donghanh.dossiers.queries.wording import ClockRow
from donghanh.history.models import Event
from donghanh.lib import clock as clocks
from donghanh.lib import days
from donghanh.organisation import texts as organisation
from donghanh.people import queries as people
from donghanh.people import texts as consent


@dataclass(frozen=True, slots=True)
class ActRow:
    """One line of the history of acts."""

    number: int
    title: str
    on: date
    note: str
    who: str
    at: datetime
    voided: bool
    voids: int | None
    failed: bool
    may_void: bool


@dataclass(frozen=True, slots=True)
class Reader:
    """Who read the file, in which office, when; ``emergency``: beyond the own reach, for hours."""

    name: str
    role: str
    at: datetime
    emergency: bool = False


@dataclass(frozen=True, slots=True)
class Beside:
    """A person who walks with the pupil."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Forecast:
    """Days that are known ahead."""

    label: str
    on: date
    past: bool


@dataclass(frozen=True, slots=True)
class RoadPage:
    """
    Everything on the page of one road.

    ``phases`` hold the steps in their order; ``also`` are those that can be done now beside the one
    the road waits for; ``others`` are the turns that may be taken. ``invitation_id`` is there
    for who may hand out a new code.
    """

    dossier: Dossier
    name: str
    class_name: str
    born: date
    status_label: str
    status_state: str
    number: int
    total: int
    going: bool
    notices: tuple[Notice, ...]
    phases: tuple[PhaseRow, ...]
    also: tuple[StageRow, ...]
    others: tuple[TurnRow, ...]
    clocks: tuple[ClockRow, ...]
    forecast: tuple[Forecast, ...]
    facts: tuple[FactLine, ...]
    may_set_facts: bool
    may_take: bool
    beside: tuple[Beside, ...]
    readers: tuple[Reader, ...]
    acts: tuple[ActRow, ...]
    seen: int
    invitation_id: int | None
    calendar_ended: bool
    simulated: bool
    classes: tuple[tuple[str, str], ...] = ()
    place: str = ""
    place_state: str = "plain"
    may_read_papers: bool = False
    may_hand_over: bool = False
    rest: Rest | None = None

    @property
    def present(self) -> bool:
        """Tell whether one of the phases holds the present step."""
        return any(phase.here for phase in self.phases)


_SHAPES = {
    RoadStatus.ADMITTED: "near",
    RoadStatus.RECOGNISED: "done",
    RoadStatus.UNLISTED: "plain",
    RoadStatus.DELETED: "late",
    RoadStatus.ANNULLED: "late",
}


def road_page(actor: Actor, walk: Walk) -> RoadPage:
    """
    Return the page of a road that the actor has been found to see.

    Args:
        actor: Who looks: decides which buttons there are.
        walk: The dossier with its road, fetched for this actor.
    """
    dossier, road, today = walk.dossier, walk.road, walk.today
    number, total = wording.place(road)
    place_state, place = placing.told(walk)
    stored = {act.number: act for act in dossier.acts.all()}
    stages = rows.stage_rows(actor, walk, stored)
    return RoadPage(
        dossier=dossier,
        name=dossier.person.full_name,
        class_name=dossier.person.class_name,
        born=dossier.person.birth_date,
        status_label=str(texts.ROAD_STATUSES[road.status]),
        status_state=_SHAPES.get(road.status, "waiting"),
        number=number,
        total=total,
        going=road.current is not None and road.status not in wording.HALTED,
        notices=turns.notices(actor, walk),
        phases=rows.phase_rows(walk, stages),
        also=rows.also(stages),
        others=turns.turn_rows(actor, walk),
        clocks=tuple(wording.clock_row(one, today) for one in road.clocks),
        forecast=forecast(road, today),
        facts=facts_read.fact_lines(walk),
        may_set_facts=facts_read.may_set(actor) and not reads.rests(walk),
        may_take=actor.may(Right.TAKE_LISTS),
        beside=_beside(stored.values()),
        readers=readers_of(reads.readers_of(dossier)),
        acts=act_rows(actor, walk),
        seen=dossier.acts_recorded,
        invitation_id=dossier.person.invitation_id if actor.may(Right.INVITE_PUPILS) else None,
        calendar_ended=road.calendar_ended,
        simulated=dossier.simulated,
        classes=_classes(dossier.person_id),
        place=place,
        place_state=place_state,
        may_read_papers=actor.may(Right.READ_PAPERS),
        may_hand_over=actor.may(Right.HAND_OVER) and not reads.rests(walk),
        rest=resting.rest(dossier.person.rests_since, walk.book, today),
    )


def forecast(road: Road, today: date) -> tuple[Forecast, ...]:
    """Return the days known ahead: of age, the certificate's last, the end of probation."""
    by_name = {one.name: one for one in road.conditions}
    years = next((entry.value for entry in by_name["age"].entries), "")
    days = (
        (_("%(years)s years old") % {"years": years}, by_name["age"].from_day),
        (_("Certificate good until"), by_name["certificate"].until_day),
        (_("Probation ends"), road.probation_ends_on),
    )
    return tuple(Forecast(label, on, on < today) for label, on in days if on is not None)


def _classes(person_id: int) -> tuple[tuple[str, str], ...]:
    """Return the class of each school year, newest first; why there is none, in its place."""
    kept = year_classes.newest_first(people.classes_of([person_id])[person_id])
    return tuple(
        (one.year.key, str(consent.ENDINGS[one.ended]) if one.ended else one.class_name)
        for one in kept
    )


def _beside(acts: Iterable[Act]) -> tuple[Beside, ...]:
    """Return the helper who was chosen last and still holds, then who recorded, each once."""
    rows = sorted(acts, key=lambda act: act.number, reverse=True)
    voided = {act.voids_id for act in rows}
    chosen = [act.helper.name for act in rows if act.helper is not None and act.pk not in voided]
    helper = next(iter(chosen), None)
    people = [] if helper is None else [Beside(helper, _("Helper"))]
    recorders = dict.fromkeys(act.recorded_by.name for act in rows)
    return (*people, *(Beside(name, _("Keeps the file")) for name in recorders if name != helper))


def readers_of(events: Iterable[Event]) -> tuple[Reader, ...]:
    """Return who read a file, newest first: each person once a day, and once in an emergency."""
    found: dict[tuple[int | None, date, bool], Reader] = {}
    for event in events:
        day = event.at.astimezone(clocks.ZONE).date()
        urgent = "emergency" in event.facts
        role = str(organisation.ROLES[Role(event.role)])
        name = event.actor.name if event.actor else ""  # somebody always reads
        reader = Reader(name, role, event.at, urgent)
        found.setdefault((event.actor_id, day, urgent), reader)
    return tuple(found.values())


def act_rows(actor: Actor, walk: Walk) -> tuple[ActRow, ...]:
    """Return the history of a dossier's acts, newest first, declarations of invalidity included."""
    stored = list(walk.dossier.acts.all())
    by_key = {act.pk: act for act in stored}
    voided = {act.voids_id for act in stored if act.voids_id is not None}
    found = []
    for act in sorted(stored, key=lambda one: one.number, reverse=True):
        target = by_key.get(act.voids_id or 0)
        own = reads.may_record(actor, walk, Step(act.step), act.form or None)
        found.append(
            ActRow(
                number=act.number,
                title=_act_title(target or act, walk.dossier.scopes),
                on=(target or act).on_date,
                note=act.reason if target else _act_note(act, _regimes(walk)),
                who=act.recorded_by.name,
                at=act.recorded_at,
                voided=act.pk in voided,
                voids=target.number if target else None,
                failed=not act.passed,
                may_void=target is None and act.pk not in voided and own,
            )
        )
    return tuple(found)


def _regimes(walk: Walk) -> Mapping[str, str]:
    return {regime.code: regime.title_vi for regime in walk.book.regimes()}


def _act_title(act: Act, scopes: Iterable[str]) -> str:
    if act.step == Step.PAPERS and act.form:
        return texts.paper_title(act.form, scopes)
    return texts.step_title(Step(act.step))


def _act_note(act: Act, regimes: Mapping[str, str]) -> str:
    """Return what is known of an act: its number, more time allowed, the regime chosen and why."""
    told = [act.paper_number] if act.paper_number else []
    if act.until_date is not None:
        until = {"rule": texts.rule_title(act.about), "day": days.day(act.until_date)}
        told.append(_("%(rule)s: until %(day)s") % until)
    if act.step == Step.HELPER_CHANGED and act.helper is not None:
        told.append(_("helped by %(name)s") % {"name": act.helper.name})
    if act.governed_by:
        chosen = {"regime": regimes.get(act.governed_by, act.governed_by), "reason": act.reason}
        told.append(_("by %(regime)s: %(reason)s") % chosen)
    return " · ".join(told)
