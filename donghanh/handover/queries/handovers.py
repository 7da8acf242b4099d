"""Hand-overs: who sees them, how they stand, what the pages about them show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from donghanh.domain import handing_over, whereabouts
from donghanh.domain.acts import Destination
from donghanh.domain.authority import Actor, NotAllowed
from donghanh.domain.handing_over import HandOverState, MovePaper, Stand
from donghanh.domain.rights import Right
from donghanh.domain.structure import UnitKind
from donghanh.dossiers import queries as roads
from donghanh.dossiers.queries import Rest, Walk, wording
from donghanh.dossiers.queries.wording import Cite, ClockRow
from donghanh.handover import texts
from donghanh.handover.models import Handover
from donghanh.handover.queries.clocks import clocks_of
from donghanh.organisation import queries as organisation
from donghanh.organisation.queries import UnitFacts
from donghanh.people import queries as people

#: As a hand-over is drawn.
_SHAPES = {
    HandOverState.ASKED: "waiting",
    HandOverState.AGREED: "near",
    HandOverState.REFUSED: "late",
    HandOverState.SENT: "waiting",
    HandOverState.RECEIVED: "done",
    HandOverState.CALLED_BACK: "plain",
}
#: From how many days on an unconfirmed hand-over is drawn as late; ours, not a rule's.
LATE_AFTER = 30


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper that goes with a file: what it is, where it was read, number and day if noted."""

    code: str
    title: str
    catalogue: str
    central: bool
    cite: Cite
    number: str = ""
    on: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One hand-over in a list; without a name where the case is no longer, or not yet, in reach."""

    id: int
    dossier_id: int
    name: str
    class_name: str
    other: str
    state: HandOverState
    shape: str
    label: str
    since: date
    waited: int


@dataclass(frozen=True, slots=True)
class Listing:
    """The hand-overs of a school: coming, open, over."""

    coming: tuple[Line, ...]
    open: tuple[Line, ...]
    over: tuple[Line, ...]
    simulated: bool

    @property
    def named(self) -> list[int]:
        """Return the dossiers whose pupils are named."""
        return [one.dossier_id for one in (*self.coming, *self.open, *self.over) if one.name]


@dataclass(frozen=True, slots=True)
class BeginPage:
    """The page that asks a pupil about a hand-over."""

    walk: Walk
    name: str
    stand: Stand
    stand_label: str
    papers: tuple[PaperLine, ...]
    schools: tuple[UnitFacts, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One hand-over."""

    handover: Handover
    name: str
    class_name: str
    state: HandOverState
    shape: str
    label: str
    to_label: str
    stand_label: str
    sender: str
    papers: tuple[PaperLine, ...]
    incoming: bool
    waited: int
    link_open: bool
    simulated: bool
    clocks: tuple[ClockRow, ...] = ()
    rest: Rest | None = None

    @property
    def may_call_back(self) -> bool:
        """Tell whether it can still be taken back."""
        open_states = {
            HandOverState.ASKED,
            HandOverState.AGREED,
            HandOverState.REFUSED,
            HandOverState.SENT,
        }
        return not self.incoming and self.state in open_states and self.rest is None


def visible_to(actor: Actor) -> QuerySet[Handover]:
    """Return the hand-overs from and to the schools in reach of an actor, in no order."""
    if not actor.may(Right.HAND_OVER):
        return Handover.objects.none()
    mine = Q(from_school_id__in=actor.schools)
    theirs = Q(to_school_id__in=actor.schools, sent_date__isnull=False)
    return Handover.objects.filter(mine | theirs, stands=True)


def state_of(one: Handover) -> HandOverState:
    """Return how a hand-over stands."""
    told = (
        (one.called_back_at, HandOverState.CALLED_BACK),
        (one.received_at, HandOverState.RECEIVED),
        (one.sent_date, HandOverState.SENT),
        (one.refused_at, HandOverState.REFUSED),
        (one.agreed_at, HandOverState.AGREED),
    )
    return next((state for happened, state in told if happened), HandOverState.ASKED)


def since(one: Handover) -> date:
    """Return the day from which a hand-over waits as it does."""
    return one.received_date or one.sent_date or one.agreed_date or one.asked_date


def waiting(actor: Actor) -> QuerySet[Handover]:
    """Return the hand-overs that wait for an actor, or that the actor waits for, oldest first."""
    return visible_to(actor).filter(received_at=None, called_back_at=None).order_by("id")


def named(actor: Actor, dossier_ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Return name and class of those of some cases that an actor sees, by the case's id."""
    found = roads.visible_to(actor).filter(pk__in=list(dossier_ids))
    rows = found.values_list("pk", "person__full_name", "person__class_name")
    return {key: (name, class_name) for key, name, class_name in rows}


def listing(actor: Actor, today: date) -> Listing:
    """
    Return the hand-overs of the actor's school, in a number of statements that does not grow.

    Raises:
        NotAllowed: The post hands nothing over.
    """
    _require(actor)
    found = list(visible_to(actor).select_related("from_school").order_by("-id"))
    names = named(actor, {one.dossier_id for one in found})
    known = organisation.known_as({one.from_school_id for one in found}, today)
    lines = [(one, _line(actor, one, names, known, today)) for one in found]
    open_ones = {
        HandOverState.ASKED,
        HandOverState.AGREED,
        HandOverState.REFUSED,
        HandOverState.SENT,
    }
    comes = [line for one, line in lines if _comes(actor, one)]
    return Listing(
        coming=tuple(line for line in comes if line.state is HandOverState.SENT),
        open=tuple(
            line for one, line in lines if not _comes(actor, one) and line.state in open_ones
        ),
        over=tuple(line for _, line in lines if line.state not in open_ones),
        simulated=any(one.from_school.simulated for one in found),
    )


def _comes(actor: Actor, one: Handover) -> bool:
    return one.from_school_id not in actor.schools


def _line(
    actor: Actor,
    one: Handover,
    names: dict[int, tuple[str, str]],
    known: dict[int, UnitFacts],
    today: date,
) -> Line:
    state = state_of(one)
    name, class_name = names.get(one.dossier_id, ("", ""))
    sender = known.get(one.from_school_id)
    waited = (today - since(one)).days
    late = state is HandOverState.SENT and waited > LATE_AFTER
    return Line(
        id=one.pk,
        dossier_id=one.dossier_id,
        name=name,
        class_name=class_name,
        other=(sender.name if sender else "") if _comes(actor, one) else one.to_name,
        state=state,
        shape="late" if late else _SHAPES[state],
        label=str(texts.STATES[state]),
        since=since(one),
        waited=waited,
    )


def _require(actor: Actor) -> None:
    if not actor.may(Right.HAND_OVER):
        raise NotAllowed(right=Right.HAND_OVER.value, role=actor.post.role.value)


def begin_page(actor: Actor, dossier_id: int, today: date) -> BeginPage:
    """
    Return the page that asks a pupil about a hand-over.

    Raises:
        Dossier.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed: The post hands nothing over.
    """
    _require(actor)
    walk = roads.walk(actor, dossier_id, today)
    stand = handing_over.stand_of(walk.road)
    return BeginPage(
        walk=walk,
        name=walk.dossier.person.full_name,
        stand=stand,
        stand_label=str(texts.STANDS[stand]),
        papers=tuple(_paper(one) for one in handing_over.needed(stand)),
        schools=schools_here(walk.dossier.school_id, today),
    )


def schools_here(but: int, today: date) -> tuple[UnitFacts, ...]:
    """Return the schools of the system on a day except one, in Vietnamese order of names."""
    units = [
        unit
        for unit in organisation.at(today).values()
        if unit.kind is UnitKind.SCHOOL and unit.id != but
    ]
    return tuple(sorted(units, key=lambda unit: unit.order))


def open_of(actor: Actor, dossier_id: int) -> Handover | None:
    """Return the open hand-over of a case, or ``None``."""
    return waiting(actor).filter(dossier_id=dossier_id).first()


def _paper(one: MovePaper, number: str = "", on: str = "") -> PaperLine:
    cite = wording.cite(one.cite, settled=one.cite.settled, href="")
    return PaperLine(one.code, one.title_vi, one.catalogue, one.central, cite, number, on)


def papers_of(one: Handover) -> tuple[PaperLine, ...]:
    """Return the papers that go with a hand-over, with number and day where they were noted."""
    known = {paper.code: paper for paper in handing_over.papers()}
    told = {row["code"]: row for row in one.papers}
    wanted = [paper.code for paper in handing_over.needed(Stand(one.stand))]
    return tuple(
        _paper(known[code], str(told.get(code, {}).get("number", "")), _day(told.get(code, {})))
        for code in wanted
    )


def _day(row: dict[str, str]) -> str:
    written = row.get("on")
    return date.fromisoformat(written).strftime("%d/%m/%Y") if written else ""


def page(actor: Actor, handover_id: int, today: date, now: datetime) -> Page:
    """
    Return the page of one hand-over.

    Raises:
        Handover.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed: The post hands nothing over.
    """
    _require(actor)
    one = visible_to(actor).select_related("from_school").get(pk=handover_id)
    name, class_name = named(actor, [one.dossier_id]).get(one.dossier_id, ("", ""))
    state = state_of(one)
    return Page(
        handover=one,
        name=name,
        class_name=class_name,
        state=state,
        shape=_SHAPES[state],
        label=str(texts.STATES[state]),
        to_label=str(texts.DESTINATIONS[Destination(one.to)]),
        stand_label=str(texts.STANDS[Stand(one.stand)]),
        sender=name_of(one.from_school_id, today),
        papers=papers_of(one),
        incoming=_comes(actor, one),
        waited=(today - since(one)).days,
        link_open=one.link_until is not None and one.link_until > now,
        simulated=one.from_school.simulated,
        clocks=_clocks(actor, one, today) if name else (),
        rest=roads.rest_of_dossier(actor, one.dossier_id, today) if name else None,
    )


def _clocks(actor: Actor, one: Handover, today: date) -> tuple[ClockRow, ...]:
    if state_of(one) in {HandOverState.RECEIVED, HandOverState.CALLED_BACK}:
        return ()
    return clocks_of(roads.walk(actor, one.dossier_id, today), one)


def name_of(unit_id: int, today: date) -> str:
    """Return what a unit is called on a day, or nothing."""
    known = organisation.known_as([unit_id], today).get(unit_id)
    return known.name if known else ""


def is_away(walk: Walk) -> bool:
    """Tell whether a file is not with its cell, so that the cell cannot send it anywhere."""
    place = whereabouts.read(walk.dossier.place)
    return place.unit is not None or place.on_the_way


@dataclass(frozen=True, slots=True)
class OwnHandover:
    """What a pupil is asked, or was, about the own file."""

    handover: Handover
    state: HandOverState
    sender: str
    agreement: str
    papers: tuple[PaperLine, ...]
    simulated: bool


def own(code: str, today: date) -> OwnHandover | None:
    """Return the newest hand-over of the pupil whose own code this is, or ``None``."""
    person = people.own_record(code)
    if person is None:
        return None
    newest = Handover.objects.filter(dossier__person=person).order_by("-id").first()
    if newest is None or newest.called_back_at is not None:
        return None
    to = ", ".join(part for part in (newest.to_name, newest.to_place) if part)
    return OwnHandover(
        handover=newest,
        state=state_of(newest),
        sender=name_of(newest.from_school_id, today),
        agreement=str(texts.AGREEMENT) % {"to": to},
        papers=papers_of(newest),
        simulated=person.simulated,
    )
