"""Asks the pupil, sends the file, makes its link, takes it back."""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from donghanh.domain import authority, handing_over
from donghanh.domain.acts import Destination, Move
from donghanh.domain.authority import Actor
from donghanh.domain.dossier_contents import contents
from donghanh.domain.handing_over import HandOverState, Stand
from donghanh.domain.rights import Right
from donghanh.dossiers import actions as dossiers
from donghanh.dossiers import queries as roads
from donghanh.dossiers.models import Dossier
from donghanh.dossiers.queries import Walk
from donghanh.handover import queries
from donghanh.handover.actions.refusals import (
    GraduatedLater,
    HandoverOver,
    OpenAlready,
    WithACommittee,
)
from donghanh.handover.models import Handover
from donghanh.history import actions as history
from donghanh.organisation import queries as organisation
from donghanh.people import queries as people

#: The wording of the agreement in texts.py; raised when it changes its meaning.
WORDING = "2026-11"
#: How long a link opens: as long as that of an invitation to an account; ours, not a rule's.
GOOD_FOR = timedelta(days=14)
#: Letters and digits that are not taken for one another when read aloud.
_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
#: How many of them the second code has: it is read over the telephone.
_SIGNS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Begin:
    """Where a pupil goes; ``graduated_on``: the day the graduation decision took effect."""

    to: Destination
    to_school_id: int | None = None
    to_name: str = ""
    to_place: str = ""
    graduated_on: date | None = None


@dataclass(frozen=True, slots=True)
class Noted:
    """Number and day of the papers that go with a file, by their code."""

    rows: Mapping[str, tuple[str, date | None]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Secret:
    """The two halves that open a hand-over to a unit outside; neither is kept."""

    word: str
    code: str


@transaction.atomic
def begin(*, actor: Actor, dossier_id: int, new: Begin, at: datetime, today: date) -> Handover:
    """
    Ask a pupil whether the file may go to one unit; nothing leaves before the pupil agrees.

    Args:
        actor: Who asks; hands files over.
        dossier_id: The dossier.
        new: Where the pupil goes.
        at: The instant (aware, UTC).
        today: The day (Asia/Ho_Chi_Minh).

    Raises:
        Dossier.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed: The post hands nothing over.
        OpenAlready: Another hand-over of it is open.
        ToItself, RoadIsOver, GraduatedLater: What refuses it.
    """
    locked = roads.visible_to(actor).select_for_update(of=("self",)).get(pk=dossier_id)
    authority.require(actor, Right.HAND_OVER, school_id=locked.school_id)
    walk = roads.walk(actor, dossier_id, today)
    handing_over.check_begins(walk.road, locked.school_id, new.to_school_id)
    if new.graduated_on is not None and new.graduated_on > today:
        raise GraduatedLater(on=new.graduated_on)
    to_name = new.to_name
    if new.to_school_id is not None:
        to_name = organisation.known_as([new.to_school_id], today)[new.to_school_id].name
    try:
        with transaction.atomic():
            made = Handover.objects.create(
                dossier=walk.dossier,
                from_school_id=locked.school_id,
                from_unit_id=actor.post.unit_id,
                to=new.to.value,
                to_school_id=new.to_school_id,
                to_name=_written(to_name),
                to_place=_written(new.to_place),
                stand=handing_over.stand_of(walk.road).value,
                asked_date=today,
                asked_at=at,
                asked_by_id=actor.user_id,
                wording=WORDING,
            )
    except IntegrityError as error:
        raise OpenAlready from error
    walk.dossier.handing_over = True
    if new.graduated_on is not None:
        walk.dossier.graduated_date = new.graduated_on
    walk.dossier.save(update_fields=["handing_over", "graduated_date"])
    _record(actor, at, "handover.asked", made, {"to": new.to.value})
    return made


def _written(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


@transaction.atomic
def answer(*, code: str, agrees: bool, at: datetime, on: date) -> Handover:
    """
    Keep a pupil's own answer to whether the file may go to one unit.

    Args:
        code: The pupil's own code.
        agrees: The answer; who said no may still say yes while it is open.
        at: The instant (aware, UTC).
        on: The day (Asia/Ho_Chi_Minh).

    Raises:
        HandoverOver: Nothing is asked, or the file has left.
    """
    found = queries.own(code, on)
    person = people.own_record(code)
    if found is None or person is None:
        raise HandoverOver
    open_ones = Handover.objects.filter(
        pk=found.handover.pk, sent_date=None, called_back_at=None, agreed_at=None
    )
    given = {"agreed_at": at, "agreed_date": on, "refused_at": None}
    if open_ones.update(**(given if agrees else {"refused_at": at})) != 1:
        raise HandoverOver
    history.record(
        at=at,
        actor=people.pupil_actor(person),
        action="handover.agreed" if agrees else "handover.refused",
        subject="dossier",
        subject_id=found.handover.dossier_id,
        facts={"handover": found.handover.pk, "wording": WORDING},
    )
    return found.handover


@transaction.atomic
def send(
    *, actor: Actor, handover_id: int, on: date, noted: Noted, at: datetime, today: date
) -> Secret | None:
    """
    Send a file away; from then on nobody records anything in it until somebody confirms it.

    Args:
        actor: Who sends; hands files over.
        handover_id: The hand-over; the pupil has agreed to it.
        on: The day it left: not before the pupil agreed, not after today.
        noted: The papers that go with it.
        at: The instant (aware, UTC).
        today: The day of recording (Asia/Ho_Chi_Minh).

    Returns:
        What opens it to a unit outside; ``None`` where a school here confirms it.

    Raises:
        Handover.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed: The post hands nothing over.
        HandoverOver: It was sent or taken back meanwhile.
        PupilNotAsked, BeforeAgreement, NotYet, WithACommittee: What refuses it.
    """
    one, walk = _open(actor, handover_id, today)
    handing_over.check_sent(on, one.agreed_date, today)
    if queries.state_of(one) is not HandOverState.AGREED:
        raise HandoverOver
    stand = handing_over.stand_of(walk.road)
    if queries.is_away(walk) and stand in {Stand.CONSIDERED, Stand.SOURCED}:
        raise WithACommittee
    secret = None if one.to_school_id is not None else _secret(one, at)
    one.stand, one.papers = stand.value, _papers(stand, noted)
    lying = contents(walk.road.acts, walk.road.case, walk.book, today)
    one.lying = sum(1 for row in lying.rows if not row.replaced)
    one.sent_date, one.sent_at, one.sent_by_id = on, at, actor.user_id
    one.save(update_fields=_SENT)
    move = Move(on=on, to=Destination(one.to))
    walk.dossier.moves = [*walk.dossier.moves, roads.move_record(move)]
    walk.dossier.place = {}
    walk.dossier.save(update_fields=["moves", "place"])
    _record(actor, at, "handover.sent", one, {"to": one.to, "on": on.isoformat()})
    return secret


#: What sending writes; the database lets a cell write no other column.
_SENT = (
    *("stand", "papers", "lying", "sent_date", "sent_at", "sent_by"),
    *("link_digest", "whole_digest", "link_until"),
)


def _papers(stand: Stand, noted: Noted) -> list[dict[str, str]]:
    """Return the papers that go with a file and were noted: code, number, day."""
    kept = []
    for paper in handing_over.needed(stand):
        number, day = noted.rows.get(paper.code, ("", None))
        if number.strip() or day:
            told = day.isoformat() if day else ""
            kept.append({"code": paper.code, "number": number.strip()[:60], "on": told})
    return kept


def _secret(one: Handover, at: datetime) -> Secret:
    """Give a hand-over another link and code; what opened it before opens nothing any more."""
    word = secrets.token_hex(24)
    code = "".join(secrets.choice(_ALPHABET) for _ in range(_SIGNS))
    one.link_digest = queries.digest_of(word)
    one.whole_digest = queries.digest_of(word, code)
    one.link_until = at + GOOD_FOR
    return Secret(word, f"{code[:4]}-{code[4:]}")


@transaction.atomic
def renew_link(*, actor: Actor, handover_id: int, at: datetime, today: date) -> Secret:
    """
    Make another link to a file that was sent outside; the one before opens nothing any more.

    Raises:
        Handover.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed: The post hands nothing over.
        HandoverOver: It is not waiting for a unit outside.
    """
    one, _ = _open(actor, handover_id, today)
    if one.sent_date is None or one.to_school_id is not None:
        raise HandoverOver
    secret = _secret(one, at)
    one.save(update_fields=["link_digest", "whole_digest", "link_until"])
    _record(actor, at, "handover.link_renewed", one, {})
    return secret


@transaction.atomic
def call_back(*, actor: Actor, handover_id: int, at: datetime, today: date) -> Handover:
    """
    Take a hand-over back that nobody confirmed: the file stays, its link opens nothing.

    Raises:
        Handover.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed: The post hands nothing over.
        HandoverOver: It was confirmed or taken back meanwhile.
    """
    one, walk = _open(actor, handover_id, today)
    if one.sent_date is not None:
        walk.dossier.moves = walk.dossier.moves[:-1]
    walk.dossier.handing_over = False
    walk.dossier.save(update_fields=["moves", "handing_over"])
    one.called_back_at, one.called_back_by_id = at, actor.user_id
    one.save(update_fields=["called_back_at", "called_back_by"])
    _record(actor, at, "handover.called_back", one, {})
    return one


def _open(actor: Actor, handover_id: int, today: date) -> tuple[Handover, Walk]:
    """Return an open hand-over of the actor's school and its dossier, locked the case first."""
    seen = queries.visible_to(actor).get(pk=handover_id)
    authority.require(actor, Right.HAND_OVER, school_id=seen.from_school_id)
    try:
        roads.visible_to(actor).select_for_update(of=("self",)).get(pk=seen.dossier_id)
    except Dossier.DoesNotExist as error:
        raise HandoverOver from error
    one = queries.visible_to(actor).select_for_update(of=("self",)).get(pk=handover_id)
    if one.received_at is not None or one.called_back_at is not None:
        raise HandoverOver
    return one, roads.walk(actor, one.dossier_id, today)


@transaction.atomic
def see_handovers(*, actor: Actor, at: datetime, today: date) -> queries.Listing:
    """
    Return the hand-overs of the actor's school; whose names they show is written down.

    Raises:
        NotAllowed: The post hands nothing over.
    """
    found = queries.listing(actor, today)
    dossiers.note_list(actor=actor, at=at, where="handovers", dossiers=found.named)
    return found


def _record(
    actor: Actor, at: datetime, action: str, one: Handover, facts: dict[str, object]
) -> None:
    history.record(
        at=at,
        actor=actor,
        action=action,
        subject="dossier",
        subject_id=one.dossier_id,
        facts={"handover": one.pk, **facts},
    )
