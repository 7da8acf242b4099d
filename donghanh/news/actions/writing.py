"""Beginning an article, writing on it, handing it in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import connection, transaction

from donghanh.domain import authority, publishing
from donghanh.domain.authority import Actor
from donghanh.domain.publishing import Stand, Step
from donghanh.domain.rights import Right, Role
from donghanh.history import actions as history
from donghanh.history.models import LISTED
from donghanh.news import queries
from donghanh.news.actions import common
from donghanh.news.actions.refusals import ChangedMeanwhile, TooLong
from donghanh.news.models import Article, Draft, Version
from donghanh.news.queries import ArticlePage, Typed
from donghanh.organisation.models import Unit

#: A transaction lock with this number: two articles of one title get two addresses.
_LOCK = 7_301_211
_AT_ONE_SCHOOL = frozenset({Role.SECRETARY, Role.UNION})


@transaction.atomic
def begin(*, actor: Actor, typed: Typed, at: datetime) -> Article:
    """
    Begin an article of the actor's own body, with its first version.

    Args:
        actor: Who writes.
        typed: What was typed; the body is clean.
        at: The instant (aware, UTC).

    Raises:
        NotAllowed: The post writes no news.
        Empty, TooLong: What was typed is no article.
    """
    authority.require(actor, Right.WRITE_NEWS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        cursor.execute("SELECT news_slugs(%s)", [publishing.slug(typed.title)])
        taken = [row[0] for row in cursor.fetchall()]
    unit = Unit.objects.get(pk=actor.post.unit_id)
    one_school = actor.post.role in _AT_ONE_SCHOOL and len(actor.schools) == 1
    article = Article.objects.create(
        unit=unit,
        school_id=next(iter(actor.schools)) if one_school else None,
        section=typed.section,
        slug=publishing.slug(typed.title, taken),
        begun_at=at,
        begun_by_id=actor.user_id,
        simulated=unit.simulated,
    )
    common.new_version(actor, article, typed, at)
    article.save(update_fields=["number"])
    common.record(actor, at, "news.begun", article)
    return article


@transaction.atomic
def save(*, actor: Actor, article_id: int, seen: int, typed: Typed, at: datetime) -> Version:
    """
    Keep a new version of a draft; what somebody left unsaved goes with it.

    Args:
        actor: Who writes.
        article_id: The article.
        seen: The number of the version the writing began from.
        typed: What was typed; the body is clean.
        at: The instant (aware, UTC).

    Raises:
        Article.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed: The post writes no news.
        NotNow: It is no draft any more.
        ChangedMeanwhile: Somebody else saved first.
        Empty, TooLong: What was typed is no article.
    """
    authority.require(actor, Right.WRITE_NEWS)
    article = common.locked(actor, article_id)
    publishing.step_from(Stand(article.stand), Step.EDIT)
    if article.number != seen:
        raise ChangedMeanwhile(name=common.newest(article).written_by.name)
    version = common.new_version(actor, article, typed, at)
    article.save(update_fields=["number", "section"])
    Draft.objects.filter(article=article, user_id=actor.user_id).delete()
    common.record(actor, at, "news.saved", article, {"number": article.number})
    return version


@transaction.atomic
def keep_draft(
    *, actor: Actor, article_id: int, seen: int, typed: Mapping[str, str], at: datetime
) -> None:
    """
    Keep what is being typed, as typed, until it is saved; it is nobody's version and no act.

    Raises:
        Article.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed: The post writes no news.
        TooLong: There is too much of it.
    """
    authority.require(actor, Right.WRITE_NEWS)
    article = queries.visible_to(actor).get(pk=article_id)
    if sum(len(part) for part in typed.values()) > 2 * common.LONGEST:
        raise TooLong(most=common.LONGEST)
    Draft.objects.update_or_create(
        article=article,
        user_id=actor.user_id,
        defaults={"typed": dict(typed), "seen": seen, "kept_at": at},
    )


@transaction.atomic
def drop_draft(*, actor: Actor, article_id: int) -> None:
    """
    Throw away what the actor left unsaved.

    Raises:
        Article.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed: The post writes no news.
    """
    authority.require(actor, Right.WRITE_NEWS)
    article = queries.visible_to(actor).get(pk=article_id)
    Draft.objects.filter(article=article, user_id=actor.user_id).delete()


@transaction.atomic
def hand_in(*, actor: Actor, article_id: int, seen: int, at: datetime) -> None:
    """
    Hand a draft in, to be reviewed by somebody else.

    Raises:
        Article.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed: The post writes no news.
        NotNow: It is no draft.
        ChangedMeanwhile: There is a newer version than the actor saw.
        Empty: A part of it is missing.
    """
    authority.require(actor, Right.WRITE_NEWS)
    article = common.locked(actor, article_id)
    stand = publishing.step_from(Stand(article.stand), Step.HAND_IN)
    version = common.newest(article)
    if article.number != seen:
        raise ChangedMeanwhile(name=version.written_by.name)
    publishing.check_words(
        summary=version.summary,
        body=common.folded("", "", version.body),
        author_name=version.author_name,
    )
    article.stand, article.handed_in_at, article.word = stand.value, at, ""
    article.save(update_fields=["stand", "handed_in_at", "word"])
    common.record(actor, at, "news.handed_in", article, {"number": article.number})


@transaction.atomic
def see_article(*, actor: Actor, article_id: int, at: datetime) -> ArticlePage:
    """
    Return the page of an article; of which pupils it told that they bear a name is written down.

    Raises:
        Article.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed: The post neither writes nor reviews.
    """
    page = queries.article_page(actor, article_id)
    history.record_shown(
        at=at,
        actor=actor,
        action=LISTED[0],
        where="news",
        dossiers=[],
        persons=page.check.persons,
    )
    return page
