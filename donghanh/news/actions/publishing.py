"""Reviewing an article, publishing it, correcting it in the open, taking it down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from donghanh.domain import naming, publishing
from donghanh.domain.authority import Actor
from donghanh.domain.errors import RuleError
from donghanh.domain.publishing import (
    NameInTitle,
    NotAgreed,
    PictureMissing,
    PictureNotAgreed,
    PictureUnanswered,
    Stand,
    Step,
    Unsettled,
)
from donghanh.lib import days
from donghanh.news import queries
from donghanh.news.actions import common
from donghanh.news.actions.refusals import ChangedMeanwhile
from donghanh.news.models import Agreement, Article, Correction, Placed, Version
from donghanh.news.queries import PictureLine, Typed
from donghanh.organisation import queries as organisation
from donghanh.pictures import actions as pictures


@transaction.atomic
def approve(*, actor: Actor, article_id: int, seen: int, at: datetime) -> None:
    """
    Say that an article handed in is good to be published.

    Raises:
        Article.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed, OwnArticle, NotNow: Not the actor's to review, or not now.
        ChangedMeanwhile: There is a newer version than the actor read.
    """
    article, stand = common.reviewed(actor, article_id, Step.APPROVE)
    _check_seen(article, seen)
    article.stand, article.reviewed_at, article.reviewed_by_id = stand.value, at, actor.user_id
    article.save(update_fields=["stand", "reviewed_at", "reviewed_by"])
    common.record(actor, at, "news.approved", article, {"number": article.number})


@transaction.atomic
def send_back(*, actor: Actor, article_id: int, word: str, at: datetime) -> None:
    """
    Give an article back to who wrote it, with what is to be changed.

    Raises:
        Article.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed, OwnArticle, NotNow: Not the actor's to review, or not now.
        NothingSaid: Nothing is said of what is to be changed.
    """
    article, stand = common.reviewed(actor, article_id, Step.RETURN)
    article.word = publishing.reason(word)
    article.stand, article.planned_at, article.held_at = stand.value, None, None
    article.save(update_fields=["stand", "word", "planned_at", "held_at"])
    common.record(actor, at, "news.sent_back", article)


@transaction.atomic
def publish(*, actor: Actor, article_id: int, seen: int, at: datetime) -> None:
    """
    Show an article to everybody, once everybody named in it has agreed.

    Agreements are locked: who takes one back at the same moment comes before, and it is refused, or
    after, and the name is gone from what is public.

    Raises:
        Article.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed, OwnArticle, NotNow: Not the actor's to review, or not now.
        ChangedMeanwhile: There is a newer version than the actor read.
        Unsettled, NotAgreed, NameInTitle: Not everything is settled.
    """
    article, _stand = common.reviewed(actor, article_id, Step.PUBLISH)
    _check_seen(article, seen)
    _show(actor, article, at)


@transaction.atomic
def plan(*, actor: Actor, article_id: int, seen: int, planned: datetime, at: datetime) -> None:
    """
    Let an article be published at an instant to come; a job does it then in the actor's name.

    Raises:
        Article.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed, OwnArticle, NotNow: Not the actor's to review, or not now.
        ChangedMeanwhile: There is a newer version than the actor read.
        PlannedBefore: The instant has gone by.
        Unsettled, NotAgreed, NameInTitle: Not everything is settled.
    """
    article, _stand = common.reviewed(actor, article_id, Step.PUBLISH)
    _check_seen(article, seen)
    publishing.check_plan(planned, at)
    _check(actor, article)
    article.planned_at, article.held_at, article.reviewed_by_id = planned, None, actor.user_id
    article.save(update_fields=["planned_at", "held_at", "reviewed_by"])
    common.record(actor, at, "news.planned", article, {"at": planned.isoformat()})


def publish_due(*, at: datetime, stopped: Callable[[], bool] = lambda: False) -> int:
    """
    Publish what was planned for an instant that has come, missed runs caught up; return how many.

    A job's work, each article in a transaction of its own, in the name of who planned it. Where
    something is no longer settled the article stays, and its page says so.

    Args:
        at: The instant (aware, UTC).
        stopped: Asked after each; what is left waits for the next run.
    """
    done = 0
    for number in list(queries.due(at).values_list("pk", flat=True)):
        if stopped():
            break
        done += _publish_planned(number, at)
    return done


@transaction.atomic
def _publish_planned(article_id: int, at: datetime) -> bool:
    article = queries.due(at).select_for_update(skip_locked=True).filter(pk=article_id).first()
    if article is None or article.reviewed_by_id is None:
        return False
    try:
        actor = organisation.acting(article.reviewed_by_id, days.local(at))
        _show(actor, article, at)
    except (RuleError, organisation.NoPost):
        article.planned_at, article.held_at = None, at
        article.save(update_fields=["planned_at", "held_at"])
        if (named := _who(article, at)) is not None:
            common.record(named, at, "news.held", article)
        return False
    return True


@transaction.atomic
def correct(
    *, actor: Actor, article_id: int, seen: int, typed: Typed, note: str, at: datetime
) -> bool:
    """
    Put a published article right; what was put right and when is read below it.

    Where a name or a picture in it is not settled yet the correction waits: the public goes on
    reading the version before. The address stays as it was, whatever becomes of the title.

    Returns:
        Whether everybody reads it.

    Raises:
        Article.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed, OwnArticle, NotNow: Not the actor's to review, or not now.
        ChangedMeanwhile: Somebody else corrected it first.
        NothingSaid: The note is blank.
        Empty, TooLong, NameInTitle, PictureMissing: The new text is not to be published.
    """
    article, _stand = common.reviewed(actor, article_id, Step.CORRECT)
    _check_seen(article, seen)
    version = common.new_version(actor, article, typed, at, publishing.reason(note))
    publishing.check_words(summary=version.summary, body=common.folded("", "", version.body))
    article.save(update_fields=["number"])
    try:
        _check(actor, article)
    except (Unsettled, NotAgreed, PictureUnanswered, PictureNotAgreed):
        common.record(actor, at, "news.correction_waits", article, {"number": article.number})
        return False
    _correct(actor, article, version, at)
    return True


@transaction.atomic
def publish_correction(
    *, actor: Actor, article_id: int, seen: int, at: datetime, unnamed: bool = False
) -> None:
    """
    Let everybody read a correction that waited until everything in it was settled.

    Args:
        actor: Who reviews.
        article_id: The article.
        seen: The number of the version the actor read.
        at: The instant (aware, UTC).
        unnamed: Leave out the names of those who have not agreed, until they do.

    Raises:
        Article.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed, OwnArticle, NotNow: Not the actor's to review; no correction waits.
        ChangedMeanwhile: There is a newer version than the actor read.
        Unsettled, NotAgreed, NameInTitle, PictureUnanswered, PictureNotAgreed, PictureMissing: Not
            everything is settled.
    """
    article, _stand = common.reviewed(actor, article_id, Step.CORRECT)
    common.still_open(actor, article_id)
    _check_seen(article, seen)
    _check(actor, article, unnamed=unnamed)
    _correct(actor, article, common.newest(article), at)


def _correct(actor: Actor, article: Article, version: Version, at: datetime) -> None:
    article.shown, article.corrected_at = article.number, at
    article.section = version.section or article.section
    article.save(update_fields=["section", "shown", "corrected_at"])
    _show_pictures(article, version, at)
    Correction.objects.create(
        article=article,
        number=article.number,
        note=version.note,
        corrected_at=at,
        corrected_by_id=actor.user_id,
    )
    common.record(actor, at, "news.corrected", article, {"number": article.number})


@transaction.atomic
def take_down(*, actor: Actor, article_id: int, reason: str, at: datetime) -> None:
    """
    Take an article away from the public; its address says so, and no more. Its pictures are gone.

    Raises:
        Article.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed, OwnArticle, NotNow: Not the actor's to review, or not now.
        NothingSaid: No reason is given.
    """
    article, stand = common.reviewed(actor, article_id, Step.TAKE_DOWN)
    article.reason = publishing.reason(reason)
    article.stand, article.taken_down_at = stand.value, at
    article.save(update_fields=["stand", "taken_down_at", "reason"])
    shown = article.placed.values_list("picture_id", flat=True)
    pictures.take_down_shown(actor=actor, picture_ids=shown, at=at)
    common.record(actor, at, "news.taken_down", article)


def _check_seen(article: Article, seen: int) -> None:
    if article.number != seen:
        raise ChangedMeanwhile(name=common.newest(article).written_by.name)


def _show(actor: Actor, article: Article, at: datetime) -> None:
    _check(actor, article)
    article.stand, article.shown = Stand.PUBLISHED.value, article.number
    article.published_at, article.planned_at, article.held_at = at, None, None
    article.save(update_fields=["stand", "shown", "published_at", "planned_at", "held_at"])
    _show_pictures(article, common.newest(article), at)
    common.record(actor, at, "news.published", article, {"number": article.number})


def _show_pictures(article: Article, version: Version, at: datetime) -> None:
    """Note since when everybody sees the pictures of a version, locked by ``_check``."""
    rows = Placed.objects.filter(article=article, number__in=queries.used_by(version))
    rows.filter(public_at__isnull=True).update(public_at=at)


def _check(actor: Actor, article: Article, *, unnamed: bool = False) -> None:
    """
    Refuse while something of the newest version is not settled.

    Raises:
        NameInTitle: A pupil is named, or a name not settled stands, in title, summary or in what a
            picture shows.
        Unsettled: A name stands in the text of which nobody has said whose it is.
        NotAgreed: Somebody named has not agreed, or no longer; not where names are left out.
        PictureMissing: It shows a picture that is not there.
        PictureUnanswered: Nobody has said who can be recognised on a picture.
        PictureNotAgreed: Somebody who can be recognised has not agreed, or no longer.
    """
    version = common.newest(article)
    _lock(actor, article)
    check = queries.check_of(actor, article, version)
    titled = [one.words for one in check.names if one.known and one.titled]
    if titled or naming.references(f"{version.title} {version.summary}"):
        raise NameInTitle(words=next(iter(titled), "…"))
    if check.missing:
        raise PictureMissing(number=check.missing[0])
    if check.names:
        raise Unsettled(count=len(check.names))
    if not unnamed and (count := len(check.open) + check.unknown):
        raise NotAgreed(count=count)
    for one in check.used:
        if not one.settled:
            raise _unsettled(one)


def _unsettled(one: PictureLine) -> RuleError:
    if one.asked:
        return PictureNotAgreed(number=one.number, count=one.open)
    return PictureUnanswered(number=one.number)


def _lock(actor: Actor, article: Article) -> None:
    """
    Hold the agreements of an article until the end, and whether its pictures stand on them.

    First agreements, then pictures, as whoever takes one back does. Who may write no agreement
    holds the pictures alone: they are weighed anew before another one's yes is gone.
    """
    if actor.schools and queries.sees_pupils(actor):
        rows = Agreement.objects.filter(article=article).select_for_update(no_key=True)
        list(rows.order_by("pk").values_list("pk", flat=True))
    shown = Placed.objects.filter(article=article).select_for_update(no_key=True)
    list(shown.order_by("pk").values_list("pk", flat=True))


def _who(article: Article, at: datetime) -> Actor | None:
    """Return who planned an article as the actor they are, or ``None``: no longer in any post."""
    if article.reviewed_by_id is None:
        return None
    try:
        return organisation.acting(article.reviewed_by_id, days.local(at))
    except organisation.NoPost:
        return None
