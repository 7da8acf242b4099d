"""Confirms that a file has come: a school here; the database itself moves the case."""

from __future__ import annotations

import json
from datetime import date, datetime

from django.db import connection, transaction

from donghanh.domain import authority, handing_over
from donghanh.domain.acts import Destination, Move
from donghanh.domain.authority import Actor
from donghanh.domain.rights import Right
from donghanh.dossiers import actions as dossiers
from donghanh.dossiers import queries as roads
from donghanh.handover import queries
from donghanh.handover.actions.refusals import HandoverOver
from donghanh.handover.models import Handover
from donghanh.history import actions as history

#: The function that moves the case: whoever confirms does not see it before, nor afterwards whoever
#: sent it. It looks itself whether the one who asks may.
_SETTLE = "SELECT handover_settle(%s, %s, %s, %s, %s, %s::jsonb, %s)"


@transaction.atomic
def receive(
    *, actor: Actor, handover_id: int, on: date, class_name: str, at: datetime, today: date
) -> int:
    """
    Confirm that a file came to the actor's school; from then on its cell walks on with the pupil.

    Args:
        actor: Who confirms; of the school it goes to.
        handover_id: The hand-over.
        on: The day it came: not before it was sent, not after today.
        class_name: The pupil's class here.
        at: The instant (aware, UTC).
        today: The day of recording (Asia/Ho_Chi_Minh).

    Returns:
        The id of the dossier, which the actor sees from now on.

    Raises:
        Handover.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed: The post hands nothing over, or it is not for this school.
        ReceivedBeforeSent, NotYet: The day cannot be.
        HandoverOver: It was confirmed or taken back meanwhile.
    """
    one = queries.visible_to(actor).get(pk=handover_id)
    authority.require(actor, Right.HAND_OVER, school_id=one.to_school_id or 0)
    if one.sent_date is None or one.to_school_id is None:
        raise HandoverOver
    handing_over.check_received(on, one.sent_date, today)
    scopes, base_committee = dossiers.placed_at(one.to_school_id, on)
    move = Move(
        on=one.sent_date,
        to=Destination(one.to),
        received_on=on,
        scopes=tuple(scopes),
        base_committee=base_committee,
    )
    settle(one, on=on, at=at, account=actor.user_id, receiver="", move=move, class_name=class_name)
    history.record(
        at=at,
        actor=actor,
        action="handover.received",
        subject="dossier",
        subject_id=one.dossier_id,
        facts={"handover": one.pk, "on": on.isoformat()},
    )
    return one.dossier_id


def settle(
    one: Handover,
    *,
    on: date,
    at: datetime,
    account: int | None,
    receiver: str,
    move: Move,
    class_name: str,
) -> None:
    """
    Let the database move the case of a hand-over, once.

    Raises:
        HandoverOver: It was confirmed or taken back meanwhile, or the pupil stopped.
    """
    told = json.dumps(roads.move_record(move))
    with connection.cursor() as cursor:
        cursor.execute(_SETTLE, [one.pk, on, at, account, receiver, told, class_name])
        if cursor.fetchone() != (True,):
            raise HandoverOver
