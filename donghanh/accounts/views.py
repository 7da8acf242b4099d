"""Pages to sign in and out."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import views as auth

from donghanh.accounts import forms, queries


class SignIn(auth.LoginView):
    """Sign in; a demonstration lists its accounts beside the form."""

    template_name = "web/sign_in.html"
    authentication_form = forms.SignIn
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the demonstration's accounts, only where the demonstration is on."""
        shown = queries.demonstration_accounts() if settings.DEMONSTRATION else []
        return super().get_context_data(demo_accounts=shown, **kwargs)


class SignOut(auth.LogoutView):
    """Sign out, by POST alone."""

    next_page = "accounts:sign_in"
