"""Labels and sentences of the room of activities."""

from __future__ import annotations

from datetime import time

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from donghanh.domain import activities
from donghanh.domain.activities import Seen, State
from donghanh.domain.errors import RuleError
from donghanh.lib import days
from donghanh.pictures import texts as pictures

#: Where an activity stands: the shape and the word.
STATES: dict[State, tuple[str, Promise]] = {
    State.PLANNED: ("waiting", pgettext_lazy("activity", "planned")),
    State.DUE: ("near", pgettext_lazy("activity", "waits for its number")),
    State.HELD: ("done", pgettext_lazy("activity", "held")),
    State.CALLED_OFF: ("plain", pgettext_lazy("activity", "called off")),
}

#: Who can be told on a photo, as who keeps it says.
SEEN: dict[Seen, Promise] = {
    Seen.NOBODY: _("Nobody can be recognised: from behind, from afar, or blurred"),
    Seen.AGREED: _("Who can be recognised agreed – of a child the parents too, where the law asks"),
}

MONTHS: tuple[Promise, ...] = (
    _("January"), _("February"), _("March"), _("April"), _("May"), _("June"), _("July"),
    _("August"), _("September"), _("October"), _("November"), _("December"),
)  # fmt: skip
WEEKDAYS: tuple[Promise, ...] = (
    _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"),
    _("Sunday"),
)  # fmt: skip

REFUSALS: dict[str, Promise] = {
    "accompanying.text_missing": _(
        "Nothing is written yet, so nothing was kept. Write, then send."
    ),
    "accompanying.text_too_long": _(
        "This has %(signs)s signs, and %(longest)s are kept at most. Nothing was kept; shorten it "
        "and send again. What you typed stands below."
    ),
    "activities.day_outside": _(
        "%(on)s lies too far from today, so nothing was kept. Check the day and send again."
    ),
    "activities.ends_before_it_begins": _(
        "The activity would end at %(ends)s and begin at %(begins)s, so nothing was kept. Let it "
        "end after it begins."
    ),
    "activities.number_missing": _(
        "%(on)s has gone by and the number taking part is missing, so nothing was kept. Enter how "
        "many took part."
    ),
    "activities.number_too_early": _(
        "The activity begins on %(on)s at %(begins)s; how many took part can be entered from then "
        "on. Nothing was kept; leave the number empty until then."
    ),
    "activities.number_outside": _(
        "The number taking part is a whole number from 0 to %(most)s, so nothing was kept. Correct "
        "it and send again."
    ),
    "activities.fewer_than_checked_in": _(
        "%(checked_in)s pupils have checked in, so fewer cannot have taken part. Nothing was kept; "
        "enter the number with them included."
    ),
    "activities.not_the_time": _(
        "Checking in can be opened on %(on)s from one hour before %(begins)s until %(ends)s. It "
        "was not opened; come back at that time, or enter the number afterwards."
    ),
    "activities.kind_unknown": _(
        "This kind of activity can no longer be chosen, so nothing was kept. Choose another one."
    ),
    "activities.changed_meanwhile": _(
        "Somebody else changed this activity meanwhile, so nothing was kept. Look at it as it "
        "stands now."
    ),
    "activities.school_missing": _(
        "Your post reaches several schools, so nothing was kept. Choose the school that holds the "
        "activity."
    ),
    "activities.sign_over": _(
        "This code is no longer good, so you are not checked in. The code on the screen changes "
        "every minute: scan it again."
    ),
    "activities.check_in_closed": _(
        "Checking in at this activity is closed, so you are not checked in. If you were there, "
        "whoever holds it counts you in the number."
    ),
    "activities.not_held": _(
        "This activity has no number taking part yet, so nothing was kept. Enter the number first; "
        "photos and what was learnt come after it."
    ),
    "activities.too_many_photos": _(
        "%(most)s photos of this activity are kept already, and no more are, so this one was not. "
        "Take one away first, or keep the best."
    ),
    "activities.stopped": _("You have stopped, so nothing more is kept here."),
    "authority.not_allowed": _(
        "Your post does not give this right here. Choose another of your posts, or ask the "
        "administrator."
    ),
}


def refusal(error: RuleError) -> str:
    """
    Return what a person reads when something is refused here.

    Raises:
        KeyError: The refusal has no sentence here.
    """
    if error.code in pictures.REFUSALS:
        return pictures.refusal(error)
    facts = {name: _said(told) for name, told in error.facts.items()}
    return str(REFUSALS[error.code]) % facts


def _said(told: object) -> object:
    if isinstance(told, time):
        return hour(told)
    return days.day(told) if hasattr(told, "year") else told  # type: ignore[arg-type]  # a day


def hour(at: time) -> str:
    """
    Write an hour.

    >>> hour(time(7, 5))
    '07:05'
    """
    return at.strftime("%H:%M")


def kind_choices() -> list[tuple[str, str]]:
    """Return the kinds there ever were, with what they are called."""
    return [(code, kind.title_vi) for code, kind in activities.kinds().items()]


def seen_choices() -> list[tuple[str, Promise]]:
    """Return the choices of who can be told on a photo."""
    return [(one.value, label) for one, label in SEEN.items()]
