"""Sentences of the room of oversight."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from donghanh.domain.errors import RuleError
from donghanh.organisation import texts as organisation

REFUSALS: dict[str, Promise] = organisation.REFUSALS | {
    "oversight.reason_missing": _(
        "Nothing was opened: say why the dossiers must be read now, then send it again."
    ),
    "oversight.reason_too_long": _(
        "Nothing was opened: the reason may have %(longest)s signs at most. Shorten it, then send "
        "it again."
    ),
    "oversight.password_wrong": _(
        "Nothing was opened: the password is not right. Type the password you sign in with."
    ),
    "oversight.already_running": _(
        "Nothing was opened: another opening of yours still runs. End it first, or wait until it "
        "ends by itself."
    ),
    "oversight.not_to_be_opened": _(
        "Nothing was opened: there is no such dossier to be opened at this school. Check the "
        "number, or leave it blank to open the school."
    ),
}


def refusal(error: RuleError) -> str:
    """
    Return what a person reads when an opening is refused.

    Raises:
        KeyError: The refusal has no sentence here.
    """
    return str(REFUSALS[error.code]) % error.facts


def holds(lines: int) -> str:
    """Return what is said when every line of history holds."""
    told = ngettext(
        "%(n)s line read: the chain holds.", "%(n)s lines read: the chain holds.", lines
    )
    return told % {"n": lines}


def broken(line: int) -> str:
    """Return what is said when a line of history does not hold."""
    told = gettext(
        "Line %(n)s does not hold: it, or a line before it, was changed or taken out. Tell whoever "
        "runs the machine, and compare with the last backup."
    )
    return told % {"n": line}
