"""Labels and sentences of the room of the forecast."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from donghanh.domain.errors import RuleError
from donghanh.domain.forecast import Bound
from donghanh.domain.leaving import Timing

TIMINGS: dict[Timing, Promise] = {
    Timing.IN_TIME: _("Still in time"),
    Timing.TOO_LATE: _("No longer in time here"),
    Timing.OPEN_ENDED: _("Not known yet"),
    Timing.RESTING: _("Waits"),
    Timing.HELD: _("Ceremony held"),
}
#: The shape each is drawn with.
SHAPES: dict[Timing, str] = {
    Timing.IN_TIME: "done",
    Timing.TOO_LATE: "late",
    Timing.OPEN_ENDED: "near",
    Timing.RESTING: "waiting",
    Timing.HELD: "plain",
}
#: What the list can be narrowed to, by the word in its address.
STATES: dict[str, Timing] = {
    "kip": Timing.IN_TIME,
    "khong-kip": Timing.TOO_LATE,
    "chua-biet": Timing.OPEN_ENDED,
    "cho": Timing.RESTING,
    "da-lam-le": Timing.HELD,
}
#: What opens a step.
OPENED: dict[Bound, Promise] = {
    Bound.TODAY: _("possible now"),
    Bound.BEFORE: _("after the step before it"),
    Bound.AGE: _("once old enough"),
    Bound.PROBATION: _("once the probation has ended"),
}
#: What closes a step.
CLOSED: dict[Bound, Promise] = {
    Bound.CERTIFICATE: _("the certificate of the awareness class expires"),
    Bound.DOSSIER: _("the papers of the dossier grow too old"),
    Bound.RESOLUTION: _("the resolution grows too old"),
    Bound.LEAVING: _("the last day before the graduation decision takes effect"),
    Bound.AFTER: _("a step after it cannot be later"),
}

REFUSALS: dict[str, Promise] = {
    "authority.not_allowed": _(
        "Your post does not keep the calendar of this school. Ask the secretary of its cell."
    ),
    "forecast.outside_the_year": _(
        "%(day)s cannot end the school year %(year)s: the day lies between %(first)s and %(last)s. "
        "Check the day and write it again."
    ),
}


def refusal(error: RuleError) -> str:
    """Return the sentence of a refusal."""
    return str(REFUSALS[error.code]) % error.facts
