"""Challenges as staff see them: who was given what, and what waits for a look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from donghanh.accompaniment import texts
from donghanh.accompaniment.models import Challenge, Evidence
from donghanh.domain import authority
from donghanh.domain.accompanying import Stand, stand
from donghanh.domain.authority import Actor
from donghanh.domain.consent import Purpose
from donghanh.domain.procedure import Step
from donghanh.domain.rights import Right
from donghanh.dossiers import queries as dossiers
from donghanh.dossiers.models import Act, Dossier
from donghanh.people.models import Person

#: After these nobody walks any more.
_ENDED = (Step.RECOGNISED.value, Step.DELETED.value, Step.ANNULLED.value)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of evidence; ``step`` is the words of the step it belongs to, or nothing."""

    text: str
    on: date
    step: str


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step of a challenge, and the last day something was told of it."""

    number: int
    text: str
    on: date | None


@dataclass(frozen=True, slots=True)
class ChallengeRow:
    """
    One challenge in a list or on its page.

    What the pupil wrote is there only while the challenge is accepted.
    """

    id: int
    dossier_id: int
    name: str
    class_name: str
    title: str
    aim: str
    evidence: str
    given: date
    due: date
    giver: str
    stand: Stand
    state: str
    label: str
    steps: tuple[StepLine, ...]
    lines: tuple[Line, ...]
    reflection: str
    answer: str
    answered_by: str
    simulated: bool
    rests: bool = False

    @property
    def waits(self) -> bool:
        """Tell whether it waits for somebody to look at it, and can be answered."""
        return self.stand is Stand.DONE and not self.rests


def visible_to(actor: Actor) -> QuerySet[Challenge]:
    """
    Return the challenges an actor may see, the newest first.

    Those of the pupils the cell, the Union or the helper see; nobody else's, and nobody else sees
    any: a committee and a board see none.
    """
    if not actor.may(Right.GIVE_CHALLENGES):
        return Challenge.objects.none()
    return Challenge.objects.filter(dossier__in=dossiers.visible_to(actor)).order_by("-id")


def rows(challenges: QuerySet[Challenge]) -> tuple[ChallengeRow, ...]:
    """Return challenges as rows, in the order given, in two statements."""
    return tuple(row_of(one) for one in fetched(challenges))


def fetched(challenges: QuerySet[Challenge]) -> QuerySet[Challenge]:
    """Fetch with challenges all that a row of each needs."""
    lines = Prefetch("lines", queryset=Evidence.objects.order_by("on_date", "id"))
    wanted = challenges.select_related("dossier__person", "given_by", "answered_by")
    return wanted.prefetch_related(lines)


def row_of(challenge: Challenge) -> ChallengeRow:
    """Return one challenge, whose lines have been fetched, as a row."""
    person = challenge.dossier.person
    stands = stand_of(challenge)
    accepted = challenge.accepted_at is not None
    state, label = texts.STANDS[stands]
    lines = list(challenge.lines.all()) if accepted else []
    return ChallengeRow(
        id=challenge.pk,
        dossier_id=challenge.dossier_id,
        name=person.full_name,
        class_name=person.class_name,
        title=challenge.title,
        aim=challenge.aim,
        evidence=challenge.evidence,
        given=challenge.given_date,
        due=challenge.due_date,
        giver=challenge.given_by.name,
        stand=stands,
        state=state,
        label=str(label),
        steps=steps_of(challenge.steps, lines),
        lines=tuple(
            Line(one.text, one.on_date, challenge.steps[one.step - 1] if one.step else "")
            for one in lines
        ),
        reflection=challenge.reflection if accepted else "",
        answer=challenge.answer,
        answered_by=challenge.answered_by.name if challenge.answered_by else "",
        simulated=challenge.dossier.simulated,
        rests=person.rests_since is not None,
    )


def stand_of(challenge: Challenge) -> Stand:
    """Return where a challenge stands."""
    return stand(
        accepted=challenge.accepted_at is not None,
        done=challenge.done_at is not None,
        answered=challenge.answered_at is not None,
    )


def steps_of(steps: Sequence[str], lines: Sequence[Evidence]) -> tuple[StepLine, ...]:
    """Return the steps of a challenge, each with the last day something was told of it."""
    last = {one.step: one.on_date for one in lines if one.step}
    return tuple(
        StepLine(number, text, last.get(number)) for number, text in enumerate(steps, start=1)
    )


def challenge(actor: Actor, challenge_id: int) -> ChallengeRow:
    """
    Return one challenge.

    Raises:
        Challenge.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed: The post gives no challenges.
    """
    authority.require(actor, Right.GIVE_CHALLENGES)
    return row_of(fetched(visible_to(actor)).get(pk=challenge_id))


@dataclass(frozen=True, slots=True)
class Choice:
    """A pupil a challenge can be given to."""

    dossier_id: int
    name: str
    class_name: str


def choices(actor: Actor) -> tuple[Choice, ...]:
    """
    Return the pupils an actor can give a challenge to, in Vietnamese order of names.

    Who has been recognised, or deleted, is on no road any more; whose work rests is left out.

    Raises:
        NotAllowed: The post gives no challenges.
    """
    authority.require(actor, Right.GIVE_CHALLENGES)
    ended = Act.objects.filter(step__in=_ENDED, voids=None, voided_by=None)
    open_ = dossiers.visible_to(actor).exclude(pk__in=ended.values("dossier_id"))
    open_ = open_.filter(person__rests_since=None)
    seen = open_.select_related("person").order_by("person__sort_key", "id")
    return tuple(Choice(one.pk, one.person.full_name, one.person.class_name) for one in seen)


def dossier_of(actor: Actor, dossier_id: int) -> Dossier:
    """
    Return one dossier with its pupil, for who may accompany.

    Raises:
        Dossier.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed: The post gives no challenges.
    """
    authority.require(actor, Right.GIVE_CHALLENGES)
    return dossiers.visible_to(actor).select_related("person").get(pk=dossier_id)


def agreed_on(person: Person) -> date | None:
    """Return the day of the consent to the road that stands, or ``None``: there is none."""
    standing = person.consents.filter(purpose=Purpose.ROAD.value, withdrawn_at=None)
    return standing.values_list("given_date", flat=True).order_by("id").first()
