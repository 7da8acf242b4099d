"""Founds clubs, invites to them, keeps their meetings."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.db import transaction

from donghanh.accompaniment import queries
from donghanh.accompaniment.actions.refusals import (
    LeaderUnknown,
    MeetingBeforeFounding,
    NotAMember,
    PupilsGone,
)
from donghanh.accompaniment.models import Attendance, Club, Meeting, Membership
from donghanh.domain import accompanying, authority
from donghanh.domain.authority import Actor
from donghanh.domain.rights import Right
from donghanh.dossiers import actions as dossiers
from donghanh.history import actions as history
from donghanh.people import queries as people


@transaction.atomic
def found_club(
    *,
    actor: Actor,
    kind: str,
    name: str,
    purpose: str,
    founded: date,
    paper_number: str = "",
    leader_id: int | None = None,
    once: str,
    at: datetime,
    today: date,
) -> Club:
    """
    Found a club, group, team or association of pupils at the school.

    Args:
        actor: The school's Union.
        kind: One of ``texts.CLUB_KINDS``.
        name: What it is called.
        purpose: What it is for.
        founded: The day of the decision.
        paper_number: The number of the decision, where it has one.
        leader_id: The account of who leads it, if there is one.
        once: What the form calls itself; sent twice, it is kept once.
        at: The instant (aware, UTC).
        today: The day (Asia/Ho_Chi_Minh).

    Raises:
        NotAllowed: The post keeps no clubs.
        LeaderUnknown: The leader holds no such post at the school.
        TextMissing, TextTooLong, DayInFuture: See ``domain.accompanying``.
    """
    school = queries.founding_school(actor)
    if founded > today:
        raise accompanying.DayInFuture(on=founded)
    if leader_id is not None and leader_id not in dict(queries.leaders(actor, today)):
        raise LeaderUnknown
    club, made = Club.objects.get_or_create(
        school_id=school,
        once=once,
        defaults={
            "kind": kind,
            "name": accompanying.written(name, 150),
            "purpose": accompanying.written(purpose, accompanying.LONGEST_LINE),
            "founded_date": founded,
            "paper_number": paper_number.strip(),
            "leader_id": leader_id,
        },
    )
    if made:
        _record(actor, at, "accompaniment.club_founded", club, {})
    return club


@transaction.atomic
def see_club(*, actor: Actor, club_id: int, at: datetime) -> queries.ClubPage:
    """
    Return the page of one club; whose names it shows is kept.

    Args:
        actor: Who looks.
        club_id: The club.
        at: The instant (aware, UTC).

    Raises:
        Club.DoesNotExist: Unknown, or of another school.
    """
    page = queries.club_page(actor, club_id)
    dossiers.note_list(actor=actor, at=at, where="club", dossiers=(), persons=page.shown)
    return page


@transaction.atomic
def invite_members(*, actor: Actor, club_id: int, person_ids: Collection[int], at: datetime) -> int:
    """
    Invite pupils who agreed to a club; each joins by own word, or does not answer.

    Args:
        actor: The school's Union.
        club_id: The club.
        person_ids: Whom.
        at: The instant (aware, UTC).

    Returns:
        How many were invited who were not before.

    Raises:
        NotAllowed: The post keeps no clubs.
        Club.DoesNotExist: Unknown, or of another school.
        PupilsGone: Somebody chosen is not in sight; nobody was invited.
    """
    authority.require(actor, Right.KEEP_CLUBS)
    page = queries.club_page(actor, club_id)
    wanted = set(person_ids)
    seen = people.visible_to(actor).filter(pk__in=wanted, school_id=page.school_id)
    if set(seen.values_list("pk", flat=True)) != wanted:
        raise PupilsGone
    waiting = {one.person_id for one in (*page.members, *page.invited)}
    invited = sorted(wanted - waiting)
    for person_id in invited:
        Membership.objects.update_or_create(
            club_id=page.club.id, person_id=person_id, defaults={"invited_at": at}
        )
    if invited:
        club = Club.objects.get(pk=club_id)
        _record(actor, at, "accompaniment.members_invited", club, {"persons": invited})
    return len(invited)


@transaction.atomic
def keep_meeting(
    *,
    actor: Actor,
    club_id: int,
    on: date,
    topic: str,
    came: Collection[int],
    at: datetime,
    today: date,
) -> Meeting:
    """
    Keep a meeting of a club with the members who came; a second entry of a day replaces the first.

    Args:
        actor: The school's Union.
        club_id: The club.
        on: The day.
        topic: What it was about.
        came: Memberships of those who came.
        at: The instant (aware, UTC).
        today: The day of keeping (Asia/Ho_Chi_Minh).

    Raises:
        NotAllowed: The post keeps no clubs.
        Club.DoesNotExist: Unknown, or of another school.
        DayInFuture, MeetingBeforeFounding: It cannot have been on that day.
        NotAMember: Somebody ticked is no member any more.
        TextMissing, TextTooLong: See ``domain.accompanying``.
    """
    authority.require(actor, Right.KEEP_CLUBS)
    page = queries.club_page(actor, club_id)
    if on > today:
        raise accompanying.DayInFuture(on=on)
    if on < page.club.founded:
        raise MeetingBeforeFounding(founded=page.club.founded)
    members = {one.id for one in page.members}
    if not set(came) <= members:
        raise NotAMember
    words = accompanying.written(topic, 200)
    meeting, made = Meeting.objects.get_or_create(
        club_id=club_id,
        on_date=on,
        defaults={"topic": words, "recorded_at": at, "recorded_by_id": actor.user_id},
    )
    if not made:
        Meeting.objects.filter(pk=meeting.pk).update(topic=words)
        Attendance.objects.filter(meeting=meeting, membership_id__in=members).delete()
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, membership_id=number) for number in sorted(set(came))
    )
    facts = {"meeting": meeting.pk, "came": len(set(came))}
    _record(actor, at, "accompaniment.meeting_kept", Club.objects.get(pk=club_id), facts)
    return meeting


def _record(
    actor: Actor, at: datetime, action: str, club: Club, facts: Mapping[str, object]
) -> None:
    history.record(
        at=at, actor=actor, action=action, subject="club", subject_id=club.pk, facts=facts
    )
