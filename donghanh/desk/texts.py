"""Sentences of the desk."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def badge(left: int) -> str:
    """Return the word of a clock: days left, today, or days late."""
    if left < 0:
        return ngettext("%(n)s day late", "%(n)s days late", -left) % {"n": -left}
    if left == 0:
        return _("today")
    return ngettext("%(n)s day left", "%(n)s days left", left) % {"n": left}


def waited(days: int) -> str:
    """Return the word of a wait."""
    return ngettext("waiting %(n)s day", "waiting %(n)s days", days) % {"n": days}


def lead(late: int, soon: int, waiting: int) -> str:
    """Return what sums a desk up: up to three counts side by side."""
    told = []
    if late:
        told.append(ngettext("%(n)s thing is late", "%(n)s things are late", late) % {"n": late})
    if soon:
        told.append(
            ngettext("%(n)s thing is to be done", "%(n)s things are to be done", soon) % {"n": soon}
        )
    if waiting:
        told.append(
            ngettext("%(n)s thing waits for others", "%(n)s things wait for others", waiting)
            % {"n": waiting}
        )
    return " · ".join(told) or _("Nothing is due, and nothing waits.")


def school_year(key: str) -> str:
    """Return a school year as tabs name it."""
    return _("School year %(year)s") % {"year": key}


def overview(schools: int) -> str:
    """Return what a Union above looks at."""
    return ngettext("%(n)s school, counts only", "%(n)s schools, counts only", schools) % {
        "n": schools
    }
