"""Writes of the room of promotion, and its readings, which are written down."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from django.db import connection, transaction

from donghanh.domain import authority, moving_up
from donghanh.domain.authority import Actor
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.errors import RuleError
from donghanh.domain.rights import Right
from donghanh.dossiers import actions as dossiers
from donghanh.history import actions as history
from donghanh.people.models import Enrolment, Promotion
from donghanh.promotion import queries
from donghanh.promotion.queries import PromotionPage, Said

#: Ours alone, beside the number of the school: one at a time moves the classes of a school.
_MOVING = 0x6C6C6F70


class WayMissing(RuleError):
    """A pupil is marked to go another way, and none is chosen."""

    code: ClassVar[str] = "promotion.way_missing"


class NobodyLeft(RuleError):
    """By what was said nobody goes on: it was done before, or every class is left for later."""

    code: ClassVar[str] = "promotion.nobody"


class Changed(RuleError):
    """A class that was written then is another one now, or it was undone before."""

    code: ClassVar[str] = "promotion.changed"


@transaction.atomic
def see_classes(*, actor: Actor, said: Said | None, at: datetime, today: date) -> PromotionPage:
    """
    Return the page of moving up; whose names it shows is written down.

    Args:
        actor: Who looks.
        said: What was typed, to see what would come of it; None before.
        at: The instant (aware, UTC).
        today: The day (Asia/Ho_Chi_Minh).

    Raises:
        NotAllowed: The post moves no classes up.
    """
    page = queries.promotion_page(actor, today, said)
    dossiers.note_list(
        actor=actor,
        at=at,
        where="promotion",
        dossiers=page.shown_dossiers,
        persons=page.shown_persons,
    )
    return page


@transaction.atomic
def move_up(*, actor: Actor, said: Said, at: datetime, today: date) -> Promotion:
    """
    Write the classes of the school year for all who go on by what was said, at once.

    Whoever stopped, or wished that the work rests, since the page was shown is left out without a
    word; whoever came since stays for another time. The line of history names and counts nobody.

    Args:
        actor: Who moves up; of the school's cell.
        said: Where each class goes, and who goes another way.
        at: The instant (aware, UTC).
        today: The day (Asia/Ho_Chi_Minh); the classes are those of its school year, from its first
            day on.

    Raises:
        NotAllowed: The post moves no classes up.
        WayMissing: A pupil is marked and no way is chosen.
        ClassMissing, BothSaid, GradeDiffers: What is said of a class cannot be.
        NobodyLeft: Nobody goes on by it; perhaps it was done a moment ago.
    """
    school, into = queries.own_school(actor, today), SchoolYear.of(today)
    authority.require(actor, Right.KEEP_CALENDAR, school_id=school.id)
    _hold(school.id)
    locked = queries.pupils(actor, school.id).select_for_update(of=("self",), no_key=True)
    list(locked.values_list("pk", flat=True))
    groups = queries.movable(actor, school.id, into)
    if any(way is None for number, (way, _) in said.apart.items() if number in groups):
        raise WayMissing
    placed = moving_up.placed(groups, queries.plan_of(said, groups), into)
    if not placed:
        raise NobodyLeft(year=into.key)
    promotion = Promotion.objects.create(
        school_id=school.id, school_year=into.key, done_at=at, done_by_id=actor.user_id
    )
    Enrolment.objects.bulk_create(
        Enrolment(
            person_id=number,
            school_id=school.id,
            school_year=into.key,
            class_name=place.class_name,
            ended=place.ended.value if place.ended else "",
            since_date=into.since,
            written_at=at,
            written_by_id=actor.user_id,
            promotion=promotion,
        )
        for number, place in placed.items()
    )
    _note(actor, promotion, "promotion.moved_up", at)
    return promotion


@transaction.atomic
def undo(*, actor: Actor, promotion_id: int, at: datetime, today: date) -> None:
    """
    Take back what was moved up: every pupil is in the class of the year before again.

    Args:
        actor: Who undoes it; of the school's cell.
        promotion_id: What is undone.
        at: The instant (aware, UTC).
        today: The day (Asia/Ho_Chi_Minh).

    Raises:
        NotAllowed: The post moves no classes up.
        Promotion.DoesNotExist: Not of this school and school year, or undone.
        Changed: One of its classes was changed since, or somebody undid it at the same time.
    """
    school, into = queries.own_school(actor, today), SchoolYear.of(today)
    _hold(school.id)
    promotion = queries.standing(school.id, into).get(pk=promotion_id)
    still = Promotion.objects.filter(pk=promotion.pk, undone_at=None)
    if queries.changed([promotion.pk]) or still.update(undone_at=at, undone_by=actor.user_id) != 1:
        raise Changed
    seen = queries.pupils(actor, school.id).order_by().values("pk")
    Enrolment.objects.filter(promotion=promotion, person__in=seen).delete()
    _note(actor, promotion, "promotion.undone", at)


def _hold(school_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_MOVING, school_id])


def _note(actor: Actor, promotion: Promotion, action: str, at: datetime) -> None:
    history.record(
        at=at,
        actor=actor,
        action=action,
        subject="unit",
        subject_id=promotion.school_id,
        facts={"year": promotion.school_year, "promotion": promotion.pk},
    )
