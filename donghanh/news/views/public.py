"""Pages of everybody: no sign-in, no session, no script."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate, ParamSpec

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as sitemap_view
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from donghanh.domain.looking import Reach, Way
from donghanh.lib import wall
from donghanh.lib.picturefile import SHARED
from donghanh.lib.public import shown
from donghanh.news import queries
from donghanh.news.queries import Card, PublicArticle
from donghanh.pictures.queries import Shown

P = ParamSpec("P")

#: Pages of a list are told apart by the last article before them; words are never kept.
_shown = shown(keys=("truoc",), unkept=("q",))


def _everybody(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Let a view read what is public, as who looks at no pupil; its answer is kept for all."""

    @_shown
    @wraps(view)
    def door(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        with wall.looking(Way.PLAIN, Reach().settings):
            return view(request, *args, **kwargs)

    return door


def _number(request: HttpRequest) -> int | None:
    said = request.GET.get("truoc", "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 19 else None


@_everybody
def front(request: HttpRequest) -> HttpResponse:
    """Show the newest articles."""
    page = queries.front(before=_number(request))
    return _listed(request, page, reverse("news:front"))


@_everybody
def section(request: HttpRequest, key: str) -> HttpResponse:
    """Show the newest articles of a section."""
    page = queries.front(key, before=_number(request))
    return _listed(request, page, reverse("news:section", args=[key]))


def _listed(request: HttpRequest, page: queries.FrontPage | None, path: str) -> HttpResponse:
    if page is None:
        raise Http404
    context = _frame(page.simulated) | {
        "page": page,
        "canonical": request.build_absolute_uri(path),
    }
    return render(request, "news/front.html", context)


def _frame(simulated: bool) -> dict[str, object]:
    """Return what the frame of every public page of news needs."""
    return {"here": "news", "sections": queries.sections(), "simulated": simulated}


@_everybody
def search(request: HttpRequest) -> HttpResponse:
    """Show what holds the words, marks aside."""
    page = queries.search(request.GET.get("q", "")[:200], before=_number(request))
    context = _frame(page.simulated) | {"page": page}
    return render(request, "news/search.html", context)


@_everybody
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one article; of one that was taken down, that it was."""
    found = queries.public_article(slug)
    if found is None:
        raise Http404
    context = _frame(found.simulated) | {"page": found}
    if found.taken_down is not None:
        return render(request, "news/gone.html", context, status=HTTPStatus.GONE)
    canonical = request.build_absolute_uri(reverse("news:public", args=[slug]))
    share = _share(request, found.card.picture)
    context |= {"canonical": canonical, "share": share, "data": _data(found, canonical, share)}
    return render(request, "news/public_article.html", context)


@dataclass(frozen=True, slots=True)
class Share:
    """The picture that goes with a link to an article: its whole address, its size in points."""

    address: str
    width: int
    height: int


def _share(request: HttpRequest, picture: Shown | None) -> Share | None:
    """Return what is shared of the leading picture: its cut, or the picture until that is drawn."""
    if picture is None:
        return None
    if picture.share:
        return Share(request.build_absolute_uri(picture.share), *SHARED)
    return Share(request.build_absolute_uri(picture.src), picture.width, picture.height)


def _data(found: PublicArticle, canonical: str, share: Share | None) -> SafeString:
    """Return what machines read of an article: JSON that cannot end the element it is in."""
    told: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": found.card.title[:110],
        "description": found.card.summary,
        "datePublished": found.card.at.isoformat(),
        "dateModified": found.card.changed.isoformat(),
        "articleSection": found.card.section.name,
        "inLanguage": "vi",
        "mainEntityOfPage": canonical,
        "author": {"@type": "Person", "name": found.author},
        "publisher": {"@type": "Organization", "name": found.card.unit},
    }
    if share is not None and found.card.picture is not None:
        told["image"] = {
            "@type": "ImageObject",
            "url": share.address,
            "width": share.width,
            "height": share.height,
            "caption": found.card.picture.caption or found.card.picture.alt,
        }
    said = json.dumps(told, ensure_ascii=False)
    for sign, code in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
        said = said.replace(sign, code)
    return mark_safe(said)  # noqa: S308 - the three signs that matter in HTML are written as codes


class News(Feed):  # type: ignore[type-arg]  # no generic when it runs
    """The newest articles, for readers of feeds."""

    feed_type = Atom1Feed

    def title(self) -> str:
        """Return what the feed is called."""
        return _("News")

    def link(self) -> str:
        """Return the page the feed is of."""
        return reverse("news:front")

    def subtitle(self) -> str:
        """Return what the feed holds."""
        return _("What schools and Unions tell of their work with pupils")

    def items(self) -> tuple[Card, ...]:
        """Return the newest articles."""
        return queries.feed()

    def item_title(self, item: Card) -> str:
        """Return the title."""
        return item.title

    def item_description(self, item: Card) -> str:
        """Return the summary."""
        return item.summary

    def item_link(self, item: Card) -> str:
        """Return the address."""
        return reverse("news:public", args=[item.slug])

    def item_pubdate(self, item: Card) -> object:
        """Return when it was published."""
        return item.at

    def item_updateddate(self, item: Card) -> object:
        """Return when it last changed."""
        return item.changed

    def item_categories(self, item: Card) -> tuple[str, ...]:
        """Return the section."""
        return (item.section.name,)


_feed = News()


@_everybody
def atom(request: HttpRequest) -> HttpResponse:
    """Give the feed; whatever a reader of feeds sends in its headers, it gets one."""
    return _feed(request)


#: What other rooms tell everybody; each lists its own pages there.
_BESIDES = ("voices:answered", "openfigures:listing")


class _Articles(Sitemap):  # type: ignore[type-arg]  # no generic when it runs
    """The addresses of all public articles."""

    protocol = None

    def items(self) -> tuple[tuple[str, object], ...]:
        return queries.sitemap()

    def location(self, item: tuple[str, object]) -> str:
        return reverse("news:public", args=[item[0]])

    def lastmod(self, item: tuple[str, object]) -> object:
        return item[1]


class _Lists(Sitemap):  # type: ignore[type-arg]  # no generic when it runs
    """Where everybody begins to read: news, its sections, answers, figures."""

    protocol = None

    def items(self) -> list[str]:
        sections = [reverse("news:section", args=[one.key]) for one in queries.sections()]
        return [reverse("news:front"), *sections, *(reverse(name) for name in _BESIDES)]

    def location(self, item: str) -> str:
        return item


@_everybody
def sitemap(request: HttpRequest) -> HttpResponse:
    """List the public addresses for machines."""
    maps: dict[str, type[Sitemap[Any]] | Sitemap[Any]] = {"lists": _Lists, "articles": _Articles}
    made = sitemap_view(request, sitemaps=maps).render()
    return HttpResponse(made.content, content_type="application/xml")


@_everybody
def robots(request: HttpRequest) -> HttpResponse:
    """Say what machines may read: what is public, and nothing that needs a sign-in or a code."""
    open_to_all = (reverse("news:front"), *(reverse(name) for name in _BESIDES), "/anh/")
    closed = (reverse("news:search"), reverse("pictures:library"), "/")
    lines = (
        "User-agent: *",
        *(f"Allow: {path}" for path in (*open_to_all, "/static/")),
        *(f"Disallow: {path}" for path in closed),
        f"Sitemap: {request.build_absolute_uri(reverse('news:sitemap'))}",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
