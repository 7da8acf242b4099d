"""Labels and sentences of the room of papers."""

from __future__ import annotations

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from donghanh.domain.checklist import ListedState
from donghanh.domain.errors import RuleError
from donghanh.domain.whereabouts import FaultKind
from donghanh.dossiers import texts as dossiers
from donghanh.lib import days

COPIES: dict[str, Promise] = {
    "original": _("Original"),
    "certified": _("Certified copy"),
    "copy": _("Plain copy"),
}
LETTERS: dict[str, Promise] = {
    "verification": _("Request for verification of the personal history"),
    "organisations": _("Opinion of the organisations at the unit (5A)"),
    "residence": _("Opinion of the cell committee at the place of residence (5B)"),
}
FAULTS: dict[FaultKind, Promise] = {
    FaultKind.MISSING: _("The paper is missing"),
    FaultKind.UNSIGNED: _("The signature is missing"),
    FaultKind.UNSEALED: _("The seal is missing"),
    FaultKind.WRONG_DAY: _("The day is wrong"),
    FaultKind.WRONG_NUMBER: _("The number is wrong"),
    FaultKind.CONTRADICTS: _("It does not agree with another paper"),
    FaultKind.EXPIRED: _("It is no longer valid"),
    FaultKind.WRONG_FORM: _("It is not on the right form"),
    FaultKind.INCOMPLETE: _("Something is not filled in"),
}
STATES: dict[ListedState, Promise] = {
    ListedState.THERE: pgettext_lazy("paper", "there"),
    ListedState.EXPIRING: pgettext_lazy("paper", "about to expire"),
    ListedState.AGAIN: pgettext_lazy("paper", "to be made again"),
    ListedState.MISSING: pgettext_lazy("paper", "missing"),
    ListedState.LATER: pgettext_lazy("paper", "later"),
    ListedState.NOT_NEEDED: pgettext_lazy("paper", "not needed"),
}
REFUSALS: dict[str, Promise] = {
    "checklist.needed": _(
        "The rules ask for the paper %(form)s, or it is there, so it cannot be marked as not "
        "needed. Nothing was kept."
    ),
    "checklist.unknown": _(
        "This dossier has no such paper. Look at the list again; nothing was kept."
    ),
    "checklist.valid_before_made": _(
        "The paper is dated %(on)s, so it cannot be valid until %(until)s only. Check the two days."
    ),
    "sending.not_here": _(
        "The dossier is not with your unit now, so your unit cannot do this with it. Look where it "
        "is; nothing was kept."
    ),
    "sending.not_on_the_way": _(
        "Nothing is on its way to your unit in this dossier. Look where it is; nothing was kept."
    ),
    "papers.not_listed": _(
        "The committee sees a dossier once the pupil is on the cell's list of sympathisers. Record "
        "that step first; nothing was sent."
    ),
    "papers.nowhere_to": _(
        "The dossier cannot be sent there: choose a unit of the list. Nothing was sent."
    ),
    "papers.before_last": _(
        "%(on)s lies before %(since)s, when the dossier came to where it is. Check the day."
    ),
    "papers.fault_missing": _(
        "A dossier is returned with what is wrong: choose at least one paper, what is wrong with "
        "it, and write one sentence. Nothing was returned."
    ),
    "papers.remind_before_sent": _(
        "The day to remind must come after the day the letter was sent, %(on)s. Check the two days."
    ),
    "papers.answered_before_sent": _(
        "The letter was sent on %(sent)s; it cannot have been answered on %(on)s. Check the day."
    ),
    "papers.already_answered": _("This letter has been answered already; nothing was changed."),
}


def refusal(error: RuleError) -> str:
    """
    Return what a person reads when something about the papers is refused.

    Raises:
        KeyError: The refusal has no sentence here.
    """
    if error.code not in REFUSALS:
        return dossiers.refusal(error)
    facts = {
        name: days.day(value) if isinstance(value, date) else str(value)
        for name, value in error.facts.items()
    }
    return str(REFUSALS[error.code]) % facts


def copies() -> list[tuple[str, Promise]]:
    """Return the choices of as what a paper lies in the dossier."""
    return list(COPIES.items())


def letters() -> list[tuple[str, Promise]]:
    """Return the choices of what a letter asks for."""
    return list(LETTERS.items())


def faults() -> list[tuple[str, Promise]]:
    """Return the choices of what is wrong with a paper."""
    return [(kind.value, label) for kind, label in FAULTS.items()]
