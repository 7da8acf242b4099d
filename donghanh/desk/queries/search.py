"""Finding people, letters and units by a few words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from donghanh.desk.queries import items
from donghanh.directives import queries as directives
from donghanh.directives.models import Directive
from donghanh.domain import names
from donghanh.domain.authority import Actor
from donghanh.dossiers import queries as dossiers
from donghanh.dossiers.queries import Walk
from donghanh.organisation import queries as organisation

#: How many found things a search shows of each kind.
_FOUND = 20


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found; each list is ordered and cut at twenty."""

    people: list[Walk]
    letters: list[Directive]
    units: list[organisation.UnitFacts]

    @property
    def nothing(self) -> bool:
        """Tell whether nothing was found."""
        return not (self.people or self.letters or self.units)


def search(actor: Actor, words: str, today: date) -> Found:
    """
    Return what an actor may see and a few words name, without regard to diacritics.

    Args:
        actor: Who searches; nothing outside the own reach is found.
        words: As typed; a blank search finds nothing. Of a pupil's name each of them begins a word.
        today: The day (Asia/Ho_Chi_Minh).
    """
    key = names.search_key(words)
    if not key:
        return Found([], [], [])
    walks = dossiers.found(actor, words, today, _FOUND)
    letters = [
        letter
        for letter in directives.visible_to(actor)
        if key in names.search_key(items.about(letter))
    ]
    units = [
        unit
        for unit in organisation.facts_of(actor.schools, today).values()
        if key in names.search_key(unit.name)
    ]
    units.sort(key=lambda unit: unit.order)
    return Found(walks, letters[:_FOUND], units[:_FOUND])
