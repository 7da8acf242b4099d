"""Records the acts of a road, and declares them invalid."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from donghanh.domain import authority, names, procedure
from donghanh.domain.authority import Actor
from donghanh.domain.matrix import doers_of
from donghanh.domain.procedure import Act as DatedAct
from donghanh.domain.procedure import Judgement, Step
from donghanh.domain.rights import Right
from donghanh.domain.structure import Line, UnitKind
from donghanh.domain.timeline import CENTRAL
from donghanh.domain.voting import COUNTS, Tally
from donghanh.domain.whereabouts import DECIDING
from donghanh.dossiers import queries
from donghanh.dossiers.actions.refusals import (
    AlreadyOpen,
    ChangedMeanwhile,
    HelperUnknown,
    NotYourStep,
    ReasonMissing,
    RegimeReasonMissing,
)
from donghanh.dossiers.actions.standings import keep_standings, tell
from donghanh.dossiers.models import Act, Dossier
from donghanh.dossiers.queries import placing
from donghanh.history import actions as history
from donghanh.organisation import queries as organisation
from donghanh.people import queries as people


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAct:
    """
    What a person records.

    ``helper_id`` is the account of the member who will help; ``about`` and ``until`` belong to more
    time allowed: the name of the rule, and the last day; ``reason`` says why ``governed_by`` is
    another regime than the day's own.
    """

    step: Step
    on: date
    form: str | None = None
    paper_number: str = ""
    tally: Tally | None = None
    received_on: date | None = None
    governed_by: str | None = None
    helper_id: int | None = None
    about: str = ""
    until: date | None = None
    reason: str = ""


@transaction.atomic
def start_dossier(
    *, actor: Actor, person_id: int, paper_number: str = "", at: datetime, on: date, today: date
) -> Dossier:
    """
    Put a pupil who agreed on the source list: the dossier opens with that act.

    Args:
        actor: Who records; of the school's Union or cell.
        person_id: The pupil.
        paper_number: Number of the list, where it has one.
        at: The instant (aware, UTC).
        on: The day of the list (Asia/Ho_Chi_Minh).
        today: The day of recording.

    Raises:
        Person.DoesNotExist: Unknown, or not visible to the actor.
        AlreadyOpen: There is a dossier already.
        RuleError: The rules refuse the act; see ``procedure.check``.
    """
    person = people.visible_to(actor).select_for_update(of=("self",)).get(pk=person_id)
    authority.require(actor, Right.RECORD_ACTS, school_id=person.school_id)
    if Dossier.objects.filter(person=person).exists():
        raise AlreadyOpen
    scopes, base_committee = placed_at(person.school_id, on)
    dossier = Dossier.objects.create(
        person=person,
        school_id=person.school_id,
        opened_date=on,
        base_committee=base_committee,
        scopes=scopes,
        simulated=person.simulated,
    )
    new = NewAct(step=Step.SOURCED, on=on, paper_number=paper_number)
    stored = store(actor, queries.walk(actor, dossier.pk, today), new, at)
    tell([stored.walk])
    return stored.walk.dossier


def placed_at(school_id: int, on: date) -> tuple[list[str], bool]:
    """
    Return what a school brings to its cases on a day.

    Returns:
        Whose rules apply, the central ones first, then the province's; whether a base committee
        stands above the school's cell.
    """
    cell = organisation.hosted_at(school_id, UnitKind.CELL, on)
    above = organisation.parent_of(cell, Line.PARTY, on) if cell else None
    kind = organisation.facts_of([above], on)[above].kind if above else None
    place = organisation.known_as([school_id], on)[school_id].place
    scopes = [CENTRAL, f"province:{names.search_key(place).replace(' ', '-')}"]
    return scopes, kind is UnitKind.BASE_COMMITTEE


@transaction.atomic
def record_act(
    *, actor: Actor, dossier_id: int, seen: int, new: NewAct, at: datetime, today: date
) -> Judgement:
    """
    Record one act of a dossier, if the rules of its day allow it.

    Args:
        actor: Who records; must act for the body that does the step.
        dossier_id: The dossier.
        seen: ``acts_recorded`` as the actor had it before the eyes.
        new: The act.
        at: The instant (aware, UTC).
        today: The day of recording (Asia/Ho_Chi_Minh).

    Returns:
        What the rules said of it: a vote that did not reach its threshold is kept as an attempt.

    Raises:
        Dossier.DoesNotExist: Unknown, or not visible to the actor.
        ChangedMeanwhile: Somebody else recorded first; nothing of this act is kept.
        NotYourStep: Another body does this step.
        HelperUnknown: The helper is not of the school's cell, or none was named where one must be.
        RegimeReasonMissing: Another regime was chosen without saying why.
        Returned: The committee returned the dossier and has not got it again.
        RuleError: The rules refuse the act; see ``procedure.check``.
    """
    stored = store(actor, locked(actor, dossier_id, seen, today), new, at)
    tell([stored.walk])
    return stored.judgement


def locked(actor: Actor, dossier_id: int, seen: int, today: date) -> queries.Walk:
    """Return a dossier locked for this transaction, as the actor saw it."""
    locked = queries.visible_to(actor).select_for_update(of=("self",)).get(pk=dossier_id)
    authority.require(actor, Right.RECORD_ACTS, school_id=locked.school_id)
    if locked.acts_recorded != seen:
        raise ChangedMeanwhile
    return queries.walk_of(locked, today)


@dataclass(frozen=True, slots=True)
class Stored:
    """What the rules said of an act, and the dossier with its road after it."""

    judgement: Judgement
    walk: queries.Walk


def store(
    actor: Actor,
    walk: queries.Walk,
    new: NewAct,
    at: datetime,
    decides: bool | None = None,
) -> Stored:
    """
    Judge an act and store it with the rules it was judged by and one line of history.

    Nothing is read again: the road after it is replayed from what was read before and the act.
    ``decides`` tells whether the body decided for the pupil's cell on the day of the act; ``None``:
    as the actor's own does today.
    """
    dossier = walk.dossier
    _require_doer(actor, walk, new.step, new.form, decides)
    _require_helper(dossier, new)
    if new.governed_by and not new.reason.strip():
        raise RegimeReasonMissing
    if new.step in DECIDING:
        placing.held(walk).check_decides(actor.units, new.step)
    candidate = DatedAct(
        number=dossier.acts_recorded + 1,
        step=new.step,
        on=new.on,
        form=new.form,
        paper_number=new.paper_number,
        tally=new.tally,
        governed_by=new.governed_by,
        received_on=new.received_on,
        about=new.about,
        until=new.until,
    )
    before = queries.acts_of(dossier)
    judgement = procedure.check(candidate, before, walk.road.case, walk.book, walk.today)
    act = Act.objects.create(
        dossier=dossier,
        number=candidate.number,
        step=new.step.value,
        on_date=new.on,
        received_date=new.received_on,
        form=new.form or "",
        paper_number=new.paper_number.strip(),
        passed=judgement.passed,
        governed_by=new.governed_by or "",
        reason=new.reason.strip()[:300] if new.governed_by else "",
        judged_by=[entry.record() for entry in judgement.entries],
        edition=walk.book.edition,
        about=new.about,
        until_date=new.until,
        helper_id=new.helper_id,
        recorded_at=at,
        recorded_by_id=actor.user_id,
        **_counts(new.tally),
    )
    _count(dossier, 1)
    history.record(
        at=at,
        actor=actor,
        action="dossiers.act_recorded",
        subject="dossier",
        subject_id=dossier.pk,
        facts={"act": act.number, "step": act.step, "on": act.on_date.isoformat()},
    )
    acts = (*before, queries.dated_act(act, voided=False))
    road = procedure.replay(acts, walk.road.case, walk.book, walk.today)
    return Stored(judgement, replace(walk, road=road))


def _counts(tally: Tally | None) -> dict[str, Any]:
    """Return what an act keeps of a vote: the counts, and how many were left out for what."""
    if tally is None:
        return {}
    counts: dict[str, Any] = {name: getattr(tally, name) for name in COUNTS}
    reasons = {reason.value: number for reason, number in tally.excluded_by if number}
    return counts | {"excluded_by": reasons}


def _require_doer(
    actor: Actor,
    walk: queries.Walk,
    step: Step,
    form: str | None,
    decides: bool | None = None,
) -> None:
    """Refuse unless the actor acts for a body that does the step, or makes the paper."""
    if not queries.may_do(actor, walk, step, form, decides):
        scopes = walk.road.case.at(walk.today).scopes
        doers = doers_of(walk.book, step, form, scopes, walk.branches)
        raise NotYourStep(step=step.value, actors=sorted(role.value for role in doers))


def _require_helper(dossier: Dossier, new: NewAct) -> None:
    """Refuse a helper who does not belong to the school's cell, and a change to nobody."""
    if new.helper_id is None and new.step is not Step.HELPER_CHANGED:
        return
    members = {user_id for user_id, _ in queries.helpers(dossier.school_id, new.on)}
    if new.helper_id not in members:
        raise HelperUnknown


def _count(dossier: Dossier, recorded: int) -> None:
    """Move the count of acts on from what was seen; somebody else's act makes it fail."""
    before = dossier.acts_recorded
    moved = Dossier.objects.filter(pk=dossier.pk, acts_recorded=before)
    if moved.update(acts_recorded=before + recorded) != 1:
        raise ChangedMeanwhile
    dossier.acts_recorded = before + recorded


@transaction.atomic
def void_act(
    *,
    actor: Actor,
    dossier_id: int,
    seen: int,
    number: int,
    reason: str,
    at: datetime,
    today: date,
) -> tuple[int, ...]:
    """
    Declare an act invalid, with the later ones that fall with it; its step opens again.

    Nothing is deleted: each declaration is an act of its own that names what it voids and why.

    Args:
        actor: Who declares it; must act for the body that did the step.
        dossier_id: The dossier.
        seen: ``acts_recorded`` as the actor had it before the eyes.
        number: The act.
        reason: Why; kept.
        at: The instant (aware, UTC).
        today: The day of the declaration (Asia/Ho_Chi_Minh).

    Returns:
        The numbers of all acts declared invalid, in order.

    Raises:
        Dossier.DoesNotExist: Unknown, or not visible to the actor.
        ReasonMissing: No reason.
        ChangedMeanwhile: Somebody else recorded first.
        NotYourStep: Another body did this step.
        RuleError: The rules refuse; see ``procedure.check_void``.
    """
    walk = locked(actor, dossier_id, seen, today)
    dossier = walk.dossier
    if not reason.strip():
        raise ReasonMissing
    effect = procedure.check_void(number, walk.road.acts, walk.road.case, walk.book, today)
    stored = {act.number: act for act in dossier.acts.all()}
    _require_doer(actor, walk, Step(stored[number].step), stored[number].form or None)
    fallen = tuple(sorted({number, *effect.falls}))
    Act.objects.bulk_create(
        Act(
            dossier=dossier,
            number=dossier.acts_recorded + position,
            step=stored[voided].step,
            on_date=today,
            voids=stored[voided],
            reason=reason.strip()[:300],
            edition=walk.book.edition,
            recorded_at=at,
            recorded_by_id=actor.user_id,
        )
        for position, voided in enumerate(fallen, start=1)
    )
    _count(dossier, len(fallen))
    history.record(
        at=at,
        actor=actor,
        action="dossiers.act_voided",
        subject="dossier",
        subject_id=dossier.pk,
        facts={"acts": list(fallen)},
    )
    keep_standings([dossier.pk], walk.today, walk.book)
    return fallen
