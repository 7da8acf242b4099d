"""Pages of the own account: password, second factor, passkeys, recovery codes, sessions."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account import views as account
from allauth.mfa.base import views as base
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.mfa.webauthn.internal import auth as keys
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from donghanh.accounts import actions, doors, forms, queries
from donghanh.lib import clock
from donghanh.organisation import doors as organisation


@require_GET
@doors.own
def overview(request: HttpRequest) -> HttpResponse:
    """Show what the own account is, and what can be changed."""
    user = queries.myself(request.user)
    context = {"account": user, "factors": queries.factors(user)}
    return render(request, "accounts/own.html", context)


class _Leaves:
    """A page whose form, when it holds, leaves a line of history in the same transaction."""

    deed: ClassVar[actions.Deed]
    request: HttpRequest

    def form_valid(self, form: Any) -> HttpResponse:
        """Do it, and leave the line."""
        answer: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        actions.note(user=queries.myself(self.request.user), deed=self.deed, at=clock.now())
        return answer


class _Adds(_Leaves):
    """A factor is added: who has just shown it has signed in with it."""

    deed = actions.Deed.FACTOR_ADDED

    def form_valid(self, form: Any) -> HttpResponse:
        """Do it, leave the line, and let the post be used that needs it."""
        answer = super().form_valid(form)
        self.request.session[organisation.SECOND_FACTOR] = queries.myself(self.request.user).pk
        return answer


class _Removes(_Leaves):
    """A factor is taken away: without another one the posts that need it close."""

    deed = actions.Deed.FACTOR_REMOVED

    def form_valid(self, form: Any) -> HttpResponse:
        """Do it, leave the line, and close what needs a factor where none is left."""
        answer = super().form_valid(form)
        if not queries.factors(queries.myself(self.request.user)):
            self.request.session.pop(organisation.SECOND_FACTOR, None)
        return answer


class ChangePassword(_Leaves, account.PasswordChangeView):  # type: ignore[misc]
    """Change the own password; every other session ends at once."""

    deed = actions.Deed.PASSWORD_CHANGED
    template_name = "accounts/password.html"
    form_class = forms.ChangePassword
    success_url = reverse_lazy("accounts:own")

    def form_valid(self, form: Any) -> HttpResponse:
        """Change it, end the other sessions, and leave the line."""
        answer = super().form_valid(form)
        actions.end_sessions(
            queries.myself(self.request.user), but=self.request.session.session_key or ""
        )
        messages.success(self.request, _("The new password counts. Other sessions have ended."))
        return answer

    def get_default_success_url(self) -> str:
        """Lead back to the own account."""
        return str(self.success_url)


class Again(account.ReauthenticateView):  # type: ignore[misc]
    """Ask for the password again before something grave."""

    template_name = "accounts/again.html"


class AgainByCode(base.ReauthenticateView):  # type: ignore[misc]
    """Ask for a code again before something grave."""

    template_name = "accounts/again.html"


class AgainByPasskey(webauthn.ReauthenticateWebAuthnView):  # type: ignore[misc]
    """Ask for a passkey again before something grave."""

    template_name = "accounts/again_passkey.html"


class Factors(base.IndexView):  # type: ignore[misc]
    """Show how the own account is secured; who needs a second factor is told so here."""

    template_name = "accounts/factors.html"

    def get_context_data(self, **options: Any) -> dict[str, Any]:
        """Add whether a post needs one, and whether this session has shown it."""
        user = queries.myself(self.request.user)
        told = dict(super().get_context_data(**options))
        shown = self.request.session.get(organisation.SECOND_FACTOR) == user.pk
        return told | {
            "account": user,
            "factors": queries.factors(user),
            "needed": queries.holds_a_post_that_needs_a_factor(user, clock.today()),
            "shown": shown,
        }


class AddApp(_Adds, totp.ActivateTOTPView):  # type: ignore[misc]
    """Set up an authenticator app."""

    template_name = "accounts/add_app.html"


class RemoveApp(_Removes, totp.DeactivateTOTPView):  # type: ignore[misc]
    """Take the authenticator app away."""

    template_name = "accounts/remove_app.html"


class AddPasskey(_Adds, webauthn.AddWebAuthnView):  # type: ignore[misc]
    """Set up a passkey."""

    template_name = "accounts/add_passkey.html"

    def get_context_data(self, **options: Any) -> dict[str, Any]:
        """Ask for a passkey that signs in alone: kept in the device, opened by its screen lock."""
        told = dict(super().get_context_data(**options))
        # After the library's own question: the answer is compared with the one asked last.
        asked = keys.begin_registration(queries.myself(self.request.user), passwordless=True)
        return told | {"js_data": {"creation_options": asked}}


class RemovePasskey(_Removes, webauthn.RemoveWebAuthnView):  # type: ignore[misc]
    """Take a passkey away."""

    template_name = "accounts/remove_passkey.html"
    success_url = reverse_lazy("mfa_index")


class ShowCodes(codes.ViewRecoveryCodesView):  # type: ignore[misc]
    """Show the recovery codes, this once."""

    template_name = "accounts/codes.html"


class NewCodes(_Leaves, codes.GenerateRecoveryCodesView):  # type: ignore[misc]
    """Make new recovery codes; the old ones open nothing any more."""

    deed = actions.Deed.RECOVERY_CODES_MADE
    template_name = "accounts/new_codes.html"


@require_GET
@doors.own
def sessions(request: HttpRequest) -> HttpResponse:
    """List the sessions of the own account."""
    user = queries.myself(request.user)
    found = queries.sessions(user, request.session.session_key or "")
    return render(request, "accounts/sessions.html", {"account": user, "sessions": found})


@require_POST
@doors.own
def end_session(request: HttpRequest, session_id: int) -> HttpResponse:
    """End one session of the own account."""
    try:
        actions.end_session(
            user=queries.myself(request.user), session_id=session_id, at=clock.now()
        )
    except ObjectDoesNotExist as error:
        raise Http404 from error
    messages.success(request, _("Signed out there."))
    return redirect("usersessions_list")


@require_POST
@doors.own
def end_others(request: HttpRequest) -> HttpResponse:
    """End every other session of the own account."""
    actions.end_other_sessions(
        user=queries.myself(request.user), current=request.session.session_key or "", at=clock.now()
    )
    messages.success(request, _("Signed out everywhere else."))
    return redirect("usersessions_list")
