"""Labels and sentences of the room of targets."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from donghanh.domain.calendar import SchoolYear
from donghanh.domain.errors import RuleError
from donghanh.domain.indicators import Indicator
from donghanh.domain.succession import View
from donghanh.domain.targets import SMALLEST_TOLD
from donghanh.lib import charts, days

VIEWS: dict[View, Promise] = {
    View.BRIDGED: gettext_lazy("Carried to the present structure"),
    View.AS_WAS: gettext_lazy("By the structure of then"),
    View.AS_IS: gettext_lazy("By the present structure"),
}
#: The views by the word in an address.
VIEW_WORDS: dict[str, View] = {
    "quy-ve": View.BRIDGED,
    "luc-do": View.AS_WAS,
    "hien-nay": View.AS_IS,
}

REFUSALS: dict[str, Promise] = {
    "authority.not_allowed": gettext_lazy(
        "Your post does not share targets out. Whoever acts for the unit above does so."
    ),
    "targets.absurd": gettext_lazy(
        "%(amount)s cannot be a target, so nothing was kept. Write a whole number from 0 to "
        "%(most)s."
    ),
    "targets.not_below": gettext_lazy(
        "One of the units does not stand directly under yours, so nothing was kept. Open the page "
        "anew and share out among the units it lists."
    ),
    "targets.not_then": gettext_lazy(
        "%(unit)s does not exist in school year %(year)s, so nothing was kept. Give the target to "
        "the unit that carries it on."
    ),
    "targets.no_reason": gettext_lazy(
        "A target that holds is changed only with a reason, so nothing was kept. Say why it is "
        "changed."
    ),
    "targets.no_paper": gettext_lazy(
        "A target rests on a decision or a letter, so nothing was kept. Write its number."
    ),
    "targets.paper_day": gettext_lazy(
        "The day %(day)s cannot be right, so nothing was kept: the paper is neither of a day to "
        "come nor older than what holds since %(since)s. Check the day and write it again."
    ),
    "targets.year_closed": gettext_lazy(
        "Targets of school year %(year)s are no longer set, or not yet, so nothing was kept. They "
        "are set for the present school year and the next."
    ),
    "targets.nothing_changes": gettext_lazy(
        "Every number is the one that holds already, so nothing was kept. Change a number, or go "
        "back."
    ),
    "targets.given_from_above": gettext_lazy(
        "The target of your own unit was decided by the unit above, so nothing was kept. Ask that "
        "unit to change it."
    ),
    "targets.changed_meanwhile": gettext_lazy(
        "Somebody else has changed these targets since you opened the page, so nothing of yours "
        "was kept. Look at what holds now and send again."
    ),
}


def refusal(error: RuleError) -> str:
    """Return the sentence of a refusal, with its days as people write them."""
    facts = {
        name: days.day(fact) if isinstance(fact, date) else fact
        for name, fact in error.facts.items()
    }
    return str(REFUSALS[error.code]) % facts


def title(indicator: Indicator, year: SchoolYear) -> str:
    """Return what a plan is called."""
    return gettext("Targets %(year)s: %(figure)s") % {
        "year": year.key,
        "figure": indicator.short_vi,
    }


def hidden() -> str:
    """Return what stands where a forecast is of too few persons to be told."""
    return gettext("fewer than %(count)s") % {"count": SMALLEST_TOLD}


def forecast(result: int, ahead: int | None) -> str:
    """Return what can be reached by dates alone; of too few persons only that they are few."""
    return (
        f"{charts.number(result)} + {hidden()}" if ahead is None else charts.number(result + ahead)
    )


def share(part: Fraction | None) -> str:
    """Return a share in percent, one decimal where it is not whole, written the Vietnamese way."""
    if part is None:
        return "–"
    percent = round(part * 1000)
    whole, tenth = divmod(percent, 10)
    return f"{whole},{tenth}%" if tenth else f"{whole}%"


def rest(left: int | None) -> tuple[str, str]:
    """Return how the sharing out stands: the state of its mark, and the words."""
    if left is None:
        return "plain", gettext("your unit has no target yet")
    if left < 0:
        return "late", gettext("%(count)s more than the target is shared out") % {"count": -left}
    if left:
        return "near", gettext("%(count)s still to be shared out") % {"count": left}
    return "done", gettext("wholly shared out")


def reached(target: int | None, result: int | None) -> tuple[str, str]:
    """Return how a unit stands to its target: the state of its shape, and the word."""
    if not target:
        return "plain", gettext("no target")
    if result is None:
        return "waiting", gettext("not sent yet")
    if result >= target:
        return "done", gettext("reached")
    return ("near", gettext("on the way")) if result else ("waiting", gettext("nothing yet"))
