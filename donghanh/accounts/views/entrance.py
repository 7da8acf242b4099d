"""Pages before somebody is signed in: password, second factor, passkey, code, provider."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from allauth.account import views as account
from allauth.account.adapter import get_adapter as own_adapter
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.base import views as base
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from requests import RequestException

from donghanh.accounts import actions, forms, provider, queries, texts
from donghanh.domain.errors import RuleError
from donghanh.lib import clock, throttle

#: Whoever tries links of invitations: by address.
_LINKS = throttle.Limit("accounts.link", failures=30, seconds=600)


class SignIn(account.LoginView):  # type: ignore[misc]
    """Sign in; a demonstration lists its accounts beside the form."""

    template_name = "accounts/sign_in.html"
    form_class = forms.SignIn

    def get_context_data(self, **options: Any) -> dict[str, Any]:
        """Add the demonstration's accounts, only where the demonstration is on."""
        shown = queries.demonstration_accounts() if settings.DEMONSTRATION else []
        more = {"demo_accounts": shown, "providers": queries.providers(), "mail": settings.MAIL}
        return dict(super().get_context_data(**options, **more))


class SignOut(account.LogoutView):  # type: ignore[misc]
    """Sign out, by POST alone."""

    http_method_names = ("post", "options")


class SecondFactor(base.AuthenticateView):  # type: ignore[misc]
    """Ask for the second factor after the first."""

    template_name = "accounts/second_factor.html"


class PasskeySignIn(webauthn.LoginWebAuthnView):  # type: ignore[misc]
    """Sign in by a passkey alone."""


class AskCode(account.RequestLoginCodeView):  # type: ignore[misc]
    """Ask for a code by e-mail, to sign in with."""

    template_name = "accounts/ask_code.html"
    extra_context = {"signs_in": True}


class TypeCode(account.ConfirmLoginCodeView):  # type: ignore[misc]
    """Type the code that came by e-mail."""

    template_name = "accounts/type_code.html"


class ForgotPassword(account.PasswordResetView):  # type: ignore[misc]
    """Ask for a code by e-mail, to choose another password with."""

    template_name = "accounts/ask_code.html"


class TypeResetCode(account.ConfirmPasswordResetCodeView):  # type: ignore[misc]
    """Type the code that came by e-mail, to choose another password."""

    template_name = "accounts/type_code.html"


class NewPassword(account.CompletePasswordResetView):  # type: ignore[misc]
    """Choose another password after the code."""

    template_name = "accounts/new_password.html"
    form_class = forms.ResetPassword

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep it, end every session, and leave a line of history."""
        with transaction.atomic():
            answer: HttpResponse = super().form_valid(form)
            actions.end_sessions(self._process.user)
            deed = actions.Deed.PASSWORD_RESET
            actions.note(user=self._process.user, deed=deed, at=clock.now())
        return answer


@require_GET
def password_is_new(request: HttpRequest) -> HttpResponse:
    """Lead to the sign-in page after a password was chosen by a code."""
    messages.success(request, _("The new password counts from now on. Sign in with it."))
    return redirect("account_login")


@never_cache
@require_POST
def to_provider(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send somebody to an organisation's own provider."""
    try:
        found = get_adapter().get_provider(request, provider_id)
        answer: HttpResponse = found.redirect(request, process=AuthProcess.LOGIN)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    except (OAuth2Error, RequestException, KeyError, ValueError):
        return _not_through(request)
    return answer


@never_cache
@require_GET
def from_provider(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take back whom the provider sends; whoever was not invited comes no further."""
    try:
        exchange = provider.Exchange(request, provider_id)
        answer: HttpResponse = provider.Callback.adapter_view(exchange)(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    except (KeyError, ValueError):
        return _not_through(request)
    return answer


def _not_through(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/not_through.html", status=HTTPStatus.UNPROCESSABLE_ENTITY)


@never_cache
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, word: str) -> HttpResponse:
    """Let somebody who was invited choose a password, and sign in."""
    who = throttle.address(request)
    if _LINKS.closed(who):
        return render(request, "429.html", status=HTTPStatus.TOO_MANY_REQUESTS)
    invitation = queries.open_invitation(word, clock.now())
    if invitation is None:
        _LINKS.failed(who)
        return _opens_nothing(request, actions.MemberInvitationOver())
    form = forms.Accept(request.POST or None, user=queries.invited(invitation))
    if request.method == "POST" and form.is_valid():
        try:
            user = actions.accept_invitation(
                word=word, password=form.cleaned_data["password1"], at=clock.now()
            )
        except RuleError as error:
            return _opens_nothing(request, error)
        return _signed_in(request, user)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    context = {"invitation": invitation, "form": form}
    return render(request, "accounts/accept.html", context, status=status)


def _signed_in(request: HttpRequest, user: Any) -> HttpResponse:
    """Sign in whoever has just chosen the password."""
    if request.user.is_authenticated:  # the link was opened where somebody else works
        own_adapter(request).logout(request)
    try:
        login = Login(user=user, redirect_url="/")
        answer: HttpResponse = perform_password_login(request, {"username": user.username}, login)
    except ImmediateHttpResponse as error:
        refused: HttpResponse = error.response
        return refused
    return answer


def _opens_nothing(request: HttpRequest, error: RuleError) -> HttpResponse:
    context = {"refusal": texts.refusal(error)}
    return render(request, "accounts/opens_nothing.html", context, status=HTTPStatus.NOT_FOUND)
