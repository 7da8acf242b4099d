"""Labels and sentences of the room of people."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from donghanh.domain.consent import Purpose
from donghanh.domain.errors import RuleError

PURPOSES: dict[Purpose, Promise] = {
    Purpose.ROAD: _(
        "The Union and the Party cell of my school keep my name, day of birth, class, the dates of "
        "each step and my yearly rating in the Union; challenges I accept, and what my helper "
        "writes of the road, are kept, too, and I read every word: so that they can walk this road "
        "with me."
    ),
    Purpose.FORWARD: _(
        "Once I am on the cell's list, the Party committees above it may see my file, to allow the "
        "procedure and to decide."
    ),
    Purpose.FIGURES: _(
        "I am counted, without my name, in the figures of my school and of the department."
    ),
}

REFUSALS: dict[str, Promise] = {
    "consent.purposes_missing": _(
        "The road cannot be walked without all three agreements, so nothing was kept. You may "
        "tick them and send again, or simply close this page."
    ),
    "consent.birth_implausible": _(
        "The day of birth does not look right for an upper secondary pupil. Please check it and "
        "send again."
    ),
    "consent.name_missing": _("Your name is blank. Please write it as on your birth certificate."),
    "people.invitation_over": _(
        "This code opens no invitation: it has been used, has expired or was typed differently. "
        "Check it, or ask your class's Union secretary for a new one if you still wish to take "
        "part."
    ),
    "authority.not_allowed": _(
        "Your post does not give this right here. Choose another of your posts, or ask the "
        "administrator."
    ),
}


def refusal(error: RuleError) -> str:
    """
    Return what a person reads when an answer or an invitation is refused.

    Raises:
        KeyError: The refusal has no sentence here.
    """
    return str(REFUSALS[error.code])


def purposes() -> list[tuple[str, Promise]]:
    """Return the choices of a consent's purpose."""
    return [(purpose.value, label) for purpose, label in PURPOSES.items()]
