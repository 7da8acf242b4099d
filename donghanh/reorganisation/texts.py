"""Labels and sentences of the room of reorganisation."""

from __future__ import annotations

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from donghanh.domain.errors import RuleError
from donghanh.lib import days
from donghanh.organisation import texts as organisation

KINDS: dict[str, Promise] = {
    "rename": _("Rename"),
    "move": _("Move to another unit above"),
    "merge": _("Merge"),
    "split": _("Divide"),
    "close": _("End"),
    "dissolve": _("Dissolve"),
    "change_kind": _("Change of kind"),
    "found": _("Found a unit"),
}

LINES: dict[str, Promise] = {
    "host": _("School that keeps the case"),
    "party": _("Party committee directly above"),
    "competent": _("Committee that decides on admissions"),
}

REFUSALS: dict[str, Promise] = {
    "succession.into_itself": _(
        "A unit cannot be merged into itself, and each heir is named once. Choose another unit; "
        "nothing was stored."
    ),
    "succession.not_then": _(
        "A unit named does not exist on %(on)s, or not for as long as others stand under it. "
        "Choose another day or another unit; nothing was stored."
    ),
    "succession.twice_on_one_day": _(
        "Another operation concerns the same unit on %(on)s. Put both into one, or choose another "
        "day; nothing was stored."
    ),
    "succession.left_behind": _(
        "Units still stand under the one that ends. Say where each of them goes; nothing was "
        "stored."
    ),
    "succession.changes_later": _(
        "The unit changes again after %(on)s. Undo the later operation first; nothing was stored."
    ),
    "succession.nothing_changes": _(
        "The operation leaves everything as it is. Say what is to change; nothing was stored."
    ),
    "succession.no_decision": _(
        "An operation rests on a decision. Give its number and who issued it; nothing was stored."
    ),
    "reorganisation.changed_since": _(
        "Somebody changed the structure since you looked at it. Look at the preview again; nothing "
        "was stored."
    ),
    "reorganisation.depended_on": _(
        "The operation cannot be undone any more: cases, posts or reports rest on it. Order a new "
        "operation that leads back; nothing was stored."
    ),
    "reorganisation.code_taken": _(
        "Another unit has the code “%(unit)s”, and codes are given once for ever. Choose another "
        "code; nothing was stored."
    ),
}


def kinds() -> list[tuple[str, Promise]]:
    """Return the choices of what is done."""
    return list(KINDS.items())


def lines() -> list[tuple[str, Promise]]:
    """Return the choices of the line a case goes along."""
    return list(LINES.items())


def obstacle(what: str, count: int) -> str:
    """Return what rests on an operation, in words; ``what`` as ``queries.Obstacle`` has it."""
    words = {
        "received": ngettext(
            "%(count)s case handed over has been received.",
            "%(count)s cases handed over have been received.",
            count,
        ),
        "cases": ngettext(
            "%(count)s case has been opened since in the schools concerned.",
            "%(count)s cases have been opened since in the schools concerned.",
            count,
        ),
        "acts": ngettext(
            "%(count)s act has been recorded since in a case handed over.",
            "%(count)s acts have been recorded since in cases handed over.",
            count,
        ),
        "ways": ngettext(
            "%(count)s dossier or meeting taken over has been dealt with since.",
            "%(count)s dossiers or meetings taken over have been dealt with since.",
            count,
        ),
        "meetings": ngettext(
            "%(count)s meeting has been planned at the unit founded.",
            "%(count)s meetings have been planned at the units founded.",
            count,
        ),
        "posts": ngettext(
            "%(count)s post has been given at the unit founded.",
            "%(count)s posts have been given at the units founded.",
            count,
        ),
        "people": ngettext(
            "%(count)s pupil takes part at the unit founded.",
            "%(count)s pupils take part at the units founded.",
            count,
        ),
        "targets": ngettext(
            "%(count)s target has been set for the unit founded.",
            "%(count)s targets have been set for the units founded.",
            count,
        ),
        "decisions": ngettext(
            "%(count)s decision about a target names the unit founded.",
            "%(count)s decisions about targets name the units founded.",
            count,
        ),
        "letters": ngettext(
            "%(count)s letter has been issued to the unit founded.",
            "%(count)s letters have been issued to the units founded.",
            count,
        ),
        "reports": ngettext(
            "%(count)s report has been begun for the unit founded.",
            "%(count)s reports have been begun for the units founded.",
            count,
        ),
        "later": gettext("The same unit has been changed again since."),
    }
    return words[what] % {"count": count}


def refusal(error: RuleError) -> str:
    """
    Return what a person reads when an operation is refused.

    Raises:
        KeyError: The refusal has no sentence here.
    """
    facts = {
        name: days.day(value) if isinstance(value, date) else str(value)
        for name, value in error.facts.items()
    }
    sentences = {**organisation.REFUSALS, **REFUSALS}
    return str(sentences[error.code]) % facts
