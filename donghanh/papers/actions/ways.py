"""Sends a dossier up, receives it, returns it with what is wrong."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from django.db import transaction

from donghanh.domain import authority
from donghanh.domain.acts import Step
from donghanh.domain.authority import Actor
from donghanh.domain.errors import RuleError
from donghanh.domain.refusals import InFuture, NoConsent, OnTheWay
from donghanh.domain.rights import Right
from donghanh.domain.whereabouts import FaultKind, NotHere, NotOnTheWay, Whereabouts
from donghanh.dossiers import actions as dossiers
from donghanh.dossiers import queries as roads
from donghanh.dossiers.queries import Walk, placing
from donghanh.history import actions as history
from donghanh.papers import queries
from donghanh.papers.models import PaperFault, Sending


class NotListed(RuleError):
    """The committee does not see the pupil before the cell has listed them."""

    code: ClassVar[str] = "papers.not_listed"


class NowhereTo(RuleError):
    """The unit chosen is no committee the dossier may go to from here."""

    code: ClassVar[str] = "papers.nowhere_to"


class BeforeLast(RuleError):
    """The day lies before the one on which the dossier came to where it is."""

    code: ClassVar[str] = "papers.before_last"


class FaultMissing(RuleError):
    """A dossier is returned without saying what is wrong with which paper."""

    code: ClassVar[str] = "papers.fault_missing"


@dataclass(frozen=True, slots=True)
class NewFault:
    """What is wrong with one paper: its number, a kind, one sentence."""

    form: str
    kind: FaultKind
    sentence: str


@transaction.atomic
def send_dossier(
    *,
    actor: Actor,
    dossier_id: int,
    was: str,
    to_unit_id: int,
    on: date,
    at: datetime,
    today: date,
) -> Sending:
    """
    Send a dossier to a committee above, or down to its cell, with the list of what lies in it.

    Args:
        actor: Who sends; the dossier is with their unit.
        dossier_id: The dossier.
        was: ``queries.mark`` as the actor had it before the eyes.
        to_unit_id: The committee, or from a committee the cell.
        on: The day it left.
        at: The instant (aware, UTC).
        today: The day of recording (Asia/Ho_Chi_Minh).

    Raises:
        Dossier.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed: The post keeps no papers.
        ChangedMeanwhile: It has been sent, received or returned since.
        NotHere, NowhereTo, NotListed, OnTheWay: It cannot be sent.
        InFuture, BeforeLast, NoConsent: It cannot have left on that day.
    """
    walk = _locked(actor, dossier_id, was, today)
    place = placing.held(walk)
    holder = queries.own_unit(actor)
    if place.on_the_way or place.unit != holder:
        raise NotHere
    if walk.road.on_the_way is not None:
        raise OnTheWay(on=on, since=walk.road.on_the_way.on)
    if walk.road.stage(Step.LISTED).act is None:
        raise NotListed
    if to_unit_id not in {unit.id for unit in queries.ways_from(actor, walk)}:
        raise NowhereTo
    _check_day(walk, place, on)
    sending = Sending.objects.create(
        dossier=walk.dossier,
        from_unit_id=actor.post.unit_id,
        to_unit_id=to_unit_id,
        papers=queries.lying_in(walk),
        sent_date=on,
        sent_at=at,
        sent_by_id=actor.user_id,
    )
    _move(walk, place.sent(to_unit_id, on))
    _record(actor, at, "papers.sent", walk, {"to": to_unit_id, "on": on.isoformat()})
    return sending


@transaction.atomic
def receive_dossier(
    *, actor: Actor, dossier_id: int, was: str, on: date, at: datetime, today: date
) -> Sending:
    """
    Confirm that a dossier sent to the actor's unit has come.

    Arguments and errors are those of ``send_dossier``; NotOnTheWay: nothing is on its way there.
    """
    walk = _locked(actor, dossier_id, was, today)
    place = placing.held(walk)
    _check_day(walk, place, on)
    own = queries.own_unit(actor) is None
    after = place.received(actor.post.unit_id, on, own=own)
    sending = queries.last_way(walk)
    if sending is None:
        raise NotOnTheWay
    sending.received_date, sending.received_by_id = on, actor.user_id
    sending.save(update_fields=["received_date", "received_by"])
    _move(walk, after)
    _record(actor, at, "papers.received", walk, {"on": on.isoformat()})
    return sending


@transaction.atomic
def return_dossier(
    *,
    actor: Actor,
    dossier_id: int,
    was: str,
    faults: Sequence[NewFault],
    on: date,
    at: datetime,
    today: date,
) -> Sending:
    """
    Return a dossier to who had sent it, with what is wrong with which paper.

    Until it comes again the committee decides nothing in it.

    Args:
        actor: Who returns; the dossier is with their committee.
        dossier_id: The dossier.
        was: ``queries.mark`` as the actor had it before the eyes.
        faults: What is wrong; at least one.
        on: The day it left.
        at: The instant (aware, UTC).
        today: The day of recording (Asia/Ho_Chi_Minh).

    Raises:
        FaultMissing: Nothing is said to be wrong.
        RuleError: As ``send_dossier``.
    """
    walk = _locked(actor, dossier_id, was, today)
    if not faults or not all(fault.form and fault.sentence.strip() for fault in faults):
        raise FaultMissing
    place = placing.held(walk)
    _check_day(walk, place, on)
    if place.on_the_way or place.unit != actor.post.unit_id:
        raise NotHere
    sending = queries.last_way(walk)
    if sending is None:
        raise NotHere
    holder = queries.sender(actor, walk)
    sending.returned_date, sending.returned_by_id = on, actor.user_id
    sending.save(update_fields=["returned_date", "returned_by"])
    PaperFault.objects.bulk_create(
        PaperFault(
            sending=sending,
            form=fault.form,
            kind=fault.kind.value,
            sentence=" ".join(unicodedata.normalize("NFC", fault.sentence).split()),
        )
        for fault in faults
    )
    _move(walk, place.given_back(actor.post.unit_id, holder, on))
    _record(actor, at, "papers.returned", walk, {"on": on.isoformat(), "faults": len(faults)})
    return sending


def _locked(actor: Actor, dossier_id: int, was: str, today: date) -> Walk:
    """Return a dossier locked for this transaction, where it is as the actor saw it."""
    locked = roads.visible_to(actor).select_for_update(of=("self",)).get(pk=dossier_id)
    authority.require(actor, Right.KEEP_PAPERS, school_id=locked.school_id)
    walk = roads.walk(actor, dossier_id, today)
    if queries.mark(walk) != was:
        raise dossiers.ChangedMeanwhile
    return walk


def _check_day(walk: Walk, place: Whereabouts, on: date) -> None:
    if on > walk.today:
        raise InFuture(on=on, today=walk.today)
    consented = walk.road.case.consented_on
    if consented is None or on < consented:
        raise NoConsent(on=on, consented_on=consented)
    if place.since is not None and on < place.since:
        raise BeforeLast(on=on, since=place.since)


def _move(walk: Walk, to: Whereabouts) -> None:
    walk.dossier.place = to.record()
    walk.dossier.save(update_fields=["place"])


def _record(actor: Actor, at: datetime, action: str, walk: Walk, facts: dict[str, object]) -> None:
    history.record(
        at=at,
        actor=actor,
        action=action,
        subject="dossier",
        subject_id=walk.dossier.pk,
        facts=facts,
    )
