"""Sentences of the room of duplicates."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from donghanh.domain.errors import RuleError

REFUSALS: dict[str, Promise] = {
    "authority.not_allowed": _(
        "Your post does not give this right here. Choose another of your posts, or ask the "
        "administrator."
    ),
    "duplicates.decided": _(
        "Nothing was changed: somebody has decided about these two records meanwhile. Load the "
        "page again to see how."
    ),
    "duplicates.leads_others": _(
        "Nothing was changed: another record was put aside for this one already. Let this one lead."
    ),
}


def refusal(error: RuleError) -> str:
    """
    Return what a person reads when a decision is refused.

    Raises:
        KeyError: The refusal has no sentence here.
    """
    return str(REFUSALS[error.code])
