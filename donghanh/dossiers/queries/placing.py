"""Where a dossier is, in words: with the cell, on its way, with a committee, returned."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from donghanh.domain import whereabouts
from donghanh.domain.succession import Lying
from donghanh.domain.whereabouts import Whereabouts
from donghanh.dossiers.queries.roads import Walk
from donghanh.lib import days
from donghanh.organisation import queries as organisation


def told(walk: Walk, found: Whereabouts | None = None) -> tuple[str, str]:
    """
    Return where a dossier is: the state to draw it with, and the sentence.

    A unit is called as it is today or was last; who has what lay with it is named beside it.

    Args:
        walk: The dossier.
        found: What ``held`` returned of it, where it was asked before.
    """
    kept = whereabouts.read(walk.dossier.place)
    found = found or held(walk)
    if not walk.dossier.place or found.since is None:
        return "plain", _("With the school's cell.")
    facts = {"day": days.day(found.since)} | _names(kept.unit, found.unit, walk.today)
    other = kept.unit != found.unit
    if found.on_the_way:
        sentence = _("On its way to %(unit)s since %(day)s; not confirmed yet.")
        if other:
            sentence = _(
                "On its way to %(unit)s since %(day)s; %(heir)s has taken that over and has not "
                "confirmed yet."
            )
        return "waiting", sentence % facts
    if found.unit is not None:
        sentence = _("With %(unit)s since %(day)s.")
        if other:
            sentence = _("With %(unit)s since %(day)s; %(heir)s has taken that over.")
        return "done", sentence % facts
    if not found.returned:
        return "plain", _("With the school's cell since %(day)s.") % facts
    return "late", _("Returned to the school's cell on %(day)s, to be mended.") % facts


def held(walk: Walk) -> Whereabouts:
    """Return where a dossier is on the day of its walk, by who has what lay with others."""
    one = walk.dossier
    return places([(one.pk, one.school_id, one.place)], walk.today)[one.pk]


def places(kept: Iterable[tuple[int, int, dict[str, Any]]], on: date) -> dict[int, Whereabouts]:
    """
    Return where dossiers are on a day, by who has what lay with units that ended or lost them.

    Args:
        kept: Of each dossier its number, the id of its school, and where it is, as it is kept.
        on: The day.

    Returns:
        The whereabouts by number; at most one statement for all of them.
    """
    found = {number: (school, whereabouts.read(place)) for number, school, place in kept}
    things = {
        (number, unit, since): Lying(unit, since or on, school)
        for number, (school, place) in found.items()
        for unit, since in _named(place)
    }
    now = organisation.holders(things.values(), on)
    return {
        number: place.held(
            {(unit, since): now[things[number, unit, since]] for unit, since in _named(place)}
        )
        for number, (_school, place) in found.items()
    }


def _named(place: Whereabouts) -> list[tuple[int, date | None]]:
    """Return the units a place names, with the day each is named with."""
    named: list[tuple[int, date | None]] = list(place.returned.items())
    return named if place.unit is None else [*named, (place.unit, place.since)]


def _names(unit: int | None, heir: int | None, on: date) -> dict[str, str]:
    ids = [one for one in (unit, heir) if one is not None]
    known = organisation.known_as(ids, on) if ids else {}
    return {
        word: known[one].name if one in known else ""
        for word, one in (("unit", unit), ("heir", heir))
    }
