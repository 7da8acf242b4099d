"""Labels and sentences of the room of campaigns."""

from __future__ import annotations

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from donghanh.domain.campaign_figures import Said
from donghanh.domain.campaigning import Answer, Stage
from donghanh.domain.errors import RuleError
from donghanh.lib import days

#: Where a campaign stands: the state of its shape, and the word.
STAGES: dict[Stage, tuple[str, Promise]] = {
    Stage.DRAFT: ("near", pgettext_lazy("campaign", "draft")),
    Stage.OPENED: ("done", pgettext_lazy("campaign", "running")),
    Stage.ENDED: ("plain", pgettext_lazy("campaign", "ended, evaluated")),
    Stage.CALLED_OFF: ("plain", pgettext_lazy("campaign", "called off")),
}
#: What stands beside one that was opened and has not begun.
COMING = ("waiting", pgettext_lazy("campaign", "coming"))
ANSWERS: dict[Answer, tuple[str, Promise]] = {
    Answer.SILENT: ("waiting", pgettext_lazy("campaign", "has not answered")),
    Answer.JOINED: ("done", pgettext_lazy("campaign", "takes part")),
    Answer.DECLINED: ("plain", pgettext_lazy("campaign", "does not take part")),
}
SAID: dict[Said, tuple[str, Promise]] = {
    Said.IN_TIME: ("done", pgettext_lazy("campaign", "given in time")),
    Said.AFTERWARDS: ("near", pgettext_lazy("campaign", "given late")),
    Said.WAITING: ("waiting", pgettext_lazy("campaign", "not given yet")),
    Said.LATE: ("late", pgettext_lazy("campaign", "late, not given")),
    Said.NOT_ASKED: ("plain", pgettext_lazy("campaign", "no figures asked")),
}

REFUSALS: dict[str, Promise] = {
    "campaigns.not_now": _(
        "This campaign stands elsewhere by now, perhaps somebody was quicker, so nothing was "
        "changed. Look at how it stands and decide anew."
    ),
    "campaigns.changed_meanwhile": _(
        "Somebody changed this since you opened the page, so nothing was kept. Open the page anew, "
        "look at what stands there, and send yours again."
    ),
    "campaigns.ends_before_it_begins": _(
        "The last day, %(ends)s, lies before the first, %(begins)s, so nothing was kept. Check "
        "both days, or leave the last day blank."
    ),
    "campaigns.figures_missing": _(
        "A campaign asks for at least one figure and at most %(most)s, so nothing was kept. Write "
        "what schools shall count."
    ),
    "campaigns.figure_twice": _(
        "Two figures are called “%(label)s”, so nothing was kept. Give each a name of its own."
    ),
    "campaigns.paper_missing": _(
        "Number, issuer and day of the document belong together and one is missing, so nothing was "
        "kept. Write all three, or leave all three blank."
    ),
    "campaigns.paper_to_come": _(
        "The document is dated %(on)s, which has not come yet, so nothing was kept. Check its day."
    ),
    "campaigns.no_such_day": _(
        "There is no day %(day)s/%(month)s in every year, so nothing was kept. Choose another day "
        "by which figures are given."
    ),
    "campaigns.nobody_below": _(
        "No school's Union stands below yours, so nothing was opened. Ask the administrator to "
        "check the organisation."
    ),
    "campaigns.is_over": _(
        "This campaign is over or was called off, so nothing was kept. What was given before stays "
        "to be read."
    ),
    "campaigns.not_joined": _(
        "Your school does not take part in this campaign, so nothing was kept. Join first."
    ),
    "campaigns.gave_figures": _(
        "Your school has given figures for this campaign, so it took part and this was not kept. "
        "Say in the note of the figures what became another."
    ),
    "campaigns.until_outside": _(
        "%(on)s lies outside the period of the campaign, so nothing was kept. Choose a day within "
        "it."
    ),
    "campaigns.year_outside": _(
        "School year %(year)s lies outside the period of the campaign or has not begun, so nothing "
        "was kept. Choose a year of the campaign."
    ),
    "campaigns.year_closed": _(
        "The figures of school year %(year)s are closed, so nothing was kept. If one is wrong, "
        "tell the Union that runs the campaign."
    ),
    "campaigns.too_early_to_close": _(
        "Schools have until %(due)s to give these figures, so nothing was closed. Close the year "
        "after that day."
    ),
    "campaigns.number_outside": _(
        "A figure is a whole number from 0 to %(most)s, so nothing was kept. Check the numbers."
    ),
    "campaigns.nothing_said": _(
        "No figure is given, so nothing was kept. Write 0 where there was none; leave blank only "
        "what you do not know yet."
    ),
    "campaigns.day_to_come": _(
        "%(on)s has not come yet, so nothing was kept. Write the day on which it really was."
    ),
    "campaigns.before_begin": _(
        "The campaign began on %(began)s, so it cannot have ended before. Nothing was kept; check "
        "the day."
    ),
    "campaigns.figures_beyond": _(
        "Schools have given figures for school year %(year)s, which the new period would leave "
        "out, so nothing was kept. Choose a later last day."
    ),
    "accompanying.text_missing": _(
        "Nothing is written yet, so nothing was kept. Write, then send."
    ),
    "accompanying.text_too_long": _(
        "This has %(signs)s signs, and %(longest)s are kept at most. Nothing was kept; shorten it "
        "and send again. What you typed stands below."
    ),
    "authority.not_allowed": _(
        "Your post does not give this right here. Choose another of your posts, or ask the "
        "administrator."
    ),
}


def stages() -> list[tuple[str, Promise]]:
    """Return the choices of where a campaign stands."""
    return [(stage.value, label) for stage, (_state, label) in STAGES.items()]


def answers() -> list[tuple[str, Promise]]:
    """Return the choices of what a school answers."""
    return [(answer.value, label) for answer, (_state, label) in ANSWERS.items()]


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
