"""Articles as who writes and reviews them sees them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from donghanh.amendments import queries as amendments
from donghanh.domain import authority, markup, pasting, publishing
from donghanh.domain.authority import Actor, NotAllowed
from donghanh.domain.publishing import ROADS, Stand, Step
from donghanh.domain.rights import Right, Role
from donghanh.domain.timeline import Entry
from donghanh.lib import safehtml
from donghanh.news import texts
from donghanh.news.models import Article, Correction, Draft, Version
from donghanh.news.queries import checks, placed
from donghanh.organisation.models import Link
from donghanh.pictures.queries import Shown

#: A reference as it stands where brackets are escaped.
_KEPT_MARK = re.compile(r"\\\[\\\[((?:học sinh|ảnh) \d{1,4})\\\]\\\]")
#: How many articles a list shows; older ones are found on the public pages.
_LISTED = 60
#: Where an article stands that nobody outside reads yet.
BEFORE_PUBLIC = frozenset({Stand.DRAFT, Stand.HANDED_IN, Stand.REVIEWED})


@dataclass(frozen=True, slots=True)
class Typed:
    """An article as somebody types it; ``body`` is clean HTML, ``lead`` a picture's number."""

    section: str
    title: str
    summary: str
    body: str
    author_name: str
    source: str
    lead: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One article in the list of the staff."""

    id: int
    title: str
    section: str
    author: str
    shape: str
    label: str
    at: datetime
    planned: datetime | None
    slug: str
    public: bool
    mine: bool


@dataclass(frozen=True, slots=True)
class WritePage:
    """
    An article to be written on.

    ``initial`` fills the fields; ``theirs`` is the newest text as it is typed and ``by`` whose it
    is; ``left_at`` tells since when something of the actor's waits unsaved.
    """

    id: int
    title: str
    number: int
    initial: Mapping[str, object]
    theirs: str
    by: str
    left_at: datetime | None
    public: bool
    pictures: tuple[placed.PictureLine, ...]
    simulated: bool


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """Everything on the page of one article; ``steps`` are what the actor may do now."""

    article: Article
    version: Version
    section: str
    shape: str
    label: str
    parts: tuple[placed.Part, ...]
    lead: Shown | None
    check: checks.Check
    steps: frozenset[str]
    versions: tuple[Version, ...]
    corrections: tuple[Correction, ...]
    reviews: bool

    @property
    def public(self) -> bool:
        """Tell whether everybody reads it."""
        return self.article.stand == Stand.PUBLISHED

    @property
    def waiting(self) -> bool:
        """Tell whether a correction waits until everything in it is settled."""
        return self.public and self.article.number != self.article.shown

    @property
    def open(self) -> bool:
        """Tell whether names and pictures of the newest version may still be settled."""
        return self.waiting or self.article.stand in BEFORE_PUBLIC


def visible_to(actor: Actor) -> QuerySet[Article]:
    """
    Return the articles an actor may see, in no order.

    Those of the own body; the secretary's are also those of the school's other bodies, and who
    reviews for a body above sees those of the bodies right below it.
    """
    if not (actor.may(Right.WRITE_NEWS) or actor.may(Right.REVIEW_NEWS)):
        return Article.objects.none()
    mine = Q(unit_id__in=actor.units)
    if actor.may(Right.REVIEW_NEWS):
        mine |= _below(actor)
        if actor.post.role is Role.SECRETARY:
            mine |= Q(school_id__in=actor.schools)
    return Article.objects.filter(mine)


def _below(actor: Actor) -> Q:
    links = Link.objects.filter(parent_id=actor.post.unit_id, in_force__endswith=None)
    return Q(unit_id__in=links.values("child_id"))


def require(actor: Actor) -> None:
    """
    Refuse who neither writes nor reviews.

    Raises:
        NotAllowed: The post gives neither right.
    """
    if not (actor.may(Right.WRITE_NEWS) or actor.may(Right.REVIEW_NEWS)):
        raise NotAllowed(right=Right.WRITE_NEWS.value, role=actor.post.role.value)


def require_writer(actor: Actor) -> None:
    """
    Refuse who does not write.

    Raises:
        NotAllowed: The post gives no such right.
    """
    authority.require(actor, Right.WRITE_NEWS)


def require_reviewer(actor: Actor) -> None:
    """
    Refuse who does not review.

    Raises:
        NotAllowed: The post gives no such right.
    """
    authority.require(actor, Right.REVIEW_NEWS)


def parents_rule(on: date) -> Entry[int] | None:
    """Return the rule that says below which age parents agree, too, on a day; or ``None``."""
    return publishing.parents_rule(amendments.current(), on)


def writers_of(article: Article) -> frozenset[int]:
    """Return the accounts that began an article or wrote of it before everybody could read it."""
    wrote = Version.objects.filter(article=article)
    if article.published_at is not None:
        wrote = wrote.filter(written_at__lte=article.published_at)
    return frozenset({article.begun_by_id, *wrote.values_list("written_by_id", flat=True)})


def may_review(actor: Actor, article: Article) -> bool:
    """Tell whether an actor, who sees an article, reviews it: by right, and wrote nothing of it."""
    return actor.may(Right.REVIEW_NEWS) and actor.user_id not in writers_of(article)


def listing(actor: Actor) -> tuple[Line, ...]:
    """
    Return the articles an actor sees, what waits for a reviewer first, then the newest; at most 60.

    Raises:
        NotAllowed: The post neither writes nor reviews.
    """
    require(actor)
    newest = Version.objects.filter(article_id=OuterRef("pk"), number=OuterRef("number"))
    found = visible_to(actor).annotate(
        said=Subquery(newest.values("title")[:1]),
        by=Subquery(newest.values("author_name")[:1]),
        saved=Subquery(newest.values("written_at")[:1]),
    )
    lines = [_line(one, actor) for one in found.order_by("-begun_at", "-id")[:_LISTED]]
    return tuple(sorted(lines, key=lambda one: one.shape != "near"))


def _line(one: Article, actor: Actor) -> Line:
    shape, label = texts.STANDS[Stand(one.stand)]
    return Line(
        id=one.pk,
        title=one.said,  # type: ignore[attr-defined]  # annotated
        section=texts.SECTIONS[one.section].name,
        author=one.by,  # type: ignore[attr-defined]  # annotated
        shape=shape,
        label=str(label),
        at=one.published_at or one.saved,  # type: ignore[attr-defined]  # annotated
        planned=one.planned_at,
        slug=one.slug,
        public=one.stand == Stand.PUBLISHED,
        mine=one.begun_by_id == actor.user_id,
    )


def waiting(actor: Actor) -> int:
    """Return how many articles wait for the actor's review; one statement."""
    if not actor.may(Right.REVIEW_NEWS):
        return 0
    mine = Version.objects.filter(written_by_id=actor.user_id).values("article_id")
    found = visible_to(actor).filter(stand=Stand.HANDED_IN.value)
    return found.exclude(begun_by_id=actor.user_id).exclude(pk__in=mine).count()


def article_page(actor: Actor, article_id: int) -> ArticlePage:
    """
    Return the page of an article, in a number of statements that does not grow.

    Raises:
        Article.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed: The post neither writes nor reviews.
    """
    require(actor)
    article = visible_to(actor).select_related("unit", "reviewed_by").get(pk=article_id)
    versions = tuple(article.versions.select_related("written_by").order_by("-number"))
    reviews = may_review(actor, article)
    stand = Stand(article.stand)
    shape, label = texts.STANDS[stand]
    check = checks.check_of(actor, article, versions[0])
    names = checks.names_for_staff(check)
    seen = {one.number: one.shown for one in check.used if one.shown is not None}
    corrections = article.corrections.order_by("number")
    return ArticlePage(
        article=article,
        version=versions[0],
        section=texts.SECTIONS[article.section].name,
        shape=shape,
        label=str(label),
        parts=placed.parts(versions[0].body, names, seen),
        lead=seen.get(versions[0].lead or 0),
        check=check,
        steps=_steps(actor, stand, reviews=reviews),
        versions=versions,
        corrections=tuple(corrections),
        reviews=reviews,
    )


def _steps(actor: Actor, stand: Stand, *, reviews: bool) -> frozenset[str]:
    writing = {Step.EDIT, Step.HAND_IN} if actor.may(Right.WRITE_NEWS) else set()
    reviewing = set(Step) - {Step.EDIT, Step.HAND_IN} if reviews else set()
    return frozenset(step.value for step in writing | reviewing if stand in ROADS[step][0])


def edit_page(actor: Actor, article_id: int) -> WritePage:
    """
    Return an article to be written on: the newest version, or what the actor left unsaved.

    Raises:
        Article.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed: The post neither writes nor reviews.
    """
    require(actor)
    article = visible_to(actor).get(pk=article_id)
    version = Version.objects.get(article=article, number=article.number)
    draft = Draft.objects.filter(article=article, user_id=actor.user_id).first()
    kept = {
        "section": version.section or article.section,
        "title": version.title,
        "summary": version.summary,
        "body": plain_of(version.body),
        "author_name": version.author_name,
        "source": version.source,
        "lead": version.lead,
        "note": version.note,
    }
    left = {} if draft is None else _left(draft.typed)
    return WritePage(
        id=article.pk,
        title=version.title,
        number=article.number,
        initial={**kept, **left, "seen": article.number if draft is None else draft.seen},
        theirs=plain_of(version.body),
        by=version.written_by.name,
        left_at=None if draft is None else draft.kept_at,
        public=article.stand == Stand.PUBLISHED,
        pictures=placed.lines(article, version, names=False),
        simulated=article.simulated,
    )


def _left(typed: Mapping[str, str]) -> dict[str, str]:
    """Return what was left unsaved as it stands in the fields."""
    names = ("section", "title", "summary", "author_name", "source", "lead")
    left = {name: typed.get(name, "") for name in names}
    return {**left, "body": plain_of(clean(typed))}


def clean(sent: Mapping[str, str]) -> str:
    """
    Return the clean HTML of a text as it was sent: typed, or out of the editor.

    Args:
        sent: ``body`` and ``form``: ``html`` where the editor sent it.
    """
    written = sent.get("body", "")
    if sent.get("form") == "html":
        blocks = pasting.cleaned_paste(written)
    else:
        blocks = markup.from_plain(written)
    return safehtml.judged(markup.to_html(blocks))


def plain_of(body: str) -> str:
    """Return a kept text as it is typed without a script; references stand as they are."""
    return _KEPT_MARK.sub(r"[[\1]]", markup.to_plain(pasting.cleaned_paste(body)))


def due(at: datetime) -> QuerySet[Article]:
    """Return the articles planned for an instant that has come, in the order planned."""
    found = Article.objects.filter(stand=Stand.REVIEWED.value, planned_at__lte=at)
    return found.order_by(F("planned_at"), "id")
