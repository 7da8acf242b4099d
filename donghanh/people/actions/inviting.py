"""Inviting: places held open, their codes, and the names on them that are forgotten."""

from __future__ import annotations

import secrets
import unicodedata
from datetime import date, datetime
from typing import ClassVar

from django.db import transaction
from django.utils.crypto import salted_hmac

from donghanh.domain import authority
from donghanh.domain.authority import AccountHolder, Actor
from donghanh.domain.errors import RuleError
from donghanh.domain.rights import Right
from donghanh.history import actions as history
from donghanh.lib import clock
from donghanh.people import queries
from donghanh.people.models import Invitation

#: Letters and digits that are not taken for one another when read aloud.
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


class InvitationOver(RuleError):
    """The code is unknown, was used or has expired: the three are not told apart."""

    code: ClassVar[str] = "people.invitation_over"


@transaction.atomic
def invite_pupil(
    *,
    actor: Actor,
    school_id: int,
    class_name: str,
    invited_name: str,
    expires: date,
    at: datetime,
    once: str = "",
) -> str:
    """
    Hold a place open for one pupil and return the code that opens it.

    Names of invitations nobody answered in time are forgotten on the way.

    Args:
        actor: Who invites.
        school_id: The pupil's school; in the actor's reach.
        class_name: The pupil's class.
        invited_name: To hand the code to the right pupil; forgotten once answered.
        expires: Last day the code opens.
        at: The instant (aware, UTC).
        once: What the sender calls this invitation; sent twice, it is still one invitation, and
            its code is told again while nobody has answered.

    Returns:
        The code; it is stored nowhere.

    Raises:
        NotAllowed: The post does not invite, or not at this school.
        InvitationOver: The invitation sent before under this ``once`` has been answered.
    """
    authority.require(actor, Right.INVITE_PUPILS, school_id=school_id)
    code = _code(once or secrets.token_urlsafe(24), actor.user_id)
    earlier = Invitation.objects.filter(code_digest=queries.digest_of(code)).first()
    if earlier is not None:
        if earlier.answered_at is not None:
            raise InvitationOver
        return code
    forget_names(at.astimezone(clock.ZONE).date())
    invitation = Invitation.objects.create(
        school_id=school_id,
        class_name=class_name,
        invited_name=unicodedata.normalize("NFC", invited_name),
        code_digest=queries.digest_of(code),
        invited_by_id=actor.user_id,
        invited_at=at,
        expires_date=expires,
    )
    history.record(
        at=at,
        actor=actor,
        action="people.pupil_invited",
        subject="invitation",
        subject_id=invitation.pk,
        facts={"school": school_id, "expires": expires.isoformat()},
    )
    return code


@transaction.atomic
def renew_code(*, actor: Actor, invitation_id: int, at: datetime, once: str = "") -> str:
    """
    Give an invitation a new code where the slip was lost; the old one opens nothing any more.

    It works alike for a place nobody answered and for the own page of a pupil who takes part, and
    tells nothing of which it is.

    Args:
        actor: Who hands out the new slip.
        invitation_id: The invitation.
        at: The instant (aware, UTC).
        once: What the sender calls this; sent twice, it is one new code.

    Returns:
        The code; it is stored nowhere.

    Raises:
        NotAllowed: The post does not invite.
        Invitation.DoesNotExist: Unknown, over, or of another school.
    """
    authority.require(actor, Right.INVITE_PUPILS)
    on = at.astimezone(clock.ZONE).date()
    renewable = queries.renewable(actor, on).select_for_update(of=("self",))
    invitation = renewable.get(pk=invitation_id)
    code = _code(f"{invitation.pk}:{once or secrets.token_urlsafe(24)}", actor.user_id)
    if invitation.code_digest == queries.digest_of(code):
        return code
    invitation.code_digest = queries.digest_of(code)
    invitation.save(update_fields=["code_digest"])
    history.record(
        at=at,
        actor=actor,
        action="people.code_renewed",
        subject="invitation",
        subject_id=invitation.pk,
    )
    return code


def forget_names(on: date) -> int:
    """
    Forget whom invitations were for that are over on a day, answered or not; return how many.

    Part of an action: the caller writes the line.
    """
    over = Invitation.objects.filter(expires_date__lt=on).exclude(invited_name="")
    return over.update(invited_name="")


@transaction.atomic
def forget_over(*, on: date, at: datetime) -> int:
    """
    Forget the names on invitations that are over on a day: a line for each who invited.

    Args:
        on: The day (Asia/Ho_Chi_Minh).
        at: The instant (aware, UTC).

    Returns:
        How many names were forgotten.
    """
    over = Invitation.objects.filter(expires_date__lt=on).exclude(invited_name="")
    for user_id, name in over.order_by().values_list("invited_by", "invited_by__name").distinct():
        history.record(
            at=at,
            actor=AccountHolder(user_id, name),
            action="people.names_forgotten",
            subject="account",
            subject_id=user_id,
        )
    return forget_names(on)


def _code(once: str, user_id: int) -> str:
    """Return the ten signs that belong to a sender's word; nobody can guess them from it."""
    seed = salted_hmac("people.invitation", f"{user_id}:{once}", algorithm="sha256").digest()
    number = int.from_bytes(seed, "big")
    signs = []
    for _ in range(10):
        number, sign = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[sign])
    return "".join(signs)
