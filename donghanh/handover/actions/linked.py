"""What whoever holds a link does: see the name with the second code, and confirm."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime

from django.db import transaction

from donghanh.domain import handing_over
from donghanh.domain.acts import Destination, Move
from donghanh.domain.authority import AccountHolder, Capacity, OwnName
from donghanh.handover import queries
from donghanh.handover.actions.receiving import settle
from donghanh.handover.actions.refusals import HandoverOver, LinkOver, ReceiverMissing, WrongCode
from donghanh.handover.models import Handover
from donghanh.history import actions as history
from donghanh.organisation import queries as organisation


@transaction.atomic
def open_by_link(*, word: str, code: str, at: datetime, today: date) -> queries.LinkPage:
    """
    Show who comes to whoever holds the link and its second code; it is written down.

    Args:
        word: What the link ends with.
        code: The second code, told by telephone.
        at: The instant (aware, UTC).
        today: The day (Asia/Ho_Chi_Minh).

    Raises:
        WrongCode: Nothing opens with both.
    """
    found = queries.named_link_page(word, code, today, at)
    if found is None:
        raise WrongCode
    _record(found.handover, at, "handover.opened_by_link", today, {})
    return found


@transaction.atomic
def receive_by_link(
    *, word: str, code: str, receiver: str, on: date, at: datetime, today: date
) -> queries.LinkPage:
    """
    Confirm for a unit outside that a file has come; the link opens nothing afterwards.

    Args:
        word: What the link ends with.
        code: The second code.
        receiver: Who confirms: name and office.
        on: The day it came: not before it was sent, not after today.
        at: The instant (aware, UTC).
        today: The day of recording (Asia/Ho_Chi_Minh).

    Raises:
        LinkOver: It was used, taken back or has expired meanwhile.
        ReceiverMissing: Nobody is named.
        ReceivedBeforeSent, NotYet: The day cannot be.
    """
    found = queries.named_link_page(word, code, today, at)
    if found is None or found.handover.sent_date is None:
        raise LinkOver
    one, who = found.handover, " ".join(unicodedata.normalize("NFC", receiver).split())
    if not any(sign.isalpha() for sign in who):
        raise ReceiverMissing
    sent = found.handover.sent_date
    handing_over.check_received(on, sent, today)
    move = Move(on=sent, to=Destination(one.to), received_on=on)
    try:
        settle(one, on=on, at=at, account=None, receiver=who[:150], move=move, class_name="")
    except HandoverOver as error:
        raise LinkOver from error
    _record(one, at, "handover.received_by_link", today, {"on": on.isoformat()})
    return found


def _record(
    one: Handover, at: datetime, action: str, today: date, facts: dict[str, object]
) -> None:
    """Leave a line in the name of who made the link, that says that it came through the link."""
    unit = organisation.known_as([one.from_unit_id], today).get(one.from_unit_id)
    maker = OwnName(Capacity.LINK, unit.code if unit else "")
    history.record(
        at=at,
        actor=AccountHolder(one.sent_by_id or 0, "", maker),
        action=action,
        subject="dossier",
        subject_id=one.dossier_id,
        facts={"handover": one.pk, **facts},
    )
