"""Reads of the room of classes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from donghanh.amendments import queries as amendments
from donghanh.classes import texts
from donghanh.classes.models import Course, Seat
from donghanh.domain.authority import Actor, NotAllowed
from donghanh.domain.catalogue import ClockKind
from donghanh.domain.courses import CourseKind, may_be_sent
from donghanh.domain.procedure import Step
from donghanh.domain.rights import Right
from donghanh.dossiers import queries as roads
from donghanh.dossiers.queries import Walk, wording
from donghanh.dossiers.queries.wording import ClockRow
from donghanh.lib.spreadsheet import Cell, Column, workbook


@dataclass(frozen=True, slots=True)
class CourseLine:
    """One class in the list: how many sit in it, how many have a result."""

    id: int
    title: str
    centre: str
    first: date
    last: date
    seats: int
    settled: int


@dataclass(frozen=True, slots=True)
class SeatLine:
    """One pupil on the list of a class."""

    seat_id: int
    dossier_id: int
    name: str
    class_name: str
    passed: bool | None
    number: str
    on: date | None
    validity: ClockRow | None
    rests: bool = False


@dataclass(frozen=True, slots=True)
class Sendable:
    """A pupil the cell has sent to such a class who sits in none of its lists."""

    dossier_id: int
    name: str
    class_name: str


@dataclass(frozen=True, slots=True)
class CoursePage:
    """Everything on the page of a class."""

    course: Course
    title: str
    seats: tuple[SeatLine, ...]
    sendable: tuple[Sendable, ...]
    may_take: bool
    simulated: bool

    @property
    def open(self) -> tuple[SeatLine, ...]:
        """Return those who have no result yet, and whose work goes on."""
        return tuple(one for one in self.seats if one.passed is None and not one.rests)

    @property
    def resting(self) -> tuple[SeatLine, ...]:
        """Return those who have no result yet, and whose work rests at their own wish."""
        return tuple(one for one in self.seats if one.passed is None and one.rests)

    @property
    def settled(self) -> tuple[SeatLine, ...]:
        """Return those who have a result."""
        return tuple(one for one in self.seats if one.passed is not None)

    @property
    def named(self) -> list[int]:
        """Return the dossiers whose pupils are named."""
        shown = [one.dossier_id for one in self.seats]
        return [*shown, *(one.dossier_id for one in self.sendable)]


def visible_to(actor: Actor) -> QuerySet[Course]:
    """Return the classes an actor may see, newest first: those of the schools in reach."""
    if not actor.may(Right.HOLD_CLASSES):
        return Course.objects.none()
    return Course.objects.filter(school_id__in=actor.schools).order_by("-first_date", "-id")


def require(actor: Actor) -> None:
    """
    Refuse who keeps no classes.

    Raises:
        NotAllowed: The post gives no such right.
    """
    if not actor.may(Right.HOLD_CLASSES):
        raise NotAllowed(right=Right.HOLD_CLASSES.value, role=actor.post.role.value)


def seats_of(actor: Actor, course: Course) -> QuerySet[Seat]:
    """Return who sits in a class and is in an actor's sight, in no order."""
    return Seat.objects.filter(course=course, dossier__in=roads.visible_to(actor).values("pk"))


def listing(actor: Actor) -> tuple[CourseLine, ...]:
    """
    Return the classes of the actor's school, newest first.

    Raises:
        NotAllowed: The post keeps no classes.
    """
    require(actor)
    sight = Q(seats__dossier__in=roads.visible_to(actor).values("pk"))
    found = visible_to(actor).annotate(
        here=Count("seats", filter=sight),
        done=Count("seats", filter=sight & Q(seats__passed__isnull=False)),
    )
    return tuple(
        CourseLine(
            id=one.pk,
            title=str(texts.KINDS[CourseKind(one.kind)]),
            centre=one.centre,
            first=one.first_date,
            last=one.last_date,
            seats=one.here,
            settled=one.done,
        )
        for one in found
    )


def course_page(actor: Actor, course_id: int, today: date) -> CoursePage:
    """
    Return the page of a class, in a number of statements that does not grow.

    Raises:
        Course.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed: The post keeps no classes.
    """
    require(actor)
    course = visible_to(actor).select_related("school").get(pk=course_id)
    kind = CourseKind(course.kind)
    seats = {seat.dossier_id: seat for seat in seats_of(actor, course)}
    walks = _concerned(actor, kind, seats, today)
    by_id = {walk.dossier.pk: walk for walk in walks}
    lines = [
        _seat(seats[walk.dossier.pk], walk, kind) for walk in walks if walk.dossier.pk in seats
    ]
    waiting = Seat.objects.filter(
        course__kind=course.kind, course__school_id=course.school_id, passed=None
    )
    taken = set(waiting.filter(dossier_id__in=by_id).values_list("dossier_id", flat=True))
    return CoursePage(
        course=course,
        title=str(texts.KINDS[kind]),
        seats=tuple(lines),
        sendable=tuple(
            Sendable(walk.dossier.pk, walk.dossier.person.full_name, walk.dossier.person.class_name)
            for walk in walks
            if walk.dossier.pk not in {*seats, *taken}
            and not roads.rests(walk)
            and may_be_sent(walk.road, kind)
        ),
        may_take=actor.may(Right.TAKE_LISTS),
        simulated=course.school.simulated,
    )


def _concerned(actor: Actor, kind: CourseKind, seats: Iterable[int], today: date) -> list[Walk]:
    """Return who sits in a class, and whoever may be sent to one of its kind; in order of names."""
    book = amendments.current()
    sight = roads.in_sight(actor)
    sent = roads.between(sight, kind.follows, kind.leaves, today, book)
    chosen = {*seats, *sent.values_list("pk", flat=True)}
    return roads.walks_among(actor, chosen, today, book)


def _seat(seat: Seat, walk: Walk, kind: CourseKind) -> SeatLine:
    return SeatLine(
        seat_id=seat.pk,
        dossier_id=walk.dossier.pk,
        name=walk.dossier.person.full_name,
        class_name=walk.dossier.person.class_name,
        passed=seat.passed,
        number=seat.certificate_number,
        on=seat.certificate_date,
        rests=roads.rests(walk),
        validity=validity(walk) if kind is CourseKind.AWARENESS and seat.passed else None,
    )


def validity(walk: Walk) -> ClockRow | None:
    """Return until when the awareness certificate is good, by the rule that says so."""
    clocks = walk.road.stage(Step.TRAINED).clocks
    found = [one for one in clocks if one.kind is ClockKind.EXPIRY and one.done_on is None]
    return wording.clock_row(found[0], walk.today) if found else None


def course_workbook(page: CoursePage) -> bytes:
    """Return the list of a class as the bytes of an .xlsx, in the same order."""
    columns = [
        Column(_("No."), 6),
        Column(_("Name"), 28),
        Column(_("Class"), 10),
        Column(_("Result"), 16),
        Column(_("Number of the certificate"), 24),
        Column(_("Day of the certificate"), 16),
        Column(_("Valid until"), 16),
    ]
    words = {True: _("passed"), False: _("did not pass"), None: ""}
    rows: list[list[Cell]] = [
        [
            place,
            one.name,
            one.class_name,
            words[one.passed],
            one.number,
            one.on,
            one.validity.last_day if one.validity else None,
        ]
        for place, one in enumerate(page.seats, start=1)
    ]
    return workbook(page.title, columns, rows)
