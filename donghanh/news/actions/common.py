"""What several writes of the room share."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from datetime import datetime

from django.db.models import Max

from donghanh.domain import markup, naming, publishing
from donghanh.domain.authority import Actor, NotAllowed
from donghanh.domain.publishing import Stand, Step
from donghanh.domain.rights import Right
from donghanh.history import actions as history
from donghanh.news import queries
from donghanh.news.actions.refusals import TooLong
from donghanh.news.models import Agreement, Article, Placed, Version
from donghanh.news.queries import Typed
from donghanh.people.models import Person

#: Longer than any article people read; a check of what is pasted, not a rule of the field.
LONGEST = 60_000
_TAGS = re.compile(r"<[^>]+>")


def locked(actor: Actor, article_id: int) -> Article:
    """
    Return an article locked for this transaction.

    Raises:
        Article.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed: The post neither writes nor reviews.
    """
    queries.require(actor)
    return queries.visible_to(actor).select_for_update(of=("self",)).get(pk=article_id)


def reviewed(actor: Actor, article_id: int, step: Step) -> tuple[Article, Stand]:
    """
    Return an article locked, and where a step of its reviewer leads it.

    Raises:
        Article.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed: The post reviews nothing.
        OwnArticle: The actor wrote some of it.
        NotNow: The step cannot be done from where it stands.
    """
    if not actor.may(Right.REVIEW_NEWS):
        raise NotAllowed(right=Right.REVIEW_NEWS.value, role=actor.post.role.value)
    article = locked(actor, article_id)
    publishing.check_reviewer(actor.user_id, queries.writers_of(article))
    return article, publishing.step_from(Stand(article.stand), step)


def still_open(actor: Actor, article_id: int) -> Article:
    """
    Return an article, locked, whose newest version nobody outside reads yet.

    Raises:
        Article.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed: The post neither writes nor reviews.
        NotNow: Everybody reads its newest version, or it was taken down.
    """
    article = locked(actor, article_id)
    stand = Stand(article.stand)
    correcting = stand is Stand.PUBLISHED and article.number != article.shown
    if not correcting and stand not in queries.BEFORE_PUBLIC:
        publishing.step_from(stand, Step.EDIT)
    return article


def new_agreement(
    article: Article,
    person: Person,
    actor: Actor,
    *,
    at: datetime,
    parents_needed: bool,
    words: str = "",
    placed: Placed | None = None,
) -> Agreement:
    """Keep that a pupil is asked, under the next number of the article, which is locked."""
    last = article.agreements.aggregate(last=Max("number"))["last"] or 0
    return Agreement.objects.create(
        article=article,
        person=person,
        placed=placed,
        number=last + 1,
        words=words,
        asked_at=at,
        asked_by_id=actor.user_id,
        parents_needed=parents_needed,
    )


def new_version(
    actor: Actor, article: Article, typed: Typed, at: datetime, note: str = ""
) -> Version:
    """
    Keep the words of an article as its newest version, clean and in NFC.

    Raises:
        TooLong: There are too many.
        Empty: The title has no letter.
    """
    title = markup.line(typed.title)
    publishing.check_words(title=title)
    if len(typed.body) > LONGEST:
        raise TooLong(most=LONGEST)
    article.number += 1
    article.section = typed.section
    return Version.objects.create(
        article=article,
        number=article.number,
        title=title,
        summary=markup.line(typed.summary),
        body=typed.body,
        folded=folded(title, typed.summary, typed.body),
        author_name=markup.line(typed.author_name),
        source=markup.line(typed.source),
        lead=typed.lead,
        section=typed.section,
        note=note,
        written_at=at,
        written_by_id=actor.user_id,
    )


def folded(title: str, summary: str, body: str) -> str:
    """Return what is searched of an article; who is named by reference is not found by the name."""
    words = html.unescape(_TAGS.sub(" ", body))
    return naming.folded(naming.bare(f"{title} . {summary} . {words}"))


def newest(article: Article) -> Version:
    """Return the newest version of an article."""
    return Version.objects.get(article=article, number=article.number)


def record(
    actor: Actor,
    at: datetime,
    action: str,
    article: Article,
    facts: Mapping[str, object] | None = None,
) -> None:
    """Leave the line of something done with an article."""
    history.record(
        at=at,
        actor=actor,
        action=action,
        subject="article",
        subject_id=article.pk,
        facts=facts,
    )
