"""Keeps models of challenges, gives challenges and answers them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from donghanh.accompaniment import queries
from donghanh.accompaniment.actions.refusals import (
    AnsweredAlready,
    ModelUnknown,
    NobodyChosen,
    NotDone,
    PupilsGone,
)
from donghanh.accompaniment.models import Challenge, ChallengeModel
from donghanh.domain import accompanying, authority
from donghanh.domain.authority import Actor, NotAllowed
from donghanh.domain.rights import Right
from donghanh.dossiers import queries as dossiers
from donghanh.history import actions as history


@transaction.atomic
def keep_model(
    *,
    actor: Actor,
    title: str,
    aim: str,
    steps: str,
    evidence: str,
    days: int,
    origin: str = "",
    once: str,
    at: datetime,
) -> ChallengeModel:
    """
    Keep a challenge in the school's library, to be given again.

    Args:
        actor: Who keeps it; of the school's cell or Union.
        title: What it is called.
        aim: What it is for.
        steps: One on each line.
        evidence: What the pupil will be able to tell.
        days: How much time there is for it.
        origin: The example or model it was made from, if any.
        once: What the form calls itself; sent twice, it is kept once.
        at: The instant (aware, UTC).

    Raises:
        NotAllowed: The post keeps no models, or reaches no single school.
        TextMissing, TextTooLong, StepsMissing, TimeOutside: See ``domain.accompanying``.
    """
    authority.require(actor, Right.KEEP_MODELS)
    if len(actor.schools) != 1:
        raise NotAllowed(right=Right.KEEP_MODELS.value, role=actor.post.role.value)
    if not 0 < days <= accompanying.MOST_DAYS:
        raise accompanying.TimeOutside(most=accompanying.MOST_DAYS)
    kept, made = ChallengeModel.objects.get_or_create(
        school_id=next(iter(actor.schools)),
        once=once,
        defaults={
            "title": accompanying.written(title, 150),
            "aim": accompanying.written(aim),
            "steps": list(accompanying.steps_of(steps)),
            "evidence": accompanying.written(evidence, accompanying.LONGEST_LINE),
            "days": days,
            "origin": origin,
            "kept_at": at,
            "kept_by_id": actor.user_id,
        },
    )
    if made:
        _record(actor, at, "accompaniment.model_kept", "challenge_model", kept.pk, {})
    return kept


@transaction.atomic
def give_challenges(
    *,
    actor: Actor,
    key: str,
    dossier_ids: Collection[int],
    due: date,
    once: str,
    at: datetime,
    today: date,
) -> Sequence[Challenge]:
    """
    Give a challenge to one pupil or several; each answers for themselves.

    Args:
        actor: Who gives it; the pupil's helper, or of the school's cell or Union.
        key: Which one of the library.
        dossier_ids: Whom; each must be in sight.
        due: The last day for it.
        once: What the form calls itself; sent twice, everybody is given it once.
        at: The instant (aware, UTC).
        today: The day (Asia/Ho_Chi_Minh).

    Raises:
        NotAllowed: The post gives no challenges.
        ModelUnknown, NobodyChosen, PupilsGone: Nobody is given anything.
        TimeOutside: The last day has gone by, or is too far ahead.
    """
    authority.require(actor, Right.GIVE_CHALLENGES)
    template = queries.template(actor, key)
    if template is None:
        raise ModelUnknown
    wanted = set(dossier_ids)
    if not wanted:
        raise NobodyChosen
    accompanying.check_time(due, today)
    seen = list(dossiers.visible_to(actor).filter(pk__in=wanted).order_by("pk"))
    if len(seen) != len(wanted):
        raise PupilsGone
    given = []
    for dossier in seen:
        challenge, made = Challenge.objects.get_or_create(
            dossier=dossier,
            once=once,
            defaults={
                "title": template.title,
                "aim": template.aim,
                "steps": list(template.steps),
                "evidence": template.evidence,
                "origin": template.key,
                "given_date": today,
                "due_date": due,
                "given_at": at,
                "given_by_id": actor.user_id,
                "given_role": actor.post.role.value,
            },
        )
        given += [challenge] if made else []
    if given:
        facts = {"challenges": [one.pk for one in given], "dossiers": [one.pk for one in seen]}
        unit = actor.post.unit_id
        _record(actor, at, "accompaniment.challenges_given", "unit", unit, facts)
    return given


@transaction.atomic
def answer_challenge(*, actor: Actor, challenge_id: int, text: str, at: datetime) -> Challenge:
    """
    Answer in words to what a pupil did and wrote; there is no score.

    Args:
        actor: Who looked at it.
        challenge_id: The challenge.
        text: The answer; the pupil reads it.
        at: The instant (aware, UTC).

    Raises:
        Challenge.DoesNotExist: Unknown, or not visible to the actor.
        NotDone: The pupil has not said that it is done.
        AnsweredAlready: Somebody was first.
        TextMissing, TextTooLong: See ``domain.accompanying``.
    """
    authority.require(actor, Right.GIVE_CHALLENGES)
    challenge = queries.visible_to(actor).get(pk=challenge_id)
    if challenge.done_at is None or challenge.accepted_at is None:
        raise NotDone
    words = accompanying.written(text)
    open_one = Challenge.objects.filter(pk=challenge.pk, answered_at=None)
    if open_one.update(answer=words, answered_at=at, answered_by_id=actor.user_id) != 1:
        raise AnsweredAlready
    facts = {"challenge": challenge.pk}
    number = challenge.dossier_id
    _record(actor, at, "accompaniment.challenge_answered", "dossier", number, facts)
    return challenge


def _record(
    actor: Actor, at: datetime, action: str, subject: str, number: int, facts: Mapping[str, object]
) -> None:
    history.record(
        at=at, actor=actor, action=action, subject=subject, subject_id=number, facts=facts
    )
