"""Labels and sentences of the room of reports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from donghanh.domain.checking import Against, Finding
from donghanh.domain.errors import RuleError
from donghanh.domain.succession import View
from donghanh.lib import days
from donghanh.lib.unreadable import TextLayerError

STATUSES: dict[str, Promise] = {
    "writing": _("Being written"),
    "sent": _("Sent"),
    "returned": _("Returned"),
    "accepted": _("Accepted"),
    "amending": _("Being amended"),
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
    "reports.not_asked_above": _(
        "No body above asks for this report any more, so no version was made. Make it without "
        "handing it up."
    ),
    "reports.not_sent": _(
        "This report is not waiting for the department, so nothing was changed. Load the page "
        "again to see how it stands."
    ),
    "reports.answered_elsewhere": _(
        "This report was written to another body and answers your duty as well, so nothing was "
        "changed. That body returns or accepts it; ask it if something has to be corrected."
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
    "reports.unknown_figure": _(
        "This report has no such figure, so nothing was kept. Load the page again and choose one "
        "of its figures."
    ),
    "reports.below_zero": _(
        "A figure is a whole number from 0 to %(most)s, so nothing was kept. Write such a number."
    ),
    "reports.reason_missing": _(
        "A change by hand needs its reason, so nothing was kept. Write the reason in one sentence."
    ),
    "reports.warnings_open": _(
        "%(count)s warnings have no answer yet, so nothing was sent. Answer them under “Checks”."
    ),
    "reports.sum_to_explain": _(
        "%(count)s differences have not been explained, so no version was made. Write a sentence "
        "to each of them below."
    ),
    "reports.year_closed": _(
        "The department has closed school year %(year)s, so nothing was changed. Ask it to open "
        "the year for your unit until a day."
    ),
    "reports.closed_already": _(
        "School year %(year)s has already been closed; closing it again changed nothing."
    ),
    "reports.not_closed": _(
        "School year %(year)s is not closed, so there is nothing to open: every unit can send."
    ),
    "reports.opening_past": _(
        "A unit is let in until a day from %(since)s to %(until)s, so nothing was kept. Choose a "
        "day between them."
    ),
    "reports.unknown_unit": _(
        "This unit does not report to you in this school year, so nothing was kept. Choose a unit "
        "of the list."
    ),
    "reports.not_accepted": _(
        "Only an accepted report is amended, so nothing was changed. Load the page again to see "
        "how it stands."
    ),
    "reports.amendment_in_flight": _(
        "This report is being amended already, so no second amendment was begun. Finish that one, "
        "or drop it."
    ),
    "reports.not_there_then": _(
        "Your unit did not exist in school year %(year)s, so no report was begun. Tell the "
        "department that asked for it."
    ),
    "reports.nothing_to_build": _(
        "For “%(unit)s” nothing was sent or accepted in school year %(year)s, so no file was "
        "written. Check the unit's code and the year."
    ),
    "reports.no_proof": _(
        "This file carries no seal of a report, so nothing could be proved. Choose the file as it "
        "was downloaded, or type the code printed at the end of the paper."
    ),
    "filling.no_names": _(
        "No cell of this workbook has a name that begins with “donghanh_”, so nothing was filled. "
        "Name the cells in Excel (Formulas, Define Name) as listed here."
    ),
    "filling.unknown_name": _(
        "The workbook has a cell named “%(name)s”, which stands for nothing, so nothing was "
        "filled. Use a name of the list."
    ),
    "filling.bad_place": _(
        "The name “%(name)s” does not point to one cell or one column of cells, so nothing was "
        "filled. Correct the name in Excel."
    ),
    "filling.too_short": _(
        "“%(name)s” has fewer cells than the %(rows)s rows to be written, so nothing was filled. "
        "Let the name cover more rows."
    ),
    "file.unsupported": _(
        "This file is neither an Excel workbook (.xlsx) nor a Word paper (.docx), so nothing was "
        "done. Save it as one of these and choose it again."
    ),
    "file.broken": _(
        "The file is damaged or cut off, so nothing was done. Open it in Excel or Word, save it "
        "anew and choose it again."
    ),
    "file.encrypted": _(
        "The file is locked with a password, so nothing was done. Take the password off and choose "
        "it again."
    ),
    "file.too_large": _(
        "The file is larger than 5 MB, so nothing was done. Take out pictures or empty sheets and "
        "choose it again."
    ),
    "file.bomb": _(
        "The file unpacks to far more than it holds, so it was not opened. Make it anew in Excel "
        "or Word."
    ),
    "file.macros": _(
        "The file carries a program (macro), so it was not opened. Save it as .xlsx or .docx "
        "without macros."
    ),
    "file.entities": _(
        "The file holds declarations no office program writes, so it was not opened. Make it anew "
        "in Excel or Word."
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


def refusal(error: RuleError | TextLayerError) -> str:
    """Return the sentence for what is refused, with its days as people write them."""
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
    if status == "amending":
        return Badge("near", gettext("being amended"))
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
        "amending": ("done", gettext("accepted, being amended")),
        "handed": ("done", gettext("handed its sum up")),
        "inside": ("plain", gettext("in a sum handed up")),
    }
    state, word = words[status]
    return Badge(state, _late(word, days_late) if days_late else word)


def _late(word: str, days: int) -> str:
    """Return a word with by how many days it was late."""
    return ngettext("%(state)s, %(count)s day late", "%(state)s, %(count)s days late", days) % {
        "state": word,
        "count": days,
    }


def warning(title: str, finding: Finding) -> str:
    """Return what differs, in one sentence."""
    words = {
        Against.CASES: gettext("%(title)s: %(said)s reported, %(other)s counted from the cases."),
        Against.YEAR_BEFORE: gettext("%(title)s: %(said)s, the school year before %(other)s."),
        Against.NAMES: gettext(
            "“%(title)s” holds a full name that is also a pupil's. Take it out, or say whose it is."
        ),
        Against.BELOW: gettext("%(title)s: %(said)s in this version, %(other)s in the units now."),
    }
    return words[finding.against] % {"title": title, "said": finding.said, "other": finding.other}
