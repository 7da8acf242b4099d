"""Writes of the room of dossiers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from django.db import transaction

from donghanh.domain import authority, names, procedure, rules
from donghanh.domain.authority import Actor, Right
from donghanh.domain.errors import RuleError
from donghanh.domain.procedure import Act as DatedAct
from donghanh.domain.procedure import Judgement, Step
from donghanh.domain.structure import Line, UnitKind
from donghanh.domain.timeline import CENTRAL
from donghanh.domain.voting import Tally
from donghanh.dossiers import queries
from donghanh.dossiers.models import Act, Dossier
from donghanh.history import actions as history
from donghanh.organisation import queries as organisation
from donghanh.people import queries as people


class ChangedMeanwhile(RuleError):
    """Somebody else has recorded in this dossier since it was looked at."""

    code: ClassVar[str] = "dossiers.changed_meanwhile"


class NotYourStep(RuleError):
    """The step is done by a body the actor's post does not act for."""

    code: ClassVar[str] = "dossiers.not_your_step"


class ReasonMissing(RuleError):
    """An act is declared invalid without saying why."""

    code: ClassVar[str] = "dossiers.reason_missing"


class HelperUnknown(RuleError):
    """The helper holds no post in the school's cell on the day of the act."""

    code: ClassVar[str] = "dossiers.helper_unknown"


class AlreadyOpen(RuleError):
    """The pupil has a dossier already."""

    code: ClassVar[str] = "dossiers.already_open"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAct:
    """What a person records; ``helper_id`` is the account of the member who will help."""

    step: Step
    on: date
    form: str | None = None
    paper_number: str = ""
    tally: Tally | None = None
    received_on: date | None = None
    governed_by: str | None = None
    helper_id: int | None = None


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
    cell = organisation.hosted_at(person.school_id, UnitKind.CELL, on)
    above = organisation.parent_of(cell, Line.PARTY, on) if cell else None
    kind = organisation.facts_of([above], on)[above].kind if above else None
    dossier = Dossier.objects.create(
        person=person,
        school_id=person.school_id,
        opened_date=on,
        base_committee=kind is UnitKind.BASE_COMMITTEE,
        scopes=_scopes(organisation.facts_of([person.school_id], on)[person.school_id].place),
        simulated=person.simulated,
    )
    new = NewAct(step=Step.SOURCED, on=on, paper_number=paper_number)
    opened = queries.walk(actor, dossier.pk, today).dossier
    _store(actor, opened, new, at, today)
    return opened


def _scopes(place: str) -> list[str]:
    """Return whose rules apply in a place: the central ones, then the province's."""
    return [CENTRAL, f"province:{names.search_key(place).replace(' ', '-')}"]


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
        HelperUnknown: The helper is not of the school's cell.
        RuleError: The rules refuse the act; see ``procedure.check``.
    """
    dossier = _locked(actor, dossier_id, seen, today)
    return _store(actor, dossier, new, at, today)


def _locked(actor: Actor, dossier_id: int, seen: int, today: date) -> Dossier:
    """Return a dossier locked for this transaction, as the actor saw it."""
    locked = queries.visible_to(actor).select_for_update(of=("self",)).get(pk=dossier_id)
    authority.require(actor, Right.RECORD_ACTS, school_id=locked.school_id)
    if locked.acts_recorded != seen:
        raise ChangedMeanwhile
    return queries.walk(actor, dossier_id, today).dossier


def _store(actor: Actor, dossier: Dossier, new: NewAct, at: datetime, today: date) -> Judgement:
    """Judge an act and store it with the rules it was judged by and one line of history."""
    book = rules.load()
    _require_doer(actor, dossier, new.step, new.form)
    _require_helper(dossier, new)
    candidate = DatedAct(
        number=dossier.acts_recorded + 1,
        step=new.step,
        on=new.on,
        form=new.form,
        paper_number=new.paper_number,
        tally=new.tally,
        governed_by=new.governed_by,
        received_on=new.received_on,
    )
    judgement = procedure.check(
        candidate, queries.acts_of(dossier), queries.case_of(dossier), book, today
    )
    tally = new.tally
    act = Act.objects.create(
        dossier=dossier,
        number=candidate.number,
        step=new.step.value,
        on_date=new.on,
        received_date=new.received_on,
        form=new.form or "",
        paper_number=new.paper_number.strip(),
        official=tally.official if tally else None,
        excluded=tally.excluded if tally else None,
        convened=tally.convened if tally else None,
        present=tally.present if tally else None,
        favour=tally.favour if tally else None,
        against=tally.against if tally else None,
        invalid=tally.invalid if tally else None,
        passed=judgement.passed,
        governed_by=new.governed_by or "",
        judged_by=[entry.record() for entry in judgement.entries],
        helper_id=new.helper_id,
        recorded_at=at,
        recorded_by_id=actor.user_id,
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
    return judgement


def _require_doer(actor: Actor, dossier: Dossier, step: Step, form: str | None) -> None:
    """Refuse unless the actor acts for a body that does the step, or makes the paper."""
    if not queries.may_do(actor, dossier, step, form):
        doers = queries.doers_of(step, form, dossier.scopes)
        raise NotYourStep(step=step.value, actors=sorted(role.value for role in doers))


def _require_helper(dossier: Dossier, new: NewAct) -> None:
    """Refuse a helper who does not belong to the school's cell."""
    if new.helper_id is None:
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
    dossier = _locked(actor, dossier_id, seen, today)
    if not reason.strip():
        raise ReasonMissing
    book = rules.load()
    effect = procedure.check_void(
        number, queries.acts_of(dossier), queries.case_of(dossier), book, today
    )
    stored = {act.number: act for act in dossier.acts.all()}
    _require_doer(actor, dossier, Step(stored[number].step), stored[number].form or None)
    fallen = tuple(sorted({number, *effect.falls}))
    Act.objects.bulk_create(
        Act(
            dossier=dossier,
            number=dossier.acts_recorded + position,
            step=stored[voided].step,
            on_date=today,
            voids=stored[voided],
            reason=reason.strip()[:300],
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
    return fallen


@transaction.atomic
def open_file(*, actor: Actor, dossier_id: int, at: datetime, today: date) -> queries.RoadPage:
    """
    Show a pupil's road to somebody; the reading is written down, and the pupil sees it.

    Args:
        actor: Who reads.
        dossier_id: The dossier.
        at: The instant (aware, UTC).
        today: The day the road is shown for (Asia/Ho_Chi_Minh).

    Raises:
        Dossier.DoesNotExist: Unknown, or not visible to the actor.
    """
    walk = queries.walk(actor, dossier_id, today)
    history.record(
        at=at,
        actor=actor,
        action="dossiers.read",
        subject="dossier",
        subject_id=dossier_id,
    )
    return queries.road_page(actor, walk, today)


@transaction.atomic
def export_list(*, actor: Actor, filters: queries.Filters, at: datetime, today: date) -> bytes:
    """
    Return the list of the cohort, narrowed, as the bytes of a workbook; the export is written down.

    Args:
        actor: Who takes the list away.
        filters: What narrows it.
        at: The instant (aware, UTC).
        today: The day the roads are shown for (Asia/Ho_Chi_Minh).

    Raises:
        NotAllowed: The post reads no cases.
    """
    authority.require(actor, Right.READ_CASES)
    page = queries.cohort(actor, today, filters)
    history.record(
        at=at,
        actor=actor,
        action="dossiers.list_exported",
        subject="unit",
        subject_id=actor.post.unit_id,
        facts={"dossiers": [row.dossier_id for row in page.rows]},
    )
    return queries.list_workbook(page)
