"""Writes of the room of classes."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import ClassVar

from django.db import transaction

from donghanh.classes import queries
from donghanh.classes.models import Course, Seat
from donghanh.domain import authority, courses
from donghanh.domain.authority import Actor
from donghanh.domain.courses import CourseKind, NotToBeSent, Result
from donghanh.domain.errors import RuleError
from donghanh.domain.rights import Right
from donghanh.dossiers import actions as dossiers
from donghanh.dossiers import queries as roads
from donghanh.history import actions as history


class NotOnTheList(RuleError):
    """A result names somebody in sight who does not sit in the class."""

    code: ClassVar[str] = "classes.not_on_the_list"


class SettledAlready(RuleError):
    """Somebody else recorded a result of the same pupil."""

    code: ClassVar[str] = "classes.settled_already"


class NotRecorded(RuleError):
    """The rules refuse the certificate of one pupil; ``why`` is their refusal."""

    code: ClassVar[str] = "classes.not_recorded"


@transaction.atomic
def open_course(
    *,
    actor: Actor,
    school_id: int,
    kind: CourseKind,
    centre: str,
    first: date,
    last: date,
    at: datetime,
) -> Course:
    """
    Note a class that a training centre holds.

    Args:
        actor: Who notes it; keeps classes of the school.
        school_id: The school whose pupils are sent.
        kind: Which class.
        centre: Who holds it.
        first: Its first day.
        last: Its last day; may be to come.
        at: The instant (aware, UTC).

    Raises:
        NotAllowed: The post keeps no classes of this school.
        EndsBeforeItBegins: The days cannot be.
    """
    authority.require(actor, Right.HOLD_CLASSES, school_id=school_id)
    courses.check_days(first, last)
    made = Course.objects.create(
        school_id=school_id,
        kind=kind.value,
        centre=" ".join(unicodedata.normalize("NFC", centre).split()),
        first_date=first,
        last_date=last,
        opened_at=at,
        opened_by_id=actor.user_id,
    )
    _record(actor, at, "classes.opened", made, {"kind": kind.value, "on": first.isoformat()})
    return made


@transaction.atomic
def seat_pupils(
    *, actor: Actor, course_id: int, dossier_ids: Collection[int], at: datetime, today: date
) -> int:
    """
    Put pupils the cell has sent on the list of a class; return how many were put.

    Who is on it already stays; who is not in sight any more is passed over.

    Raises:
        Course.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed: The post keeps no classes.
        NotToBeSent: Somebody in sight was not sent to such a class.
    """
    course = _locked(actor, course_id)
    kind = CourseKind(course.kind)
    chosen = roads.walks_among(actor, dossier_ids, today)
    if not all(courses.may_be_sent(walk.road, kind) for walk in chosen):
        raise NotToBeSent
    there = set(queries.seats_of(actor, course).values_list("dossier_id", flat=True))
    new = [walk.dossier for walk in chosen if walk.dossier.pk not in there]
    Seat.objects.bulk_create(
        Seat(course=course, dossier=one, seated_at=at, seated_by_id=actor.user_id) for one in new
    )
    if new:
        told = {"dossiers": [one.pk for one in new]}
        _record(actor, at, "classes.seated", course, told)
    return len(new)


@transaction.atomic
def unseat_pupil(*, actor: Actor, course_id: int, seat_id: int, at: datetime) -> None:
    """
    Take somebody without a result off the list of a class.

    Raises:
        Course.DoesNotExist, Seat.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed: The post keeps no classes.
        SettledAlready: There is a result.
    """
    course = _locked(actor, course_id)
    seat = queries.seats_of(actor, course).get(pk=seat_id)
    if seat.passed is not None:
        raise SettledAlready
    number = seat.dossier_id
    seat.delete()
    _record(actor, at, "classes.unseated", course, {"dossiers": [number]})


@transaction.atomic
def record_results(
    *, actor: Actor, course_id: int, results: Sequence[Result], at: datetime, today: date
) -> tuple[int, int]:
    """
    Record the results of a class for the whole list: all of them or none.

    Each certificate becomes the act of its road, with its own line of history. Who stopped
    meanwhile is not there any more: the others go on.

    Args:
        actor: Who records; keeps the classes of the school and records acts.
        course_id: The class.
        results: One for each pupil.
        at: The instant (aware, UTC).
        today: The day of recording (Asia/Ho_Chi_Minh).

    Returns:
        How many were recorded, and how many were no longer there.

    Raises:
        Course.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed: The post keeps no classes.
        NotOnTheList, SettledAlready: A result is for somebody else, or comes twice.
        NumberMissing, NumberTwice, CertificateBeforeCourse: See ``courses.check_results``.
        NotRecorded: The rules refuse a certificate; it names whose, and why.
    """
    course = _locked(actor, course_id)
    ids = {one.dossier_id for one in results}
    if len(ids) < len(results):
        raise SettledAlready
    seats = {seat.dossier_id: seat for seat in queries.seats_of(actor, course)}
    sight = set(roads.visible_to(actor).filter(pk__in=ids).values_list("pk", flat=True))
    if sight - set(seats):
        raise NotOnTheList
    here = [one for one in results if one.dossier_id in sight]
    if any(seats[one.dossier_id].passed is not None for one in here):
        raise SettledAlready
    taken = [seat.certificate_number for seat in seats.values() if seat.certificate_number]
    courses.check_results(here, course.first_date, taken)
    for one in sorted(here, key=lambda each: each.dossier_id):
        _settle(actor, course, seats[one.dossier_id], one, at, today)
    _record(actor, at, "classes.results_recorded", course, {"dossiers": sorted(sight)})
    return len(here), len(results) - len(here)


def _settle(
    actor: Actor, course: Course, seat: Seat, one: Result, at: datetime, today: date
) -> None:
    """Keep one result, and the act its certificate is."""
    if one.passed and one.on is not None:
        locked = roads.visible_to(actor).select_for_update(of=("self",)).get(pk=one.dossier_id)
        act = dossiers.NewAct(
            step=CourseKind(course.kind).leaves, on=one.on, paper_number=one.number
        )
        try:
            dossiers.record_act(
                actor=actor,
                dossier_id=one.dossier_id,
                seen=locked.acts_recorded,
                new=act,
                at=at,
                today=today,
            )
        except RuleError as error:
            raise NotRecorded(name=_name(actor, one.dossier_id), why=error) from error
        seat.act_number = locked.acts_recorded + 1
        seat.certificate_number, seat.certificate_date = one.number, one.on
    seat.passed, seat.settled_at, seat.settled_by_id = one.passed, at, actor.user_id
    seat.save()


def _name(actor: Actor, dossier_id: int) -> str:
    names = roads.visible_to(actor).filter(pk=dossier_id).values_list("person__full_name")
    return str(names[0][0])


def _locked(actor: Actor, course_id: int) -> Course:
    """Return a class locked for this transaction."""
    course = queries.visible_to(actor).select_for_update(of=("self",)).get(pk=course_id)
    authority.require(actor, Right.HOLD_CLASSES, school_id=course.school_id)
    return course


@transaction.atomic
def see_course(*, actor: Actor, course_id: int, at: datetime, today: date) -> queries.CoursePage:
    """
    Return the page of a class; whose names it shows is written down.

    Raises:
        Course.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed: The post keeps no classes.
    """
    page = queries.course_page(actor, course_id, today)
    dossiers.note_list(actor=actor, at=at, where="course", dossiers=page.named)
    return page


@transaction.atomic
def export_course(*, actor: Actor, course_id: int, at: datetime, today: date) -> bytes:
    """
    Return the list of a class as the bytes of a workbook; the export is written down.

    Raises:
        Course.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed: The post keeps no classes, or takes no lists away.
    """
    authority.require(actor, Right.TAKE_LISTS)
    page = queries.course_page(actor, course_id, today)
    numbers = [one.dossier_id for one in page.seats]
    dossiers.note_list(actor=actor, at=at, where="course", dossiers=numbers, taken=True)
    return queries.course_workbook(page)


def _record(
    actor: Actor, at: datetime, action: str, course: Course, facts: Mapping[str, object]
) -> None:
    history.record(
        at=at,
        actor=actor,
        action=action,
        subject="course",
        subject_id=course.pk,
        facts=facts,
    )


def forget(dossier_id: int) -> None:
    """
    Let go of the seats of a pupil who is being erased; certificates stay as steps of the road.

    A job's work inside its own transaction; the caller leaves the line.
    """
    Seat.objects.filter(dossier_id=dossier_id).delete()
