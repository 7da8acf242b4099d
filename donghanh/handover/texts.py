"""Labels and sentences of the room of hand-over."""

from __future__ import annotations

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from donghanh.domain.acts import Destination
from donghanh.domain.errors import RuleError
from donghanh.domain.handing_over import HandOverState, Stand
from donghanh.dossiers import texts as dossiers
from donghanh.lib import days

DESTINATIONS: dict[Destination, Promise] = {
    Destination.SCHOOL: _("Another school"),
    Destination.LOCALITY: _("The locality (commune, ward)"),
    Destination.INSTITUTION: _("A university, college or vocational school"),
    Destination.UNIT: _("Another unit"),
}
STANDS: dict[Stand, Promise] = {
    Stand.SOURCED: _("On the source list, not listed by the cell yet"),
    Stand.CONSIDERED: _("On the list of sympathisers, being considered"),
    Stand.DECIDED: _("Decided; the ceremony has not been held"),
    Stand.MEMBER: _("Admitted, a probationary or official member"),
}
STATES: dict[HandOverState, Promise] = {
    HandOverState.ASKED: pgettext_lazy("hand-over", "waits for the pupil"),
    HandOverState.AGREED: pgettext_lazy("hand-over", "the pupil agreed"),
    HandOverState.REFUSED: pgettext_lazy("hand-over", "the pupil does not agree"),
    HandOverState.SENT: pgettext_lazy("hand-over", "sent, not confirmed"),
    HandOverState.RECEIVED: pgettext_lazy("hand-over", "received"),
    HandOverState.CALLED_BACK: pgettext_lazy("hand-over", "taken back"),
}
#: What the pupil agrees to; raise ``actions.WORDING`` when a sentence here changes its meaning.
AGREEMENT: Promise = _(
    "My file, with my name, day of birth and the dates of each step, may go to %(to)s. The cell of "
    "my school then no longer sees it, and the new unit walks on with me."
)
REFUSALS: dict[str, Promise] = {
    "handing_over.to_itself": _(
        "The file is at this school already; it cannot be handed over to itself. Choose another "
        "unit."
    ),
    "handing_over.not_agreed": _(
        "The pupil has not agreed to this hand-over yet, so nothing can leave. The pupil finds the "
        "question on the own page."
    ),
    "handing_over.before_agreement": _(
        "The pupil agreed on %(agreed_on)s; the file cannot have left on %(on)s, before that. "
        "Check the day."
    ),
    "handing_over.not_yet": _("%(on)s has not come yet. Check the day."),
    "handing_over.received_before_sent": _(
        "The file was sent on %(sent_on)s; it cannot have come on %(on)s, before that. Check the "
        "day."
    ),
    "handing_over.road_is_over": _(
        "This road does not go on (%(status)s), so there is nothing to hand over."
    ),
    "handover.open_already": _(
        "A hand-over of this file is open already. Finish it or take it back first; nothing was "
        "changed."
    ),
    "handover.over": _(
        "This hand-over is no longer as you saw it: it was sent, confirmed or taken back "
        "meanwhile. Look at it again; nothing was changed."
    ),
    "handover.with_a_committee": _(
        "The file is with a committee, or on its way to or from one. Wait until the cell has it "
        "again; nothing was sent."
    ),
    "handover.link_over": _(
        "This link opens nothing: it has been used, has expired, was taken back or was typed "
        "differently. Ask the school's cell for a new one."
    ),
    "handover.wrong_code": _(
        "This is not the code that belongs to the link. Ask the school's cell by telephone, then "
        "type it again."
    ),
    "handover.receiver_missing": _(
        "Write who confirms for your unit: name and office. Nothing was confirmed."
    ),
    "handover.graduated_later": _(
        "%(on)s has not come yet; the graduation decision is noted once it has taken effect."
    ),
}


def refusal(error: RuleError) -> str:
    """
    Return what a person reads when a hand-over is refused.

    Raises:
        KeyError: The refusal has no sentence here.
    """
    if error.code not in REFUSALS:
        return dossiers.refusal(error)
    facts = {name: _spelled(name, value) for name, value in error.facts.items()}
    return str(REFUSALS[error.code]) % facts


def _spelled(name: str, value: object) -> str:
    if isinstance(value, date):
        return days.day(value)
    if name == "status":
        known = {status.value: label for status, label in dossiers.ROAD_STATUSES.items()}
        return str(known.get(str(value), value))
    return str(value)


def destinations() -> list[tuple[str, Promise]]:
    """Return the choices of where a pupil goes."""
    return [(one.value, label) for one, label in DESTINATIONS.items()]


def stands() -> list[tuple[str, Promise]]:
    """Return the choices of how far a road handed over has come."""
    return [(one.value, label) for one, label in STANDS.items()]
