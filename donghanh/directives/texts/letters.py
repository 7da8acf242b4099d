"""Labels and sentences of letters: read, issued, received, answered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from donghanh.directives.texts import drafts
from donghanh.lib import days

STATUSES: dict[str, Promise] = {
    "draft": _("Being read"),
    "issued": _("Issued"),
}

TASK_KINDS: dict[str, Promise] = {
    "report": _("Report"),
    "other": _("Other duty"),
}

#: Fields of a reading, as the page names them; the order is that of the page.
FIELDS: dict[str, Promise] = {
    "issuer": pgettext_lazy("letter", "Issued by"),
    "number": pgettext_lazy("letter", "Number"),
    "symbol": pgettext_lazy("letter", "Symbol"),
    "date": pgettext_lazy("letter", "Date"),
    "place": pgettext_lazy("letter", "Place"),
    "subject": pgettext_lazy("letter", "Subject"),
    "addressees": pgettext_lazy("letter", "Addressed to"),
    "bases": pgettext_lazy("letter", "Based on"),
    "contents": pgettext_lazy("letter", "Contents"),
    "targets": pgettext_lazy("letter", "Target"),
    "duties": pgettext_lazy("letter", "To be done by"),
    "units": pgettext_lazy("letter", "Units named"),
    "signing": pgettext_lazy("letter", "Signed by"),
    "text": pgettext_lazy("letter", "Elsewhere"),
}

#: How often a duty comes back.
RECURS: dict[str, Promise] = {
    "": pgettext_lazy("duty", "once"),
    "yearly": pgettext_lazy("duty", "every year"),
    "school_year": pgettext_lazy("duty", "every school year"),
    "quarterly": pgettext_lazy("duty", "every quarter"),
    "monthly": pgettext_lazy("duty", "every month"),
}

_BOUNDS: dict[str, Promise] = {
    "at_least": _("at least %(amount)s"),
    "at_most": _("at most %(amount)s"),
    "between": _("%(amount)s to %(to)s"),
}

REFUSALS: dict[str, Promise] = {
    "assignment.no_recipients": _(
        "No unit is chosen, so nothing was issued. Choose at least one unit that receives the "
        "letter."
    ),
    "assignment.no_target": _(
        "The letter names no target, so nothing was issued. Write the target, or tick that no "
        "target is given."
    ),
    "assignment.shared_too_little": _(
        "The units are given %(shared)s in all, less than the %(target)s the letter asks for; "
        "nothing was issued. Share out the rest."
    ),
    "assignment.due_unreadable": _(
        "The day “%(due)s” of a duty cannot be read, so nothing was issued. Write it as "
        "day/month/year."
    ),
    "authority.not_allowed": _(
        "Your post does not give this right here. Choose another of your posts, or ask the "
        "administrator."
    ),
    "calendar.bad_school_year": _(
        "“%(key)s” is not a school year. Write two years that follow each other, such as 2023-2024."
    ),
    "directives.already_issued": _(
        "This letter has already been issued; the second confirmation changed nothing. Open "
        "“Follow up” to see how far the units are."
    ),
    "directives.reading_changed": _(
        "Somebody else has corrected this reading since you opened it, so yours was not kept. Look "
        "at the page again and repeat your change."
    ),
    "directives.not_a_school": _(
        "One of the units chosen is not a school of yours, so nothing was issued. Load the page "
        "again and choose from the list."
    ),
    "letter.empty": _(
        "The file holds no text, so nothing was kept. Check that the right file was chosen."
    ),
    "letter.too_long": _(
        "The text has %(length)s characters, more than any letter (%(limit)s), so nothing was "
        "kept. Check that the right file was chosen."
    ),
    "letter.not_a_letter": _(
        "This text does not look like a Vietnamese official letter (no number, symbol, “re:” or "
        "addressee was found), so nothing was kept. Check the file, or type the letter in."
    ),
    "file.empty": _(
        "The file is empty, so nothing was kept. Check that it was saved and choose it again."
    ),
    "file.unsupported": _(
        "This kind of file cannot be read. Choose a .docx, a .pdf with text, or a .txt file."
    ),
    "file.no_text_layer": _(
        "This file holds pictures of pages only, so there is no text to read. Ask the issuer for "
        "the Word file, or have it recognised first."
    ),
    "file.encrypted": _(
        "This file is locked by a password, so it cannot be read. Save it without a password and "
        "choose it again."
    ),
    "file.too_large": _(
        "The file is larger than %(limit_mb)s MB, so it was not read. A letter is far smaller: "
        "check the file, or save it without pictures."
    ),
    "file.too_large.pages": _(
        "The file has %(size)s pages, more than the %(limit)s that are read. Keep the letter and "
        "leave its annexes out."
    ),
    "file.bomb": _(
        "The file unpacks to far more than a letter can hold and was refused for safety. Open it "
        "in Word and save it again."
    ),
    "file.macros": _(
        "The file carries macros and was refused for safety. Save it as .docx without macros."
    ),
    "file.entities": _(
        "The file declares entities of its own and was refused for safety. Open it in Word and "
        "save it again."
    ),
    "file.broken": _(
        "The file is damaged or is not what its name says, so it cannot be read. Open it and save "
        "it again."
    ),
    "file.too_slow": _(
        "Reading the file took longer than %(seconds)s seconds and was stopped. Save it again "
        "without pictures, or use the Word file."
    ),
    "file.undecodable": _(
        "The letters of this text file cannot be made out. Save it as UTF-8 and choose it again."
    ),
    **drafts.REFUSALS,
}


class Refusal(Protocol):
    """What refuses: a rule, or the reader of files."""

    code: str
    facts: dict[str, Any]


def refusal(error: Exception) -> str:
    """
    Return the sentence for what was refused: what happened, and what to do.

    Args:
        error: A ``RuleError`` or a ``TextLayerError`` that can reach this room.

    Returns:
        Vietnamese where Vietnamese is on; a general sentence for a code of another room.
    """
    code = str(getattr(error, "code", ""))
    facts: dict[str, Any] = dict(getattr(error, "facts", {}))
    what = f"{code}.{facts.get('what')}"
    sentence = REFUSALS.get(what) or REFUSALS.get(code)
    if sentence is None:
        return gettext("This was refused (%(code)s), and nothing was kept.") % {"code": code}
    if isinstance(facts.get("limit"), int):
        facts["limit_mb"] = facts["limit"] // 1_000_000
    if "due" in facts:
        facts["due"] = typed_day(str(facts["due"]))
    return str(sentence) % facts


def statuses() -> list[tuple[str, Promise]]:
    """Return the choices of a directive's status."""
    return list(STATUSES.items())


def task_kinds() -> list[tuple[str, Promise]]:
    """Return the choices of a task's kind."""
    return list(TASK_KINDS.items())


def recurrences() -> list[tuple[str, Promise]]:
    """Return the choices of how often a duty comes back."""
    return list(RECURS.items())


def typed_day(iso: str | None) -> str:
    """
    Write a day of a reading the way people type it.

    Args:
        iso: A day, a month, or a day of every year or month, as readings hold them.

    Returns:
        ``10/6/2024``, ``2/2024``, ``10/6`` or ``10``; nothing for nothing; else what came in.
    """
    found = re.fullmatch(r"(?:(\d{4})|-)-(?:(\d\d)|-)(?:-?(\d\d))?", iso or "")
    if found is None:
        return iso or ""
    year, month, day = found.groups()
    parts = [str(int(part)) for part in (day, month, year) if part]
    return "/".join(parts)


def shown_day(iso: str | None) -> str:
    """Write a day of a reading for reading: a month alone, or a day of each month, says so."""
    typed = typed_day(iso)
    if re.fullmatch(r"\d{4}-\d\d", iso or ""):
        return gettext("month %(month)s") % {"month": typed}
    if (iso or "").startswith("---"):
        return gettext("day %(day)s of the month") % {"day": typed}
    return typed


def when(duty: Mapping[str, Any]) -> str:
    """Write by when a duty of a reading is to be done: "before 10/6/2024, every year"."""
    if not duty.get("due"):
        return gettext("no day named")
    facts = {"day": shown_day(duty["due"]), "often": RECURS.get(duty.get("recurs") or "", "")}
    if duty.get("recurs"):
        if duty.get("before"):
            return gettext("before %(day)s, %(often)s") % facts
        return gettext("at the latest %(day)s, %(often)s") % facts
    if duty.get("before"):
        return gettext("before %(day)s") % facts
    return gettext("at the latest %(day)s") % facts


def how_many(target: Mapping[str, Any]) -> str:
    """Write the amount of a target of a reading: "at least 2", "15%"."""
    share = "%" if target.get("kind") == "percent" else ""
    amount = f"{target.get('amount')}{share}"
    bound = _BOUNDS.get(str(target.get("bound")))
    return str(bound) % {"amount": amount, "to": target.get("to")} if bound else amount


def in_year(year: str) -> str:
    """Write the school year, or the calendar year, of a target."""
    if "-" in year:
        return gettext("school year %(year)s") % {"year": year}
    return gettext("year %(year)s") % {"year": year}


def answered(on: date, late: int) -> str:
    """Write that a task was answered, and how late."""
    if late <= 0:
        return gettext("answered %(day)s") % {"day": days.day(on)}
    return ngettext("answered %(n)s day late", "answered %(n)s days late", late) % {"n": late}


def left(days: int) -> str:
    """Write how many days are left, or how many too many have gone."""
    if days < 0:
        return ngettext("%(n)s day late", "%(n)s days late", -days) % {"n": -days}
    if days == 0:
        return gettext("today is the last day")
    return ngettext("%(n)s day left", "%(n)s days left", days) % {"n": days}


def points(count: int) -> str:
    """Write how many numbered contents a letter has."""
    return ngettext("%(n)s point", "%(n)s points", count) % {"n": count}


def board_views() -> list[tuple[str, str]]:
    """Return the views of a board: the word in the address, and the label."""
    return [
        ("", pgettext("board", "All")),
        ("tre", pgettext("board", "Late")),
        ("chua-xac-nhan", pgettext("board", "Not acknowledged")),
        ("chua-tra-loi", pgettext("board", "Unanswered")),
        ("da-tra-loi", pgettext("board", "Answered")),
    ]


def receipt(opened: date | None, acknowledged: date | None) -> str:
    """Write how far a letter has come at a unit: acknowledged, opened, or not opened."""
    if acknowledged:
        return gettext("acknowledged %(day)s") % {"day": days.day(acknowledged)}
    if opened:
        return gettext("opened %(day)s, not acknowledged") % {"day": days.day(opened)}
    return gettext("not opened")


def board_columns() -> tuple[str, str, str, str]:
    """Return the heads of a board's fixed columns: unit, receipt, target, reminder."""
    return (
        pgettext("board", "Unit"),
        pgettext("board", "Receipt"),
        pgettext("board", "Target"),
        pgettext("board", "Reminded"),
    )


def by(due: date, last: date) -> str:
    """Write a task's day and, where that day is already late, the last one in time."""
    if last < due:
        facts = {"due": days.day(due), "last": days.day(last)}
        return gettext("before %(due)s – at the latest %(last)s") % facts
    return gettext("at the latest %(last)s") % {"last": days.day(last)}


def to_acknowledge() -> str:
    """Write that a letter waits to be acknowledged."""
    return pgettext("letter", "to acknowledge")


def nothing_open() -> str:
    """Write that nothing of a letter waits any more."""
    return pgettext("letter", "nothing open")
