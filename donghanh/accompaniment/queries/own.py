"""The pupil's own pages: challenges, notes with answers, comments, clubs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, QuerySet

from donghanh.accompaniment import texts
from donghanh.accompaniment.models import (
    Challenge,
    Club,
    Comment,
    Declining,
    Evidence,
    Membership,
    Note,
)
from donghanh.accompaniment.queries import challenges, notes
from donghanh.accompaniment.queries.challenges import Line, StepLine
from donghanh.accompaniment.queries.notes import Written
from donghanh.domain.accompanying import Stand
from donghanh.people import queries as people
from donghanh.people.models import Person


@dataclass(frozen=True, slots=True)
class OwnChallenge:
    """One challenge as the pupil sees it."""

    id: int
    title: str
    aim: str
    evidence: str
    due: date
    giver: str
    state: str
    label: str
    stand: Stand
    declined: bool
    steps: tuple[StepLine, ...]
    lines: tuple[Line, ...]
    reflection: str
    answer: str
    answered_by: str

    @property
    def open(self) -> bool:
        """Tell whether the pupil can still answer it, tell of it or set it aside."""
        return self.stand in {Stand.GIVEN, Stand.UNDER_WAY}


@dataclass(frozen=True, slots=True)
class OwnClub:
    """One club of the own school, and the pupil's place in it."""

    id: int
    kind: str
    name: str
    purpose: str
    leader: str
    invited: bool
    member: bool
    shown: bool
    came: int


@dataclass(frozen=True, slots=True)
class OwnPage:
    """Everything on the pupil's own page of accompaniment; ``agreed``: the consent stands."""

    given_name: str
    agreed: bool
    challenges: tuple[OwnChallenge, ...]
    notes: tuple[Written, ...]
    comments: tuple[Written, ...]
    clubs: tuple[OwnClub, ...]
    simulated: bool


def own_challenges(person: Person) -> QuerySet[Challenge]:
    """Return the challenges given to a pupil, the newest first."""
    return Challenge.objects.filter(dossier__person=person).order_by("-id")


def own_notes(person: Person) -> QuerySet[Note]:
    """Return the notes written of a pupil's road, the newest first."""
    return Note.objects.filter(dossier__person=person).order_by("-id")


def own_page(code: str) -> OwnPage | None:
    """Return the page a pupil's own code opens, or ``None``."""
    person = people.own_record(code)
    if person is None:
        return None
    own = own_notes(person).select_related("written_by").prefetch_related("answers")
    comments = Comment.objects.filter(dossier__person=person).select_related("written_by")
    agreed = challenges.agreed_on(person) is not None
    return OwnPage(
        given_name=person.full_name.split()[-1],
        agreed=agreed,
        challenges=tuple(_own(one) for one in _fetched(own_challenges(person))),
        notes=notes.written(own),
        comments=notes.written(comments.order_by("-id")),
        clubs=_clubs(person, agreed=agreed),
        simulated=person.simulated,
    )


def own_challenge(code: str, challenge_id: int) -> OwnChallenge | None:
    """Return one challenge of the pupil whose code this is, or ``None``."""
    person = people.own_record(code)
    if person is None:
        return None
    found = _fetched(own_challenges(person)).filter(pk=challenge_id).first()
    return None if found is None else _own(found)


def own_note(code: str, note_id: int) -> Written | None:
    """Return one note of the road of the pupil whose code this is, or ``None``."""
    person = people.own_record(code)
    if person is None:
        return None
    own = own_notes(person).select_related("written_by").prefetch_related("answers")
    return next(iter(notes.written(own.filter(pk=note_id))), None)


def _fetched(found: QuerySet[Challenge]) -> QuerySet[Challenge]:
    lines = Prefetch("lines", queryset=Evidence.objects.order_by("on_date", "id"))
    wanted = found.select_related("given_by", "answered_by")
    return wanted.prefetch_related(lines, Prefetch("declining", queryset=Declining.objects.all()))


def _own(one: Challenge) -> OwnChallenge:
    stand = challenges.stand_of(one)
    declined = stand is Stand.GIVEN and hasattr(one, "declining")
    state, label = texts.OWN_DECLINED if declined else texts.OWN_STANDS[stand]
    lines = list(one.lines.all())
    return OwnChallenge(
        id=one.pk,
        title=one.title,
        aim=one.aim,
        evidence=one.evidence,
        due=one.due_date,
        giver=one.given_by.name,
        state=state,
        label=str(label),
        stand=stand,
        declined=declined,
        steps=challenges.steps_of(one.steps, lines),
        lines=tuple(
            Line(line.text, line.on_date, one.steps[line.step - 1] if line.step else "")
            for line in lines
        ),
        reflection=one.reflection,
        answer=one.answer,
        answered_by=one.answered_by.name if one.answered_by else "",
    )


def _clubs(person: Person, *, agreed: bool) -> tuple[OwnClub, ...]:
    """Return the clubs of the own school, and those the pupil has a place in."""
    places = Membership.objects.filter(person=person).annotate(n=Count("attendances"))
    mine = {one.club_id: one for one in places}
    there = Club.objects.filter(school_id=person.school_id) if agreed else Club.objects.none()
    wanted = there | Club.objects.filter(pk__in=list(mine))
    return tuple(
        _own_club(club, mine.get(club.pk))
        for club in wanted.select_related("leader").order_by("name", "id")
    )


def _own_club(club: Club, place: Membership | None) -> OwnClub:
    member = place is not None and place.joined_at is not None and place.left_at is None
    return OwnClub(
        id=club.pk,
        kind=str(texts.CLUB_KINDS[club.kind]),
        name=club.name,
        purpose=club.purpose,
        leader=club.leader.name if club.leader else "",
        invited=place is not None and place.invited_at is not None and not member,
        member=member,
        shown=place is not None and place.shown_at is not None,
        came=place.n if place is not None else 0,  # type: ignore[attr-defined]  # annotated above
    )
