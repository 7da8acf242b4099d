"""Labels and sentences of the room of accompaniment."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from donghanh.domain.accompanying import Stand
from donghanh.domain.errors import RuleError
from donghanh.lib import days

#: Where a challenge stands, as staff read it: the shape and the word.
STANDS: dict[Stand, tuple[str, Promise]] = {
    Stand.GIVEN: ("plain", pgettext_lazy("challenge", "not under way")),
    Stand.UNDER_WAY: ("waiting", pgettext_lazy("challenge", "under way")),
    Stand.DONE: ("near", pgettext_lazy("challenge", "waits for a look")),
    Stand.ANSWERED: ("done", pgettext_lazy("challenge", "answered")),
}

#: The same for the pupil, who also sees the own refusal.
OWN_STANDS: dict[Stand, tuple[str, Promise]] = {
    Stand.GIVEN: ("near", pgettext_lazy("own challenge", "waits for your answer")),
    Stand.UNDER_WAY: ("waiting", pgettext_lazy("own challenge", "under way")),
    Stand.DONE: ("waiting", pgettext_lazy("own challenge", "sent, waits to be read")),
    Stand.ANSWERED: ("done", pgettext_lazy("own challenge", "answered")),
}
OWN_DECLINED: tuple[str, Promise] = (
    "plain",
    pgettext_lazy("own challenge", "you are not doing it"),
)

CLUB_KINDS: dict[str, Promise] = {
    "association": _("Association"),
    "group": _("Group"),
    "team": _("Team"),
    "club": _("Club"),
}

PUPILS_GONE = _(
    "One of the pupils you chose is no longer to be seen here, so nobody was given anything. "
    "Choose again from the list as it stands now."
)
NOT_A_MEMBER = _(
    "One of those ticked is no longer a member of this club, so nothing was kept. Look at the "
    "list again."
)

REFUSALS: dict[str, Promise] = {
    "accompanying.text_missing": _(
        "Nothing is written yet, so nothing was kept. Write, then send."
    ),
    "accompanying.text_too_long": _(
        "This has %(signs)s signs, and %(longest)s are kept at most. Nothing was kept; shorten it "
        "and send again. What you typed stands below."
    ),
    "accompanying.day_in_future": _(
        "%(on)s has not come yet, so nothing was kept. Write what happened once it has."
    ),
    "accompanying.day_before_consent": _(
        "The pupil agreed on %(agreed)s; nothing dated %(on)s, before that, is kept here. Check "
        "the day."
    ),
    "accompanying.time_outside": _(
        "The last day must not have gone by, and lie at most %(most)s days ahead. Nobody was given "
        "the challenge; choose another day."
    ),
    "accompanying.steps_missing": _(
        "A challenge has between one and %(most)s steps, one on each line. Nothing was kept; write "
        "the steps and send again."
    ),
    "accompaniment.pupils_gone": PUPILS_GONE,
    "accompaniment.nobody_chosen": _("Nobody is chosen yet. Choose at least one pupil."),
    "accompaniment.model_unknown": _(
        "This challenge is no longer in the library, so nothing was given. Choose another one."
    ),
    "accompaniment.not_under_way": _(
        "This challenge is not under way, so nothing was kept. Accept it first."
    ),
    "accompaniment.over": _("This challenge is finished; nothing was changed."),
    "accompaniment.not_done": _(
        "The pupil has not said that it is done, so nothing was kept. Look at the challenge again."
    ),
    "accompaniment.answered_already": _(
        "Somebody has answered already; your words were not kept. Look at the challenge again."
    ),
    "accompaniment.stopped": _("You have stopped, so nothing more is kept here."),
    "accompaniment.step_unknown": _(
        "There is no such step in this challenge, so nothing was kept. Choose one from the list."
    ),
    "accompaniment.leader_unknown": _(
        "The leader must hold the post of a club leader at this school. Choose from the list again."
    ),
    "accompaniment.meeting_before_founding": _(
        "The club was founded on %(founded)s; a meeting cannot have been before. Nothing was kept; "
        "check the day."
    ),
    "accompaniment.not_a_member": NOT_A_MEMBER,
    "authority.not_allowed": _(
        "Your post does not give this right here. Choose another of your posts, or ask the "
        "administrator."
    ),
}
_DAYS = ("on", "agreed", "due", "founded")


def refusal(error: RuleError) -> str:
    """
    Return what a person reads when something is refused here.

    Raises:
        KeyError: The refusal has no sentence here.
    """
    facts = {
        name: days.day(told) if name in _DAYS else told  # type: ignore[arg-type]  # days, by name
        for name, told in error.facts.items()
    }
    return str(REFUSALS[error.code]) % facts


def club_kinds() -> list[tuple[str, Promise]]:
    """Return the choices of what a club is called."""
    return list(CLUB_KINDS.items())
