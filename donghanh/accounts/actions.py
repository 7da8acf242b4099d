"""Writes of the room of accounts."""

from __future__ import annotations

import secrets
import unicodedata
from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from donghanh.accounts import queries
from donghanh.accounts.models import AccountInvitation, User
from donghanh.domain import authority, names
from donghanh.domain.authority import Actor, NotAllowed
from donghanh.domain.errors import RuleError
from donghanh.domain.rights import Right, Role
from donghanh.history import actions as history
from donghanh.lib import clock, wall
from donghanh.organisation import actions as organisation
from donghanh.organisation import queries as posts

#: How long a link opens: still good for who is away for a week; later it lies around somewhere.
GOOD_FOR = timedelta(days=14)


class Deed(StrEnum):
    """What somebody does with the own account, as history has it."""

    INVITATION_ACCEPTED = "accounts.invitation_accepted"
    SIGNED_IN_THROUGH_PROVIDER = "accounts.signed_in_through_provider"
    PASSWORD_CHANGED = "accounts.password_changed"  # noqa: S105 - a deed, no password
    PASSWORD_RESET = "accounts.password_reset"  # noqa: S105 - the same
    FACTOR_ADDED = "accounts.factor_added"
    FACTOR_REMOVED = "accounts.factor_removed"
    RECOVERY_CODES_MADE = "accounts.recovery_codes_made"
    SESSION_ENDED = "accounts.session_ended"
    OTHER_SESSIONS_ENDED = "accounts.other_sessions_ended"


class MemberInvitationOver(RuleError):
    """The link is unknown, was used, was withdrawn or has expired: they are not told apart."""

    code: ClassVar[str] = "accounts.invitation_over"


class NameTaken(RuleError):
    """Another account signs in by this name or this e-mail address."""

    code: ClassVar[str] = "accounts.name_taken"


class OwnAccount(RuleError):
    """Nobody closes the own account, nor renews it so."""

    code: ClassVar[str] = "accounts.own_account"


@transaction.atomic
def create_user(
    *,
    username: str,
    name: str,
    password: str | None,
    simulated: bool,
    label: str = "",
    email: str = "",
) -> User:
    """
    Create an account, or return the one that has this name already.

    Args:
        username: What is typed to sign in; stored in lower case.
        name: How the person is called on screen.
        password: ``None`` leaves the account without a way to sign in by password.
        simulated: Whether the person is generated.
        label: What lists say of who it is; gives no right.
        email: Where codes are sent; stored in lower case, nobody else's.

    Returns:
        The account; an existing one is returned unchanged.

    Raises:
        IntegrityError: The address is another account's.
    """
    if found := User.objects.filter(username=username.lower()).first():
        return found
    user = User(username=username.lower(), name=name, label=label, simulated=simulated)
    user.search_key, user.sort_key = names.search_key(name), names.sort_key(name)
    user.email = email.strip().lower()
    user.set_password(password)
    user.save()
    if user.email:
        # Who invites vouches for the address; the person cannot set it.
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@transaction.atomic
def invite_member(
    *,
    actor: Actor,
    username: str,
    name: str,
    email: str,
    unit_id: int | None,
    role: Role | None,
    at: datetime,
    once: str = "",
) -> str:
    """
    Hold a new account open for somebody, and return the word its link ends with.

    An older invitation under the same name is withdrawn: its link opens nothing any more.

    Args:
        actor: Who invites.
        username: What will be typed to sign in; stored in lower case.
        name: How the person is called on screen.
        email: Where codes may be sent; empty where there is no address.
        unit_id: The unit of the post the account gets; with ``role``, or neither.
        role: The post.
        at: The instant (aware, UTC).
        once: What the sender calls this invitation; sent twice, it is still one.

    Returns:
        The word; it is stored nowhere.

    Raises:
        NotAllowed: The post does not invite, or nobody may be invited to such a post.
        NameTaken: There is an account of this name or address.
        MemberInvitationOver: Sent before under this ``once``, and withdrawn or expired since.
    """
    authority.require(actor, Right.INVITE_MEMBERS)
    if role is Role.PUPIL or (role is None) != (unit_id is None):
        raise NotAllowed(right=Right.INVITE_MEMBERS.value, role=actor.post.role.value)
    written, address = username.strip().lower(), email.strip().lower()
    if queries.is_taken(written, address):
        raise NameTaken
    return _invite(
        actor,
        AccountInvitation(
            username=written,
            name=" ".join(unicodedata.normalize("NFC", name).split()),
            email=address,
            unit_id=unit_id,
            role=role.value if role else "",
        ),
        at,
        once,
        "accounts.member_invited",
    )


@transaction.atomic
def renew_access(*, actor: Actor, user_id: int, at: datetime, once: str = "") -> str:
    """
    Let somebody who lost password or second factor in again, and return the word of the link.

    Whoever opens it sets a new password; factors are taken away and sessions ended then, and a
    closed account opens again.

    Raises:
        NotAllowed: The post does not invite.
        OwnAccount: It is the actor's own.
        User.DoesNotExist: There is no such account to be kept.
    """
    authority.require(actor, Right.INVITE_MEMBERS)
    user = queries.kept().get(pk=user_id)
    if user.pk == actor.user_id:
        raise OwnAccount
    invitation = AccountInvitation(
        username=user.username, name=user.name, email=user.email, account=user
    )
    return _invite(actor, invitation, at, once, "accounts.access_renewed")


def _invite(
    actor: Actor, invitation: AccountInvitation, at: datetime, once: str, action: str
) -> str:
    """Keep an invitation in the place of an older one of the same name; return its word."""
    # What it opens is part of the seed: a form sent again with another post is another invitation.
    opens = f"{invitation.username}:{invitation.email}:{invitation.unit_id}:{invitation.role}"
    word = _word(f"{once or secrets.token_urlsafe(24)}:{opens}", actor.user_id)
    invitation.digest = queries.digest_of(word)
    if AccountInvitation.objects.filter(digest=invitation.digest).exists():
        if queries.open_invitation(word, at) is None:
            raise MemberInvitationOver
        return word
    older = AccountInvitation.objects.filter(username=invitation.username, accepted_at=None)
    older.filter(withdrawn_at=None).update(withdrawn_at=at)
    invitation.invited_by_id, invitation.invited_at = actor.user_id, at
    invitation.until = at + GOOD_FOR
    invitation.save(force_insert=True)
    history.record(
        at=at,
        actor=actor,
        action=action,
        subject="account_invitation",
        subject_id=invitation.pk,
        facts={
            "unit": invitation.unit_id,
            "role": invitation.role,
            "account": invitation.account_id,
            "until": invitation.until.isoformat(),
        },
    )
    return word


def _word(once: str, user_id: int) -> str:
    """Return the word that belongs to a sender's word; nobody can guess it (256 bits)."""
    return salted_hmac("accounts.invitation", f"{user_id}:{once}", algorithm="sha256").hexdigest()


@transaction.atomic
def withdraw_invitation(*, actor: Actor, invitation_id: int, at: datetime) -> None:
    """
    Withdraw an invitation nobody accepted yet.

    Raises:
        NotAllowed: The post does not invite.
        AccountInvitation.DoesNotExist: Unknown, accepted or withdrawn already.
    """
    authority.require(actor, Right.INVITE_MEMBERS)
    unanswered = AccountInvitation.objects.filter(accepted_at=None, withdrawn_at=None)
    invitation = unanswered.select_for_update().get(pk=invitation_id)
    invitation.withdrawn_at = at
    invitation.save(update_fields=["withdrawn_at"])
    history.record(
        at=at,
        actor=actor,
        action="accounts.invitation_withdrawn",
        subject="account_invitation",
        subject_id=invitation.pk,
    )


def accept_invitation(*, word: str, password: str, at: datetime) -> User:
    """
    Make the account an invitation holds open, or renew the one it is for.

    It is done as far as who invited may still do it: a post is given in that person's name.

    Args:
        word: What the link ends with.
        password: The password chosen; checked by the caller.
        at: The instant (aware, UTC).

    Returns:
        The account.

    Raises:
        MemberInvitationOver: The link opens nothing, or somebody was faster.
    """
    found = queries.open_invitation(word, at)
    if found is None:
        raise MemberInvitationOver
    inviter = _inviter(found, at)
    with wall.looking(inviter.reach.way, inviter.reach.settings):
        claimed = AccountInvitation.objects.filter(
            pk=found.pk, accepted_at=None, withdrawn_at=None
        ).select_for_update()
        invitation = claimed.first()
        if invitation is None:
            raise MemberInvitationOver
        try:
            with transaction.atomic():
                user = _let_in(invitation, inviter, password, at)
        except IntegrityError as error:  # the name or address was given away meanwhile
            raise MemberInvitationOver from error
        invitation.account, invitation.accepted_at = user, at
        invitation.save(update_fields=["account", "accepted_at"])
        note(user=user, deed=Deed.INVITATION_ACCEPTED, at=at, invitation=invitation.pk)
    return user


def _inviter(invitation: AccountInvitation, at: datetime) -> Actor:
    """Return who invited, through a post that still invites."""
    held = posts.posts_of(invitation.invited_by_id, at.astimezone(clock.ZONE).date())
    chosen = held.filter(role=Role.ADMINISTRATOR.value).first()
    if chosen is None or not chosen.user.is_active:
        raise MemberInvitationOver
    on = at.astimezone(clock.ZONE).date()
    return posts.acting(invitation.invited_by_id, on, chosen.pk)


def _let_in(invitation: AccountInvitation, inviter: Actor, password: str, at: datetime) -> User:
    """Make the account with its post, or take away what the renewed one signed in with."""
    if invitation.account_id is not None:
        user = User.objects.select_for_update().get(pk=invitation.account_id)
        Authenticator.objects.filter(user=user).delete()
        end_sessions(user)
        user.set_password(password)
        user.is_active = True
        user.save(update_fields=["password", "is_active"])
        return user
    if queries.is_taken(invitation.username, invitation.email):
        raise MemberInvitationOver
    user = create_user(
        username=invitation.username,
        name=invitation.name,
        password=password,
        simulated=invitation.invited_by.simulated,
        email=invitation.email,
    )
    if invitation.unit_id is not None:
        organisation.give_post(
            actor=inviter,
            at=at,
            user_id=user.pk,
            unit_id=invitation.unit_id,
            role=Role(invitation.role),
            since=at.astimezone(clock.ZONE).date(),
        )
    return user


@transaction.atomic
def close_account(*, actor: Actor, user_id: int, at: datetime) -> None:
    """
    Close an account at once: it signs in no more, and its sessions end.

    Raises:
        NotAllowed: The post does not invite.
        OwnAccount: It is the actor's own.
        User.DoesNotExist: There is no such open account.
    """
    authority.require(actor, Right.INVITE_MEMBERS)
    user = queries.kept().filter(is_active=True).select_for_update().get(pk=user_id)
    if user.pk == actor.user_id:
        raise OwnAccount
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_sessions(user)
    history.record(
        at=at, actor=actor, action="accounts.account_closed", subject="account", subject_id=user.pk
    )


def forget(user: User) -> None:
    """Close a pupil's account without what told whose it was; the caller writes the line."""
    end_sessions(user)
    user.username = user.name = f"xoa{user.pk:06d}"
    user.email = user.label = user.search_key = user.sort_key = ""
    user.is_active = False
    user.set_unusable_password()
    user.save()


def end_sessions(user: User, *, but: str = "") -> int:
    """End the sessions of an account but one; return how many ended."""
    found = UserSession.objects.filter(user=user).exclude(session_key=but)
    for session in found:
        session.end()
    return len(found)


@transaction.atomic
def end_session(*, user: User, session_id: int, at: datetime) -> None:
    """
    End one session of the own account.

    Raises:
        UserSession.DoesNotExist: It is nobody's, or somebody else's.
    """
    UserSession.objects.get(user=user, pk=session_id).end()
    note(user=user, deed=Deed.SESSION_ENDED, at=at)


@transaction.atomic
def end_other_sessions(*, user: User, current: str, at: datetime) -> None:
    """End every session of the own account but the one that is used now."""
    ended = end_sessions(user, but=current)
    note(user=user, deed=Deed.OTHER_SESSIONS_ENDED, at=at, sessions=ended)


def note(*, user: User, deed: Deed, at: datetime, **facts: object) -> None:
    """
    Leave a line of history about the own account, in the own name.

    Args:
        user: Who did it, and whose account it is.
        deed: What was done.
        at: The instant (aware, UTC).
        facts: Numbers and codes.
    """
    history.record(
        at=at,
        actor=authority.AccountHolder(user.pk, user.name),
        action=deed.value,
        subject="account",
        subject_id=user.pk,
        facts=facts,
    )
