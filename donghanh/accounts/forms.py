"""The form to sign in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from donghanh.accounts import texts


class SignIn(AuthenticationForm):
    """A name and a password; a wrong name and a wrong password answer alike."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Set the words of the two fields and of the one refusal."""
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Account")
        self.fields["password"].label = _("Password")
        self.error_messages = {
            "invalid_login": str(texts.WRONG),
            "inactive": str(texts.WRONG),
        }

    def clean_username(self) -> str:
        """Return the name as accounts are stored: without blanks, in lower case."""
        return str(self.cleaned_data["username"]).strip().lower()
