"""What rests on an operation, so that it can no longer be undone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from donghanh.directives.models import Recipient, UnitTarget
from donghanh.domain import succession
from donghanh.domain.authority import Actor
from donghanh.domain.succession import ChangesLater, Plan, records
from donghanh.dossiers.models import Act, Dossier
from donghanh.meetings.models import Meeting
from donghanh.organisation.models import Post
from donghanh.papers.models import Sending
from donghanh.people.models import Person
from donghanh.reorganisation.models import Reorganisation, Touch
from donghanh.reorganisation.queries.operations import world
from donghanh.reorganisation.queries.pages import operation_of
from donghanh.reorganisation.queries.unfinished import turned
from donghanh.reports.models import Report
from donghanh.targets.models import Target


@dataclass(frozen=True, slots=True)
class Obstacle:
    """
    One kind of thing that rests on an operation, and how many; ``what`` is a key of its words.

    ``unit`` is the founded unit where it is, ``operation`` the later one that has to be undone
    first; ``None`` where there is neither.
    """

    what: str
    count: int
    unit: int | None = None
    operation: Reorganisation | None = None


@dataclass(frozen=True, slots=True)
class UndoPage:
    """An operation, and all that rests on it."""

    made: Reorganisation
    obstacles: tuple[Obstacle, ...]


def undo_page(actor: Actor, number: int) -> UndoPage:
    """
    Return an operation with what stands in the way of undoing it.

    Raises:
        NotAllowed: The actor does not keep the structure.
        Reorganisation.DoesNotExist: There is no such operation.
    """
    made = operation_of(actor, number)
    if made.undone_at is not None:
        return UndoPage(made, ())
    found = records.read_plan(made.content["plan"])
    return UndoPage(made, (*_later(made, found), *resting(made, found)))


def resting(made: Reorganisation, found: Plan) -> tuple[Obstacle, ...]:
    """Return the cases, acts and receipts since, and all that is at a unit it founded."""
    founded = [new.id for new in found.operation.creates]
    schools = made.content["schools"]
    rerouted = made.reroutings.values("dossier_id")
    kinds: dict[str, QuerySet[Any]] = {
        "received": made.reroutings.exclude(received_at=None),
        "cases": Dossier.objects.filter(pk__gt=made.last_case, school_id__in=schools),
        "acts": Act.objects.filter(dossier_id__in=rerouted, recorded_at__gt=made.made_at),
    }
    there: dict[str, QuerySet[Any]] = {
        "posts": Post.objects.filter(unit_id__in=founded).exclude(
            pk__in=made.content.get("carried", [])
        ),
        "people": Person.objects.filter(school_id__in=founded),
        "targets": UnitTarget.objects.filter(unit_id__in=founded),
        "decisions": Target.objects.filter(Q(unit_id__in=founded) | Q(given_by_id__in=founded)),
        "meetings": Meeting.objects.filter(unit_id__in=founded),
        "letters": Recipient.objects.filter(unit_id__in=founded),
        "reports": Report.objects.filter(department_id__in=founded),
    }
    sent = Sending.objects.filter(dossier_id__in=rerouted, sent_at__gt=made.made_at)
    counted = [Obstacle(what, rows.count()) for what, rows in kinds.items()]
    counted.append(Obstacle("ways", turned(made.content.get("marks", [])) + sent.count()))
    if founded:
        counted += [Obstacle(what, rows.count(), founded[0]) for what, rows in there.items()]
    return tuple(one for one in counted if one.count)


def _later(made: Reorganisation, found: Plan) -> tuple[Obstacle, ...]:
    """Return the later operation that rests on it, or the unit that was changed otherwise."""
    try:
        succession.undone(world(), found)
    except ChangesLater as refusal:
        unit = int(str(refusal.facts["unit"]))
        touches = Touch.objects.filter(unit_id=unit, reorganisation_id__gt=made.pk)
        last = touches.select_related("reorganisation").order_by("-reorganisation_id").first()
        return (Obstacle("later", 1, unit, None if last is None else last.reorganisation),)
    return ()
