"""Settling the names in an article: asking the pupil, or saying that somebody else is meant."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from donghanh.amendments import queries as amendments
from donghanh.domain import authority, naming, publishing
from donghanh.domain.authority import Actor
from donghanh.domain.rights import Right
from donghanh.news import queries
from donghanh.news.actions import common
from donghanh.news.actions.refusals import NobodyToAsk, NoSuchName
from donghanh.news.models import Agreement, Article, Cleared, Placed, Version
from donghanh.news.queries import checks, placed


@transaction.atomic
def ask_pupil(*, actor: Actor, article_id: int, key: str, at: datetime, on: date) -> Agreement:
    """
    Ask the pupil who bears a name to be named in an article.

    From then on no version holds the name: a reference stands there. The pupil reads on the own
    page where the name would stand, and answers freely.

    Args:
        actor: Who writes or reviews it, and sees the pupil.
        article_id: The article.
        key: The name, as ``NameLine.key`` told it.
        at: The instant (aware, UTC).
        on: The day (Asia/Ho_Chi_Minh), whose rule says whether parents agree, too.

    Raises:
        Article.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed: The post neither writes nor reviews.
        NotNow: Everybody reads it already, and no correction waits; or it was taken down.
        NoSuchName: The name does not stand in the text.
        NobodyToAsk: Nobody in sight bears it, or several do.
    """
    article = common.still_open(actor, article_id)
    words = _words(article, key)
    person = checks.one_bearer(actor, key)
    if person is None:
        raise NobodyToAsk
    rule = publishing.parents_rule(amendments.current(), on)
    found = Agreement.objects.filter(article=article, person=person, placed__isnull=True).first()
    made = found or common.new_agreement(
        article,
        person,
        actor,
        words=words,
        at=at,
        parents_needed=publishing.parents_needed(person.birth_date, on, rule),
    )
    _refer(article, key, made.number)
    common.record(actor, at, "news.asked", article, {"number": made.number})
    return made


def _refer(article: Article, key: str, number: int) -> None:
    """Let a reference stand where the name stood: in every version, and below every picture."""
    for version in Version.objects.filter(article=article):
        body = naming.marked(version.body, key, number)
        if body != version.body:
            Version.objects.filter(pk=version.pk).update(
                body=body, folded=common.folded(version.title, version.summary, body)
            )

    for one in Placed.objects.filter(article=article):
        said = [naming.marked(text, key, number) for text in (one.caption, one.credit)]
        if said != [one.caption, one.credit]:
            one.caption, one.credit = said
            one.save(update_fields=["caption", "credit"])


@transaction.atomic
def clear_name(*, actor: Actor, article_id: int, key: str, at: datetime) -> None:
    """
    Say that a name in the text means somebody else than a pupil; the reviewer alone may.

    Raises:
        Article.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed, OwnArticle: Not the actor's to review.
        NotNow: Everybody reads it already, and no correction waits; or it was taken down.
        NoSuchName: The name does not stand in the text.
    """
    authority.require(actor, Right.REVIEW_NEWS)
    article = common.still_open(actor, article_id)
    publishing.check_reviewer(actor.user_id, queries.writers_of(article))
    _words(article, key)
    _one, made = Cleared.objects.get_or_create(
        article=article, key=key, defaults={"cleared_at": at, "cleared_by_id": actor.user_id}
    )
    if made:
        common.record(actor, at, "news.cleared", article)


@transaction.atomic
def heard_parents(
    *, actor: Actor, article_id: int, agreement_id: int, on: date, at: datetime
) -> None:
    """
    Keep the day on which the parents agreed, by the paper the school holds; the paper is not kept.

    Raises:
        Article.DoesNotExist, Agreement.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed: The post neither writes nor reviews.
    """
    article = common.locked(actor, article_id)
    rows = Agreement.objects.select_for_update(of=("self",), no_key=True)
    one = rows.get(pk=agreement_id, article=article)
    one.parents_date = on
    one.stands = one.agreed_at is not None
    one.save(update_fields=["parents_date", "stands"])
    common.record(actor, at, "news.parents_heard", article, {"number": one.number})


def _words(article: Article, key: str) -> str:
    """Return how the newest version, or what stands at its pictures, writes a name."""
    said = map(placed.words_of, Placed.objects.filter(article=article))
    text = checks.text_of(common.newest(article), said)
    if not naming.bears(naming.folded(text), key):
        raise NoSuchName
    return naming.words_of(text, key)
