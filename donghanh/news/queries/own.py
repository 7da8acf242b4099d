"""What a pupil is asked to be published with, on the own page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from donghanh.domain import pasting
from donghanh.domain.naming import unmarked
from donghanh.domain.publishing import Stand
from donghanh.news import texts
from donghanh.news.models import Agreement, Declining, Version
from donghanh.news.queries.placed import shown
from donghanh.people import queries as people
from donghanh.people.models import Person
from donghanh.pictures.queries import Shown


@dataclass(frozen=True, slots=True)
class OwnAsked:
    """
    One article the pupil is asked about.

    ``passage``: where the name would stand; ``picture``: what shows the pupil, where that is asked.
    It is ``over`` once the article or the picture was taken down.
    """

    id: int
    title: str
    summary: str
    passage: str
    words: str
    address: str
    asked: datetime
    agreed: datetime | None
    declined: bool
    parents_needed: bool
    parents_known: bool
    stands: bool
    over: bool
    public: bool
    is_picture: bool
    picture: Shown | None


@dataclass(frozen=True, slots=True)
class OwnPage:
    """Everything on the pupil's own page of publications."""

    given_name: str
    agreed: bool
    asked: tuple[OwnAsked, ...]
    simulated: bool


def own(person: Person) -> list[Agreement]:
    """Return what a pupil was asked, the newest first."""
    found = Agreement.objects.filter(person=person).select_related("article", "placed")
    return list(found.order_by("-id"))


def own_page(code: str) -> OwnPage | None:
    """Return the page a pupil's own code opens, or ``None``."""
    person = people.own_record(code)
    if person is None:
        return None
    rows = own(person)
    seen = shown([one.placed for one in rows if one.placed is not None], {})
    noes = set(Declining.objects.values_list("agreement_id", flat=True))
    return OwnPage(
        given_name=person.full_name.split()[-1] if person.full_name else "",
        agreed=person.agreed,
        asked=tuple(_asked(one, seen, declined=one.pk in noes) for one in rows),
        simulated=person.simulated,
    )


def _asked(one: Agreement, seen: Mapping[tuple[int, int], Shown], *, declined: bool) -> OwnAsked:
    article = one.article
    version = article.versions.get(number=article.number)
    picture = None if one.placed is None else seen.get((article.pk, one.placed.number))
    return OwnAsked(
        id=one.pk,
        title=version.title,
        summary=version.summary,
        passage=_passage(one, version) if one.placed is None else "",
        words=one.words,
        address=f"/tin/{article.slug}/",
        asked=one.asked_at,
        agreed=one.agreed_at,
        declined=declined,
        parents_needed=one.parents_needed,
        parents_known=one.parents_date is not None,
        stands=one.stands,
        over=article.stand == Stand.TAKEN_DOWN or (one.placed is not None and picture is None),
        public=article.stand == Stand.PUBLISHED,
        is_picture=one.placed is not None,
        picture=picture,
    )


def _passage(one: Agreement, version: Version) -> str:
    """Return the block in which the name would stand, or what stands below a picture."""
    mark = f"[[học sinh {one.number}]]"
    parts = [block.text for block in pasting.cleaned_paste(version.body)]
    parts += [placed.caption for placed in one.article.placed.all()]
    passage = next((part for part in parts if mark in part), "")
    return unmarked(passage, {one.number: one.words}, str(texts.SOMEBODY))
