"""Clubs with their members and meetings; whose attendance stands on a road."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from donghanh.accompaniment import texts
from donghanh.accompaniment.models import Attendance, Club, Meeting, Membership
from donghanh.domain import authority
from donghanh.domain.authority import Actor
from donghanh.domain.rights import Right, Role
from donghanh.dossiers.models import Dossier
from donghanh.organisation.models import Post
from donghanh.people import queries as people


@dataclass(frozen=True, slots=True)
class ClubRow:
    """One club in a list."""

    id: int
    kind: str
    name: str
    purpose: str
    founded: date
    leader: str
    members: int


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a club: name and class, nothing of the road."""

    id: int
    person_id: int
    name: str
    class_name: str
    rests: bool = False


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """One meeting with the members who came, by their membership."""

    id: int
    on: date
    topic: str
    came: frozenset[int]


@dataclass(frozen=True, slots=True)
class ClubPage:
    """Everything on the page of a club; ``others`` are those who agreed and can be invited."""

    club: ClubRow
    school_id: int
    members: tuple[Member, ...]
    invited: tuple[Member, ...]
    others: tuple[Member, ...]
    meetings: tuple[MeetingRow, ...]
    may_keep: bool
    simulated: bool

    @property
    def shown(self) -> tuple[int, ...]:
        """Return the ids of the pupils whose names the page shows."""
        return tuple(one.person_id for one in (*self.members, *self.invited, *self.others))


@dataclass(frozen=True, slots=True)
class Came:
    """What a pupil lets stand on the road of one club: how often, and when last."""

    club: str
    times: int
    last: date | None


#: A place in a club that stands: joined by own word, and not left since.
IS_IN = Q(joined_at__isnull=False, left_at=None)


def visible_to(actor: Actor) -> QuerySet[Club]:
    """Return the clubs of the schools in reach, by name, for the school's Union and cell."""
    if actor.post.role not in {Role.UNION, Role.SECRETARY}:
        return Club.objects.none()
    return Club.objects.filter(school_id__in=actor.schools).order_by("name", "id")


def clubs_of(actor: Actor) -> tuple[ClubRow, ...]:
    """Return the clubs an actor sees, each with how many members it has, in two statements."""
    found = list(visible_to(actor).select_related("leader"))
    seen = people.visible_to(actor)
    places = Membership.objects.filter(IS_IN, club__in=found, person__in=seen)
    counts = dict(places.values_list("club_id").annotate(n=Count("id", distinct=True)))
    return tuple(_row(club, counts.get(club.pk, 0)) for club in found)


def _row(club: Club, members: int) -> ClubRow:
    return ClubRow(
        id=club.pk,
        kind=str(texts.CLUB_KINDS[club.kind]),
        name=club.name,
        purpose=club.purpose,
        founded=club.founded_date,
        leader=club.leader.name if club.leader else "",
        members=members,
    )


def club_page(actor: Actor, club_id: int) -> ClubPage:
    """
    Return the page of one club.

    Raises:
        Club.DoesNotExist: Unknown, or of another school.
    """
    club = visible_to(actor).select_related("leader").get(pk=club_id)
    seen = people.visible_to(actor).filter(school_id=club.school_id)
    places = Membership.objects.filter(club=club, person__in=seen).select_related("person")
    every = list(places.order_by("person__sort_key", "id"))
    members = tuple(_member(one) for one in every if one.joined_at and not one.left_at)
    invited = tuple(_member(one) for one in every if one.invited_at and _is_open(one))
    known = {one.person_id for one in (*members, *invited)}
    free = seen.filter(rests_since=None).exclude(pk__in=known)
    others = free.order_by("sort_key", "id") if _may(actor) else seen.none()
    here = {one.id for one in members}
    meetings = Meeting.objects.filter(club=club).order_by("-on_date")
    came = Prefetch("attendances", queryset=Attendance.objects.filter(membership__in=every))
    return ClubPage(
        club=_row(club, len(members)),
        school_id=club.school_id,
        members=members,
        invited=invited,
        others=tuple(Member(0, one.pk, one.full_name, one.class_name) for one in others),
        meetings=tuple(
            MeetingRow(
                id=one.pk,
                on=one.on_date,
                topic=one.topic,
                came=frozenset(row.membership_id for row in one.attendances.all()) & here,
            )
            for one in meetings.prefetch_related(came)
        ),
        may_keep=_may(actor),
        simulated=any(one.person.simulated for one in every),
    )


def _is_open(one: Membership) -> bool:
    """Tell whether an invitation to a club still waits for the pupil's word."""
    if one.invited_at is None:
        return False
    if one.joined_at is None:
        return one.left_at is None
    return one.left_at is not None and one.invited_at > one.left_at


def _may(actor: Actor) -> bool:
    return actor.may(Right.KEEP_CLUBS)


def _member(one: Membership) -> Member:
    person = one.person
    rests = person.rests_since is not None
    return Member(one.pk, one.person_id, person.full_name, person.class_name, rests)


def founding_school(actor: Actor) -> int:
    """
    Return the id of the school an actor founds clubs at.

    Raises:
        NotAllowed: The post founds none, or reaches no single school.
    """
    authority.require(actor, Right.KEEP_CLUBS)
    if len(actor.schools) != 1:
        raise authority.NotAllowed(right=Right.KEEP_CLUBS.value, role=actor.post.role.value)
    return next(iter(actor.schools))


def leaders(actor: Actor, on: date) -> tuple[tuple[int, str], ...]:
    """Return who can lead a club on a day: club leaders with a post at the school or its Union."""
    units = {founding_school(actor), actor.post.unit_id}
    held = Post.objects.filter(
        unit_id__in=units, role=Role.CLUB_LEADER.value, in_force__contains=on, user__is_active=True
    )
    found = set(held.values_list("user_id", "user__name"))
    return tuple(sorted(found, key=lambda one: (one[1], one[0])))


def came_of(dossier: Dossier) -> tuple[Came, ...]:
    """
    Return the attendance a pupil lets stand on the road, by club.

    The caller has already made sure that the reader may see the dossier.
    """
    shown = Membership.objects.filter(person_id=dossier.person_id, shown_at__isnull=False)
    rows = Prefetch("attendances", queryset=Attendance.objects.select_related("meeting"))
    return tuple(
        Came(
            club=one.club.name,
            times=len(one.attendances.all()),
            last=max((row.meeting.on_date for row in one.attendances.all()), default=None),
        )
        for one in shown.select_related("club").prefetch_related(rows).order_by("club__name")
    )
