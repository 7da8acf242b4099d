"""What everybody reads: without signing in, and of a pupil no more than stands agreed to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Prefetch, Q, QuerySet

from donghanh.domain import naming
from donghanh.domain.publishing import Stand
from donghanh.lib import clock
from donghanh.news import texts
from donghanh.news.models import Agreement, Article, Correction, Version
from donghanh.news.queries import placed
from donghanh.organisation.models import UnitVersion
from donghanh.pictures.queries import Shown

#: Articles of a page, of a list beside an article, of the feed, and of what machines are given.
PAGE, BESIDE, FEED, MAP = 12, 5, 20, 5_000
_LONGEST_SEARCH = 80


@dataclass(frozen=True, slots=True)
class Card:
    """An article in a list."""

    id: int
    slug: str
    title: str
    summary: str
    section: texts.Section
    unit: str
    at: datetime
    changed: datetime
    simulated: bool = False
    picture: Shown | None = None


@dataclass(frozen=True, slots=True)
class FrontPage:
    """A list of articles, the newest first; ``older`` leads on where there are more."""

    cards: tuple[Card, ...]
    older: int | None
    section: texts.Section | None = None
    words: str = ""
    first: bool = True

    @property
    def below(self) -> tuple[texts.Section, ...]:
        """Return the sections that belong to the one shown."""
        key = self.section.key if self.section else None
        return tuple(one for one in texts.SECTIONS.values() if one.under == key)

    @property
    def simulated(self) -> bool:
        """Tell whether any article of the page is of the invented units."""
        return any(one.simulated for one in self.cards)


@dataclass(frozen=True, slots=True)
class PublicArticle:
    """One article as everybody reads it, with those beside it."""

    card: Card
    parts: tuple[placed.Part, ...]
    author: str
    source: str
    corrections: tuple[Correction, ...]
    same: tuple[Card, ...]
    newest: tuple[Card, ...]
    simulated: bool
    taken_down: datetime | None = None


def _published() -> QuerySet[Article]:
    shown = Prefetch(
        "versions", queryset=Version.objects.filter(number=F("article__shown")), to_attr="words"
    )
    found = Article.objects.filter(stand=Stand.PUBLISHED.value).prefetch_related(shown)
    return found.order_by("-published_at", "-id")


def _cards(found: Sequence[Article]) -> tuple[Card, ...]:
    """Return articles as lists show them, each with the picture that leads it."""
    there = [one for one in found if one.words]  # type: ignore[attr-defined]  # prefetched
    return _made(there, placed.shown(placed.public(there), {}))


def _made(found: Sequence[Article], seen: Mapping[tuple[int, int], Shown]) -> tuple[Card, ...]:
    """Return articles as lists show them; one statement for the names of the units."""
    units = _units({one.unit_id for one in found})
    return tuple(_card(one, units, seen) for one in found)


def _card(one: Article, units: dict[int, str], seen: Mapping[tuple[int, int], Shown]) -> Card:
    version: Version = one.words[0]  # type: ignore[attr-defined]  # prefetched
    at = one.published_at or one.begun_at
    return Card(
        id=one.pk,
        slug=one.slug,
        title=version.title,
        summary=version.summary,
        section=texts.SECTIONS[one.section],
        unit=units.get(one.unit_id, ""),
        at=at,
        changed=one.corrected_at or at,
        simulated=one.simulated,
        picture=seen.get((one.pk, version.lead or 0)),
    )


def _units(ids: Iterable[int]) -> dict[int, str]:
    """Return what units are called today."""
    rows = UnitVersion.objects.filter(unit_id__in=set(ids), in_force__contains=clock.today())
    return dict(rows.values_list("unit_id", "short_name"))


def front(section: str = "", before: int | None = None) -> FrontPage | None:
    """
    Return a page of the list; ``None``: no such section. Two statements for the articles.

    Args:
        section: The key of a section; what belongs to it is shown as well. Empty: all.
        before: The number of the last article of the page before.
    """
    if section and section not in texts.SECTIONS:
        return None
    found = _published()
    if section:
        found = found.filter(section__in=texts.below(section))
    cards, older = _page(found, before)
    return FrontPage(cards, older, texts.SECTIONS.get(section), first=before is None)


def search(words: str, before: int | None = None) -> FrontPage:
    """Return a page of what holds all words, marks and capitals aside; nothing asked: nothing."""
    asked = naming.folded(words[:_LONGEST_SEARCH])
    if not asked:
        return FrontPage((), None, words=words.strip())
    wanted = Q()
    for word in asked.split():
        wanted &= Q(folded__contains=word)
    holding = Version.objects.filter(wanted, number=F("article__shown")).values("article_id")
    cards, older = _page(_published().filter(pk__in=holding), before)
    return FrontPage(cards, older, words=words.strip(), first=before is None)


def _page(found: QuerySet[Article], before: int | None) -> tuple[tuple[Card, ...], int | None]:
    if before is not None:
        last = Article.objects.filter(pk=before, stand=Stand.PUBLISHED.value)
        at = last.values("published_at")[:1]
        found = found.filter(Q(published_at__lt=at) | Q(published_at=at, pk__lt=before))
    rows = list(found[: PAGE + 1])
    cards = _cards(rows[:PAGE])
    return cards, cards[-1].id if len(rows) > PAGE and cards else None


def public_article(slug: str) -> PublicArticle | None:
    """
    Return an article as everybody reads it; ``None``: never published.

    Of one that was taken down no word is given but when. Names stand only while agreed to.
    """
    article = _published().filter(slug=slug).first()
    if article is None or not article.words:  # type: ignore[attr-defined]  # prefetched
        return _taken_down(slug)
    around = _published().exclude(pk=article.pk)
    same = list(around.filter(section=article.section)[:BESIDE])
    newest = list(around[:BESIDE])
    told = [one for one in (article, *same, *newest) if one.words]  # type: ignore[attr-defined]
    names = agreed(article)
    seen = placed.shown(placed.public(told, whole=article), {article.pk: names})
    cards = {one.id: one for one in _made(told, seen)}
    version: Version = article.words[0]  # type: ignore[attr-defined]  # prefetched
    own = {number: one for (of, number), one in seen.items() if of == article.pk}
    return PublicArticle(
        card=cards[article.pk],
        parts=placed.parts(version.body, names, own),
        author=version.author_name,
        source=version.source,
        corrections=tuple(
            article.corrections.order_by("number").only("number", "note", "corrected_at")
        ),
        same=tuple(cards[one.pk] for one in same if one.pk in cards),
        newest=tuple(cards[one.pk] for one in newest if one.pk in cards),
        simulated=article.simulated,
    )


def _taken_down(slug: str) -> PublicArticle | None:
    gone = Article.objects.filter(slug=slug, stand=Stand.TAKEN_DOWN.value).first()
    if gone is None or gone.taken_down_at is None:
        return None
    section = texts.SECTIONS[gone.section]
    card = Card(gone.pk, slug, "", "", section, "", gone.taken_down_at, gone.taken_down_at)
    return PublicArticle(
        card, (), "", "", (), (), (), gone.simulated, taken_down=gone.taken_down_at
    )


def agreed(article: Article) -> dict[int, str]:
    """Return the names that may be read in an article at this moment, by the number of each."""
    rows = Agreement.objects.filter(article=article, placed__isnull=True, stands=True)
    return dict(rows.values_list("number", "words"))


def sections() -> tuple[texts.Section, ...]:
    """Return the sections that stand at the top, in their order."""
    return tuple(one for one in texts.SECTIONS.values() if not one.under)


def feed() -> tuple[Card, ...]:
    """Return the newest articles for readers of feeds."""
    return _cards(list(_published()[:FEED]))


def sitemap() -> tuple[tuple[str, datetime], ...]:
    """Return the slug of each public article and when it last changed, the newest first."""
    rows = Article.objects.filter(stand=Stand.PUBLISHED.value).order_by("-published_at", "-id")
    found = rows.values_list("slug", "published_at", "corrected_at")[:MAP]
    return tuple((slug, later or at) for slug, at, later in found if at is not None)
