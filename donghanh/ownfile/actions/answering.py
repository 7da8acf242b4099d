"""What the school's Union and cell do with a pupil's request."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from donghanh.domain import requests
from donghanh.domain.authority import Actor
from donghanh.domain.requests import Datum, Kind, Outcome
from donghanh.dossiers import actions as dossiers
from donghanh.history import actions as history
from donghanh.lib import days
from donghanh.ownfile import queries
from donghanh.ownfile.actions.refusals import NoExtension, NotOpen, RestStands, SentenceMissing
from donghanh.ownfile.models import Request
from donghanh.people import actions as people


@transaction.atomic
def see_requests(*, actor: Actor, at: datetime, today: date) -> queries.RequestsPage:
    """
    Return the requests of a school; whose names are shown is written down.

    Args:
        actor: Who looks.
        at: The instant (aware, UTC).
        today: The day (Asia/Ho_Chi_Minh).

    Raises:
        NotAllowed: The post answers none.
    """
    page = queries.requests_page(actor, today)
    shown = sorted({row.person_id for row in (*page.waiting, *page.answered)})
    dossiers.note_list(actor=actor, at=at, where="requests", dossiers=(), persons=shown)
    return page


@transaction.atomic
def see_request(*, actor: Actor, request_id: int, at: datetime, today: date) -> queries.RequestPage:
    """
    Return one request of a school; that its pupil is shown is written down.

    Raises:
        NotAllowed: The post answers none.
        Request.DoesNotExist: Unknown, or not the actor's to answer.
    """
    page = queries.request_page(actor, request_id, today)
    shown = [page.row.person_id]
    dossiers.note_list(actor=actor, at=at, where="requests", dossiers=(), persons=shown)
    return page


@transaction.atomic
def acknowledge(*, actor: Actor, request_id: int, at: datetime) -> None:
    """
    Say that a request has arrived; a second time changes nothing.

    Raises:
        NotAllowed: The post answers none.
        Request.DoesNotExist: Unknown, or not the actor's to answer.
        NotOpen: It was answered or taken back before.
    """
    request = _open(actor, request_id)
    fresh = Request.objects.filter(pk=request.pk, acknowledged_at=None, outcome="")
    if fresh.update(acknowledged_at=at, acknowledged_by=actor.user_id):
        _note(actor, request, at, "ownfile.acknowledged")


@transaction.atomic
def extend(*, actor: Actor, request_id: int, at: datetime) -> None:
    """
    Take the one extension a rule gives.

    Raises:
        NotAllowed: The post answers none.
        Request.DoesNotExist: Unknown, or not the actor's to answer.
        NotOpen: It was answered or taken back before.
        NoExtension: No rule gives more time, or it was taken before.
    """
    request = _open(actor, request_id)
    if queries.due_of(request).extendable is None:
        raise NoExtension
    fresh = Request.objects.filter(pk=request.pk, extended_at=None, outcome="")
    if fresh.update(extended_at=at) != 1:
        raise NoExtension
    _note(actor, request, at, "ownfile.extended")


@transaction.atomic
def answer(*, actor: Actor, request_id: int, outcome: Outcome, sentence: str, at: datetime) -> None:
    """
    Answer a request; a correction that is confirmed stands in the record at once.

    Args:
        actor: Who answers; of the school's Union or cell.
        request_id: The request.
        outcome: ``DONE`` or ``DECLINED``.
        sentence: What the pupil is told; why, where it is declined.
        at: The instant (aware, UTC).

    Raises:
        NotAllowed: The post answers none.
        Request.DoesNotExist: Unknown, or not the actor's to answer.
        NotOpen: It was answered or taken back before.
        SentenceMissing: Declined without a word.
        RestStands: The work rests because the pupil said so; nobody else can decline it.
    """
    request = _open(actor, request_id)
    said = " ".join(sentence.split())
    if outcome is Outcome.DECLINED and request.kind == Kind.RESTRICT:
        raise RestStands
    if outcome is Outcome.DECLINED and not said:
        raise SentenceMissing
    ended = Request.objects.filter(pk=request.pk, outcome="", value=request.value).update(
        outcome=outcome.value,
        sentence=said,
        answered_at=at,
        answered_by=actor.user_id,
        acknowledged_at=request.acknowledged_at or at,
        acknowledged_by=request.acknowledged_by_id or actor.user_id,
    )
    if ended != 1:
        raise NotOpen
    if outcome is Outcome.DONE and request.kind == Kind.RECTIFY:
        datum = Datum(request.datum)
        people.correct(
            person_id=request.person_id,
            datum=datum,
            value=requests.read(datum, request.value),
            account=actor.user_id,
            at=at,
            on=days.local(at),
        )
    _note(actor, request, at, "ownfile.answered", outcome=outcome.value)


def _open(actor: Actor, request_id: int) -> Request:
    request = queries.answerable_by(actor).select_for_update(of=("self",)).get(pk=request_id)
    if request.outcome:
        raise NotOpen
    return request


def _note(actor: Actor, request: Request, at: datetime, action: str, **more: str) -> None:
    """Leave a line: which kind and which fact, never the value."""
    facts = {"kind": request.kind, "person": request.person_id, **more}
    history.record(
        at=at,
        actor=actor,
        action=action,
        subject="request",
        subject_id=request.pk,
        facts=facts | ({"datum": request.datum} if request.datum else {}),
    )
