"""Dossiers with their roads, and who may see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from donghanh.domain import rules
from donghanh.domain.authority import Actor, Right, Role
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.consent import Purpose
from donghanh.domain.procedure import Act as DatedAct
from donghanh.domain.procedure import Case, Road, RoadStatus, Step, replay
from donghanh.domain.voting import Tally
from donghanh.dossiers.models import Act, Dossier
from donghanh.history import queries as history
from donghanh.history.models import Event
from donghanh.people import queries as people
from donghanh.people.models import Consent, Person


@dataclass(frozen=True, slots=True)
class Walk:
    """One dossier with its road as it stands on a day."""

    dossier: Dossier
    road: Road


def visible_to(actor: Actor) -> QuerySet[Dossier]:
    """
    Return the dossiers an actor may see, in no order.

    Cell and Union see those of their school; the committee above sees a dossier from the cell's
    list on; a pupil sees the own one; everybody else sees none.
    """
    seen = Dossier.objects.filter(person__in=people.visible_to(actor))
    if actor.post.role is Role.COMMITTEE:
        listed = Act.objects.filter(step=Step.LISTED.value, voids=None, voided_by=None)
        seen = seen.filter(pk__in=listed.values("dossier_id"))
    return seen


def candidates(actor: Actor) -> QuerySet[Person]:
    """Return the pupils who agreed and have no dossier yet, in Vietnamese order of names."""
    if not actor.may(Right.RECORD_ACTS) or actor.post.role is Role.COMMITTEE:
        return Person.objects.none()
    return people.visible_to(actor).filter(dossier=None).order_by("sort_key", "id")


def walk(actor: Actor, dossier_id: int, today: date) -> Walk:
    """
    Return one dossier with its road.

    Raises:
        Dossier.DoesNotExist: Unknown, or not visible to the actor.
    """
    dossier = _whole(visible_to(actor)).get(pk=dossier_id)
    return Walk(dossier, road_of(dossier, today))


def walks(actor: Actor, today: date) -> list[Walk]:
    """
    Return every visible dossier with its road, in Vietnamese order of names.

    The number of statements does not grow with the number of dossiers.
    """
    dossiers = _whole(visible_to(actor)).order_by("person__sort_key", "id")
    return [Walk(dossier, road_of(dossier, today)) for dossier in dossiers]


def roads_of_school(school_id: int, today: date) -> dict[int, Road]:
    """
    Return the road of every dossier of a school by dossier id, stopped ones included.

    For counting only: it is not narrowed to an actor, and holds no name. Who stopped stays counted
    up to the day of stopping (the totals of a year do not change because somebody left).
    """
    dossiers = _whole(Dossier.objects.filter(school_id=school_id)).order_by("id")
    return {dossier.pk: road_of(dossier, today) for dossier in dossiers}


def roads_of_schools(school_ids: Iterable[int], today: date) -> dict[int, dict[int, Road]]:
    """Return ``roads_of_school`` for several schools in a fixed number of statements."""
    roads: dict[int, dict[int, Road]] = {school_id: {} for school_id in school_ids}
    dossiers = _whole(Dossier.objects.filter(school_id__in=list(roads))).order_by("id")
    for dossier in dossiers:
        roads[dossier.school_id][dossier.pk] = road_of(dossier, today)
    return roads


def behind(actor: Actor, dossier_ids: Iterable[int]) -> list[Dossier]:
    """
    Return the dossiers behind a figure, in Vietnamese order of names.

    Only what the actor may see anyway: a figure never opens a file.
    """
    dossiers = visible_to(actor).filter(pk__in=list(dossier_ids)).select_related("person")
    return list(dossiers.order_by("person__sort_key", "id"))


def road_of(dossier: Dossier, today: date) -> Road:
    """Return the road of a dossier whose person, consents and acts have been fetched."""
    return replay(acts_of(dossier), case_of(dossier), rules.load(), today)


def doers_of(step: Step, form: str | None, scopes: Iterable[str]) -> frozenset[Role]:
    """
    Return the roles that record a step; a paper is also recorded by whoever does its own step.

    Args:
        step: The step of the act.
        form: The paper's form, for an act of ``Step.PAPERS``.
        scopes: Whose rules apply, central first.
    """
    book = rules.load()
    paper = book.form(form, tuple(scopes)) if step is Step.PAPERS and form else None
    steps = [step] if paper is None else [step, paper.step]
    return frozenset(Role(book.step(one).actor) for one in steps)


def may_do(actor: Actor, dossier: Dossier, step: Step, form: str | None = None) -> bool:
    """
    Tell whether an actor acts for the body that does a step of a dossier.

    Where a base committee stands between cell and competent committee, each does its own steps:
    the one that decides makes no resolution of the one below, and the other way round.
    """
    if actor.post.role not in doers_of(step, form, dossier.scopes):
        return False
    rule = rules.load().step(step)
    if rule.actor != Role.COMMITTEE.value:
        return True
    decides = dossier.school_id in actor.decides_for
    return decides if rule.decides or not dossier.base_committee else not decides


def case_of(dossier: Dossier) -> Case:
    """Return what the rules must know about a dossier's person."""
    person = dossier.person
    given = [consent for consent in person.consents.all() if consent.purpose == Purpose.ROAD.value]
    standing = [consent for consent in given if consent.withdrawn_date is None]
    stopped = [consent.withdrawn_date for consent in given if consent.withdrawn_date is not None]
    return Case(
        born=person.birth_date,
        consented_on=min((consent.given_date for consent in given), default=None),
        stopped_on=None if standing else max(stopped, default=None),
        scopes=tuple(dossier.scopes),
        base_committee=dossier.base_committee,
        union_member=person.union_member,
        lower_secondary=person.lower_secondary,
        graduated_on=dossier.graduated_date,
    )


def acts_of(dossier: Dossier) -> tuple[DatedAct, ...]:
    """Return a dossier's acts as the domain reads them, in the order of recording."""
    rows = sorted(dossier.acts.all(), key=lambda act: act.number)
    voided = {act.voids_id for act in rows if act.voids_id is not None}
    return tuple(dated_act(act, act.pk in voided) for act in rows if act.voids_id is None)


def dated_act(act: Act, voided: bool) -> DatedAct:
    """Return one stored act as the domain reads it."""
    return DatedAct(
        number=act.number,
        step=Step(act.step),
        on=act.on_date,
        form=act.form or None,
        paper_number=act.paper_number,
        tally=_tally(act),
        governed_by=act.governed_by or None,
        voided=voided,
        received_on=act.received_date,
    )


def _tally(act: Act) -> Tally | None:
    """Return the counts of an act that is a vote."""
    counts = (
        act.official,
        act.excluded,
        act.convened,
        act.present,
        act.favour,
        act.against,
        act.invalid,
    )
    known = [count for count in counts if count is not None]
    return Tally(*known) if len(known) == len(counts) else None


def _whole(dossiers: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Fetch with each dossier all that its road is replayed from: three statements in all."""
    return dossiers.select_related("person", "school").prefetch_related(
        Prefetch("acts", queryset=Act.objects.select_related("helper", "recorded_by")),
        Prefetch("person__consents", queryset=Consent.objects.order_by("id")),
    )


def readers(actor: Actor, dossier_id: int) -> list[Event]:
    """
    Return who has read a dossier, newest first, at most twenty.

    Raises:
        Dossier.DoesNotExist: Unknown, or not visible to the actor.
    """
    dossier = visible_to(actor).get(pk=dossier_id)
    return list(history.about("dossier", dossier.pk).filter(action="dossiers.read")[:20])


def own_walk(person: Person, today: date) -> Walk | None:
    """Return a pupil's own dossier with its road, or ``None`` before it was opened."""
    dossier = _whole(Dossier.objects.filter(person=person)).first()
    return None if dossier is None else Walk(dossier, road_of(dossier, today))


def on_the_road(found: Iterable[Walk]) -> list[Walk]:
    """Return those of some walks whose pupil is still on the way, in the order given."""
    going = {RoadStatus.WALKING, RoadStatus.ADMITTED, RoadStatus.NOT_STARTED}
    return [walk for walk in found if walk.road.status in going]


def year_of(day: date) -> SchoolYear:
    """Return the school year a day belongs to, by the rulebook's own first month."""
    return rules.load().school_year(day)


def walks_among(actor: Actor, dossier_ids: Iterable[int], today: date) -> list[Walk]:
    """Return those of some dossiers an actor may see, with their roads, in order of names."""
    chosen = visible_to(actor).filter(pk__in=list(dossier_ids))
    dossiers = _whole(chosen).order_by("person__sort_key", "id")
    return [Walk(dossier, road_of(dossier, today)) for dossier in dossiers]
