"""Labels and sentences of directives that are written here, numbered, recalled and answered."""

from __future__ import annotations

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from donghanh.lib import days

LINES: dict[str, Promise] = {
    "education": pgettext_lazy("line of a directive", "State"),
    "party": pgettext_lazy("line of a directive", "Party"),
    "union": pgettext_lazy("line of a directive", "Youth Union"),
}
STAGES: dict[str, Promise] = {
    "writing": pgettext_lazy("draft", "Being written"),
    "review": pgettext_lazy("draft", "Waits for a signature"),
    "signed": pgettext_lazy("draft", "Signed, to be issued"),
    "discarded": pgettext_lazy("draft", "Discarded"),
}
ENDINGS: dict[str, Promise] = {
    "recalled": pgettext_lazy("directive", "Recalled"),
    "superseded": pgettext_lazy("directive", "Superseded"),
}
OPEN_TASKS: dict[str, Promise] = {
    "end": _("The duties that are still open end; answers given stay"),
    "keep": _("The duties that are still open go on beside the new ones"),
}
ADDRESSINGS: dict[str, Promise] = {
    "list": _("The units ticked below"),
    "tree": _("All units under us, or under one of them"),
    "kind": _("All units of one kind under us"),
}
SHIFTS: dict[str, Promise] = {
    "": _("The day stays, also on a day off"),
    "earlier": _("On a day off: the working day before"),
    "later": _("On a day off: the next working day"),
}

REFUSALS: dict[str, Promise] = {
    "numbering.no_letters": _(
        "%(unit)s has no letters of its own for the number of a paper, so none was given. Ask the "
        "administrator to enter them under “Organisation”."
    ),
    "numbering.no_such_kind": _(
        "Papers of this kind are not issued along this line, so nothing was stored. Choose another "
        "kind."
    ),
    "numbering.no_reason": _(
        "No reason is given, so nothing was changed. Write why; the units and the book keep it."
    ),
    "numbering.not_to_void": _(
        "Number %(number)s stands on an issued directive, so it was not voided. Recall the "
        "directive instead."
    ),
    "numbering.voided_before": _(
        "Number %(number)s is voided already; the second time changed nothing."
    ),
    "library.bad_period": _(
        "The text would end on %(until)s, before it begins on %(since)s; nothing was stored. Put "
        "one of the days right."
    ),
    "library.known_text": _(
        "The library holds %(number)s with the same days already; nothing was stored."
    ),
    "drafting.wrong_stage": _(
        "The draft has moved on since you opened it, so nothing was changed. Load the page again "
        "to see where it is."
    ),
    "drafting.unfinished": _(
        "Something every directive needs is still blank, so it was not submitted. Fill it in."
    ),
    "drafting.unfinished.subject": _(
        "The directive has no subject yet, so it was not submitted. Write what it is about."
    ),
    "drafting.unfinished.parts": _(
        "The directive has no content yet, so it was not submitted. Write at least one part."
    ),
    "drafting.unfinished.addressees": _(
        "No unit would receive the directive, so it was not submitted. Choose whom it goes to."
    ),
    "drafting.out_of_reach": _(
        "One of the units chosen is not under yours on this day, so nothing was stored. Load the "
        "page again and choose from the list."
    ),
    "drafting.ended_before": _(
        "The directive was recalled or superseded before; the second time changed nothing."
    ),
    "duties.already_answered": _(
        "This duty has been answered before; the second answer was not kept."
    ),
    "duties.no_longer_asked": _(
        "The directive was recalled or superseded, so this duty is no longer asked and no answer "
        "was kept."
    ),
    "duties.answered_by_report": _(
        "This duty is answered by the report sent here, so no paper was noted for it. Open "
        "“Report”."
    ),
    "duties.one_alone": _(
        "Only one duty is chosen, so nothing was linked. Tick at least two that ask for the same."
    ),
    "duties.linked_before": _(
        "One of the duties is linked with others already, so nothing was changed. Load the page "
        "again."
    ),
}


def lines() -> list[tuple[str, Promise]]:
    """Return the choices of a directive's line."""
    return list(LINES.items())


def stages() -> list[tuple[str, Promise]]:
    """Return the choices of a draft's stage."""
    return list(STAGES.items())


def endings() -> list[tuple[str, Promise]]:
    """Return the choices of how a directive stops asking."""
    return list(ENDINGS.items())


def open_tasks() -> list[tuple[str, Promise]]:
    """Return the choices of what becomes of open duties."""
    return list(OPEN_TASKS.items())


def addressings() -> list[tuple[str, Promise]]:
    """Return the choices of how the units are chosen."""
    return list(ADDRESSINGS.items())


def shifts() -> list[tuple[str, Promise]]:
    """Return the choices of what a last day does that is no working day."""
    return list(SHIFTS.items())


def ended(how: str, on: date) -> str:
    """Write that a directive asks no more, since when."""
    if how == "recalled":
        return gettext("recalled on %(day)s") % {"day": days.day(on)}
    return gettext("superseded on %(day)s") % {"day": days.day(on)}


def plan_sent(number: str, on: date) -> str:
    """Write that a plan was sent, with its number and day."""
    if not number:
        return gettext("plan of %(day)s") % {"day": days.day(on)}
    return gettext("plan %(number)s of %(day)s") % {"number": number, "day": days.day(on)}


def answered_through(on: date) -> str:
    """Write that a duty was answered by the answer to another."""
    return gettext("answered %(day)s, together with another") % {"day": days.day(on)}


def units(count: int) -> str:
    """Write how many units there are."""
    return ngettext("%(n)s unit", "%(n)s units", count) % {"n": count}


def basis_standing(until: date | None, successor: str) -> str:
    """Write that a text a draft cites is no longer in force, and what came in its place."""
    if until is None:
        return gettext("not in force on this day")
    if successor:
        return gettext("in force until %(day)s; replaced by %(successor)s") % {
            "day": days.day(until),
            "successor": successor,
        }
    return gettext("in force until %(day)s") % {"day": days.day(until)}


def day_off(on: date) -> str:
    """Write that a last day is no working day."""
    return gettext("%(day)s is a day off") % {"day": days.day(on)}


def overall_views() -> list[tuple[str, str]]:
    """Return the views of the board of all directives: the word in the address, and the label."""
    return [
        ("", pgettext("board", "All")),
        ("tre", pgettext("board", "Late")),
        ("chua-tra-loi", pgettext("board", "Unanswered")),
    ]


def inbox_views() -> list[tuple[str, str]]:
    """Return the pages that lie beside each other under directives."""
    return [
        ("listing", pgettext("page of directives", "Directives")),
        ("overall", pgettext("page of directives", "Units and duties")),
        ("books", pgettext("page of directives", "Number books")),
        ("library", pgettext("page of directives", "Library of texts")),
    ]


def book_columns() -> tuple[str, ...]:
    """Return the heads of a number book."""
    return (
        pgettext("number book", "Number and symbol"),
        pgettext("number book", "Day"),
        pgettext("number book", "Subject"),
        pgettext("number book", "Given by"),
        pgettext("number book", "Voided, and why"),
    )


def plan_column() -> str:
    """Return the head of a board's column of plans."""
    return pgettext("board", "Plan")


def cascaded_column() -> str:
    """Return the head of a board's column of directives that lower units issued in turn."""
    return pgettext("board", "Passed on")


def in_force(since: date, until: date | None, on: date) -> str:
    """Write how a text stands on a day: in force, not yet, or until when it was."""
    if on < since:
        return gettext("from %(day)s") % {"day": days.day(since)}
    if until is None or on <= until:
        return gettext("in force")
    return gettext("until %(day)s") % {"day": days.day(until)}


def voided(on: date, reason: str) -> str:
    """Write that a number was voided, when and why."""
    return gettext("voided on %(day)s: %(reason)s") % {"day": days.day(on), "reason": reason}


def overall_title(year: str) -> str:
    """Write what the board of all directives is called as a workbook."""
    return gettext("Units and duties %(year)s") % {"year": year}


def plan_waited() -> str:
    """Write that a plan is asked for and has not come."""
    return pgettext("plan", "not sent")


def missing(what: str) -> str:
    """Write what a draft still lacks."""
    return {
        "subject": gettext("The subject is missing."),
        "parts": gettext("The content is missing."),
        "addressees": gettext("Nobody would receive it."),
    }[what]
