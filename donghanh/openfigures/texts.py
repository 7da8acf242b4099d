"""Labels and sentences of the room of open figures."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from donghanh.domain.errors import RuleError

#: What stands in place of a value, by why there is none.
STATES: dict[str, Promise] = {
    "beside": _("hidden"),
    "missing": _("not complete"),
}
REFUSALS: dict[str, Promise] = {
    "opening.nothing_chosen": _("Choose at least one figure to be shown; nothing was made public."),
    "openfigures.being_counted": _(
        "Cases changed just now and are being counted, so nothing was made public. Try again in a "
        "minute."
    ),
    "openfigures.changed": _(
        "The figures changed since you looked at them, so nothing was made public. Look at them as "
        "they are now, and press once more."
    ),
}


def refusal(error: RuleError) -> str:
    """
    Return what a person reads when figures cannot be made public.

    Raises:
        KeyError: The refusal has no sentence here.
    """
    return str(REFUSALS[error.code]) % error.facts


def written(value: int | None, state: str, most: int) -> str:
    """Return a value as it is written, or what stands in its place."""
    if value is not None:
        return f"{value:,}".replace(",", ".")
    return f"≤ {most}" if state == "small" else str(STATES[state])
