"""What of an article must be settled before it is published: whose names stand in it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Value
from django.db.models.functions import Concat, StrIndex

from donghanh.domain import naming
from donghanh.domain.authority import Actor
from donghanh.domain.looking import Way
from donghanh.domain.naming import Found
from donghanh.domain.rights import LOOKS
from donghanh.news.models import Agreement, Article, Cleared, Placed, Version
from donghanh.news.queries import placed
from donghanh.news.queries.placed import PictureLine
from donghanh.people import queries as people
from donghanh.people.models import Person

_TAGS = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class NameLine:
    """
    A name in the text of which nobody has said whose it is.

    ``known``: a pupil in the actor's sight bears it; ``titled``: it stands in title, summary or in
    what a picture shows, which is read and copied without it.
    """

    key: str
    words: str
    known: bool
    titled: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who is asked; no more is known here than whether it stands. ``words``: if seen."""

    id: int
    number: int
    words: str
    stands: bool
    parents_needed: bool
    parents_known: bool


@dataclass(frozen=True, slots=True)
class Check:
    """
    What is settled and what is not.

    ``unknown``: references to nobody asked; ``missing``: numbers of pictures that are not there.
    """

    names: tuple[NameLine, ...]
    asked: tuple[Asked, ...]
    unknown: int
    pictures: tuple[PictureLine, ...] = ()
    missing: tuple[int, ...] = ()
    persons: tuple[int, ...] = ()

    @property
    def open(self) -> tuple[Asked, ...]:
        """Return who is named and has not agreed."""
        return tuple(one for one in self.asked if not one.stands)

    @property
    def settled(self) -> bool:
        """Tell whether nothing stands in the way."""
        named = not self.names and not self.open and not self.unknown
        return named and not self.missing and all(one.settled for one in self.used)

    @property
    def used(self) -> tuple[PictureLine, ...]:
        """Return the pictures the version shows."""
        return tuple(one for one in self.pictures if one.used)


def text_of(version: Version, said: Iterable[str] = ()) -> str:
    """Return all of a version and its pictures in which a name can stand, as plain words."""
    body = html.unescape(
        _TAGS.sub(" ", version.body.replace("</p>", " . ").replace("</li>", " . "))
    )
    parts = (version.title, version.summary, body, version.source, *said)
    return naming.bare(" . ".join(parts))


def bearers(actor: Actor, text: str) -> dict[str, list[int]]:
    """Return whose names among the pupils in sight a text holds: the numbers of who bear each."""
    seen = people.visible_to(actor)
    within = Value(f" {naming.folded(text)} ")
    found = seen.annotate(at=StrIndex(within, Concat(Value(" "), "search_key", Value(" ")))).filter(
        at__gt=0, search_key__contains=" "
    )
    names: dict[str, list[int]] = {}
    for key, number in found.values_list("search_key", "pk").order_by("search_key", "pk"):
        names.setdefault(key, []).append(number)
    return names


def check_of(actor: Actor, article: Article, version: Version) -> Check:
    """
    Return what of an article is settled, as far as the actor may know.

    Names of pupils are known of those the actor may see anyway; every other name is pointed out by
    how it looks alone, whether a pupil bears it or not: that a name exists is about somebody.
    """
    used = _used(article, version)
    text = text_of(version, map(placed.words_of, used))
    known = bearers(actor, text)
    cleared = set(Cleared.objects.filter(article=article).values_list("key", flat=True))
    seen = " . ".join(one.alt for one in used)
    titled = naming.folded(naming.bare(f"{version.title} . {version.summary} . {seen}"))
    lines = [
        NameLine(one.key, one.words, one.known, naming.bears(titled, one.key))
        for one in _found(text, known)
        if one.key not in cleared
    ]
    referred = referred_by(version, used)
    asked = asked_of(actor, article, referred)
    shown = placed.lines(article, version, names=sees_pupils(actor))
    there = {one.number for one in shown if one.shown is not None}
    return Check(
        names=tuple(lines),
        asked=asked,
        unknown=len(referred - {one.number for one in asked}),
        pictures=shown,
        missing=tuple(sorted(placed.used_by(version) - there)),
        persons=_told_of(actor, article, known),
    )


def _told_of(actor: Actor, article: Article, known: dict[str, list[int]]) -> tuple[int, ...]:
    """Return of which pupils a page tells: who bear a name in it, and who are asked to be shown."""
    borne = {number for numbers in known.values() for number in numbers}
    if sees_pupils(actor):
        rows = Agreement.objects.filter(article=article, placed__isnull=False)
        borne |= set(rows.values_list("person_id", flat=True))
    return tuple(sorted(borne))


def _used(article: Article, version: Version) -> list[Placed]:
    numbers = placed.used_by(version)
    found = Placed.objects.filter(article=article, number__in=numbers) if numbers else ()
    return list(found)


def referred_by(version: Version, used: Iterable[Placed]) -> frozenset[int]:
    """Return the numbers of the pupils a version and its pictures refer to."""
    said = " ".join(map(placed.words_of, used))
    return naming.references(f"{version.title} {version.summary} {version.body} {said}")


def _found(text: str, known: dict[str, list[int]]) -> list[Found]:
    """Return the names a text holds: first those that are known, then what only looks like one."""
    found = list(naming.borne(text, known))
    covered = [one.key for one in found]
    for one in naming.looks_like_names(text):
        if not any(naming.bears(one.key, key) or naming.bears(key, one.key) for key in covered):
            found.append(one)
    return found


def asked_of(actor: Actor, article: Article, referred: frozenset[int]) -> tuple[Asked, ...]:
    """Return who is asked of those an article refers to, in the order of the numbers."""
    rows = Agreement.objects.filter(article=article, placed__isnull=True).order_by("number")
    words: dict[int, tuple[str, bool, bool]] = {}
    if sees_pupils(actor):
        seen = rows.values_list("number", "words", "parents_needed", "parents_date")
        words = {number: (said, needs, on is not None) for number, said, needs, on in seen}
    return tuple(
        Asked(number_id, number, *_seen(words, number, stands))
        for number_id, number, stands in rows.values_list("id", "number", "stands")
        if number in referred
    )


def sees_pupils(actor: Actor) -> bool:
    """Tell whether an actor sees any pupils at all, and so may read whose name stands."""
    return LOOKS.get(actor.post.role) is Way.CASES


def _seen(
    words: dict[int, tuple[str, bool, bool]], number: int, stands: bool
) -> tuple[str, bool, bool, bool]:
    said, needs, known = words.get(number, ("", False, False))
    return said, stands, needs, known


def names_for_staff(check: Check) -> dict[int, str]:
    """Return the names the actor may read in the place of references, by number."""
    return {one.number: one.words for one in check.asked if one.words}


def one_bearer(actor: Actor, key: str) -> Person | None:
    """Return the one pupil in sight who bears a name, or ``None``: nobody, or several do."""
    found = list(people.visible_to(actor).filter(search_key=key)[:2])
    return found[0] if len(found) == 1 else None
