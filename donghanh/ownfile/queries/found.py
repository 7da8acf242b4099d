"""Which requests there are, who may see and answer them, and who is to be erased."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, Max, OuterRef, QuerySet

from donghanh.amendments import queries as amendments
from donghanh.domain import authority, requests
from donghanh.domain.acts import Step
from donghanh.domain.authority import Actor
from donghanh.domain.requests import Datum, Due, Kind
from donghanh.domain.rights import Right, Role
from donghanh.domain.rules import Rulebook
from donghanh.dossiers.models import Act
from donghanh.ownfile.models import Request
from donghanh.people import queries as people
from donghanh.people.models import Consent, Person


def visible_to(actor: Actor) -> QuerySet[Request]:
    """
    Return the requests an actor may see, in no order.

    A pupil sees the own ones. The school's Union sees those of pupils who are on no list of the
    cell yet, the cell's secretary those of pupils who are; the wish to be erased nobody does, and
    of who stopped there is nothing to see.
    """
    if actor.post.role is Role.PUPIL:
        return Request.objects.filter(person__in=people.visible_to(actor))
    if not actor.may(Right.ANSWER_REQUESTS):
        return Request.objects.none()
    acts = Act.objects.filter(
        step=Step.LISTED.value, voids=None, voided_by=None, dossier__person=OuterRef("person")
    )
    listed = Exists(acts) if actor.post.role is Role.SECRETARY else ~Exists(acts)
    seen = Request.objects.filter(listed, person__in=people.visible_to(actor))
    return seen.exclude(kind=Kind.DELETE.value)


def answerable_by(actor: Actor) -> QuerySet[Request]:
    """
    Return the requests an actor may answer, in no order.

    Raises:
        NotAllowed: The post answers none.
    """
    authority.require(actor, Right.ANSWER_REQUESTS)
    return visible_to(actor)


def open_for(actor: Actor) -> list[Request]:
    """Return the requests that wait for an actor, the oldest first, with whose they are."""
    if not actor.may(Right.ANSWER_REQUESTS):
        return []
    found = visible_to(actor).filter(outcome="").select_related("person")
    return list(found.order_by("asked_at", "id"))


def due_of(request: Request, book: Rulebook | None = None) -> Due:
    """Return by when a request is acknowledged and answered."""
    return requests.due(
        Kind(request.kind),
        request.asked_date,
        request.extended_at is not None,
        book or amendments.current(),
    )


def value_of(person: Person, datum: Datum) -> str | date | bool | None:
    """Return what stands in a record for a fact."""
    found: str | date | bool | None = getattr(person, datum.value)
    return found


def candidates() -> QuerySet[Person]:
    """Return the persons who stopped and are not erased yet, by id; for a job alone."""
    standing = Consent.objects.filter(person=OuterRef("pk"), withdrawn_at=None)
    return Person.objects.filter(~Exists(standing), erased_date=None).order_by("id")


def erasable(today: date) -> list[int]:
    """Return the ids of the persons whose last day to be erased has come, for a job alone."""
    book = amendments.current()
    found = []
    ended = candidates().annotate(stopped=Max("consents__withdrawn_date"))
    for person_id, stopped in ended.values_list("pk", "stopped"):
        last = requests.erase_on(stopped, today, book)
        if last is not None and last[0] <= today:
            found.append(person_id)
    return found
