"""Labels and sentences of the room of the pool."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from donghanh.domain.errors import RuleError
from donghanh.domain.rating import Body
from donghanh.lib import days

BODIES: dict[Body, Promise] = {
    Body.CHAPTER: _("The class chapter"),
    Body.COMMITTEE: _("The committee of the school Union"),
}

#: How far somebody is from the next step; the keys stand in the addresses of lists.
READINESS: dict[str, Promise] = {
    "san-sang": pgettext_lazy("readiness", "Ready"),
    "cho-ngay": pgettext_lazy("readiness", "Waits for a day"),
    "con-thieu": pgettext_lazy("readiness", "Something is missing"),
}

#: What can be missing; the keys stand in the addresses of lists.
LACKS: dict[str, Promise] = {
    "giay-to": _("A paper"),
    "chung-nhan": _("The certificate of the awareness class"),
    "xep-loai": _("The yearly rating"),
    "tuoi": _("The age"),
    "khac": _("Another condition"),
}

REFUSALS: dict[str, Promise] = {
    "rating.not_on_scale": _(
        "This level is not on the scale that holds on the day of the meeting, so nothing was kept. "
        "Choose one of the levels in the list."
    ),
    "rating.no_scale": _(
        "No scale of ratings is known for that day, so nothing was kept. Ask the administrator to "
        "write it into the rules."
    ),
    "rating.year_outside": _(
        "%(year)s is not one of the pupil's years at this school, so nothing was kept. Choose one "
        "of the school years in the list."
    ),
    "rating.meeting_outside": _(
        "A meeting on %(met)s cannot have rated the school year %(year)s: it must lie in that year "
        "or the following one, and not ahead. Check the day; nothing was kept."
    ),
    "rating.rated_already": _(
        "This body has rated this school year already, so nothing was kept. If that rating is "
        "wrong, correct it and say why."
    ),
    "rating.reason_missing": _(
        "A rating is corrected with a reason; nothing was kept. Write the reason and send again."
    ),
    "authority.not_allowed": _(
        "Your post does not give this right here. Choose another of your posts, or ask the "
        "administrator."
    ),
}


def refusal(error: RuleError) -> str:
    """
    Return what a person reads when a rating is refused.

    Raises:
        KeyError: The refusal has no sentence here.
    """
    facts = dict(error.facts)
    if "met" in facts:
        facts["met"] = days.day(facts["met"])  # type: ignore[arg-type]  # a day, by its name
    return str(REFUSALS[error.code]) % facts


def bodies() -> list[tuple[str, Promise]]:
    """Return the choices of who rates."""
    return [(body.value, label) for body, label in BODIES.items()]
