"""Reads of the room of accounts."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet

from donghanh.accounts import texts
from donghanh.accounts.models import AccountInvitation, User
from donghanh.domain import authority, names
from donghanh.domain.authority import Actor
from donghanh.domain.rights import Right, Role
from donghanh.organisation import queries as organisation
from donghanh.organisation.models import Post, UnitVersion

#: How many accounts stand on a page.
PAGE = 50


def demonstration_accounts() -> list[User]:
    """Return the generated accounts that can sign in, ordered by name for signing in."""
    found = User.objects.filter(simulated=True, is_active=True)
    found = found.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    return list(found.order_by("username"))


def providers() -> list[tuple[str, str]]:
    """Return the providers somebody may sign in through: identifier and name."""
    apps: list[dict[str, str]] = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]  # type: ignore[assignment]
    return [(app["provider_id"], app["name"]) for app in apps]


def digest_of(word: str) -> str:
    """Return what is kept of the word of a link."""
    return hashlib.sha256(word.encode()).hexdigest()


def open_invitation(word: str, at: datetime) -> AccountInvitation | None:
    """Return the invitation a word opens at an instant, or ``None``."""
    found = AccountInvitation.objects.filter(
        digest=digest_of(word), until__gt=at, accepted_at=None, withdrawn_at=None
    )
    return found.select_related("invited_by").first()


def invited(invitation: AccountInvitation) -> User:
    """Return the account an invitation is for, as it would be; a password must not be like it."""
    return User(username=invitation.username, name=invitation.name, email=invitation.email)


def myself(user: object) -> User:
    """
    Return the account of a request, behind a door that lets nobody else through.

    Raises:
        TypeError: Nobody is signed in.
    """
    if not isinstance(user, User):
        raise TypeError
    return user


def is_taken(username: str, email: str) -> bool:
    """Tell whether an account signs in by this name, or by this address where there is one."""
    same = Q(username=username)
    return User.objects.filter(same | Q(email=email) if email else same).exists()


def kept() -> QuerySet[User]:
    """Return the accounts an administrator keeps: a pupil's is none of them."""
    pupils = Post.objects.filter(user=OuterRef("pk"), role=Role.PUPIL.value)
    found = User.objects.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    return found.exclude(Exists(pupils))


@dataclass(frozen=True, slots=True)
class Line:
    """An account in the list, with its posts on the day in words."""

    user: User
    posts: tuple[str, ...]
    secured: bool


@dataclass(frozen=True, slots=True)
class Open:
    """An invitation nobody accepted yet, with the post it opens in words."""

    invitation: AccountInvitation
    post: str
    over: bool


@dataclass(frozen=True, slots=True)
class Members:
    """The page of accounts: those found, and the invitations that wait."""

    lines: tuple[Line, ...]
    page: Page[User]
    asked: str
    waiting: tuple[Open, ...]


def members(actor: Actor, at: datetime, on: date, asked: str, number: str) -> Members:
    """
    Return the accounts there are, and the invitations that wait.

    Args:
        actor: Who looks.
        at: The instant (aware, UTC).
        on: The day (Asia/Ho_Chi_Minh).
        asked: Parts of a name or an account, with marks or without; empty for all.
        number: Which page, as it was typed.

    Raises:
        NotAllowed: The post does not invite.
    """
    authority.require(actor, Right.INVITE_MEMBERS)
    found = kept().order_by("sort_key", "id")
    for word in names.search_key(asked).split():
        found = found.filter(Q(search_key__contains=word) | Q(username__contains=word))
    page = Paginator(found, PAGE).get_page(number)
    users = list(page.object_list)
    posts = _posts(users, on)
    secured = set(Authenticator.objects.filter(user__in=users).values_list("user_id", flat=True))
    lines = tuple(Line(user, posts.get(user.pk, ()), user.pk in secured) for user in users)
    return Members(lines, page, asked, _waiting(at, on))


def _posts(users: list[User], on: date) -> Mapping[int, tuple[str, ...]]:
    held = list(Post.objects.filter(user__in=users, in_force__contains=on).order_by("id"))
    units = organisation.facts_of({post.unit_id for post in held}, on)
    told: dict[int, tuple[str, ...]] = {}
    for post in held:
        name = units[post.unit_id].name if post.unit_id in units else ""
        told[post.user_id] = (*told.get(post.user_id, ()), texts.post(Role(post.role), name))
    return told


def _waiting(at: datetime, on: date) -> tuple[Open, ...]:
    found = list(
        AccountInvitation.objects.filter(accepted_at=None, withdrawn_at=None).order_by("-id")
    )
    units = organisation.facts_of({each.unit_id for each in found if each.unit_id}, on)
    return tuple(
        Open(
            each,
            texts.post(Role(each.role), units[each.unit_id].name) if each.unit_id in units else "",
            each.until <= at,
        )
        for each in found
    )


def one_member(actor: Actor, user_id: int) -> User:
    """
    Return an account an administrator keeps.

    Raises:
        NotAllowed: The post does not invite.
        User.DoesNotExist: There is none.
    """
    authority.require(actor, Right.INVITE_MEMBERS)
    return kept().get(pk=user_id)


def units(on: date) -> list[tuple[int, str]]:
    """Return the units there are on a day, id and name with its code, by name."""
    found = UnitVersion.objects.filter(in_force__contains=on).order_by("name", "unit_id")
    told = found.values_list("unit_id", "name", "unit__code")
    return [(unit, f"{name} – {code}") for unit, name, code in told]


@dataclass(frozen=True, slots=True)
class Session:
    """A session of the own account in plain words."""

    id: int
    device: str
    seen: datetime
    here: bool


def sessions(user: User, current: str) -> list[Session]:
    """Return the sessions of an account that still run, the present one first."""
    running = UserSession.objects.purge_and_list(user)
    told = [
        Session(
            each.pk, texts.device(each.user_agent), each.last_seen_at, each.session_key == current
        )
        for each in running
    ]
    return sorted(told, key=lambda one: (not one.here, -one.seen.timestamp()))


def factors(user: User) -> dict[str, list[Any]]:
    """Return what an account proves itself by beside the password, by kind."""
    told: dict[str, list[Any]] = {}
    for each in Authenticator.objects.filter(user=user).order_by("id"):
        told.setdefault(each.type, []).append(each)
    return told


def holds_a_post_that_needs_a_factor(user: User, on: date) -> bool:
    """
    Tell whether one of the posts somebody holds on a day needs a second factor.

    Where invented people are shown, their accounts need none.
    """
    if settings.DEMONSTRATION and user.simulated:
        return False
    roles = organisation.posts_of(user.pk, on).values_list("role", flat=True)
    return any(authority.needs_second_factor(Role(role)) for role in roles)
