"""A letter for the tests of the room, and the roads it takes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from donghanh.config import places
from donghanh.directives import actions
from donghanh.directives.models import Directive
from donghanh.domain.authority import Actor
from donghanh.history.models import Event
from tests import factory
from tests.factory import Cast

#: The day everything is done, unless a test says otherwise.
ON = date(2024, 2, 20)
#: A letter without number and day, with a misreading and a target.
TEXT = (places.ROOT / "tests" / "letters" / "misread.txt").read_text(encoding="utf-8")


def officer(cast: Cast, on: date = ON) -> Actor:
    """Return the department's officer on a day."""
    return factory.actor(cast.officer, on)


def kept(cast: Cast, text: str = TEXT) -> Directive:
    """Keep a letter as the officer."""
    return actions.keep_letter(
        actor=officer(cast), file_name="cv.txt", data=text.encode(), at=factory.instant(ON)
    )


def issued(cast: Cast, shares: Mapping[int, int] | None = None, text: str = TEXT) -> Directive:
    """Keep a letter and issue it: two admissions to the school, none to the neighbour."""
    directive = kept(cast, text)
    return actions.issue_directive(
        actor=officer(cast),
        directive_id=directive.pk,
        shares=shares or {cast.school.unit.pk: 2, cast.neighbour.unit.pk: 0},
        at=factory.instant(ON),
        on=ON,
    )


def lines(action: str = "") -> int:
    """Return how many lines of history the room has written, of one action or of all."""
    return Event.objects.filter(action__startswith=action or "directives.").count()


def changed(directive: Directive, **values: Any) -> dict[str, Any]:
    """Return a first entry of a list field with some values changed, as an officer sends it."""
    return {
        key: [{**directive.confirmed[key][0], **value}, *directive.confirmed[key][1:]]
        for key, value in values.items()
    }
