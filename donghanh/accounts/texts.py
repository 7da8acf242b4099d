"""Sentences of the room of accounts."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from donghanh.domain.errors import RuleError
from donghanh.domain.rights import Role
from donghanh.organisation import texts as organisation

WRONG: Promise = _(
    "The account's name or the password is not right. Check both and try again; capitals count in "
    "the password."
)
WAIT: Promise = _("Too many attempts failed. Wait a few minutes, then try again.")
PASSKEY: Promise = _("Passkey")
_CODE: Promise = _("The code is not right, or was used before. Wait for the next one and type it.")

#: What the library says, in our words.
LIBRARY: dict[str, Promise] = {
    "username_password_mismatch": WRONG,
    "email_password_mismatch": WRONG,
    "invalid_login": WRONG,
    "account_inactive": WRONG,
    "incorrect_code": _CODE,
    "incorrect_password": _("The password is not right. Type the password you sign in with."),
    "enter_current_password": _("The present password is not right. Type it again."),
    "too_many_login_attempts": WAIT,
    "rate_limited": WAIT,
}
FACTORS: dict[str, Promise] = {
    "incorrect_code": _CODE,
    "cannot_generate_recovery_codes": _(
        "Recovery codes go with an authenticator app or a passkey. Set up one of them first."
    ),
}
#: Ways to prove again who one is.
AGAIN: dict[str, Promise] = {
    "reauthenticate": _("With the password"),
    "mfa_reauthenticate": _("With a code of the app, or a recovery code"),
    "mfa_reauthenticate:webauthn": _("With a passkey"),
}

REFUSALS: dict[str, Promise] = organisation.REFUSALS | {
    "accounts.invitation_over": _(
        "This link opens nothing: it was used, withdrawn or has expired, or is not complete. Ask "
        "your administrator for a new one."
    ),
    "accounts.name_taken": _(
        "There is an account with this name or this e-mail address already. Choose another name; "
        "whoever lost the password gets a new link from the list of accounts. Nothing was stored."
    ),
    "accounts.own_account": _(
        "Nobody closes or renews the own account. Ask another administrator; nothing was changed."
    ),
}


def refusal(error: RuleError) -> str:
    """
    Return what a person reads when something about an account is refused.

    Raises:
        KeyError: The refusal has no sentence here.
    """
    return str(REFUSALS[error.code]) % error.facts


def post(role: Role, unit: str) -> str:
    """Return a post in words: what it is, and where."""
    return f"{organisation.ROLES[role]} · {unit}"


#: What a browser calls itself and is called; the first that fits counts.
_PROGRAMS = (
    *(("Edg/", "Edge"), ("coc_coc", "Cốc Cốc"), ("OPR/", "Opera"), ("Firefox/", "Firefox")),
    *(("Chrome/", "Chrome"), ("Safari/", "Safari")),
)
_MACHINES = (
    *(("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad")),
    *(("Windows", "Windows"), ("Mac OS", "Mac"), ("Linux", "Linux")),
)


def device(agent: str) -> str:
    """Return the program and the machine a session was begun with, in plain words."""
    program = next((name for mark, name in _PROGRAMS if mark in agent), "")
    machine = next((name for mark, name in _MACHINES if mark in agent), "")
    if not program or not machine:
        return gettext("A device we do not recognise")
    return gettext("%(program)s on %(machine)s") % {"program": program, "machine": machine}
