"""Labels and sentences of the room of meetings."""

from __future__ import annotations

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from donghanh.domain.errors import RuleError
from donghanh.domain.sitting import Body
from donghanh.dossiers import texts as dossiers
from donghanh.lib import days

BODIES: dict[Body, Promise] = {
    Body.CLASS_CHAPTER: _("Meeting of the class chapter"),
    Body.UNION_COMMITTEE: _("Meeting of the committee of the school Union"),
    Body.CELL: _("Meeting of the cell"),
    Body.COMMITTEE: _("Meeting of the committee"),
}
STATES: dict[str, Promise] = {
    "open": _("Open"),
    "decided": _("Decided"),
    "deferred": _("Put off"),
}
#: Why a pupil cannot be put on an agenda whose own wish is that nothing is recorded.
RESTS = _("The work rests, as the pupil asked; until it goes on nothing is decided.")
#: What is asked of a chapter's meeting, in place of the title of the committee's step.
NOMINATION: Promise = _("Nominated as an outstanding member")

COUNTS: dict[str, Promise] = {
    "official": _("Official members, or members in post"),
    "excluded": _("Left out by the rule"),
    "convened": _("Convened"),
    "present": _("Present"),
    "favour": _("In favour"),
    "against": _("Against"),
    "invalid": _("Invalid votes"),
}

REFUSALS: dict[str, Promise] = {
    "sitting.count_missing": _(
        "The vote is not counted yet: write how many are in favour and against, and who is there."
    ),
    "sitting.bad_count": _("Where a number belongs stands something else. Write a whole number."),
    "sitting.exclusion_disputed": _(
        "It is disputed who is left out of the base, so there is no vote yet. Settle that first "
        "and take the mark away, or put the item off."
    ),
    "sitting.result_missing": _("Say whether the meeting agreed, or put the item off."),
    "sitting.helper_missing": _("Choose the member who helps, or put the item off."),
    "sitting.reason_for_delay_missing": _("Say in a word why the item is put off."),
    "meetings.not_competent": _(
        "On %(on)s this body was not the one that decides about this pupil. Check the day of the "
        "meeting."
    ),
    "meetings.body_ended": _(
        "The body is no more since %(since)s, so it cannot meet on %(on)s; nothing was recorded. "
        "Cancel this meeting as not held, and plan one of the body that carries it on."
    ),
    "meetings.in_future": _(
        "The meeting is on %(on)s, which has not come yet. It is closed once it has been held; "
        "nothing was recorded."
    ),
    "meetings.already_closed": _(
        "This meeting has been closed already; nothing was recorded a second time."
    ),
    "meetings.changed_meanwhile": _(
        "Somebody else has just typed in this meeting or recorded in one of these dossiers, so "
        "nothing was recorded. Look at the meeting as it stands now, then close it."
    ),
    "meetings.not_ready": _(
        "Some items are still open, so nothing was recorded. Finish them or put them off."
    ),
    "meetings.empty": _("There is nobody on the agenda; nothing was recorded."),
    "meetings.twice": _("This pupil is on the agenda already; the second entry changed nothing."),
    "meetings.too_many": _(
        "One meeting takes %(most)s items at most; nobody was added. Plan a second meeting."
    ),
    "meetings.not_to_be_decided": _(
        "This cannot be decided about this pupil on that day; nobody was added."
    ),
    "meetings.class_unknown": _(
        "There is no pupil of this class on the road; no meeting was planned. Choose a class."
    ),
}


def bodies() -> list[tuple[str, str]]:
    """Return the choices of a meeting's body."""
    return [(body.value, str(label)) for body, label in BODIES.items()]


def states() -> list[tuple[str, str]]:
    """Return the choices of an item's state."""
    return [(state, str(label)) for state, label in STATES.items()]


def refusal(error: RuleError) -> str:
    """
    Return what a person reads when something of a meeting is refused.

    Raises:
        KeyError: The refusal has no sentence here or in the room of dossiers.
    """
    cause = error.facts.get("cause")
    if isinstance(cause, RuleError):
        return refusal(cause)
    if error.code in REFUSALS:
        spelled = {
            name: days.day(value) if isinstance(value, date) else value
            for name, value in error.facts.items()
        }
        return str(REFUSALS[error.code]) % spelled
    return dossiers.refusal(error)
