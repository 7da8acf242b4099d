"""What the library of sign-in asks us: who may come in, what is said, what is left in history."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from donghanh.accounts import actions, texts
from donghanh.accounts.models import User
from donghanh.lib import clock, throttle
from donghanh.organisation import doors

#: The session's key for the hour it was last noted as used; set when somebody signs in.
HOUR = "hour"


def hour() -> int:
    """Return the present hour, counted from 1970."""
    return int(clock.now().timestamp()) // 3600


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody makes an account alone; closed, unknown and mistyped look the same."""

    error_messages = DefaultAccountAdapter.error_messages | texts.LIBRARY

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account alone."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address a request comes from, as the proxy tells it where there is one."""
        return throttle.address(request)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Return whom a name and a password belong to; a closed account is nobody's."""
        found: AbstractBaseUser | None = super().authenticate(request, **credentials)
        return found if found is not None and found.is_active else None

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        """Answer a closed account as a wrong password."""
        messages.error(request, str(texts.WRONG))
        return redirect("account_login")

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Sign in; who came through a provider leaves a line of history."""
        came = [each["method"] for each in get_authentication_records(request, user)]
        with transaction.atomic():
            super().login(request, user)
            request.session[HOUR] = hour()
            if "mfa" in came:
                request.session[doors.SECOND_FACTOR] = user.pk
            if "socialaccount" in came and isinstance(user, User):
                deed = actions.Deed.SIGNED_IN_THROUGH_PROVIDER
                actions.note(user=user, deed=deed, at=clock.now())

    def add_message(self, request: HttpRequest, level: int, *args: Any, **options: Any) -> None:
        """Say only what is said in so many words: our pages speak for themselves."""
        if options.get("message"):
            super().add_message(request, level, *args, **options)

    def get_reauthentication_methods(
        self, user: AbstractBaseUser | AnonymousUser
    ) -> list[dict[str, str]]:
        """Return how somebody may prove again who they are, in our words."""
        found = super().get_reauthentication_methods(user)
        return [each | {"description": str(texts.AGAIN[each["id"]])} for each in found]

    def send_notification_mail(self, *args: Any, **options: Any) -> None:
        """Send no notices by mail: history keeps what happened."""


class Factors(DefaultMFAAdapter):  # type: ignore[misc]
    """What an authenticator shows of us, and the words of a wrong code."""

    error_messages = DefaultMFAAdapter.error_messages | texts.FACTORS

    def _get_site_name(self) -> str:
        return str(settings.MFA_TOTP_ISSUER)

    def _get_user_identifier(self, user: User) -> str:
        return user.username

    def generate_authenticator_name(self, user: User, type: str) -> str:
        """Return what a passkey is called when nobody gives it a name."""
        return str(texts.PASSKEY)


class Providers(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Who comes through an organisation's own provider, and was invited before."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Nobody gets an account through a provider."""
        return False
