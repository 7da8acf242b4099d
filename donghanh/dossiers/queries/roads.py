"""Dossiers with their roads, and who may see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery

from donghanh.amendments import queries as amendments
from donghanh.domain.acts import Branch
from donghanh.domain.authority import Actor, Opening
from donghanh.domain.matrix import Position, Why, recording
from donghanh.domain.procedure import Road, RoadStatus, Step, replay
from donghanh.domain.rights import FROM_THE_LIST, Right, Role
from donghanh.domain.rules import Rulebook
from donghanh.dossiers.models import Act, Dossier, Standing
from donghanh.dossiers.queries.cases import acts_of, case_of
from donghanh.history import queries as history
from donghanh.history.models import Event
from donghanh.lib import wall
from donghanh.people import queries as people
from donghanh.people.models import Consent, Person

#: After these nobody helps any more until somebody is named again.
_UNHELPED = (Step.UNLISTED, Step.DELETED, Step.ANNULLED)


#: What roads are on which somebody is still on the way.
GOING = frozenset({RoadStatus.WALKING, RoadStatus.ADMITTED, RoadStatus.NOT_STARTED})
#: The columns a road is replayed from; those who count are given these and no others.
_COUNTED_OF_PERSONS = ("birth_date", "union_member", "lower_secondary")
_COUNTED_OF_DOSSIERS = (
    *("person_id", "school_id", "opened_date", "base_committee", "sub_committee", "delegated"),
    *("by_members", "standards", "scopes", "graduated_date", "moves", "acts_recorded"),
    *("gone", "simulated"),
)
_COUNTED_OF_ACTS = (
    *("dossier_id", "number", "step", "on_date", "received_date", "form", "paper_number"),
    *("official", "excluded", "convened", "present", "favour", "against", "invalid"),
    *("excluded_by", "passed", "governed_by", "judged_by", "edition", "about", "until_date"),
    *("voids_id",),
)


@dataclass(frozen=True, slots=True)
class Walk:
    """One dossier with its road as it stands on a day, by the rules it was replayed with."""

    dossier: Dossier
    road: Road
    book: Rulebook
    today: date

    @property
    def branches(self) -> frozenset[Branch]:
        """Return the branches the road takes."""
        return self.road.case.branches(self.today)


def visible_to(actor: Actor) -> QuerySet[Dossier]:
    """
    Return the dossiers an actor may see, in no order.

    Cell and Union see those of their school until another unit has them; the committee above and
    its board see a dossier from the cell's list on; a helper sees those of the own pupils; a pupil
    sees the own one; everybody else sees none. What was opened in an emergency comes on top.
    """
    if actor.post.role is Role.HELPER:
        return helped_by(actor)
    seen = Dossier.objects.filter(person__in=people.visible_to(actor))
    if actor.post.role is not Role.PUPIL:
        seen = seen.filter(gone=False)
    if actor.post.role in FROM_THE_LIST:
        listed = Act.objects.filter(step=Step.LISTED.value, voids=None, voided_by=None)
        seen = seen.filter(pk__in=listed.values("dossier_id"))
    if actor.emergency is None:
        return seen
    opened = opened_to(actor, actor.emergency)
    return Dossier.objects.filter(Q(pk__in=seen.values("pk")) | Q(pk__in=opened.values("pk")))


def helped_by(actor: Actor) -> QuerySet[Dossier]:
    """
    Return the dossiers of the pupils whose helper an actor is at present, in no order.

    The helper is whom the last act names that names one; who left the list has none any more.
    """
    telling = Act.objects.filter(
        Q(helper__isnull=False) | Q(step__in=[step.value for step in _UNHELPED]),
        dossier=OuterRef("pk"),
        voids=None,
        voided_by=None,
    )
    present = telling.order_by("-number").values("helper_id")[:1]
    own = Dossier.objects.filter(
        school_id__in=actor.schools, person__in=people.agreed(), gone=False
    )
    return own.alias(helper=Subquery(present)).filter(helper=actor.user_id)


def by_emergency(actor: Actor, dossier_id: int) -> int | None:
    """Return the opening without which an actor would not see a dossier, or ``None``."""
    if actor.emergency is None:
        return None
    ordinary = visible_to(replace(actor, emergency=None)).filter(pk=dossier_id)
    return None if ordinary.exists() else actor.emergency.id


def opened_to(actor: Actor, opening: Opening) -> QuerySet[Dossier]:
    """Return the dossiers an opening in an emergency shows, in no order."""
    if not actor.may(Right.OPEN_EMERGENCY):
        return Dossier.objects.none()
    opened = Dossier.objects.filter(
        school_id=opening.school_id, person__in=people.agreed(), gone=False
    )
    return opened if opening.dossier_id is None else opened.filter(pk=opening.dossier_id)


def candidates(actor: Actor) -> QuerySet[Person]:
    """Return the pupils who agreed and have no dossier yet, in Vietnamese order of names."""
    if not actor.may(Right.RECORD_ACTS) or actor.post.role in FROM_THE_LIST:
        return Person.objects.none()
    return people.visible_to(actor).filter(dossier=None).order_by("sort_key", "id")


def walk(actor: Actor, dossier_id: int, today: date) -> Walk:
    """
    Return one dossier with its road.

    Raises:
        Dossier.DoesNotExist: Unknown, or not visible to the actor.
    """
    dossier = _whole(visible_to(actor)).get(pk=dossier_id)
    return _walk(dossier, amendments.current(), today)


def walk_of(dossier: Dossier, today: date) -> Walk:
    """
    Return a dossier with its road, read anew, that the actor has been found to see and has locked.

    Raises:
        Dossier.DoesNotExist: The walls of the database hide it.
    """
    whole = _whole(Dossier.objects.filter(pk=dossier.pk)).get()
    return _walk(whole, amendments.current(), today)


def _walk(dossier: Dossier, book: Rulebook, today: date) -> Walk:
    return Walk(dossier, road_of(dossier, book, today), book, today)


def walks(
    actor: Actor,
    today: date,
    book: Rulebook | None = None,
    among: QuerySet[Standing, int] | None = None,
) -> list[Walk]:
    """
    Return every visible dossier with its road, in Vietnamese order of names.

    The number of statements does not grow with the number of dossiers.

    Args:
        actor: Who looks.
        today: The day the roads are shown for (Asia/Ho_Chi_Minh).
        book: The rules, where they have been asked for already.
        among: The numbers of those that matter, where not all do.
    """
    seen = visible_to(actor)
    if among is not None:
        seen = seen.filter(pk__in=among)
    dossiers = _whole(seen).order_by("person__sort_key", "id")
    book = book or amendments.current()
    return [_walk(dossier, book, today) for dossier in dossiers]


def roads_of_school(school_id: int, today: date) -> dict[int, Road]:
    """
    Return the road of every dossier of a school by dossier id, stopped ones included.

    For counting only: it is not narrowed to an actor, and holds no name. Who stopped stays counted
    up to the day of stopping (the totals of a year do not change because somebody left). A record
    put aside is counted in the one that leads.
    """
    return roads_of_schools([school_id], today)[school_id]


def roads_of_schools(school_ids: Iterable[int], today: date) -> dict[int, dict[int, Road]]:
    """Return ``roads_of_school`` for several schools in a fixed number of statements."""
    book = amendments.current()
    roads: dict[int, dict[int, Road]] = {school_id: {} for school_id in school_ids}
    counted = Dossier.objects.filter(school_id__in=list(roads), person__aside=None)
    dossiers = nameless(counted).order_by("id")
    with wall.counting():
        for dossier in dossiers:
            roads[dossier.school_id][dossier.pk] = road_of(dossier, book, today)
    return roads


def behind(actor: Actor, dossier_ids: Iterable[int]) -> list[Dossier]:
    """
    Return the dossiers behind a figure, in Vietnamese order of names.

    Only what the actor may see anyway: a figure never opens a file.
    """
    dossiers = visible_to(actor).filter(pk__in=list(dossier_ids)).select_related("person")
    return list(dossiers.order_by("person__sort_key", "id"))


def road_of(dossier: Dossier, book: Rulebook, today: date) -> Road:
    """Return the road of a dossier whose person, consents and acts have been fetched."""
    return replay(acts_of(dossier), case_of(dossier), book, today)


def may_do(
    actor: Actor,
    walk: Walk,
    step: Step,
    form: str | None = None,
    decides: bool | None = None,
) -> bool:
    """
    Tell whether an actor acts for the body that does a step, turn or paper of a dossier.

    ``decides`` tells that the body is, or is not, the competent one of the pupil's cell, where it
    is not asked of today.
    """
    if decides is None:
        decides = walk.dossier.school_id in actor.decides_for
    position = Position(actor.post.role, decides)
    scopes = walk.road.case.at(walk.today).scopes
    found = recording(walk.book, position, step, form, scopes, walk.branches)
    return found is Why.OWN_WORK


def rests(walk: Walk) -> bool:
    """Tell whether nothing is recorded about a pupil meanwhile, because the pupil asked so."""
    return walk.dossier.person.rests_since is not None


def may_record(actor: Actor, walk: Walk, step: Step, form: str | None = None) -> bool:
    """Tell whether an actor is offered to record something: as ``may_do``, and the work goes on."""
    return not rests(walk) and may_do(actor, walk, step, form)


def _whole(dossiers: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Fetch with each dossier all that its road is replayed from: three statements in all."""
    return dossiers.select_related("person", "school").prefetch_related(
        Prefetch("acts", queryset=Act.objects.select_related("helper", "recorded_by")),
        Prefetch("person__consents", queryset=Consent.objects.order_by("id")),
    )


def nameless(dossiers: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """
    Fetch with each dossier all that its road is replayed from, and nothing that tells whose it is.

    For counting: the database gives those who count no column with a name, and no reason written.
    """
    acts = Act.objects.only(*_COUNTED_OF_ACTS).order_by("number")
    return (
        dossiers.select_related("person")
        .only(*_COUNTED_OF_DOSSIERS, *(f"person__{name}" for name in _COUNTED_OF_PERSONS))
        .prefetch_related(
            Prefetch("acts", queryset=acts),
            Prefetch("person__consents", queryset=Consent.objects.order_by("id")),
        )
    )


def readers(actor: Actor, dossier_id: int) -> list[Event]:
    """
    Return who has read a dossier, newest first, at most twenty.

    Raises:
        Dossier.DoesNotExist: Unknown, or not visible to the actor.
    """
    return readers_of(visible_to(actor).get(pk=dossier_id))


def readers_of(dossier: Dossier) -> list[Event]:
    """Return ``readers`` of a dossier that the actor has been found to see."""
    return list(history.about("dossier", dossier.pk).filter(action="dossiers.read")[:20])


def own_walk(person: Person, today: date) -> Walk | None:
    """Return a pupil's own dossier with its road, or ``None`` before it was opened."""
    dossier = _whole(Dossier.objects.filter(person=person)).first()
    return None if dossier is None else _walk(dossier, amendments.current(), today)


def on_the_road(found: Iterable[Walk]) -> list[Walk]:
    """Return those of some walks whose pupil is still on the way, in the order given."""
    return [walk for walk in found if walk.road.status in GOING]


def walks_among(
    actor: Actor, dossier_ids: Iterable[int], today: date, book: Rulebook | None = None
) -> list[Walk]:
    """
    Return those of some dossiers an actor may see, with their roads, in order of names.

    Args:
        actor: Who looks.
        dossier_ids: The dossiers.
        today: The day the roads are shown for (Asia/Ho_Chi_Minh).
        book: The rules, where they have been asked for already.
    """
    chosen = visible_to(actor).filter(pk__in=list(dossier_ids))
    dossiers = _whole(chosen).order_by("person__sort_key", "id")
    book = book or amendments.current()
    return [_walk(dossier, book, today) for dossier in dossiers]
