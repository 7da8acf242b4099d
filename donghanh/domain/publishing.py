"""How an article goes from its draft to the public, and what must be settled before."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from donghanh.domain.book import Rulebook
from donghanh.domain.errors import RuleError
from donghanh.domain.names import search_key
from donghanh.domain.timeline import Entry


class Stand(StrEnum):
    """Where an article stands; a correction leaves it published."""

    DRAFT = "draft"
    HANDED_IN = "handed_in"
    REVIEWED = "reviewed"
    PUBLISHED = "published"
    TAKEN_DOWN = "taken_down"


class Step(StrEnum):
    """What may be done with an article."""

    EDIT = "edit"
    HAND_IN = "hand_in"
    RETURN = "return"
    APPROVE = "approve"
    PUBLISH = "publish"
    CORRECT = "correct"
    TAKE_DOWN = "take_down"


class Seen(StrEnum):
    """What was answered of a picture: whether a pupil can be recognised on it."""

    NOBODY = "nobody"
    PUPILS = "pupils"


#: From where each step may be done, and where it leads.
ROADS: dict[Step, tuple[frozenset[Stand], Stand | None]] = {
    Step.EDIT: (frozenset({Stand.DRAFT}), None),
    Step.HAND_IN: (frozenset({Stand.DRAFT}), Stand.HANDED_IN),
    Step.RETURN: (frozenset({Stand.HANDED_IN, Stand.REVIEWED}), Stand.DRAFT),
    Step.APPROVE: (frozenset({Stand.HANDED_IN}), Stand.REVIEWED),
    Step.PUBLISH: (frozenset({Stand.REVIEWED}), Stand.PUBLISHED),
    Step.CORRECT: (frozenset({Stand.PUBLISHED}), None),
    Step.TAKE_DOWN: (frozenset({Stand.PUBLISHED}), Stand.TAKEN_DOWN),
}


class NotNow(RuleError):
    """The article stands where this cannot be done; somebody else was perhaps faster."""

    code: ClassVar[str] = "publishing.not_now"


class OwnArticle(RuleError):
    """Who wrote any version of an article does not review it."""

    code: ClassVar[str] = "publishing.own_article"


class Unsettled(RuleError):
    """Names stand in the text of which nobody has said whose they are."""

    code: ClassVar[str] = "publishing.unsettled"


class NotAgreed(RuleError):
    """Somebody named or shown has not agreed to this publication."""

    code: ClassVar[str] = "publishing.not_agreed"


class PictureUnanswered(RuleError):
    """Nobody has said whether a pupil can be recognised on a picture, or which one."""

    code: ClassVar[str] = "publishing.picture_unanswered"


class PictureNotAgreed(RuleError):
    """A pupil who can be recognised has not agreed to this publication of this picture."""

    code: ClassVar[str] = "publishing.picture_not_agreed"


class PictureMissing(RuleError):
    """The text refers to a picture the article does not have, or that was taken down."""

    code: ClassVar[str] = "publishing.picture_missing"


class NameInTitle(RuleError):
    """A pupil is never named in a title or summary: those go on in addresses and other's lists."""

    code: ClassVar[str] = "publishing.name_in_title"


class Empty(RuleError):
    """There is no title, no summary or no text."""

    code: ClassVar[str] = "publishing.empty"


class PlannedBefore(RuleError):
    """The instant to publish at has gone by."""

    code: ClassVar[str] = "publishing.planned_before"


class NothingSaid(RuleError):
    """A return, a correction or a taking down says why."""

    code: ClassVar[str] = "publishing.nothing_said"


#: Words that stand in the place of articles in addresses.
TAKEN = frozenset({"muc", "tim", "feed"})
_LONGEST_SLUG = 80


def step_from(stand: Stand, step: Step) -> Stand:
    """
    Return where a step leads from where an article stands.

    Raises:
        NotNow: It cannot be done from there.

    >>> step_from(Stand.DRAFT, Step.HAND_IN).value
    'handed_in'
    """
    starts, end = ROADS[step]
    if stand not in starts:
        raise NotNow(stand=stand.value, step=step.value)
    return stand if end is None else end


def check_reviewer(reviewer: int, writers: Collection[int]) -> None:
    """
    Refuse who wrote any of an article.

    Raises:
        OwnArticle: The reviewer is among the writers.
    """
    if reviewer in writers:
        raise OwnArticle


def check_words(**parts: str) -> None:
    """
    Refuse what lacks a part.

    Raises:
        Empty: It names the first part without a letter.
    """
    for name, text in parts.items():
        if not any(sign.isalnum() for sign in text):
            raise Empty(part=name)


def check_plan(planned: datetime, now: datetime) -> None:
    """
    Refuse an instant that has gone by.

    Raises:
        PlannedBefore: It is not after now.
    """
    if planned <= now:
        raise PlannedBefore(planned=planned)


def reason(written: str) -> str:
    """
    Return a reason as it is kept.

    Raises:
        NothingSaid: No letter in it.
    """
    said = " ".join(unicodedata.normalize("NFC", written).split())
    if not any(sign.isalpha() for sign in said):
        raise NothingSaid
    return said


def slug(title: str, taken: Collection[str] = ()) -> str:
    """
    Return what stands for a title in addresses: without marks, and nobody else's.

    Args:
        title: As written.
        taken: Slugs that stand already.

    >>> slug("Thử thách và đồng hành!"), slug("Tìm"), slug("Tin", {"tin"})
    ('thu-thach-va-dong-hanh', 'tim-2', 'tin-2')
    """
    words = re.sub(r"[^a-z0-9]+", "-", search_key(title)).strip("-")
    short = words[:_LONGEST_SLUG]
    if len(words) > _LONGEST_SLUG and "-" in short:
        short = short.rsplit("-", 1)[0]
    base = short.strip("-") or "tin"
    used = {*taken, *TAKEN}
    number, found = 1, base
    while found in used:
        number += 1
        found = f"{base}-{number}"
    return found


#: The age below which parents agree, too, before a pupil is named or shown.
PARENTS = "data.publication.parents"


def parents_rule(book: Rulebook, on: date) -> Entry[int] | None:
    """Return the rule that says below which age parents agree too, on a day; or ``None``."""
    return book.find_number(PARENTS, on)


def parents_needed(born: date, on: date, rule: Entry[int] | None) -> bool:
    """
    Tell whether the parents' agreement is needed beside the pupil's own.

    Args:
        born: Day of birth.
        on: The day the pupil is asked (Asia/Ho_Chi_Minh).
        rule: What ``parents_rule`` gave; where there is none the parents are always asked.

    Source:
        rulebook/handling.toml [data.publication.parents]
    """
    if rule is None:
        return True
    years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return years < rule.value
