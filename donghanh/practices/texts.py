"""Labels and sentences of the room of practices."""

from __future__ import annotations

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from donghanh.domain.errors import RuleError
from donghanh.domain.practising import Stage
from donghanh.lib import days

#: Where a practice stands: the state of its shape, and the word.
STAGES: dict[Stage, tuple[str, Promise]] = {
    Stage.PROPOSED: ("waiting", pgettext_lazy("practice", "waits to be looked at")),
    Stage.RETURNED: ("late", pgettext_lazy("practice", "returned with a remark")),
    Stage.RECOMMENDED: ("near", pgettext_lazy("practice", "recommended, waits for the decision")),
    Stage.RECOGNISED: ("done", pgettext_lazy("practice", "recognised")),
    Stage.IN_USE: ("done", pgettext_lazy("practice", "taken over, in use")),
    Stage.WITHDRAWN: ("plain", pgettext_lazy("practice", "no longer in use")),
}
#: What stands beside a practice of the product's library.
OF_LIBRARY = pgettext_lazy("practice", "in the library")
OUTCOMES: dict[str, Promise] = {
    "returned": pgettext_lazy("practice", "Returned"),
    "recommended": pgettext_lazy("practice", "Recommended"),
    "recognised": pgettext_lazy("practice", "Recognised"),
}

REFUSALS: dict[str, Promise] = {
    "practices.not_now": _(
        "This practice stands elsewhere by now, perhaps somebody was quicker, so nothing was "
        "changed. Look at how it stands and decide anew."
    ),
    "practices.own_practice": _(
        "This is a practice of your own unit, so nothing was changed. Another unit takes it over, "
        "and the body above recognises it."
    ),
    "practices.circle": _(
        "This practice was made from your own, so taking it over would lead back to where it came "
        "from; nothing was changed. Change your own practice instead."
    ),
    "practices.taken_already": _(
        "Your unit has a practice of this line in use already, so nothing was taken over. Open "
        "yours and change it."
    ),
    "practices.withdrawn": _(
        "This practice is not in force, perhaps it was withdrawn meanwhile, so nothing was taken "
        "over. Choose another one of the line."
    ),
    "practices.nobody_above": _(
        "Nobody stands above your unit who recognises practices here, so nothing was proposed. A "
        "unit below may propose it, or take one over."
    ),
    "practices.day_to_come": _(
        "%(on)s has not come yet, so nothing was kept. Write the day on which it really was."
    ),
    "practices.before_begin": _(
        "The practice began on %(began)s, so it cannot have ended before. Nothing was kept; check "
        "the day."
    ),
    "practices.year_to_come": _(
        "School year %(year)s has not begun, so it has no results yet and nothing was kept. Choose "
        "a school year that has."
    ),
    "practices.result_outside": _(
        "A result is a whole number from 0 to %(most)s, so nothing was kept. Check the number."
    ),
    "practices.result_known": _(
        "This result of school year %(year)s is stated already as %(number)s, and what was stated "
        "stays, so nothing was kept. Tell it under another name if it is another."
    ),
    "practices.too_many_challenges": _(
        "A practice holds at most %(most)s challenges, so nothing was kept. Leave some out."
    ),
    "practices.time_outside": _(
        "A challenge takes from 1 to %(most)s days, so nothing was kept. Check the days."
    ),
    "practices.no_challenges": _(
        "This practice holds no challenge, so nothing was added to the school's library. Write its "
        "challenges first."
    ),
    "practices.not_in_library": _(
        "The library no longer has this practice, so nothing was taken over. Choose from the list."
    ),
    "accompanying.text_missing": _(
        "Nothing is written yet, so nothing was kept. Write, then send."
    ),
    "accompanying.text_too_long": _(
        "This has %(signs)s signs, and %(longest)s are kept at most. Nothing was kept; shorten it "
        "and send again. What you typed stands below."
    ),
    "accompanying.steps_missing": _(
        "There must be between one and %(most)s steps, one on each line. Nothing was kept; write "
        "the steps and send again."
    ),
    "authority.not_allowed": _(
        "Your post does not give this right here. Choose another of your posts, or ask the "
        "administrator."
    ),
}


def stages() -> list[tuple[str, Promise]]:
    """Return the choices of where a practice stands."""
    return [(stage.value, label) for stage, (_state, label) in STAGES.items()]


def outcomes() -> list[tuple[str, Promise]]:
    """Return the choices of what comes of looking at one."""
    return list(OUTCOMES.items())


def refusal(error: RuleError) -> str:
    """
    Return the sentence of a refusal, with its days as people write them.

    Raises:
        KeyError: The refusal has no sentence here.
    """
    facts = {
        name: days.day(fact) if isinstance(fact, date) else fact
        for name, fact in error.facts.items()
    }
    return str(REFUSALS[error.code]) % facts
