"""Labels and sentences of the room of the own file."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from donghanh.domain.errors import RuleError
from donghanh.domain.requests import Datum, Kind, Outcome
from donghanh.lib import days
from donghanh.people import texts as people

#: What is asked, as the school reads it.
KINDS: dict[Kind, Promise] = {
    Kind.ACCESS: _("Copy of the own data"),
    Kind.RECTIFY: _("Correction of the own data"),
    Kind.RESTRICT: _("Rest of the work on the own file"),
    Kind.DELETE: _("Erasing of the own data"),
}
#: What the school is to do.
TO_DO: dict[Kind, Promise] = {
    Kind.ACCESS: _(
        "Give the pupil a copy of what the school keeps about them on paper, too. What stands here "
        "the pupil can take from the own page at any time."
    ),
    Kind.RECTIFY: _(
        "Compare the new value with the pupil's own paper. If you confirm, it stands in the file "
        "at once."
    ),
    Kind.RESTRICT: _(
        "The system records nothing more about the pupil until the pupil says so. On paper, too, "
        "write nothing and ask nothing of the pupil. Then answer that it rests."
    ),
    Kind.DELETE: _("The system erases by itself; nobody at the school does anything."),
}
DATA: dict[Datum, Promise] = {
    Datum.NAME: _("Full name"),
    Datum.BORN: _("Day of birth"),
    Datum.CLASS: _("Class"),
    Datum.UNION_MEMBER: _("Member of the Youth Union"),
    Datum.LOWER_SECONDARY: _("Lower secondary diploma"),
}
OUTCOMES: dict[Outcome, Promise] = {
    Outcome.DONE: _("done"),
    Outcome.DECLINED: _("not done"),
    Outcome.TAKEN_BACK: _("taken back"),
}
YES, NO, UNSAID = _("Yes"), _("No"), _("not said")

#: Said of a request nobody can make with one tap.
UNKNOWN = _("Nothing was sent: this request is not known. Choose one of those on this page.")

REFUSALS: dict[str, Promise] = people.REFUSALS | {
    "requests.datum_unreadable": _(
        "Nothing was sent: one of the new values cannot be read, or is too long. Check it and send "
        "again."
    ),
    "ownfile.nothing_changes": _(
        "Nothing was sent: what you wrote is what stands in your file already."
    ),
    "ownfile.stopped": _(
        "Nothing was sent: you have stopped, and your data are being erased. Until then you can "
        "still take a copy."
    ),
    "ownfile.not_open": _(
        "Nothing was changed: this request has been answered or taken back already. Load the page "
        "again to see how it ended."
    ),
    "ownfile.sentence_missing": _(
        "Nothing was sent: say in a sentence why it cannot be done, then send again."
    ),
    "ownfile.rest_stands": _(
        "Nothing was changed: the work on this file rests already, because the pupil said so, and "
        "the pupil alone lets it go on. Answer that it rests."
    ),
    "ownfile.no_extension": _(
        "Nothing was changed: no rule gives more time for this request, or it was taken already."
    ),
}


def refusal(error: RuleError) -> str:
    """
    Return what a person reads when a request or its answer is refused.

    Raises:
        KeyError: The refusal has no sentence here.
    """
    return str(REFUSALS[error.code])


def kinds() -> list[tuple[str, Promise]]:
    """Return the choices of a request's kind."""
    return [(kind.value, label) for kind, label in KINDS.items()]


def said(datum: Datum, value: object) -> str:
    """Return the value of a fact as people read it."""
    if value is None:
        return str(UNSAID)
    if isinstance(value, bool):
        return str(YES if value else NO)
    return days.day(value) if datum is Datum.BORN else str(value)  # type: ignore[arg-type]


def waits(left: int | None) -> str:
    """Return how a request stands that waits, by the days left to its last day."""
    if left is None:
        return gettext("waits")
    if left < 0:
        return ngettext("%(n)s day late", "%(n)s days late", -left) % {"n": -left}
    return ngettext("%(n)s day left", "%(n)s days left", left) % {"n": left}
