"""Labels and sentences of the room of classes."""

from __future__ import annotations

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from donghanh.domain.courses import CourseKind
from donghanh.domain.errors import RuleError
from donghanh.dossiers import texts as dossiers
from donghanh.lib import days

KINDS: dict[CourseKind, Promise] = {
    CourseKind.AWARENESS: _("Awareness class"),
    CourseKind.NEW_MEMBER: _("Class for new members"),
}
REFUSALS: dict[str, Promise] = {
    "courses.ends_before_it_begins": _(
        "The class cannot end on %(last)s, before it begins on %(first)s. Check the two days."
    ),
    "courses.certificate_before_course": _(
        "The class began on %(first)s; a certificate cannot be dated %(on)s. Check the day; "
        "nothing was recorded."
    ),
    "courses.number_missing": _(
        "A certificate has a number and a day. Write both for everybody who passed; nothing was "
        "recorded."
    ),
    "courses.number_twice": _(
        "The number %(number)s stands on two certificates of this class. Check it; nothing was "
        "recorded."
    ),
    "courses.not_to_be_sent": _(
        "Somebody chosen has not been sent to such a class, or holds its certificate already. "
        "Choose from the list again; nobody was put on it."
    ),
    "classes.not_on_the_list": _(
        "A result was written for somebody who is not on the list of this class. Nothing was "
        "recorded."
    ),
    "classes.settled_already": _(
        "A result of this class was recorded by somebody else meanwhile, so yours was not kept. "
        "Look at the list again."
    ),
    "classes.not_recorded": _(
        "The result of %(name)s was refused: %(why)s Nothing was recorded for anybody."
    ),
}


def refusal(error: RuleError) -> str:
    """
    Return what a person reads when something about a class is refused.

    Raises:
        KeyError: The refusal has no sentence here.
    """
    if error.code not in REFUSALS:
        return dossiers.refusal(error)
    facts = {name: _spelled(value) for name, value in error.facts.items()}
    return str(REFUSALS[error.code]) % facts


def _spelled(value: object) -> str:
    if isinstance(value, RuleError):
        return dossiers.refusal(value)
    return days.day(value) if isinstance(value, date) else str(value)


def kinds() -> list[tuple[str, Promise]]:
    """Return the choices of which class."""
    return [(kind.value, label) for kind, label in KINDS.items()]
