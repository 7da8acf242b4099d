"""Where a dossier is, in words: with the cell, on its way, with a committee, returned."""

from __future__ import annotations

from django.utils.translation import gettext as _

from donghanh.domain import whereabouts
from donghanh.dossiers.queries.roads import Walk
from donghanh.lib import days
from donghanh.organisation import queries as organisation


def told(walk: Walk) -> tuple[str, str]:
    """Return where a dossier is: the state to draw it with, and the sentence."""
    kept = walk.dossier.place
    found = whereabouts.read(kept)
    if not kept or found.since is None:
        return "plain", _("With the school's cell.")
    facts = {"unit": _name(found.unit, walk), "day": days.day(found.since)}
    if found.on_the_way:
        return "waiting", _("On its way to %(unit)s since %(day)s; not confirmed yet.") % facts
    if found.unit is not None:
        return "done", _("With %(unit)s since %(day)s.") % facts
    if not found.returned:
        return "plain", _("With the school's cell since %(day)s.") % facts
    return "late", _("Returned to the school's cell on %(day)s, to be mended.") % facts


def _name(unit: int | None, walk: Walk) -> str:
    if unit is None:
        return ""
    known = organisation.known_as([unit], walk.today).get(unit)
    return known.name if known else ""
