"""Pictures of articles: which of them a version shows, and whether they may be shown."""

from __future__ import annotations

import html
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from django.utils.safestring import SafeString, mark_safe

from donghanh.domain import naming
from donghanh.lib import safehtml
from donghanh.news import texts
from donghanh.news.models import Agreement, Article, Placed, Version
from donghanh.pictures import queries as pictures
from donghanh.pictures.queries import Shown


@dataclass(frozen=True, slots=True)
class Part:
    """Words of an article, and the pictures that stand behind them."""

    html: SafeString
    pictures: tuple[Shown, ...] = ()


@dataclass(frozen=True, slots=True)
class Recognised:
    """Somebody asked to be shown on a picture; ``words``: the name, for who sees the pupil."""

    id: int
    words: str
    stands: bool
    parents_needed: bool
    parents_known: bool


@dataclass(frozen=True, slots=True)
class PictureLine:
    """
    A picture of an article for who writes or reviews it.

    ``used``: the newest version shows it; ``lead``: before its text; ``public``: everybody sees it,
    or saw it. ``shown`` is nothing where it was taken down.
    """

    number: int
    picture_id: int
    shown: Shown | None
    alt: str
    caption: str
    credit: str
    seen: str
    stands: bool
    used: bool
    lead: bool
    public: bool
    asked: tuple[Recognised, ...]

    @property
    def mark(self) -> str:
        """Return what shows it in the text."""
        return f"[[ảnh {self.number}]]"

    @property
    def label(self) -> str:
        """Return how it is chosen in a list."""
        return f"{self.number}. {self.alt}"

    @property
    def open(self) -> int:
        """Return how many of those asked have not agreed."""
        return sum(not one.stands for one in self.asked)

    @property
    def settled(self) -> bool:
        """Tell whether nothing stands in the way of showing it."""
        return self.stands and self.shown is not None


def used_by(version: Version) -> frozenset[int]:
    """Return the numbers of the pictures a version shows."""
    lead = set() if version.lead is None else {version.lead}
    return frozenset(lead | set(naming.pictures(version.body)))


def words_of(placed: Placed) -> str:
    """Return everything said of a picture."""
    return f"{placed.alt} . {placed.caption} . {placed.credit}"


def lines(article: Article, version: Version, *, names: bool) -> tuple[PictureLine, ...]:
    """
    Return the pictures of an article in the order they were added; four statements at most.

    Args:
        article: Of which article.
        version: Which version shows them.
        names: Whether who asks sees pupils at all.
    """
    found = list(Placed.objects.filter(article=article).order_by("number"))
    seen = pictures.shown(one.picture_id for one in found) if found else {}
    asked = _asked(found, names=names) if found else {}
    used = used_by(version)
    return tuple(
        PictureLine(
            number=one.number,
            picture_id=one.picture_id,
            shown=seen.get(one.picture_id),
            alt=one.alt,
            caption=one.caption,
            credit=one.credit,
            seen=one.seen,
            stands=one.stands,
            used=one.number in used,
            lead=one.number == version.lead,
            public=one.public_at is not None,
            asked=asked.get(one.pk, ()),
        )
        for one in found
    )


def _asked(found: Collection[Placed], *, names: bool) -> Mapping[int, tuple[Recognised, ...]]:
    """Return who is asked about each picture, as far as who asks may know."""
    rows = Agreement.objects.filter(placed__in=found).order_by("number")
    told: defaultdict[int, tuple[Recognised, ...]] = defaultdict(tuple)
    if not names:
        for number, which, stands in rows.values_list("id", "placed_id", "stands"):
            told[which] += (
                Recognised(number, "", stands, parents_needed=False, parents_known=False),
            )
        return told
    for one in rows.select_related("person"):
        told[one.placed_id or 0] += (
            Recognised(
                one.pk,
                one.person.full_name,
                one.stands,
                parents_needed=one.parents_needed,
                parents_known=one.parents_date is not None,
            ),
        )
    return told


def public(articles: Iterable[Article], *, whole: Article | None = None) -> tuple[Placed, ...]:
    """
    Return the pictures everybody may see of articles: the leading ones, of one of them all.

    Args:
        articles: With the version everybody reads as ``words``.
        whole: Of which all that the version shows are wanted.
    """
    wanted: dict[int, frozenset[int]] = {}
    for one in articles:
        version: Version = one.words[0]  # type: ignore[attr-defined]  # prefetched
        lead = frozenset[int]() if version.lead is None else frozenset({version.lead})
        numbers = used_by(version) if whole is not None and one.pk == whole.pk else lead
        if numbers:
            wanted[one.pk] = numbers
    if not wanted:
        return ()
    rows = Placed.objects.filter(article_id__in=wanted, stands=True, public_at__isnull=False)
    return tuple(one for one in rows.order_by("id") if one.number in wanted[one.article_id])


def shown(
    rows: Collection[Placed], names: Mapping[int, Mapping[int, str]]
) -> dict[tuple[int, int], Shown]:
    """
    Return pictures as pages show them, by article and number, with the words of the article.

    What was taken down is not among them. Two statements; none, where there is no picture.

    Args:
        rows: The pictures.
        names: The pupils' names that may be read in these words, by article and number.
    """
    seen = pictures.shown(one.picture_id for one in rows) if rows else {}
    return {
        (one.article_id, one.number): said(one, seen[one.picture_id], names.get(one.article_id, {}))
        for one in rows
        if one.picture_id in seen
    }


def said(placed: Placed, shown: Shown, names: Mapping[int, str]) -> Shown:
    """Return a picture with what the article says of it; each reference a name or nobody's."""

    def spoken(text: str) -> str:
        return naming.unmarked(text, names, str(texts.SOMEBODY))

    return replace(
        shown,
        alt=spoken(placed.alt),
        caption=spoken(placed.caption),
        credit=spoken(placed.credit),
    )


def parts(body: str, names: Mapping[int, str], seen: Mapping[int, Shown]) -> tuple[Part, ...]:
    """
    Return a kept text as it is shown: judged once more, references being names and pictures.

    Args:
        body: Clean HTML with references.
        names: The names that may be read, by number.
        seen: The pictures that may be seen, by number.
    """
    safe = {number: html.escape(name) for number, name in names.items()}
    told = []
    for words, numbers in naming.parted(safehtml.judged(body)):
        clean = naming.unmarked(words, safe, str(texts.SOMEBODY))
        there = tuple(seen[number] for number in numbers if number in seen)
        told.append(Part(mark_safe(clean), there))  # noqa: S308 - judged just above
    return tuple(told)
