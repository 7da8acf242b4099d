"""Labels and sentences of the room of reports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from donghanh.domain.errors import RuleError
from donghanh.domain.succession import View
from donghanh.lib import days

STATUSES: dict[str, Promise] = {
    "writing": _("Being written"),
    "sent": _("Sent"),
    "returned": _("Returned"),
    "accepted": _("Accepted"),
}

#: The conventional parts of a report, in order; keys are stored.
PARTS: dict[str, Promise] = {
    "leadership": _("I. Leadership, direction and organisation"),
    "results": _("II. Results"),
    "assessment": _("III. General assessment"),
    "directions": _("IV. Directions and tasks"),
    "proposals": _("V. Proposals"),
}

#: What helps to write each part; the same keys.
HINTS: dict[str, Promise] = {
    "leadership": _("Plans issued, meetings, who was given which work."),
    "results": _("What was done; the figures of the table are added by themselves."),
    "assessment": _("What went well, what did not, and why."),
    "directions": _("What comes next school year."),
    "proposals": _("To the department and to the committee above, if any."),
}

#: Characters a part may hold: some twelve pages.
LONGEST_PART = 30_000
#: Characters a comment may hold.
LONGEST_COMMENT = 2_000
#: From how many days before its last day a clock is shown as near.
NEAR = 14

#: By which structure a year's figures are added up, in the order they are offered.
VIEWS: dict[View, Promise] = {
    View.AS_WAS: _("By the structure of then"),
    View.AS_IS: _("By the structure of now"),
    View.BRIDGED: _("Carried over to the structure of now"),
}

#: What each of them does, in one sentence.
VIEW_HINTS: dict[View, Promise] = {
    View.AS_WAS: _(
        "Each figure counts under the units, and the names, of its own cut-off day: as it was "
        "reported then."
    ),
    View.AS_IS: _(
        "All figures count under the units of today; a unit that has ended stands by itself and "
        "is added to nobody."
    ),
    View.BRIDGED: _(
        "All figures count under the units of today; those of a unit that has ended are added to "
        "who carries it on, so that years can be compared."
    ),
}

REFUSALS: dict[str, Promise] = {
    "reports.not_open": _(
        "This report has been sent and is frozen, so nothing was changed. Ask the department to "
        "return it if something has to be corrected."
    ),
    "reports.already_sent": _(
        "This report has already been sent; sending it again changed nothing."
    ),
    "reports.changed_meanwhile": _(
        "Somebody else has changed this report since you opened it, so yours was not kept. What "
        "you typed still stands below: compare, and send it again if it is still right."
    ),
    "reports.sent_again": _(
        "This report has been returned and sent again since you opened it, so nothing was changed. "
        "Look at it as it stands now."
    ),
    "reports.figures_moved": _(
        "The cases have changed since you looked at the figures, so nothing was sent. Look at the "
        "figures below and send again."
    ),
    "reports.not_sent": _(
        "This report is not waiting for the department, so nothing was changed. Load the page "
        "again to see how it stands."
    ),
    "reports.comment_missing": _(
        "A report is returned with a comment that says what to correct; nothing was returned. "
        "Write the comment and send again."
    ),
    "reports.too_long": _(
        "A text is longer than %(limit)s characters, so nothing was kept. Shorten it and send it "
        "again."
    ),
    "reports.nothing_accepted": _(
        "No report of this school year has been accepted yet, so there is nothing to consolidate. "
        "Accept at least one report first."
    ),
    "reports.consolidated_meanwhile": _(
        "A version has been made since you opened this page, so no second one was made. Look at "
        "it; if another is still needed, make it from there."
    ),
    "reports.paper_changed": _(
        "The paper of version %(version)s can no longer be made exactly as it was, so it is not "
        "given out. Make a new version; the table as it was can still be taken as Excel."
    ),
    "indicators.cutoff_outside_year": _(
        "The cut-off day %(cutoff)s is not in the school year, so nothing was kept. Choose a day "
        "between %(since)s and %(last_day)s."
    ),
    "authority.not_allowed": _(
        "Your post does not give this right here. Choose another of your posts, or ask the "
        "administrator."
    ),
}


@dataclass(frozen=True, slots=True)
class Badge:
    """A state (late, near, done, waiting, plain) and its word."""

    state: str
    text: str


def statuses() -> list[tuple[str, Promise]]:
    """Return the choices of a report's status."""
    return list(STATUSES.items())


def refusal(error: RuleError) -> str:
    """Return the sentence for what the rules refuse, with its days as people write them."""
    facts = {
        name: days.day(fact) if isinstance(fact, date) else fact
        for name, fact in error.facts.items()
    }
    return str(REFUSALS[error.code]) % facts


def clock_badge(left: int) -> Badge:
    """Return how a clock stands, from the days left to the last day in time."""
    if left < 0:
        return Badge("late", late(-left))
    text = ngettext("%(count)s day left", "%(count)s days left", left) % {"count": left}
    return Badge("near" if left <= NEAR else "plain", text if left else gettext("last day today"))


def report_badge(status: str, days_late: int, left: int) -> Badge:
    """Return how a report stands for its school."""
    if status == "writing":
        return clock_badge(left)
    if status == "returned":
        return Badge("near", gettext("returned, to be corrected"))
    return line_badge(status, days_late)


def late(days: int) -> str:
    """Return by how many days something was late."""
    return ngettext("%(count)s day late", "%(count)s days late", days) % {"count": days}


def line_badge(status: str, days_late: int) -> Badge:
    """Return how a unit stands for the department."""
    if status in {"missing", "writing"}:
        if days_late:
            return Badge("late", _late(gettext("not sent"), days_late))
        return Badge("plain", gettext("not sent yet"))
    words = {
        "accepted": ("done", gettext("accepted")),
        "sent": ("waiting", gettext("sent, being looked at")),
        "returned": ("near", gettext("returned")),
    }
    state, word = words[status]
    return Badge(state, _late(word, days_late) if days_late else word)


def _late(word: str, days: int) -> str:
    """Return a word with by how many days it was late."""
    return ngettext("%(state)s, %(count)s day late", "%(state)s, %(count)s days late", days) % {
        "state": word,
        "count": days,
    }
