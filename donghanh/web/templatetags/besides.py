"""Links from a page of one room to pages of the rooms above it, each list in one place."""

from __future__ import annotations

from dataclasses import dataclass

from django import template
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from donghanh.domain.authority import Actor
from donghanh.domain.rights import Right

register = template.Library()


@dataclass(frozen=True, slots=True)
class Besides:
    """A page that lies beside the one shown."""

    label: str
    note: str
    url: str


#: Beside the pupil's own page: what it is called, what stands there, the name of its address.
_OWN: tuple[tuple[Promise, Promise, str], ...] = (
    (
        _("Walking together"),
        _("Challenges, notes of who helps me, clubs"),
        "accompaniment:own",
    ),
    (
        _("My activities"),
        _("Where I checked in, and what stands on my road"),
        "activities:own",
    ),
    (_("My rating in the Union"), _("Year by year"), "pool:own"),
    (
        _("Papers, classes, meetings"),
        _("What is kept of my file, and where it went"),
        "ownfile:files",
    ),
    (_("My name and pictures in the news"), _("Where I am asked to be named or shown"), "news:own"),
)

#: Beside the page of one road, with the right it needs.
_ROAD: tuple[tuple[Promise, Promise, str, Right], ...] = (
    (
        _("Accompaniment"),
        _("Challenges, notes, comments"),
        "accompaniment:pupil",
        Right.GIVE_CHALLENGES,
    ),
    (
        pgettext_lazy("room", "Activities"),
        _("What the pupil put on the road"),
        "activities:pupil",
        Right.GIVE_CHALLENGES,
    ),
)


@register.simple_tag
def own_besides(code: str) -> list[Besides]:
    """Return the pages beside a pupil's own page."""
    found = [
        Besides(str(label), str(note), reverse(name, args=[code])) for label, note, name in _OWN
    ]
    # Without the code: nothing leads from a voice to whose page it was begun on.
    label, note = _("Send my voice"), _("With my name or without; nobody learns I came from here")
    return [*found, Besides(str(label), str(note), reverse("voices:begin"))]


@register.simple_tag
def road_besides(actor: Actor, dossier_id: int) -> list[Besides]:
    """Return the pages beside one road that an actor may open."""
    return [
        Besides(str(label), str(note), reverse(name, args=[dossier_id]))
        for label, note, name, right in _ROAD
        if actor.may(right)
    ]
