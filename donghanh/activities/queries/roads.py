"""What stands of activities on a pupil's own pages, and on the pupil's road for who helps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from donghanh.activities.models import Activity, CheckIn
from donghanh.activities.queries import checking, found
from donghanh.domain import activities, authority
from donghanh.domain.authority import Actor
from donghanh.domain.rights import Right
from donghanh.dossiers import queries as dossiers
from donghanh.people import queries as people


@dataclass(frozen=True, slots=True)
class OwnRow:
    """One activity the pupil checked in at."""

    activity_id: int
    title: str
    kind: str
    on: date
    place: str
    shown: bool
    reflection: str


@dataclass(frozen=True, slots=True)
class OwnPage:
    """Everything on the pupil's own page of activities; ``agreed``: the consent stands."""

    given_name: str
    agreed: bool
    rows: tuple[OwnRow, ...]
    simulated: bool


@dataclass(frozen=True, slots=True)
class CheckInPage:
    """The page on which a pupil checks in; ``there``: the pupil is counted already."""

    given_name: str
    agreed: bool
    sign: checking.Sign
    there: bool
    simulated: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """One activity a pupil lets stand on the road."""

    title: str
    kind: str
    on: date
    unit: str
    reflection: str


@dataclass(frozen=True, slots=True)
class PupilPage:
    """The activities a pupil lets stand on the road, the latest first."""

    dossier_id: int
    name: str
    class_name: str
    rows: tuple[Shown, ...]
    simulated: bool


def own_page(code: str) -> OwnPage | None:
    """Return the page a pupil's own code opens, or ``None``."""
    person = people.own_record(code)
    if person is None:
        return None
    mine = CheckIn.objects.filter(person=person).select_related("activity")
    kinds = activities.kinds()
    return OwnPage(
        given_name=person.full_name.split()[-1],
        agreed=checking.agreed_on(person) is not None,
        rows=tuple(
            OwnRow(
                activity_id=one.activity_id,
                title=one.activity.title,
                kind=kinds[one.activity.kind].title_vi,
                on=one.activity.on_date,
                place=one.activity.place,
                shown=one.shown_at is not None,
                reflection=one.reflection,
            )
            for one in mine.order_by("-activity__on_date", "-id")
        ),
        simulated=person.simulated,
    )


def check_in_page(code: str, activity_id: int, sign: str, at: datetime) -> CheckInPage | None:
    """
    Return the page on which the pupil whose code this is checks in, or ``None``: there is none.

    Args:
        code: The pupil's own code.
        activity_id: What was scanned.
        sign: The sign that was scanned.
        at: The instant (aware, UTC).
    """
    person, sign_ = people.own_record(code), scanned(activity_id, sign, at)
    if person is None or sign_ is None:
        return None
    there = CheckIn.objects.filter(person=person, activity_id=activity_id).exists()
    return CheckInPage(
        given_name=person.full_name.split()[-1],
        agreed=checking.agreed_on(person) is not None,
        sign=sign_,
        there=there,
        simulated=person.simulated,
    )


def scanned(activity_id: int, sign: str, at: datetime) -> checking.Sign | None:
    """Return what a scanned code leads to, or ``None``: there is no such activity."""
    one = Activity.objects.filter(pk=activity_id).first()
    if one is None:
        return None
    opened = checking.is_open(one, at)
    return checking.Sign(one.pk, one.title, opened, checking.signed(one, sign, at))


def pupil_page(actor: Actor, dossier_id: int, now: datetime) -> PupilPage:
    """
    Return the activities one pupil lets stand on the road.

    Raises:
        Dossier.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed: The post walks with no pupil.
    """
    authority.require(actor, Right.GIVE_CHALLENGES)
    dossier = dossiers.visible_to(actor).select_related("person").get(pk=dossier_id)
    mine = CheckIn.objects.filter(person_id=dossier.person_id, shown_at__isnull=False)
    ordered = list(mine.select_related("activity").order_by("-activity__on_date", "-id"))
    rows = found.rows([one.activity for one in ordered], now)
    return PupilPage(
        dossier_id=dossier.pk,
        name=dossier.person.full_name,
        class_name=dossier.person.class_name,
        rows=tuple(
            Shown(row.title, row.kind, row.on, row.unit, one.reflection)
            for one, row in zip(ordered, rows, strict=True)
        ),
        simulated=dossier.simulated,
    )
