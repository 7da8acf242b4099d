"""What people type to sign in, to keep their account, and to invite."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ChangePasswordForm, LoginForm, ResetPasswordKeyForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from donghanh.accounts.models import User
from donghanh.domain.names import search_key
from donghanh.domain.rights import Role
from donghanh.organisation import texts as organisation

_PLAIN = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
_CODE = {"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
_NEW = {"autocomplete": "new-password"}


class SignIn(LoginForm):  # type: ignore[misc]
    """A name and a password; a wrong name and a wrong password answer alike."""

    field_order = ("username", "password")

    def __init__(self, *args: Any, **options: Any) -> None:
        """Call the name of the account what it is called everywhere."""
        super().__init__(*args, **options)
        del self.fields["login"]
        marks = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        self.fields["username"] = forms.CharField(
            label=_("Account"), max_length=64, widget=forms.TextInput(attrs=marks)
        )
        self.fields["password"].label = _("Password")
        self.fields["password"].help_text = ""
        self.fields["password"].widget = forms.PasswordInput(
            attrs={"autocomplete": "current-password"}
        )
        self.order_fields(self.field_order)

    def clean_username(self) -> str:
        """Return the name as accounts are stored: without blanks, in lower case."""
        name = str(self.cleaned_data["username"]).strip().lower()
        self.cleaned_data["login"] = name
        return name


def _code(field: forms.Field, label: Any, hint: Any = "") -> None:
    """Give a field for a code our words."""
    field.label, field.help_text = label, hint
    field.widget.attrs = dict(_CODE)


class SecondFactor(AuthenticateForm):  # type: ignore[misc]
    """A code of the app, or a recovery code."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """Name the field in our words."""
        super().__init__(*args, **options)
        _code(self.fields["code"], _("Code"), _("Six digits from the app, or a recovery code."))


class SecondFactorAgain(ReauthenticateForm):  # type: ignore[misc]
    """A code of the app, or a recovery code, once more."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """Name the field in our words."""
        super().__init__(*args, **options)
        _code(self.fields["code"], _("Code"), _("Six digits from the app, or a recovery code."))


class Activate(ActivateTOTPForm):  # type: ignore[misc]
    """The first code an app shows."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """Name the field in our words."""
        super().__init__(*args, **options)
        _code(self.fields["code"], _("The code the app shows now"), _("Six digits."))
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class AddPasskey(AddWebAuthnForm):  # type: ignore[misc]
    """A passkey of this device; it signs in by itself, without a password."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """Name the field in our words."""
        super().__init__(*args, **options)
        self.fields["name"].label = _("What you call it")
        self.fields["name"].help_text = _("For example: the laptop in the staff room.")
        self.fields["name"].max_length = 60
        self.fields["name"].widget.attrs = {"maxlength": "60", "autocomplete": "off"}
        self.fields["passwordless"].widget = forms.HiddenInput()
        self.initial["passwordless"] = "1"


class _NewPassword:
    """Names the two fields of a new password, and says what it has to be."""

    fields: dict[str, forms.Field]

    def say(self) -> None:
        """Use our words."""
        self.fields["password1"].label = _("New password")
        self.fields["password1"].help_text = _(
            "Ten signs or more; not like your name, not one that many people use, not digits alone."
        )
        self.fields["password2"].label = _("The same once more")
        for name in ("password1", "password2"):
            self.fields[name].widget = forms.PasswordInput(attrs=_NEW)


class ChangePassword(_NewPassword, ChangePasswordForm):  # type: ignore[misc]
    """The present password and a new one."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """Name the fields in our words."""
        super().__init__(*args, **options)
        self.fields["oldpassword"].label = _("Present password")
        self.fields["oldpassword"].help_text = ""
        self.fields["oldpassword"].widget = forms.PasswordInput(
            attrs={"autocomplete": "current-password"}
        )
        self.say()


class ResetPassword(_NewPassword, ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password, after a code by e-mail."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """Name the fields in our words."""
        super().__init__(*args, **options)
        self.say()


class Accept(_NewPassword, forms.Form):
    """The password somebody chooses who was invited."""

    password1 = forms.CharField(strip=False, max_length=256)
    password2 = forms.CharField(strip=False, max_length=256)

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        """Take who the password is for: it must not be like the name."""
        super().__init__(*args, **options)
        self._user = user
        self.say()

    def clean_password1(self) -> str:
        """Refuse a password that is easily guessed."""
        given = str(self.cleaned_data["password1"])
        return str(get_adapter().clean_password(given, user=self._user))

    def clean(self) -> dict[str, Any]:
        """Refuse two that differ."""
        said = super().clean() or {}
        first, second = said.get("password1"), said.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two are not the same; type both once more."))
        return said


class UnitField(forms.CharField):
    """
    A unit, typed by some words of its name, with marks or without; the browser offers the names.

    What fits one unit alone is that unit; what fits several offers these, by their whole names.
    """

    #: How many names a refusal offers.
    _OFFERED = 5

    def __init__(self, **options: Any) -> None:
        """Begin without units; the form tells them."""
        super().__init__(
            max_length=300,
            widget=forms.TextInput(attrs={"list": "unit-names", "autocomplete": "off"}),
            **options,
        )
        self.units: list[tuple[int, str]] = []

    def clean(self, value: Any) -> int | None:
        """Return the unit's id, or nothing where nothing was typed."""
        typed = search_key(super().clean(value))
        if not typed:
            return None
        keys = [(unit, name, search_key(name)) for unit, name in self.units]
        found = [one for one in keys if one[2] == typed] or [
            one for one in keys if all(word in one[2] for word in typed.split())
        ]
        if len(found) == 1:
            return found[0][0]
        if not found:
            raise forms.ValidationError(
                _("No unit has these words in its name. Type others, or choose from the list.")
            )
        raise forms.ValidationError(
            _("%(count)s units have these words in their names. Type one whole: %(names)s."),
            params={
                "count": len(found),
                "names": "; ".join(one[1] for one in found[: self._OFFERED]),
            },
        )


class Invite(forms.Form):
    """Whom an account is held open for, and the post it opens with."""

    name = forms.CharField(label=_("Full name"), max_length=150)
    username = forms.CharField(
        label=_("Name of the account"),
        help_text=_("What is typed to sign in: small letters without marks, digits, dot or dash."),
        max_length=64,
        widget=forms.TextInput(attrs=_PLAIN),
        validators=[
            RegexValidator(
                r"^[A-Za-z0-9][A-Za-z0-9._-]*$",
                _("Use letters without marks, digits, dot and dash only, such as duclap.bithu."),
            )
        ],
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("For codes, and to sign in through your own provider."),
        required=False,
    )
    unit_id = UnitField(
        label=_("Unit"),
        help_text=_("Type some words of its name, with marks or without."),
        required=False,
    )
    role = forms.TypedChoiceField(label=_("Post"), coerce=Role, empty_value=None, required=False)
    once = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, units: list[tuple[int, str]], **options: Any) -> None:
        """Take the units that can be chosen."""
        super().__init__(*args, **options)
        none = [("", _("No post for now"))]
        roles = [(role.value, name) for role, name in organisation.ROLES.items()]
        given = [one for one in roles if one[0] != Role.PUPIL.value]
        self.fields["unit_id"].units = units  # type: ignore[attr-defined]
        self.fields["role"].choices = none + given  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse a post without a unit, and the other way round."""
        said = super().clean() or {}
        if (
            "role" in said
            and "unit_id" in said
            and (said["role"] is None) != (said["unit_id"] is None)
        ):
            lacking = "unit_id" if said["unit_id"] is None else "role"
            self.add_error(lacking, _("A post is held in a unit: choose both, or neither for now."))
        return said
