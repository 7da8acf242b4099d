"""Sentences of the room of indicators."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from donghanh.domain.errors import RuleError
from donghanh.domain.structure import Line
from donghanh.domain.succession import View

#: By which structure figures are added up, as the tabs name it.
VIEWS: dict[View, Promise] = {
    View.AS_WAS: _("By the structure of then"),
    View.AS_IS: _("By the structure of now"),
    View.BRIDGED: _("Carried over to the structure of now"),
}
LINES: dict[Line, Promise] = {
    Line.EDUCATION: pgettext_lazy("tree", "Education"),
    Line.PARTY: pgettext_lazy("tree", "Party"),
    Line.UNION: pgettext_lazy("tree", "Youth Union"),
}

REFUSALS: dict[str, Promise] = {
    "authority.not_allowed": _(
        "Your post does not give this right here. Choose another of your posts, or ask the "
        "administrator."
    ),
    "figures.not_a_number": _(
        "Nothing was kept: a figure is a whole number from 0 to %(most)s. Correct it and send "
        "again."
    ),
    "figures.not_entered": _(
        "Nothing was kept: “%(figure)s” is counted from the cases and is not entered by hand."
    ),
}


def refusal(error: RuleError) -> str:
    """
    Return what a person reads when figures are refused.

    Raises:
        KeyError: The refusal has no sentence here.
    """
    return str(REFUSALS[error.code]) % error.facts
