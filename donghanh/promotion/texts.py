"""Labels and sentences of the room of promotion."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from donghanh.domain.errors import RuleError
from donghanh.domain.moving_up import Way

WAYS: dict[Way, Promise] = {
    Way.OTHER: _("into another class"),
    Way.STAYS: _("stays in the grade"),
    Way.FINISHED: _("finishes grade 12"),
    Way.LEFT: _("has left the school"),
}

REFUSALS: dict[str, Promise] = {
    "authority.not_allowed": _(
        "Your post does not move the classes of this school up. Ask the secretary of its cell."
    ),
    "moving_up.class_missing": _(
        "Nothing was written: for class %(old)s no new class is named, or its name is longer than "
        "%(most)s signs. Write the class, and look again."
    ),
    "moving_up.both_said": _(
        "Nothing was written: class %(new)s is named after %(old)s, and it is said as well that "
        "there is none any more. Leave one of the two, and look again."
    ),
    "moving_up.grade_differs": _(
        "Nothing was written: %(new)s is not of the grade that follows %(old)s here. Write the "
        "class again; whoever stays in the grade is marked one by one."
    ),
    "promotion.way_missing": _(
        "Nothing was written: a pupil is marked, and it is not said where that pupil goes. Choose "
        "a way for each one marked, or take the mark away."
    ),
    "promotion.nobody": _(
        "Nothing was written: nobody is left to go on into the classes of %(year)s by what you "
        "said. Perhaps it was done a moment ago; load the page again to see."
    ),
    "promotion.changed": _(
        "Nothing was undone: a class that was written then has been changed since, or it was "
        "undone before. Load the page again; correct single classes by the pupil's request."
    ),
}


def refusal(error: RuleError) -> str:
    """
    Return what a person reads when moving up is refused.

    Raises:
        KeyError: The refusal has no sentence here.
    """
    return str(REFUSALS[error.code]) % error.facts
