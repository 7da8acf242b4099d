"""Sections, labels and sentences of the room of news."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from donghanh.domain.errors import RuleError
from donghanh.domain.publishing import Seen, Stand
from donghanh.lib import days
from donghanh.pictures import texts as pictures


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the news; ``under`` is the key of the one it belongs to, or nothing."""

    key: str
    name: str
    about: str
    under: str = ""


def _read() -> dict[str, Section]:
    told = tomllib.loads((files("donghanh.news") / "sections.toml").read_text("utf-8"))
    rows: list[dict[str, Any]] = told["section"]
    return {row["key"]: Section(**row) for row in rows}


#: Every section by its key, in the order they are shown in.
SECTIONS: Mapping[str, Section] = _read()


def sections() -> list[tuple[str, str]]:
    """Return the choices of a section; one that belongs to another says to which."""
    return [
        (one.key, f"{SECTIONS[one.under].name} › {one.name}" if one.under else one.name)
        for one in SECTIONS.values()
    ]


def below(key: str) -> list[str]:
    """Return the keys of a section and of those that belong to it."""
    return [key, *(one.key for one in SECTIONS.values() if one.under == key)]


#: What stands where a pupil's name may not be shown.
SOMEBODY = pgettext_lazy("in place of a name", "a pupil")

STANDS: dict[Stand, tuple[str, Promise]] = {
    Stand.DRAFT: ("waiting", pgettext_lazy("article", "being written")),
    Stand.HANDED_IN: ("near", pgettext_lazy("article", "waits for a reviewer")),
    Stand.REVIEWED: ("near", pgettext_lazy("article", "reviewed, not published")),
    Stand.PUBLISHED: ("done", pgettext_lazy("article", "published")),
    Stand.TAKEN_DOWN: ("plain", pgettext_lazy("article", "taken down")),
}
SEEN: dict[Seen, Promise] = {
    Seen.NOBODY: _("No, no pupil can be recognised"),
    Seen.PUPILS: _("Yes, and each of them is asked first"),
}
PARTS: dict[str, Promise] = {
    "title": _("title"),
    "summary": _("summary"),
    "body": _("text"),
    "author_name": _("name of the author"),
    "alt": _("description of the picture"),
}
REFUSALS: dict[str, Promise] = {
    "publishing.not_now": _(
        "Somebody else has done something with this article meanwhile, so this was not done. Look "
        "at where it stands now."
    ),
    "publishing.own_article": _(
        "You wrote some of this article. Somebody else of your body reviews it, so that two people "
        "have read it."
    ),
    "publishing.unsettled": _(
        "%(count)s names in the text are not settled yet. Ask the pupil, or let the reviewer say "
        "that somebody else is meant; until then it is not published."
    ),
    "publishing.not_agreed": _(
        "%(count)s pupils named here have not agreed to this publication (Law 91/2025/QH15, "
        "article 24). Wait for their answer, or take the name out; it was not published."
    ),
    "publishing.picture_unanswered": _(
        "Of picture %(number)s nobody has said whether a pupil can be recognised, or which one. "
        "Answer it at the picture, then publish."
    ),
    "publishing.picture_not_agreed": _(
        "%(count)s pupils who can be recognised on picture %(number)s have not agreed to this "
        "publication of it (Law 91/2025/QH15, article 24). Wait for their answer, or take the "
        "picture out; it was not published."
    ),
    "publishing.picture_missing": _(
        "The text shows picture %(number)s, which the article does not have any more. Take its "
        "mark out of the text, or add the picture again."
    ),
    "publishing.name_in_title": _(
        "“%(words)s” stands in the title or the summary, and a pupil bears that name. Titles go on "
        "in addresses and lists of others, so no pupil is named there: write it without the name."
    ),
    "publishing.empty": _("The %(part)s is missing. Write it, then go on."),
    "publishing.planned_before": _(
        "The time to publish has gone by. Choose a day and an hour still to come, or publish now."
    ),
    "publishing.nothing_said": _("Say why in a few words; nothing was done."),
    "news.changed_meanwhile": _(
        "%(name)s saved this article while you were writing. Nothing of yours is lost: both texts "
        "stand below. Put together what is to stay, then save again."
    ),
    "news.too_long": _(
        "The text is longer than %(most)s signs. Shorten it or divide it into two articles; what "
        "you wrote is still here."
    ),
    "news.no_such_name": _(
        "This name does not stand in the text any more. Look at the list of names again."
    ),
    "news.nobody_to_ask": _(
        "Several pupils bear this name, or none you may see. Only somebody you may see can be "
        "asked."
    ),
    "news.already_asked": _(
        "Pupils were asked about this picture, so it is not without them. Take it out and add "
        "another one; nothing was changed."
    ),
    "news.shows_already": _(
        "Everybody sees this picture already. Correct the article with another one; nothing was "
        "changed."
    ),
    "news.over": _("This article is no longer to be answered. Nothing was kept."),
}


def refusal(error: RuleError) -> str:
    """
    Return what a person reads when something about an article, or its picture, is refused.

    Raises:
        KeyError: The refusal has no sentence here.
    """
    if error.code not in REFUSALS:
        return pictures.refusal(error)
    return str(REFUSALS[error.code]) % {name: _said(one) for name, one in error.facts.items()}


def _said(value: object) -> str:
    if isinstance(value, date):
        return days.day(value)
    return str(PARTS[value]) if isinstance(value, str) and value in PARTS else str(value)


def seen() -> list[tuple[str, Promise]]:
    """Return the choices of whether a pupil can be recognised on a picture."""
    return [(one.value, label) for one, label in SEEN.items()]


def stands() -> list[tuple[str, Promise]]:
    """Return the choices of where an article stands."""
    return [(stand.value, label) for stand, (_shape, label) in STANDS.items()]
