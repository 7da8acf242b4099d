"""Labels and sentences of the room of people."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from donghanh.domain.consent import NEEDED, Purpose
from donghanh.domain.errors import RuleError
from donghanh.domain.year_classes import Ending

ENDINGS: dict[Ending, Promise] = {
    Ending.FINISHED: pgettext_lazy("a pupil", "finished grade 12"),
    Ending.LEFT: pgettext_lazy("a pupil", "left the school"),
}
#: An own agreement beside the road.
KEEP_ADDRESS = _(
    "My own e-mail address is kept here, to send me a code that opens my page when I ask for "
    "one, and for nothing else. Nobody at my school or above it can read it. I may say no, and "
    "take it back whenever I like: the road goes on just the same."
)
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
    Purpose.MAIL: KEEP_ADDRESS,
}

#: The edition of each sentence above; raised when a sentence changes its meaning. Who agreed to an
#: earlier one is asked again on the own page (docs/why/older-wordings-stand.md).
WORDINGS: dict[Purpose, str] = {
    Purpose.ROAD: "2026-12",
    Purpose.FORWARD: "2026-12",
    Purpose.FIGURES: "2026-12",
    Purpose.MAIL: "2026-12",
}

REFUSALS: dict[str, Promise] = {
    "consent.purposes_missing": _(
        "The road cannot be walked without all three agreements, so nothing was kept. You may "
        "tick them and send again, or simply close this page."
    ),
    "consent.address_unreadable": _(
        "Nothing was kept: no mail can go to this address. Check it, letter by letter, and send "
        "again."
    ),
    "consent.not_ticked": _(
        "Nothing was kept: you did not tick that you agree. Tick it and send again, or simply "
        "leave this page: your slip goes on opening your page."
    ),
    "people.code_over": _(
        "This code opens nothing: it was used, its time is over, or it was typed differently. "
        "Compare it with the newest mail, or ask for a new one."
    ),
    "people.mail_taken": _(
        "Nothing was kept: this address opens another pupil's page already. Choose an address that "
        "is yours alone."
    ),
    "people.mail_unanswered": _(
        "Nothing was sent: too many codes were asked for. Wait an hour, then ask once more; until "
        "then the code on your slip opens your page."
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


def road_purposes() -> list[tuple[str, Promise]]:
    """Return the purposes without which the road cannot be walked, in the order they are read."""
    return [(one.value, label) for one, label in PURPOSES.items() if one in NEEDED]


def code_mail(code: str, minutes: int) -> tuple[str, str]:
    """Return subject and text of a mail with a code; nothing in it tells what the page is about."""
    told = {"code": code, "minutes": minutes}
    return gettext("Your code"), gettext(
        "Your code: %(code)s\n\n"
        "It is good for %(minutes)s minutes, once. Nobody will ever ask you for it. If you did not "
        "ask for it, do nothing: nothing has changed.\n"
    ) % told
